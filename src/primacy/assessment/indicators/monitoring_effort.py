"""How hard was looked, and what that may have done to the counts (monitoring effort).

That twice the patrols find twice as much holds only where most of it goes unseen; where nearly all was seen anyway they
find no more. An event that each unit of effort finds by chance is found with probability 1 - exp(-effort), whose
elasticity falls from one to nothing as effort grows. How much is seen is not known, so neither is the elasticity: the
comparison is judged with none, a half and one of it, each as likely as the others.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from primacy.assessment.rules.grid import Bools, Floats, Ints

CHANGE = 0.15


@dataclass(frozen=True)
class Effort:
    """How hard was looked in both windows, at each point.

    Effort that stayed within 15 % leaves the counts as they are; more has a say in what they mean (`as_rate`); recorded
    for only one of the two windows, no comparison is fair (`changed`); recorded for neither, it is `unknown`.
    """

    series: Floats | None
    as_rate: Bools
    changed: Bools
    unknown: Bools
    times: Floats  # what it is to what it was, by point

    @classmethod
    def of_none(cls, size: int) -> Self:
        """Where the indicator asks for no effort."""
        no = np.zeros(size, dtype=bool)
        return cls(None, no, no, no, np.ones(size))


def looked_in(effort: Floats, ends: Ints, length: int, against: tuple[int, int] | None) -> Effort:
    """Effort by month (m,), and the windows of `length` months that end before `ends`, each with the months before it
    or with the fixed ones of `against`."""
    now = np.array([_mean(effort, end - length, end) for end in ends])
    before = np.array([_mean(effort, *(against or (end - 2 * length, end - length))) for end in ends])
    both = ~np.isnan(now) & ~np.isnan(before)
    ratio = np.divide(now, before, out=np.ones_like(now), where=both & (before > 0))
    as_rate = both & ((np.abs(ratio - 1.0) > CHANGE) | (before <= 0))
    return Effort(effort, as_rate, np.isnan(now) ^ np.isnan(before), np.isnan(now) & np.isnan(before), ratio)


def exposures(effort: Floats) -> tuple[Floats, ...]:
    """What the counts may have been exposed to: effort itself, its square root, and no more than that somebody looked.

    Square roots, not powers, because they are the same on every machine.
    """
    return effort, np.sqrt(effort), np.where(effort > 0, 1.0, effort)


def _mean(series: Floats, start: int, stop: int) -> float:
    if start < 0 or stop > len(series) or stop <= start:
        return float("nan")
    return float(series[start:stop].sum() / (stop - start))
