"""What every indicator of a benchmark must be for all parts of its rule to hold, or none."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from primacy.evidence.kinds import KINDS
from primacy.framework.entries import Benchmark
from primacy.framework.grammar import Indicator, Rule
from primacy.framework.values import number


@dataclass
class Want:
    """Of one indicator: between which numbers it must lie, how far it must move, and of whom it is asked."""

    low: float = -math.inf
    high: float = math.inf
    moves: float | None = None
    late: bool = False  # it moves in the last year, as `previous` asks
    trend: float = 0.9  # neither fallen nor risen by as much as anybody asks
    apart: float = 0.0
    steps: tuple[str, ...] = ()
    about: set[tuple[str, str]] = field(default_factory=set)

    def chosen(self, unit: str) -> float:
        """A number inside; of a share no more than all."""
        if self.low > self.high:
            return self.low
        if math.isfinite(self.low) and math.isfinite(self.high):
            return (self.low + self.high) / 2
        if math.isfinite(self.high):
            return 0.0 if unit == "share" else self.high
        if math.isfinite(self.low):
            return min(1.0, self.low + 0.02) if unit == "share" else self.low
        return 0.5


def wants(benchmark: Benchmark, *, good: bool, vetoes: bool) -> dict[str, Want]:
    """What every indicator must be for all parts to hold, or none; and for all vetoes to act, or none."""
    found: dict[str, Want] = {id: Want() for id in benchmark.indicators}
    for rule, holds, each in _leaves(benchmark.rule, good, vetoes, ()):
        _note(benchmark, found[rule.call.indicator], rule, holds=holds)
        found[rule.call.indicator].about |= set(each)
    return found


def _leaves(
    rule: Rule, holds: bool, vetoes: bool, each: tuple[tuple[str, str], ...]
) -> Iterator[tuple[Rule, bool, tuple[tuple[str, str], ...]]]:
    if rule.each is not None:
        each = (*each, (rule.each.dimension, str(getattr(rule.each, rule.each.dimension))))
    if rule.is_leaf:
        yield rule, holds, each
    for child in rule.children:
        yield from _leaves(child, not holds if rule.head == "not" else holds, vetoes, each)
    for veto in rule.veto:
        yield from _leaves(veto, vetoes, vetoes, each)


def _note(benchmark: Benchmark, want: Want, rule: Rule, *, holds: bool) -> None:
    asked, call = rule.head, rule.call

    def read(given: Any) -> float:
        name = given["else"] if isinstance(given, dict) else given
        return benchmark.thresholds[name].number if name in benchmark.thresholds else number(name)

    if asked == "falls":
        want.trend = 0.5 if holds else want.trend
    elif asked == "rises":
        want.trend = 1.6 if holds else want.trend
    elif asked == "shifts":
        by = read(call.by)
        want.moves = by + 0.03 if holds else by - 0.03
        want.late = call.against == "previous"
    elif asked == "gap":
        want.apart = 0.0 if holds else read(call.at_most) + 0.1
        want.about.add(("between", "|".join(call.between) if isinstance(call.between, list) else call.between))
    elif asked == "sequence":
        want.steps = tuple(call.steps[: call.steps.index(call.reached) + 1]) if holds else ()
    else:
        _bound(benchmark, want, rule, read, holds=holds)


def _bound(benchmark: Benchmark, want: Want, rule: Rule, read: Any, *, holds: bool) -> None:
    call = rule.call
    unit = unit_of(benchmark.indicators[call.indicator])
    step = 0.05 if unit == "share" else 1.0
    at_least = call.min if rule.head == "exists" else call.at_least
    if at_least is not None:
        asked = read(at_least)
        if holds:
            want.low = max(want.low, asked)
        else:
            want.high = min(want.high, asked - step)
    elif getattr(call, "more_than", None) is not None:
        asked = read(call.more_than)
        if holds:
            want.low = max(want.low, asked + step)
        else:
            want.high = min(want.high, asked)
    elif call.at_most is not None:
        asked = read(call.at_most)
        if holds:
            want.high = min(want.high, asked)
        else:
            want.low = max(want.low, asked + step)


def made_of(indicator: Indicator) -> list[str]:
    return [indicator.of] if isinstance(indicator.of, str) else list(indicator.of or ())


def unit_of(indicator: Indicator) -> str:
    if indicator.aggregate in ("share", "ratio"):
        return "share"
    kind = None if indicator.kind is None else KINDS[indicator.kind]
    if kind is None or indicator.aggregate in ("sum", "distinct"):
        return ""
    return kind.measures.get(indicator.measure or "", "")
