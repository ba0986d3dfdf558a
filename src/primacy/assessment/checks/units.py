"""What an indicator is measured in and what a threshold is written in, so that days are never compared with a share."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from primacy.assessment.checks.naming import fault_of, number_field
from primacy.evidence.kinds import KINDS
from primacy.framework import Framework
from primacy.framework.entries import Measured
from primacy.framework.grammar import Indicator, Rule
from primacy.framework.problems import Problem
from primacy.framework.saying import Said, said
from primacy.framework.values import comparison, number

SHARE, DAYS, SCORE = said("unit.share"), said("unit.days"), said("unit.score")
COUNT, MONEY, RATE = said("unit.count"), said("unit.money"), said("unit.rate")
OF_MEASURES: Mapping[str, Said] = {
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


OVER_TIME = re.compile(r"\b(a|per) (day|week|month|quarter|year|patrol|monitor|interview)\b")
"""How the unit of a rate ends, whatever it counts."""

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


def unit_of(entry: Measured, id: str, *, inside: frozenset[str] = frozenset()) -> Said | None:
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


def _measured(indicator: Indicator) -> Said | None:
    kind = KINDS.get(indicator.kind or "")
    if kind is None:
        return None
    measure = indicator.measure or indicator.pass_.get("measure") or next(iter(kind.measures))
    return OF_MEASURES.get(kind.measures.get(measure, ""))


def written_in(entry: Measured, value: Any) -> Said | None:
    """What a number of a rule is written in: the unit of its threshold, or its per cent sign."""
    threshold = entry.thresholds.get(value) if isinstance(value, str) else None
    written = value if threshold is None else threshold.value
    if isinstance(written, str) and "%" in written:
        return SHARE
    if threshold is None:
        return None
    return _begins_with(threshold.unit)


def _begins_with(told: str) -> Said | None:
    """The unit with which a text begins; None where it is none of those known."""
    return next((unit for pattern, unit in WRITTEN if pattern.match(told)), None)


def faults(framework: Framework, entry: Measured) -> Iterator[Problem]:
    """Every number that is compared with what is measured in something else."""
    for field, rule in entry.rules_by_field.items():
        for place, leaf in rule.leaves_by_field(field):
            if leaf.call.indicator not in entry.indicators:
                continue
            for name, value, unit in _compared(entry, leaf):
                asker = (leaf.head, "") if name in OF_ITSELF.get(leaf.head, ()) else ("", leaf.call.indicator)
                field = number_field(framework, entry, f"{place}.{leaf.head}.{name}", value, "unit")
                yield from _fault(entry, field, value, unit, *asker)
    for id, indicator in entry.indicators.items():
        if "value" in indicator.pass_:
            right = comparison(indicator.pass_["value"]).right
            field = number_field(framework, entry, f"indicators.{id}.pass", right, "unit")
            yield from _fault(entry, field, right, _measured(indicator), "", id)
        if indicator.aggregate == "gap" and isinstance(indicator.of, list):
            units = {unit_of(entry, name) for name in indicator.of if name in entry.indicators} - {None}
            if len(units) > 1:
                one, other, *_more = sorted((unit for unit in units if unit), key=lambda unit: unit.key)
                fault = said("unlike", one=one, other=other)
                yield fault_of(entry, f"indicators.{id}.of", fault, said("do.alike"))


def scale_faults(entry: Measured) -> Iterator[Problem]:
    """Thresholds beyond the ends of the scale that their unit names: 130 points of 100."""
    for name, threshold in entry.thresholds.items():
        scale = SCALE.match(threshold.unit)
        ends = None if scale is None else (float(scale["least"] or 0), float(scale["most"]))
        for each in threshold.value if isinstance(threshold.value, tuple) else (threshold.value,):
            if ends is not None and not ends[0] <= abs(_plain(each)) <= ends[1]:
                fault = said("beyond-scale", given=str(each), unit=threshold.unit)
                do = said("do.within-scale", least=f"{ends[0]:g}", most=f"{ends[1]:g}")
                yield fault_of(entry, f"thresholds.{name}.value", fault, do)


def told_faults(entry: Measured) -> Iterator[Problem]:
    """Indicators whose `unit`, which a reader sees beside the number, is not what the number is."""
    for id, indicator in entry.indicators.items():
        unit, told = unit_of(entry, id), indicator.unit or ""
        written = _begins_with(told)
        known = unit is not None and written is not None and not OVER_TIME.search(told)
        if known and unit != written:
            fault = said("told-in-other-unit", given=told, unit=unit)
            yield fault_of(entry, f"indicators.{id}.unit", fault, said("do.other-unit", unit=unit))


def _plain(value: str | float) -> float:
    """A number, 0 for what is none: that is another fault."""
    try:
        return number(value)
    except ValueError:
        return 0.0


def _fault(
    entry: Measured, field: str, value: Any, unit: Said | None, verb: str, indicator: str
) -> Iterator[Problem]:  # fmt: skip
    """A number that is not written in the unit that a `verb` asks for, or else in that of the `indicator`."""
    given: Said | str = str(value)
    if isinstance(value, dict):
        yield from _fault(entry, field, value.get("else"), unit, verb, indicator)
        name = value.get("from")
        given, written = said("the-indicator", name=name), unit_of(entry, name) if name in entry.indicators else None
    else:
        written = written_in(entry, value)
    if unit is not None and written is not None and unit != written:
        asked = said("asked-by-verb", verb=verb) if verb else said("measured-in", indicator=indicator)
        fault = said("other-unit", given=given, written=written, asked=asked, unit=unit)
        yield fault_of(entry, field, fault, said("do.other-unit", unit=unit))


def _compared(entry: Measured, rule: Rule) -> Iterator[tuple[str, Any, Said | None]]:
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
