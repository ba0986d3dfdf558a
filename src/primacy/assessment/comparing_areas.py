"""Two windows compared in many areas at once: each leaning on the rest, and each by itself among so many."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from primacy.assessment import imputing, trend
from primacy.assessment.comparing import Against, at_points, key_of, window_ends
from primacy.assessment.false_discovery import swings
from primacy.assessment.grid import Floats
from primacy.assessment.verdict import Call


@dataclass(frozen=True)
class AreasCompared:
    """`pooled` says of each area what it is worth beside the others, at every point of the grid (a, g); `alone` what
    its own months say, at the last point (a, 1); `swing` how much it swings from window to window anyway (a,)."""

    pooled: trend.TrendPosterior
    alone: trend.TrendPosterior
    swing: Floats


def compare_areas(call: Call, areas: Sequence[tuple[str, ...]], against: Against) -> AreasCompared:
    """Many areas at once, small ones leaning on the whole. Each entry of `areas` is a group counted together."""
    reading = call.reading
    counts = {code: reading.counted(area=code) for group in areas for code in group}
    ends = window_ends(reading, np.array([sum(counts[code] for code in group) for group in areas]).sum(axis=0))
    windows = trend.Windows(ends, call.parameters.window.months, against.span)
    of_areas = {code: imputing.draws(reading, each, area=code) for code, each in counts.items()}
    histories = imputing.together(of_areas, areas, reading.still_reported())
    now = replace(windows, ends=ends[-1:])
    mean = reduce(np.add, [draw.counts for draw in histories]) / len(histories)
    return AreasCompared(
        imputing.judged(histories, lambda draw: _leaning(call, draw, windows)),
        imputing.judged(histories, lambda draw: _alone(call, draw, now)),
        swings(mean, int(ends[-1]) - windows.length, windows.length),
    )


def _leaning(call: Call, draw: imputing.Draw, windows: trend.Windows) -> trend.TrendPosterior:
    """The pooled posterior of one history of all areas: counts (a, m), and one known share of events for all."""
    posterior: trend.TrendPosterior = call.reading.round.once(
        ("pooled", key_of(call, draw.counts, windows, draw.exposure)),
        lambda: at_points(call, windows, lambda w: trend.pooled(call.model, draw.counts, w, _exposure(draw))),
    )
    return posterior


def _alone(call: Call, draw: imputing.Draw, now: trend.Windows) -> trend.TrendPosterior:
    """Of each area by its own months; once, however many rules and vetoes look at the same areas."""
    posterior: trend.TrendPosterior = call.reading.round.once(
        ("alone", key_of(call, draw.counts, now, draw.exposure)),
        lambda: trend.posterior(call.model, draw.counts, now, _exposure(draw)),
    )
    return posterior


def _exposure(draw: imputing.Draw) -> Floats | None:
    return None if draw.exposure is None else np.broadcast_to(draw.exposure, draw.counts.shape)
