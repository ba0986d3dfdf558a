"""The invented country: whole, in one piece on every seed, and the same for everybody who names the same seed."""

import hashlib
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.exercise.country.country import Country, country
from primacy.exercise.country.roads import together
from primacy.exercise.ledger.entries import entries
from primacy.places.countries import countries, country_name, iso3_of
from primacy.places.distances import great_circle_km

SEEDS = st.integers(0, 2**32)


def shapes(here: Country) -> list[shapely.Polygon]:
    return [shapely.Polygon(each.polygon) for each in here.districts]


# ---- the same for everybody


def test_a_country_takes_well_under_a_second() -> None:
    country.cache_clear()
    country(3)  # what is read once is read
    begun = time.process_time()
    country(4)
    assert time.process_time() - begun < 0.8


@given(SEEDS)
@settings(max_examples=4)
def test_the_same_seed_gives_the_same_country(seed: int) -> None:
    first = repr(country(seed))
    country.cache_clear()
    assert repr(country(seed)) == first


def test_another_process_gives_the_same_country_whatever_order_its_sets_have() -> None:
    code = (
        "import hashlib; from primacy.exercise.country.country import country;"
        "print(hashlib.sha256(repr(country(1)).encode()).hexdigest())"
    )
    environment = os.environ | {"PYTHONHASHSEED": "12345", "PYTHONPATH": os.pathsep.join(sys.path)}
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True)
    assert said.stdout.strip() == hashlib.sha256(repr(country(1)).encode()).hexdigest()


def test_another_seed_gives_another_country() -> None:
    one, other = country(1), country(2)
    assert one.outline != other.outline
    assert {each.names["en"] for each in one.districts} != {each.names["en"] for each in other.districts}
    assert replace(one, districts=()).names == other.names, "but its name is fixed"


# ---- its code and name


def test_the_code_is_one_that_the_standard_leaves_to_users() -> None:
    code = country().code
    assert "XAA" <= code <= "XZZ"
    assert code not in countries()
    assert code[:2] not in {each.iso2 for each in countries().values()}, "P-codes would be taken for another country's"
    assert iso3_of(code) == code


def test_it_and_its_neighbours_have_no_name_of_a_country() -> None:
    here = country()
    real = {country_name(code, language).casefold() for code in countries() for language in ("en", "fr", "ar")}
    real |= {each.name.casefold() for each in countries().values()}
    assert not real & {name.casefold() for each in (here, *here.neighbours) for name in each.names.values()}


# ---- the land


def districts_share_their_borders_and_leave_no_hole(here: Country) -> None:
    drawn = shapes(here)
    whole = shapely.union_all(drawn)
    assert all(each.is_valid for each in drawn)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    assert sum(each.area for each in drawn) == pytest.approx(whole.area)
    assert shapely.Polygon(here.outline).equals(whole)
    assert set(here.outline) <= {point for each in here.districts for point in each.polygon}


def neighbours_are_those_who_share_a_border(here: Country) -> None:
    drawn = {each.code: shape for each, shape in zip(here.districts, shapes(here), strict=True)}
    beside = {each.code: each.neighbours for each in here.districts}
    for each in here.districts:
        assert each.neighbours
        for other in each.neighbours:
            assert each.code in beside[other]
            assert drawn[each.code].intersection(drawn[other]).length > 0
    tree = shapely.STRtree(list(drawn.values()))
    touching = {tuple(sorted(pair)) for pair in tree.query(list(drawn.values()), predicate="touches").T.tolist()}
    codes = list(drawn)
    shared = {pair for pair in touching if drawn[codes[pair[0]]].intersection(drawn[codes[pair[1]]]).length > 1e-6}
    assert shared <= {
        tuple(sorted((codes.index(e.code), codes.index(o)))) for e in here.districts for o in e.neighbours
    }


def provinces_hang_together_and_begin_with_their_capital(here: Country) -> None:
    drawn = {each.code: shape for each, shape in zip(here.districts, shapes(here), strict=True)}
    assert 4 <= len(here.provinces) <= 6
    for province in here.provinces:
        inside = here.inside(province.code)
        assert inside[0] == province.capital_district
        assert all(code.startswith(province.code) for code in inside)
        assert shapely.union_all([drawn[code] for code in inside]).geom_type == "Polygon"
    sizes = Counter(each.province for each in here.districts)
    assert min(sizes.values()) >= 2


@pytest.mark.parametrize(
    ("scale", "districts"),
    [
        pytest.param(0.2, 24, id="below 1 the land stays as it is"),
        pytest.param(1.0, 24, id="at scale 1"),
        pytest.param(1.9, 46, id="rounded"),
        pytest.param(21.0, 504, id="more than 99 in a province"),
    ],
)
def test_districts_grow_with_the_scale(scale: float, districts: int) -> None:
    here = country(1, scale)
    codes = [each.code for each in here.districts]
    assert len(codes) == districts
    assert codes == sorted(set(codes)), "P-codes are counted in order"
    assert len({len(code) for code in codes}) == 1
    assert 6 <= len(here.settlements) / districts <= 10


@pytest.mark.parametrize("scale", [0.0, -1.0, float("nan"), float("inf"), 1e4])
def test_a_scale_that_makes_no_country_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match=r"a scale is|names for"):
        country(1, scale)


# ---- people


def settlements_lie_in_their_districts_and_are_counted_there(here: Country) -> None:
    drawn = {each.code: shape for each, shape in zip(here.districts, shapes(here), strict=True)}
    people: Counter[str] = Counter()
    for each in here.settlements:
        assert drawn[each.district].covers(shapely.Point(each.point))
        assert each.people > 0
        people[each.district] += each.people
    assert all(people[each.code] < each.people for each in here.districts)
    assert here.people == pytest.approx(146_000 * len(here.districts), rel=0.01)


def sizes_of_settlements_follow_the_rank_size_rule(here: Country) -> None:
    sizes = np.sort([each.people for each in here.settlements])[::-1].astype(float)
    slope = np.polyfit(np.log(np.arange(1, len(sizes) + 1)), np.log(sizes), 1)[0]
    assert slope == pytest.approx(-1.0, abs=0.05)
    capital = max(here.settlements, key=lambda each: each.people)
    assert capital.district == here.capital == here.provinces[0].capital_district
    assert capital.names["en"] == "Lomuresh"


def no_two_places_have_one_name(here: Country) -> None:
    for language in ("en", "fr", "ar"):
        names = Counter(each.names[language] for each in here.settlements)
        assert [name for name, times in names.items() if times > 1] == []
        assert {each.names[language] for each in here.districts} <= set(names), "a district is named after its town"


# ---- roads, rivers, borders


def every_settlement_can_be_reached_by_road(here: Country) -> None:
    at = {each.code: n for n, each in enumerate(here.settlements)}
    assert len(set(together(len(at), [(at[road.start], at[road.end]) for road in here.roads]))) == 1


def roads_are_a_little_longer_than_the_straight_line(here: Country) -> None:
    at = {each.code: each.point for each in here.settlements}
    for road in here.roads:
        straight = float(great_circle_km(*at[road.start], *at[road.end]))
        assert road.length == pytest.approx(1.25 * straight, abs=0.06)


def a_state_reaches_some_districts_all_the_year_and_others_not(here: Country) -> None:
    by_code = {each.code: each for each in here.districts}
    assert all(by_code[each.capital_district].road for each in here.provinces)
    assert 0 < sum(each.road for each in here.districts) < len(here.districts)


def rivers_flow_through_the_country_and_flood_some_of_it(here: Country) -> None:
    land = shapely.Polygon(here.outline).buffer(0.2)
    ends = {river.points[-1] for river in here.rivers}
    assert ends
    for river in here.rivers:
        assert land.covers(shapely.LineString(river.points))
        joined = any(river.points[-1] in other.points for other in here.rivers if other is not river)
        assert joined or shapely.Point(river.points[-1]).distance(shapely.Polygon(here.outline).exterior) < 1e-5
    flooded = {code for river in here.rivers for code in river.floods}
    assert flooded == {each.code for each in here.districts if each.river}
    assert 0 < len(flooded) < len(here.districts)


def each_neighbour_country_has_a_border_and_there_is_a_coast(here: Country) -> None:
    edge = shapely.Polygon(here.outline).exterior
    borders = Counter(each.border for each in here.districts)
    assert set(borders) == {"", *(each.code for each in here.neighbours)}
    for each, shape in zip(here.districts, shapes(here), strict=True):
        assert not each.border or shape.intersection(edge).length > 0, f"{each.code} lies inland"


def resources_are_found_in_some_districts(here: Country) -> None:
    found = Counter(each.resource for each in here.districts)
    assert set(found) == {"", "gold", "tin", "timber", "cattle"}
    assert found[""] >= 8


# ---- who acts


def test_who_must_act_in_a_political_process_is_there() -> None:
    roles = Counter(each.role for each in country().organisations)
    assert roles["signatory"] == roles["obstructing signatory"] == roles["armed outside"] == 1
    assert roles["party"] >= 2
    assert {"government", "state forces", "women", "youth", "civil society", "elders", "neighbour", "donor"} <= set(
        roles
    )
    assert {each.code for each in country().neighbours} == {
        each.code for each in country().organisations if each.role == "neighbour"
    }


def test_where_an_organisation_is_at_home_is_a_province() -> None:
    here = country()
    homes = {each.home for each in here.organisations if each.home}
    assert homes <= {each.code for each in here.provinces}
    assert len(homes) >= 3


# ---- all of this on every seed

CHECKS: list[Callable[[Country], None]] = [
    districts_share_their_borders_and_leave_no_hole,
    neighbours_are_those_who_share_a_border,
    provinces_hang_together_and_begin_with_their_capital,
    settlements_lie_in_their_districts_and_are_counted_there,
    no_two_places_have_one_name,
    every_settlement_can_be_reached_by_road,
    rivers_flow_through_the_country_and_flood_some_of_it,
    each_neighbour_country_has_a_border_and_there_is_a_coast,
    sizes_of_settlements_follow_the_rank_size_rule,
    roads_are_a_little_longer_than_the_straight_line,
    a_state_reaches_some_districts_all_the_year_and_others_not,
    resources_are_found_in_some_districts,
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda each: each.__name__)
def test_of_the_country_that_everybody_sees_first(check: Callable[[Country], None]) -> None:
    check(country(1))


@given(SEEDS, st.sampled_from([1.0, 1.0, 1.7]))
@settings(max_examples=6)
def test_every_country_is_whole(seed: int, scale: float) -> None:
    for check in CHECKS:
        check(country(seed, scale))


def test_a_country_of_many_districts_keeps_them_in_its_provinces() -> None:
    """With a hundred districts in a province their codes are one digit longer."""
    land = country(1, 22.0)
    assert {len(each.code) for each in land.districts} == {len(land.code) + 5}
    assert {each.province for each in land.districts} == {each.code for each in land.provinces}
    assert all(each.code.startswith(each.province) for each in land.districts)
    placed = {columns["area"] for told in entries().values() for each in told for columns in each.repetitions(land)}
    known = {"", land.code, *(each.code for each in (*land.provinces, *land.districts))}
    assert placed <= known
