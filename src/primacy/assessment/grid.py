"""The points in time at which every rule is judged: the assessment's day and the month ends before it."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

REPORTED = 36  # points that holding, reversal and the history look at
DEEPER = 48  # months more, so that `sustained` and "12 months ago" can be judged at the first of them
EPOCH = date(1970, 1, 1)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def month_index(day: date) -> int:
    """Months since January of year 0."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> date:
    return first_day(month + 1) - timedelta(days=1)


def day_number(day: date) -> int:
    """Days since 1970-01-01, as the columns of evidence count them."""
    return (day - EPOCH).days


@dataclass(frozen=True)
class Grid:
    """`days` oldest first, the assessment's own day last; `ends` the first month not yet complete at each."""

    as_of: date

    @cached_property
    def days(self) -> tuple[date, ...]:
        month = month_index(self.as_of)
        earlier = [last_day(month - back) for back in range(REPORTED + DEEPER - 1, 0, -1)]
        return (*earlier, self.as_of)

    @cached_property
    def numbers(self) -> Ints:
        return np.array([day_number(day) for day in self.days], dtype=np.int64)

    @cached_property
    def ends(self) -> Ints:
        """Month index after the last complete month at each point."""
        complete = [month_index(day + timedelta(days=1)) for day in self.days]
        return np.array(complete, dtype=np.int64)

    @property
    def has_incomplete_month(self) -> bool:
        """Whether the assessment's day lies inside a month."""
        return (self.as_of + timedelta(days=1)).day != 1

    def __len__(self) -> int:
        return len(self.days)
