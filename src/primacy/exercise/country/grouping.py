"""Districts put together into provinces that hang together."""

import math
from collections.abc import Sequence
from heapq import heappop, heappush

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
    found: list[list[int]] = [[] for _ in begins]
    free = set(range(len(centres)))
    beside: list[list[tuple[float, int]]] = [[(0.0, each)] for each in begins]  # of each group, the nearest first
    while free:
        for around in beside:
            while around and around[0][1] not in free:
                heappop(around)
        _size, place = min((len(group), place) for place, group in enumerate(found) if beside[place])
        _apart_from, nearest = heappop(beside[place])
        found[place].append(nearest)
        free.remove(nearest)
        for each in neighbours[nearest]:
            if each in free:
                heappush(beside[place], (_apart(centres, begins[place], each), each))
    return [sorted(group, key=lambda each: (_apart(centres, group[0], each), each)) for group in found]


def middle(centres: Sequence[Point], group: list[int]) -> int:
    """The district of a group that is nearest to the middle of it."""
    x, y = np.mean([centres[each] for each in group], axis=0)
    return min(group, key=lambda each: (round(math.hypot(centres[each][0] - x, centres[each][1] - y), 6), each))


def _distances(points: NDArray[np.float64], one: int) -> NDArray[np.float64]:
    return np.asarray(np.hypot(*(points - points[one]).T))


def _apart(centres: Sequence[Point], one: int, other: int) -> float:
    return round(math.dist(centres[one], centres[other]), 9)
