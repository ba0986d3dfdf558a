"""`shifts`: a level moved by at least `by` against the baseline or the wave before (negative: at most such a loss)."""

import math

from primacy.assessment.finding import Phrase
from primacy.assessment.indicators.estimates import Move, moved
from primacy.assessment.rules.verdict import Call, Verdict
from primacy.assessment.told import enough_told
from primacy.assessment.told.doubted import doubt
from primacy.assessment.told.rule_phrases import amount, shape_of


def decide(call: Call) -> Verdict:
    by, reading, found = call.number(call.parameters.by), call.reading, moved(call)
    low, high = found.reached(by)
    single, open_ = reading.single_source(), high - low >= 1e-9
    now, then = float(found.now[-1]), float(found.then[-1])
    values = {
        "label": call.label,
        "now": now,
        "then": then,
        "amount": amount(reading.benchmark, call.parameters.by),
        "reason": "thin" if found.thin[-1] else reading.why_without_state(),
    }
    return Verdict(
        low=low,
        high=high,
        reasons=tuple(_reason(call, found, point) if o else "" for point, o in enumerate(open_)),
        capped=single,
        sentence=Phrase(_told(call, found), values),
        numbers={"value": now, "then": then, "threshold": by, "se": float(found.error[-1])},
        direction=found.nearer,
        flags=frozenset({"single source"} if single[-1] else ()),
        beside=_off(call, found),
        bounds=found.reached,
        provisional=found.provisional,
        change=Phrase("shift.change", values),
        doubt=doubt(found.unsure_by, low, high, holds=now - then >= by - 1e-9),
        enough=lambda _veto: _enough(call, found, by),
        level=None if math.isnan(now) else now,
    )


def _enough(call: Call, found: Move, by: float) -> tuple[Phrase, ...]:
    shape = shape_of(call.reading.benchmark, call.parameters.by)
    return enough_told.of_difference(call.label, by, float(found.error[-1]), shape, at_most=False)


def _off(call: Call, found: Move) -> tuple[Phrase, ...]:
    """What nobody stated and its own way shows."""
    off = float(found.off[-1])
    if math.isnan(float(found.now[-1] - found.then[-1])) or not off > 0:
        return ()
    shape = shape_of(call.reading.benchmark, call.parameters.by)
    return (Phrase(f"shift.off.{shape}", {"label": call.label, "off": off}),)


def _reason(call: Call, found: Move, point: int) -> str:
    if found.thin[point]:
        return "thin"
    return call.reading.why_without_state() if math.isnan(found.now[point]) else "missing"


def _told(call: Call, found: Move) -> str:
    if math.isnan(found.now[-1]):
        return "shift.unknown"
    if math.isnan(found.then[-1]):
        return "shift.no-then"
    return f"shift.moved.{shape_of(call.reading.benchmark, call.parameters.by)}"
