"""`ceases`: the underlying count in the window is at most so much (posterior of a count, with over-dispersion)."""

import numpy as np

from primacy.assessment import comparing, enough_told, trend
from primacy.assessment.cessation import ceases_probability
from primacy.assessment.finding import Phrase
from primacy.assessment.grid import Floats
from primacy.assessment.verdict import Call, Verdict


def decide(call: Call) -> Verdict:
    reading, at_most = call.reading, call.number(call.parameters.at_most)
    counts = reading.counted(area=call.area)
    length = call.parameters.window.months
    ends = comparing.window_ends(reading, counts)
    windows = trend.Windows(ends=ends, length=length, against=None)
    low, high = _bounds(counts, windows, at_most)
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
    flags = {name for name, present in (("single source", single[-1]), ("effort unknown", effort)) if present}
    return Verdict(
        low=low,
        high=high,
        reasons=tuple(why if u else "" for u in unknown),
        capped=single | effort,
        sentence=Phrase("ceases.unknown" if unknown[-1] else "ceases.count", values),
        numbers={"threshold": at_most} if unknown[-1] else {"events": events, "threshold": at_most, "months": length},
        flags=frozenset(flags),
        bounds=lambda number: _bounds(counts, windows, number),
        change=Phrase("ceases.change", values),
        enough=lambda _veto: enough_told.of_cessation(call.label, counts, int(ends[-1]), length, at_most),
        level=None if unknown[-1] else events,
    )


def _bounds(counts: Floats, windows: trend.Windows, at_most: float) -> tuple[Floats, Floats]:
    p = ceases_probability(counts[None, :], windows, at_most)[0]
    return np.where(np.isnan(p), 0.0, p), np.where(np.isnan(p), 1.0, p)
