"""Two windows compared in many areas at once: each leaning on the rest, and each by itself among so many."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from primacy.assessment.indicators import imputing
from primacy.assessment.rules.grid import Floats
from primacy.assessment.rules.verdict import Call
from primacy.assessment.trends import trend
from primacy.assessment.trends.comparing import Against, at_points, key_of, window_ends
from primacy.assessment.trends.false_discovery import swings


@dataclass(frozen=True)
class AreasCompared:
    """At every point of the grid (a, g): `pooled` says of each area what it is worth beside the others, `alone` what
    its own months say, `swing` how much it swings from window to window anyway."""

    pooled: trend.TrendPosterior
    alone: trend.TrendPosterior
    swing: Floats

    def only(self, row: int) -> "AreasCompared":
        """The same of one area."""
        own = slice(row, row + 1)
        return AreasCompared(self.pooled.only(own), self.alone.only(own), self.swing[own])


def compare_areas(call: Call, areas: Sequence[tuple[str, ...]], against: Against) -> AreasCompared:
    """Many areas at once, small ones leaning on the whole. Each entry of `areas` is a group counted together."""
    reading = call.reading
    counts = {code: reading.counted(area=code) for group in areas for code in group}
    ends = window_ends(reading, np.array([sum(counts[code] for code in group) for group in areas]).sum(axis=0))
    windows = trend.Windows(ends, call.parameters.window.months, against.span)
    of_areas = {code: imputing.draws(reading, each, area=code) for code, each in counts.items()}
    histories = imputing.together(of_areas, areas, reading.still_reported())
    mean = reduce(np.add, [draw.counts for draw in histories]) / len(histories)
    begins = [end - windows.length for end in windows.ends.tolist()]
    return AreasCompared(
        imputing.judged(histories, lambda draw: at_points(call, windows, lambda w: _of(call, draw, w).leaning)),
        imputing.judged(histories, lambda draw: at_points(call, windows, lambda w: _of(call, draw, w).own)),
        np.stack([swings(mean, begin, windows.length) for begin in begins], axis=1),
    )


def _of(call: Call, draw: imputing.Draw, windows: trend.Windows) -> trend.Pooled:
    """The posteriors of one history of all areas: counts (a, m), and one known share of events for all. Once, however
    many rules and vetoes look at the same areas."""
    posteriors: trend.Pooled = call.reading.round.once(
        ("pooled", key_of(call, draw.counts, windows, draw.exposure)),
        lambda: trend.pooled(call.model, draw.counts, windows, _exposure(draw)),
    )
    return posteriors


def _exposure(draw: imputing.Draw) -> Floats | None:
    return None if draw.exposure is None else np.broadcast_to(draw.exposure, draw.counts.shape)
