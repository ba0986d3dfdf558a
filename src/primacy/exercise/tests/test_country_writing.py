"""The country as files: read by the importers without a fault, whole, and the same bytes for the same seed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from primacy.evidence import Store
from primacy.evidence.bringing.importing import import_files
from primacy.exercise.country.country import Country, country
from primacy.exercise.country.writing import write_boundaries, write_population
from primacy.framework import Instance
from primacy.places.areas import Areas
from primacy.places.files.files import sources
from primacy.places.importers import boundaries, population

YEAR = 2021
KNOWN = datetime(2022, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def here() -> Country:
    return country(1)


@pytest.fixture(scope="module")
def instance(here: Country, tmp_path_factory: pytest.TempPathFactory) -> Instance:
    found = Instance(tmp_path_factory.mktemp("exercise") / "instance")
    for each in (found.overlay, found.places, found.evidence):
        each.mkdir(parents=True)
    found.mission_file.write_text(f"country: {here.code}\n", "utf-8")
    written = tmp_path_factory.mktemp("written")
    files = [write_boundaries(here, written), write_population(here, written, YEAR)]
    import_files(files, instance=found, known=KNOWN, imported_by="exercise")
    return found


def test_boundaries_are_read_without_a_fault(here: Country, tmp_path: Path) -> None:
    found = boundaries.read(next(sources(write_boundaries(here, tmp_path))))
    assert (found.country, found.level, len(found.areas)) == (here.code, 2, len(here.districts))
    assert not found.faults
    assert {each.code for each in found.above} == {here.code, *(each.code for each in here.provinces)}


def test_population_is_read_without_a_fault(here: Country, tmp_path: Path) -> None:
    found = population.read(next(sources(write_population(here, tmp_path, YEAR))), country=here.code)
    assert not found.faults
    assert {each.year for each in found.figures} == {YEAR}


def test_no_line_is_rejected(instance: Instance) -> None:
    versions = Store(instance.evidence).versions()
    assert versions
    assert {each.name: each.rejected for each in versions if each.rejected} == {}


def test_places_come_with_names_in_three_languages_and_people(here: Country, instance: Instance) -> None:
    areas = Areas.load(instance.places)
    assert areas.country == here.code
    assert areas.level(1) == [each.code for each in here.provinces]
    assert areas.level(2) == [each.code for each in here.districts]
    for each in (*here.provinces, *here.districts):
        assert {language: areas.name(each.code, language) for language in ("en", "fr", "ar")} == each.names
    assert {each.code: areas.population(each.code) for each in here.districts} == {
        each.code: each.people for each in here.districts
    }
    assert areas.population(here.code) == here.people


def test_neighbours_and_places_of_the_importer_are_those_of_the_country(here: Country, instance: Instance) -> None:
    areas = Areas.load(instance.places)
    for each in here.districts:
        assert set(areas.neighbours(each.code)) == set(each.neighbours)
    lon, lat = zip(*(each.point for each in here.settlements), strict=True)
    assert list(areas.locate(lon, lat)) == [each.district for each in here.settlements]


def test_sexes_and_ages_of_a_district_add_up_to_its_people(here: Country, tmp_path: Path) -> None:
    found = population.read(next(sources(write_population(here, tmp_path, YEAR))), country=here.code)
    for each in here.districts:
        groups = [figure.persons for figure in found.figures if figure.code == each.code and figure.group]
        assert sum(groups) == each.people
        assert min(groups) > 0


def test_the_same_seed_gives_the_same_bytes(here: Country, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        country.cache_clear()
        write_boundaries(country(1), folder)
        write_population(country(1), folder, YEAR)
    assert [path.name for path in sorted(first.iterdir())] == ["xds_admin2.geojson", "xds_population.csv"]
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()
