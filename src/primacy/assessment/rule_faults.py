"""Faults of meaning in rules: names that are not there, numbers that say nothing, and what no data can give."""

import math
from collections.abc import Collection, Iterator
from itertools import combinations
from typing import Any

from primacy.assessment import bounds
from primacy.assessment.indicator_faults import stage_faults
from primacy.assessment.naming import fault_of, number_field, use_one_of
from primacy.evidence.kinds import KINDS
from primacy.framework import Framework, Problem
from primacy.framework.entries import Benchmark, Measured
from primacy.framework.grammar import Rule
from primacy.framework.values import awaited, day_named, number

NUMBERS = ("by", "at_least", "at_most", "more_than", "band", "between", "agreement")
PERIODS = ("baseline", "previous")
MANDATE_DAYS = ("renewal", "end_of_transition")  # which signals can be near to, and no rule can compare with
NAME_EVENTS = "name an event of the mission file (`events`)"


def rule_faults(framework: Framework, entry: Measured, events: Collection[str]) -> Iterator[Problem]:
    """Every fault in the rules of an entry. `events`: those that a mission file may give a day."""
    for field, rule in _rules(entry).items():
        yield from _after_faults(framework, entry, field, rule, events)
        for place, leaf in rule.leaves_by_field(field):
            yield from _leaf_faults(framework, entry, f"{place}.{leaf.head}", leaf, events)
        yield from _contradictions(entry, field, rule, holds=True)


def _rules(entry: Measured) -> dict[str, Rule]:
    """Every rule by the field that holds it, those that raise flags included."""
    flags = entry.flags if isinstance(entry, Benchmark) else {}
    raised = {f"flags.{name}.rule": each.rule for name, each in flags.items() if each.rule is not None}
    return {**entry.rules_by_field, **raised}


def _after_faults(
    framework: Framework, entry: Measured, field: str, rule: Rule, events: Collection[str]
) -> Iterator[Problem]:
    for name in rule.after:
        subject, event = awaited(name)
        retired = any(each.entry == subject and each.field == "retired" for each in framework.changes)
        if ("." in subject or event) and subject not in framework.benchmarks and not retired:
            yield fault_of(entry, f"{field}.after", f"{subject} is no benchmark", "name a benchmark or an event")
        waits_for_day = event or ("" if "." in subject or subject.startswith("document/") else subject)
        if waits_for_day:
            yield from event_faults(entry, f"{field}.after", waits_for_day.removeprefix("event:"), events)
    for place, child in rule.placed(field):
        yield from _after_faults(framework, entry, place, child, events)


def event_faults(entry: Measured, field: str, name: str, events: Collection[str]) -> Iterator[Problem]:
    """A name to which no mission file gives a day."""
    if name not in events:
        remedy = f"{use_one_of(sorted(events), name)}, or {NAME_EVENTS}"
        yield fault_of(entry, field, f"there is no event {name}", remedy)


def _leaf_faults(
    framework: Framework, entry: Measured, place: str, leaf: Rule, events: Collection[str]
) -> Iterator[Problem]:
    id = leaf.call.indicator
    if id not in entry.indicators:
        listed = f"`primacy framework show {entry.id}` lists all"
        remedy = use_one_of(list(entry.indicators), id, listed)
        yield fault_of(entry, place, f"there is no indicator {id}", remedy)
        return
    named = [(f"{place}.{name}", getattr(leaf.call, name, None)) for name in NUMBERS]
    numbers = [
        fault
        for field, value in named
        if not field.endswith(("gap.between", "sequence.by"))
        for fault in number_faults(entry, field, value)
    ]
    yield from numbers or _bound_faults(framework, entry, place, leaf)
    yield from _verb_faults(entry, place, leaf)
    yield from _period_faults(entry, place, leaf, events)
    if leaf.head == "sequence":
        yield from stage_faults(entry, f"{place}.steps", id, leaf.call.steps)
        by = leaf.call.by
        if by not in (None, "due") and day_named(by) is None:
            yield from event_faults(entry, f"{place}.by", by, events)


def number_faults(entry: Measured, field: str, value: Any) -> Iterator[Problem]:
    """What stands where a number is asked for and is none."""
    if value is None:
        return
    if isinstance(value, dict):
        yield from number_faults(entry, field, value.get("else"))
        if value.get("from") not in entry.indicators:
            yield fault_of(entry, field, f"there is no indicator {value.get('from')}", "name one of this benchmark")
        return
    if isinstance(value, tuple | list):
        for each in value:
            yield from number_faults(entry, field, each)
        return
    if isinstance(value, str) and (value in entry.thresholds or value.startswith("norm.")):
        return
    try:
        number(value)
    except ValueError:
        known = f", or {use_one_of(list(entry.thresholds), value)}" if entry.thresholds else ""
        what = f"{value} is neither a number nor a threshold"
        yield fault_of(entry, field, what, f"add it to `thresholds`{known}")


TREND = ("events over time", ("event", "effort"), "use `shifts` for how far it moved, or `reaches` for its level")
READS = {  # verb -> what it asks for, of which natures of a kind that can be told, what else to write
    "falls": TREND, "rises": TREND, "ceases": TREND,
    "covers": ("what is so in an area", ("event", "effort", "state"), "put `each: {area: 1, ...}` around a rule"),
}  # fmt: skip
SHOWN = {"event": "events", "effort": "effort", "state": "the state of items", "estimate": "an estimate"}


def _verb_faults(entry: Measured, place: str, leaf: Rule) -> Iterator[Problem]:
    """A verb of what it cannot judge: it would stay without an answer, whatever the evidence."""
    indicator = entry.indicators[leaf.call.indicator]
    kind = KINDS.get(indicator.kind or "")
    if kind is None:
        return
    asks, natures, remedy = READS.get(leaf.head, ("", tuple(SHOWN), ""))
    told = f"{leaf.call.indicator} reads {SHOWN[kind.nature]} ({kind.name})"
    if kind.nature not in natures:
        yield fault_of(entry, place, f"{leaf.head} asks for {asks}, but {told}", remedy)
    if leaf.head == "scored" and (indicator.measure not in kind.scores or indicator.aggregate != "mean"):
        scales = [f"{each.name} ({measure})" for each in KINDS.values() for measure in each.scores]
        what = f"scored asks for the mean of what coders give, but {told}"
        yield fault_of(entry, place, what, f"read one of {', '.join(scales)} with `aggregate: mean`")


def _period_faults(entry: Measured, place: str, leaf: Rule, events: Collection[str]) -> Iterator[Problem]:
    against = getattr(leaf.call, "against", None)
    if against is None or against in PERIODS:
        return
    if leaf.head == "shifts":
        what = f"shifts cannot be measured against {against}"
        yield fault_of(entry, f"{place}.against", what, "write `baseline` or `previous`")
    elif day_named(against) is None and against not in events:
        remedy = f"write `baseline` or `previous`, or {NAME_EVENTS}"
        yield fault_of(entry, f"{place}.against", f"there is no period and no event {against}", remedy)


# ---- numbers that decide nothing, or that nothing can meet


def _bound_faults(framework: Framework, entry: Measured, place: str, leaf: Rule) -> Iterator[Problem]:
    """A number beyond what can be, one that is always met, and a range whose lower end is the higher."""
    found = bounds.asked(entry, leaf)
    if found is None:
        return
    asked, possible = found[1], bounds.possible(entry, leaf)
    name = next(each for each in (*NUMBERS, "min") if getattr(leaf.call, each, None) is not None)
    value = getattr(leaf.call, name)
    field = number_field(framework, entry, f"{place}.{name}", value)
    told = f"{name} {_told(entry, value)}"
    by = bounds.written(entry, value) or 0.0
    if (leaf.head == "falls" and by <= 0) or (
        leaf.head == "rises" and by < 0
    ):  # a rise by 0 % asks for any rise at all
        where = f"thresholds.{value}.value" if value in entry.thresholds else field
        yield fault_of(entry, where, f"{told} is no change", "write a number above 0, such as 20 %")
    elif asked.low > asked.high:
        yield fault_of(entry, field, f"{told}: the lower end is above the higher", "turn the two round")
    elif asked.within(possible).empty:
        what = f"{told} can never be met: {_extent(leaf, possible)}"
        yield fault_of(entry, field, what, "lower or raise the number")
    elif asked.covers(possible):
        remedy = "change the number, or take this part of the rule out"
        yield fault_of(entry, field, f"{told} is always met and decides nothing", remedy)


def _told(entry: Measured, value: Any) -> str:
    if isinstance(value, tuple | list):
        return " to ".join(_told(entry, each) for each in value)
    threshold = entry.thresholds.get(value) if isinstance(value, str) else None
    return str(value) if threshold is None else f"{value} ({threshold.value})"


def _extent(leaf: Rule, possible: bounds.Interval) -> str:
    if leaf.head == "falls":
        return "nothing falls by all of it"
    if math.isinf(possible.high):
        return f"values are never below {possible.low:g}"
    return f"values lie between {possible.low:g} and {possible.high:g}"


def _contradictions(entry: Measured, field: str, rule: Rule, *, holds: bool) -> Iterator[Problem]:
    """Parts that may each hold, and never together; told at the deepest rule that holds them."""
    parts = list(_parts(field, rule, holds))
    found = [fault for place, part, way in parts for fault in _contradictions(entry, place, part, holds=way)]
    yield from found
    possible = all(bounds.ways(entry, part, holds=way) for _field, part, way in parts)
    if parts and not found and possible and not bounds.ways(entry, rule, holds=holds):
        clash = _clash if rule.head != "k_of" or rule.veto else _clash_of_several
        what = f"no data can meet {clash(entry, [(part, way) for _field, part, way in parts])}"
        yield fault_of(entry, f"{field}.{rule.head}", what, "change one of them, or take it out")


def _parts(field: str, rule: Rule, holds: bool) -> Iterator[tuple[str, Rule, bool]]:
    """What a rule consists of, each with its field and whether it is to hold: its head beside vetoes, or its rules."""
    vetoes = {id(veto) for veto in rule.veto}
    if vetoes:
        yield field, rule.model_copy(update={"veto": []}), holds
    for place, part in rule.placed(field):
        if id(part) in vetoes:
            yield place, part, not holds
        elif not vetoes:
            yield place, part, holds != (rule.head == "not")


def _clash(entry: Measured, parts: list[tuple[Rule, bool]]) -> str:
    """The first two parts that exclude each other, in words; all of them where it takes more than two."""
    for one, other in combinations(parts, 2):
        if not bounds.both(entry, one, other):
            return f"{_in_words(entry, *one)} and {_in_words(entry, *other)} at once"
    return _clash_of_several(entry, parts)


def _clash_of_several(entry: Measured, parts: list[tuple[Rule, bool]]) -> str:
    return "as much of this at once: " + "; ".join(_in_words(entry, *each) for each in parts)


def _in_words(entry: Measured, rule: Rule, holds: bool) -> str:
    """A part of a rule as it is written: `reaches contacts at_least 10`."""
    if rule.head == "not":
        return _in_words(entry, rule.children[0], not holds)
    if rule.is_leaf:
        said = [(name, getattr(rule.call, name, None)) for name in (*NUMBERS, "min")]
        given = [f"{name} {_told(entry, value)}" for name, value in said if value is not None]
        told = " ".join([rule.head, rule.call.indicator, *given])
    else:
        told = f"{rule.head} of {', '.join(dict.fromkeys(leaf.call.indicator for leaf in rule.leaves()))}"
    return told if holds else f"not {told}"
