"""Where people live: towns and villages, their sizes, and the people between them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from primacy.exercise.country.geography import Point

CROWDED = 0.12  # villages stand further apart than this share of the width of their district, where there is room
DRAWS = 40


def places(shape: Any, centre: Point, number: int, chance: np.random.Generator) -> list[Point]:
    """So many points of a district; the first is its centre, where its town is."""
    west, south, east, north = shape.bounds
    drawn = np.column_stack([chance.uniform(west, east, DRAWS), chance.uniform(south, north, DRAWS)]).round(6)
    inside = [(float(x), float(y)) for x, y in drawn[shapely.contains_xy(shape, drawn[:, 0], drawn[:, 1])]]
    apart = CROWDED * min(east - west, north - south)
    found = [centre]
    for each in inside:
        if len(found) < number and all(abs(each[0] - x) + abs(each[1] - y) > apart for x, y in found):
            found.append(each)
    return found


def sizes(ranks: list[float], people: int) -> list[int]:
    """People of each settlement: the largest has n times as many as the n-th (rank-size rule, Zipf 1949).

    `ranks` say who comes before whom; the sizes add up to about `people`, and nobody has none.
    """
    order = sorted(range(len(ranks)), key=lambda each: (ranks[each], each))
    largest = people / sum(1 / place for place in range(1, len(order) + 1))
    found = [0] * len(order)
    for place, each in enumerate(order, 1):
        found[each] = max(1, round(largest / place))
    return found


def scattered(areas: list[float], people: int, chance: np.random.Generator) -> list[int]:
    """People of each district outside the settlements: by its area, more or less."""
    weights = [area * each for area, each in zip(areas, chance.uniform(0.6, 1.4, len(areas)).tolist(), strict=True)]
    total = sum(weights)
    return [round(people * each / total) for each in weights]


def resources(heights: NDArray[np.float64], found: Mapping[str, Any], chance: np.random.Generator) -> list[str]:
    """What each district has, if anything, by how high it lies; no district has two."""
    have = [""] * len(heights)
    for name, each in found.items():
        free = [place for place, already in enumerate(have) if not already]
        order = {"high": -heights, "low": heights, "any": np.zeros(len(heights))}[each["where"]]
        luck = chance.uniform(0, 1, len(heights)) * (np.ptp(heights) / 2 + 1)
        free.sort(key=lambda place: (round(float(order[place] + luck[place]), 3), place))
        for place in free[: max(1, round(each["share"] * len(heights)))]:
            have[place] = name
    return have
