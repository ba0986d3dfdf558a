"""Whether a change of what decides makes it easier for the mission to be told that it succeeds: in its own favour.

A bar that is lowered, a list of what is expected that is shortened, a sign that is no longer looked for. What numbers
cannot tell is called so, and counted by itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from primacy.assessment.checks import bounds
from primacy.framework import Framework, Mission, load
from primacy.framework.entries import Benchmark, Entry, Measured, Threshold
from primacy.framework.grammar import Indicator, Rule
from primacy.framework.mission import Change
from primacy.framework.overlay import FieldChange
from primacy.framework.values import comparison

Direction = Literal["in favour", "against", "unclear"]
LISTS = ("reversal", "signs", "due")  # fewer signs that something is lost, fewer warnings, fewer choices that are due


@dataclass(frozen=True)
class Year:
    """How many changes of one year were in the mission's own favour, stricter, or neither by what numbers tell."""

    year: int
    in_favour: int
    against: int
    unclear: int
    set_aside: int


def years(framework: Framework, mission: Mission | None) -> list[Year]:
    """The signed changes of each year, the latest first, with the benchmarks that were set aside."""
    found = [*_of_framework(framework), *_of_mission(framework, mission)]
    return [
        Year(
            year,
            *(sum(pair == (year, what) for pair in found) for what in ("in favour", "against", "unclear", "aside")),
        )
        for year in sorted({year for year, _what in found}, reverse=True)
    ]


def _of_framework(framework: Framework) -> Iterator[tuple[int, str]]:
    for change in framework.changes:
        if change.guarded and change.signature is not None and change.field:
            what = "aside" if change.field == "retired" else direction(framework, change)
            yield change.signature.on.year, what


def _of_mission(framework: Framework, mission: Mission | None) -> Iterator[tuple[int, str]]:
    for change in mission.changes if mission is not None else ():
        if change.counts:
            yield change.on.year, of_list(framework, mission, change)
    for each in mission.set_aside if mission is not None else ():
        if each.counts:
            yield each.on.year, "aside"


# ---- changes of the framework


def direction(framework: Framework, change: FieldChange) -> Direction:
    """Of one changed field of an entry that the standard has."""
    before, after = load().entries.get(change.entry), framework.entries.get(change.entry)
    head, *rest = change.field.split(".")
    if head in LISTS:
        return _fewer(_ids(change.old), _ids(change.new))
    if not isinstance(before, Measured):
        return "unclear"
    if head == "rule":
        return _of_rule(before, after if isinstance(after, Benchmark) else before, change.new)
    if head == "thresholds" and rest[-1:] == ["value"]:
        return _of_threshold(before, rest[0], change.new)
    return "unclear"


def _ids(listed: Any) -> list[str]:
    """What a list of signs holds, each by its id or by the indicator of its alarm."""
    found = [each.get("sign") or each.get("alarm") or each for each in listed or () if isinstance(each, dict)]
    return [str(each.get("id") or each.get("indicator")) for each in found if isinstance(each, dict)]


def _fewer(before: Iterable[str], after: Iterable[str]) -> Direction:
    """What is taken out of a list favours the mission, whatever else is put in."""
    if set(before) - set(after):
        return "in favour"
    return "against" if set(after) - set(before) else "unclear"


def _of_rule(before: Measured, after: Measured, written: Any) -> Direction:
    try:
        rule = Rule.model_validate(written)
    except ValidationError:
        return "unclear"
    if not isinstance(before, Benchmark):
        return "unclear"
    compared = _compared(bounds.ways(before, before.rule), bounds.ways(after, rule))
    return "in favour" if compared == "unclear" and _asks_less(before.rule, rule) else compared


def _asks_less(old: Rule, new: Rule) -> bool:
    """Whether conditions of which each must hold, or vetoes, are gone and none is new, whatever else of it changed."""
    before, after = (_needed(old), _vetoes(old)), (_needed(new), _vetoes(new))
    return before != after and after[0] <= before[0] and after[1] <= before[1]


def _needed(rule: Rule) -> set[tuple[str, str]]:
    """By verb and indicator, the conditions of which each must hold."""
    if rule.is_leaf:
        return {(rule.head, rule.call.indicator)}
    return set().union(*map(_needed, rule.children)) if rule.head == "all" else {(rule.head, str(rule.children))}


def _vetoes(rule: Rule) -> set[tuple[str, str]]:
    """By verb and indicator, what forbids that it is met, wherever in the rule."""
    own = {(leaf.head, leaf.call.indicator) for veto in rule.veto for leaf in veto.leaves()}
    return own.union(*map(_vetoes, rule.children))


def _compared(old: list[bounds.Box], new: list[bounds.Box]) -> Direction:
    """Easier where every way in which the old rule held is one of the new rule, and not the other way round."""
    easier, stricter = bounds.implies(old, new), bounds.implies(new, old)
    if easier == stricter:
        return "unclear"
    return "in favour" if easier else "against"


def _of_threshold(before: Measured, name: str, value: Any) -> Direction:
    if name not in before.thresholds:
        return "unclear"
    try:
        changed = Threshold.model_validate({**before.thresholds[name].model_dump(), "value": value})
    except ValidationError:
        return "unclear"
    after = before.model_copy(update={"thresholds": {**before.thresholds, name: changed}})
    return _summed(_eased(before, after, leaf, name) * way for leaf, way in _leaves(before))


def _summed(found: Iterable[int]) -> Direction:
    """One part that became easier is enough to call a change one in the mission's own favour."""
    signs = set(found)
    return "in favour" if 1 in signs else "against" if -1 in signs else "unclear"


def _leaves(entry: Measured) -> Iterator[tuple[Rule, int]]:
    """Every leaf with +1 where it speaks for success, -1 where it speaks against: vetoes, warnings, what is due."""
    for rule in entry.rules:
        yield from _ways(rule, 1 if isinstance(entry, Benchmark) else -1)


def _ways(rule: Rule, way: int) -> Iterator[tuple[Rule, int]]:
    if rule.is_leaf:
        yield rule, way
    for child in rule.children:
        yield from _ways(child, -way if rule.head == "not" else way)
    for veto in rule.veto:
        yield from _ways(veto, -way)


def _eased(before: Entry, after: Entry, leaf: Rule, name: str) -> int:
    """+1 where a leaf is easier to meet after a threshold changed, -1 where it is harder, 0 where it reads another."""
    assert isinstance(before, Measured)
    assert isinstance(after, Measured)
    one, other = bounds.asked(before, leaf), bounds.asked(after, leaf)
    if one is not None and other is not None and one[1] != other[1]:
        return 1 if other[1].covers(one[1]) else -1 if one[1].covers(other[1]) else 0
    passing = _passing(before.indicators.get(leaf.call.indicator), name)
    if passing:
        raised = (bounds.written(after, name) or 0.0) - (bounds.written(before, name) or 0.0)
        return -_sign(raised) * passing * _wanted(before, leaf)
    return 0


def _passing(indicator: Indicator | None, name: str) -> int:
    """+1 where an item passes from the threshold on upwards, -1 where it passes below it."""
    if indicator is None:
        return 0
    for key in ("value", "events"):
        if key in indicator.pass_ and comparison(indicator.pass_[key]).right == name:
            return 1 if comparison(indicator.pass_[key]).sign in (">=", ">") else -1
    return 0


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _wanted(entry: Measured, leaf: Rule) -> int:
    """+1 where a leaf asks for much, -1 where it asks for little, 0 where for neither."""
    found = bounds.asked(entry, leaf)
    if found is None:
        return 1 if leaf.head in ("share", "covers") else 0
    least, most = found[1].low > -bounds.EVERYTHING.high, found[1].high < bounds.EVERYTHING.high
    return int(least) - int(most)


# ---- changes of the mission file


def of_list(framework: Framework, mission: Mission | None, change: Change) -> Direction:
    """Of a register: what is expected, what is counted, or what is left out of the count became more or less.

    Benchmarks decide; warnings and what is due only where no benchmark reads the list.
    """
    if change.register_ is None or mission is None or not isinstance(change.to, list):
        return "unclear"
    replaced = mission.before(change)
    before = replaced if isinstance(replaced, list) else []
    for entries in (framework.benchmarks.values(), framework.watched):
        found = _summed(
            sign for entry in entries for sign in _signs(entry, f"mission.{change.name}", before, change.to)
        )
        if found != "unclear":
            return found
    return "unclear"


def _signs(entry: Measured, reference: str, before: list[str], after: list[str]) -> Iterator[int]:
    """+1 for each part of an entry's rules that a changed list eases, -1 for each that it makes harder."""
    for leaf, way in _leaves(entry):
        use = _use(entry.indicators.get(leaf.call.indicator), reference)
        yield _moved(use, before, after) * _wanted(entry, leaf) * way
    for node in (node for rule in entry.rules for node in rule.nodes()):
        if node.each is not None and reference in node.each.model_dump().values():
            yield _moved("expected", before, after) * (1 if isinstance(entry, Benchmark) else -1)


def _use(indicator: Indicator | None, reference: str) -> str:
    """How an indicator reads a list: as what is expected, as what is counted, as what is left out."""
    if indicator is None:
        return ""
    if indicator.register_ == reference:
        return "expected"
    read = {"counted": indicator.where, "left out": indicator.except_}
    return next((use for use, conditions in read.items() if _names(conditions, reference)), "")


def _names(conditions: Mapping[str, Any], reference: str) -> bool:
    return any(reference == each or (isinstance(each, list) and reference in each) for each in conditions.values())


def _moved(use: str, before: list[str], after: list[str]) -> int:
    """+1 where the value of the indicator can only grow by the change, or where less is expected."""
    gone, new = set(before) - set(after), set(after) - set(before)
    if use == "counted":
        return 1 if new else -1 if gone else 0
    if use == "expected":
        return 1 if gone else -1 if new else 0
    if use == "left out":
        return -1 if new else 1 if gone else 0
    return 0
