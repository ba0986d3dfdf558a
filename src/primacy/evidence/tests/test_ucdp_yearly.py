"""UCDP's yearly tables: each by its columns, a year as a period, texts of agreements never as their implementation."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from primacy.evidence.bringing.formats import Task
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.errors import BadInput, NothingToImport
from primacy.evidence.importers import ucdp_yearly
from primacy.evidence.importers._ucdp_violence import TOTALS
from primacy.evidence.store.store import Store
from primacy.evidence.tests.published_files import lines_of, read, table
from primacy.framework.instance import Instance
from primacy.places.areas import Areas
from primacy.places.files.files import Source

Write = Callable[[str, str], Path]
TOTAL_COLUMNS = [
    "country_id_cy", "country_cy", "year_cy",
    *(f"{each[0]}_{one}_cy" for each in TOTALS.values() for one in ("best", "high", "low")),
    *(name for each in TOTALS.values() for name in each[1:] if name), "version",
]  # fmt: skip
YEAR = dict.fromkeys(TOTAL_COLUMNS, "0") | {
    "country_id_cy": "482", "country_cy": "Examplia", "year_cy": "2013", "version": "25.1",
    "sb_total_deaths_best_cy": "10", "sb_total_deaths_low_cy": "8", "sb_total_deaths_high_cy": "15",
}  # fmt: skip
CONFLICT = {
    "conflict_id": "416", "location": "Examplia", "side_a": "Government", "side_b": "Forces of Ana Example", "year": "2013",
    "intensity_level": "2", "cumulative_intensity": "1", "type_of_conflict": "3", "ep_end": "0", "gwno_loc": "482",
    "version": "24.1",
}  # fmt: skip
DYAD = {
    "location": "Central African Republic", "side_a": "Government", "side_b": "Group", "year": "2013",
    "intensity_level": "1", "type_of_conflict": "4", "region": "4",
}  # fmt: skip
EPISODE = {
    "dyadep_id": "7.0", "dyadterm": "1.0", "ependdate": "12/30/88", "ependprec": "1.0", "outcome": "2.0",
    "dyad_id": "99", "year": "1988", "side_a": "Government", "side_b": "Group", "gwno_loc": "482",
    "intensity_level": "1", "type_of_conflict": "3", "version": "3",
}  # fmt: skip
AGREEMENT = {
    "paid": "1641", "gwno": "482", "pa_name": "Agreement with Ana Example", "pa_date": "2019-02-06", "pa_type": "1",
    "pa_sign": "Ana Example", "ended": "True", "duration": "2020-12-15", "cease": "1", "ddr": "0", "mil_prov": "1",
    "pol_prov": "0", "ref ": "0", "version": "22.1", "dateintervalstart_meta": "1975-01-01",
    "dateintervalend_meta": "2021-12-31",
}  # fmt: skip
ACTOR = {
    "ActorId": "86", "NameData": "Government of Examplia", "Org": "4", "GWNOLoc": "482, 483", "Version": "22.1",
    "PrimaryParty": "1",
}  # fmt: skip
ISSUE = {
    "dyad_id": "873", "conflict_id": "416", "side_b": "Group", "year": "2001", "active_year": "1", "1301": "1",
    "6103": "0", "9999": "0", "version": "23.2",
}  # fmt: skip


def told(write: Write, *lines: dict[str, str], country: str = "CAF", name: str = "table.csv") -> list[dict[str, Any]]:
    return read(ucdp_yearly, write(name, table(lines[0], *lines)), country=country)[0]


def test_the_total_of_a_year_is_an_estimate_of_the_year_and_no_event(write: Write) -> None:
    rows = told(write, YEAR)
    deaths = [row for row in rows if row["measure"] == "deaths" and row["category"] == "violence/state-based"]
    assert [(row["value"], row["low"], row["high"]) for row in deaths] == [(10.0, 8.0, 15.0)]
    assert {(row["kind"], row["date"], row["until"]) for row in rows} == {
        ("violence-total", date(2013, 1, 1), date(2013, 12, 31))
    }
    assert {row["category"] for row in rows} == set(TOTALS)


def test_a_missing_number_stays_missing(write: Write) -> None:
    rows = told(write, YEAR | {"ns_total_deaths_best_cy": ""})
    assert not [row for row in rows if row["category"] == "violence/non-state" and row["measure"] == "deaths"]


BECOMES = [
    # what it shows, the line, measure, column, value
    ("a war has intensity 2", CONFLICT, "intensity", "value", 2.0),
    ("its item is the conflict", CONFLICT, "intensity", "item", "ucdp/conflict/416"),
    ("a group loses the name of its leader", CONFLICT, "intensity", "target", "Forces of a leader"),
    ("foreign troops are told", DYAD, "intensity", "category", "violence/state-based/intrastate-with-foreign-troops"),
    ("an episode ends on its day", EPISODE, "events", "date", date(1988, 12, 30)),
    ("how it ended is the category", EPISODE, "events", "category", "conflict-end/ceasefire"),
    ("a day that is not known is the year", EPISODE | {"ependdate": "."}, "events", "until", date(1988, 12, 31)),
    ("and says so", EPISODE | {"ependdate": "."}, "events", "note", "period uncertain"),
    ("an agreement was signed on its day", AGREEMENT, "signed", "date", date(2019, 2, 6)),
    ("a full agreement", AGREEMENT, "signed", "category", "document/published-agreement/full"),
    ("its end has a day of its own", AGREEMENT, "ended", "date", date(2020, 12, 15)),
    ("an actor is listed at the end of the version", ACTOR, "listed", "date", date(2021, 12, 31)),
    ("a government", ACTOR, "listed", "category", "organisation/government"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "line", "measure", "column", "value"), BECOMES, ids=[case[0] for case in BECOMES])
def test_what_a_line_becomes(
    write: Write, shows: str, line: dict[str, str], measure: str, column: str, value: object
) -> None:
    assert {row[column] for row in told(write, line) if row["measure"] == measure} == {value}


def test_what_a_text_contains_is_never_a_score_of_implementation(write: Write) -> None:
    rows = [row for row in told(write, AGREEMENT) if row["category"].startswith("document/agreement-text")]
    assert {row["item"].rpartition("/")[2]: row["value"] for row in rows} == {
        "cease": 1.0, "ddr": 0.0, "mil_prov": 1.0, "pol_prov": 0.0, "ref": 0.0,
    }  # fmt: skip
    assert {(row["kind"], row["measure"]) for row in rows} == {("document", "contains")}


def test_no_person_is_named(write: Write) -> None:
    rows = told(write, AGREEMENT) + told(write, CONFLICT)
    assert not [row for row in rows if "Example" in " ".join(str(each) for each in row.values())]


def test_an_episode_that_goes_on_has_no_end(write: Write) -> None:
    assert {row["measure"] for row in told(write, EPISODE | {"dyadterm": "0.0"})} == {"intensity"}


def test_without_a_country_a_conflict_counts_for_each_of_its_countries(write: Write) -> None:
    rows = told(write, ACTOR, country="")
    assert sorted(row["area"] for row in rows) == ["CAF", "TCD"]


def test_former_states_are_no_country(write: Write) -> None:
    rows, reading = read(ucdp_yearly, write("t.csv", table(CONFLICT, CONFLICT | {"gwno_loc": "751"})))
    assert not rows
    assert "name no country" in str(reading.notes[0])


def test_issues_are_where_conflicts_known_before_are(write: Write) -> None:
    known = {"ucdp/conflict/416": frozenset({"CF"})}
    path = write("issues.csv", table(ISSUE, ISSUE, ISSUE | {"year": "1000"}, ISSUE | {"conflict_id": "5"}))
    rows, reading = read(
        ucdp_yearly, path, country="CAF",
        areas_of=lambda prefix: {item: areas for item, areas in known.items() if item.startswith(prefix)},
    )  # fmt: skip
    assert {row["category"]: row["value"] for row in rows} == {"issue/1301": 1.0, "issue/6103": 0.0, "issue/9999": 0.0}
    assert reading.not_wanted == 1
    assert "no year" in str(reading.notes[0])


def test_issues_say_what_must_be_imported_first(write: Write) -> None:
    with pytest.raises(NothingToImport, match="Import UCDP's conflicts or terminations"):
        told(write, ISSUE)


OLDER = {
    "PAID": "4822007", "GWNO": "482", "Year": "2007", "pa_date ": "2007-04-13", "pa_type": "2", "ended": "0",
    "Duration": "", "cease": "1", "DDR": "0", "Mil_prov": "1", "Pol_prov": "0",
}  # fmt: skip


@pytest.mark.parametrize("newer_first", [False, True])
def test_a_newer_release_of_agreements_replaces_the_older_one_whichever_came_first(
    write: Write, instance: Instance, newer_first: bool
) -> None:
    releases = [
        write("ucdp-peace-agreements-1975-2011.csv", table(OLDER, OLDER)),
        write("ucdp-peace-agreements-221.csv", table(AGREEMENT, AGREEMENT | {"pa_date": "2008-01-01", "paid": "5"})),
    ]
    for path in releases[::-1] if newer_first else releases:
        import_files([path], instance=instance, country="CAF")
    store = Store(instance.evidence)
    rows = store.fetch(store.rows(as_of=date(2026, 1, 1), known=datetime(2026, 11, 1, tzinfo=UTC)))
    signed = [row for row in rows.to_pylist() if row["measure"] == "signed"]
    assert [row["item"] for row in signed] == ["ucdp/agreement/5"]


REJECTED = [
    ("a year to come", CONFLICT | {"year": "2031"}, "year is above 2026"),
    ("no year", CONFLICT | {"year": ""}, "year is empty"),
    ("an intensity that is none", CONFLICT | {"intensity_level": "3"}, "intensity_level is none of 1, 2"),
    ("a type that is none", CONFLICT | {"type_of_conflict": "9"}, "type_of_conflict is not 1 to 4"),
    ("an outcome that is none", EPISODE | {"outcome": "9"}, "outcome is not 1 to 6"),
    ("an end in another time", EPISODE | {"ependdate": "12/30/71"}, "ependdate is no day about this year"),
    ("a provision that is neither there nor not", AGREEMENT | {"cease": "4"}, "cease is not 0 or 1"),
    ("deaths below zero", YEAR | {"os_total_deaths_best_cy": "-1"}, "os_total_deaths_best_cy is below 0"),
]


@pytest.mark.parametrize(("shows", "line", "reason"), REJECTED, ids=[case[0] for case in REJECTED])
def test_a_wrong_line_gives_no_rows_and_its_reason(write: Write, shows: str, line: dict[str, str], reason: str) -> None:
    rows, reading = read(ucdp_yearly, write("table.csv", table(line, line)), country="CAF")
    assert not rows
    assert [str(fault.reason).startswith(reason) for fault in reading.faults] == [True]


def test_a_table_that_lacks_a_column_says_so(write: Write) -> None:
    path = write("table.csv", table(["country_id_cy", "year_cy"], {}))
    with pytest.raises(BadInput, match="none of the tables known here"):
        ucdp_yearly.read(Source(path), Task(Areas()))


PUBLISHED = [
    # file, its column of countries, measure of one row for each line, lines of the country, first and last year covered
    ("organizedviolencecy_v25_1.csv.gz", "country_id_cy", "violence/one-sided", 1989, 2024),
    ("UcdpPrioConflict_v24_1.csv.gz", "gwno_loc", "violence/state-based", 1946, 2023),
    ("ucdp-term-dyad-3-2021.csv.gz", "gwno_loc", "violence/state-based", 1946, 2020),
    ("ucdp-actor-221.csv.gz", "GWNOLoc", "organisation", 2021, 2021),
    ("ucdp-peace-agreements-221.csv.gz", "gwno", "document/published-agreement", 1975, 2021),
    ("ucdp-peace-agreements-1975-2011.csv.gz", "GWNO", "document/published-agreement", 1975, 2011),
]


@pytest.mark.reference_data
@pytest.mark.parametrize(("name", "column", "path", "first", "last"), PUBLISHED, ids=[case[0] for case in PUBLISHED])
def test_published_files_are_read_whole(
    reference_data: Path, name: str, column: str, path: str, first: int, last: int
) -> None:
    file = reference_data / "ucdp_yearly" / name
    lines = lines_of(file)
    ours = [line for line in lines if "482" in line[column].replace(" ", "").split(",")]
    rows, reading = read(ucdp_yearly, file, country="CAF")
    counted = {row["line"] for row in rows if row["category"].startswith(path)}
    assert not reading.faults
    assert len(counted) == len(ours) > 0
    assert reading.not_wanted == len(lines) - len(ours)
    assert (reading.coverage[0].start.year, reading.coverage[0].end.year) == (first, last)
    assert not any(each.complete for each in reading.coverage)


@pytest.mark.reference_data
def test_deaths_of_the_years_sum_to_those_of_the_source(reference_data: Path) -> None:
    file = reference_data / "ucdp_yearly" / "organizedviolencecy_v25_1.csv.gz"
    rows, _ = read(ucdp_yearly, file, country="CAF")
    ours = [line for line in lines_of(file) if line["country_id_cy"] == "482"]
    for category, (columns, _, _) in TOTALS.items():
        deaths = sum(row["value"] for row in rows if row["category"] == category and row["measure"] == "deaths")
        assert deaths == sum(float(line[f"{columns}_best_cy"]) for line in ours)
