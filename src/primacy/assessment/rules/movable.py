"""The numbers that a rule asks for, each with its name and the steps in which it can be asked otherwise."""

import math
from dataclasses import dataclass, replace
from typing import Any

from primacy.assessment.checks.bounds import written
from primacy.assessment.told.rule_phrases import counts_whole, shape_of
from primacy.framework.entries import Measured
from primacy.framework.grammar import Rule

FIELDS = {
    "falls": ("by",), "rises": ("by",), "shifts": ("by",), "ceases": ("at_most",), "gap": ("at_most",),
    "covers": ("at_least",), "scored": ("at_least",), "exists": ("min",),
    "reaches": ("at_least", "at_most", "more_than", "band", "between"), "share": ("at_least", "at_most"),
    "believes": ("at_least", "at_most"),
}  # fmt: skip
"""Of each verb the fields of which it takes one."""
MOST_RISE = 4.0
MANY_TIMES = 100  # what is asked for: beyond, nobody would ask
WHOLE_UP_TO = 200  # whole numbers up to here are moved one by one


@dataclass(frozen=True)
class Movable:
    """A number of a rule.

    name   that of the benchmark's threshold, or the place of a number that is written in the rule itself
    how    share, points (of a difference of shares), number, count or step: how it is told
    leaf   the place of what asks for it among the leaves of the judgement
    torn   asked at once for and against the rule, such as in a part and in a veto: no way makes the rule only likelier
    shared where one threshold is asked for in several places: all of them
    step   its whole multiples from `least` to `most` are the numbers that can be asked instead
    """

    name: str
    value: float
    how: str
    step: float
    least: float
    most: float
    field: str
    rule: Rule
    leaf: int = -1
    torn: bool = False
    shared: tuple["Movable", ...] = ()

    @property
    def easier(self) -> int:
        """Which way what asks for it becomes easier to hold: 1 with larger numbers, -1 with smaller ones."""
        return 1 if self.field == "at_most" else -1

    @property
    def threshold(self) -> bool:
        """Whether it has a name among the thresholds, and so a unit."""
        return not self.name.startswith("=")

    def moved(self, steps: int) -> float | None:
        """The number so many steps away, None beyond its range."""
        place = self.value / self.step
        whole = math.floor(place + 1e-6) if steps > 0 else math.ceil(place - 1e-6)
        value = round((whole + steps) * self.step, 9)
        return value if self.least - 1e-9 <= value <= self.most + 1e-9 else None

    def on_its_scale(self, value: float) -> float:
        """As findings give their threshold: a change as the ratio of the rates."""
        if self.field == "by" and self.rule.head in ("falls", "rises"):
            return 1.0 + value if self.rule.head == "rises" else 1.0 - value
        return value


def of_leaf(entry: Measured, rule: Rule) -> Movable | None:
    """The one number of a verb; None where what it asks for is no number, or not one of the framework."""
    if rule.head == "sequence":
        asked = float(rule.call.steps.index(rule.call.reached) + 1)
        return Movable(_place(rule, "reached"), asked, "step", 1.0, 1.0, len(rule.call.steps), "reached", rule)
    for field in FIELDS.get(rule.head, ()):
        given = getattr(rule.call, field)
        if given is not None:
            if field == "between":
                return _lower_end(entry, rule, *given)
            return None if isinstance(given, dict) else _number(entry, rule, field, given)
    return None


def of_each(entry: Measured, rule: Rule) -> Movable | None:
    """How many of the elements of an `each`, or how much of the people, must hold."""
    if rule.each is None or rule.each.at_least == "all":
        return None
    given = rule.each.at_least
    value = written(entry, given)
    if value is None:
        return None
    name = _name(entry, rule, "each", given)
    if rule.each.weight == "population" or not counts_whole(entry, given):
        return Movable(name, value, "share", 0.01, 0.01, 1.0, "each", rule)
    return Movable(name, value, "count", 1.0, 1.0, value + WHOLE_UP_TO, "each", rule)


def _number(entry: Measured, rule: Rule, field: str, given: Any) -> Movable | None:
    value = written(entry, given)
    if value is None:
        return None
    name = _name(entry, rule, field, given)
    if rule.head == "exists":
        return Movable(name, value, "count", 1.0, 1.0, value + WHOLE_UP_TO, field, rule)
    if rule.head == "gap":
        return Movable(name, value, "points", 0.01, 0.0, 1.0, field, rule)
    if shape_of(entry, given) == "share" or (rule.head in ("falls", "rises", "covers")):
        return _share(name, value, rule, field)
    step = _step(value)
    bound_below = field in ("at_least", "band") and value > 0  # at least nothing asks for nothing
    least = min(0.0, value * 10) if value < 0 or rule.head == "shifts" else step if bound_below else 0.0
    return Movable(name, value, "number", step, least, max(MANY_TIMES * abs(value), 20 * step), field, rule)


def _lower_end(entry: Measured, rule: Rule, lower: Any, upper: Any) -> Movable | None:
    """Of two numbers between which a level must lie the lower one, up to the other."""
    found, end = _number(entry, rule, "between", lower), written(entry, upper)
    return None if found is None or end is None else replace(found, most=end)


def _share(name: str, value: float, rule: Rule, field: str) -> Movable:
    match rule.head:
        case "shifts":
            return Movable(name, value, "points", 0.01, -1.0, 1.0, field, rule)
        case "falls":
            return Movable(name, value, "share", 0.01, -MOST_RISE, 0.99, field, rule)
        case "rises":
            return Movable(name, value, "share", 0.01, -0.99, MOST_RISE, field, rule)
    least = 0.0 if field == "at_most" else 0.01  # at least nothing asks for nothing
    return Movable(name, value, "share", 0.01, least, 1.0 if value <= 1.0 else 2 * value, field, rule)


def _step(value: float) -> float:
    """One for whole numbers that are not large; else the second digit of the number."""
    if (float(value).is_integer() and 3 < abs(value) <= WHOLE_UP_TO) or value == 0:
        return 1.0
    return float(f"1e{int(f'{abs(value):e}'.split('e')[1]) - 1}")


def _name(entry: Measured, rule: Rule, field: str, given: Any) -> str:
    return given if isinstance(given, str) and given in entry.thresholds else _place(rule, field)


def _place(rule: Rule, field: str) -> str:
    """Of a number without a name: the same wherever the same is asked of the same indicator."""
    leaf = rule if rule.is_leaf else rule.leaves()[0]
    return f"={rule.head}.{leaf.call.indicator}.{field}.{id(rule)}"
