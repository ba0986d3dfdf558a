"""What the leaves of a rule ask of one quantity, as intervals, and whether any data could give all of it at once.

A quantity is what several leaves may speak of: the level of an indicator, its change against a period, the distance
between groups. Each way in which a rule can hold is a box: for each quantity the interval in which it must lie.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from primacy.assessment.checks import units
from primacy.evidence.kinds import KINDS
from primacy.framework.entries import Measured
from primacy.framework.grammar import Indicator, Rule
from primacy.framework.values import number

Quantity = tuple[str, ...]
WAYS = 500  # beyond so many ways a rule is taken to have one that data can meet
OPEN_SHARES = {"figure", "index", "price", "budget-line", "airtime", "district"}  # their shares may pass the whole


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`; `above`, `below`: without that end."""

    low: float = -math.inf
    high: float = math.inf
    above: bool = False
    below: bool = False

    @property
    def empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and (self.above or self.below))

    def within(self, other: "Interval") -> "Interval":
        """What both hold."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        ends = (self, other)
        above = any(each.above for each in ends if each.low == low)
        return Interval(low, high, above, any(each.below for each in ends if each.high == high))

    def covers(self, other: "Interval") -> bool:
        """Whether all of `other` lies in this one."""
        return self.within(other) == other

    @property
    def outside(self) -> tuple["Interval", "Interval"]:
        return Interval(high=self.low, below=not self.above), Interval(low=self.high, above=not self.below)


EVERYTHING = Interval()
SO, NOT_SO = Interval(1.0, 1.0), Interval(0.0, 0.0)
Box = Mapping[Quantity, Interval]


def written(entry: Measured, value: Any) -> float | None:
    """The number that a field of a rule stands for; None where it is not written in the framework."""
    if isinstance(value, str) and value in entry.thresholds:
        value = entry.thresholds[value].value
    try:
        return number(value)
    except (ValueError, TypeError):
        return None


def asked(entry: Measured, leaf: Rule) -> tuple[Quantity, Interval] | None:
    """The quantity of which a leaf asks something, and what; None where that is not one number of the framework."""
    call, id = leaf.call, leaf.call.indicator
    match leaf.head:
        case "falls" | "rises":
            by = written(entry, call.by)
            part = Interval(high=1 - by) if leaf.head == "falls" and by is not None else Interval(low=1 + (by or 0.0))
            return None if by is None else (("change", id, str(call.window), call.against), part)
        case "shifts":
            by = written(entry, call.by)
            return None if by is None else (("move", id, call.against), Interval(low=by))
        case "ceases" | "gap":
            most = written(entry, call.at_most)
            what = (leaf.head, id, str(call.window if leaf.head == "ceases" else call.between))
            return None if most is None else (what, Interval(high=most))
        case "exists":
            return ("level", id), Interval(low=float(call.min))
        case "reaches" | "share" | "believes" | "scored":
            level = _level(entry, call)
            return None if level is None else (("level", id), level)
        case "covers":
            least = written(entry, call.at_least)
            return None if least is None else (("covered", id, str(call.pass_), call.weight), Interval(low=least))
    return None


def _level(entry: Measured, call: Any) -> Interval | None:
    for name in ("at_least", "band", "more_than", "at_most"):
        value = getattr(call, name, None)
        if value is not None:
            bound = written(entry, value)
            if bound is None:
                return None
            return Interval(high=bound) if name == "at_most" else Interval(low=bound, above=name == "more_than")
    ends = [written(entry, each) for each in getattr(call, "between", None) or ()]
    lower, upper = ends if len(ends) == 2 else (None, None)
    return None if lower is None or upper is None else Interval(lower, upper)


def possible(entry: Measured, leaf: Rule) -> Interval:
    """Where the quantity of a leaf can lie at all."""
    match leaf.head:
        case "share" | "covers":
            return Interval(0.0, 1.0)
        case "falls" | "rises":
            return Interval(low=0.0, above=True)  # the rate now, as a multiple of the rate then: never quite nothing
        case "ceases" | "gap" | "exists":
            return Interval(low=0.0)
        case "shifts":
            return EVERYTHING
    return _values(entry.indicators[leaf.call.indicator])


def _values(indicator: Indicator) -> Interval:
    """The values that an indicator can have."""
    kind = KINDS.get(indicator.kind or "")
    if indicator.aggregate == "share":
        return Interval(0.0, 1.0)
    if indicator.aggregate in ("distinct", "rate", "median_gap"):
        return Interval(low=0.0)
    if kind is None or indicator.aggregate in ("gap", "ratio"):
        return EVERYTHING
    unit = units.OF_MEASURES.get(kind.measures.get(indicator.measure or "", ""))
    if (most := kind.scores.get(indicator.measure or "")) is not None:
        return Interval(0.0, float(most))
    if unit == units.SHARE and kind.name not in OPEN_SHARES:
        return Interval(0.0, 1.0)
    return Interval(low=0.0) if unit == units.COUNT else EVERYTHING


# ---- ways in which a rule holds


def ways(entry: Measured, rule: Rule, *, holds: bool = True) -> list[Box]:
    """Every way in which a rule holds (or, with `holds` false, does not); none where no data can do that."""
    inside = _head(entry, rule, holds)
    if rule.each is not None:
        inside = _of_each(rule, inside, holds)
    if not rule.veto:
        return inside
    vetoes = [ways(entry, veto, holds=not holds) for veto in rule.veto]
    return _together([inside, *vetoes]) if holds else _either([inside, *vetoes])


def _head(entry: Measured, rule: Rule, holds: bool) -> list[Box]:
    if rule.is_leaf:
        return _of_leaf(entry, rule, holds)
    if rule.head == "not":
        return ways(entry, rule.children[0], holds=not holds)
    parts = [ways(entry, child, holds=holds) for child in rule.children]
    match rule.head:
        case "sustained":
            now = rule.call.for_ is not None and holds  # what must hold at every point holds at the last one
            return parts[0] if now else _as_a_whole(rule, holds) if parts[0] else []
        case "all" if holds:
            return _together(parts)
        case "any" if not holds:
            return _together(parts)
        case "k_of":
            return _k_of(parts, rule.call.k if holds else len(parts) - rule.call.k + 1)
    return _either(parts)


def _of_leaf(entry: Measured, rule: Rule, holds: bool) -> list[Box]:
    found = asked(entry, rule) if rule.call.indicator in entry.indicators else None
    if found is None:
        return _as_a_whole(rule, holds)
    what, interval = found
    parts = [interval] if holds else interval.outside
    boxes = [part.within(possible(entry, rule)) for part in parts]
    return [{what: each} for each in boxes if not each.empty]


def _of_each(rule: Rule, inside: list[Box], holds: bool) -> list[Box]:
    """What holds for every area (actor, ...) stands together; what holds for some of them may be about others."""
    assert rule.each is not None
    everywhere = rule.each.at_least == "all" if holds else rule.each.at_least == 1
    if not everywhere:
        return _as_a_whole(rule, holds) if inside else []
    return [{("each", rule.each.dimension, *what): interval for what, interval in box.items()} for box in inside]


def _as_a_whole(rule: Rule, holds: bool) -> list[Box]:
    """What cannot be taken apart into numbers, as something that is so or is not."""
    bare = rule.model_copy(update={"veto": [], "after": []})
    return [{("whole", bare.model_dump_json(exclude_defaults=True)): SO if holds else NOT_SO}]


def _either(parts: Iterable[list[Box]]) -> list[Box]:
    return _few([box for part in parts for box in part])


def _together(parts: Sequence[list[Box]]) -> list[Box]:
    """Every way in which all parts hold."""
    found: list[Box] = [{}]
    for part in parts:
        joined = (_joined(box, other) for box, other in product(found, part))
        found = _few([box for box in joined if box is not None])
    return found


def _joined(box: Box, other: Box) -> Box | None:
    both = {what: interval.within(box.get(what, EVERYTHING)) for what, interval in other.items()}
    return None if any(each.empty for each in both.values()) else {**box, **both}


def _k_of(parts: Sequence[list[Box]], k: int) -> list[Box]:
    """Every way in which at least k parts hold, built part by part."""
    held: list[list[Box]] = [[{}], *([] for _ in range(k))]  # by how many parts hold so far
    for part in parts:
        held = [
            _either([held[n], _together([held[n - 1], part]) if n else []])  # without this part, or with it
            for n in range(k + 1)
        ]
    return held[k]


def _few(boxes: list[Box]) -> list[Box]:
    """The same ways once each; where they are too many to follow, one that asks for nothing stands for them."""
    unique = {tuple(sorted(box.items(), key=lambda pair: pair[0])): box for box in boxes}
    return [{}] if len(unique) > WAYS or () in unique else list(unique.values())


def implies(one: list[Box], other: list[Box]) -> bool:
    """Whether whatever meets one set of ways meets the other."""
    return all(
        any(all(interval.covers(box.get(what, EVERYTHING)) for what, interval in wide.items()) for wide in other)
        for box in one
    )


def both(entry: Measured, one: tuple[Rule, bool], other: tuple[Rule, bool]) -> bool:
    """Whether data could make two rules hold (or not hold, where the second word is false) at once."""
    return bool(_together([ways(entry, rule, holds=holds) for rule, holds in (one, other)]))
