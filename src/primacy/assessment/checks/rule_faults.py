"""Faults of meaning in rules: names that are not there, numbers that say nothing, and what no data can give."""

import math
from collections.abc import Collection, Iterator
from itertools import combinations
from typing import Any

from primacy.assessment.checks import bounds
from primacy.assessment.checks.indicator_faults import stage_faults
from primacy.assessment.checks.naming import fault_of, number_field, use_one_of
from primacy.evidence.kinds import KINDS
from primacy.framework import Framework, Problem
from primacy.framework.entries import Benchmark, Measured
from primacy.framework.grammar import Rule
from primacy.framework.problems import NUMBER_OR_NAME
from primacy.framework.saying import Said, said
from primacy.framework.values import awaited, day_named, number

NUMBERS = ("by", "at_least", "at_most", "more_than", "band", "between", "agreement")
PERIODS = ("baseline", "previous")
MANDATE_DAYS = ("renewal", "end_of_transition")  # which signals can be near to, and no rule can compare with


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
            yield fault_of(entry, f"{field}.after", said("no-benchmark", name=subject), said("do.benchmark-or-event"))
        waits_for_day = event or ("" if "." in subject or subject.startswith("document/") else subject)
        if waits_for_day:
            yield from event_faults(entry, f"{field}.after", waits_for_day.removeprefix("event:"), events)
    for place, child in rule.placed(field):
        yield from _after_faults(framework, entry, place, child, events)


def event_faults(entry: Measured, field: str, name: str, events: Collection[str]) -> Iterator[Problem]:
    """A name to which no mission file gives a day."""
    if name not in events:
        remedy = said("do.or-event", use=use_one_of(sorted(events), name))
        yield fault_of(entry, field, said("no-event", name=name), remedy)


def _leaf_faults(
    framework: Framework, entry: Measured, place: str, leaf: Rule, events: Collection[str]
) -> Iterator[Problem]:
    id = leaf.call.indicator
    if id not in entry.indicators:
        remedy = use_one_of(list(entry.indicators), id, f"`primacy framework show {entry.id}`")
        yield fault_of(entry, place, said("no-indicator", name=id), remedy)
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
        if "from" not in value:
            yield fault_of(entry, field, *NUMBER_OR_NAME)
            return
        yield from number_faults(entry, field, value.get("else"))
        if value["from"] not in entry.indicators:
            yield fault_of(entry, field, said("no-indicator", name=str(value["from"])), said("do.own-indicator"))
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
        use = use_one_of(list(entry.thresholds), value)
        remedy = said("do.add-threshold-or", use=use) if entry.thresholds else said("do.add-threshold")
        yield fault_of(entry, field, said("no-threshold", given=str(value)), remedy)


TREND = (said("asks.trend"), ("event", "effort"), said("do.shifts-or-reaches"))
READS = {  # verb -> what it asks for, of which natures of a kind that can be told, what else to write
    "falls": TREND, "rises": TREND, "ceases": TREND,
    "covers": (said("asks.area"), ("event", "effort", "state"), said("do.each-area")),
}  # fmt: skip
SHOWN = {
    "event": said("shows.event"), "effort": said("shows.effort"), "state": said("shows.state"),
    "estimate": said("shows.estimate"),
}  # fmt: skip


def _verb_faults(entry: Measured, place: str, leaf: Rule) -> Iterator[Problem]:
    """A verb of what it cannot judge: it would stay without an answer, whatever the evidence."""
    indicator = entry.indicators[leaf.call.indicator]
    kind = KINDS.get(indicator.kind or "")
    if kind is None:
        return
    read = said("reads", indicator=leaf.call.indicator, shows=SHOWN[kind.nature], kind=kind.name)
    if leaf.head in READS and kind.nature not in READS[leaf.head][1]:
        asks, _natures, remedy = READS[leaf.head]
        yield fault_of(entry, place, said("verb-of-other", verb=leaf.head, asks=asks, reads=read), remedy)
    if leaf.head == "scored" and (indicator.measure not in kind.scores or indicator.aggregate != "mean"):
        scales = [f"{each.name} ({measure})" for each in KINDS.values() for measure in each.scores]
        fault = said("verb-of-other", verb=leaf.head, asks=said("asks.scores"), reads=read)
        yield fault_of(entry, place, fault, said("do.scales", names=scales))


def _period_faults(entry: Measured, place: str, leaf: Rule, events: Collection[str]) -> Iterator[Problem]:
    against = getattr(leaf.call, "against", None)
    if against is None or against in PERIODS:
        return
    if leaf.head == "shifts":
        fault = said("no-shift-against", name=against)
        yield fault_of(entry, f"{place}.against", fault, said("do.baseline-or-previous"))
    elif day_named(against) is None and against not in events:
        yield fault_of(entry, f"{place}.against", said("no-period", name=against), said("do.period"))


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
    told = f"{name} {_written(entry, value)}"
    by = bounds.written(entry, value) or 0.0
    if (leaf.head == "falls" and by <= 0) or (
        leaf.head == "rises" and by < 0
    ):  # a rise by 0 % asks for any rise at all
        where = f"thresholds.{value}.value" if value in entry.thresholds else field
        yield fault_of(entry, where, said("no-change", bound=told), said("do.above-zero"))
    elif asked.low > asked.high:
        yield fault_of(entry, field, said("ends-turned", bound=told), said("do.turn"))
    elif asked.within(possible).empty:
        fault = said("never-met", bound=told, extent=_extent(leaf, possible))
        yield fault_of(entry, field, fault, said("do.other-number"))
    elif asked.covers(possible):
        yield fault_of(entry, field, said("always-met", bound=told), said("do.number-or-out"))


def _written(entry: Measured, value: Any) -> str:
    """A number as a file has it, the same in every language: `few (10)` of a threshold, `[2, 3]` of a range."""
    if isinstance(value, tuple | list):
        return f"[{', '.join(_written(entry, each) for each in value)}]"
    threshold = entry.thresholds.get(value) if isinstance(value, str) else None
    return str(value) if threshold is None else f"{value} ({threshold.value})"


def _extent(leaf: Rule, possible: bounds.Interval) -> Said:
    if leaf.head == "falls":
        return said("extent.falls")
    if math.isinf(possible.high):
        return said("extent.above", low=f"{possible.low:g}")
    return said("extent.between", low=f"{possible.low:g}", high=f"{possible.high:g}")


def _contradictions(entry: Measured, field: str, rule: Rule, *, holds: bool) -> Iterator[Problem]:
    """Parts that may each hold, and never together; told at the deepest rule that holds them."""
    parts = list(_parts(field, rule, holds))
    found = [fault for place, part, way in parts for fault in _contradictions(entry, place, part, holds=way)]
    yield from found
    possible = all(bounds.ways(entry, part, holds=way) for _field, part, way in parts)
    if parts and not found and possible and not bounds.ways(entry, rule, holds=holds):
        clash = _clash if rule.head != "k_of" or rule.veto else _clash_of_several
        fault = clash(entry, [(part, way) for _field, part, way in parts])
        yield fault_of(entry, f"{field}.{rule.head}", fault, said("do.change-one"))


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


def _clash(entry: Measured, parts: list[tuple[Rule, bool]]) -> Said:
    """The first two parts that exclude each other, in words; all of them where it takes more than two."""
    for one, other in combinations(parts, 2):
        if not bounds.both(entry, one, other):
            return said("clash", one=_in_words(entry, *one), other=_in_words(entry, *other))
    return _clash_of_several(entry, parts)


def _clash_of_several(entry: Measured, parts: list[tuple[Rule, bool]]) -> Said:
    return said("clash-of-several", parts="; ".join(_in_words(entry, *each) for each in parts))


def _in_words(entry: Measured, rule: Rule, holds: bool) -> str:
    """A part of a rule as a file has it, the same in every language: `reaches contacts at_least 10`."""
    if rule.head == "not":
        return _in_words(entry, rule.children[0], not holds)
    if rule.is_leaf:
        numbers = [(name, getattr(rule.call, name, None)) for name in (*NUMBERS, "min")]
        given = [f"{name} {_written(entry, value)}" for name, value in numbers if value is not None]
        told = " ".join([rule.head, rule.call.indicator, *given])
    else:
        told = f"{rule.head} of {', '.join(dict.fromkeys(leaf.call.indicator for leaf in rule.leaves()))}"
    return told if holds else f"not {told}"
