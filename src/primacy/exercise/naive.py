"""What the naive rules would have said: the numbers as they were observed, against what is asked, and nothing else.

No error, no coverage, no memory, no second source: an observed value that passes its threshold is so. It is what a
spreadsheet with the same evidence says, and what the findings are measured against.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from primacy.framework.entries import Benchmark
from primacy.framework.grammar import Rule

SLACK = 1e-9


def naive_leaf(benchmark: Benchmark, numbers: Sequence[Mapping[str, Any]]) -> list[bool | None]:
    """For each part of a finding, by its numbers, whether it holds as observed; None where nothing was observed.

    Of an `each` the element on which it turns speaks for all of it, as its numbers are those that are told.
    """
    return [_passes(rule, each) for rule, each in zip(_noted(benchmark.rule), numbers, strict=True)]


def naive(benchmark: Benchmark, leaves: Sequence[bool | None]) -> bool | None:
    """Whether the benchmark holds when its parts are taken as they were observed. Nothing is asked of the past."""
    return _walk(benchmark.rule, iter(leaves))


def _noted(rule: Rule) -> Iterator[Rule]:
    """The leaves in the order of the parts of a finding: an `each` is one part, told by its first leaf."""
    if rule.each is not None:
        yield rule.leaves()[0]
    elif rule.is_leaf:
        yield rule
    else:
        for child in rule.children:
            yield from _noted(child)
    for veto in rule.veto:
        yield from _noted(veto)


def _walk(rule: Rule, leaves: Iterator[bool | None]) -> bool | None:
    if rule.each is not None or rule.is_leaf:
        found = next(leaves)
        if rule.each is not None and rule.head == "not":
            found = None if found is None else not found
    else:
        found = _combined(rule, [_walk(child, leaves) for child in rule.children])
    for veto in rule.veto:
        if _walk(veto, leaves):
            found = False
    return found


def _combined(rule: Rule, parts: Sequence[bool | None]) -> bool | None:
    match rule.head:
        case "not":
            return None if parts[0] is None else not parts[0]
        case "sustained":
            return parts[0]
        case "all":
            needed = len(parts)
        case "any":
            needed = 1
        case _:
            needed = rule.call.k
    yes, open_ = sum(part is True for part in parts), sum(part is None for part in parts)
    return True if yes >= needed else False if yes + open_ < needed else None


def _number(numbers: Mapping[str, Any], name: str) -> float:
    found = numbers.get(name)
    return math.nan if found is None else float(found)


def _passes(rule: Rule, numbers: Mapping[str, Any]) -> bool | None:
    """The observed value against the threshold, as the verb compares them."""
    asked = _number(numbers, "threshold")
    match rule.head:
        case "falls":
            return _compared(_number(numbers, "observed"), asked, -1)
        case "rises":
            return _compared(_number(numbers, "observed"), asked, 1)
        case "ceases":
            return _compared(_number(numbers, "events"), asked, -1)
        case "sequence":
            return _compared(_number(numbers, "steps_done"), _number(numbers, "steps_asked"), 1)
        case "shifts":
            return _compared(_number(numbers, "value") - _number(numbers, "then"), asked, 1)
        case "gap":
            return _compared(_number(numbers, "value"), asked, -1)
    value = _number(numbers, "value")
    if getattr(rule.call, "more_than", None) is not None:
        return None if math.isnan(value) else value > asked + SLACK
    return _compared(value, asked, -1 if getattr(rule.call, "at_most", None) is not None else 1)


def _compared(value: float, asked: float, sign: int) -> bool | None:
    """Whether the value is at least (sign 1) or at most (-1) what is asked."""
    if math.isnan(value) or math.isnan(asked):
        return None
    return sign * (value - asked) >= -SLACK
