"""The points in time at which every rule is judged: the assessment's day and the month ends before it."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from primacy.evidence.store.numbered_days import day_number, last_day, month_index

REPORTED = 36  # points that holding, reversal and the history look at
DEEPER = 48  # months more, so that `sustained` and "12 months ago" can be judged at the first of them

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


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
