"""The invented country itself: boundaries that share their borders, names in two scripts, and people."""

import csv
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import shapely
import yaml

Point = tuple[float, float]
BEND = 0.11  # how far a border strays from the straight line, as a share of its length
HALVINGS = 4
AGES = (("0-14", 0.41), ("15-29", 0.28), ("30-59", 0.25), ("60+", 0.06))
WOMEN = 0.508


@dataclass(frozen=True)
class District:
    code: str
    province: str
    names: dict[str, str]
    centre: Point
    people: int


@dataclass(frozen=True)
class Country:
    code: str
    names: dict[str, str]
    outline: tuple[Point, ...]
    provinces: dict[str, dict[str, str]]  # P-code -> names by language
    districts: tuple[District, ...]

    def inside(self, province: str) -> list[str]:
        return [each.code for each in self.districts if each.province == province]


@cache
def country() -> Country:
    """Ostara as `country.yaml` describes it; P-codes are counted from 01."""
    told = yaml.safe_load((Path(__file__).parent / "country.yaml").read_text("utf-8"))
    provinces: dict[str, dict[str, str]] = {}
    districts: list[District] = []
    for number, province in enumerate(told["provinces"], 1):
        code = f"{told['code']}{number:02}"
        provinces[code] = province["name"]
        districts += [
            District(f"{code}{place:02}", code, each["name"], tuple(each["centre"]), each["people"])
            for place, each in enumerate(province["districts"], 1)
        ]
    outline = tuple((x, y) for x, y in told["outline"])
    return Country(told["code"], told["name"], outline, provinces, tuple(districts))


def write_boundaries(folder: Path) -> Path:
    """One GeoJSON file of districts in the form of a COD-AB; provinces and country follow from it."""
    path = folder / "xos_admin2.geojson"
    features = [
        {"type": "Feature", "properties": _properties(district), "geometry": shapely.geometry.mapping(shape)}
        for district, shape in zip(country().districts, shapes(), strict=True)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), "utf-8")
    return path


def _properties(district: District) -> dict[str, str]:
    here = country()
    named = {0: (here.code, here.names), 1: (district.province, here.provinces[district.province]),
             2: (district.code, district.names)}  # fmt: skip
    properties = {"iso3": here.code, "lang": "en", "lang1": "ar"}
    for level, (code, names) in named.items():
        properties |= {f"adm{level}_pcode": code, f"adm{level}_name": names["en"], f"adm{level}_name1": names["ar"]}
    return properties


def shapes() -> list[Any]:
    """A polygon for each district: cells around the centres, inside the outline, with borders that bend."""
    districts = country().districts
    centres = shapely.MultiPoint([each.centre for each in districts])
    whole = shapely.Polygon(country().outline)
    cells = list(shapely.voronoi_polygons(centres, extend_to=whole).geoms)
    mine = [next(cell for cell in cells if cell.contains(shapely.Point(each.centre))) for each in districts]
    rings = [_ring(shapely.intersection(cell, whole)) for cell in mine]
    corners = sorted({point for ring in rings for point in ring})
    return [shapely.Polygon(_bent(_with_corners(ring, corners))) for ring in rings]


def _ring(shape: Any) -> list[Point]:
    return [(round(x, 6), round(y, 6)) for x, y in shape.exterior.coords[:-1]]


def _with_corners(ring: list[Point], corners: list[Point]) -> list[Point]:
    """The ring with every corner of a neighbour that lies on it, so that both sides bend the same pieces."""
    found: list[Point] = []
    for start, end in _pieces(ring):
        line = shapely.LineString([start, end])
        between = [each for each in corners if each not in (start, end) and line.distance(shapely.Point(each)) < 1e-5]
        found += [start, *sorted(between, key=lambda each: line.project(shapely.Point(each)))]
    return found


def _pieces(ring: list[Point]) -> Iterator[tuple[Point, Point]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def _bent(ring: list[Point]) -> list[Point]:
    bent: list[Point] = []
    for start, end in _pieces(ring):
        first, last = sorted((start, end))
        line = _border(first, last)
        bent += (line if first == start else line[::-1])[:-1]
    return bent


@cache
def _border(start: Point, end: Point) -> list[Point]:
    """A line that bends by chance, the same from both sides because it depends on its two ends alone."""
    chance = random.Random(f"{start}{end}")  # noqa: S311 - a drawing
    line = [start, end]
    for _ in range(HALVINGS):
        halved = [line[0]]
        for (x0, y0), (x1, y1) in pairwise(line):
            bend = chance.uniform(-BEND, BEND)
            middle = ((x0 + x1) / 2 - (y1 - y0) * bend, (y0 + y1) / 2 + (x1 - x0) * bend)
            halved += [(round(middle[0], 6), round(middle[1], 6)), (x1, y1)]
        line = halved
    return line


def write_population(folder: Path, year: int) -> Path:
    """People by district, sex and age in the form of a COD-PS table."""
    path = folder / "xos_population.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            ["ISO3", "ADM1_PCODE", "ADM2_PCODE", "Gender", "Age_range", "Population", "Reference_year", "Source"]
        )
        for code, province, district, sex, age, people in _people():
            source = "Projection of the statistics office (invented)"
            writer.writerow([code, province, district, sex, age, people, year, source])
    return path


def _people() -> Iterator[tuple[str, str, str, str, str, int]]:
    here = country()
    everybody = sum(each.people for each in here.districts)
    yield here.code, "", "", "all", "all", everybody
    for province in here.provinces:
        yield here.code, province, "", "all", "all", sum(e.people for e in here.districts if e.province == province)
    for district in here.districts:
        yield here.code, district.province, district.code, "all", "all", district.people
        for sex, share in (("f", WOMEN), ("m", 1 - WOMEN)):
            for age, part in AGES:
                yield here.code, district.province, district.code, sex, age, round(district.people * share * part)
