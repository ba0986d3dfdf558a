"""What is so in the exercise country: every thing that could be measured, with its true value month by month.

Nothing here was seen, counted or asked by anybody. Evidence is made from it; rules are scored against it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from primacy.evidence.store.numbered_days import first_day, last_day, month_index

Floats = NDArray[np.float64]
LISTING = ("expected", "due")  # measures that say what ought to be, not how it is


@dataclass(frozen=True)
class Thing:
    """What is measured, in the words of the columns of a data point.

    `area` is a P-code, "" for the whole country. Of a survey `stratum` is the English name of a province and `group`
    as `sex=f`; both empty is everybody.
    """

    kind: str
    measure: str
    item: str = ""
    category: str = ""
    area: str = ""
    actor: str = ""
    target: str = ""
    group: str = ""
    stratum: str = ""


@dataclass(frozen=True, eq=False)
class Truth:
    """Every thing of a world over its months.

    `values` and `underlying` have one row a thing and one column a month; month 0 begins on the day `first`.

    values      events and effort: how many there really were in the month. States: the value at the end of the month,
                NaN before it exists (what a register expects is 1 from its month on). Estimates: the true level.
                Measure `due`: the number of the month by which it is due. Stages: counted from 1 as `kinds.yaml` names
                them.
    underlying  events: the number that a month would have without season, short memory and chance; else NaN
    """

    first: date
    things: tuple[Thing, ...]
    values: Floats
    underlying: Floats

    def __post_init__(self) -> None:
        shape = (len(self.things), self.values.shape[1] if self.values.ndim == 2 else -1)
        if self.values.shape != shape or self.underlying.shape != shape:
            raise ValueError(
                f"{len(self.things)} things need as many rows of values and of underlying numbers, with the same"
                f" months; there are {self.values.shape} and {self.underlying.shape}"
            )
        if self.first.day != 1:
            raise ValueError(f"{self.first} is no first day of a month")

    @property
    def months(self) -> int:
        return int(self.values.shape[1])

    def until(self, month: int) -> "Truth":
        """The same world as it was known to itself at the end of a month: nothing of later months."""
        return replace(self, values=self.values[:, : month + 1], underlying=self.underlying[:, : month + 1])

    def month_of(self, day: date) -> int:
        """The number of the month in which a day lies; negative before the first."""
        return month_index(day) - month_index(self.first)

    def last_day(self, month: int) -> date:
        """The last day of a month."""
        return last_day(month_index(self.first) + month)

    def first_day(self, month: int) -> date:
        """The first day of a month."""
        return first_day(month_index(self.first) + month)

    @cached_property
    def by_measure(self) -> Mapping[tuple[str, str], tuple[int, ...]]:
        """The rows of each kind and measure, in order."""
        rows: dict[tuple[str, str], list[int]] = {}
        for row, thing in enumerate(self.things):
            rows.setdefault((thing.kind, thing.measure), []).append(row)
        return {key: tuple(numbers) for key, numbers in rows.items()}

    def rows_of(self, kind: str, measure: str = "") -> tuple[int, ...]:
        """The rows of a measure; without one of all measures of the kind but lists of what ought to be."""
        if measure:
            return self.by_measure.get((kind, measure), ())
        own = [rows for (name, each), rows in self.by_measure.items() if name == kind and each not in LISTING]
        return tuple(sorted(row for rows in own for row in rows))
