"""The geometry of a map of areas: outlines as paths, names where they fit, one class for each filling.

Pure: shapely geometries in, path texts out. The projection is equirectangular at the map's middle latitude,
which is right for one country at the size of a page.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians

from shapely import get_coordinates
from shapely.geometry.base import BaseGeometry

RAMP = 5
HATCHED = ("unknown", "status-insufficient-evidence")
MOST_DRAWN = 600  # outlines that are remembered as drawn: every page with a map asks for the same ones
LETTER = 6.2  # width of a letter of a name, in units of the drawing


@dataclass(frozen=True)
class Shape:
    """One area as drawn. `words` is the alternative text: name and value."""

    code: str
    path: str
    filling: str
    words: str
    disputed: bool = False


@dataclass(frozen=True)
class Name:
    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Map:
    width: int
    height: int
    id: str
    shapes: tuple[Shape, ...]
    names: tuple[Name, ...]
    key: tuple[tuple[str, str], ...] = ()

    @property
    def hatched(self) -> bool:
        return any(shape.filling in HATCHED for shape in self.shapes)

    @property
    def disputed(self) -> bool:
        return any(shape.disputed for shape in self.shapes)


def draw(
    outlines: Iterable[tuple[str, str, BaseGeometry]],
    fillings: Mapping[str, str],
    words: Mapping[str, str],
    *,
    id: str,
    width: int = 300,
    disputed: Container[str] = (),
    key: Iterable[tuple[str, str]] = (),
) -> Map | None:
    """A map of `outlines` (code, name, geometry in degrees), or None where there is nothing to draw.

    `fillings` gives the class of each area's filling, and an area it does not name is hatched as unknown;
    `words` is what each area says, by code; `key` says what fillings stand for. Areas among
    `disputed` are drawn last, with a dashed outline.
    """
    areas = [(code, name, shape) for code, name, shape in outlines if not shape.is_empty]
    if not areas:
        return None
    frame = _Frame.around([shape for _, _, shape in areas], width)
    shapes = tuple(
        Shape(code, _path(shape, frame), fillings.get(code, "unknown"), words.get(code, name), code in disputed)
        for code, name, shape in sorted(areas, key=lambda each: each[0] in disputed)
    )
    return Map(width, frame.height, id, shapes, _names(areas, frame), tuple(key))


@dataclass(frozen=True)
class _Frame:
    """Where degrees fall on a drawing of some width."""

    west: float
    north: float
    shrink: float
    scale: float
    width: int
    height: int

    @classmethod
    def around(cls, shapes: Sequence[BaseGeometry], width: int) -> "_Frame":
        west, south, east, north = (
            choose(shape.bounds[side] for shape in shapes) for side, choose in enumerate((min, min, max, max))
        )
        shrink = cos(radians((south + north) / 2))
        scale = (width - 8) / max((east - west) * shrink, 1e-9)
        return cls(west, north, shrink, scale, width, round((north - south) * scale) + 8)

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        return round(4 + (lon - self.west) * self.shrink * self.scale, 1), round(4 + (self.north - lat) * self.scale, 1)


@lru_cache(maxsize=MOST_DRAWN)
def _path(shape: BaseGeometry, frame: _Frame) -> str:
    rings = []
    for polygon in getattr(shape, "geoms", [shape]):
        if polygon.geom_type != "Polygon":
            continue
        for ring in (polygon.exterior, *polygon.interiors):
            points = [frame.place(lon, lat) for lon, lat in get_coordinates(ring)[:-1]]
            kept = [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]
            if len(kept) > 2:
                rings.append("M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z")
    return "".join(rings)


@lru_cache(maxsize=MOST_DRAWN)
def _inside(shape: BaseGeometry) -> tuple[float, float]:
    point = shape.representative_point()
    return point.x, point.y


def _names(areas: list[tuple[str, str, BaseGeometry]], frame: _Frame) -> tuple[Name, ...]:
    """Names at a point inside their area, largest areas first, leaving out those that would cover another."""
    placed: list[Name] = []
    for _code, name, shape in sorted(areas, key=lambda each: -each[2].area):
        x, middle = frame.place(*_inside(shape))
        y = middle + 4
        half = LETTER / 2 * len(name)
        x = min(max(x, half), frame.width - half)
        if all(abs(other.y - y) > 13 or abs(other.x - x) > half + LETTER / 2 * len(other.words) for other in placed):
            placed.append(Name(x, y, name))
    return tuple(placed)


def ramp(values: Mapping[str, float | None]) -> dict[str, str]:
    """Five classes of equal width from the least to the greatest value; unknown areas are left out.

    One value alone, or values all alike, take the middle of the ramp.
    """
    known = {code: value for code, value in values.items() if value is not None}
    if not known:
        return {}
    low, high = min(known.values()), max(known.values())
    if high == low:
        return dict.fromkeys(known, "ramp-3")
    return {code: f"ramp-{min(RAMP, 1 + int(RAMP * (value - low) / (high - low)))}" for code, value in known.items()}


def shades(values: Mapping[str, float | None]) -> list[tuple[str, float, float]]:
    """(class, least, greatest value) of each class of the ramp that some area has, lightest first."""
    found: dict[str, list[float]] = {}
    for code, filling in ramp(values).items():
        value = values[code]
        if value is not None:
            found.setdefault(filling, []).append(value)
    return [(filling, min(each), max(each)) for filling, each in sorted(found.items())]
