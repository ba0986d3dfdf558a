"""An indicator month by month: what was counted, which months are covered, and where its windows begin and end."""

import math
from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any

import numpy as np

from primacy.assessment.indicators import area_filter, covering
from primacy.assessment.indicators.cells import Coded, Columns
from primacy.assessment.indicators.row_reading import RowReading
from primacy.assessment.indicators.selectors import Selector
from primacy.assessment.indicators.still_reported import StillReported, still_reported
from primacy.assessment.rules.grid import Bools, Floats, Ints
from primacy.assessment.rules.round import Round
from primacy.evidence.kinds import KINDS
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.numbered_days import EPOCH, last_day, month_index


class MonthReading(RowReading):
    """An indicator with its rows and its months."""

    def monthly(self, role: str = "main", *, column: str = "value", area: str | None = None) -> Floats:
        """Sum by month, zero where nothing was reported; coverage is asked separately. Shape (months,)."""
        if role == "main" and self.main.detail:
            return self._monthly_of_rows(column, area)
        asked = "monthly", self.main, self.selectors.get(role), column, area, self.counted_with
        total: Floats = self.round.once(asked, lambda: self._monthly_of_sums(role, column, area))
        return total

    def _monthly_of_sums(self, role: str, column: str, area: str | None) -> Floats:
        total = np.zeros(self.round.months)
        columns = self._monthly_columns(role)
        if columns is None:
            return total
        keep = self._kept(columns["area"], area) & self._counted_once(role, columns, area)
        months, values = columns["month"][keep] - self.round.first_month, np.nan_to_num(columns[column][keep])
        total += np.bincount(months, weights=values, minlength=len(total))
        total.flags.writeable = False  # others that ask get the same
        return total

    def _counted_once(self, role: str, columns: Columns, area: str | None) -> Bools:
        """Rows of the one source that is read where several complete ones cover the same month."""
        round_, selector = self.round, self.counted_with or self.selectors[role]
        datasets = columns["dataset"]
        telling = {round_.lineage.get(each, "") for each in datasets.present()}
        if self.counted_with is None and len(telling) < 2:
            return np.ones(len(datasets), dtype=bool)
        owners = self._owners(selector, area, self._speaking(selector))
        numbers = {lineage: number for number, lineage in enumerate(dict.fromkeys(["", *owners, *telling]))}
        owner = np.array([numbers[each] for each in owners], dtype=np.int64)[columns["month"] - round_.first_month]
        told = datasets.mapped(lambda each: numbers.get(round_.lineage.get(each, ""), 0), np.int64)
        read: Bools = (owner == numbers[""]) | (owner == told)
        return read

    def _owners(self, selector: Selector, area: str | None, versions: Sequence[DatasetVersion]) -> list[str]:
        """For each month the lineage among `versions` whose rows are read, "" where no complete source covers it."""
        round_ = self.round
        found: list[str] = round_.once(
            ("owners", selector, area, tuple(each.id for each in versions)),
            lambda: covering.owners(
                versions, selector, round_.areas, area, round_.months, round_.first_month, round_.expand,
                round_.mission.country,
            ),
        )  # fmt: skip
        return found

    def read_from(self, start: int, stop: int, *, area: str | None = None) -> set[str]:
        """The sources whose counts are read in some months: two of them count differently and make no one series."""
        selector = self.counted_with or self.main
        owners = self._owners(selector, area, self._speaking(selector))
        return set(owners[max(0, start) : max(0, stop)]) - {""}

    def still_reported(self, *, area: str | None = None) -> StillReported | None:
        """What share of each month's events is known; None where every month is complete."""
        if not self.round.reporting or self.derived or self.unset:
            return None
        selector, round_ = self.main, self.round

        def found() -> StillReported | None:
            # Where nobody tells of any event, all that are complete for the kind are waited for.
            versions = self._speaking(selector) or round_.versions
            owners = self._owners(selector, area, versions)
            return still_reported(round_.reporting, selector.kind, owners, round_.first_month)

        known: StillReported | None = round_.once(("still reported", selector, area), found)
        return known

    def _speaking(self, selector: Selector) -> list[DatasetVersion]:
        """The data sets of sources with rows on it: one that is complete for the kind and tells of other things only
        does not silence the one that tells of this."""
        selected = self.round.selected
        columns = selected.monthly.get(selector) or selected.detail.get(selector) or {"dataset": np.array([])}
        datasets = columns["dataset"]
        named = datasets.present() if isinstance(datasets, Coded) else set(datasets.tolist())
        telling = {self.round.lineage.get(each, "") for each in named}
        return [version for version in self.round.versions if version.lineage in telling]

    def _monthly_of_rows(self, column: str, area: str | None) -> Floats:
        total, rows = np.zeros(self.round.months), self.rows
        months = self._months_of_rows
        keep = self.totals & (months >= 0) & (months < self.round.months) & self._kept(rows["area"], area)
        keep &= self.read_once(area)
        if column == "absent":
            np.add.at(total, months[keep], np.isnan(rows["value"][keep]))
        else:
            told = rows[column] if column == "value" else np.where(np.isnan(rows[column]), rows["value"], rows[column])
            np.add.at(total, months[keep], np.nan_to_num(told[keep]))
        return total

    def read_once(self, area: str | None) -> Bools:
        """Rows of the one source that is read where several complete ones cover the month of a row."""
        months, read = self._months_of_rows, np.ones(len(self.rows["date"]), dtype=bool)
        within = (months >= 0) & (months < self.round.months)
        dated = {
            "month": months[within] + self.round.first_month, "dataset": Coded.of(self.rows["dataset"][within])
        }  # fmt: skip
        read[within] = self._counted_once("main", dated, area)
        return read

    @cached_property
    def _months_of_rows(self) -> Ints:
        """The month of each row, counted from the first of the round."""
        months = [month_index(EPOCH + timedelta(days=int(day))) for day in self.rows["date"]]
        return np.array(months, dtype=np.int64) - self.round.first_month

    def _monthly_columns(self, role: str) -> Columns | None:
        selector = self.selectors.get(role)
        columns = None if selector is None else self.round.selected.monthly.get(selector)
        if columns is None:
            return None
        found: Columns = self.round.once(("months read", selector), lambda: self._inside(columns))
        return found

    def _inside(self, columns: Columns) -> Columns:
        """Sums of the months that a series has."""
        inside = columns["month"] >= self.round.first_month
        inside &= columns["month"] < self.round.first_month + self.round.months
        return {name: values[inside] for name, values in columns.items()}

    def covered(self, role: str = "main", *, area: str | None = None) -> Bools:
        """Months in which silence means zero. Effort also counts as known in every month that has a row."""
        selector = self.selectors.get(role)
        if selector is None or self.unset:
            return np.zeros(self.round.months, dtype=bool)
        round_ = self.round
        known: Bools = round_.once(
            ("covered", selector, area),
            lambda: covering.covered_months(
                round_.versions, selector, round_.areas, area, round_.months, round_.first_month, round_.expand,
                round_.mission.country,
            ),
        )  # fmt: skip
        if known.any() and KINDS[selector.kind].nature == "event":
            known = known & (self.monthly(role, column="absent", area=area) == 0)  # a missing value is no zero
        partly = self.still_reported(area=area) if role == "main" and known.any() else None
        if partly is not None:
            known = known & (np.arange(len(known)) < partly.left_out_from)
        if KINDS[selector.kind].nature == "effort":
            columns = self._monthly_columns(role)
            if columns is not None:
                known = known.copy()
                known[np.unique(columns["month"][self._kept(columns["area"], area)]) - self.round.first_month] = True
        return known

    def ends(self, *, area: str | None = None) -> Ints:
        """The month after each window. A last month that is not in yet is left out; more are too old."""
        return self.ends_where(self.covered(area=area), area=area)

    def ends_where(self, known: Bools, *, area: str | None = None) -> Ints:
        """The month after each window, given the months that are known."""
        return ends_of(self.round, known & self._looked(area), self.still_reported(area=area))

    def _looked(self, area: str | None) -> Bools:
        """Months up to the last of which it is told how hard was looked; all where that was never told.

        Nobody writes down what was patrolled in a month before it is over. Read as silence, that would be zero, and
        what is counted in it would stand for nothing. Of a month that is told in part the rest is such silence too.
        """
        everywhere = np.ones(self.round.months, dtype=bool)
        if self.indicator.effort is None or self.unset:
            return everywhere

        def found() -> Bools:
            told = np.flatnonzero(np.nan_to_num(self.counted("effort", area=area)) > 0)
            if not len(told):
                return everywhere
            last = int(told[-1])
            return np.arange(self.round.months) <= (last if self._looked_to_the_end(last) else last - 1)

        months: Bools = self.round.once(("looked", self.main, self.indicator.effort, area), found)
        return months

    def _looked_to_the_end(self, month: int) -> bool:
        """Whether some data set could tell how hard was looked up to the last day of a month."""
        selector, last = self.selectors["effort"], last_day(self.round.first_month + month)
        return any(covering.tells_whole_month(each, selector.kind, last) for each in self._speaking(selector))

    def window_covered(self, *, area: str | None = None) -> Bools:
        """Whether every complete month of the indicator's window is covered, at each point of the grid."""
        known = np.concatenate([[0], np.cumsum(self.covered(area=area))])
        stop = np.clip(self.ends(area=area), 0, len(known) - 1)
        start = self.window_starts(stop)
        whole: Bools = (start >= 0) & (start < stop) & (known[stop] - known[np.maximum(start, 0)] == stop - start)
        return whole

    def window_starts(self, stop: Ints) -> Ints:
        """The first month of each window that ends before `stop`: a window's length back, or to the month of `since`.

        Negative where the series does not reach so far back. While the event has no day, the whole window counts.
        """
        months = 12 if self.indicator.window is None else self.indicator.window.months
        starts: Ints = stop - months
        if self.indicator.since is None or not math.isfinite(self.first_day):
            return starts
        first = month_index(EPOCH + timedelta(days=int(self.first_day))) - self.round.first_month
        return np.minimum(np.maximum(starts, first), stop)

    def covered_now(self, *, area: str | None = None) -> Bools:
        """Whether the last complete month is covered, at each point: enough for what has no window."""
        covered = self.covered(area=area)
        last = np.clip(self.ends(area=area) - 1, 0, max(len(covered) - 1, 0))
        return covered[last] if len(covered) else np.zeros(len(self.round.grid), dtype=bool)

    def counted(self, role: str = "main", *, area: str | None = None) -> Floats:
        """Sum by month, NaN where not covered."""
        return np.where(self.covered(role, area=area), self.monthly(role, area=area), np.nan)

    def _kept(self, codes: np.ndarray[Any, Any] | Coded, area: str | None) -> Bools:
        return area_filter.kept(self.round, self.indicator, codes, area)


def ends_of(round_: Round, known: Bools, partly: StillReported | None = None) -> Ints:
    """Where windows end, given the months that are known and those still being reported: after the last known one, if
    no more than may be late are missing. Shape (g,)."""
    ends = round_.grid.ends - round_.first_month
    ends = ends if partly is None else partly.ends(ends)
    padded = np.concatenate([[False], known])
    found, missing = ends.copy(), ~padded[np.clip(ends, 1, len(known))]
    for back in range(1, round_.late_months + 1):
        last = missing & padded[np.clip(ends - back, 0, len(known))]
        found, missing = np.where(last, ends - back, found), missing & ~last
    return found
