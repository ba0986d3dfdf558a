"""Drafts of mappings: what is guessed, why, and what is asked instead of guessed."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from primacy.evidence.bringing.importing import import_files
from primacy.evidence.errors import BadInput
from primacy.evidence.mapped.answering import answered
from primacy.evidence.mapped.answering import questions as to_answer
from primacy.evidence.mapped.drafts import draft_mappings
from primacy.evidence.mapped.mapping_files import parse, read_mapping
from primacy.framework.instance import Instance
from primacy.framework.saying import CLOSED, OPENED
from primacy.places.areas import Areas

Write = Callable[[str, str], Path]
ENGLISH = "Ref,Event date,Province,Type,Killed\nA1,13/02/2024,West,Raid,2\nA2,14/02/2024,West,Raid,3\nA3,15/02/2024,Est,Clash,n/a\n"


def draft(path: Path, language: str = "en") -> tuple[str, tuple[str, ...]]:
    (found,) = draft_mappings(path, language=language)
    return found.path.read_text("utf-8"), found.questions


GUESSED = [
    # what it shows                          table                                                                      a line of the draft
    ("the day first",                        ENGLISH,                                                                   'date: {column: "Event date", forms: [day-month-year]}'),
    ("the month first",                      ENGLISH.replace("/02/", "/12/").replace("13/12", "12/13"),                 "forms: ASK"),
    ("days that begin with the year",        ENGLISH.replace("13/02/2024", "2024-02-13").replace("14/02/2024", "2024-02-14").replace("15/02/2024", "2024-02-15"), "forms: [year-month-day]"),
    ("days of both sorts that may be two",   ENGLISH.replace("13/02/2024", "2024-02-13").replace("14/02/2024", "2024-02-14").replace("15/02/2024", "03/02/2024"), "forms: ASK"),
    ("days of both sorts, the day first",    ENGLISH.replace("13/02/2024", "2024-02-13"),                               "forms: [year-month-day, day-month-year]"),
    ("months",                               "Mois,Prix (XAF)\nmai 2024,3\njuin 2024,4\n",                              'date: {column: "Mois", forms: [month]}'),
    ("a year of its own",                    "Year,Province,Population\n2023,West,5\n2024,West,6\n",                    'date: {column: "Year", forms: year}'),
    ("a kind from its words",                ENGLISH,                                                                   "kind: incident"),
    ("a measure",                            ENGLISH,                                                                   '  - {measure: deaths, column: "Killed"}'),
    ("a measure that is the only sign",      "Date,Prefecture,Deaths\n2024-05-01,West,3\n2024-05-02,West,1\n",          '  - {measure: deaths, column: "Deaths"}'),
    ("a measure in French",                  ENGLISH.replace("Killed", "Nombre de tués"),                               '  - {measure: deaths, column: "Nombre de tués"}'),
    ("a measure in Arabic",                  ENGLISH.replace("Killed", "عدد القتلى"),                                   '  - {measure: deaths, column: "عدد القتلى"}'),
    ("names by level",                       ENGLISH,                                                                   'place: {names: {1: "Province"}}'),
    ("P-codes",                              ENGLISH.replace(",West,", ",XX1,").replace(",Est,", ",XX2,"),              'place: {code: ["Province"]}'),
    ("a point",                              "Date,Latitude,Longitude,Killed\n2024-05-01,1.5,20.25,1\n",                'place: {latitude: "Latitude", longitude: "Longitude"}'),
    ("words for nothing known",              ENGLISH,                                                                   'missing: ["n/a"]'),
    ("numbers of each line",                 ENGLISH,                                                                   'record: "Ref"'),
    ("categories to translate",              ENGLISH,                                                                   '    "Raid": ASK'),
    ("a category that a shipped mapping knows", ENGLISH.replace("Raid", "Attaque contre des civils"),                   '    "Attaque contre des civils": "violence/one-sided"'),
    ("types that never come again",          "Date,Type,Killed\n2024-05-01,attack,1\n2024-05-02,raid,1\n",              '    "attack": ASK'),
    ("what never enters by place",           ENGLISH.replace("Clash", "Viol"),                                          '    # "Viol": never by place, left out'),
    ("a line that sums up the others",       ENGLISH + "Total,,,,5\n",                                                  'lines: {leave_out: {"Ref": ["Total"]}}'),
    ("events that the table counts itself",  "Date,Incidents,Killed\n2024-05-01,3,1\n",                                  'measures:\n  # \'Incidents\' is called so\n  - {measure: events, column: "Incidents"}'),
    ("headings in two lines below a title",  "Weekly,,,\nWhere,,Victims,\nProvince,Date,Killed,Injured\nWest,2024-05-01,1,2\n", "table: {header: [2, 3]}"),
    ("headings in two lines",                "Where,,Victims,\nProvince,Date,Killed,Injured\nWest,2024-05-01,1,2\n",     '  - {measure: deaths, column: "Victims / Killed"}'),
    ("a decimal comma",                      "Date;Killed\n2024-05-01;1,5\n2024-05-02;2\n",                             'numbers: {decimal: ","}'),
    ("thousands",                            "Date;Killed\n2024-05-01;1.234,5\n",                                       'numbers: {decimal: ",", thousands: "."}'),
    ("spaces between thousands",             "Date;Killed\n2024-05-01;1 234\n",                                         'thousands: " "'),
    ("a scale in the name",                  "Date,Population in thousands\n2024-05-01,12\n",                           "scale: thousand"),
    ("a scale in brackets",                  "Date,Population (thousands)\n2024-05-01,12\n",                            "scale: thousand"),
    ("a scale in French",                    "Date,Population (milliers)\n2024-05-01,12\n",                             "scale: thousand"),
    ("a scale in Arabic",                    "التاريخ,السكان (بالآلاف)\n2024-05-01,12\n",                               "scale: thousand"),
    ("millions",                             "Date,Population (millions)\n2024-05-01,12\n",                             "# 'Population (millions)' is called so; its name says that it counts in millions\n  - {measure: persons, column: \"Population (millions)\", scale: million}"),
    ("milliards",                            "Date,Population en milliards\n2024-05-01,12\n",                           "scale: billion"),
    ("a day that no month has",              ENGLISH.replace("13/02/2024", "2024-02-13").replace("14/02/2024", "2024-02-41").replace("15/02/2024", "2024-02-15"), 'date: {column: "Event date", forms: [year-month-day]}'),
    ("half of the days",                     "Day,Killed\n2024-05-01,1\n?!,2\n2024-05-03,1\nsoon,1\n",                 'date: {column: "Day", forms: [year-month-day]}'),
    ("an impossible day shows no order",     ENGLISH.replace("13/", "41/").replace("14/", "04/").replace("15/", "05/"), "forms: ASK"),
    ("a commodity, and the number of a line", "N°,Mois,Marché,Denrée,Prix\n1,2024-05,A,Riz,3\n2,2024-05,B,Riz,4\n",   'item: "Denrée"'),
    ("a title above",                        "Incidents in May,,\n,,\nDate,Type,Killed\n2024-05-01,Raid,3\n2024-05-02,Raid,3\n", "table: {header: [3, 3]}"),
    ("a word for everybody", "Date,Sex,Killed\n2024-05-01,f,1\n2024-05-01,All,2\n", 'group: {sex: {column: "Sex", other: keep, values: {"All": ""}}}'),
    ("sex of the people",                    "Date,Sex,Killed\n2024-05-01,f,1\n2024-05-01,m,1\n",                       'group: {sex: "Sex"}'),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "text", "line"), GUESSED, ids=[case[0] for case in GUESSED])
def test_what_is_guessed(write: Write, shows: str, text: str, line: str) -> None:
    assert line in draft(write("events.csv", text))[0]


ASKED = [
    (
        "days that may be two",
        ENGLISH.replace("13/", "03/").replace("14/", "04/").replace("15/", "05/"),
        "03/02/2024 can be two days",
    ),
    (
        "days in two orders",
        ENGLISH.replace("15/02/2024", "02/15/2024"),
        "13/02/2024 has its day first and 02/15/2024 its month",
    ),
    ("numbers that may be two", 'Date,Killed\n2024-05-01,"1,234"\n', "1,234 may be 1234 or 1.234"),
    ("numbers of spreadsheets", "Date,Killed\n45432,2\n45433,3\n", "is 45432 the day 2024-05-20"),
    ("what a line is", "Date,Thing,Amount\n2024-05-01,a,1\n", "what is a line of this table?"),
    ("a category where no column has one", "Date,Killed\n2024-05-01,1\n", "what kind of event is a line?"),
    ("a column that may say where", ENGLISH.replace("Province", "Lieu"), "does 'Lieu' say where?"),
    ("the same in Arabic", ENGLISH.replace("Province", "المنطقة"), "does 'المنطقة' say where?"),
    ("who speaks", ENGLISH, "who keeps this table?"),
    (
        "numbers of lines",
        "No,Date,Killed\n1,2024-05-01,1\n2,2024-05-01,3\n",
        "'No' counts the lines: does the same thing",
    ),
    (
        "prices of what",
        "N°,Mois,Marché,Quoi,Prix\n1,2024-05,A,Riz,3\n2,2024-05,B,Riz,4\n",
        "which column says what a line is",
    ),
    (
        "the currency",
        "Date,Market,Commodity,Price\n2024-05-01,A,Maize,3\n2024-05-01,A,Rice,3\n",
        "in which currency is 'Price'?",
    ),
]


@pytest.mark.parametrize(("shows", "text", "question"), ASKED, ids=[case[0] for case in ASKED])
def test_what_is_asked(write: Write, shows: str, text: str, question: str) -> None:
    text, questions = draft(write("table.csv", text))
    assert any(question in each for each in questions), questions
    with pytest.raises(BadInput) as caught:
        parse(text, "map.yaml")
    assert question in f"{caught.value} {' '.join(str(each) for each in caught.value.faults or [])}"


HAPPENED = [
    # what it shows                       the day it was                 the day it was told
    ("English",                           "Date of incident",            "Reported on"),
    ("an event",                          "Event date",                  "Date of report"),
    ("an occurrence",                     "Date of occurrence",          "Date reported"),
    ("no more than a date",               "Date",                        "Report date"),
    ("a day without the word",            "When",                        "Entry date"),
    ("both words in one name",            "Date of incident",            "Incident report date"),
    ("French",                            "Date de l'incident",          "Date du rapport"),
    ("French, an event",                  "Date de l’événement",         "Signalé le"),
    ("Arabic",                            "تاريخ الحادث",                "تاريخ البلاغ"),
    ("Arabic, an event",                  "تاريخ وقوع الحدث",            "تاريخ التبليغ"),
    ("a name that says nothing",          "Jxq",                         "Reported on"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "was", "told"), HAPPENED, ids=[case[0] for case in HAPPENED])
@pytest.mark.parametrize("told_first", [True, False], ids=["told first", "told last"])
def test_the_day_of_a_report_is_never_taken_for_the_day_it_was(
    write: Write, shows: str, was: str, told: str, told_first: bool
) -> None:
    days = ("2024-05-20", "2024-05-13") if told_first else ("2024-05-13", "2024-05-20")
    names = (told, was) if told_first else (was, told)
    lines = [",".join([*names, "Killed"])] + [",".join([*days, str(each)]) for each in range(3)]
    text, questions = draft(write("log.csv", "\n".join(lines) + "\n"))
    assert f'date: {{column: "{was}", forms: [year-month-day]}}' in text
    assert not any("day of a report" in each for each in questions)
    assert f'entered: {{column: "{told}", forms: [year-month-day]}}' in text, "from when on it was known"


def test_a_day_of_a_later_change_says_nothing_of_when_a_line_was_known(write: Write) -> None:
    text, _ = draft(write("log.csv", "Date,Updated on,Killed\n2024-05-13,2024-06-01,1\n2024-05-14,2024-06-01,2\n"))
    assert "entered:" not in text
    assert re.search("# columns that are not read: .*Updated on", text)


@pytest.mark.parametrize("told", ["Reported on", "Date of report", "Date du signalement", "تاريخ التقرير"])
def test_where_only_the_day_of_a_report_is_there_it_is_asked(write: Write, told: str) -> None:
    text, questions = draft(write("log.csv", f"{told},Killed\n13/05/2024,1\n14/05/2024,2\n"))
    assert "date: {column: ASK, forms: [day-month-year]}" in text
    assert any("is called like the day of a report" in each for each in questions)
    (asked, *_) = [each for each in to_answer(text, [told, "Killed"]) if each.key == "day"]
    mapping = answered(text, {asked.place: told})
    assert asked.choices == (told, "Killed")
    assert f'date: {{column: "{told}", forms: [day-month-year]}}' in mapping


NO_SCALE = ["Killed per thousand", "Tués pour 1000 habitants", "قتلى لكل 1000 نسمة", "Killed"]


@pytest.mark.parametrize("name", NO_SCALE)
def test_a_rate_has_no_scale(write: Write, name: str) -> None:
    assert "scale:" not in draft(write("a.csv", f"Date,{name}\n2024-05-01,12\n"))[0]


NUMBERS = [
    # what it shows                       numbers                  only of lines
    ("one after the other",               ["1", "2", "3"],         True),
    ("from nought",                       ["0", "1", "2"],         True),
    ("with points",                       ["1.", "2.", "3."],      True),
    ("with one that was left out",        ["1", "2", "3", "4", "6"], True),
    ("numbers of things",                 ["12", "7", "31"],       False),
    ("one that comes again",              ["1", "1", "2"],         False),
    ("letters and numbers",               ["A1", "A2", "A3"],      False),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "numbers", "of_lines"), NUMBERS, ids=[case[0] for case in NUMBERS])
def test_the_number_of_a_line_is_never_what_it_is_about(
    write: Write, shows: str, numbers: list[str], of_lines: bool
) -> None:
    lines = "".join(f"{each},2024-05,A,3\n" for each in numbers)
    text, _ = draft(write("prices.csv", "N°,Mois,Marché,Prix\n" + lines))
    assert ('"N°"' not in text) is (of_lines or shows == "one that comes again")


def test_the_faulty_days_of_a_drafted_column_are_refused_line_by_line(write: Write, instance: Instance) -> None:
    path = write("log.csv", "Date;Killed\n12.10.2025;3\n41.10.2025;2\n14.10.2025;1\n")
    text, _ = draft(path)
    mapping = write(
        "map.yaml",
        text.replace("producer: ASK", "producer: us").replace(
            "category: ASK", "category: {always: violence/non-state}"
        ),
    )
    (summary,) = import_files([path], instance=instance, mapping=mapping)
    assert (summary.items, summary.rejected) == (2, 1)
    assert str(summary.first_rejected).startswith("line 3: Date")


def test_columns_of_persons_are_put_under_never_by_name_and_by_look(write: Write) -> None:
    table = "Date,Type,Killed,Victim name,Who\n2024-05-01,Raid,1,X,a.b@example.org\n2024-05-02,Raid,1,Y,c@example.org\n"
    text, _ = draft(write("a.csv", table))
    assert 'never: ["Victim name", "Who"]' in text
    assert "example.org" not in text


def test_a_draft_once_answered_brings_the_table_in(write: Write, instance: Instance) -> None:
    path = write("log.csv", ENGLISH)
    text, questions = draft(path)
    assert len(questions) == 2
    answered = text.replace("producer: ASK", "producer: us").replace('": ASK', '": violence/non-state')
    mapping = write("map.yaml", answered.replace('place: {names: {1: "Province"}}', ""))
    (summary,) = import_files([path], instance=instance, mapping=mapping)
    assert (summary.items, summary.rows) == (3, 5)


def test_a_column_of_names_of_areas_says_where(write: Write, areas: Areas) -> None:
    (found,) = draft_mappings(write("log.csv", ENGLISH.replace("Province", "Remark")), areas)
    assert 'place: {code: ["Remark"]}' in found.path.read_text("utf-8")


def test_a_draft_is_never_written_over(write: Write) -> None:
    path = write("log.csv", ENGLISH)
    (found,) = draft_mappings(path)
    found.path.write_text("mine")
    with pytest.raises(BadInput, match="is there already"):
        draft_mappings(path)
    assert found.path.read_text() == "mine"


def test_older_letters_are_said_in_the_draft(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("Date;Région;Tués\n13/02/2024;Préfecture;1\n".encode("cp1252"))
    assert "were read as Windows-1252" in draft(tmp_path / "a.csv")[0]


def test_each_sheet_gets_its_own(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    workbook: Any = openpyxl.Workbook()
    workbook.active.title = "Log 2024"
    workbook.active.append(["Event date", "Type", "Killed"])
    workbook.active.append([date(2024, 5, 1), "Raid", 1])
    other = workbook.create_sheet("Prices")
    other.append(["Month", "Commodity", "Price"])
    other.append(["2024-05", "Maize", 3])
    workbook.create_sheet("Read me").append(["Only words"])
    workbook.create_sheet("Lists").sheet_state = "hidden"
    workbook.save(tmp_path / "a.xlsx")
    found = draft_mappings(tmp_path / "a.xlsx")
    assert [each.path.name for each in found] == ["a.xlsx.Log-2024.mapping.yaml", "a.xlsx.Prices.mapping.yaml"]
    assert 'table: {sheet: "Log 2024"}' in found[0].path.read_text()


@pytest.mark.parametrize("text", ["one column\n1\n", "#,#\n", "a,b\n"])
def test_what_holds_no_table_gets_no_draft(write: Write, text: str) -> None:
    path = write("a.csv", text)
    with pytest.raises(BadInput):
        draft_mappings(path)
    assert [each.name for each in path.parent.glob("*.yaml") if each.name != "mission.yaml"] == []


def test_every_draft_is_yaml_that_the_grammar_knows_once_answered(write: Write) -> None:
    for number, (_, text, _) in enumerate(GUESSED):
        path = write(f"events{number}.csv", text)
        drafted, _ = draft(path)
        answered = (
            drafted.replace("forms: ASK", "forms: serial")
            .replace("producer: ASK", "producer: us")
            .replace("unit: ASK", "unit: XAF")
            .replace("item: ASK", "item: {always: x}")
            .replace('": ASK', '": violence/non-state')
            .replace("category: ASK", "category: {always: violence/non-state}")
            .replace("code: ASK", 'code: "Where"')
        )
        path.with_suffix(".yaml").write_text(answered)
        assert read_mapping(path.with_suffix(".yaml")).measures


def test_what_stands_in_a_table_never_becomes_a_line_of_the_draft(write: Write) -> None:
    evil = "x\nmapping: evil\nproducer: evil"
    rows = "".join(f'2024-05-0{day},{day},5,"A: #{evil}"\n' for day in range(1, 9))
    path = write(
        "a.csv", f'Date,Killed,"Wounded\nactor: evil","Type {evil}"\n{rows}2024-05-09,"1,5\nactor: evil",5,b\n'
    )
    text, _ = draft(path)
    assert not [
        line for line in text.splitlines() if line.startswith(("mapping: evil", "producer: evil", "actor: evil"))
    ]
    mapping = parse(text.replace("ASK", "us"), "map.yaml")
    assert (mapping.mapping, mapping.actor) == ("a", None)


# ---- in the reader's language


def remarks(text: str) -> list[str]:
    return [line.partition("# ")[2] for line in text.splitlines() if "# " in line]


def without_remarks(text: str) -> list[str]:
    return [line.partition("  # ")[0] for line in text.splitlines() if not line.lstrip().startswith("#")]


FOREIGN = re.compile(r"\b(the|which|line|column|not)\b")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_only_the_remarks_of_a_draft_have_a_language(tmp_path: Path, language: str) -> None:
    for number, (_, text, *_) in enumerate([*GUESSED, *ASKED]):
        drafts = []
        for code in (language, "en"):
            path = tmp_path / f"{code}-{number}" / "events.csv"
            path.parent.mkdir()
            path.write_text(text, "utf-8")
            drafts.append(draft(path, code))
        (told, questions), (english, asked) = drafts
        assert without_remarks(told) == without_remarks(english)
        assert len(questions) == len(asked)
        assert len(remarks(told)) == len(remarks(english))
        said = [each for each in remarks(told) if not each.startswith(("coverage:", "Drafted"))]
        assert not [each for each in said if FOREIGN.search(each)]
        assert all(each.isprintable() and not each.endswith("…") for each in said)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_draft_of_any_language_is_read_by_who_reads_another(write: Write, instance: Instance, language: str) -> None:
    path = write("log.csv", ENGLISH)
    text, (asked, *_) = draft(path, language)
    with pytest.raises(BadInput) as caught:
        parse(text, "map.yaml")
    faults = list(caught.value.faults or [])
    assert "which category is Raid?" in " ".join(each.told("en") for each in faults), "whoever reads it, in theirs"
    told = " ".join(each.told(language) for each in faults)
    assert asked in told.replace(OPENED, "").replace(CLOSED, "").replace("\u00a0", " ")
    answered = text.replace("producer: ASK", "producer: us").replace('": ASK', '": violence/non-state')
    mapping = write("map.yaml", answered.replace('place: {names: {1: "Province"}}', ""))
    (summary,) = import_files([path], instance=instance, mapping=mapping)
    assert (summary.items, summary.rows) == (3, 5)
