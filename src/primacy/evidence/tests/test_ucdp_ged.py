"""UCDP events: every flavour that was published, as the data sheet says."""

import gzip
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.errors import BadInput
from primacy.evidence.importers import ucdp_ged
from primacy.evidence.tests.ged_files import EVENT, GED_COLUMNS, ged
from primacy.places.areas import Areas
from primacy.places.files.files import Source, sources

TODAY = date(2026, 1, 1)
Write = Callable[[str, str], Path]


def read(path: Path, *, country: str = "", areas: Areas | None = None) -> tuple[list[dict[str, Any]], Reading]:
    reading = ucdp_ged.read(next(sources(path)), Task(areas or Areas(), country, TODAY))
    tables = list(reading.batches)
    return (pa.concat_tables(tables).to_pylist() if tables else []), reading


def test_one_event_is_three_rows_of_one_item(write: Write) -> None:
    rows, _ = read(write("GEDEvent_v23_1.csv", ged({})))
    told = {row["measure"]: (row["value"], row["low"], row["high"], row["unit"]) for row in rows}
    assert told == {
        "events": (1.0, None, None, "events"),
        "deaths": (3.0, 2.0, 5.0, "persons"),
        "civilian_deaths": (3.0, None, None, "persons"),
    }
    assert {(row["kind"], row["item"], row["line"]) for row in rows} == {("incident", "1", 2)}
    assert (rows[0]["date"], rows[0]["until"]) == (date(2020, 5, 1), date(2020, 5, 2))


FIELDS = [
    # what it shows, what the event says, the column, its value
    ("type 1 is state-based", {"type_of_violence": 1}, "category", "violence/state-based"),
    ("type 2 is non-state", {"type_of_violence": 2}, "category", "violence/non-state"),
    ("type 3 is one-sided", {"type_of_violence": "3.0"}, "category", "violence/one-sided"),
    ("one-sided violence is against civilians", {"side_b": "Hut dwellers"}, "target", "civilians"),
    ("a clash is between its sides", {"type_of_violence": 1, "side_b": "Rebels"}, "target", "Rebels"),
    ("side a is the actor", {}, "actor", "Armed group"),
    ("clear, two sources", {}, "grade", "B2"),
    ("clear, one source", {"number_of_sources": 1}, "grade", "B3"),
    ("clear, number of sources unknown", {"number_of_sources": -1}, "grade", "B3"),
    ("unclear", {"event_clarity": 2}, "grade", "C3"),
    ("day of the event unknown", {"date_prec": 5}, "note", "period uncertain"),
    ("longer than a month", {"date_end": "2020-06-05"}, "note", "period uncertain"),
    ("a certain period says nothing", {}, "note", ""),
    ("numbers written with a decimal point", {"id": "77.0"}, "item", "77"),
    ("times of day are dropped", {"date_start": "2020-05-01T00:00:00", "date_end": "2020-05-01 00:00:00.000"}, "until",
     date(2020, 5, 1)),
    ("without boundaries the area is the country", {}, "area", "XX"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "event", "column", "value"), FIELDS, ids=[case[0] for case in FIELDS])
def test_what_a_column_becomes(write: Write, shows: str, event: dict[str, Any], column: str, value: Any) -> None:
    rows, _ = read(write("ged231.csv", ged(event)))
    assert {row[column] for row in rows} == {value}


MISSING = [
    ("deaths unknown: no row of deaths", {"best": ""}, {"events", "civilian_deaths"}),
    ("civilian deaths unknown: no row of them", {"deaths_civilians": ""}, {"events", "deaths"}),
    ("none known is a row of zero", {"deaths_civilians": 0}, {"events", "deaths", "civilian_deaths"}),
]


@pytest.mark.parametrize(("shows", "event", "measures"), MISSING, ids=[case[0] for case in MISSING])
def test_missing_stays_missing(write: Write, shows: str, event: dict[str, Any], measures: set[str]) -> None:
    rows, _ = read(write("ged231.csv", ged(event)))
    assert {row["measure"] for row in rows} == measures


def test_bounds_on_the_wrong_side_of_the_best_figure_are_left_out_and_told(write: Write) -> None:
    rows, reading = read(write("ged231.csv", ged({"best": 5, "low": 50, "high": 8}, {"best": 5, "low": 2, "high": 4})))
    deaths = [row for row in rows if row["measure"] == "deaths"]
    assert [(row["low"], row["value"], row["high"]) for row in deaths] == [(None, 5, None), (2, 5, None)]
    assert (
        str(reading.notes[0])
        == "events with a low or high figure on the wrong side of the best one, which keep none: 2"
    )


REJECTED = [
    ("deaths below zero", {"best": -1}, "best is below 0: '-1'"),
    ("latitude beyond the pole", {"latitude": 91}, "latitude is not between -90 and 90: '91'"),
    ("longitude beyond the date line", {"longitude": -200}, "longitude is not between -180 and 180: '-200'"),
    ("a day that does not exist", {"date_start": "2020-02-30"}, "date_start is a day that does not exist"),
    ("no day at all", {"date_start": ""}, "date_start is empty"),
    ("a day to come", {"date_start": "2031-01-01", "date_end": "2031-01-01"}, "date_start is not between"),
    ("an end before the start", {"date_end": "2020-04-01"}, "date_end is before date_start: '2020-04-01'"),
    ("an unknown type", {"type_of_violence": 4}, "type_of_violence is none of 1, 2, 3: '4'"),
    ("no id", {"id": ""}, "id is empty"),
    ("text for a number", {"high": "many"}, "high is no number: 'many'"),
    ("text for the number of sources", {"number_of_sources": "two"}, "number_of_sources is no number: 'two'"),
    ("text for the clarity", {"event_clarity": "clear"}, "event_clarity is no number: 'clear'"),
]


@pytest.mark.parametrize(("shows", "event", "reason"), REJECTED, ids=[case[0] for case in REJECTED])
def test_an_impossible_line_is_rejected_with_its_number(
    write: Write, shows: str, event: dict[str, Any], reason: str
) -> None:
    rows, reading = read(write("ged231.csv", ged({}, event, {})))
    assert {each.line for each in reading.faults} == {3}
    assert str(reading.faults.first).startswith(reason)
    assert {row["line"] for row in rows} == {2, 4}


def test_a_second_line_with_the_same_id_that_says_otherwise_is_rejected(write: Write) -> None:
    rows, reading = read(write("ged231.csv", ged({}, {"id": "1", "best": "9"})))
    assert str(reading.faults.first) == "this id stands on an earlier line too, which says otherwise: '1'"
    assert {row["line"] for row in rows} == {2}


def test_a_line_that_stands_twice_word_for_word_counts_once(write: Write) -> None:
    rows, reading = read(write("ged231.csv", ged({}, {"id": "1"}, {"id": "2"})))
    assert (len(rows), reading.faults.count) == (6, 0)
    assert str(reading.notes[0]) == "lines that repeat an earlier one word for word, counted once: 1"


PRECISION = [
    (1, "XX11", 2), (2, "XX11", 2), (3, "XX11", 2), (4, "XX1", 1), (5, "XX", 0), (6, "XX", 0), (7, "XX", 0),
    ("", "XX", 0),
]  # fmt: skip


@pytest.mark.parametrize(("precision", "area", "level"), PRECISION, ids=[f"where_prec {case[0]}" for case in PRECISION])
def test_no_place_is_finer_than_the_source_claims(
    write: Write, areas: Areas, precision: int, area: str, level: int
) -> None:
    rows, _ = read(write("ged231.csv", ged({"where_prec": precision})), areas=areas)
    assert {(row["area"], row["level"]) for row in rows} == {(area, level)}


OUTSIDE = [
    ("its district's name", {"adm_2": "district 2"}, "XX12", 2, 1),
    ("else its province's name", {"adm_2": "Nowhere"}, "XX1", 1, 1),
    ("else the country", {"adm_2": "Nowhere", "adm_1": ""}, "XX", 0, 0),
]


@pytest.mark.parametrize(("shows", "event", "area", "level", "named"), OUTSIDE, ids=[case[0] for case in OUTSIDE])
def test_a_point_outside_the_boundaries_falls_back_to_names_and_says_so(
    write: Write, areas: Areas, shows: str, event: dict[str, Any], area: str, level: int, named: int
) -> None:
    rows, reading = read(write("ged231.csv", ged({"latitude": 5} | event)), areas=areas)
    assert {(row["area"], row["level"]) for row in rows} == {(area, level)}
    assert reading.locator.found.by_name.total() == named
    assert reading.locator.found.not_found.total() == 1 - named


def test_only_the_country_asked_for_and_the_period_of_the_whole_file(write: Write) -> None:
    early = {"country": "YY", "date_start": "1999-01-01", "date_end": "1999-01-01"}
    events = ({}, early, {"country": "YY", "best": -1})
    rows, reading = read(write("ged231.csv", ged(*events)), country="XX")
    assert {row["item"] for row in rows} == {"1"}
    assert reading.not_wanted == 2
    assert not reading.faults, "lines of other countries are no concern of this mission"
    coverage = reading.coverage[0]
    assert (coverage.start, coverage.end, coverage.areas) == (date(1999, 1, 1), date(2020, 12, 31), ("XX",))
    assert coverage.complete
    assert "civilians" in (coverage.targets or ())


RELEASES = [
    ("GEDEvent_v23_1.csv", datetime(2023, 6, 18, tzinfo=UTC)),
    ("ged231.csv", datetime(2023, 6, 18, tzinfo=UTC)),
    ("ged191_BGD_MMR.csv", datetime(2019, 6, 30, tzinfo=UTC)),
    ("GED_v25_1_country.csv", datetime(2025, 6, 13, tzinfo=UTC)),
    ("conflict_data.csv", None),
]


@pytest.mark.parametrize(("name", "known"), RELEASES, ids=[case[0] for case in RELEASES])
def test_a_known_release_knows_when_it_was_published(write: Write, name: str, known: datetime | None) -> None:
    assert read(write(name, ged({})))[1].known == known


def test_a_file_without_its_header_is_refused(write: Write) -> None:
    path = write("ged231.csv", ged({}).split("\n", 1)[1])
    source = Source(path)
    assert not ucdp_ged.sniff(source, source.head())
    with pytest.raises(BadInput, match="does not name"):
        read(path)


def test_a_field_with_line_ends_keeps_the_count_of_lines(write: Write) -> None:
    text = ged({"side_a": '"Armed\ngroup"'}, {})
    rows, _ = read(write("ged231.csv", text))
    assert sorted({row["line"] for row in rows}) == [2, 4]


def test_columns_may_stand_in_any_order(write: Write) -> None:
    rows, _ = read(write("ged231.csv", ged({}, columns=GED_COLUMNS[::-1])))
    assert rows[0]["actor"] == EVENT["side_a"]


TYPES = [
    # rule it shows                                  types of the file    what it speaks of by its silence
    ("a whole file speaks of all three",             ("1", "2", "3"),     {"state-based", "non-state", "one-sided"}),
    ("one of attacks on civilians says no peace",    ("3",),              {"one-sided"}),
    ("types written as decimals are the same",       ("1.0", "2.0"),      {"state-based", "non-state"}),
]  # fmt: skip


@pytest.mark.parametrize(("types", "spoken"), [case[1:] for case in TYPES], ids=[case[0] for case in TYPES])
def test_a_type_of_violence_that_no_line_has_stays_unknown(
    write: Write, types: tuple[str, ...], spoken: set[str]
) -> None:
    lines = [{"id": str(n), "type_of_violence": each} for n, each in enumerate(types)]
    _, reading = read(write("ged231.csv", ged(*lines)))
    (coverage,) = reading.coverage
    assert set(coverage.categories or ()) == {f"violence/{each}" for each in spoken}
    assert sum("stays unknown" in str(each) for each in reading.notes) == 3 - len(spoken)


def test_a_sample_of_a_release_does_not_speak_by_its_silence(write: Write) -> None:
    names = ("Mali", "Chad", "Sudan", "Kenya", "Nepal", "India", "Yemen", "Syria", "Iraq", "Egypt", "Libya", "Niger",
             "Nigeria", "Peru", "Colombia", "Mexico", "Ghana", "Togo", "Benin", "Angola")  # fmt: skip
    sample = [{"country": name, "date_start": f"20{n:02d}-05-01", "date_end": f"20{n:02d}-05-01"}
              for n, name in enumerate(names)]  # fmt: skip
    _, reading = read(write("ged231.csv", ged(*sample)), country="MLI")
    assert [each.complete for each in reading.coverage] == [False]
    assert any("20 events of 20 countries in 20 years are no whole release" in str(note) for note in reading.notes)
    _, whole = read(write("ged231.csv", ged(*sample[:3])), country="MLI")
    assert [each.complete for each in whole.coverage] == [True]


FLAVOURS = [
    # file, country, items, deaths, first and last year covered
    ("ged_car_23_1/GED_v23_1_country482_CAF.csv.gz", "CAF", 1848, 14_948, 1991, 2022),
    ("ged_other/ged191_BGD_MMR.csv.gz", "", 3194, None, 1989, 2018),
    ("ged_other/hdx_conflict_data_BGD.csv.gz", "BGD", 601, None, 1989, 2018),
    ("ged_other/ged231_random_1000_49cols.csv.gz", "", 1000, None, 1989, 2022),
]


@pytest.mark.reference_data
@pytest.mark.parametrize(
    ("name", "country", "items", "deaths", "first", "last"), FLAVOURS, ids=[case[0] for case in FLAVOURS]
)
def test_published_files_are_read_whole(
    reference_data: Path, name: str, country: str, items: int, deaths: int | None, first: int, last: int
) -> None:
    rows, reading = read(reference_data / name, country=country)
    assert not reading.faults
    assert len({row["item"] for row in rows}) == items
    if deaths is not None:
        assert sum(row["value"] for row in rows if row["measure"] == "deaths") == deaths
    assert (reading.coverage[0].start.year, reading.coverage[0].end.year) == (first, last)


@pytest.mark.reference_data
def test_lines_of_a_published_file_hold_the_event_that_they_say(reference_data: Path) -> None:
    path = reference_data / "ged_car_23_1" / "GED_v23_1_country482_CAF.csv.gz"
    lines = gzip.decompress(path.read_bytes()).decode().split("\n")
    rows, _ = read(path)
    assert all(lines[row["line"] - 1].startswith(f"{row['item']},") for row in rows)
    assert Counter(row["category"] for row in rows if row["measure"] == "events") == {
        "violence/one-sided": 1076, "violence/state-based": 401, "violence/non-state": 371,
    }  # fmt: skip
