"""The land before it has names and people: cells in the order of their P-codes, provinces, heights, borders."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from primacy.exercise.country.cells import Cells, cells
from primacy.exercise.country.geography import Point
from primacy.exercise.country.grouping import groups, middle
from primacy.exercise.country.outline import SEA, Outline, outline
from primacy.exercise.country.relief import Relief, relief
from primacy.exercise.luck import luck
from primacy.framework.yaml_files import read_yaml

TOWARDS_THE_SEA = 0.35  # where the capital is: a share of the way from the middle of the country to the coast


@cache
def numbers() -> Mapping[str, Any]:
    """The file of the land's numbers."""
    found: Mapping[str, Any] = read_yaml((Path(__file__).parent / "geography.yaml").read_bytes())
    return found


@dataclass(frozen=True)
class Land:
    """Lists have one entry for each district, in the order of their codes."""

    outline: Outline
    cells: Cells
    shapes: list[Any]  # polygons
    neighbours: list[list[int]]
    provinces: list[int]
    capitals: list[int]  # of each province, the first that of the country
    borders: list[int]  # the number of the neighbour country, or SEA where there is none
    relief: Relief


def land(seed: int, districts: int, provinces: int, abroad: int) -> Land:
    """`provinces` and `abroad` are numbers of provinces and of neighbour countries."""
    edge = outline(numbers(), abroad, luck(seed, "outline"))
    divided = cells(
        edge.polygon, districts, relaxations=numbers()["relaxations"], bend=numbers()["bend"],
        chance=luck(seed, "districts", districts),
    )  # fmt: skip
    grouped = _provinces(edge, divided, provinces)
    ordered = _in_order(divided, [each for group in grouped for each in group])
    sizes = [len(group) for group in grouped]
    return Land(
        edge, ordered, [shapely.Polygon(ring) for ring in ordered.rings], ordered.neighbours(),
        [place for place, size in enumerate(sizes) for _ in range(size)],
        [sum(sizes[:place]) for place in range(len(sizes))],
        _borders(edge, ordered), relief(edge, numbers()["relief"], luck(seed, "relief")),
    )  # fmt: skip


def _provinces(edge: Outline, divided: Cells, number: int) -> list[list[int]]:
    """Districts of each province, its capital first; the province of the country's capital first."""
    neighbours = divided.neighbours()
    angle = math.radians(edge.seaward)
    wide, high = numbers()["reach"]
    meant = (
        edge.centre[0] + TOWARDS_THE_SEA * wide * math.cos(angle),
        edge.centre[1] + TOWARDS_THE_SEA * high * math.sin(angle),
    )
    first = min(range(len(divided.centres)), key=lambda each: (round(math.dist(divided.centres[each], meant), 6), each))
    found = groups(divided.centres, neighbours, number, first)
    return [group if not place else _led(group, divided.centres) for place, group in enumerate(found)]


def _led(group: list[int], centres: tuple[Point, ...]) -> list[int]:
    """The group with the district in its middle first and the others by their distance from it."""
    capital = middle(centres, group)
    return sorted(group, key=lambda each: (round(math.dist(centres[each], centres[capital]), 6), each))


def _in_order(divided: Cells, order: list[int]) -> Cells:
    at = {old: new for new, old in enumerate(order)}
    return replace(
        divided,
        centres=tuple(divided.centres[each] for each in order),
        rings=tuple(divided.rings[each] for each in order),
        between={piece: tuple(sorted(at[each] for each in sides)) for piece, sides in divided.between.items()},
    )


def _borders(edge: Outline, divided: Cells) -> list[int]:
    """The neighbour country with which each district has the longest border."""
    lengths = np.zeros((len(divided.centres), edge.neighbours))
    for (start, end), sides in divided.between.items():
        beyond = edge.side(((start[0] + end[0]) / 2, (start[1] + end[1]) / 2))
        if len(sides) == 1 and beyond != SEA:
            lengths[sides[0], beyond] += round(math.dist(start, end), 9)
    return [int(row.argmax()) if row.any() else SEA for row in lengths]
