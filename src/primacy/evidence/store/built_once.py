"""Expressions that are built once in a process: putting one together takes longer than a small question itself."""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, ParamSpec

import ibis.expr.types as ir

P = ParamSpec("P")
MOST_BUILT = 500  # of each function


def built_once(build: Callable[P, ir.Table]) -> Callable[P, ir.Table]:
    """For a function that makes an expression of tables and of values that can be hashed, and of nothing else.

    A table is known by its expression: its name and columns where it is one of an engine's. So what is asked of one
    store is built for all stores whose tables have the same names.
    """

    @lru_cache(maxsize=MOST_BUILT, typed=True)
    def built(*keys: Hashable, **named: Hashable) -> ir.Table:
        return build(*map(_told, keys), **{name: _told(each) for name, each in named.items()})

    @wraps(build)
    def asked(*given: P.args, **named: P.kwargs) -> ir.Table:
        return built(*map(_key, given), **{name: _key(each) for name, each in named.items()})

    return asked


def _key(value: Any) -> Hashable:
    return _Of(value.op()) if isinstance(value, ir.Table) else value


def _told(key: Any) -> Any:
    return key.question.to_expr() if isinstance(key, _Of) else key


class _Of:
    """A table by its expression."""

    __slots__ = ("question",)

    def __init__(self, question: Any) -> None:
        self.question = question

    def __hash__(self) -> int:
        return hash(self.question)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Of) and bool(self.question == other.question)
