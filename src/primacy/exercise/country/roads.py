"""Roads between settlements, and which of them the rains do not cut.

Two places are joined where no third one is nearer to both of them than they are to each other: such roads make one
network, with few detours and few roads.

Source   relative neighbourhood graph (Toussaint 1980)
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Edge = tuple[int, int]
SLACK = 1e-6  # degrees, for what is lost in computing


def joined(points: NDArray[np.float64], candidates: Iterable[Edge]) -> list[Edge]:
    """The pairs of points that a road joins. All pairs of neighbouring Voronoi cells are candidates enough."""
    eastward = np.argsort(points[:, 0], kind="stable")
    x = points[eastward, 0]
    found = []
    for one, other in sorted(candidates):
        length = float(((points[one] - points[other]) ** 2).sum())
        reach = length**0.5 + SLACK
        # Who is nearer than that lies no further to the west or east.
        around = eastward[np.searchsorted(x, points[one, 0] - reach) : np.searchsorted(x, points[one, 0] + reach)]
        nearer = np.maximum(_squares(points[around], points[one]), _squares(points[around], points[other])) < length
        nearer &= (around != one) & (around != other)
        if not nearer.any():
            found.append((one, other))
    return found


def _squares(points: NDArray[np.float64], one: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(((points - one) ** 2).sum(axis=1))


def shortest(lengths: dict[Edge, float], start: int) -> dict[int, int]:
    """The place before each one on the shortest way from the start (Dijkstra 1959)."""
    beside: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (one, other), length in lengths.items():
        beside[one].append((other, length))
        beside[other].append((one, length))
    before: dict[int, int] = {}
    done: set[int] = set()
    queue = [(0.0, start, start)]
    while queue:
        far, here, came = heapq.heappop(queue)
        if here in done:
            continue
        done.add(here)
        before[here] = came
        for other, length in beside[here]:
            if other not in done:
                heapq.heappush(queue, (round(far + length, 3), other, here))
    return before


def trunk(before: dict[int, int], ends: Iterable[int]) -> set[Edge]:
    """The roads on the ways from the start to these ends."""
    found = set()
    for end in ends:
        while before[end] != end:
            found.add((min(end, before[end]), max(end, before[end])))
            end = before[end]
    return found


def together(number: int, edges: Iterable[Edge]) -> list[int]:
    """For each place one that stands for all that are joined with it."""
    stands = list(range(number))

    def leader(each: int) -> int:
        while stands[each] != each:
            stands[each] = stands[stands[each]]
            each = stands[each]
        return each

    for one, other in edges:
        a, b = leader(one), leader(other)
        stands[max(a, b)] = min(a, b)
    return [leader(each) for each in range(number)]
