"""The newest estimate that is still fresh, at every point of the grid, with its error."""

from dataclasses import dataclass

import numpy as np

from primacy.assessment.grid import Bools, Floats, Ints
from primacy.assessment.reading import Reading


@dataclass(frozen=True)
class Estimate:
    """Shapes (g,). NaN where there is none; `row` numbers the row that it is taken from, -1 for none."""

    value: Floats
    error: Floats
    size: Floats
    sure: Floats  # P(true) by its grade, for what has no error
    stale: Bools
    row: Ints

    def thin(self, enough: float) -> Bools:
        """Where it rests on fewer observations than are enough; an estimate that does not say passes."""
        few: Bools = ~np.isnan(self.size) & (self.size < enough)
        return few


def enough_of(reading: Reading) -> float:
    return next(iter(reading.indicator.enough.values()), 0)


def latest_estimate(reading: Reading, *, area: str | None = None) -> Estimate:
    """That of one area, else of the country; of the whole population unless the reading is filtered."""
    rows, grid = reading.rows, reading.round.grid.numbers
    chosen = np.flatnonzero(_in_place(reading, area) & _of_all(reading) & _stated(reading))
    chosen = chosen[np.argsort(rows["until"][chosen] if len(chosen) else chosen, kind="stable")]
    size = len(grid)
    value, error, n, sure = (np.full(size, np.nan) for _ in range(4))
    stale, taken = np.zeros(size, dtype=bool), np.full(size, -1, dtype=np.int64)
    ends = np.maximum(rows["until"][chosen], rows["date"][chosen])
    position = np.searchsorted(ends, grid, side="right")
    for point in np.flatnonzero(position > 0):
        row = int(chosen[position[point] - 1])
        if grid[point] - ends[position[point] - 1] > reading.fresh_days:
            stale[point] = True
            continue
        value[point], error[point], n[point] = rows["value"][row], rows["se"][row], rows["n"][row]
        sure[point], taken[point] = reading.truth[row], row
    return Estimate(value, error, n, sure, stale, taken)


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
