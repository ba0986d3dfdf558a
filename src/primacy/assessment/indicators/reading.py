"""What one indicator reads: its months with their coverage, its rows, who says so, and why something is not known."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from primacy.assessment.indicators import covering
from primacy.assessment.indicators.month_reading import MonthReading
from primacy.assessment.rules.grid import Bools, Ints
from primacy.evidence.kinds import LISTING
from primacy.evidence.store.numbered_days import day_number, first_day


class Reading(MonthReading):
    """One indicator of one benchmark, risk or trade-off with its data."""

    def why_unknown(self, role: str = "main") -> str:
        """The reason when months are not covered at the end: nothing at all, not this, or no longer."""
        if role not in self.selectors or self.unset:
            return "missing"
        if role == "main" and self.nature == "event" and self.monthly(column="absent").any():
            return "missing"
        if bool(self.covered(role).any()):
            return "stale"
        kind = self.selectors[role].kind
        reported = any(each.kind == kind for version in self.round.versions for each in version.coverage)
        return "not covered" if reported else "missing"

    def type_count(self) -> Ints:
        """How many types of source speak at each point of the grid."""
        return self.source_counts().astype(bool).sum(axis=0).astype(np.int64)  # type: ignore[no-any-return]

    def source_counts(self, types: Sequence[str] | None = None) -> Ints:
        """How many sources of each type (None: of all that speak) speak at each point. Shape (types, g).

        A source is a series of data sets. It speaks by a row in the last year, or by covering what is read.
        """
        speaking = self._speaking_sources()
        wanted = sorted({each for each, _lineage in speaking}) if types is None else types
        found = np.zeros((len(wanted), len(self.round.grid)), dtype=np.int64)
        for (source_type, _lineage), present in speaking.items():
            if source_type in wanted:
                found[wanted.index(source_type)] += present
        return found

    def _speaking_sources(self) -> dict[tuple[str, str], Bools]:
        """By type of source and series, the points at which it speaks."""
        round_ = self.round
        covering_months = covering.sources(round_.versions, self.main, round_.months, round_.first_month, round_.expand)
        last = np.clip(round_.grid.ends - 1 - round_.first_month, 0, max(round_.months - 1, 0))
        found = {source: present[last] for source, present in covering_months.items()}
        numbers = round_.grid.numbers
        for days, datasets in self._dated_datasets():
            for dataset in set(datasets.tolist()):
                mine = np.sort(days[datasets == dataset])
                recent = np.searchsorted(mine, numbers, side="right") > np.searchsorted(
                    mine, numbers - 365, side="right"
                )
                source = round_.source_type.get(dataset, dataset), round_.lineage.get(dataset, dataset)
                found[source] = found.get(source, np.zeros(len(numbers), dtype=bool)) | recent
        return found

    def _dated_datasets(self) -> list[tuple[Ints, np.ndarray[Any, Any]]]:
        found = []
        columns = self._monthly_columns("main")
        if columns is not None:
            months, place = np.unique(columns["month"], return_inverse=True)
            days = np.array([day_number(first_day(int(month))) for month in months], dtype=np.int64)[place]
            found.append((days, columns["dataset"].mapped(str, object)))
        if len(self.rows["date"]):
            # A list of what ought to exist says nothing of how it stands.
            told = np.array([each == self.indicator.measure or each not in LISTING for each in self.rows["measure"]])
            found.append((self.rows["date"][told].astype(np.int64), self.rows["dataset"][told]))
        return found

    def single_source(self) -> Bools:
        """Where one type of source alone would decide something that needs two (medium and long term)."""
        if not self.wants_two:
            return np.zeros(len(self.round.grid), dtype=bool)
        return self.type_count() < 2
