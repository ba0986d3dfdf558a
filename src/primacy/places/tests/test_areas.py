"""The tree of areas, points to areas, names, people."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.places.areas import Area, Areas
from primacy.places.files.files import sources
from primacy.places.folder import keep_boundaries, keep_population
from primacy.places.importers import boundaries


def test_coarser_areas_are_made_from_a_finer_file(country: Areas) -> None:
    assert country.country == "XX"
    assert country.level(1) == ["XX1", "XX2"]
    assert country.name("XX2") == "Est-Mambéré"
    assert country.parent("XX23") == "XX2"
    assert country.ancestor("XX23", 0) == "XX"
    assert country.ancestor("XX", 2) is None
    assert country.descendants("XX1") == {"XX11", "XX12"}


def test_every_area_is_in_its_own_closure(country: Areas) -> None:
    assert ("XX11", "XX11", 2) in country.closure()
    assert ("XX11", "XX", 0) in country.closure()
    assert len(country.closure()) == 4 * 3 + 2 * 2 + 1


POINTS = [
    ("inside a district", 0.5, 0.5, "XX11"),
    ("another district", 3.5, 0.5, "XX24"),
    ("outside the country", 9.0, 0.5, ""),
    ("north of the country", 0.5, 1.5, ""),
    ("no longitude", np.nan, 0.5, ""),
    ("on the border of two districts: the first takes it", 1.0, 0.5, "XX11"),
    ("on the outer border", 0.0, 0.5, "XX11"),
]


@pytest.mark.parametrize(("shows", "lon", "lat", "code"), POINTS, ids=[case[0] for case in POINTS])
def test_locate(country: Areas, shows: str, lon: float, lat: float, code: str) -> None:
    assert country.locate([lon], [lat]).tolist() == [code]


def test_a_gap_in_the_finest_level_falls_back_to_the_coarser(country: Areas) -> None:
    without = [country.area(code) for code in ("XX", "XX1", "XX2", "XX11")]
    assert Areas([each for each in without if each]).locate([1.5], [0.5]).tolist() == ["XX1"]


@given(st.lists(st.tuples(st.floats(-2, 6), st.floats(-2, 3)), max_size=30))
def test_locating_together_is_locating_one_by_one(points: list[tuple[float, float]]) -> None:
    shapes = [Area(f"XX{n}", 1, "XX", {"en": str(n)}, (), _square(n)) for n in range(4)]
    areas = Areas(shapes)
    lon, lat = [each[0] for each in points], [each[1] for each in points]
    alone = [areas.locate([x], [y])[0] for x, y in points]
    assert areas.locate(lon, lat).tolist() == alone


def _square(west: float) -> object:
    import shapely

    return shapely.box(west, 0, west + 1, 1)


def test_neighbours_share_a_border_and_a_level(country: Areas) -> None:
    assert country.neighbours("XX11") == ["XX12"]
    assert country.neighbours("XX12") == ["XX11", "XX23"]
    assert country.neighbours("XX1") == ["XX2"]
    assert country.neighbours("nowhere") == []


def test_a_dispute_holds_for_what_is_inside_and_shows_on_what_is_around(country: Areas, tmp_path: Path) -> None:
    assert country.disputed() == set()
    assert country.disputed(["XX23", "nowhere"]) == {"XX23", "XX2"}
    assert country.disputed(["XX2"]) == {"XX23", "XX24", "XX2"}
    marked = [replace(each, disputed="claimed by two states") for each in _all(country) if each.code == "XX11"]
    others = [each for each in _all(country) if each.level == 2 and each.code != "XX11"]
    kept = keep_boundaries(tmp_path / "places", level=2, areas=[*marked, *others], above=[])
    assert kept.disputed() == {"XX11", "XX1"}


def test_population_is_as_published_else_the_sum_of_known_parts(country: Areas, tmp_path: Path) -> None:
    folder = tmp_path / "places"
    figures = [("XX11", 2015, 10.0), ("XX12", 2015, 20.0), ("XX23", 2015, 5.0), ("XX11", 2010, 1.0)]
    keep_population(folder, [(code, "", year, persons) for code, year, persons in figures])
    areas = Areas.load(folder)
    assert areas.population("XX11") == 10.0, "the latest year counts"
    assert areas.population("XX1") == 30.0
    assert areas.population("XX2") is None, "one of its parts is unknown"
    assert areas.population("XX") is None
    assert areas.population("XX11", year=2011) == 1.0, "the nearest year"
    assert areas.population("XX1", year=2000) == 21.0


def test_population_of_a_group_is_the_sum_of_the_areas_inside(country: Areas, tmp_path: Path) -> None:
    folder = tmp_path / "places"
    keep_population(folder, [("XX11", "sex=f", 2015, 6.0), ("XX12", "sex=f", 2015, 4.0), ("XX11", "", 2015, 11.0)])
    keep_population(folder, [("XX12", "age=0-4;sex=f", 2015, 1.0)])
    areas = Areas.load(folder)
    assert areas.population("XX1", "sex=f") == 10.0
    assert areas.population("XX1", "age=0-4;sex=f") is None, "of one of its parts alone"
    assert areas.population("XX12", "sex=f;age=0-4") == 1.0, "in any order"
    assert areas.population("XX1") is None


def test_population_kept_before_there_were_groups_is_of_everybody(country: Areas, tmp_path: Path) -> None:
    table = pa.table({"code": ["XX11"], "year": pa.array([2015], pa.int16()), "persons": [3.0]})
    pq.write_table(table, tmp_path / "places" / "population.parquet")
    assert Areas.load(tmp_path / "places").population("XX11") == 3.0


NAMES = [
    ("accents do not matter", "est mambere", "XX2"),
    ("words for the kind of area do not matter", "West", "XX1"),
    ("a slip of the pen", "Est-Mambare", "XX2"),
]


@pytest.mark.parametrize(("shows", "text", "code"), NAMES, ids=[case[0] for case in NAMES])
def test_match_name(country: Areas, shows: str, text: str, code: str) -> None:
    assert country.match_name(text, level=1)[0][0] == code


def test_names_are_looked_for_only_inside_an_area(country: Areas) -> None:
    assert {code for code, _ in country.match_name("District 1", within="XX2")} <= {"XX23", "XX24"}


def test_nothing_like_it_matches_nothing(country: Areas) -> None:
    assert country.match_name("Quetzaltenango") == []
    assert country.match_name("") == []


def test_without_boundaries_everything_is_empty(tmp_path: Path) -> None:
    nothing = Areas.load(tmp_path)
    assert (nothing.country, nothing.level(1), nothing.closure(), nothing.outline(1)) == (None, [], [], [])
    assert nothing.locate([1.0, 2.0], [1.0, 2.0]).tolist() == ["", ""]


def test_a_package_carries_tree_names_and_people(country: Areas) -> None:
    copy = Areas.from_dict(country.as_dict())
    assert copy.closure() == country.closure()
    assert copy.as_dict() == country.as_dict()
    assert copy.locate([0.5], [0.5]).tolist() == [""], "but no boundaries"


def test_the_hash_changes_with_a_boundary_and_not_with_reading_again(country: Areas, tmp_path: Path) -> None:
    assert Areas.load(tmp_path / "places").hash() == country.hash()
    moved = Area("XX11", 2, "XX1", country.area("XX11").names, (), _square(0.1))
    others = [each for each in _all(country) if each.code != "XX11"]
    assert Areas([moved, *others]).hash() != country.hash()


def _all(areas: Areas) -> list[Area]:
    return [area for n in areas.levels for code in areas.level(n) if (area := areas.area(code))]


@pytest.fixture(scope="module")
def car(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Areas:
    folder = tmp_path_factory.mktemp("places")
    for name in ("caf_admin1.parquet", "caf_admin2.parquet", "caf_admin3_simplified.geojson.gz"):
        found = boundaries.read(next(sources(reference_data / "boundaries_caf_2024" / name)))
        areas = keep_boundaries(folder, level=found.level, areas=found.areas, above=found.above)
    return areas


@pytest.mark.reference_data
def test_the_central_african_republic_in_levels_0_to_3(car: Areas) -> None:
    assert [len(car.level(n)) for n in range(4)] == [1, 17, 72, 175]
    assert car.country == "CF"
    assert car.neighbours("CF71") == ["CF11"], "Bangui lies inside Ombella M'Poko and on the river"
    assert car.match_name("Ouham Pende", level=1)[0] == ("CF31", 1.0)
    assert car.ancestor(car.locate([18.58], [4.37])[0], 1) == "CF71"


@pytest.mark.reference_data
def test_outlines_for_maps_are_light(car: Areas) -> None:
    import shapely

    outlines = car.outline(1)
    assert len(outlines) == 17
    assert sum(shapely.get_num_coordinates(shape) for _, _, shape in outlines) < 5_000


@pytest.mark.reference_data
def test_a_million_points_are_located_at_once(car: Areas) -> None:
    chance = np.random.default_rng(1)
    lon, lat = chance.uniform(14, 28, 1_000_000), chance.uniform(2, 11, 1_000_000)
    found = car.locate(lon, lat)
    assert 0.3 < (found != "").mean() < 0.5


def test_an_area_keeps_its_official_name_on_the_way_through_a_package() -> None:
    """Keys of a package are sorted; the official name stays the one for readers of another language."""
    chad = Areas([Area("TD", 0, "", {"fr": "Tchad", "ar": "تشاد"})])
    again = Areas.from_dict(json.loads(json.dumps(chad.as_dict(), sort_keys=True)))
    assert [again.name("TD", language) for language in ("en", "fr", "ar")] == ["Tchad", "Tchad", "تشاد"]
    assert again.names("es") == chad.names("es") == {"TD": "Tchad"}
    assert again.hash() == chad.hash()


SAID = [
    ("a stratum that bears the name of a province", "Morand", "موراند"),
    ("in whatever language it was written", "موراند", "موراند"),
    ("two areas of one name that are called alike here", "Sel", "سل"),
    ("two that are called otherwise here", "Haut", "Haut"),
    ("what names no area", "rural", "rural"),
]


@pytest.mark.parametrize(("shows", "written", "said"), SAID, ids=[each[0] for each in SAID])
def test_a_name_that_evidence_uses_is_said_as_the_language_has_it(shows: str, written: str, said: str) -> None:
    areas = Areas(
        [
            Area("XX01", 1, "XX", {"en": "Morand", "ar": "موراند"}),
            Area("XX02", 1, "XX", {"en": "Sel", "ar": "سل"}),
            Area("XX0201", 2, "XX02", {"en": "Sel", "ar": "سل"}),
            Area("XX0101", 2, "XX01", {"en": "Haut", "ar": "العليا"}),
            Area("XX0202", 2, "XX02", {"en": "Haut", "ar": "الأعلى"}),
        ]
    )
    assert areas.names("ar").said(written) == said
