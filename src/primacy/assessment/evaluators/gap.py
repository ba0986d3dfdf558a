"""`gap`: the difference between groups, strata or areas is at most so large; the widest pair decides."""

import numpy as np

from primacy.assessment.finding import Phrase
from primacy.assessment.indicators.apart import apart
from primacy.assessment.rules.grid import Floats
from primacy.assessment.rules.verdict import Call, Verdict
from primacy.assessment.told import enough_told
from primacy.assessment.told.doubted import doubt


def decide(call: Call) -> Verdict:
    at_most, found = call.number(call.parameters.at_most), apart(call.reading, call.parameters.between)
    (low, high), width = _opened(found.within(at_most)), float(found.width[-1])
    unknown, why = high - low >= 1e-9, "stale" if found.stale else "missing"
    single = call.reading.single_source()
    widest, narrowest = found.pair
    values = {"label": call.label, "value": width, "threshold": at_most, "high": widest, "low": narrowest}
    return Verdict(
        low=low,
        high=high,
        reasons=tuple(why if u else "" for u in unknown),
        capped=single,
        sentence=Phrase("gap.unknown" if unknown[-1] else "gap.wide", values),
        numbers={"value": width, "threshold": at_most, "groups": found.parts},
        direction=_nearer(found.width),
        flags=frozenset({"single source"} if single[-1] and not unknown[-1] else ()),
        bounds=lambda number: _opened(found.within(number)),
        change=Phrase("gap.change", values),
        doubt=doubt("error", low, high, holds=width <= at_most + 1e-9),
        enough=lambda _veto: enough_told.of_difference(
            call.label, at_most, float(found.error[-1]), "share", at_most=True
        ),
    )


def _opened(p: Floats) -> tuple[Floats, Floats]:
    return np.where(np.isnan(p), 0.0, p), np.where(np.isnan(p), 1.0, p)


def _nearer(width: Floats) -> Floats:
    then = np.concatenate([np.full(12, np.nan), width[:-12]])
    return np.where(np.isnan(width - then), np.nan, np.where(width < then, 0.95, 0.5))
