"""The verbs that this version can judge: one file of `evaluators` each."""

from collections.abc import Mapping
from functools import lru_cache
from types import ModuleType

from primacy import register
from primacy.assessment import evaluators
from primacy.framework.entries import Benchmark
from primacy.framework.grammar import Rule


@lru_cache(maxsize=1)
def verbs() -> Mapping[str, ModuleType]:
    """Verb -> module with `decide(call)`; some also have `decide_areas(call)` and `comparisons(call)`."""
    return register.members(evaluators, names=("decide",))


def leaf_by_area(benchmark: Benchmark) -> Rule | None:
    """The leaf by which areas are told, where a rule has one that can be asked in each area by itself."""
    leaves = (leaf for leaf in _own_leaves(benchmark.rule) if leaf.each is None)
    return next((leaf for leaf in leaves if hasattr(verbs().get(leaf.head), "decide_areas")), None)


def _own_leaves(rule: Rule) -> list[Rule]:
    """Leaves that speak for the rule: vetoes speak against it, and what stands under `not` too."""
    if rule.is_leaf:
        return [rule]
    return [] if rule.head == "not" else [leaf for child in rule.children for leaf in _own_leaves(child)]
