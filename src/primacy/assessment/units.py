"""What an indicator is measured in and what a threshold is written in, so that days are never compared with a share."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from primacy.assessment.naming import number_field
from primacy.evidence.kinds import KINDS
from primacy.framework import Framework
from primacy.framework.entries import Measured
from primacy.framework.grammar import Indicator, Rule
from primacy.framework.problems import Problem
from primacy.framework.values import comparison, number

SHARE, DAYS, SCORE, COUNT, MONEY, RATE = "a share", "days", "a score", "a count", "money", "a rate by effort"
OF_MEASURES: Mapping[str, str] = {
    "share": SHARE, "days": DAYS, "score": SCORE, "stage": SCORE, "currency": MONEY, "events": COUNT, "persons": COUNT,
    "interviews": COUNT, "items": COUNT,
}  # fmt: skip
"""By the unit of a kind's measure. What is in points or plain numbers may be anything."""

WRITTEN = (
    (re.compile(r".*\b(a|per) (patrol|monitor|monitoring|interview)\b"), RATE),
    (re.compile(r"^(share|percent|percentage|part)\b"), SHARE),
    (re.compile(r"^(complete |full |working )?(days?|weeks?|months?|years?)\b"), DAYS),
    (re.compile(r"^((mean |lowest |highest )?score|points|status|\w+ class)\b"), SCORE),
    (re.compile(r"^(events?|deaths?|people|persons?|breaches|petitions|items|documents|bodies)\b"), COUNT),
)
"""By how the unit of a threshold begins."""


SCALE = re.compile(r"points of (?:(?P<least>\d+(?:\.\d+)?)(?: \([^)]*\))? to )?(?P<most>\d+(?:\.\d+)?)(?![\d.])")
"""The unit of a threshold that names the ends of its scale; a move on it may be downward."""

OF_ITSELF = {
    "falls": ("by",),
    "rises": ("by",),
    "ceases": ("at_most",),
    "covers": ("at_least",),
    "scored": ("at_least",),
}
"""What a verb asks for in a unit of its own, whatever its indicator is measured in."""


def unit_of(entry: Measured, id: str, *, inside: frozenset[str] = frozenset()) -> str | None:
    """What the values of an indicator are; None where that cannot be told. `inside`: what is made of it."""
    indicator = entry.indicators[id]
    if indicator.aggregate == "share":
        return SHARE
    if indicator.aggregate == "median_gap":
        return DAYS
    if indicator.aggregate == "distinct":
        return COUNT
    if indicator.aggregate == "rate":
        return RATE if indicator.effort is not None else None
    if isinstance(indicator.of, list):
        within = inside | {id}
        known = [name for name in indicator.of if name in entry.indicators and name not in within]
        parts = {unit_of(entry, name, inside=within) for name in known}
        same = parts.pop() if len(parts) == 1 else None
        return SHARE if indicator.aggregate == "ratio" and same else same
    return _measured(indicator)


def _measured(indicator: Indicator) -> str | None:
    kind = KINDS.get(indicator.kind or "")
    if kind is None:
        return None
    measure = indicator.measure or indicator.pass_.get("measure") or next(iter(kind.measures))
    return OF_MEASURES.get(kind.measures.get(measure, ""))


def written_in(entry: Measured, value: Any) -> str | None:
    """What a number of a rule is written in: the unit of its threshold, or its per cent sign."""
    threshold = entry.thresholds.get(value) if isinstance(value, str) else None
    written = value if threshold is None else threshold.value
    if isinstance(written, str) and "%" in written:
        return SHARE
    if threshold is None:
        return None
    return next((unit for pattern, unit in WRITTEN if pattern.match(threshold.unit)), None)


def faults(framework: Framework, entry: Measured) -> Iterator[Problem]:
    """Every number that is compared with what is measured in something else."""
    for field, rule in entry.rules_by_field.items():
        for place, leaf in rule.leaves_by_field(field):
            if leaf.call.indicator not in entry.indicators:
                continue
            for name, value, unit in _compared(entry, leaf):
                asks = f"{leaf.head} asks for" if name in OF_ITSELF.get(leaf.head, ()) else ""
                told = asks or f"{leaf.call.indicator} is measured in"
                field = number_field(framework, entry, f"{place}.{leaf.head}.{name}", value, "unit")
                yield from _fault(entry, field, value, unit, told)
    for id, indicator in entry.indicators.items():
        if "value" in indicator.pass_:
            right = comparison(indicator.pass_["value"]).right
            field = number_field(framework, entry, f"indicators.{id}.pass", right, "unit")
            yield from _fault(entry, field, right, _measured(indicator), f"{id} is measured in")
        if indicator.aggregate == "gap" and isinstance(indicator.of, list):
            units = {unit_of(entry, name) for name in indicator.of if name in entry.indicators} - {None}
            if len(units) > 1:
                what = f"is a difference between {' and '.join(sorted(str(unit) for unit in units))}"
                yield Problem(f"{entry.id}.yaml", f"indicators.{id}.of", what, "name two that are measured alike")


def scale_faults(entry: Measured) -> Iterator[Problem]:
    """Thresholds beyond the ends of the scale that their unit names: 130 points of 100."""
    for name, threshold in entry.thresholds.items():
        scale = SCALE.match(threshold.unit)
        ends = None if scale is None else (float(scale["least"] or 0), float(scale["most"]))
        for each in threshold.value if isinstance(threshold.value, tuple) else (threshold.value,):
            if ends is not None and not ends[0] <= abs(_plain(each)) <= ends[1]:
                what = f"{each} lies beyond its scale ({threshold.unit})"
                remedy = f"write a number from {ends[0]:g} to {ends[1]:g}, or the unit of the scale that is meant"
                yield Problem(f"{entry.id}.yaml", f"thresholds.{name}.value", what, remedy)


def _plain(value: str | float) -> float:
    """A number, 0 for what is none: that is another fault."""
    try:
        return number(value)
    except ValueError:
        return 0.0


def _fault(entry: Measured, field: str, value: Any, unit: str | None, told: str) -> Iterator[Problem]:
    if isinstance(value, dict):
        yield from _fault(entry, field, value.get("else"), unit, told)
        name = value.get("from")
        written, said = (unit_of(entry, name), f"the indicator {name}") if name in entry.indicators else (None, "")
    else:
        written, said = written_in(entry, value), str(value)
    if unit is not None and written is not None and unit != written:
        what = f"{said} is {written}, but {told} {unit}"
        yield Problem(f"{entry.id}.yaml", field, what, f"write it as {unit}, or read another indicator")


def _compared(entry: Measured, rule: Rule) -> Iterator[tuple[str, Any, str | None]]:
    """(field, number, what it must be written in) for each number that a leaf compares."""
    call, own = rule.call, unit_of(entry, rule.call.indicator)
    match rule.head:
        case "falls" | "rises":
            yield "by", call.by, SHARE  # of the rate of the baseline, whatever is counted
        case "ceases":
            yield "at_most", call.at_most, COUNT
        case "covers":
            yield "at_least", call.at_least, SHARE
            if "value" in call.pass_:
                yield "pass", comparison(call.pass_["value"]).right, own
        case "scored":
            yield "at_least", call.at_least, SCORE
        case "shifts":
            yield "by", call.by, own
        case "share" | "believes" | "reaches" | "gap":
            for name in ("at_least", "at_most", "more_than", "band"):
                yield name, getattr(call, name, None), own
            for each in getattr(call, "between", None) or () if rule.head == "reaches" else ():
                yield "between", each, own
