"""Items of a register at every point of the grid: which ought to exist, which pass, how sure, which are unknown."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from primacy.assessment.cells import Columns
from primacy.assessment.grades import together
from primacy.assessment.grid import Bools, Floats, Ints
from primacy.assessment.reading import Reading
from primacy.evidence.kinds import KINDS
from primacy.evidence.numbered_days import day_number
from primacy.framework.grammar import Indicator
from primacy.framework.names import bare
from primacy.framework.values import COMPARISONS, Comparison, comparison

FAR = 1 << 40


@dataclass(frozen=True)
class Items:
    """Shapes (n, g). `passes` is P(the item passes), NaN where unknown; `value` the last value that was read."""

    names: tuple[str, ...]
    passes: Floats
    value: Floats
    stale: Bools
    areas: tuple[str, ...]
    types: Ints  # how many types of source say what the item's state is

    @property
    def unknown(self) -> Bools:
        return np.isnan(self.passes)

    def corroborated(self, needed: int) -> Bools:
        """Where at least `needed` items pass by two types of source each. Shape (g,)."""
        passing = np.nan_to_num(self.passes) >= 0.5
        enough: Bools = (passing & (self.types >= 2)).sum(axis=0) >= max(needed, 1)
        return enough

    def any_stale(self) -> Bools:
        """Where some item's last state is past its shelf life. Shape (g,)."""
        stale: Bools = np.logical_or.reduce(self.stale, axis=0)
        return stale

    def low(self) -> Floats:
        """Every unknown item fails."""
        return np.where(self.unknown, 0.0, self.passes)

    def high(self) -> Floats:
        """Every unknown item passes."""
        return np.where(self.unknown, 1.0, self.passes)

    def only(self, keep: Bools) -> "Items":
        return Items(
            tuple(name for name, k in zip(self.names, keep, strict=True) if k),
            self.passes[keep], self.value[keep], self.stale[keep],
            tuple(area for area, k in zip(self.areas, keep, strict=True) if k),
            self.types[keep],
        )  # fmt: skip

    def at_least(self, needed: int) -> tuple[Floats, Floats]:
        """Bounds of P(at least `needed` items pass): every unknown item fails, every unknown item passes.

        As sure as the least sure of the items that it takes, as for `k_of`: reports on one register share their
        errors. Independent errors would make a large register wrong for certain, however well it is kept.
        """
        return _kth_largest(self.low(), needed), _kth_largest(self.high(), needed)

    def in_area(self, reading: Reading, area: str) -> "Items":
        return self.only(np.array([reading.within(code, area) for code in self.areas], dtype=bool))


def _kth_largest(passes: Floats, k: int) -> Floats:
    """Shapes: passes (n, g) -> (g,)."""
    count, size = passes.shape
    if k <= 0:
        return np.ones(size)
    return np.zeros(size) if k > count else np.sort(passes, axis=0)[count - k]


def expected(reading: Reading) -> list[str] | None:
    """The items that ought to exist as of the assessment's day; None when no register is named.

    The denominator is that of the assessment's own day at every point: it does not move along the grid.
    """
    reference = reading.indicator.register_
    if reference is None:
        return None
    if reference == "areas":
        return list(reading.round.report_areas)
    if reference.startswith("mission."):
        return reading.round.expand(reference)
    rows = reading.register_rows
    latest: dict[str, tuple[int, float]] = {}
    for measure, name, day, value in zip(
        rows["measure"], rows[_column(reading)], rows["date"], rows["value"], strict=True
    ):
        if measure == "expected" and name and (name not in latest or day >= latest[name][0]):
            latest[name] = (int(day), float(value))
    return sorted(name for name, (_, value) in latest.items() if value > 0)


def items(reading: Reading) -> Items:
    """Every expected item with its state at each point; without a register, every item that was ever seen."""
    names = expected(reading)
    kind = KINDS[reading.main.kind]
    found = _row_numbers(reading, kind.nature)
    if names is None:
        names = sorted(found)
    size = len(reading.round.grid)
    passes, value = np.full((len(names), size), np.nan), np.full((len(names), size), np.nan)
    stale, types = np.zeros((len(names), size), dtype=bool), np.zeros((len(names), size), dtype=np.int64)
    judge = _Events(reading) if kind.nature in ("event", "effort") else _States(reading)
    for row, name in enumerate(names):
        passes[row], value[row], stale[row], types[row] = judge.item(found.get(name, np.zeros(0, dtype=np.int64)))
    areas = tuple(_area(reading, name, found.get(name)) for name in names)
    return Items(tuple(names), passes, value, stale, areas, types)


def origin_of(rows: Columns, row: int) -> str:
    """Who says so: the origin cluster, else the source, else the data set, as names are compared."""
    return origin_named(rows["origin"][row], rows["source"][row], rows["dataset"][row])


def origin_named(origin: str | None, source: str | None, dataset: str) -> str:
    """Of these three, the first that names anybody."""
    return bare(str(origin or "")) or bare(str(source or "")) or str(dataset)


def _column(reading: Reading) -> str:
    return "area" if reading.indicator.by == "area" else reading.indicator.by


def _row_numbers(reading: Reading, nature: str) -> dict[str, Ints]:
    """Numbers of the rows that speak of each item, by date. With `by: area` a row speaks of its report area."""
    rows, measure = reading.rows, _measure(reading, nature)
    groups: dict[str, list[int]] = {}
    names = rows[_column(reading)]
    for number, (name, what) in enumerate(zip(names, rows["measure"], strict=True)):
        if measure and what != measure:
            continue
        if reading.indicator.by == "area" and reading.indicator.register_ == "areas":
            name = reading.round.area_of(name) or ""
        if name:
            groups.setdefault(str(name), []).append(number)
    days = rows["date"]
    return {name: np.array(sorted(ns, key=lambda n: days[n]), dtype=np.int64) for name, ns in groups.items()}


def _measure(reading: Reading, nature: str) -> str | None:
    if nature in ("event", "effort"):
        return None
    return reading.indicator.measure or reading.indicator.pass_.get("measure")


def _area(reading: Reading, name: str, numbers: Ints | None) -> str:
    if _column(reading) == "area":
        return name
    if numbers is not None and len(numbers):
        return str(reading.rows["area"][numbers[-1]])
    rows = reading.register_rows
    found = np.flatnonzero(rows[_column(reading)] == name)
    return str(rows["area"][found[-1]]) if len(found) else ""


class _States:
    """The last state decides, until its shelf life ends; other origins that say the same make it surer.

    An area, a target or an actor of which several items speak passes when one of them does.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading, self.rows, self.truth = reading, reading.rows, reading.truth
        self.due = _due_dates(reading)
        self.tests = _tests(reading)
        self.voices = _voices(reading)

    def item(self, numbers: Ints) -> "Course":
        named = self.rows["item"][numbers]
        inside = sorted(set(named.tolist()))
        if len(inside) < 2 or not self.tests:
            return self._one(numbers)
        return _best([self._one(numbers[named == each]) for each in inside])

    def _one(self, numbers: Ints) -> "Course":
        grid, days, rows = self.reading.round.grid.numbers, self.rows["date"][numbers], numbers.tolist()
        size = len(grid)
        verdicts = [self._holds(row) for row in rows]
        since = _beginnings(verdicts)
        last = np.searchsorted(days, grid, side="right") - 1
        fresh = np.searchsorted(days, grid - self.reading.fresh_days, side="left")
        stale = (last >= 0) & (fresh > last)
        passes, value, types = np.full(size, np.nan), np.full(size, np.nan), np.zeros(size, dtype=np.int64)
        told = np.flatnonzero((last >= 0) & ~stale)
        if not len(told):
            return passes, value, stale, types
        newest = last[told]
        value[told] = self.rows["value"][numbers[newest]]
        holds = {at: verdicts[at] and self._in_time(rows[: at + 1], verdicts) for at in set(newest.tolist())}
        if len({self.voices[row] for row in rows}) == 1:  # it does not matter how many of its reports are fresh
            p, types[told] = self._probability(rows[-1:], True)
            passes[told] = [p if holds[at] else 1.0 - p for at in newest.tolist()]
            return passes, value, stale, types
        firsts = np.maximum(fresh[told], np.array(since)[newest])
        said: dict[tuple[int, int], tuple[float, int]] = {}  # many points lie between one report and the next
        for point, first, at in zip(told.tolist(), firsts.tolist(), newest.tolist(), strict=True):
            if (first, at) not in said:
                said[first, at] = self._probability(rows[first : at + 1], holds[at])
            passes[point], types[point] = said[first, at]
        return passes, value, stale, types

    def _probability(self, rows: list[int], holds: bool) -> tuple[float, int]:
        """P(the item passes) where these rows, all fresh, say the same of it; and how many types of source do."""
        by_origin: dict[str, float] = {}
        types: set[str] = set()
        for row in reversed(rows):
            origin, truth, type_ = self.voices[row]
            types.add(type_)
            if truth > by_origin.get(origin, -1.0):
                by_origin[origin] = truth
        p = together(by_origin.values())
        return (p if holds else 1.0 - p), len(types)

    def _in_time(self, rows: list[int], verdicts: list[bool]) -> bool:
        """Whether the state stood on its due date, where the rule asks for that: what was reported later and taken back
        again changes nothing of it."""
        test = self.tests.get("date")
        if test is None:
            return True
        due = float(self.due.get(str(self.rows["item"][rows[0]]), FAR))
        in_time = [COMPARISONS[test.sign](float(self.rows["date"][row]), due) for row in rows]
        return any(in_time) and verdicts[len(in_time) - 1 - in_time[::-1].index(True)]

    def _holds(self, row: int) -> bool:
        """Every condition but that of time."""
        for key, test in self.tests.items():
            if key == "group":
                if not set(test.split(";")) <= set(str(self.rows["group"][row]).split(";")):
                    return False
            elif key != "date" and not test(float(self.rows["value"][row])):
                return False
        return True


def _voices(reading: Reading) -> list[tuple[str, float, str]]:
    """Of each row who says so, how likely it is true, and the type of its source."""
    rows, types = reading.rows, reading.round.source_type
    named: dict[tuple[Any, Any, Any], str] = {}
    found = []
    for origin, source, dataset, truth in zip(
        rows["origin"], rows["source"], rows["dataset"], reading.truth, strict=True
    ):
        key = (origin, source, dataset)
        if key not in named:
            named[key] = origin_named(*key)
        found.append((named[key], float(truth), types.get(dataset, "")))
    return found


def _beginnings(verdicts: Sequence[bool]) -> list[int]:
    """For each place where the run of equal verdicts begins that it stands in."""
    beginnings: list[int] = []
    for place, verdict in enumerate(verdicts):
        same = place > 0 and verdicts[place - 1] == verdict
        beginnings.append(beginnings[-1] if same else place)
    return beginnings


class _Events:
    """So many events in the window; fewer are a failure where coverage is complete, and unknown elsewhere."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.rows, self.truth = reading, reading.rows, reading.truth
        test = comparison(reading.indicator.pass_.get("events", ">= 1"))
        self.needed = reading.number(test.right) + (1 if test.sign == ">" else 0)
        window = reading.indicator.window
        self.days = 1e9 if window is None else window.days
        self.covered = reading.covered_now() if window is None else reading.window_covered()

    def item(self, numbers: Ints) -> "Course":
        grid, days = self.reading.round.grid.numbers, self.rows["date"][numbers]
        stop = np.searchsorted(days, grid, side="right")
        start = np.searchsorted(days, grid - self.days, side="right")
        value, passes = (stop - start).astype(np.float64), np.where(self.covered, 0.0, np.nan)
        types = np.zeros(len(grid), dtype=np.int64)
        for point in np.flatnonzero(value > 0):
            inside = numbers[start[point] : stop[point]]
            seen = self._seen(inside)
            sources = {self.reading.round.source_type.get(each, "") for each in self.rows["dataset"][inside]}
            types[point] = len(sources)
            value[point] = len(seen)
            if len(seen) >= self.needed:
                passes[point] = self._probability(seen)
        value = np.where(self.covered | (value > 0), value, np.nan)
        return passes, value, np.zeros(len(grid), dtype=bool), types

    def _seen(self, inside: Ints) -> dict[str, dict[str, float]]:
        """Different events in the window, each with who says so: two reports of one meeting are one meeting."""
        seen: dict[str, dict[str, float]] = {}
        for row in inside.tolist():
            by_origin = seen.setdefault(str(self.rows["item"][row]) or f"row {row}", {})
            origin = origin_of(self.rows, row)
            by_origin[origin] = max(by_origin.get(origin, 0.0), float(self.truth[row]))
        return seen

    def _probability(self, seen: dict[str, dict[str, float]]) -> float:
        """Of one event: everybody who saw any, together. Of more: the least sure of the surest that are needed."""
        if self.needed <= 1:
            best: dict[str, float] = {}
            for by_origin in seen.values():
                for origin, p in by_origin.items():
                    best[origin] = max(best.get(origin, 0.0), p)
            return together(best.values())
        surest = sorted((together(each.values()) for each in seen.values()), reverse=True)
        return surest[int(self.needed) - 1]


Course = tuple[Floats, Floats, Bools, Ints]
"""One item along the grid: P(passes), value, staleness, types of source."""


def _best(courses: Sequence[Course]) -> Course:
    """The surest at each point; unknown where none passes and one that is too old might."""
    passes, value, stale, types = (np.array(each) for each in zip(*courses, strict=True))
    chosen = np.argmax(np.nan_to_num(passes, nan=-1.0), axis=0), np.arange(passes.shape[1])
    fails = ~(passes[chosen] >= 0.5)
    old = np.logical_or.reduce(stale, axis=0) & fails
    return np.where(old, np.nan, passes[chosen]), value[chosen], old, types[chosen]


def _holds(test: Comparison, right: float, left: float) -> bool:
    return test.holds(left, right)


def _tests(reading: Reading) -> dict[str, Any]:
    tests: dict[str, Any] = {}
    for key, wanted in reading.indicator.pass_.items():
        if key == "value":
            test = comparison(wanted)
            tests[key] = partial(_holds, test, reading.number(test.right))
        elif key == "stage":
            position = stage_position(reading.indicator, str(wanted))
            tests[key] = lambda left, least=position: left >= least
        elif key == "date":
            tests[key] = comparison(wanted)
        elif key == "group":
            tests[key] = str(wanted)
    return tests


def scheme_of(indicator: Indicator) -> Sequence[str]:
    """The names of the stages that an indicator reads: those of its category first, else those of its measure."""
    measure = indicator.measure or indicator.pass_.get("measure") or "stage"
    return KINDS[indicator.kind or ""].scheme(measure, str(indicator.where.get("category", "")))


def stage_position(indicator: Indicator, name: str) -> int:
    """Where a stage stands in its scheme, from 1.

    Raises   ValueError naming the stages that exist.
    """
    scheme = scheme_of(indicator)
    if name not in scheme:
        raise ValueError(f"the stage {name} is none of {', '.join(scheme)}")
    return list(scheme).index(name) + 1


def _due_dates(reading: Reading) -> dict[str, int]:
    """Due date of each item: the end (`until`) of its row of measure `due`, else the end of the horizon."""
    rows = reading.rows
    found = {
        str(item): int(until)
        for measure, item, until in zip(rows["measure"], rows["item"], rows["until"], strict=True)
        if measure == "due"
    }
    horizon = reading.round.mission.horizon(reading.benchmark.id, reading.benchmark.term)
    if horizon is not None:
        for item in set(rows["item"].tolist()):
            found.setdefault(str(item), day_number(horizon[1]))
    return found
