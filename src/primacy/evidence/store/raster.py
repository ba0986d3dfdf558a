"""Kinds of evidence by report areas by months: where a data point stands in them, and sums over them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from primacy.evidence.kinds import KINDS
from primacy.evidence.store.numbered_days import day_number, last_day, month_index
from primacy.places.areas import Areas

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
COUNTRY = ""  # the area that stands for the whole country, also for what nobody could place
NEVER_BY_PLACE = ("crsv-aggregate",)


class Raster:
    """All kinds, the areas of one level behind the country, and the months up to a day."""

    def __init__(self, areas: Areas, *, as_of: date, months: int, report_level: int) -> None:
        self.tree, self.report_level = areas, report_level
        self.kinds = tuple(KINDS)
        self.areas = (COUNTRY, *areas.level(report_level))
        self.last = month_index(as_of)
        self.first = self.last - months + 1
        ends = [last_day(month) for month in range(self.first, self.last)]
        # Days since 1970 on which each month is looked at: its last day, or the day asked for.
        self.ends = np.array([day_number(day) for day in (*ends, as_of)], dtype=np.int64)
        self._kind = {kind: place for place, kind in enumerate(self.kinds)}
        self._area = {code: place for place, code in enumerate(self.areas)}

    @property
    def shape(self) -> tuple[int, int, int]:
        return len(self.kinds), len(self.areas), len(self.ends)

    def kinds_of(self, names: Sequence[str]) -> Ints:
        return np.array([self._kind[each] for each in names], dtype=np.int64)

    def areas_of(self, kinds: Ints, codes: Sequence[str], levels: Ints) -> Ints:
        """The report area of each, 0 (the country) for what is reliable only above it or never told by place."""
        found = {code: self._area.get(self.tree.ancestor(code, self.report_level) or COUNTRY, 0) for code in set(codes)}
        places = np.array([found[each] for each in codes], dtype=np.int64)
        never = [self._kind[kind] for kind in NEVER_BY_PLACE]
        inside: Ints = np.where((levels >= self.report_level) & ~np.isin(kinds, never), places, 0)
        return inside

    def summed(self, kinds: Ints, areas: Ints, months: Ints, values: Ints | int = 1) -> Ints:
        """Sums by cell; what lies in an area counts for the country too."""
        sums = np.zeros(self.shape, dtype=np.int64)
        np.add.at(sums, (kinds, areas, months), values)
        sums[:, 0] = sums.sum(axis=1)
        return sums


def texts(column: Any) -> list[str]:
    """A column of an answer as texts, empty where one is missing."""
    return ["" if each is None else str(each) for each in column.tolist()]


def wholes(column: Any) -> Ints:
    """A column of an answer as whole numbers, 0 where one is missing."""
    return np.ma.filled(np.ma.asarray(column), 0).astype(np.int64)
