"""Tables by a mapping: what becomes of a line, what is refused, and what happens when a table comes again."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from primacy.evidence.bringing.importing import Summary, import_files
from primacy.evidence.errors import BadInput
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance

Write = Callable[[str, str], Path]
HEADER = "Ref;Date;Province;District;Code;Lat;Lon;Type;Killed;Women;Who;Country;Status"
USUAL = {"Ref": "A1", "Date": "13/02/2024", "Type": "Attack", "Killed": "2"}
MAPPING = """\
mapping: log
kind: incident
item: Ref
date: {column: Date, forms: day-month-year}
missing: [n/a, "-"]
measures:
  - {measure: events, always: 1}
  - {measure: deaths, column: Killed}
"""
NOW = datetime(2025, 1, 1, tzinfo=UTC)


def line(**changes: str) -> str:
    return ";".join((USUAL | changes).get(name, "") for name in HEADER.split(";"))


def table(*lines: str) -> str:
    return "\n".join([HEADER, *(lines or (line(),))]) + "\n"


@pytest.fixture
def bring(
    write: Write, instance: Instance, boundaries_file: Path
) -> Callable[..., tuple[Summary, list[dict[str, Any]]]]:
    """bring(mapping, table) -> (summary, rows of the version) in a country with four districts."""
    import_files([boundaries_file], instance=instance)

    def brought(mapping: str, text: str, **options: Any) -> tuple[Summary, list[dict[str, Any]]]:
        (summary,) = import_files(
            [write("t.csv", text)], instance=instance, mapping=write("map.yaml", mapping), **({"now": NOW} | options)
        )
        assert summary.version is not None
        return summary, [
            row for batch in Store(instance.evidence).content(summary.version.id) for row in batch.to_pylist()
        ]

    return brought


def test_a_line_becomes_a_data_point_for_each_measure(bring: Any) -> None:
    summary, rows = bring(MAPPING, table(line(), line(Ref="A2", Killed="n/a")))
    assert {(row["item"], row["measure"], row["value"]) for row in rows} == {
        ("A1", "events", 1.0), ("A1", "deaths", 2.0), ("A2", "events", 1.0),
    }  # fmt: skip
    assert (rows[0]["date"], rows[0]["area"]) == (date(2024, 2, 13), "XX")
    assert (summary.format, summary.rejected) == ("mapping", 0)


SAYS = [
    # what it shows                       added to the mapping                                   said in the line                    column, value
    ("a P-code",                          "place: {code: Code}",                                 {"Code": "XX12"},                   "area", "XX12"),
    ("names by level",                    "place: {names: {1: Province, 2: District}}",          {"Province": "Est Mambere", "District": "District 3"}, "area", "XX23"),
    ("only the upper level is known",     "place: {names: {1: Province, 2: District}}",          {"Province": "West"},               "area", "XX1"),
    ("the area above a name not known",   "place: {names: {1: Province, 2: District}, otherwise: coarser}", {"Province": "West", "District": "Nowhere"}, "area", "XX1"),
    ("a point",                           "place: {latitude: Lat, longitude: Lon}",              {"Lat": "0.5", "Lon": "3.5"},       "area", "XX24"),
    ("the code before the point",         "place: {code: Code, latitude: Lat, longitude: Lon}",  {"Code": "XX1", "Lat": "0.5", "Lon": "3.5"}, "area", "XX1"),
    ("the first of several codes",        "place: {code: [District, Code]}",                     {"Code": "XX2"},                    "area", "XX2"),
    ("a translated category",             "category: {column: Type, values: {ATTACK: violence}}", {},                                "category", "violence"),
    ("what is not translated is kept",    "category: {column: Type, values: {a: b}, other: keep}", {},                               "category", "Attack"),
    ("or emptied",                        "category: {column: Type, values: {a: b}, other: empty}", {},                              "category", ""),
    ("the same on every line",            "actor: {always: group-x}",                            {},                                 "actor", "group-x"),
    ("columns joined",                    "target: [Type, Status]",                              {"Status": "open"},                 "target", "Attack/open"),
    ("joined only where all are there",   "target: [Type, Status]",                              {},                                 "target", ""),
    ("groups in alphabetical order",      "group: {sex: Women, age: Status}",                    {"Women": "f", "Status": "0-4"},    "group", "age=0-4;sex=f"),
    ("confidentiality",                   "confidentiality: confidential",                       {},                                 "confidentiality", 2),
    ("a grade",                           "grade: Status",                                       {"Status": "B2"},                   "grade", "B2"),
    ("an end",                            "until: {column: Status, forms: day-month-year}",      {"Status": "20/02/2024"},           "until", date(2024, 2, 20)),
    ("a name without accents and case",   "actor: WHO",                                          {"Who": "x"},                       "actor", "x"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "added", "said", "column", "value"), SAYS, ids=[case[0] for case in SAYS])
def test_what_a_mapping_says(bring: Any, shows: str, added: str, said: dict[str, str], column: str, value: Any) -> None:
    _, rows = bring(f"{MAPPING}{added}\n", table(line(**said)))
    assert {row[column] for row in rows} == {value}


MEASURES = [
    ("a scale", "incident", "{measure: deaths, column: Killed, scale: thousand}", "1.5", 1500.0),
    ("per cent", "index", "{measure: share, column: Killed, scale: percent}", "45", 0.45),
    ("a sign of per cent", "index", "{measure: share, column: Killed, scale: percent}", "45 %", 0.45),
    (
        "texts that stand for a number",
        "programme",
        "{measure: running, column: Killed, values: {en cours: 1}}",
        "En cours",
        1.0,
    ),
    ("a stage by its name", "law", "{measure: stage, column: Killed, values: {adopté: adopted}}", "adopté", 4.0),
    ("a stage by its own name", "law", "{measure: stage, column: Killed}", "tabled", 3.0),
]


@pytest.mark.parametrize(("shows", "kind", "measure", "written", "value"), MEASURES, ids=[case[0] for case in MEASURES])
def test_measures(bring: Any, shows: str, kind: str, measure: str, written: str, value: float) -> None:
    mapping = MAPPING[: MAPPING.index("measures:")].replace("incident", kind) + f"measures: [{measure}]\n"
    _, rows = bring(mapping, table(line(Killed=written)))
    assert [row["value"] for row in rows] == [pytest.approx(value)]


def test_columns_of_periods_and_of_groups_and_lines_that_say_their_measure(bring: Any) -> None:
    start = MAPPING[: MAPPING.index("measures:")]
    wide = start + (
        "measures:\n  - {measure: deaths, column: Killed, date: 2020-Q1}\n"
        "  - {measure: deaths, column: Women, group: {sex: f}, where: {Type: [attack]}}\n"
    )
    _, rows = bring(wide, table(line(Women="1"), line(Ref="A2", Type="Raid", Women="7")))
    assert sorted((row["item"], str(row["date"]), str(row["until"]), row["group"], row["value"]) for row in rows) == [
        ("A1", "2020-01-01", "2020-03-31", "", 2.0), ("A1", "2024-02-13", "2024-02-13", "sex=f", 1.0),
        ("A2", "2020-01-01", "2020-03-31", "", 2.0),
    ]  # fmt: skip
    long = (
        start + "measures:\n  - measure: {column: Type, values: {Attack: deaths, Raid: injured}}\n    column: Killed\n"
    )
    _, rows = bring(long, table(line(), line(Ref="A2", Type="Raid", Killed="5")), name="long")
    assert [(row["measure"], row["unit"], row["value"]) for row in rows] == [
        ("deaths", "persons", 2.0),
        ("injured", "persons", 5.0),
    ]


def test_lines_may_be_left_out(bring: Any) -> None:
    text = table(line(), line(Ref="A2", Status="Draft"), line(Ref="A3", Type="Other"))
    _, rows = bring(MAPPING + "lines: {only: {Type: attack}, leave_out: {Status: draft}}\n", text)
    assert {row["item"] for row in rows} == {"A1"}


def test_lines_of_other_countries_are_left_out_and_it_is_said(bring: Any) -> None:
    summary, rows = bring(
        MAPPING + "place: {country: Country}\n", table(line(Country="XX"), line(Ref="A2", Country="YY"))
    )
    assert {row["item"] for row in rows} == {"A1"}
    assert "countries in the file: 2" in str(summary.notes[0])


REJECTED = [
    ("a day that does not exist", "", {"Date": "31/02/2024"}, "Date", "Date is a day that does not exist as day-month-year"),
    ("no day", "", {"Date": ""}, "Date", "Date is empty"),
    ("a day to come", "", {"Date": "01/01/2031"}, "Date", "Date is in the future"),
    ("a number that may be two", "", {"Killed": "1.234"}, "Killed", "Killed may be 1234 or 1.234"),
    ("a number that is none", "", {"Killed": "some"}, "Killed", "Killed is no number"),
    ("fewer than none", "", {"Killed": "-2"}, "Killed", "Killed is below 0, which persons cannot be"),
    ("a text without translation", "category: {column: Type, values: {a: b}}", {}, "Type", "Type is none of the values in the mapping (a)"),
    ("a place that is unknown", "place: {code: Code}", {"Code": "Atlantis"}, "Code", "Code is no P-code and no known name"),
    ("a district of another province", "place: {names: {1: Province, 2: District}}", {"Province": "West", "District": "District 4"}, "District", "no area is called 'District 4' there (did you mean District 4, XX24?)"),
    ("an e-mail address", "actor: Who", {"Who": "a.b@example.org"}, "Who", "Who holds an e-mail address"),
    ("a telephone number", "actor: Who", {"Who": "+236 70 00 00 00"}, "Who", "Who holds a telephone number"),
    ("a person", "actor: Who", {"Who": "Mr. Example"}, "Who", "Who seems to hold the name of a person"),
    ("no number of its record", "record: Status", {}, "Status", "Status is empty: each line needs its own number"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "added", "said", "column", "reason"), REJECTED, ids=[case[0] for case in REJECTED])
def test_what_cannot_be_used_is_told_in_the_words_of_the_table(
    write: Write,
    instance: Instance,
    boundaries_file: Path,
    shows: str,
    added: str,
    said: dict[str, str],
    column: str,
    reason: str,
) -> None:
    import_files([boundaries_file], instance=instance)
    with pytest.raises(BadInput) as caught:
        import_files(
            [write("t.csv", table(line(**said)))], instance=instance, mapping=write("map.yaml", f"{MAPPING}{added}\n")
        )
    assert caught.value.faults is not None
    (fault,) = caught.value.faults
    assert (fault.line, fault.field) == (2, column)
    assert str(fault.reason).startswith(reason)
    assert "Mr." not in fault.value
    assert "@" not in fault.value


def test_of_a_line_with_a_fault_nothing_is_taken_and_all_its_faults_are_told(bring: Any) -> None:
    text = table(line(), line(Ref="A2"), line(Ref="A3"), line(Ref="A4", Date="x", Killed="many"))
    summary, rows = bring(MAPPING, text)
    assert {row["item"] for row in rows} == {"A1", "A2", "A3"}
    assert summary.rejected == 1
    assert len(Path(summary.rejected_file).read_text().splitlines()) == 3


def test_columns_that_are_not_there_are_all_named(write: Write, instance: Instance) -> None:
    mapping = MAPPING + "actor: Actor\ntarget: Against\noptional: [Against]\n"
    with pytest.raises(BadInput) as caught:
        import_files([write("t.csv", "Ref;Date\n1;2\n")], instance=instance, mapping=write("map.yaml", mapping))
    assert [fault.field for fault in caught.value.faults or []] == ["Actor", "Killed"]


# ---- the same table again


def values(instance: Instance, *, known: datetime = NOW + timedelta(days=900)) -> dict[str, float]:
    store = Store(instance.evidence)
    rows = store.fetch(store.rows(as_of=date(2030, 1, 1), known=known)).to_pylist()
    return {row["item"]: row["value"] for row in rows if row["measure"] == "deaths"}


FIRST = table(line(), line(Ref="A2"), line(Ref="A3"))
SECOND = table(line(), line(Ref="A2", Killed="5"), line(Ref="A4"))


def test_without_record_a_table_replaces_what_it_covers(bring: Any, instance: Instance) -> None:
    bring(MAPPING, FIRST)
    summary, _ = bring(MAPPING, SECOND, now=NOW + timedelta(days=1))
    assert "it replaces 6 rows" in " ".join(map(str, summary.notes))
    assert values(instance) == {"A1": 2.0, "A2": 5.0, "A4": 2.0}


def test_with_record_a_table_updates(bring: Any, instance: Instance) -> None:
    mapping = MAPPING + "record: Ref\n"
    bring(mapping, FIRST)
    summary, rows = bring(mapping, SECOND, now=NOW + timedelta(days=1))
    assert "records: 1 new, 1 changed, 1 as they were" in map(str, summary.notes)
    assert {(row["item"], row["revision"]) for row in rows} == {("A2", 1), ("A4", 0)}
    assert values(instance) == {"A1": 2.0, "A2": 5.0, "A3": 2.0, "A4": 2.0}
    assert values(instance, known=NOW) == {"A1": 2.0, "A2": 2.0, "A3": 2.0}, "the past stays as it was known"


ENTERED = MAPPING + "entered: {column: Status, forms: day-month-year}\n"


def test_a_line_is_known_from_the_day_on_which_it_was_entered(bring: Any, instance: Instance) -> None:
    bring(ENTERED, table(line(Status="20/02/2024"), line(Ref="A2", Status="05/03/2024"), line(Ref="A3")))
    assert values(instance, known=datetime(2024, 2, 19, tzinfo=UTC)) == {}
    assert values(instance, known=datetime(2024, 3, 1, tzinfo=UTC)) == {"A1": 2.0}
    assert values(instance, known=datetime(2024, 3, 6, tzinfo=UTC)) == {"A1": 2.0, "A2": 2.0}


def test_a_line_without_a_day_of_entry_is_as_old_as_the_file(bring: Any) -> None:
    _, rows = bring(ENTERED + "known: 2024-06-01\n", table(line(Status="20/02/2024"), line(Ref="A3")))
    found = {row["item"]: row["known"].date() for row in rows}
    assert found == {"A1": date(2024, 2, 20), "A3": date(2024, 6, 1)}


def test_a_day_of_entry_before_the_day_itself_is_a_fault_of_its_column(bring: Any) -> None:
    summary, _ = bring(ENTERED, table(line(), line(Ref="A2"), line(Ref="A3", Status="12/02/2024")))
    assert "Status is before date: nobody can know what has not happened: '12/02/2024'" in str(summary.first_fault)


def test_a_record_that_changed_is_known_as_it_is_now_since_the_export(bring: Any, instance: Instance) -> None:
    """What was known in between stays as it was, also of records that were taken back."""
    mapping = ENTERED + "record: Ref\nexport: complete\n"
    first = [line(Ref=each, Status="20/02/2024") for each in ("A1", "A2", "A3")]
    bring(mapping, table(*first))
    later = [first[0], line(Ref="A2", Killed="5", Status="20/02/2024"), line(Ref="A4", Status="01/06/2024")]
    bring(mapping, table(*later), now=NOW + timedelta(days=1))
    between = {"A1": 2.0, "A2": 2.0, "A3": 2.0}
    assert values(instance, known=datetime(2024, 3, 1, tzinfo=UTC)) == between
    assert values(instance, known=NOW) == between | {"A4": 2.0}, "it was entered before"
    assert values(instance) == {"A1": 2.0, "A2": 5.0, "A4": 2.0}


def test_absent_is_taken_back_only_where_the_export_is_complete(bring: Any, instance: Instance) -> None:
    mapping = MAPPING + "record: Ref\nexport: complete\n"
    bring(mapping, FIRST)
    summary, _ = bring(mapping, SECOND, now=NOW + timedelta(days=1))
    assert "1 taken back" in " ".join(map(str, summary.notes))
    assert values(instance) == {"A1": 2.0, "A2": 5.0, "A4": 2.0}
    bring(mapping, FIRST, now=NOW + timedelta(days=2))
    assert values(instance) == {"A1": 2.0, "A2": 2.0, "A3": 2.0}, "what was taken back may come again"


def test_a_line_with_a_fault_is_not_absent(bring: Any, instance: Instance) -> None:
    mapping = MAPPING + "record: Ref\nexport: complete\n"
    bring(mapping, FIRST)
    bring(mapping, table(line(), line(Ref="A2"), line(Ref="A3", Killed="many")), now=NOW + timedelta(days=1))
    assert values(instance) == {"A1": 2.0, "A2": 2.0, "A3": 2.0}


def test_the_same_export_again_changes_nothing(bring: Any, instance: Instance) -> None:
    bring(MAPPING + "record: Ref\n", FIRST)
    summary, _ = bring(MAPPING + "record: Ref\n", FIRST, now=NOW + timedelta(days=1))
    assert not summary.new
    assert "records: 3 as they were" in map(str, summary.notes)
    assert len(Store(instance.evidence).versions()) == 1


def test_the_tables_own_revision_counts(bring: Any, instance: Instance) -> None:
    mapping = MAPPING + "record: {id: Ref, revision: Status}\n"
    bring(mapping, table(line(Status="3")))
    summary, _ = bring(mapping, table(line(Status="2", Killed="9")), now=NOW + timedelta(days=1))
    assert "records: 1 older than what is here" in map(str, summary.notes)
    bring(mapping, table(line(Status="4", Killed="7")), now=NOW + timedelta(days=2))
    assert values(instance) == {"A1": 7.0}


def test_an_export_older_than_what_is_here_is_refused(bring: Any) -> None:
    bring(MAPPING + "record: Ref\n", FIRST)
    with pytest.raises(BadInput, match="Import exports of records in the order"):
        bring(MAPPING + "record: Ref\n", SECOND, now=NOW - timedelta(days=9))


def test_a_number_that_stands_twice_is_refused_and_a_name_keeps_two_offices_apart(
    bring: Any, instance: Instance
) -> None:
    mapping = MAPPING + "record: Ref\n"
    summary, _ = bring(mapping, table(line(), line(Ref="A2"), line(Ref="A2", Killed="4")))
    assert summary.first_rejected == "line 4: Ref stands on an earlier line too, which says otherwise: 'A2'"
    east, _ = bring(mapping, table(line(Killed="8", Date="14/02/2024")), name="east")
    assert "records: 1 new" in map(str, east.notes)
    assert east.version is not None
    assert east.version.lineage == "mapping/log/east"


def later(*references: str) -> str:
    return table(*(line(Ref=each, Date="13/02/2025", Killed="1") for each in references))


NO_NEWER_STATE = [  # what a file brings after FIRST, as complete or not, that is no newer state of it
    ("numbers that start again each year", "", later("A1", "A2", "A3"), "numbers 3 of the 3 events"),
    ("most of them", "", later("A1", "A2"), "numbers 2 of the 2 events"),
    ("the list of another office", "export: complete\n", later("B1", "B2"), "holds none of the 3 records"),
]


@pytest.mark.parametrize(("shows", "export", "text", "told"), NO_NEWER_STATE, ids=[each[0] for each in NO_NEWER_STATE])
def test_what_is_no_newer_state_of_a_log_is_refused_and_a_name_keeps_it_apart(
    bring: Any, instance: Instance, shows: str, export: str, text: str, told: str
) -> None:
    mapping = MAPPING + "record: Ref\n" + export
    bring(mapping, FIRST)
    with pytest.raises(BadInput, match=told) as caught:
        bring(mapping, text, now=NOW + timedelta(days=100))
    assert "--name" in str(caught.value)
    assert values(instance) == {"A1": 2.0, "A2": 2.0, "A3": 2.0}
    bring(mapping, text, now=NOW + timedelta(days=100), name="next")
    assert len(Store(instance.evidence).versions()) == 2


def test_a_day_that_was_mistyped_is_corrected(bring: Any, instance: Instance) -> None:
    bring(MAPPING + "record: Ref\n", FIRST)
    corrected = table(line(Date="13/02/2023"), line(Ref="A2"), line(Ref="A3"))
    summary, _ = bring(MAPPING + "record: Ref\n", corrected, now=NOW + timedelta(days=1))
    assert "records: 1 changed, 2 as they were" in map(str, summary.notes)


def test_declared_coverage_has_codes_and_what_is_inside(bring: Any) -> None:
    covered = "coverage: [{kind: incident, areas: [West Province], from: 2024-01-01, to: 2024-12-31, complete: true}]\n"
    summary, _ = bring(MAPPING + covered, table())
    assert summary.version is not None
    (coverage,) = summary.version.coverage
    assert (coverage.areas, coverage.complete) == (("XX1", "XX11", "XX12"), True)
    with pytest.raises(BadInput, match="coverage names what is no area here"):
        bring(MAPPING + covered.replace("West Province", "Atlantis"), table())


def test_a_mapping_belongs_to_no_other_format(write: Write, instance: Instance) -> None:
    with pytest.raises(BadInput, match="a mapping belongs to the format mapping"):
        import_files([write("t.csv", table())], instance=instance, mapping=write("map.yaml", MAPPING), format="csv")


def test_a_column_that_is_called_like_a_formula_stays_text_in_the_list_of_faults(bring: Any) -> None:
    text = table(line(), line(Ref="A2"), line(Ref="A3", Killed="many")).replace("Killed", "=cmd()")
    summary, _ = bring(MAPPING.replace("Killed", '"=cmd()"'), text)
    assert not any(cell.startswith("=") for cell in Path(summary.rejected_file).read_text().splitlines()[1].split(","))
