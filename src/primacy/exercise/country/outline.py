"""The shape of a country, and which part of its edge is sea and which is whose border."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from primacy.exercise.country.geography import Point

SEA = -1


@dataclass(frozen=True)
class Outline:
    """A convex polygon; directions are angles from its centre, in degrees, counted from the east to the north."""

    corners: tuple[Point, ...]
    centre: Point
    seaward: float  # the direction of the middle of the coast
    sea: float  # how much of the horizon is coast
    neighbours: int

    @property
    def polygon(self) -> Any:
        return shapely.Polygon(self.corners)

    def side(self, point: Point) -> int:
        """The number of the neighbour that lies beyond this point of the edge, or SEA."""
        turn = (math.degrees(math.atan2(point[1] - self.centre[1], point[0] - self.centre[0])) - self.seaward) % 360
        inland = turn - self.sea / 2
        share = (360 - self.sea) / self.neighbours
        return int(inland // share) if 0 <= inland < 360 - self.sea else SEA

    def borders(self) -> list[Any]:
        """The straight pieces of the edge beyond which there is no sea."""
        pieces = zip(self.corners, [*self.corners[1:], self.corners[0]], strict=True)
        middles = [(piece, ((piece[0][0] + piece[1][0]) / 2, (piece[0][1] + piece[1][1]) / 2)) for piece in pieces]
        return [shapely.LineString(piece) for piece, middle in middles if self.side(middle) != SEA]

    def inland(self, x: Any, y: Any) -> Any:
        """How far points lie from the coast towards the other end of the country: about -1 to 1."""
        angle = math.radians(self.seaward)
        across = (x - self.centre[0]) * math.cos(angle) + (y - self.centre[1]) * math.sin(angle)
        return -across / max(shapely.bounds(self.polygon)[2] - self.centre[0], 1e-9)


def outline(numbers: Mapping[str, Any], neighbours: int, chance: np.random.Generator) -> Outline:
    """A convex outline around the centre that `geography.yaml` names."""
    (x, y), (wide, high), corners = numbers["centre"], numbers["reach"], numbers["corners"]
    turns = (np.arange(corners) + chance.uniform(-0.3, 0.3, corners)) * 2 * np.pi / corners
    reach = chance.uniform(0.88, 1.08, corners)
    points = np.column_stack([x + wide * reach * np.cos(turns), y + high * reach * np.sin(turns)]).round(6)
    hull = shapely.orient_polygons(shapely.convex_hull(shapely.MultiPoint(points)))
    ring = tuple((float(a), float(b)) for a, b in hull.exterior.coords[:-1])
    return Outline(ring, (x, y), float(chance.integers(0, 360)), float(numbers["sea"]), neighbours)
