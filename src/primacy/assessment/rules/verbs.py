"""The verbs that this version can judge: one file of `evaluators` each."""

from collections.abc import Mapping
from functools import lru_cache
from types import ModuleType

from primacy import register
from primacy.assessment import evaluators


@lru_cache(maxsize=1)
def verbs() -> Mapping[str, ModuleType]:
    """Verb -> module with `decide(call)`; some also have `decide_areas(call)` and `comparisons(call)`."""
    return register.members(evaluators, names=("decide",))
