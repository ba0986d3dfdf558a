"""Towns and villages: read, kept, and the areas that their names mean."""

from pathlib import Path

import pytest

from primacy.places.areas import Areas
from primacy.places.at_hand import areas_of
from primacy.places.errors import BadInput
from primacy.places.files.files import Source
from primacy.places.importers import settlements
from primacy.places.settlements import Gazetteer, Settlement, keep_settlements, read_settlements

HEADER = "geonameid,name,latitude,longitude,countrycode,alternatenames\n"
PUBLISHED = (
    "101\tBoma\tBoma\tBoma Town,بوما,https://example.org/Boma\t0.5\t0.5\tP\tPPL\tXX\t\t01\t\t\t\t900\t\t300\tUTC\t2020-01-01\n"
    "102\tBoma River\tBoma River\t\t0.6\t0.6\tH\tSTM\tXX\t\t01\t\t\t\t0\t\t300\tUTC\t2020-01-01\n"
)


def _read(folder: Path, text: str, country: str = "") -> settlements.Settlements:
    (folder / "towns.txt").write_text(text, encoding="utf-8")
    source = Source(folder / "towns.txt")
    assert settlements.sniff(source, source.head())
    return settlements.read(source, country=country)


def test_the_published_text_has_no_header_and_only_its_populated_places_are_read(tmp_path: Path) -> None:
    found = _read(tmp_path, PUBLISHED)
    assert found.country == "XX"
    assert found.found == (Settlement("101", ("Boma", "Boma Town", "بوما"), 0.5, 0.5),)


def test_a_table_of_several_countries_gives_those_of_the_one_asked_for(tmp_path: Path) -> None:
    lines = 'HEADERx,Boma,0.5,0.5,XX,\n2,Nduku,0.5,1.5,XX,"Ndouku,ندوكو"\n3,Elsewhere,40,40,YY,\n'
    found = _read(tmp_path, HEADER + lines, "XX")
    assert [each.names for each in found.found] == [("Nduku", "Ndouku", "ندوكو")]
    assert str(found.faults.first).startswith("geonameid is no number")


REFUSED = [
    ("two countries and none chosen", "1,Boma,0,0,XX,\n2,Koro,0,0,YY,\n", "", "holds 2 countries"),
    ("not the country asked for", "1,Boma,0,0,XX,\n", "CAF", "holds nothing on Central African Republic"),
    ("no line that is right", "1,Boma,95,0,XX,\n", "", "latitude is above 90"),
    ("a point that is missing", "1,Boma,,0,XX,\n", "", "latitude is empty"),
]


@pytest.mark.parametrize(("shows", "lines", "country", "message"), REFUSED, ids=[case[0] for case in REFUSED])
def test_what_cannot_be_used_is_refused(tmp_path: Path, shows: str, lines: str, country: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        _read(tmp_path, HEADER + lines, country)
    assert message in str(caught.value)


def test_kept_settlements_are_updated_by_their_number(tmp_path: Path) -> None:
    boma, koro = Settlement("1", ("Boma",), 0.5, 0.5), Settlement("2", ("Koro",), 1.5, 0.5)
    assert keep_settlements(tmp_path, [boma, koro])
    assert not keep_settlements(tmp_path, [koro])
    moved = Settlement("1", ("Boma", "Old Boma"), 0.6, 0.5)
    assert keep_settlements(tmp_path, [moved])
    assert read_settlements(tmp_path) == [moved, koro]


NAMES = [
    ("the name itself",                        "Nduku",              [("XX12", 1.0)]),
    ("another accent and case",                "NDÚKU",              [("XX12", 1.0)]),
    ("another script",                         "ندوكو",              [("XX12", 1.0)]),
    ("with a word that says what it is",       "village of Nduku",   [("XX12", 0.98)]),
    ("a name that is merely alike",            "Ndukku",             []),
    ("a name of two villages",                 "Boma",               [("XX11", 1.0), ("XX23", 1.0)]),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "written", "expected"), NAMES, ids=[case[0] for case in NAMES])
def test_areas_around_a_name(shows: str, written: str, expected: list[tuple[str, float]]) -> None:
    villages = [
        (Settlement("1", ("Boma",), 0, 0), "XX11"), (Settlement("2", ("Boma",), 0, 0), "XX23"),
        (Settlement("3", ("Nduku", "ندوكو"), 0, 0), "XX12"),
    ]  # fmt: skip
    assert Gazetteer(villages).ranked(written) == expected


@pytest.mark.parametrize(("written", "first"), [("Nduku", "XX12"), ("District 3", "XX23")])
def test_candidates_are_areas_by_their_own_name_or_by_a_town_in_them(country: Areas, written: str, first: str) -> None:
    with_towns = Areas(list(country._areas.values()), settlements=lambda: [Settlement("3", ("Nduku",), 1.5, 0.5)])
    assert with_towns.candidates(written)[0] == (first, 1.0)


def test_areas_that_are_kept_at_hand_know_settlements_that_came_since(country: Areas, tmp_path: Path) -> None:
    folder = tmp_path / "places"
    assert areas_of(folder).around_settlement("Nduku") == []
    keep_settlements(folder, [Settlement("3", ("Nduku",), 1.5, 0.5)])
    assert areas_of(folder).around_settlement("Nduku") == [("XX12", 1.0)]
