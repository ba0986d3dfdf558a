"""The rows that an indicator reads one by one, which of them are summed, and how likely each is true."""

from functools import cached_property
from typing import Any

import numpy as np

from primacy.assessment.indicators import area_filter, covering
from primacy.assessment.indicators.asked import Asked
from primacy.assessment.indicators.cells import Columns
from primacy.assessment.indicators.grades import OFFICIAL, probability
from primacy.assessment.indicators.selection import DETAIL
from primacy.assessment.indicators.selectors import Selector
from primacy.assessment.rules.grid import Bools, Floats
from primacy.evidence.kinds import KINDS, LISTING
from primacy.framework.filters import matches

_TEXT = frozenset(
    {"item", "area", "kind", "actor", "target", "category", "wave", "stratum", "group", "measure", "grade", "source",
     "origin", "dataset"}
)  # fmt: skip


class RowReading(Asked):
    """An indicator with its rows."""

    @cached_property
    def rows(self) -> Columns:
        """Rows of the main reading that pass the filters on area, item, stratum, wave and source."""
        rows = self._filtered(self.main)
        if self.nature not in ("state", "estimate") or not len(rows["date"]):
            return rows
        round_, main = self.round, self.main
        official = round_.once(
            ("official", main), lambda: covering.official_lineage(round_.versions, main, round_.expand)
        )
        lineages = [round_.lineage.get(each, "") for each in rows["dataset"].tolist()]
        keys = list(zip(rows["item"].tolist(), rows["measure"].tolist(), strict=True))
        read = covering.told_by(official, self.nature, lineages, keys)
        return {name: values[read] for name, values in rows.items()}

    def named(self, dimension: str) -> set[str]:
        """The actors, pairs, strata, groups or items that rows are about."""
        found = _pairs(self.rows) if dimension == "pair" else self.rows[dimension]
        return set(found.tolist()) - {""}

    def _about(self, selector: Selector, columns: Columns, dimension: str) -> np.ndarray[Any, Any]:
        """Of each row of a selector the actor, pair, stratum, group or item that it is about."""
        if dimension == "pair":  # of all rows once, however many pairs are looked at
            return self.round.once(("pairs", selector), lambda: _pairs(columns))  # type: ignore[no-any-return]
        return columns[dimension]  # type: ignore[no-any-return]

    @cached_property
    def totals(self) -> Bools:
        """Rows to sum: those of groups only where their item has no total, so that nothing counts twice."""
        rows = self.rows
        if "group" in self.indicator.where or (self.only is not None and self.only[0] == "group"):
            return np.ones(len(rows["date"]), dtype=bool)
        keys = list(zip(rows["dataset"], rows["item"], rows["measure"], rows["date"], strict=True))
        whole = {key for key, group in zip(keys, rows["group"], strict=True) if not group}
        kept = [not group or key not in whole for key, group in zip(keys, rows["group"], strict=True)]
        return np.array(kept, dtype=bool)

    @cached_property
    def register_rows(self) -> Columns:
        """Rows that say which items ought to exist."""
        if "register" in self.selectors:
            return self._filtered(self.selectors["register"])
        return self.rows

    def _filtered(self, selector: Selector) -> Columns:
        columns = self.round.selected.detail.get(selector)
        if columns is None:
            return {name: np.array([], dtype=object if name in _TEXT else np.float64) for name in DETAIL}
        keep = area_filter.kept(self.round, self.indicator, columns["area"], None) & (columns["date"] >= self.first_day)
        for name in ("item", "stratum", "wave", "source"):
            if name in self.indicator.where:
                wanted = self.indicator.where[name]
                keep &= self._matching(columns[name], wanted, name)
        if self.only is not None:
            column, value = self.only
            keep &= self._matching(self._about(selector, columns, column), value, column)
        if self.question is not None:
            keep &= columns["item"] == self.question
        return {name: values[keep] for name, values in columns.items()}

    def _matching(self, values: np.ndarray[Any, Any], wanted: Any, column: str) -> Bools:
        """Which values pass a filter; each different value is asked once."""
        passing = {each for each in set(values.tolist()) if matches(each, wanted, column, self.round.expand)}
        return np.array([each in passing for each in values.tolist()], dtype=bool)

    @cached_property
    def truth(self) -> Floats:
        """P(true) of each row from its grade.

        Ungraded rows of official texts and of registers count as B1, and so do kinds that need no corroboration,
        which are the mission's own registers.
        """
        kind = KINDS[self.main.kind]
        official = kind.official or not kind.corroborate
        types = self.round.source_type
        grades = [
            grade or (OFFICIAL if official or types.get(dataset) == "register" else "")
            for grade, dataset in zip(self.rows["grade"], self.rows["dataset"], strict=True)
        ]
        return np.array([probability(grade) for grade in grades], dtype=np.float64)

    def why_without_state(self) -> str:
        """The reason where no fresh state or estimate is there: too old, or none at all."""
        stated = [measure not in LISTING for measure in self.rows["measure"]]
        return "stale" if any(stated) else "missing"


def _pairs(columns: Columns) -> np.ndarray[Any, Any]:
    """The two sides of each row, whoever is written first."""
    sides = zip(columns["actor"].tolist(), columns["target"].tolist(), strict=True)
    return np.array([" / ".join(sorted(filter(None, each))) for each in sides], dtype=object)
