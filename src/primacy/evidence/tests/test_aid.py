"""Geocoded aid: a project's money is counted once, wherever its places are."""

import csv
import gzip
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.errors import Refused
from primacy.evidence.importers import aid
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance
from primacy.places.areas import Areas
from primacy.places.files.files import Source

TODAY = date(2026, 1, 1)
LATER = datetime(2027, 1, 1, tzinfo=UTC)
Write = Callable[[str, str], Path]
PROJECT: dict[str, Any] = {
    "project_id": "P1", "is_geocoded": 1, "project_title": "Wells", "start_actual_isodate": "2013-01-01",
    "start_actual_type": "start-actual", "end_actual_isodate": "2014-06-30", "end_actual_type": "end-actual",
    "donors": "Development Bank", "donors_iso3": "", "recipients": "Examplia", "recipients_iso3": "XX",
    "ad_sector_codes": 140, "ad_sector_names": "Water supply", "ad_purpose_codes": "", "ad_purpose_names": "",
    "status": "Completion", "transactions_start_year": 2013, "transactions_end_year": 2014, "total_commitments": 1000,
    "total_disbursements": 800,
}  # fmt: skip
PLACE: dict[str, Any] = {
    "project_id": "P1", "project_location_id": "P1_1", "precision_code": 3, "geoname_id": 1, "place_name": "Ford",
    "latitude": 0.5, "longitude": 0.5, "location_type_code": "", "location_type_name": "", "gazetteer_adm_code": "1|2|XX|1",
    "gazetteer_adm_name": "", "location_class": 1, "geographic_exactness": 1,
}  # fmt: skip
TRANSFER: dict[str, Any] = {
    "transaction_id": "T1", "project_id": "P1", "transaction_isodate": "", "transaction_year": 2013,
    "transaction_value_code": "D", "transaction_currency": "USD", "transaction_value": 300,
}  # fmt: skip


def table(usual: dict[str, Any], *lines: dict[str, Any]) -> str:
    rows = [",".join(f'"{each}"' for each in (usual | line).values()) for line in lines]
    return "\n".join([",".join(usual), *rows]) + "\n"


def read(path: Path, *, areas: Areas | None = None, country: str = "XX") -> tuple[list[dict[str, Any]], Reading]:
    reading = aid.read(Source(path), Task(areas or Areas(), country, TODAY))
    return pa.concat_tables(reading.batches).to_pylist(), reading


def test_a_project_is_expected_runs_and_ends(write: Write) -> None:
    rows, reading = read(write("A_projects.csv", table(PROJECT, {})))
    told = [(row["kind"], row["measure"], row["value"], row["unit"], row["date"], row["category"]) for row in rows]
    day, end = date(2013, 1, 1), date(2014, 6, 30)
    assert told == [
        ("programme", "expected", 1, "items", day, "programme/aid/water-supply"),
        ("programme", "running", 1, "items", day, "programme/aid/water-supply"),
        ("programme", "running", 0, "items", end, "programme/aid/water-supply"),
        ("budget-line", "approved", 1000, "USD", day, "budget-line/aid/water-supply"),
    ]
    assert (reading.lineage, reading.own_ids) == ("aiddata/A", True)


FIELDS = [
    ("a year alone is a period", {"start_actual_isodate": ""}, "expected", "until", date(2013, 12, 31)),
    ("several sectors", {"ad_sector_names": "Health|Education"}, "approved", "category", "budget-line/aid/several-sectors"),
    ("no sector", {"ad_sector_names": ""}, "approved", "category", "budget-line/aid"),
    ("who gives", {}, "approved", "actor", "Development Bank"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "line", "measure", "column", "value"), FIELDS, ids=[case[0] for case in FIELDS])
def test_what_a_column_becomes(
    write: Write, shows: str, line: dict[str, Any], measure: str, column: str, value: Any
) -> None:
    rows, _ = read(write("A_projects.csv", table(PROJECT, line)))
    assert {row[column] for row in rows if row["measure"] == measure} == {value}


UNTOLD = [
    ("no amount: no row of it", {"total_commitments": ""}, {"expected", "running"}),
    ("cancelled: never running", {"status": "Cancelled"}, {"expected", "approved"}),
    ("in the pipeline: not running", {"status": "Pipeline/identification"}, {"expected", "approved"}),
]


@pytest.mark.parametrize(("shows", "line", "measures"), UNTOLD, ids=[case[0] for case in UNTOLD])
def test_missing_stays_missing(write: Write, shows: str, line: dict[str, Any], measures: set[str]) -> None:
    rows, _ = read(write("A_projects.csv", table(PROJECT, line)))
    assert {row["measure"] for row in rows} == measures


HOLDS = [
    ("one place", [{}], "XX11", 2),
    ("two districts of a province", [{}, {"longitude": 1.5}], "XX1", 1),
    ("two provinces", [{}, {"longitude": 3.5}], "XX", 0),
    ("a place that is claimed coarsely", [{"precision_code": 4}], "XX1", 1),
    ("a place that is the country", [{}, {"precision_code": 6}], "XX", 0),
    ("nowhere", [], "XX", 0),
]


@pytest.mark.parametrize(("shows", "places", "area", "level"), HOLDS, ids=[case[0] for case in HOLDS])
def test_an_amount_is_counted_once_where_all_places_lie(
    write: Write, areas: Areas, shows: str, places: list[dict[str, Any]], area: str, level: int
) -> None:
    lines = [{"project_location_id": f"P1_{number}"} | each for number, each in enumerate(places)]
    write("A_locations.csv", table(PLACE, *(lines or [{"project_id": "P2"}])))
    write("A_transactions.csv", table(TRANSFER, {}))
    path = write("A_projects.csv", table(PROJECT, {}))
    rows, _ = read(path, areas=areas)
    assert [(row["value"], row["area"], row["level"]) for row in rows if row["measure"] == "approved"] == [
        (1000, area, level)
    ]
    paid, _ = read(path.with_name("A_transactions.csv"), areas=areas)
    assert [(row["value"], row["area"], row["category"]) for row in paid if row["measure"] == "amount"] == [
        (300, area, "payment/aid-disbursed/water-supply")
    ]


def test_level_1a_tells_each_project_once(write: Write, areas: Areas) -> None:
    full = PLACE | PROJECT
    lines = [{"project_location_id": f"P1_{n}", "longitude": n - 0.5} for n in (1, 2)]
    rows, reading = read(write("A_level_1a.csv", table(full, *lines)), areas=areas)
    assert [(row["value"], row["area"], row["note"]) for row in rows if row["measure"] == "approved"] == [
        (1000, "XX1", "counted once for all of its 2 places")
    ]
    assert not reading.coverage
    _, other = read(write("B_level_1a.csv", table(full, lines[0], lines[1] | {"total_commitments": 7})), areas=areas)
    assert str(other.faults.first) == "an earlier line says otherwise of this project: 'P1'"


def test_places_alone_are_read_with_the_projects_beside_them(write: Write, instance: Instance) -> None:
    path = write("A_locations.csv", table(PLACE, {}))
    with pytest.raises(Refused, match=r"Put A_projects\.csv beside it"):
        import_files([path], instance=instance)
    write("A_projects.csv", table(PROJECT, {}))
    (done,) = import_files([path], instance=instance)
    assert (done.format, done.items) == ("aid", 1)


def test_a_folder_adds_nothing_up_twice(tmp_path: Path, instance: Instance, boundaries_file: Path) -> None:
    folder = tmp_path / "release"
    folder.mkdir()
    place = {"project_location_id": "P1_1"}
    (folder / "A_projects.csv").write_text(table(PROJECT, {}, {"project_id": "P2", "total_commitments": 50}))
    (folder / "A_level_1a.csv").write_text(table(PLACE | PROJECT, place))
    (folder / "A_locations.csv").write_text(table(PLACE, place))
    (folder / "A_transactions.csv").write_text(table(TRANSFER, {}, {"transaction_id": "T2", "transaction_value": -100}))
    import_files([boundaries_file, folder], instance=instance)
    store = Store(instance.evidence)
    rows = store.fetch(store.rows(as_of=TODAY, known=LATER)).to_pylist()
    assert sorted(row["value"] for row in rows if row["measure"] == "approved") == [50, 1000]
    assert sum(row["value"] for row in rows if row["measure"] == "amount") == 200


WRONG = [
    ("no id", "projects", {"project_id": ""}, "project_id is empty"),
    ("no day and no year", "projects", {"start_actual_isodate": "", "transactions_start_year": ""}, "has neither a day nor a year"),
    ("no country", "projects", {"recipients_iso3": ""}, "recipients_iso3 is empty"),
    ("money in words", "projects", {"total_commitments": "much"}, "total_commitments is no number: 'much'"),
    ("no amount", "transactions", {"transaction_value": ""}, "transaction_value is empty"),
    ("an unknown flow", "transactions", {"transaction_value_code": "Q"}, "transaction_value_code is none of C, D, E: 'Q'"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "part", "line", "why"), WRONG, ids=[case[0] for case in WRONG])
def test_what_is_wrong_is_a_fault(write: Write, shows: str, part: str, line: dict[str, Any], why: str) -> None:
    usual = PROJECT if part == "projects" else TRANSFER
    other = {"project_id": "P9"} if part == "projects" else {"transaction_id": "T9"}
    _, reading = read(write(f"A_{part}.csv", table(usual, other, line)))
    assert (reading.faults.first.line, str(reading.faults.first)) == (3, why)


REAL = [
    ("FTS_CentralAfricanRepublic", "CAF", 185, 102801363.0, {"payment/aid-disbursed": 102801363.0}),
    ("SierraLeoneAIMS", "SLE", 880, 3416649276.0,
     {"payment/aid-committed": 3416649276.0, "payment/aid-disbursed": 2863384869.0}),
]  # fmt: skip


@pytest.mark.reference_data
@pytest.mark.parametrize(("name", "country", "projects", "approved", "paid"), REAL, ids=[case[0] for case in REAL])
def test_real_releases(
    reference_data: Path,
    instance: Instance,
    name: str,
    country: str,
    projects: int,
    approved: float,
    paid: dict[str, float],
) -> None:
    """File by file, in the order of their names: the sums of the projects and of the transactions, each once."""
    instance.mission_file.write_text(f"country: {country}\n")
    for part in ("level_1a", "locations", "projects", "transactions"):
        (done,) = import_files([reference_data / "aid_geocoded" / f"{name}_{part}.csv.gz"], instance=instance)
        assert (done.format, done.rejected) == ("aid", 0)
    store = Store(instance.evidence)
    rows = store.fetch(store.rows(as_of=TODAY, known=LATER)).to_pylist()
    assert sum(row["value"] for row in rows if row["measure"] == "approved") == approved
    assert sum(row["measure"] == "expected" for row in rows) == projects
    sums: dict[str, float] = {}
    for row in rows:
        if row["measure"] == "amount":
            path = "/".join(row["category"].split("/")[:2])
            sums[path] = sums.get(path, 0.0) + row["value"]
    assert sums == paid
    with gzip.open(
        reference_data / "aid_geocoded" / f"{name}_transactions.csv.gz", "rt", encoding="utf-8-sig", newline=""
    ) as stream:
        assert sum(row["measure"] == "events" for row in rows) == sum(1 for _ in csv.DictReader(stream))
