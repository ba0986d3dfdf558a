"""A land divided into cells whose borders bend, and are the same seen from both sides.

The cells are those of a Voronoi diagram. A border bends inside the two triangles that it makes with the centres on
its sides; such triangles fill a cell and do not overlap, so that bent borders can neither cross nor leave a gap.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

from primacy.exercise.country.geography import Point

HALVINGS = 4
OUTWARD = 0.2  # how far the edge of the country may bulge, as a share of a piece's length
GENTLEST = 6  # after so many halvings of the bend a border stays straight

Piece = tuple[Point, Point]  # two corners, in order


@dataclass(frozen=True)
class Cells:
    centres: tuple[Point, ...]
    rings: tuple[tuple[Point, ...], ...]  # of each cell, with its bent borders
    between: dict[Piece, tuple[int, ...]]  # the straight piece -> the one or two cells that it bounds
    lines: dict[Piece, list[Point]]  # the straight piece -> how it bends

    def neighbours(self) -> list[list[int]]:
        """The cells that share a border with each."""
        found: list[list[int]] = [[] for _ in self.centres]
        for sides in self.between.values():
            if len(sides) == 2:
                found[sides[0]].append(sides[1])
                found[sides[1]].append(sides[0])
        return [sorted(set(each)) for each in found]


def cells(whole: Any, number: int, *, relaxations: int, bend: float, chance: np.random.Generator) -> Cells:
    """Cells of a convex polygon.

    Source   centres evened out by moving each to the middle of its cell (Lloyd 1982)
    """
    centres = _inside(whole, number, chance)
    for _ in range(relaxations):
        centres = shapely.get_coordinates(shapely.centroid(_divided(whole, centres))).round(6)
    rings = [_ring(each) for each in _divided(whole, centres)]
    bounded: dict[Piece, list[int]] = defaultdict(list)
    for cell, ring in enumerate(rings):
        for start, end in _pieces(ring):
            bounded[min(start, end), max(start, end)].append(cell)
    between = {piece: tuple(bounded[piece]) for piece in sorted(bounded)}
    points = tuple((float(x), float(y)) for x, y in centres)
    lines = {piece: _line(piece, [points[cell] for cell in sides], bend, chance) for piece, sides in between.items()}
    return Cells(points, tuple(tuple(_bent(ring, lines)) for ring in rings), between, lines)


def _inside(whole: Any, number: int, chance: np.random.Generator) -> Any:
    """Points anywhere in a polygon."""
    west, south, east, north = whole.bounds
    found = np.empty((0, 2))
    while len(found) < number:
        drawn = np.column_stack([chance.uniform(west, east, number), chance.uniform(south, north, number)]).round(6)
        found = np.concatenate([found, drawn[shapely.contains_xy(whole, drawn[:, 0], drawn[:, 1])]])
    return found[:number]


def _divided(whole: Any, centres: Any) -> Any:
    """The cell of each centre, cut by the outline."""
    diagram = shapely.voronoi_polygons(shapely.MultiPoint(centres), extend_to=whole, ordered=True)
    return shapely.intersection(shapely.get_parts(diagram), whole)


def _ring(shape: Any) -> list[Point]:
    points = [(round(x, 6), round(y, 6)) for x, y in shape.exterior.coords]
    return [start for start, end in pairwise(points) if start != end]


def _pieces(ring: list[Point]) -> Iterator[Piece]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def _bent(ring: list[Point], lines: dict[Piece, list[Point]]) -> list[Point]:
    bent: list[Point] = []
    for start, end in _pieces(ring):
        bent += lines[start, end][:-1] if start < end else lines[end, start][:0:-1]
    return bent


def _line(piece: Piece, centres: list[Point], bend: float, chance: np.random.Generator) -> list[Point]:
    """A piece that bends by chance as far as its two triangles have room for it and it does not cross itself."""
    bends = chance.uniform(-bend, bend, 2**HALVINGS - 1)
    room = shapely.Polygon([piece[0], centres[0], piece[1], centres[1] if centres[1:] else _outward(piece, centres[0])])
    for _ in range(GENTLEST):
        line = _halved(piece, [float(each) for each in bends])
        drawn = shapely.LineString(line)
        if drawn.is_simple and room.covers(drawn):
            return line
        bends = bends / 2
    return list(piece)


def _halved(piece: Piece, bends: list[float]) -> list[Point]:
    line, left = list(piece), iter(bends)
    for _ in range(HALVINGS):
        halved = [line[0]]
        for (x0, y0), (x1, y1) in pairwise(line):
            aside = next(left)
            halved += [
                (round((x0 + x1) / 2 - (y1 - y0) * aside, 6), round((y0 + y1) / 2 + (x1 - x0) * aside, 6)), (x1, y1),
            ]  # fmt: skip
        line = halved
    return line


def _outward(piece: Piece, centre: Point) -> Point:
    """The top of a flat triangle outside the country: on different pieces of a convex outline they do not overlap."""
    (x0, y0), (x1, y1) = piece
    side = (x1 - x0) * (centre[1] - y0) - (y1 - y0) * (centre[0] - x0)
    aside = -OUTWARD if side > 0 else OUTWARD
    return (x0 + x1) / 2 - (y1 - y0) * aside, (y0 + y1) / 2 + (x1 - x0) * aside
