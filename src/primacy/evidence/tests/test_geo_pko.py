"""Geo-PKO: people present at a place, never effort; unknown numbers stay unknown."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from primacy.evidence.importers import geo_pko
from primacy.evidence.tests.published_files import lines_of, read, table
from primacy.places.areas import Areas

Write = Callable[[str, str], Path]
MAP = {
    "Mission": "MINUSCA", "year": "2015", "month": "7", "location": "Town", "country": "Central African Republic",
    "latitude": "0.5", "longitude": "0.5", "No.troops": "650", "No.TCC": "2", "UNPOL..dummy.": "1",
    "UNMO..dummy.": "0.0", "HQ": "2",
}  # fmt: skip
YEAR = {
    "mission": "MINUSCA", "year": "2016", "country": "Central African Republic", "location": "DÃ©koa",
    "latitude": "6.3", "longitude": "19.0", "NoTroops": "150", "ave.no.troops": "200", "UNPOL": "0", "UNMO": "1",
    "hq": "0",
}  # fmt: skip
TYPES = {
    "mission": "MINUSCA", "year": "2016", "location": "Town", "latitude": "0.5", "longitude": "0.5", "Infantry": "150",
    "eng": "3", "med": "0", "sig": "0", "av": "0", "riv": "0", "maint": "0", "trans": "1",
}  # fmt: skip
GIVERS = {
    "mission": "MINURCAT", "year": "2009", "location": "Town", "latitude": "0.5", "longitude": "0.5", "No.TCC": "3",
    "year.overview": "Examplia (150)",
}  # fmt: skip


def test_a_place_on_a_map_is_a_deployment_of_its_month(write: Write) -> None:
    rows, _ = read(geo_pko, write("map.csv", table(MAP, MAP)), country="CAF")
    assert {row["measure"]: row["value"] for row in rows} == {
        "troops": 650.0, "contributors": 2.0, "police": 1.0, "observers": 0.0, "headquarters": 1.0,
    }  # fmt: skip
    assert {(row["kind"], row["item"], row["date"], row["until"]) for row in rows} == {
        ("deployment", "MINUSCA/Town", date(2015, 7, 1), date(2015, 7, 31))
    }


MISSING = [
    ("unknown troops", {"No.troops": "unknown"}, "troops"),
    ("an unknown number of countries", {"No.TCC": "unknown"}, "contributors"),
    ("a doubtful headquarters", {"HQ": "?"}, "headquarters"),
    ("observers not coded", {"UNMO..dummy.": ""}, "observers"),
]


@pytest.mark.parametrize(("shows", "line", "measure"), MISSING, ids=[case[0] for case in MISSING])
def test_what_is_unknown_gives_no_row(write: Write, shows: str, line: dict[str, str], measure: str) -> None:
    rows, reading = read(geo_pko, write("map.csv", table(MAP, MAP | line)), country="CAF")
    assert len(rows) == 4
    assert measure not in {row["measure"] for row in rows}
    assert not reading.faults


def test_lines_of_one_place_and_year_are_one_item_with_the_mean_of_the_maps(write: Write) -> None:
    path = write("year.csv", table(YEAR, YEAR, YEAR | {"NoTroops": "250", "UNPOL": "1"}))
    rows, _ = read(geo_pko, path, country="CAF")
    assert {row["measure"]: row["value"] for row in rows} == {
        "troops": 200.0, "police": 1.0, "observers": 1.0, "headquarters": 0.0,
    }  # fmt: skip
    assert len(rows) == 4
    assert {row["item"] for row in rows} == {"MINUSCA/Dékoa"}, "the spoilt name is mended"


def test_types_of_units_are_items_of_their_own(write: Write) -> None:
    rows, _ = read(geo_pko, write("types.csv", table(TYPES, TYPES)), country="CAF")
    assert {row["item"]: row["value"] for row in rows if row["value"]} == {
        "MINUSCA/Town/infantry": 150.0, "MINUSCA/Town/engineers": 1.0, "MINUSCA/Town/transport": 1.0,
    }  # fmt: skip


def test_without_a_column_of_countries_the_place_decides(write: Write, areas: Areas) -> None:
    path = write("givers.csv", table(GIVERS, GIVERS, GIVERS | {"longitude": "9"}))
    rows, _ = read(geo_pko, path, country="XX", areas=areas)
    assert [(row["area"], row["level"], row["value"]) for row in rows] == [("XX11", 2, 3.0)]


def test_without_boundaries_a_mission_in_several_countries_is_left_out_and_named(write: Write) -> None:
    rows, reading = read(
        geo_pko, write("givers.csv", table(GIVERS, GIVERS, GIVERS | {"mission": "MINUSCA"})), country="CAF"
    )
    assert len(rows) == 1
    assert any("MINURCAT" in str(note) for note in reading.notes)


REJECTED = [
    ("month 13", {"month": "13"}, "month is above 12"),
    ("no year", {"year": ""}, "year is empty"),
    ("troops below zero", {"No.troops": "-5"}, "No.troops is below 0"),
    ("beyond the pole", {"latitude": "95"}, "latitude is above 90"),
]


@pytest.mark.parametrize(("shows", "line", "reason"), REJECTED, ids=[case[0] for case in REJECTED])
def test_a_wrong_line_gives_no_rows_and_its_reason(write: Write, shows: str, line: dict[str, str], reason: str) -> None:
    rows, reading = read(geo_pko, write("map.csv", table(MAP, MAP | line)), country="CAF")
    assert not rows
    assert [str(fault.reason).startswith(reason) for fault in reading.faults] == [True]


@pytest.mark.reference_data
def test_the_published_maps_are_read_whole(reference_data: Path) -> None:
    file = reference_data / "geo_pko" / "geopko_v1_africa_1994_2018.csv.gz"
    ours = [line for line in lines_of(file) if line["country"] == "Central African Republic"]
    rows, reading = read(geo_pko, file, country="CAF")
    assert not reading.faults
    assert len({row["line"] for row in rows}) == len(ours) == 177
    known = [float(line["No.troops"]) for line in ours if line["No.troops"] != "unknown"]
    troops = [row["value"] for row in rows if row["measure"] == "troops"]
    assert (len(troops), sum(troops)) == (len(known), sum(known))


@pytest.mark.reference_data
def test_the_published_years_have_each_place_once(reference_data: Path) -> None:
    file = reference_data / "geo_pko" / "geopko_v2_3_location_year.csv.gz"
    places = {
        (line["mission"], line["year"], line["location"]): line["ave.no.troops"]
        for line in lines_of(file) if line["country"] == "Central African Republic"
    }  # fmt: skip
    rows, _ = read(geo_pko, file, country="CAF")
    troops = [row["value"] for row in rows if row["measure"] == "troops"]
    known = [float(each) for each in places.values() if each]
    assert (len(troops), sum(troops)) == (len(known), pytest.approx(sum(known)))


@pytest.mark.reference_data
@pytest.mark.parametrize("name", ["types", "contributors"])
def test_tables_without_countries_have_the_lines_of_our_missions(reference_data: Path, name: str) -> None:
    file = reference_data / "geo_pko" / f"geopko_v2_3_troop_{name}.csv.gz"
    ours = [line for line in lines_of(file) if line["mission"] in ("MINUSCA", "MINURCA")]
    rows, _ = read(geo_pko, file, country="CAF")
    assert len({row["line"] for row in rows}) == len(ours) > 100
