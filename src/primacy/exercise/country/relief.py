"""Heights, and the rivers that follow from them.

Water leaves every point of a grid towards the neighbour through which the sea is reached with the lowest highest
point on the way; where much of it passes low land it floods in the rains.

Source   draining a surface from its outlets inward by a priority queue (Barnes, Lehman & Mulla 2014)
"""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from primacy.exercise.country.geography import Point
from primacy.exercise.country.outline import SEA, Outline

Floats = NDArray[np.float64]
AROUND = [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)]


@dataclass(frozen=True)
class Relief:
    points: Floats  # (n, 2)
    heights: Floats  # (n,) metres
    beside: list[list[int]]  # points next to each
    outlets: list[int]  # points beside the sea


@dataclass(frozen=True)
class Drainage:
    below: NDArray[np.int64]  # where the water of each point goes; -1 from an outlet
    gathered: NDArray[np.int64]  # number of points whose water passes each


def relief(land: Outline, numbers: Mapping[str, Any], chance: np.random.Generator) -> Relief:
    """Heights on a grid: a slope up from the coast, bumps, and hills along the borders with other countries."""
    west, south, east, north = land.polygon.bounds
    step = numbers["step"]
    grid = np.array(
        [(column, row) for column in range(int((east - west) / step) + 1) for row in range(int((north - south) / step))]
    )
    points = (grid * step + [west, south] + chance.uniform(0, 0.8 * step, grid.shape)).round(6)
    inside = shapely.contains_xy(land.polygon, points[:, 0], points[:, 1])
    grid, points = grid[inside], points[inside]
    at = {(int(column), int(row)): place for place, (column, row) in enumerate(grid)}
    beside = [[at[c + dc, r + dr] for dc, dr in AROUND if (c + dc, r + dr) in at] for c, r in at]
    outlets = [
        place for place, others in enumerate(beside)
        if len(others) < len(AROUND) and land.side((float(points[place, 0]), float(points[place, 1]))) == SEA
    ]  # fmt: skip
    return Relief(points, _heights(land, points, numbers, chance), beside, outlets)


def _heights(land: Outline, points: Floats, numbers: Mapping[str, Any], chance: np.random.Generator) -> Floats:
    found = numbers["slope"] * (1 + land.inland(points[:, 0], points[:, 1])) / 2
    for bump in points[chance.choice(len(points), numbers["bumps"], replace=False)]:
        high = chance.uniform(-0.5, 1.0) * numbers["height"]
        away = ((points - bump) ** 2).sum(axis=1)
        found = found + high * np.exp(-away / (2 * chance.uniform(*numbers["width"]) ** 2))
    rim = numbers["rim"]
    away = shapely.distance(shapely.points(points), shapely.union_all(land.borders()))
    found = found + rim["height"] * np.exp(-away / rim["width"])
    return np.asarray(np.maximum(found, 1.0).round(2))


def drainage(land: Relief) -> Drainage:
    """Where water goes and how much of it passes."""
    below = np.full(len(land.points), -1)
    reached = [False] * len(land.points)
    queue = [(float(land.heights[each]), each) for each in land.outlets]
    for each in land.outlets:
        reached[each] = True
    heapq.heapify(queue)
    order: list[int] = []
    while queue:
        height, here = heapq.heappop(queue)
        order.append(here)
        for other in land.beside[here]:
            if not reached[other]:
                reached[other] = True
                below[other] = here
                heapq.heappush(queue, (max(height, float(land.heights[other])), other))
    gathered = np.ones(len(land.points), dtype=np.int64)
    for here in reversed(order):
        if below[here] >= 0:
            gathered[below[here]] += gathered[here]
    return Drainage(below, gathered)


def courses(land: Relief, water: Drainage, numbers: Mapping[str, Any]) -> list[list[int]]:
    """Points along each river from its source: the largest that reach the sea, and what joins them."""
    total = len(land.points)
    above: dict[int, list[int]] = {}
    for here, there in enumerate(water.below.tolist()):
        above.setdefault(there, []).append(here)
    mouths = sorted(land.outlets, key=lambda each: (-int(water.gathered[each]), each))[: numbers["mouths"]]
    found: list[list[int]] = []
    ends = [(mouth, [mouth]) for mouth in mouths]
    while ends:
        here, course = ends.pop(0)
        while True:
            upward = sorted(above.get(here, []), key=lambda each: (-int(water.gathered[each]), each))
            ends += [
                (each, [here, each]) for each in upward[1:] if water.gathered[each] >= numbers["tributary"] * total
            ]
            if not upward or water.gathered[upward[0]] < numbers["source"] * total:
                break
            here = upward[0]
            course.append(here)
        found.append(course[::-1])
    return [course for course in found if len(course) > 2]


def flooding(land: Relief, course: list[int], numbers: Mapping[str, Any]) -> list[Point]:
    """The points of a river where it floods: on low land."""
    low = float(np.quantile(land.heights, numbers["floods below"]))
    return [(float(x), float(y)) for x, y in land.points[[each for each in course if land.heights[each] < low]]]
