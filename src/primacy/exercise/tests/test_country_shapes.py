"""Parts of the land by themselves: cells whose borders bend, groups, roads, water, sizes."""

from itertools import combinations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.exercise.country import roads, settling
from primacy.exercise.country.cells import cells
from primacy.exercise.country.grouping import groups
from primacy.exercise.country.land import numbers
from primacy.exercise.country.outline import SEA, outline
from primacy.exercise.country.relief import drainage, relief
from primacy.exercise.luck import luck

SEEDS = st.integers(0, 2**32)
POINTS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=12, unique=True
)  # fmt: skip


@given(SEEDS, st.integers(2, 40), st.floats(0, 0.5))
@settings(max_examples=12)
def test_cells_fill_the_land_however_much_their_borders_bend(seed: int, number: int, bend: float) -> None:
    land = shapely.box(0, 0, 3, 2)
    found = cells(land, number, relaxations=1, bend=bend, chance=luck(seed))
    drawn = [shapely.Polygon(ring) for ring in found.rings]
    whole = shapely.union_all(drawn)
    assert all(each.is_valid for each in drawn)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    assert sum(each.area for each in drawn) == pytest.approx(whole.area)
    assert all(each.contains(shapely.Point(centre)) for each, centre in zip(drawn, found.centres, strict=True))


def test_without_a_bend_borders_are_straight() -> None:
    found = cells(shapely.box(0, 0, 3, 2), 5, relaxations=0, bend=0.0, chance=luck(1))
    whole = shapely.union_all([shapely.Polygon(ring) for ring in found.rings])
    assert whole.symmetric_difference(shapely.box(0, 0, 3, 2)).area < 1e-5


@given(SEEDS)
@settings(max_examples=8)
def test_the_edge_has_a_coast_and_a_side_for_each_neighbour(seed: int) -> None:
    found = outline(numbers(), 3, luck(seed))
    turns = np.radians(np.arange(0, 360, 5))
    sides = [found.side((found.centre[0] + float(np.cos(t)), found.centre[1] + float(np.sin(t)))) for t in turns]
    assert set(sides) == {SEA, 0, 1, 2}
    assert sides.count(SEA) == pytest.approx(len(turns) * numbers()["sea"] / 360, abs=2)
    assert found.polygon.is_valid
    assert found.polygon.equals(found.polygon.convex_hull)


def test_groups_are_of_about_one_size_and_hang_together() -> None:
    centres = [(float(x), float(y)) for y in range(4) for x in range(6)]
    beside = [[m for m, (u, v) in enumerate(centres) if abs(u - x) + abs(v - y) == 1] for x, y in centres]
    found = groups(centres, beside, 4, 7)
    assert found[0][0] == 7
    assert sorted(each for group in found for each in group) == list(range(24))
    assert max(map(len, found)) - min(map(len, found)) <= 2
    for group in found:
        inside = [(group.index(a), group.index(b)) for a in group for b in beside[a] if b in group]
        assert set(roads.together(len(group), inside)) == {0}


@given(POINTS)
@settings(max_examples=25)
def test_roads_join_all_and_none_has_a_place_between_its_ends(points: list[tuple[int, int]]) -> None:
    at = np.array(points, dtype=float)
    pairs = [(a, b) for a in range(len(points)) for b in range(a + 1, len(points))]
    found = roads.joined(at, pairs)
    assert set(roads.together(len(points), found)) == {0}
    for one, other in found:
        apart = np.hypot(*(at[one] - at[other]))
        for third in set(range(len(points))) - {one, other}:
            assert max(np.hypot(*(at[third] - at[one])), np.hypot(*(at[third] - at[other]))) >= apart - 1e-9


def test_the_trunk_takes_the_shortest_ways() -> None:
    lengths = {(0, 1): 5.0, (1, 2): 5.0, (0, 2): 20.0, (2, 3): 1.0, (1, 4): 1.0}
    assert roads.trunk(roads.shortest(lengths, 0), [3]) == {(0, 1), (1, 2), (2, 3)}


@given(SEEDS)
@settings(max_examples=4)
def test_all_water_reaches_the_sea(seed: int) -> None:
    edge = outline(numbers(), 2, luck(seed, "outline"))
    found = relief(edge, numbers()["relief"], luck(seed, "relief"))
    water = drainage(found)
    assert sum(int(water.gathered[each]) for each in found.outlets) == len(found.points)
    assert {place for place, there in enumerate(water.below.tolist()) if there < 0} == set(found.outlets)


def test_the_second_largest_settlement_is_half_the_first() -> None:
    assert settling.sizes([3.0, 1.0, 2.0], 1100) == [200, 600, 300]


@given(st.integers(0, 10_000), st.integers(2, 25))
@settings(max_examples=40)
def test_a_road_joins_two_places_where_no_third_is_nearer_to_both(seed: int, number: int) -> None:
    points = luck(seed, "roads").uniform(-3, 3, (number, 2)).round(6)
    apart = ((points[:, None] - points[None]) ** 2).sum(axis=2)
    pairs = [
        (one, other)
        for one, other in combinations(range(number), 2)
        if not any(
            max(apart[one, third], apart[other, third]) < apart[one, other]
            for third in range(number)
            if third not in (one, other)
        )
    ]
    assert roads.joined(points, combinations(range(number), 2)) == pairs
