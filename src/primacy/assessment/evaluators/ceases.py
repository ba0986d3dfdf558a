"""`ceases`: the underlying count in the window is at most so much (posterior of a count, with over-dispersion)."""

from collections.abc import Sequence
from functools import reduce

import numpy as np

from primacy.assessment.finding import Phrase
from primacy.assessment.indicators import imputing
from primacy.assessment.rules.belief import MET
from primacy.assessment.rules.grid import Floats
from primacy.assessment.rules.verdict import Call, Verdict
from primacy.assessment.told import enough_told
from primacy.assessment.told.doubted import doubt
from primacy.assessment.trends import comparing, trend
from primacy.assessment.trends.cessation import ceases_probability, unless_clustered
from primacy.assessment.trends.trend_posterior import DIGITS


def decide(call: Call) -> Verdict:
    reading, at_most = call.reading, call.number(call.parameters.at_most)
    counts = reading.counted(area=call.area)
    length = call.parameters.window.months
    ends = comparing.window_ends(reading, counts, area=call.area)
    windows = trend.Windows(ends=ends, length=length, against=None)
    histories = imputing.draws(reading, counts, area=call.area)
    low, high = _bounds(histories, windows, at_most)
    unknown, why = high - low >= 1e-9, reading.why_unknown()
    effort = reading.indicator.effort is not None and not reading.has_rows("effort")
    single = reading.single_source()
    events = float(counts[max(0, ends[-1] - length) : ends[-1]].sum())
    values = {
        "label": call.label,
        "events": events,
        "threshold": at_most,
        "months": length,
        "reason": why,
    }
    still, phrases = comparing.reporting_of(call, int(ends[-1]), length)
    incomplete = bool(still) or comparing.left_out(call, ends)
    flagged = (("single source", single[-1]), ("effort unknown", effort), ("incomplete months", incomplete))
    flags = {name for name, present in flagged if present}
    numbers = {"events": events, "threshold": at_most, "months": length, **({"reporting": still} if still else {})}
    return Verdict(
        low=low,
        high=high,
        reasons=tuple(why if u else "" for u in unknown),
        capped=single | effort,
        sentence=Phrase("ceases.unknown" if unknown[-1] else "ceases.count", values),
        numbers={"threshold": at_most} if unknown[-1] else numbers,
        flags=frozenset(flags),
        bounds=lambda number: _bounds(histories, windows, number),
        change=Phrase("ceases.change", values),
        doubt=doubt(_cause(histories, events, at_most), low, high, holds=events <= at_most),
        enough=lambda _veto: enough_told.of_cessation(call.label, counts, int(ends[-1]), length, at_most),
        level=None if unknown[-1] else events,
        beside=phrases,
    )


def _cause(histories: Sequence[imputing.Draw], events: float, at_most: float) -> str:
    """Why few events are not sure enough: so small a difference, or bursts, of which this may be the time between."""
    whole = len(histories) == 1 and histories[0].exposure is None
    return "bursts" if whole and unless_clustered(events, at_most) >= MET else "chance"


def _over_draws(histories: Sequence[imputing.Draw], windows: trend.Windows, at_most: float) -> Floats:
    """P over the grid, the mean over all histories that the counts could be. Shape (g,)."""
    found = [ceases_probability(each.counts[None, :], windows, at_most, each.exposure)[0] for each in histories]
    mean: Floats = np.round(reduce(np.add, found) / len(found), DIGITS)
    return mean if len(found) > 1 else found[0]


def _bounds(histories: Sequence[imputing.Draw], windows: trend.Windows, at_most: float) -> tuple[Floats, Floats]:
    p = _over_draws(histories, windows, at_most)
    return np.where(np.isnan(p), 0.0, p), np.where(np.isnan(p), 1.0, p)
