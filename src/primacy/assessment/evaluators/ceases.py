"""`ceases`: the underlying count in the window is at most so much (posterior of a count, with over-dispersion)."""

from collections.abc import Sequence
from functools import reduce

import numpy as np

from primacy.assessment import comparing, imputing, trend
from primacy.assessment.cessation import ceases_probability
from primacy.assessment.finding import Phrase
from primacy.assessment.grid import Floats
from primacy.assessment.trend_posterior import DIGITS
from primacy.assessment.verdict import Call, Verdict


def decide(call: Call) -> Verdict:
    reading, at_most = call.reading, call.number(call.parameters.at_most)
    counts = reading.counted(area=call.area)
    length = call.parameters.window.months
    ends = comparing.window_ends(reading, counts, area=call.area)
    windows = trend.Windows(ends=ends, length=length, against=None)
    histories = imputing.draws(reading, counts, area=call.area)
    p = _over_draws(histories, windows, at_most)
    unknown, why = np.isnan(p), reading.why_unknown()
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
    flagged = (("single source", single[-1]), ("effort unknown", effort), ("incomplete months", bool(still)))
    flags = {name for name, present in flagged if present}
    numbers = {"events": events, "threshold": at_most, "months": length, **({"reporting": still} if still else {})}
    return Verdict(
        low=np.where(unknown, 0.0, p),
        high=np.where(unknown, 1.0, p),
        reasons=tuple(why if u else "" for u in unknown),
        capped=single | effort,
        sentence=Phrase("ceases.unknown" if unknown[-1] else "ceases.count", values),
        numbers={"threshold": at_most} if unknown[-1] else numbers,
        flags=frozenset(flags),
        curve=None if unknown[-1] else lambda t: float(_over_draws(histories, windows, t)[-1]),
        threshold=at_most,
        change=Phrase("ceases.change", values),
        level=None if unknown[-1] else events,
        beside=phrases,
    )


def _over_draws(histories: Sequence[imputing.Draw], windows: trend.Windows, at_most: float) -> Floats:
    """P over the grid, the mean over all histories that the counts could be. Shape (g,)."""
    found = [ceases_probability(each.counts[None, :], windows, at_most, each.exposure)[0] for each in histories]
    mean: Floats = np.round(reduce(np.add, found) / len(found), DIGITS)
    return mean if len(found) > 1 else found[0]
