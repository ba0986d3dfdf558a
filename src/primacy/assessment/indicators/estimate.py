"""The newest estimate that is still fresh, at every point of the grid, with its error."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from primacy.assessment.indicators import shares, unstated
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.rules.grid import Bools, Floats, Ints
from primacy.evidence.kinds import KINDS

EVEN = 0.5


@dataclass(frozen=True)
class Estimate:
    """Shapes (g,). NaN where there is none; `row` tells one wave from the next, -1 for none.

    `several`: left open, because more than one item speaks and the indicator does not say how they count.
    """

    value: Floats
    error: Floats
    size: Floats
    sure: Floats  # P(true) by its grade, for what has no error
    stale: Bools
    row: Ints
    several: Bools
    off: Floats  # how far it may be off where it states no error, by how it went so far; 0 where it states one
    whole: bool = False  # whether it goes in whole steps: so wide is the middle between two of them

    def at_least(self, threshold: float) -> Floats:
        """P(it truly is so much): by its error; without one by how far it may be off, and no surer than its grade.
        NaN where there is none."""
        if self.whole:
            threshold = math.ceil(threshold) - 0.5
        error, off = np.nan_to_num(self.error), np.nan_to_num(self.off)
        edge = np.maximum(self.sure, 1.0 - self.sure)
        by_way = shares.normal_at_least(self.value, off, threshold)
        by_way = np.clip(np.where(self.sure < EVEN, 1.0 - by_way, by_way), 1.0 - edge, edge)
        p = np.where(error > 0, shares.normal_at_least(self.value, error, threshold), by_way)
        return np.where(np.isnan(self.value), np.nan, p)

    def thin(self, enough: float) -> Bools:
        """Where it rests on fewer observations than are enough; an estimate that does not say passes."""
        few: Bools = ~np.isnan(self.size) & (self.size < enough)
        return few

    def left_open(self, several: Bools) -> "Estimate":
        """None where several items speak, the same elsewhere."""
        value, error, size, sure, off = (
            np.where(several, np.nan, each) for each in (self.value, self.error, self.size, self.sure, self.off)
        )
        return Estimate(value, error, size, sure, self.stale, np.where(several, -1, self.row), several, off, self.whole)


def enough_of(reading: Reading) -> float:
    return next(iter(reading.indicator.enough.values()), 0)


def items_of(reading: Reading) -> list[str]:
    """The items on which there is an estimate of anybody, anywhere, at any time: of a survey its questions."""
    return sorted({str(item) for item in reading.rows["item"][_stated(reading)]})


def asked_now(reading: Reading) -> list[str]:
    """Of the items that speak on the assessment's day those that count: of a survey all, else those of the last day."""
    today, ends = reading.round.grid.numbers[-1], _ends(reading)
    fresh = _stated(reading) & (ends <= today) & (today - ends <= reading.fresh_days)
    if fresh.any() and not KINDS[reading.main.kind].questions:
        fresh &= ends == ends[fresh].max()
    return sorted({str(item) for item in reading.rows["item"][fresh]})


def latest_estimate(reading: Reading, *, area: str | None = None) -> Estimate:
    """That of one area, else of the country; of the whole population unless the reading is filtered.

    Of several items: their `mean`, the largest (`max`) or the smallest (`min`); else the newest, if one alone counts.
    """
    chosen = np.flatnonzero(_in_place(reading, area) & _of_all(reading) & _stated(reading))
    items = reading.rows["item"][chosen]
    names = sorted(set(items.tolist()))
    if len(names) < 2:
        return _newest(reading, chosen)
    found = [_newest(reading, chosen[items == name]) for name in names]
    combine = _COMBINED.get(reading.indicator.aggregate)
    return combine(found) if combine is not None else _newest(reading, chosen).left_open(_several(reading, found))


def _newest(reading: Reading, chosen: Ints) -> Estimate:
    rows, grid = reading.rows, reading.round.grid.numbers
    ends = _ends(reading)[chosen]
    order = np.argsort(ends, kind="stable")
    chosen, ends = chosen[order], ends[order]
    size = len(grid)
    value, error, n, sure, off = (np.full(size, np.nan) for _ in range(5))
    published = _last_of_each_day(ends, rows["value"][chosen])
    own = unstated.went(*published)
    stale, taken = np.zeros(size, dtype=bool), np.full(size, -1, dtype=np.int64)
    position = np.searchsorted(ends, grid, side="right")
    for point in np.flatnonzero(position > 0):
        row = int(chosen[position[point] - 1])
        if grid[point] - ends[position[point] - 1] > reading.fresh_days:
            stale[point] = True
            continue
        value[point], error[point], n[point] = rows["value"][row], rows["se"][row], rows["n"][row]
        sure[point], taken[point] = reading.truth[row], row
        off[point] = own.error_after(int(grid[point] - ends[position[point] - 1])) if not rows["se"][row] > 0 else 0.0
    none, whole = np.zeros(size, dtype=bool), unstated.whole(published[1])
    return Estimate(value, error, n, sure, stale, taken, none, off, whole)


def _last_of_each_day(days: Ints, values: Floats) -> tuple[list[int], list[float]]:
    """Days in order, none twice."""
    found = dict(zip(days.tolist(), values.tolist(), strict=True))
    return list(found), list(found.values())


def _ends(reading: Reading) -> Ints:
    """The last day of what each row speaks of."""
    ends: Ints = np.maximum(reading.rows["until"], reading.rows["date"]).astype(np.int64)
    return ends


# ---- several items


def _several(reading: Reading, found: Sequence[Estimate]) -> Bools:
    """Where more than one item counts: of a survey every fresh question, of anything else those of the newest day."""
    taken = np.array([each.row for each in found])
    if KINDS[reading.main.kind].questions:
        fresh: Bools = (taken >= 0).sum(axis=0) > 1
        return fresh
    days = np.where(taken >= 0, _ends(reading)[taken], -1)
    same_day: Bools = ((days == days.max(axis=0)) & (taken >= 0)).sum(axis=0) > 1
    return same_day


def mean_error(errors: Floats, known: Bools) -> Floats:
    """Error of a mean over items, as if the same people had answered all of them: their errors do not cancel out.

    Shapes: (items, g) -> (g,). NaN where no item has an error; one without an error counts as exact.
    """
    stated = known & ~np.isnan(errors)
    count = np.maximum(known.sum(axis=0), 1)
    return np.where(stated.any(axis=0), np.where(stated, errors, 0.0).sum(axis=0) / count, np.nan)


def _mean(found: Sequence[Estimate]) -> Estimate:
    values, errors = np.array([each.value for each in found]), np.array([each.error for each in found])
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    value = np.where(count > 0, np.where(known, values, 0.0).sum(axis=0) / np.maximum(count, 1), np.nan)
    _, wave = np.unique(np.array([each.row for each in found]), axis=1, return_inverse=True)
    return Estimate(
        value=value,
        error=mean_error(errors, known),
        size=np.fmin.reduce([each.size for each in found]),
        sure=np.fmin.reduce([each.sure for each in found]),
        stale=(count == 0) & np.logical_or.reduce([each.stale for each in found]),
        row=np.where(count > 0, wave.reshape(-1), -1),
        several=np.zeros(len(value), dtype=bool),
        off=np.nan_to_num(mean_error(np.array([each.off for each in found]), known)),
    )


def _extreme(found: Sequence[Estimate], sign: int) -> Estimate:
    """The item with the largest value (`sign` 1) or the smallest (-1), with its own error."""
    values = np.array([each.value for each in found])
    known = ~np.isnan(values)
    which = np.argmax(np.where(known, sign * values, -np.inf), axis=0)
    points = np.arange(values.shape[1])

    def picked(name: str) -> np.ndarray[Any, Any]:
        values: np.ndarray[Any, Any] = np.array([getattr(each, name) for each in found])[which, points]
        return values

    stale = ~known.any(axis=0) & np.logical_or.reduce([each.stale for each in found])
    none = np.zeros(values.shape[1], dtype=bool)
    return Estimate(
        picked("value"), picked("error"), picked("size"), picked("sure"), stale, picked("row"), none, picked("off"),
        all(each.whole for each in found),
    )  # fmt: skip


_COMBINED: Mapping[str, Callable[[Sequence[Estimate]], Estimate]] = {
    "mean": _mean, "max": partial(_extreme, sign=1), "min": partial(_extreme, sign=-1),
}  # fmt: skip


# ---- which rows


def _in_place(reading: Reading, area: str | None) -> Bools:
    """Rows of the area asked for, else of the country. A stratum says by itself where it lies."""
    rows = reading.rows
    if area is None and (reading.only or ("",))[0] == "stratum":
        return np.ones(len(rows["area"]), dtype=bool)
    root = {"", reading.round.areas.country or "", reading.round.mission.country}
    return np.array(
        [
            reading.within(code, area) if area else code in root or level <= 0
            for code, level in zip(rows["area"], rows["level"], strict=True)
        ],
        dtype=bool,
    )


def _of_all(reading: Reading) -> Bools:
    """Rows that speak of everybody, or of the group or stratum that the reading is narrowed to."""
    named = {*reading.indicator.where, reading.only[0] if reading.only else ""}
    whole = np.ones(len(reading.rows["date"]), dtype=bool)
    for column in {"group", "stratum"} - named:
        whole &= np.array([not each for each in reading.rows[column]], dtype=bool)
    return whole


def _stated(reading: Reading) -> Bools:
    return np.array([measure not in ("expected", "due") for measure in reading.rows["measure"]], dtype=bool)
