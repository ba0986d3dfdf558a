"""The answer that `reaches`, `share` and `exists` share: a quantity against one bound."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from primacy.assessment.finding import Chart, Phrase
from primacy.assessment.indicators.quantity import Quantity
from primacy.assessment.rules.grid import Bools, Floats
from primacy.assessment.rules.verdict import Call, Verdict
from primacy.assessment.told import enough_told
from primacy.assessment.told.doubted import doubt
from primacy.assessment.told.rule_phrases import shape_of
from primacy.evidence.store.numbered_days import first_day

YEAR = 12
Bound = Callable[[float], tuple[Floats, Floats]]


def judge(call: Call, found: Quantity, bound: Bound, threshold: float, phrase: str, *, sign: int) -> Verdict:
    """`sign` +1 where more is better, -1 where less is: it says which way is nearer."""
    low, high = bound(threshold)
    single = _single_source(call, found, threshold, sign)
    unlooked = found.looked is not None and found.looked.unknown
    value = float(found.value[-1])
    numbers: dict[str, Any] = {"value": value, "threshold": threshold, **found.numbers}
    if found.all_items is not None and found.known_items is not None:
        numbers |= {"items": found.all_items, "known": int(found.known_items[-1])}
    return Verdict(
        low=low,
        high=high,
        reasons=found.reason,
        capped=single | unlooked,
        sentence=_sentence(call, found, phrase, threshold, value),
        numbers=numbers,
        direction=_direction(found, sign),
        flags=frozenset(
            name for name, raised in (("single source", single[-1]), ("effort unknown", unlooked)) if raised
        ),
        beside=(*_off(call, found), *_looked(call, found)),
        bounds=bound,
        chart=_chart(call, found, threshold, at_most=sign < 0),
        change=_change(call, found, threshold, value, phrase),
        doubt=doubt(
            found.unsure_by, low, high, holds=_is_asked(call, value, threshold, phrase), n=found.numbers.get("n")
        ),
        enough=lambda _veto: enough_told.of_quantity(
            call.label, found, threshold, (float(low[-1]), float(high[-1])), _shape(call), phrase.replace("-", "_")
        ),
        level=None if math.isnan(value) else value,
    )


def _is_asked(call: Call, value: float, threshold: float, phrase: str) -> bool:
    """Whether the value itself is what is asked for."""
    match phrase:
        case "at-most":
            return value <= threshold + 1e-9
        case "more-than":
            return value > threshold + 1e-9
        case "between":
            return threshold - 1e-9 <= value <= call.number(call.parameters.between[1]) + 1e-9
    return value >= threshold - 1e-9


def _single_source(call: Call, found: Quantity, threshold: float, sign: int) -> Bools:
    """Where one type of source alone says so: item by item where there are items, and through what it is made of."""
    reading = call.reading
    made_of = [reading.indicator.of] if isinstance(reading.indicator.of, str) else reading.indicator.of or []
    single = reading.single_source()
    if reading.wants_two and found.corroborated is not None and sign > 0:
        single = ~found.corroborated(threshold)
    for part in made_of:
        single = single | call.others[part].single_source()
    return single


def _sentence(call: Call, found: Quantity, phrase: str, threshold: float, value: float) -> Phrase:
    values: dict[str, Any] = {"label": call.label, "value": value, "threshold": threshold, "unit": found.unit}
    if found.all_items is not None:
        values |= {
            "items": found.all_items,
            "known": int(found.known_items[-1]) if found.known_items is not None else 0,
        }
    shape = _shape(call)
    if math.isnan(value):
        reason = found.reason[-1] or "missing"
        if found.all_items == 0:
            return Phrase("level.no-register", values)
        return Phrase("level.unknown", {**values, "reason": reason})
    return Phrase(f"level.{shape}.{phrase}", values)


def _off(call: Call, found: Quantity) -> tuple[Phrase, ...]:
    """What nobody stated and its own way shows."""
    if math.isnan(float(found.value[-1])) or not found.off > 0:
        return ()
    return (Phrase(f"level.off.{_shape(call)}", {"label": call.label, "off": found.off}),)


def _looked(call: Call, found: Quantity) -> tuple[Phrase, ...]:
    """Where it was looked for less than it once was: what that leaves open."""
    if found.looked is None or not found.looked.less or math.isnan(float(found.value[-1])):
        return ()
    return (Phrase("level.looked", {"label": call.label, "share": float(found.looked.share[-1])}),)


def _shape(call: Call) -> str:
    """Told as the threshold is written, `60 %` or `3`."""
    names = ("at_least", "at_most", "more_than", "between", "band", "min")
    asked = next(value for name in names if (value := getattr(call.parameters, name, None)) is not None)
    return shape_of(call.reading.benchmark, asked)


def _direction(found: Quantity, sign: int) -> Floats:
    """P(nearer than twelve months ago), where both are known: now against then, each with its own error."""
    now, then = found.value, np.concatenate([np.full(YEAR, np.nan), found.value[:-YEAR]])
    moved = (now - then) * sign
    error = float(found.numbers.get("se", 0.0) or found.off)
    if error <= 0 and found.numbers.get("n"):
        share = np.clip(now, 0.05, 0.95)
        spread = np.sqrt(2 * share * (1 - share) / float(found.numbers["n"]))
    else:
        spread = np.full(len(now), error * math.sqrt(2.0))
    return np.array(
        [
            math.nan if math.isnan(m) else 0.5 * math.erfc(-m / s / math.sqrt(2.0)) if s > 0 else _sure(m)
            for m, s in zip(moved.tolist(), spread.tolist(), strict=True)
        ]
    )


def _sure(moved: float) -> float:
    """A counted thing moved or did not."""
    return 0.95 if moved > 0 else 0.5 if moved == 0 else 0.05


def _change(call: Call, found: Quantity, threshold: float, value: float, phrase: str) -> Phrase | None:
    if math.isnan(value):
        return None
    values: dict[str, Any] = {"label": call.label, "threshold": threshold, "value": value, "unit": found.unit}
    if found.silent:
        return Phrase("level.change.silent", {**values, "count": len(found.silent)})
    shape = _shape(call)
    return Phrase(f"level.change.{shape}.{phrase}", values)


def _chart(call: Call, found: Quantity, threshold: float, *, at_most: bool) -> Chart | None:
    """The value at the month ends of the grid, with the level that is asked for."""
    if np.isnan(found.value).all():
        return None
    ends = call.reading.round.grid.ends
    return Chart(
        indicator=call.label,
        unit=found.unit or call.reading.indicator.unit or "",
        months=tuple(first_day(int(end) - 1).isoformat() for end in ends[-36:]),
        values=tuple(None if np.isnan(v) else float(v) for v in found.value[-36:]),
        needed=threshold,
        at_most=at_most,
    )
