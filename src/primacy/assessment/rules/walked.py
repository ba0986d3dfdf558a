"""The tree of a rule as it was judged: every node with what it was worth, and the same again with other numbers asked.

The numbers that a rule asks for can be moved one by one, and the tree says what it would be worth then: exactly, over
the whole grid, and without reading any evidence again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from primacy.assessment.rules import belief as beliefs
from primacy.assessment.rules.belief import Belief
from primacy.framework.grammar import Rule

if TYPE_CHECKING:
    from primacy.assessment.rules.judging import Prerequisite
    from primacy.assessment.rules.verdict import Verdict

Moved = Mapping[str, float]
Join = Callable[[Sequence[Belief], Moved], Belief]


@dataclass(frozen=True)
class Walked:
    """One node of a rule.

    belief   what it is worth, vetoes and prerequisites counted in
    parts    what it combines; of an `each` the elements, one for each group that is counted together
    leaf     its place among the leaves of the judgement, of a leaf or an `each`; -1 inside an `each`
    join     how an `each` counts its elements
    number   name of the number that it asks for
    """

    rule: Rule
    role: str
    belief: Belief
    parts: tuple["Walked", ...] = ()
    vetoes: tuple["Walked", ...] = ()
    leaf: int = -1
    verdict: "Verdict | None" = None
    join: Join | None = None
    number: str | None = None

    @cached_property
    def numbers(self) -> frozenset[str | None]:
        """Names of all numbers asked for in it or below it."""
        return frozenset(each.number for each in self.nodes())

    @property
    def below(self) -> tuple["Walked", ...]:
        return (*self.parts, *self.vetoes)

    def nodes(self) -> Iterator["Walked"]:
        """This node and all below it."""
        yield self
        for each in self.below:
            yield from each.nodes()


def combined(rule: Rule, parts: Sequence[Belief]) -> Belief:
    """What a combinator makes of its parts."""
    match rule.head:
        case "all":
            return beliefs.all_of(parts)
        case "any":
            return beliefs.any_of(parts)
        case "k_of":
            return beliefs.k_of(parts, rule.call.k)
        case "not":
            return beliefs.negated(parts[0])
    needed, span = rule.call.points
    return beliefs.sustained(parts[0], needed=needed, points=span.points, step=span.step_months)


def without(result: Belief, rule: Rule, prerequisites: Mapping[str, "Prerequisite"]) -> Belief:
    """Inside a rule, a part whose prerequisite is unmet is left out until it is met."""
    for name in rule.after:
        prerequisite = prerequisites[name]
        unknown = ~prerequisite.known & ~prerequisite.met
        result = replace(
            result,
            absent=result.absent | (prerequisite.known & ~prerequisite.met),
            low=np.where(unknown, 0.0, result.low),
            high=np.where(unknown, 1.0, result.high),
            reason=tuple("missing" if u else r for u, r in zip(unknown, result.reason, strict=True)),
        )
    return result


def of_verdict(verdict: "Verdict", *, leaf: int) -> Belief:
    return beliefs.interval(
        verdict.low, verdict.high, leaf=leaf, capped=verdict.capped, direction=verdict.direction, reason=verdict.reasons
    )


def again(root: Walked, moved: Moved, prerequisites: Mapping[str, "Prerequisite"]) -> Belief:
    """What the rule would be worth, were these numbers asked instead of those in force."""
    return _again(root, moved, prerequisites, whole=True)


def asked_only_in(node: Walked, name: str, rule: Rule) -> Walked:
    """The same tree, but that a number is moved in one rule alone of those that ask for it."""
    below = [tuple(asked_only_in(each, name, rule) for each in side) for side in (node.parts, node.vetoes)]
    moves = node.number != name or node.rule is rule
    join = node.join if moves or node.join is None else partial(_without, node.join, name)
    return replace(node, parts=below[0], vetoes=below[1], number=node.number if moves else None, join=join)


def _without(join: Join, name: str, elements: Sequence[Belief], moved: Moved) -> Belief:
    """An `each` counted as if one of the numbers were not moved."""
    return join(elements, {each: number for each, number in moved.items() if each != name})


def _again(node: Walked, moved: Moved, prerequisites: Mapping[str, "Prerequisite"], *, whole: bool) -> Belief:
    if node.numbers.isdisjoint(moved):
        return node.belief
    parts = [_again(each, moved, prerequisites, whole=False) for each in node.parts]
    if node.join is not None:
        result = node.join(parts, moved)
    elif parts:
        result = combined(node.rule, parts)
    else:
        result = _leaf_again(node, moved)
    for veto in node.vetoes:
        result, _ = beliefs.vetoed(result, _again(veto, moved, prerequisites, whole=False))
    return result if whole else without(result, node.rule, prerequisites)


def _leaf_again(node: Walked, moved: Moved) -> Belief:
    verdict, number = node.verdict, node.number
    if verdict is None or verdict.bounds is None or number is None or number not in moved:
        return node.belief
    low, high = verdict.bounds(moved[number])
    return of_verdict(replace(verdict, low=low, high=high), leaf=node.leaf)
