"""What an indicator reads: a kind, measures, and filters on the columns of data points."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from primacy.evidence.kinds import KINDS
from primacy.framework.filters import Expand, matches
from primacy.framework.grammar import Indicator

MATCHED = ("kind", "measure", "category", "actor", "target", "group")
IN_CUBE = ("kind", "measure", "category")
ROW_FILTERS = {"item", "stratum", "wave", "source"}


@dataclass(frozen=True)
class Selector:
    """Which data points one reading takes. `measures` empty means any; `detail` asks for rows instead of sums."""

    kind: str
    measures: frozenset[str]
    where: tuple[tuple[str, Any], ...]
    except_: tuple[tuple[str, Any], ...]
    detail: bool

    @cached_property
    def _hash(self) -> int:
        return hash((self.kind, self.measures, repr(self.where), repr(self.except_), self.detail))

    def __hash__(self) -> int:
        return self._hash

    @property
    def of_cells(self) -> bool:
        """Whether the cube has all that it asks for."""
        asked = {column for column, _ in (*self.where, *self.except_)}
        return not self.detail and not asked & (set(MATCHED) - set(IN_CUBE))

    def takes(self, combination: Mapping[str, str], expand: Expand) -> bool:
        if combination["kind"] != self.kind or (self.measures and combination["measure"] not in self.measures):
            return False
        inside = all(
            matches(combination[column], wanted, column, expand)
            for column, wanted in self.where
            if column in combination
        )
        excluded = any(
            matches(combination[column], wanted, column, expand)
            for column, wanted in self.except_
            if column in combination
        )
        return inside and not excluded


def selectors_of(indicator: Indicator, *, by_row: bool = False) -> dict[str, Selector]:
    """The readings that an indicator needs, by role: `main`, and `register` and `effort` where it names them."""
    if indicator.kind is None:
        return {}
    main = _main(indicator, indicator.kind, by_row)
    wanted = {"main": main}
    if indicator.register_ is not None and indicator.register_ in KINDS and indicator.register_ != indicator.kind:
        wanted["register"] = Selector(indicator.register_, frozenset({"expected"}), (), (), detail=True)
    if indicator.effort is not None:
        wanted["effort"] = Selector(indicator.effort, frozenset(), (), (), detail=False)
    return wanted


def _main(indicator: Indicator, kind: str, by_row: bool) -> Selector:
    where, except_ = tuple(indicator.where.items()), tuple(indicator.except_.items())
    if KINDS[kind].nature in ("event", "effort"):
        by_row = (
            by_row
            or indicator.register_ is not None
            or bool(indicator.pass_)
            or indicator.aggregate in ("distinct", "median_gap")
            or bool(ROW_FILTERS & set(indicator.where))
        )
        measures = frozenset({indicator.measure or next(iter(KINDS[kind].measures))})
        return Selector(kind, measures, where, except_, detail=by_row)
    measure = indicator.measure or indicator.pass_.get("measure")
    return Selector(kind, frozenset({measure, "expected", "due"}) if measure else frozenset(), where, except_, True)
