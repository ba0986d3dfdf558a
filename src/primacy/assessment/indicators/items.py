"""Items of a register at every point of the grid: which ought to exist, which pass, how sure, which are unknown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from primacy.assessment.indicators.cells import Columns
from primacy.assessment.indicators.grades import together
from primacy.assessment.indicators.item_courses import Course, Reports, courses, surest
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.rules.grid import Bools, Floats, Ints
from primacy.evidence.kinds import KINDS
from primacy.evidence.store.numbered_days import day_number
from primacy.framework.grammar import Indicator
from primacy.framework.names import bare
from primacy.framework.values import COMPARISONS, Comparison, comparison

FAR = 1 << 40
NONE: Ints = np.zeros(0, dtype=np.int64)


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
    judge = _Events(reading) if kind.nature in ("event", "effort") else _States(reading)
    passes, value, stale, types = judge.courses([found.get(name, NONE) for name in names])
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
    names, days = rows[_column(reading)], rows["date"]
    numbers = np.flatnonzero(rows["measure"] == measure) if measure else np.arange(len(days))
    numbers = numbers[np.argsort(days[numbers], kind="stable")]
    area = reading.round.area_of if reading.indicator.by == "area" and reading.indicator.register_ == "areas" else None
    groups: dict[str, list[int]] = {}
    for number, name in zip(numbers.tolist(), names[numbers].tolist(), strict=True):
        if named := (name if area is None else area(name)):
            groups.setdefault(str(named), []).append(number)
    return {name: np.array(each, dtype=np.int64) for name, each in groups.items()}


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
        self.reading, self.rows = reading, reading.rows
        self.tests = _tests(reading)
        self.voices, number = _voices(reading)
        self.said = Reports(self.rows["date"], self.rows["value"], self._holds(), self._timely(), number)

    def courses(self, found: Sequence[Ints]) -> Course:
        """Shapes (n, g), from the numbers of the rows that speak of each, by date."""
        parts = [self._parts(numbers) for numbers in found]
        groups = [each for part in parts for each in part]
        grid, fresh = self.reading.round.grid.numbers, self.reading.fresh_days
        whole = courses(groups, self.said, grid, fresh, self._believed)
        if len(groups) == len(found):
            return whole
        edges = np.cumsum([0, *(len(part) for part in parts)]).tolist()
        each = [surest((passes[a:b], value[a:b], stale[a:b], types[a:b])) if b - a > 1 else
                (passes[a], value[a], stale[a], types[a])
                for passes, value, stale, types in (whole,) for a, b in pairwise(edges)]  # fmt: skip
        passes, value, stale, types = (np.array(column) for column in zip(*each, strict=True))
        return passes, value, stale, types

    def _parts(self, numbers: Ints) -> list[Ints]:
        if not self.tests or _column(self.reading) == "item":
            return [numbers]
        named = self.rows["item"][numbers]
        inside = sorted(set(named.tolist()))
        return [numbers] if len(inside) < 2 else [numbers[named == each] for each in inside]

    def _believed(self, voices: tuple[int, ...]) -> tuple[float, int]:
        """P(it is so) where these say the same of it, all fresh; and how many types of source they are."""
        by_origin: dict[str, float] = {}
        for origin, truth, _type in (self.voices[each] for each in voices):
            if truth > by_origin.get(origin, -1.0):
                by_origin[origin] = truth
        return together(by_origin.values()), len({self.voices[each][2] for each in voices})

    def _timely(self) -> Bools:
        """Of each row whether it is of a day that the rule asks for: until the due date of its item."""
        test, days = self.tests.get("date"), self.rows["date"]
        if test is None:
            return np.ones(len(days), dtype=bool)
        due, compare = _due_dates(self.reading), COMPARISONS[test.sign]
        pairs = zip(days.tolist(), self.rows["item"].tolist(), strict=True)
        return np.array([compare(float(day), float(due.get(str(item), FAR))) for day, item in pairs], dtype=bool)

    def _holds(self) -> Bools:
        """Of each row whether it meets every condition but that of time."""
        holds = np.ones(len(self.rows["value"]), dtype=bool)
        for key, test in self.tests.items():
            if key == "group":
                holds &= _of_each(self.rows["group"], partial(_names_all, set(test.split(";"))))
            elif key != "date":
                holds &= _of_each(self.rows["value"], test)
        return holds


def _names_all(wanted: set[str], group: str) -> bool:
    return wanted <= set(str(group).split(";"))


def _of_each(column: Any, test: Callable[[Any], bool]) -> Bools:
    """A test of each row, asked once of each different content."""
    content = column.tolist()
    known = {each: test(each) for each in set(content)}
    return np.array([known[each] for each in content], dtype=bool)


def _voices(reading: Reading) -> tuple[list[tuple[str, float, str]], Ints]:
    """The different voices: who says so, how likely it is true, and the type of its source; and of each row which."""
    rows, types = reading.rows, reading.round.source_type
    numbers: dict[tuple[str, float, str], int] = {}
    known: dict[tuple[Any, Any, Any, float], int] = {}
    found = np.empty(len(rows["dataset"]), dtype=np.int64)
    columns = [rows[name].tolist() for name in ("origin", "source", "dataset")]
    for row, key in enumerate(zip(*columns, reading.truth.tolist(), strict=True)):
        if key not in known:
            origin, source, dataset, truth = key
            voice = (origin_named(origin, source, dataset), truth, types.get(dataset, ""))
            known[key] = numbers.setdefault(voice, len(numbers))
        found[row] = known[key]
    return list(numbers), found


class _Events:
    """So many events in the window; fewer are a failure where coverage is complete, and unknown elsewhere."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.rows, self.truth = reading, reading.rows, reading.truth
        test = comparison(reading.indicator.pass_.get("events", ">= 1"))
        self.needed = reading.number(test.right) + (1 if test.sign == ">" else 0)
        window = reading.indicator.window
        self.days = 1e9 if window is None else window.days
        self.covered = reading.covered_now() if window is None else reading.window_covered()

    def courses(self, found: Sequence[Ints]) -> Course:
        """Shapes (n, g), from the numbers of the rows that speak of each, by date."""
        shape = len(found), len(self.reading.round.grid)
        passes, value = np.full(shape, np.nan), np.full(shape, np.nan)
        stale, types = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=np.int64)
        for row, numbers in enumerate(found):
            passes[row], value[row], types[row] = self._course(numbers)
        return passes, value, stale, types

    def _course(self, numbers: Ints) -> tuple[Floats, Floats, Ints]:
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
        return passes, value, types

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
