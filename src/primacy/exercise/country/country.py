"""An invented country, made from a seed: the same seed gives the same country on every machine."""

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

import numpy as np
import shapely
from numpy.typing import NDArray

from primacy.exercise.country import naming, roads, settling
from primacy.exercise.country.geography import (
    Country,
    District,
    Names,
    Neighbour,
    Organisation,
    Point,
    Province,
    River,
    Road,
    Settlement,
)
from primacy.exercise.country.land import Land, land, numbers
from primacy.exercise.country.outline import SEA
from primacy.exercise.country.relief import courses, drainage, flooding
from primacy.exercise.luck import luck
from primacy.places.distances import great_circle_km

__all__ = [
    "Country", "District", "Names", "Neighbour", "Organisation", "Point", "Province", "River", "Road", "Settlement",
    "country", "districts_at",
]  # fmt: skip


@lru_cache(8)
def country(seed: int = 1, scale: float = 1.0) -> Country:
    """The country of a seed.

    `scale`  above 1 there are more districts on the same land (24 for each whole), each as peopled as at scale 1
    Raises   ValueError where the scale is not positive or the names do not suffice
    """
    if not (math.isfinite(scale) and scale > 0):
        raise ValueError(f"a scale is a number above 0, not {scale}")
    told = naming.told()
    number = districts_at(scale)
    names = naming.place_names(number, luck(seed, "names"))  # refuses what there are no names for, before the long work
    bare = land(seed, number, len(told["provinces"]), len(told["neighbours"]))
    codes = _codes(bare, told["code"])
    settlements = _settlements(seed, bare, codes, *names)
    network = _roads(seed, bare, settlements)
    edge = _edge(bare)
    rivers = _rivers(bare, codes, edge)
    districts = _districts(seed, bare, codes, settlements, network, rivers)
    provinces = tuple(
        Province(_of_province(codes[capital]), naming.spelt(word), codes[capital])
        for capital, word in zip(bare.capitals, told["provinces"], strict=True)
    )
    return Country(
        told["code"], naming.spelt(told["country"]), edge, provinces, districts,
        tuple(each for group in settlements for each in group), tuple(network), tuple(rivers), naming.neighbours(),
        naming.organisations([each.code for each in provinces]),
    )  # fmt: skip


def districts_at(scale: float) -> int:
    """How many districts a country of this scale has: below 1 as many as at 1."""
    least = int(numbers()["districts"])
    return max(least, round(least * scale))


def _codes(bare: Land, code: str) -> list[str]:
    """P-codes of districts: the country, two digits for the province, two or more for the district."""
    places = [place - bare.capitals[province] + 1 for place, province in enumerate(bare.provinces)]
    width = max(2, len(str(max(places))))
    return [f"{code}{province + 1:02}{n:0{width}}" for province, n in zip(bare.provinces, places, strict=True)]


def _of_province(code: str) -> str:
    """The P-code of the province in which a district lies."""
    return code[: len(naming.told()["code"]) + 2]


def _edge(bare: Land) -> tuple[Point, ...]:
    """The outline with its bends; without the first point again."""
    return tuple((x, y) for x, y in shapely.union_all(bare.shapes).exterior.coords[:-1])


def _settlements(
    seed: int, bare: Land, codes: list[str], own: list[Names], others: Iterator[Names]
) -> list[list[Settlement]]:
    """Those of each district, its town first."""
    chance = luck(seed, "settlements", len(codes))
    least, most = numbers()["settlements"]
    found = [
        settling.places(shape, centre, int(chance.integers(least, most + 1)), chance)
        for shape, centre in zip(bare.shapes, bare.cells.centres, strict=True)
    ]
    ranks = [_rank(bare, district, place) for district, points in enumerate(found) for place in range(len(points))]
    ranks = [rank + luck for rank, luck in zip(ranks, chance.random(len(ranks)).tolist(), strict=True)]
    people = iter(settling.sizes(ranks, round(_everybody(codes) * numbers()["settled"])))
    return [
        [
            Settlement(
                f"{code}-{place + 1:02}", code, own[district] if not place else next(others), point, next(people)
            )
            for place, point in enumerate(points)
        ]
        for district, (code, points) in enumerate(zip(codes, found, strict=True))
    ]


def _rank(bare: Land, district: int, place: int) -> float:
    """Before chance: the capital, capitals of provinces, other towns, villages."""
    if place:
        return 2.5
    return -1.0 if district == bare.capitals[0] else 0.3 if district in bare.capitals else 1.0


def _everybody(codes: list[str]) -> int:
    return int(numbers()["people"]) * len(codes)


def _roads(seed: int, bare: Land, settlements: list[list[Settlement]]) -> list[Road]:
    """Roads between towns of neighbouring districts, and in each district between its settlements."""
    chance = luck(seed, "roads", len(settlements))
    towns = [group[0] for group in settlements]
    beside = {(one, other) for one, others in enumerate(bare.neighbours) for other in others if one < other}
    pairs = roads.joined(np.array([each.point for each in towns]), beside)
    lengths = {pair: _length(towns[pair[0]], towns[pair[1]]) for pair in pairs}
    # The state reaches the last province by no good road, and the last district there by none at all in the rains.
    trunk = roads.trunk(roads.shortest(lengths, bare.capitals[0]), bare.capitals[:-1])
    cut_off, shares = len(towns) - 1, numbers()["paved"]
    found = []
    for (one, other), length in lengths.items():
        paved = bool(chance.random() < shares["between towns"]) or (one, other) in trunk
        found.append(Road(towns[one].code, towns[other].code, length, paved and cut_off not in (one, other)))
    for group in settlements:
        points = np.array([each.point for each in group])
        for one, other in roads.joined(points, combinations(range(len(group)), 2)):
            paved = bool(chance.random() < shares["from a town to its villages"]) and not one
            found.append(Road(group[one].code, group[other].code, _length(group[one], group[other]), paved))
    return found


def _length(one: Settlement, other: Settlement) -> float:
    straight = float(great_circle_km(*one.point, *other.point))
    return round(straight * float(numbers()["winding"]), 1)


def _rivers(bare: Land, codes: list[str], outline: tuple[Point, ...]) -> list[River]:
    """Rivers with the districts that they flood; one that reaches the sea ends at the coast."""
    shares = numbers()["rivers"]
    tree = shapely.STRtree(bare.shapes)
    edge = shapely.Polygon(outline).exterior
    found = []
    for course in courses(bare.relief, drainage(bare.relief), shares):
        points = [(float(x), float(y)) for x, y in bare.relief.points[course]]
        if course[-1] in bare.relief.outlets:
            x, y = edge.interpolate(edge.project(shapely.Point(points[-1]))).coords[0]
            points.append((round(x, 6), round(y, 6)))
        low = flooding(bare.relief, course, shares)
        flooded = tree.query(shapely.points(low), predicate="intersects")[1] if low else []
        found.append(River(tuple(points), tuple(sorted({codes[each] for each in flooded}))))
    return found


def _districts(
    seed: int, bare: Land, codes: list[str], settlements: list[list[Settlement]], network: list[Road],
    rivers: list[River],
) -> tuple[District, ...]:  # fmt: skip
    chance = luck(seed, "people", len(codes))
    outside = _everybody(codes) - round(_everybody(codes) * numbers()["settled"])
    scattered = settling.scattered([float(each.area) for each in bare.shapes], outside, chance)
    resources = settling.resources(_heights(bare), numbers()["resources"], luck(seed, "resources", len(codes)))
    reached = _reached(bare, settlements, network)
    floods = {code for river in rivers for code in river.floods}
    abroad = list(naming.told()["neighbours"])
    return tuple(
        District(
            code, _of_province(codes[bare.capitals[bare.provinces[n]]]), settlements[n][0].names, bare.cells.centres[n],
            scattered[n] + sum(each.people for each in settlements[n]), bare.cells.rings[n],
            tuple(codes[each] for each in bare.neighbours[n]), reached[n], code in floods,
            "" if bare.borders[n] == SEA else abroad[bare.borders[n]], resources[n],
        )
        for n, code in enumerate(codes)
    )  # fmt: skip


def _heights(bare: Land) -> NDArray[np.float64]:
    """Metres at the centre of each district: those of the nearest point of the relief."""
    tree = shapely.STRtree(shapely.points(bare.relief.points))
    return np.asarray(bare.relief.heights[tree.nearest(shapely.points(bare.cells.centres))])


def _reached(bare: Land, settlements: list[list[Settlement]], network: list[Road]) -> list[bool]:
    """Whether the town of each district is joined to the capital of its province by roads that the rains do not cut."""
    at = {each.code: place for place, each in enumerate(each for group in settlements for each in group)}
    stands = roads.together(len(at), [(at[road.start], at[road.end]) for road in network if road.paved])
    towns = [stands[at[group[0].code]] for group in settlements]
    return [towns[n] == towns[bare.capitals[province]] for n, province in enumerate(bare.provinces)]
