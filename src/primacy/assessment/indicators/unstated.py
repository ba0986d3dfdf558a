"""How far a published figure that states no error may be off, by how it went so far.

Two things blur it. It jumps from one publication to the next by itself, which its distance from the line through the
values before and after shows: a steady way has none (Gasser, Sroka & Jennen-Steinmetz 1986, Biometrika 73). And it is
of its own day: what moved since then it does not say; how much such a figure moves in a month its earlier moves show.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

FEWEST = 4  # published values: fewer say nothing of how they go
DAYS = 30.4375  # of a month
DIGITS = 7


@dataclass(frozen=True)
class Way:
    """Standard deviation of one figure, and the variance that each month adds to what it says of later ones."""

    jump: float
    a_month: float

    def error_after(self, days: int) -> float:
        """Standard deviation of what a figure says so many days after its own."""
        return round(math.sqrt(self.jump**2 + self.a_month * max(days, 0) / DAYS), DIGITS)


UNKNOWN = Way(0.0, 0.0)


def whole(values: Sequence[float]) -> bool:
    """Whether a figure goes in whole steps: a class, a yes or no, a number of days."""
    return all(float(value).is_integer() for value in values)


def went(days: Sequence[int], values: Sequence[float]) -> Way:
    """Units    days: numbered, in order, none twice; values: any
    Missing  fewer than FEWEST values: nothing is known, and nothing is allowed for
    """
    if len(values) < FEWEST:
        return UNKNOWN
    published = pairwise(zip(days, values, strict=True))
    steps = [(later - day, value, after) for (day, value), (later, after) in published]
    moves = [(after - value) ** 2 * DAYS / gap for gap, value, after in steps]
    jumps = []
    for (gap, before, value), (next_gap, _, after) in pairwise(steps):
        share = gap / (gap + next_gap)
        distance = value - ((1.0 - share) * before + share * after)
        jumps.append(distance**2 / (1.0 + share**2 + (1.0 - share) ** 2))
    return Way(math.sqrt(math.fsum(jumps) / len(jumps)), math.fsum(moves) / len(moves))
