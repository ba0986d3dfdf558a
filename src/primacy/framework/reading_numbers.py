"""Which indicators each threshold of an entry is asked of: two numbers in the same unit are told apart by them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from primacy.framework.entries import Benchmark, Measured
from primacy.framework.grammar import Rule

WORDS = re.compile(r"[A-Za-z0-9][\w.-]*")  # of a comparison such as `>= functioning`


def asked_of(entry: Measured) -> Mapping[str, tuple[str, ...]]:
    """For each threshold the indicators that are compared with it; none where nothing reads it."""
    found: dict[str, list[str]] = {name: [] for name in entry.thresholds}
    for name, indicator in (*_in_indicators(entry), *_in_rules(entry)):
        if name in found and indicator not in found[name]:
            found[name].append(indicator)
    return {name: tuple(indicators) for name, indicators in found.items()}


def _in_indicators(entry: Measured) -> Iterator[tuple[str, str]]:
    for id, indicator in entry.indicators.items():
        for part in (indicator.pass_, indicator.enough, indicator.sources, indicator.areas):
            yield from ((name, id) for name in _named(part))


def _in_rules(entry: Measured) -> Iterator[tuple[str, str]]:
    flags = entry.flags.values() if isinstance(entry, Benchmark) else ()
    for rule in (*entry.rules, *(each.rule for each in flags if each.rule is not None)):
        for node in _nodes(rule):
            if node.each is not None:
                yield from ((name, node.leaves()[0].call.indicator) for name in _named(node.each))
            if node.is_leaf:
                yield from ((name, node.call.indicator) for name in _named(node.call))


def _nodes(rule: Rule) -> Iterator[Rule]:
    yield rule
    for each in (*rule.children, *rule.veto):
        yield from _nodes(each)


def _named(value: Any) -> Iterator[str]:
    """Every word in a value that could be the name of a threshold."""
    if isinstance(value, BaseModel):
        value = dict(value)
    if isinstance(value, str):
        yield from WORDS.findall(value)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _named(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _named(each)
