"""What one indicator reads: its months with their coverage, its rows, and the areas they lie in."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

import numpy as np

from primacy.assessment import covering
from primacy.assessment.grades import OFFICIAL, probability
from primacy.assessment.grid import EPOCH, Bools, Floats, Grid, Ints, day_number, first_day, month_index
from primacy.assessment.selection import DETAIL, Columns, Selected, Selector, matches, selectors_of
from primacy.evidence.datasets import DatasetVersion
from primacy.evidence.kinds import KINDS
from primacy.framework.entries import Measured
from primacy.framework.grammar import Indicator
from primacy.framework.mission import Mission
from primacy.framework.values import number
from primacy.places.areas import Areas

LISTING = ("expected", "due")  # measures that say what ought to be, not how it is


@dataclass(frozen=True)
class Round:
    """Everything that all rules of one assessment share."""

    mission: Mission
    grid: Grid
    areas: Areas
    versions: Sequence[DatasetVersion]
    selected: Selected
    first_month: int
    memory: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)  # what two rules ask alike

    @property
    def months(self) -> int:
        """Number of months in every monthly series, the incomplete one of the assessment's day included."""
        return int(self.grid.ends[-1]) - self.first_month + (1 if self.grid.has_incomplete_month else 0)

    @cached_property
    def source_type(self) -> dict[str, str]:
        return {version.id: version.source_type for version in self.versions}

    @cached_property
    def lineage(self) -> dict[str, str]:
        return {version.id: version.lineage for version in self.versions}

    @cached_property
    def report_areas(self) -> list[str]:
        return self.areas.level(self.mission.report_level)

    def once(self, key: Any, compute: Callable[[], Any]) -> Any:
        """The result under `key`, computed at the first asking."""
        if key not in self.memory:
            self.memory[key] = compute()
        return self.memory[key]

    def expand(self, reference: str) -> list[str]:
        return self.mission.names(reference)

    def people(self, codes: Sequence[str]) -> Floats | None:
        """How many live in each area; None where that is not known of all of them."""
        living = [self.areas.population(code) for code in codes]
        return np.array(living, dtype=np.float64) if living and all(living) else None

    def line(self, code: str) -> frozenset[str]:
        """An area and all that it lies in."""
        above = (self.areas.ancestor(code, level) for level in range(5))
        found: frozenset[str] = self.once(("line", code), lambda: frozenset({code, *above} - {None}))
        return found

    def area_of(self, code: str, level: int | None = None) -> str | None:
        return self.areas.ancestor(code, self.mission.report_level if level is None else level)


@dataclass(frozen=True)
class Reading:
    """One indicator of one benchmark, risk or trade-off with its data."""

    round: Round
    benchmark: Measured
    id: str
    indicator: Indicator
    by_row: bool = False  # read row by row, because an `each` goes over its actors, groups or items
    only: tuple[str, str] | None = None  # column and value inside such an `each`
    question: str | None = None  # the one item that is looked at, where several are judged one by one
    counted_with: Selector | None = None  # the whole that this is a part of: both are counted in the same source

    @cached_property
    def selectors(self) -> dict[str, Selector]:
        return selectors_of(self.indicator, by_row=self.by_row)

    @property
    def main(self) -> Selector:
        return self.selectors["main"]

    @property
    def derived(self) -> bool:
        """Made of other indicators alone: it reads no data points of its own."""
        return self.indicator.kind is None

    @property
    def nature(self) -> str:
        return "" if self.derived else KINDS[self.main.kind].nature

    def number(self, name: object) -> float:
        """A number of a rule: the name of a threshold, or written out."""
        if isinstance(name, str) and name in self.benchmark.thresholds:
            return self.benchmark.thresholds[name].number
        if isinstance(name, str) and name.startswith("norm."):
            return self.round.mission.norms.get(name.removeprefix("norm."), 0.0)
        return number(name)  # type: ignore[arg-type]

    @cached_property
    def unset(self) -> bool:
        """A filter names a list that the mission file does not give: what it would read is then unknown, not zero."""
        wanted = [each for value in self.indicator.where.values() for each in _leaves(value)]
        return any(each.startswith("mission.") and not self.round.expand(each) for each in wanted)

    # ---- counts by month

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
        keep = self._areas_kept(columns["area"], area) & self._counted_once(role, columns, area)
        np.add.at(total, columns["month"][keep] - self.round.first_month, np.nan_to_num(columns[column][keep]))
        total.flags.writeable = False  # others that ask get the same
        return total

    def _counted_once(self, role: str, columns: Columns, area: str | None) -> Bools:
        """Rows of the one source that is read where several complete ones cover the same month."""
        round_, selector = self.round, self.counted_with or self.selectors[role]
        datasets = columns["dataset"].tolist()
        if self.counted_with is None and len({round_.lineage.get(each, "") for each in set(datasets)}) < 2:
            return np.ones(len(datasets), dtype=bool)
        lineages = np.array([round_.lineage.get(each, "") for each in datasets], dtype=object)
        owners = round_.once(
            ("owners", selector, area),
            lambda: covering.owners(
                self._speaking(selector),
                selector,
                round_.areas,
                area,
                round_.months,
                round_.first_month,
                round_.expand,
                round_.mission.country,
            ),
        )
        owner = np.array(owners, dtype=object)[columns["month"] - round_.first_month]
        read: Bools = (owner == "") | (owner == lineages)
        return read

    def _speaking(self, selector: Selector) -> list[DatasetVersion]:
        """The data sets of sources with rows on it: one that is complete for the kind and tells of other things only
        does not silence the one that tells of this."""
        selected = self.round.selected
        columns = selected.monthly.get(selector) or selected.detail.get(selector) or {"dataset": np.array([])}
        telling = {self.round.lineage.get(each, "") for each in set(columns["dataset"].tolist())}
        return [version for version in self.round.versions if version.lineage in telling]

    def _monthly_of_rows(self, column: str, area: str | None) -> Floats:
        total, rows = np.zeros(self.round.months), self.rows
        months = np.array([month_index(EPOCH + timedelta(days=int(day))) for day in rows["date"]], dtype=np.int64)
        months -= self.round.first_month
        keep = self.totals & (months >= 0) & (months < self.round.months) & self._areas_kept(rows["area"], area)
        dated = {"month": months[keep] + self.round.first_month, "dataset": rows["dataset"][keep]}
        keep[keep] = self._counted_once("main", dated, area)
        if column == "absent":
            np.add.at(total, months[keep], np.isnan(rows["value"][keep]))
        else:
            np.add.at(total, months[keep], np.nan_to_num(rows[column][keep]))
        return total

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

    def _areas_kept(self, codes: np.ndarray[Any, Any], area: str | None) -> Bools:
        """Rows of one area (what is claimed more coarsely never trickles down), and the indicator's own area filter."""
        distinct = set(codes.tolist())
        kept = {code for code in distinct if area is None or self.within(code, area)}
        for filters, inside in ((self.indicator.where, True), (self.indicator.except_, False)):
            if "area" in filters:
                kept = {code for code in kept if self._area_matches(code, filters["area"]) is inside}
        return np.array([code in kept for code in codes], dtype=bool)

    def _area_matches(self, code: str, wanted: Any) -> bool:
        line = self.round.line(code)
        if isinstance(wanted, dict) and "not" in wanted:
            return not self._area_matches(code, wanted["not"]) and not self._may_lie_in(code, wanted["not"])
        return any(matches(str(each), wanted, "area", self.round.expand) for each in line)

    def _may_lie_in(self, code: str, wanted: Any) -> bool:
        """Whether a place is claimed so coarsely that it may be inside the area that is left out."""
        return not code or any(code != inner and self.within(inner, code) for inner in self._areas_named(wanted))

    def _areas_named(self, wanted: Any) -> list[str]:
        return [
            each
            for leaf in _leaves(wanted)
            for each in (self.round.expand(leaf) if leaf.startswith("mission.") else [leaf])
        ]

    def within(self, code: str, area: str) -> bool:
        return area in self.round.line(code)

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
        if KINDS[selector.kind].nature == "effort":
            columns = self._monthly_columns(role)
            if columns is not None:
                known = known.copy()
                known[np.unique(columns["month"][self._areas_kept(columns["area"], area)]) - self.round.first_month] = (
                    True
                )
        return known

    def ends(self, *, area: str | None = None) -> Ints:
        """The month after each window. A last month that is not in yet is left out; two are too old."""
        return ends_of(self.round, self.covered(area=area))

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

    def has_rows(self, role: str = "main") -> bool:
        selector = self.selectors.get(role)
        return selector is not None and (
            selector in self.round.selected.monthly or selector in self.round.selected.detail
        )

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

    def why_without_state(self) -> str:
        """The reason where no fresh state or estimate is there: too old, or none at all."""
        stated = [measure not in LISTING for measure in self.rows["measure"]]
        return "stale" if any(stated) else "missing"

    # ---- rows

    @cached_property
    def rows(self) -> Columns:
        """Rows of the main reading that pass the filters on area, item, stratum, wave and source."""
        return self._filtered(self.round.selected.detail.get(self.main))

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
            return self._filtered(self.round.selected.detail.get(self.selectors["register"]))
        return self.rows

    def _filtered(self, columns: Columns | None) -> Columns:
        if columns is None:
            return {name: np.array([], dtype=object if name in _TEXT else np.float64) for name in DETAIL}
        keep = self._areas_kept(columns["area"], None) & (columns["date"] >= self.first_day)
        for name in ("item", "stratum", "wave", "source"):
            if name in self.indicator.where:
                wanted = self.indicator.where[name]
                keep &= self._matching(columns[name], wanted, name)
        if self.only is not None:
            column, value = self.only
            keep &= self._matching(columns[column], value, column)
        if self.question is not None:
            keep &= columns["item"] == self.question
        return {name: values[keep] for name, values in columns.items()}

    def _matching(self, values: np.ndarray[Any, Any], wanted: Any, column: str) -> Bools:
        """Which values pass a filter; each different value is asked once."""
        passing = {each for each in set(values.tolist()) if matches(each, wanted, column, self.round.expand)}
        return np.array([each in passing for each in values.tolist()], dtype=bool)

    @cached_property
    def first_day(self) -> float:
        """The day from which rows count; none does while the mission file gives no day for the event."""
        since = self.indicator.since
        if since is None:
            return -math.inf
        day = self.round.mission.events.get(since.event)
        return math.inf if day is None else day_number(day) + since.days

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

    @cached_property
    def fresh_days(self) -> float:
        """Days for which a state or estimate stays valid; infinite where the kind has no shelf life."""
        if self.indicator.fresh is not None:
            return self.indicator.fresh.days
        shelf = KINDS[self.main.kind].shelf_life
        return float("inf") if shelf is None else float(shelf)

    # ---- who says so

    def type_count(self) -> Ints:
        """How many types of source speak at each point of the grid: by rows in the last year, or by covering it."""
        round_ = self.round
        covering_types = covering.source_types(
            round_.versions, self.main, round_.months, round_.first_month, round_.expand
        )
        types: dict[str, Bools] = {}
        last = np.clip(round_.grid.ends - 1 - round_.first_month, 0, max(round_.months - 1, 0))
        for name, present in covering_types.items():
            types[name] = present[last]
        for days, datasets in self._dated_datasets():
            for dataset in set(datasets.tolist()):
                mine = np.sort(days[datasets == dataset])
                numbers = round_.grid.numbers
                recent = np.searchsorted(mine, numbers, side="right") > np.searchsorted(
                    mine, numbers - 365, side="right"
                )
                name = round_.source_type.get(dataset, dataset)
                types[name] = types.get(name, np.zeros(len(numbers), dtype=bool)) | recent
        if not types:
            return np.zeros(len(round_.grid), dtype=np.int64)
        count: Ints = np.array(list(types.values())).sum(axis=0).astype(np.int64)
        return count

    def _dated_datasets(self) -> list[tuple[Ints, np.ndarray[Any, Any]]]:
        found = []
        columns = self._monthly_columns("main")
        if columns is not None:
            days = np.array([day_number(first_day(int(month))) for month in columns["month"]], dtype=np.int64)
            found.append((days, columns["dataset"]))
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

    @property
    def wants_two(self) -> bool:
        """Whether two types of source are asked for: events, presence, conduct at medium and long term."""
        if self.derived or self.benchmark.term == "short":
            return False
        kind = KINDS[self.main.kind]
        return kind.corroborate and not kind.official

    @cached_property
    def restricted(self) -> bool:
        """Whether any row read is Confidential or higher."""
        selected = self.round.selected
        levels = [
            columns["confidentiality"]
            for selector in self.selectors.values()
            for columns in (selected.monthly.get(selector), selected.detail.get(selector))
            if columns is not None
        ]
        return any(bool((each >= 2).any()) for each in levels)


_TEXT = frozenset(
    {"item", "area", "kind", "actor", "target", "category", "wave", "stratum", "group", "measure", "grade", "source",
     "origin", "dataset"}
)  # fmt: skip


def ends_of(round_: Round, known: Bools) -> Ints:
    """Where windows end, given the months that are known. Shape (g,)."""
    ends = round_.grid.ends - round_.first_month
    padded = np.concatenate([[False], known])
    index = np.clip(ends, 1, len(known))
    late: Bools = ~padded[index] & padded[index - 1]
    return np.where(late, ends - 1, ends)


def _leaves(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [leaf for each in value.values() for leaf in _leaves(each)]
    if isinstance(value, list):
        return [leaf for each in value for leaf in _leaves(each)]
    return [str(value)]
