"""Tables filled in by hand: what is understood, what is sent back with its line, and that silence says nothing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.errors import BadInput
from primacy.evidence.importers import csv_
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance
from primacy.places.areas import Areas
from primacy.places.files.files import Source

Write = Callable[[str, str], Path]
HEADER = "kind,item,date,area,measure,value,unit,grade,group,confidentiality,until,target,longitude,latitude,category"


def line(**changes: str) -> str:
    usual = {"kind": "contact", "item": "c1", "date": "2024-05-01", "area": "XX", "measure": "events", "value": "1"}
    return ",".join((usual | changes).get(name, "") for name in HEADER.split(","))


def read(path: Path, areas: Areas | None = None, country: str = "XX") -> tuple[list[dict[str, Any]], Reading]:
    reading = csv_.read(Source(path), Task(areas or Areas(), country, date(2026, 1, 1)))
    tables = list(reading.batches)
    return (pa.concat_tables(tables).to_pylist() if tables else []), reading


UNDERSTOOD = [
    ("a number", {}, "value", 1.0),
    ("a share", {"kind": "survey", "measure": "share", "value": "0.45"}, "value", 0.45),
    ("a share in per cent", {"kind": "survey", "measure": "share", "value": "45 %"}, "value", 0.45),
    ("a stage by its name", {"kind": "law", "measure": "stage", "value": "tabled"}, "value", 3.0),
    ("a stage by its number", {"kind": "law", "measure": "stage", "value": "3"}, "value", 3.0),
    ("a stage of its category", {"kind": "mechanism", "measure": "stage", "value": "draft",
                                 "category": "mechanism/constitution"}, "value", 5.0),
    ("the unit of the measure", {"kind": "incident", "measure": "deaths"}, "unit", "persons"),
    ("a currency as written", {"kind": "price", "measure": "price", "unit": "XAF"}, "unit", "XAF"),
    ("groups in alphabetical order", {"group": "sex=f; age=15-29"}, "group", "age=15-29;sex=f"),
    ("confidentiality in words", {"confidentiality": "Confidential"}, "confidentiality", 2),
    ("confidentiality left out is unclassified", {}, "confidentiality", 0),
    ("a grade", {"grade": "B2"}, "grade", "B2"),
    ("no end is the same day", {}, "until", date(2024, 5, 1)),
    ("an event without an item is its own", {"item": ""}, "item", "contact-2"),
    ("no area is the country", {"area": ""}, "area", "XX"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "said", "column", "value"), UNDERSTOOD, ids=[case[0] for case in UNDERSTOOD])
def test_what_is_understood(write: Write, shows: str, said: dict[str, str], column: str, value: Any) -> None:
    rows, reading = read(write("t.csv", f"{HEADER}\n{line(**said)}\n"))
    assert not reading.faults
    assert rows[0][column] == pytest.approx(value) if isinstance(value, float) else rows[0][column] == value


REJECTED = [
    ("an unknown kind", {"kind": "contacts"}, "kind is not in the list of kinds: 'contacts'"),
    ("an unknown measure", {"measure": "meetings"}, "contact has no such measure (it has events,"),
    ("another unit", {"kind": "incident", "measure": "deaths", "unit": "households"}, "deaths is in persons, not in"),
    ("text for a number", {"value": "many"}, "value is no number: 'many'"),
    ("fewer than none", {"value": "-2"}, "value is below 0, which events cannot be: '-2'"),
    ("more than all", {"kind": "survey", "measure": "share", "value": "45"}, "value is no share: write 0.45"),
    (
        "a score above the scale",
        {"kind": "provision", "measure": "score", "value": "9"},
        "value is no score: write a whole number from 0 to 3: '9'",
    ),
    ("a score below the scale", {"kind": "rubric", "measure": "score", "value": "-2"}, "value is no score"),
    ("a score between two points", {"kind": "rubric", "measure": "score", "value": "2.7"}, "value is no score"),
    ("a stage that is none", {"kind": "law", "measure": "stage", "value": "sung"}, "value is neither a number"),
    ("a stage beyond the last", {"kind": "law", "measure": "stage", "value": "70"}, "value is no stage: write 0 to 7"),
    ("a state without an item", {"kind": "law", "measure": "stage", "item": ""}, "item is empty"),
    ("no date", {"date": ""}, "date is empty"),
    ("an impossible date", {"date": "2024-02-31"}, "date is a day that does not exist: '2024-02-31'"),
    ("an event to come", {"date": "2030-01-01"}, "date is in the future: '2030-01-01'"),
    (
        "a state to come",
        {"kind": "law", "measure": "stage", "value": "adopted", "item": "l", "date": "2099-01-01"},
        "date is in the future: '2099",
    ),
    ("an end before the start", {"until": "2023-01-01"}, "until is before date: '2023-01-01'"),
    ("a grade that is none", {"grade": "Z9"}, "grade is not a letter A-F and a number 1-6, such as B2: 'Z9'"),
    ("an unknown secrecy", {"confidentiality": "9"}, "confidentiality is not 0 to 3: '9'"),
    ("a place that is unknown", {"area": "Atlantis"}, "area is no P-code and no known name: 'Atlantis'"),
    ("a place nearly known", {"area": "Wost"}, "area is no P-code and no known name (did you mean West"),
    ("a point outside", {"area": "", "longitude": "50", "latitude": "0.5"}, "the point lies outside the boundaries"),
    ("a point on no globe", {"area": "", "longitude": "999", "latitude": "0.5"}, "longitude is not between -180"),
]


@pytest.mark.parametrize(("shows", "said", "reason"), REJECTED, ids=[case[0] for case in REJECTED])
def test_what_cannot_be_right_is_rejected_with_its_line(
    write: Write, areas: Areas, shows: str, said: dict[str, str], reason: str
) -> None:
    rows, reading = read(write("t.csv", f"{HEADER}\n{line()}\n{line(**said)}\n"), areas)
    assert [each.line for each in reading.faults] == [3]
    assert str(reading.faults.first).startswith(reason)
    assert len(rows) == 1


AHEAD = [
    ("what ought to be", {"kind": "law", "measure": "expected", "item": "l"}),
    ("when a promise is due", {"kind": "commitment", "measure": "due", "item": "c"}),
    ("a budget of a year to come", {"kind": "budget-line", "measure": "approved", "item": "b", "unit": "XAF"}),
    ("a station that is planned", {"kind": "station", "measure": "planned", "item": "s"}),
    ("a forecast", {"kind": "forecast", "measure": "deaths", "item": "f"}),
]


@pytest.mark.parametrize(("shows", "said"), AHEAD, ids=[case[0] for case in AHEAD])
def test_what_may_have_a_day_to_come(write: Write, areas: Areas, shows: str, said: dict[str, str]) -> None:
    rows, reading = read(write("t.csv", f"{HEADER}\n{line(**said, value='1', date='2030-01-01')}\n"), areas)
    assert not list(reading.faults)
    assert len(rows) == 1


@pytest.mark.parametrize(("shows", "said"), AHEAD, ids=[case[0] for case in AHEAD])
def test_what_may_have_a_day_to_come_may_be_known_before_it(
    write: Write, areas: Areas, shows: str, said: dict[str, str]
) -> None:
    told = line(**said, value="1", date="2030-01-01")
    rows, reading = read(write("t.csv", f"{HEADER},known\n{told},2024-01-05\n"), areas)
    assert not list(reading.faults)
    assert [each["known"].date() for each in rows] == [date(2024, 1, 5)]


def test_what_happened_is_not_known_before_its_day(write: Write, areas: Areas) -> None:
    rows, reading = read(write("t.csv", f"{HEADER},known\n{line(date='2024-03-02')},2024-03-01\n"), areas)
    assert str(reading.faults.first).startswith("known is before date")
    assert not rows


PLACES = [
    ("a P-code", {"area": "XX12"}, "XX12", 2),
    ("a P-code between marks of direction", {"area": "\u200fXX12\u200e"}, "XX12", 2),
    ("a name", {"area": "est mambere"}, "XX2", 1),
    ("the country", {"area": "XX"}, "XX", 0),
    ("a point", {"area": "", "longitude": "3.5", "latitude": "0.5"}, "XX24", 2),
]


@pytest.mark.parametrize(("shows", "said", "area", "level"), PLACES, ids=[case[0] for case in PLACES])
def test_places(write: Write, areas: Areas, shows: str, said: dict[str, str], area: str, level: int) -> None:
    rows, _ = read(write("t.csv", f"{HEADER}\n{line(**said)}\n"), areas)
    assert (rows[0]["area"], rows[0]["level"]) == (area, level)


def test_a_name_is_counted_as_matched_by_name(write: Write, areas: Areas) -> None:
    _, reading = read(write("t.csv", f"{HEADER}\n{line(area='Est Mambere')}\n"), areas)
    assert dict(reading.locator.found.by_name) == {("Est Mambere", "XX2"): 1}


def test_without_boundaries_places_wait_and_it_is_said(write: Write) -> None:
    rows, reading = read(write("t.csv", f"{HEADER}\n{line(area='XX12')}\n"))
    assert (rows[0]["area"], rows[0]["level"]) == ("XX", 0)
    assert reading.locator.found.without_boundaries == 1


def test_a_line_without_a_value_says_nothing(write: Write) -> None:
    rows, reading = read(write("t.csv", f"{HEADER}\n{line(value='')}\n{line()}\n"))
    assert (len(rows), reading.not_filled, reading.faults.count) == (1, 1, 0)


def test_semicolons_with_decimal_commas_as_spreadsheets_write_them(write: Write) -> None:
    text = f"{HEADER}\n{line(kind='survey', measure='share', value='0x45')}\n".replace(",", ";").replace("0x45", "0,45")
    assert read(write("t.csv", text))[0][0]["value"] == 0.45


def test_columns_that_are_not_used_are_named(write: Write) -> None:
    _, reading = read(write("t.csv", f"{HEADER},valeur\n{line()},7\n"))
    assert list(map(str, reading.notes)) == ["columns not used: valeur"]


def test_coverage_is_partial_for_the_months_with_lines_unless_declared(write: Write) -> None:
    _, reading = read(write("t.csv", f"{HEADER}\n{line(target='Women')}\n{line(date='2024-07-09')}\n"))
    coverage = reading.coverage[0]
    assert (coverage.kind, coverage.start, coverage.end) == ("contact", date(2024, 5, 1), date(2024, 7, 31))
    assert (coverage.complete, coverage.areas, coverage.targets, coverage.actors) == (False, ("XX",), ("*",), None)


def test_comments_say_source_and_coverage(write: Write, areas: Areas) -> None:
    comments = (
        "# producer: Civil Affairs\n# source type: monitor\n# licence: internal\n# official for: law\n"
        "# coverage: contact; Est-Mambéré; 2024-01-01 to 2024-12-31; complete; meeting\n# coverage: <placeholder>\n"
    )
    rows, reading = read(write("t.csv", f"{comments}{HEADER}\n{line()}\n"), areas)
    assert (reading.producer, reading.source_type, reading.official_for) == ("Civil Affairs", "monitor", ("law",))
    (coverage,) = reading.coverage
    assert coverage.areas == ("XX2", "XX23", "XX24"), "an area below the country with everything inside it"
    assert (coverage.complete, coverage.categories) == (True, ("meeting",))
    assert rows[0]["line"] == 8


BAD_COMMENTS = [
    ("an unknown source type", "# source type: rumour", "source type is not one of producer, monitor"),
    ("half a coverage", "# coverage: contact; XX", "line 1: coverage cannot be read"),
    ("an impossible period", "# coverage: contact; XX; 2024-12-31 to 2024-01-01; complete", "impossible period"),
    (
        "an unknown kind",
        "# coverage: contacts; XX; 2024-01-01 to 2024-12-31; complete",
        "coverage names a kind that is not in the list of kinds: 'contacts'",
    ),
    ("no area", "# coverage: contact; ; 2024-01-01 to 2024-12-31; complete", "coverage without areas"),
]


@pytest.mark.parametrize(("shows", "comment", "message"), BAD_COMMENTS, ids=[case[0] for case in BAD_COMMENTS])
def test_a_wrong_declaration_is_refused(write: Write, shows: str, comment: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(write("t.csv", f"{comment}\n{HEADER}\n{line()}\n"))
    assert message in str(caught.value)


def test_a_corrected_file_of_the_same_name_replaces_the_first(write: Write, instance: Instance) -> None:
    import_files([write("contacts.csv", f"{HEADER}\n{line()}\n{line(item='c2')}\n")], instance=instance)
    (summary,) = import_files([write("contacts.csv", f"{HEADER}\n{line(value='2')}\n")], instance=instance)
    assert "it replaces 2 rows of contacts" in str(summary.notes[0])
    (other,) = import_files([write("more.csv", f"{HEADER}\n{line(item='c3')}\n")], instance=instance)
    assert other.notes == []
    store = Store(instance.evidence)
    rows = store.fetch(store.rows(as_of=date(2030, 1, 1), known=other.version.known)).to_pylist()
    assert sorted((row["item"], row["value"]) for row in rows) == [("c1", 2.0), ("c3", 1.0)]


REPEATED = [
    # what it shows, second line, rows, faults, notes
    ("word for word", "law,l1,2024-05-01,stage,2", 1, 0, 1),
    ("another stage of the same day", "law,l1,2024-05-01,stage,3", 1, 1, 0),
    ("another day", "law,l1,2024-05-02,stage,3", 2, 0, 0),
    ("another item", "law,l2,2024-05-01,stage,2", 2, 0, 0),
]


@pytest.mark.parametrize(("shows", "line", "rows", "faults", "notes"), REPEATED, ids=[case[0] for case in REPEATED])
def test_a_thing_is_told_once(
    write: Callable[[str, str], Path], shows: str, line: str, rows: int, faults: int, notes: int
) -> None:
    path = write("t.csv", f"kind,item,date,measure,value\nlaw,l1,2024-05-01,stage,2\n{line}\n")
    reading = csv_.read(Source(path), Task(Areas(), "XX"))
    assert sum(table.num_rows for table in reading.batches) == rows
    assert (reading.faults.count, len(reading.notes)) == (faults, notes)


def test_lines_without_an_item_are_things_of_their_own(write: Callable[[str, str], Path]) -> None:
    path = write("t.csv", "kind,date,measure,value\ncontact,2024-05-01,events,1\ncontact,2024-05-01,events,1\n")
    assert sum(table.num_rows for table in csv_.read(Source(path), Task(Areas(), "XX")).batches) == 2
