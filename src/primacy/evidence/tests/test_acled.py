"""ACLED exports: invented events in both published forms, as the data sheet says."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.importers import acled
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance
from primacy.places.areas import Areas
from primacy.places.files.files import Source, sources

TODAY = date(2026, 1, 1)
Write = Callable[[str, str], Path]
COLUMNS = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
OLDER = [
    "data_id",
    "iso",
    "event_id_cnty",
    "event_id_no_cnty",
    "event_date",
    "year",
    "time_precision",
    "event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "timestamp",
    "iso3",
]
EVENT: dict[str, Any] = {
    "event_id_cnty": "EXA1", "event_date": "2022-03-05", "year": 2022, "time_precision": 1,
    "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Examplia", "inter1": 1, "actor2": "Hill Front", "inter2": 2, "interaction": 12,
    "iso": 0, "country": "XX", "admin1": "West Province", "admin2": "District 1", "location": "Ford",
    "latitude": "0.5", "longitude": "0.5", "geo_precision": 1, "source": "Radio One; Gazette",
    "source_scale": "Subnational-National", "notes": "Invented", "fatalities": 3, "timestamp": 1650000000,
    "data_id": 1, "iso3": "XX",
}  # fmt: skip


def export(*events: dict[str, Any], columns: list[str] = COLUMNS) -> str:
    full = [EVENT | {"event_id_cnty": f"EXA{number}"} | event for number, event in enumerate(events, 1)]
    lines = [",".join(f'"{each.get(name, "")}"' for name in columns) for each in full]
    return "\n".join([",".join(columns), *lines]) + "\n"


def read(path: Path, *, country: str = "", areas: Areas | None = None) -> tuple[list[dict[str, Any]], Reading]:
    reading = acled.read(next(sources(path)), Task(areas or Areas(), country, TODAY))
    tables = list(reading.batches)
    return (pa.concat_tables(tables).to_pylist() if tables else []), reading


VAC = {"event_type": "Violence against civilians", "inter2": 7, "actor2": "Civilians (Examplia)"}
BLAST = {"event_type": "Explosions/Remote violence", "sub_event_type": "Remote explosive/landmine/IED"}
CROWD = {"inter1": 5, "actor1": "Rioters (Examplia)", "actor2": "", "inter2": 0}
FIELDS = [
    # what it shows, what the event says, the column, its value
    ("the army in a fight", {}, "category", "violence/state-based"),
    ("two groups", {"inter1": 3}, "category", "violence/non-state"),
    ("an outside force", {"inter1": 2, "inter2": 8}, "category", "violence/state-based"),
    ("sides in words", {"inter1": "Rebel group", "inter2": "Identity militia"}, "category", "violence/non-state"),
    ("the army in words", {"inter1": "State forces", "inter2": "Political militia"}, "category", "violence/state-based"),
    ("an attack on civilians", VAC | {"sub_event_type": "Attack"}, "category", "violence/one-sided/attack"),
    ("its target", VAC | {"sub_event_type": "Attack"}, "target", "civilians"),
    ("an abduction", VAC | {"sub_event_type": "Abduction/forced disappearance"}, "category", "violence/one-sided/abduction"),
    ("a mine under a convoy", BLAST, "category", "violence/state-based"),
    ("a mine that hits civilians", BLAST | {"inter2": "Civilians"}, "category", "violence/one-sided/remote"),
    ("a blast said to target civilians", BLAST | {"civilian_targeting": "Civilian targeting"}, "target", "civilians"),
    ("a mine with one side alone", BLAST | {"inter2": 0, "actor2": ""}, "category", "violence/remote"),
    ("a peaceful protest", {"event_type": "Protests", "sub_event_type": "Peaceful protest"}, "category", "protest/peaceful"),
    ("shots at protesters", {"event_type": "Protests", "sub_event_type": "Excessive force against protesters"}, "category",
     "violence/one-sided/excessive-force"),
    ("a violent demonstration", CROWD | {"event_type": "Riots", "sub_event_type": "Violent demonstration"}, "category",
     "violence/political/riot"),
    ("a mob", CROWD | {"event_type": "Riots", "sub_event_type": "Mob violence"}, "category", "violence/mob"),
    ("looting", {"event_type": "Strategic developments", "sub_event_type": "Looting/property destruction"}, "category",
     "development/looting"),
    ("a new sub-event keeps its type", VAC | {"sub_event_type": "Something new"}, "category", "violence/one-sided"),
    ("a day", {}, "until", date(2022, 3, 5)),
    ("a week", {"time_precision": 2}, "until", date(2022, 3, 11)),
    ("a month", {"time_precision": 3}, "until", date(2022, 3, 31)),
    ("a month is uncertain", {"time_precision": 3}, "note", "period uncertain"),
    ("a date in words", {"event_date": "31 December 2022"}, "date", date(2022, 12, 31)),
    ("two sources", {}, "grade", "B2"),
    ("one source", {"source": "Radio One"}, "grade", "B3"),
    ("a larger region", {"geo_precision": 3}, "grade", "C3"),
    ("where its sources stand", {}, "origin", "acled/subnational-national"),
    ("known since ACLED last changed it", {}, "known", datetime(2022, 4, 15, 5, 20, tzinfo=UTC)),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "event", "column", "value"), FIELDS, ids=[case[0] for case in FIELDS])
def test_what_a_column_becomes(write: Write, shows: str, event: dict[str, Any], column: str, value: Any) -> None:
    rows, reading = read(write("acled.csv", export(event)))
    assert not reading.faults.count, reading.faults.first
    assert {row[column] for row in rows} == {value}


OLD = [
    ("a battle", {"event_type": "Battle-No change of territory"}, "violence/state-based"),
    ("remote violence", {"event_type": "Remote violence", "inter2": 7}, "violence/one-sided/remote"),
    ("rioters", {"event_type": "Riots/Protests", "inter1": 5}, "violence/political/riot"),
    ("protesters", {"event_type": "Riots/Protests", "inter1": 6}, "protest"),
    ("a base", {"event_type": "Headquarters or base established"}, "development/base"),
]


@pytest.mark.parametrize(("shows", "event", "category"), OLD, ids=[case[0] for case in OLD])
def test_the_older_form_has_no_sub_events(write: Write, shows: str, event: dict[str, Any], category: str) -> None:
    rows, _ = read(write("acled.csv", export(event, columns=OLDER)))
    assert {(row["item"], row["category"]) for row in rows} == {("EXA1", category)}


def test_an_event_is_counted_with_its_deaths_and_no_more(write: Write) -> None:
    rows, reading = read(write("acled.csv", export({}, {"fatalities": ""})))
    told = [(row["item"], row["measure"], row["value"], row["low"], row["high"]) for row in rows]
    assert told == [
        ("EXA1", "events", 1, None, None),
        ("EXA2", "events", 1, None, None),
        ("EXA1", "deaths", 3, None, None),
    ]
    assert acled.CAVEAT in reading.notes


@pytest.mark.parametrize(("precision", "area", "level"), [(1, "XX11", 2), (2, "XX11", 2), (3, "XX1", 1)])
def test_a_place_is_kept_as_finely_as_it_is_claimed(
    write: Write, areas: Areas, precision: int, area: str, level: int
) -> None:
    rows, _ = read(write("acled.csv", export({"geo_precision": precision})), areas=areas)
    assert {(row["area"], row["level"]) for row in rows} == {(area, level)}


def test_sexual_violence_is_never_kept_by_place(write: Write) -> None:
    rows, reading = read(write("acled.csv", export({}, VAC | {"sub_event_type": "Sexual violence"})))
    assert {row["item"] for row in rows} == {"EXA1"}
    assert any("events of sexual violence left out: 1" in str(note) for note in reading.notes)
    assert not reading.faults.count


def test_notes_and_names_of_sources_stay_outside(write: Write) -> None:
    rows, _ = read(write("acled.csv", export({"notes": "Said by Somebody", "source": "Somebody", "tags": "name"})))
    assert not any("Somebody" in str(value) for row in rows for value in row.values())


WRONG = [
    ("no such type", {"event_type": "Weather"}, "event_type is not one of ACLED's: 'Weather'"),
    ("no id", {"event_id_cnty": ""}, "the event has no id"),
    ("no day", {"event_date": ""}, "event_date is empty"),
    ("a day to come", {"event_date": "2030-01-01"}, "event_date is not between 1989-01-01 and 2026-01-01: '2030-01-01'"),
    ("precision", {"geo_precision": 9}, "geo_precision is none of 1, 2, 3: '9'"),
    ("changed tomorrow", {"timestamp": 4000000000}, "timestamp is in the future: '4000000000'"),
    ("deaths", {"fatalities": "many"}, "fatalities is no number: 'many'"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "event", "why"), WRONG, ids=[case[0] for case in WRONG])
def test_what_is_wrong_is_a_fault_with_its_line(write: Write, shows: str, event: dict[str, Any], why: str) -> None:
    rows, reading = read(write("acled.csv", export({}, event)))
    assert {row["item"] for row in rows} == {"EXA1"}
    assert (reading.faults.first.line, str(reading.faults.first)) == (3, why)


def test_of_an_event_on_two_lines_the_newest_counts(write: Write) -> None:
    again = [
        {"event_id_cnty": "EXA9", "fatalities": deaths, "timestamp": 1650000000 + age}
        for deaths, age in ((3, 0), (9, 5), (9, 5))
    ]
    rows, reading = read(write("acled.csv", export(*again)))
    assert [row["value"] for row in rows if row["measure"] == "deaths"] == [9]
    assert not reading.faults.count
    assert [str(note).split(":")[0] for note in reading.notes[1:]] == [
        "lines that repeat an earlier one word for word, counted once",
        "lines left out, because the file has a newer one of the same id",
    ]


def test_two_contents_of_one_age_are_a_fault(write: Write) -> None:
    rows, reading = read(
        write("acled.csv", export({"event_id_cnty": "EXA9"}, {"event_id_cnty": "EXA9", "fatalities": 8}))
    )
    assert [row["value"] for row in rows if row["measure"] == "deaths"] == [3]
    assert reading.faults.count == 1


def test_silence_is_zero_for_the_types_that_the_file_holds_and_never_for_developments(write: Write) -> None:
    _, reading = read(write("acled.csv", export({}, BLAST | {"event_date": "2022-05-27", "timestamp": 1660000000})))
    whole, part = reading.coverage
    assert (whole.complete, part.complete) == (True, False)
    assert set(whole.categories) == {"violence/state-based", "violence/non-state", "violence/remote"}
    assert {"development", "violence/one-sided", "protest"} <= set(part.categories)
    assert (whole.start, whole.end) == (date(2022, 3, 1), date(2022, 5, 31))
    _, early = read(write("early.csv", export({"event_date": "2022-05-02", "timestamp": 1651600000})))
    assert early.coverage[0].end == date(2022, 5, 2)


def test_weekly_exports_add_up(write: Write, instance: Instance, boundaries_file: Path) -> None:
    import_files([boundaries_file], instance=instance)
    days = ["2022-03-01", "2022-03-07"], ["2022-03-08", "2022-03-14"]
    for week, (first, last) in enumerate(days):
        later = {"timestamp": 1660000000 + week}
        text = export(
            *({"event_id_cnty": f"EXA{week}{n}", "event_date": day} | later for n, day in enumerate((first, last)))
        )
        import_files([write(f"week{week}.csv", text)], instance=instance)
    store = Store(instance.evidence)
    rows = store.fetch(store.rows(as_of=TODAY, known=datetime(2026, 1, 1, tzinfo=UTC))).to_pylist()
    assert sorted({row["item"] for row in rows}) == ["EXA00", "EXA01", "EXA10", "EXA11"]


def test_one_plain_command_and_a_later_export_replaces(write: Write, instance: Instance, boundaries_file: Path) -> None:
    first, second = export({}, {}), export({"fatalities": 5, "timestamp": 1690000000}, {"event_date": "2022-04-30"}, {})
    import_files([boundaries_file], instance=instance)
    (done,) = import_files([write("first.csv", first)], instance=instance)
    assert (done.format, done.version.known) == ("acled", datetime(2022, 4, 15, 5, 20, tzinfo=UTC))
    import_files([write("second.csv", second)], instance=instance)
    store = Store(instance.evidence)
    rows = store.fetch(store.rows(as_of=TODAY, known=datetime(2026, 1, 1, tzinfo=UTC))).to_pylist()
    assert sorted((row["item"], row["value"]) for row in rows if row["measure"] == "deaths") == [
        ("EXA1", 5), ("EXA2", 3), ("EXA3", 3),
    ]  # fmt: skip


def test_an_export_is_not_mistaken_for_anything_else(write: Write) -> None:
    source = Source(write("data.csv", export({})))
    assert acled.sniff(source, source.head())
