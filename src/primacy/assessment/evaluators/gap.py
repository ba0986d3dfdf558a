"""`gap`: the difference between groups, strata or areas is at most so large; the widest pair decides."""

import numpy as np

from primacy.assessment.apart import apart
from primacy.assessment.finding import Phrase
from primacy.assessment.grid import Floats
from primacy.assessment.verdict import Call, Verdict


def decide(call: Call) -> Verdict:
    at_most, found = call.number(call.parameters.at_most), apart(call.reading, call.parameters.between)
    p, width = found.within(at_most), float(found.width[-1])
    unknown, why = np.isnan(p), "stale" if found.stale else "missing"
    high, low = found.pair
    values = {"label": call.label, "value": width, "threshold": at_most, "high": high, "low": low}
    return Verdict(
        low=np.where(unknown, 0.0, p),
        high=np.where(unknown, 1.0, p),
        reasons=tuple(why if u else "" for u in unknown),
        capped=call.reading.single_source(),
        sentence=Phrase("gap.unknown" if unknown[-1] else "gap.wide", values),
        numbers={"value": width, "threshold": at_most, "groups": found.parts},
        direction=_nearer(found.width),
        curve=None if unknown[-1] else lambda t: float(found.within(t)[-1]),
        threshold=at_most,
        change=Phrase("gap.change", values),
    )


def _nearer(width: Floats) -> Floats:
    then = np.concatenate([np.full(12, np.nan), width[:-12]])
    return np.where(np.isnan(width - then), np.nan, np.where(width < then, 0.95, 0.5))
