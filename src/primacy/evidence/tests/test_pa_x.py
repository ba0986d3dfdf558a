"""PA-X and PAA-X: what texts contain, never what became of it, and no names of persons."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from primacy.evidence.errors import NothingToImport
from primacy.evidence.importers import pa_x
from primacy.evidence.tests.published_files import lines_of, read, table
from primacy.places.areas import Areas

Write = Callable[[str, str], Path]
AGREEMENT = {
    "Con": "Central African Republic", "AgtId": "9", "Ver": "2", "Agt": "Letter of Ana Example", "Dat": "06/02/2019",
    "Status": "Multiparty signed/agreed", "Agtp": "Intra", "Stage": "SubComp", "Part": "Ana Example", "Loc1ISO": "CAF",
    "Loc2ISO": "", "Loc1GWNO": "482.0", "Loc2GWNO": "", "GCh": "0", "Pol": "3", "TjGen": "1", "ImUN": "2",
}  # fmt: skip
LOCAL = {
    "Con": "Examplia", "AgtId": "10", "Ver": "1", "Dat": "2019-02-06", "Status": "Status unclear", "Agtp": "IntraLocal",
    "Stage": "Cea", "Loc1ISO": "XX", "Loc2ISO": "", "Loc1GWNO": "", "Loc2GWNO": "", "LocaleNat": "City",
    "LatDec": "0.5", "LongDec": "2.5", "RitPray": "1", "Grieve": "0", "Cattle": "", "Cover": "0",
}  # fmt: skip
SIGNATORY = {
    "signatory_id": "17", "AgtId": "9", "agt_name": "Letter of Ana Example (06/02/2019)", "signatory_type": "third party",
    "actor_name": "Ana Example and supporters", "actor_type": "Country/State", "women": "1.0", "year": "2019",
    "Con": "", "Dat": "2019-06-02", "Part": "Ana Example", "Loc1ISO": "CAF", "Loc2ISO": "", "Loc1GWNO": "",
    "Loc2GWNO": "",
}  # fmt: skip
ACTOR = {
    "id_paax": "ARM_1", "actor_name": "Group", "actor_type": "Armed Organization", "actor_iso3c": "CAF", "cs_type": "",
    "women": "",
}  # fmt: skip


def test_words_are_measured_as_words(write: Write) -> None:
    rows, _ = read(pa_x, write("pax.csv", table(AGREEMENT, AGREEMENT)), country="CAF")
    words = {row["item"]: (row["measure"], row["value"]) for row in rows if row["item"] != "pa-x/9"}
    assert words == {
        "pa-x/9/GCh": ("wording", 0.0), "pa-x/9/Pol": ("wording", 3.0), "pa-x/9/TjGen": ("wording", 1.0),
        "pa-x/9/ImUN": ("wording", 2.0),
    }  # fmt: skip
    assert {row["kind"] for row in rows} == {"document"}


def test_an_agreement_has_its_day_type_and_stage(write: Write) -> None:
    rows, _ = read(pa_x, write("pax.csv", table(AGREEMENT, AGREEMENT)), country="CAF")
    (signed,) = [row for row in rows if row["measure"] == "signed"]
    assert (signed["date"], signed["value"]) == (date(2019, 2, 6), 1.0)
    assert signed["category"] == "document/published-agreement/intrastate/comprehensive"


SIGNED = [
    ("signed by several", "Multiparty signed/agreed", [1.0]),
    ("of one side", "Unilateral document", [0.0]),
    ("unclear stays missing", "Status unclear", []),
]


@pytest.mark.parametrize(("shows", "status", "values"), SIGNED, ids=[case[0] for case in SIGNED])
def test_signed_is_what_the_status_says(write: Write, shows: str, status: str, values: list[float]) -> None:
    rows, _ = read(pa_x, write("pax.csv", table(AGREEMENT, AGREEMENT | {"Status": status})), country="CAF")
    assert [row["value"] for row in rows if row["measure"] == "signed"] == values


WHERE = [
    ("two countries", {"Loc2ISO": "TCD"}, ["CAF", "TCD"]),
    ("numbers where there are no codes", {"Loc1ISO": "", "Loc2GWNO": "483"}, ["CAF", "TCD"]),
    ("names where there are no numbers", {"Loc1ISO": "", "Loc1GWNO": "", "Con": "Chad/(Darfur)"}, ["TCD"]),
]


@pytest.mark.parametrize(("shows", "line", "areas"), WHERE, ids=[case[0] for case in WHERE])
def test_where_an_agreement_belongs(write: Write, shows: str, line: dict[str, str], areas: list[str]) -> None:
    rows, _ = read(pa_x, write("pax.csv", table(AGREEMENT, AGREEMENT | line)))
    assert sorted({row["area"] for row in rows}) == areas


def test_a_local_agreement_is_at_its_place(write: Write, areas: Areas) -> None:
    rows, reading = read(pa_x, write("local.csv", table(LOCAL, LOCAL)), country="XX", areas=areas)
    assert {(row["area"], row["level"]) for row in rows} == {("XX23", 2)}
    assert {row["item"]: row["value"] for row in rows if row["measure"] == "contains"} == {
        "pa-x/10/RitPray": 1.0, "pa-x/10/Grieve": 0.0, "pa-x/10/Cover": 0.0,
    }  # fmt: skip
    assert reading.locator.found.by_point == 1


def test_a_region_is_no_finer_than_level_1(write: Write, areas: Areas) -> None:
    rows, _ = read(pa_x, write("l.csv", table(LOCAL, LOCAL | {"LocaleNat": "Region"})), country="XX", areas=areas)
    assert {(row["area"], row["level"]) for row in rows} == {("XX2", 1)}


def test_signatories_have_the_day_of_the_agreement_and_not_the_one_that_was_exchanged(write: Write) -> None:
    (row,), _ = read(pa_x, write("paax.csv", table(SIGNATORY, SIGNATORY)), country="CAF")
    assert row["date"] == date(2019, 2, 6)
    assert (row["item"], row["actor"]) == ("pa-x/9/signatory/17", "A leader and supporters")
    assert row["category"] == "document/agreement-signatory/third-party/country-or-state"
    assert row["note"] == "an organisation of women"


def test_actors_are_listed_on_the_day_of_the_release(write: Write) -> None:
    (row,), reading = read(pa_x, write("paax_v0.2_actors.csv", table(ACTOR, ACTOR)), country="CAF")
    assert (row["kind"], row["measure"], row["date"]) == ("organisation", "listed", date(2025, 11, 23))
    assert reading.known is not None


def test_no_person_is_named(write: Write) -> None:
    for line in (AGREEMENT, SIGNATORY):
        rows, _ = read(pa_x, write("t.csv", table(line, line)))
        assert not [row for row in rows if "Example" in " ".join(str(each) for each in row.values())]


NOTHING = [
    ("Field Name,Variable Name,Description\na,b,c\n", "holds no data points"),
    ("AgtId,name,iso_code,gwno,central_longitude\n1,A,CAF,482,20\n", "has no dates"),
]


@pytest.mark.parametrize(("text", "why"), NOTHING)
def test_tables_without_data_points_say_why(write: Write, text: str, why: str) -> None:
    with pytest.raises(NothingToImport, match=why):
        read(pa_x, write("t.csv", text))


REJECTED = [
    ("a day written month first", {"Dat": "12/31/2019"}, "Dat is empty or no such day"),
    ("a code beyond 3", {"Pol": "4"}, "Pol is not 0 to 3"),
    ("a stage that is none", {"Stage": "Sub"}, "Stage is none of"),
    ("no number", {"AgtId": ""}, "AgtId is empty"),
]


@pytest.mark.parametrize(("shows", "line", "reason"), REJECTED, ids=[case[0] for case in REJECTED])
def test_a_wrong_line_gives_no_rows_and_its_reason(write: Write, shows: str, line: dict[str, str], reason: str) -> None:
    rows, reading = read(pa_x, write("t.csv", table(AGREEMENT, AGREEMENT | line)), country="CAF")
    assert not rows
    assert [str(fault.reason).startswith(reason) for fault in reading.faults] == [True]


@pytest.mark.reference_data
def test_the_published_agreements_are_read_whole(reference_data: Path) -> None:
    file = reference_data / "pax" / "pax_v9_agreements.csv.gz"
    lines = lines_of(file)
    ours = {
        line["AgtId"] for line in lines
        if "CAF" in (line["Loc1ISO"], line["Loc2ISO"])
        or (not line["Loc1ISO"] + line["Loc1GWNO"] and "Central African Republic" in line["Con"].split("/"))
    }  # fmt: skip
    rows, reading = read(pa_x, file, country="CAF")
    assert not reading.faults
    assert {row["item"].split("/")[1] for row in rows} == ours
    codes = [name for name in lines[0] if name in {row["item"].rpartition("/")[2] for row in rows[:50_000]}]
    assert len(codes) == 251
    written = sum(float(line[code]) for line in lines if line["AgtId"] in ours for code in codes)
    assert sum(row["value"] for row in rows if row["measure"] == "wording") == written


@pytest.mark.reference_data
@pytest.mark.parametrize("name", ["pax_index_2257", "pax_local_v8_1", "paax_v0.2_signatories"])
def test_the_other_tables_have_a_row_for_each_of_our_lines(reference_data: Path, name: str) -> None:
    file = reference_data / "pax" / f"{name}.csv.gz"
    ours = [
        line for line in lines_of(file)
        if "CAF" in (line["Loc1ISO"], line["Loc2ISO"])
        or (not line["Loc1ISO"] + line["Loc1GWNO"] and "Central African Republic" in line["Con"].split("/"))
    ]  # fmt: skip
    rows, reading = read(pa_x, file, country="CAF")
    assert not reading.faults
    assert len({row["line"] for row in rows}) == len(ours) > 30
