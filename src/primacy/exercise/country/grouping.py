"""Districts put together into provinces that hang together."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from primacy.exercise.country.geography import Point


def groups(centres: Sequence[Point], neighbours: list[list[int]], number: int, first: int) -> list[list[int]]:
    """So many groups of about the same size, each in one piece; the first one begins with `first`.

    Each group begins far from the others; the smallest one that can grow takes the district nearest to its beginning.
    Within a group districts stand in the order of their distance from the one that it began with.
    """
    points = np.array(centres)
    begins = [first]
    while len(begins) < number:
        away = np.min([_distances(points, each) for each in begins], axis=0).round(9)
        begins.append(int(np.argmax(away)))
    found = [[each] for each in begins]
    free = set(range(len(centres))) - set(begins)
    while free:
        can = [(len(group), place) for place, group in enumerate(found) if _beside(group, neighbours, free)]
        group = found[min(can)[1]]
        nearest = min(_beside(group, neighbours, free), key=lambda each: (_apart(centres, group[0], each), each))
        group.append(nearest)
        free.remove(nearest)
    return [sorted(group, key=lambda each: (_apart(centres, group[0], each), each)) for group in found]


def middle(centres: Sequence[Point], group: list[int]) -> int:
    """The district of a group that is nearest to the middle of it."""
    x, y = np.mean([centres[each] for each in group], axis=0)
    return min(group, key=lambda each: (round(math.hypot(centres[each][0] - x, centres[each][1] - y), 6), each))


def _beside(group: list[int], neighbours: list[list[int]], free: set[int]) -> list[int]:
    return sorted({other for each in group for other in neighbours[each]} & free)


def _distances(points: NDArray[np.float64], one: int) -> NDArray[np.float64]:
    return np.asarray(np.hypot(*(points - points[one]).T))


def _apart(centres: Sequence[Point], one: int, other: int) -> float:
    return round(math.dist(centres[one], centres[other]), 9)
