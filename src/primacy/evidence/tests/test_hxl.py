"""Tables with HXL tags: where the tags stand, what each becomes, and real files of the Humanitarian Data Exchange."""

import csv
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.evidence.bringing.choosing import recognised
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.bringing.personal import personal_text
from primacy.evidence.errors import BadInput
from primacy.evidence.mapped.hxl import columns, mapping_of, tag_row
from primacy.evidence.shown.protected import speaks_of_it
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance
from primacy.places.files.files import Source

Write = Callable[[str, str], Path]


def bring(path: Path, instance: Instance, **options: Any) -> list[dict[str, Any]]:
    (summary,) = import_files([path], instance=instance, **options)
    assert summary.version is not None
    return [row for batch in Store(instance.evidence).content(summary.version.id) for row in batch.to_pylist()]


ROWS = [
    ("alone", "#adm1+code,#date,#event\n", 1),
    ("below the names of columns", "Code,When,What\n#adm1+code,#date,#event\n", 2),
    ("below titles", "Report\n\nof May\nCode;When;What\n#adm1 +code;#DATE;#event\n", 5),
    ("with columns that have none", "a\tb\tc\n#adm1+code\t\t#date\n", 2),
    ("below a name of two lines", '"Co\nde",When\n#adm1+code,#date\n', 3),
    ("a single remark is no row of tags", "#remark,\n1,2\n", None),
    ("more text than tags", "#a,b,c,d,#e\n", None),
    ("too far down", "x,y\n" * 30 + "#adm1,#date\n", None),
]


@pytest.mark.parametrize(("shows", "text", "line"), ROWS, ids=[case[0] for case in ROWS])
def test_where_the_tags_stand(shows: str, text: str, line: int | None) -> None:
    found = tag_row(text.encode())
    assert (found.lines if found else None) == line


def test_tags_are_compared_without_the_order_of_attributes_and_twice_the_same_is_kept_apart() -> None:
    found = tag_row(b"#Affected +m +children,#affected+children+m,#date\n")
    assert found is not None
    assert found.columns == ("#affected+children+m", "#affected+children+m (column 2)", "#date")
    assert [column.attributes for column in columns(found.columns)][:2] == [{"children", "m"}] * 2


def test_the_day_of_a_report_is_never_taken_for_the_day_of_an_event(write: Write, instance: Instance) -> None:
    """A mapping asks a person when it was; of a figure the day of its report is taken, and that is said. Beside the
    day of an event it says from when on the mission knew it."""
    for tags, line in (("#event+type", "raid"), ("#affected+killed", "7")):
        file = write("e.csv", f"#country+code,#date+reported,{tags}\nXX,2024-05-01,{line}\n")
        with pytest.raises(
            BadInput, match=r"only day is that of a report \(#date\+reported\): when did it happen\? Add"
        ):
            import_files([file], instance=instance)
    ((day, known),) = {(f"{row['date']}", f"{row['known']:%Y-%m-%d}") for row in bring(write(
        "both.csv", "#country+code,#date+reported,#date+occurred,#event+type\nXX,2024-05-09,2024-05-01,raid\n"
    ), instance)}  # fmt: skip
    assert (day, known) == ("2024-05-01", "2024-05-09")
    figure = write("f.csv", "#country+code,#date+reported,#affected\nXX,2024-05-01,75\n")
    (summary,) = import_files([figure], instance=instance)
    assert any("#date+reported has the days of reports" in str(note) for note in summary.notes)


KINDS = [
    # tags                                                          first row                     kind, measure, value, group
    ("#adm1+code,#date,#event+type,#affected+killed",               "XX1,2024-05-01,raid,3",       ("incident", "deaths", 3.0, "")),
    ("#adm1+code,#date,#affected+f+children",                       "XX1,2024-05,12",              ("figure", "number", 12.0, "age=children;sex=f")),
    ("#adm1+code,#date,#affected+idps,#gender",                     "XX1,2024-05,12,m",            ("figure", "number", 12.0, "status=displaced;sex=m")),
    ("#adm1+code,#date,#population+age_5_17+m",                     "XX1,2024,40",                 ("population", "persons", 40.0, "age=5-17;sex=m")),
    ("#adm1+code,#date+year,#population",                           "XX1,2024,40",                 ("population", "persons", 40.0, "")),
    ("#adm1+code,#date,#indicator+name,#indicator+value+num",       "XX1,2024,Literacy,4.5",       ("figure", "number", 4.5, "")),
    ("#adm1+code,#date,#item+name,#value,#currency",                "XX1,2024-05-01,Maize,250,XAF", ("price", "price", 250.0, "")),
    ("#adm1+code,#date,#org+name,#sector",                          "XX1,2024-05-01,Partner,WASH", ("programme", "running", 1.0, "")),
    ("#adm1+code,#date,#affected+f,#affected+killed",               "XX1,2024-05-01,12,2",         ("figure", "number", 2.0, "")),
    ("#adm1+code,#date,#inneed,#sector",                            "XX1,2024,9,WASH",             ("figure", "number", 9.0, "")),
]  # fmt: skip


@pytest.mark.parametrize(("tags", "row", "expected"), KINDS)
def test_what_tags_become(
    write: Write, instance: Instance, boundaries_file: Path, tags: str, row: str, expected: tuple[Any, ...]
) -> None:
    import_files([boundaries_file], instance=instance)
    rows = bring(write("a.csv", f"{tags}\n{row}\n"), instance)
    found = {(each["kind"], each["measure"], each["value"], each["group"]) for each in rows}
    assert (*expected[:3], ";".join(sorted(expected[3].split(";")))) in found
    assert {each["area"] for each in rows} == {"XX1"}


def test_the_finest_code_that_is_known_counts(write: Write, instance: Instance, boundaries_file: Path) -> None:
    import_files([boundaries_file], instance=instance)
    text = "#adm1+code,#adm2+code,#adm3+code,#date,#affected\nXX1,XX12,XX129,2024,1\nXX2,,,2024,2\n"
    assert [row["area"] for row in bring(write("a.csv", text), instance)] == ["XX12", "XX2"]


def test_a_location_is_a_name_of_any_level(write: Write, instance: Instance, boundaries_file: Path) -> None:
    import_files([boundaries_file], instance=instance)
    text = "#country+code,#adm1+name,#loc+name,#date,#affected\n,,District 2,2024,1\n,,Est-Mambéré,2024,2\n"
    text += ",,Some village,2024,3\n,West Province,District 4,2024,4\n"
    assert [row["area"] for row in bring(write("a.csv", text), instance)] == ["XX12", "XX2", "XX", "XX1"]


def test_those_killed_are_no_part_of_those_affected(write: Write, instance: Instance, boundaries_file: Path) -> None:
    import_files([boundaries_file], instance=instance)
    tags = "#adm1+code,#date,#affected+f,#affected+killed,#affected+killed+m,#affected+hh"
    rows = bring(write("a.csv", f"{tags}\nXX1,2024-05-01,12,2,1,4\n"), instance)
    assert {(row["item"], row["group"], row["value"]) for row in rows} == {
        ("affected", "sex=f", 12.0), ("killed", "", 2.0), ("killed", "sex=m", 1.0), ("households", "", 4.0),
    }  # fmt: skip


def test_what_nobody_knows_the_meaning_of_is_not_counted(write: Write, instance: Instance) -> None:
    path = write("a.csv", "#country+code,#date,#affected,#affected+quux\nXX,2024,3,5\n")
    (summary,) = import_files([path], instance=instance)
    assert (summary.rows, "columns not used: #affected+quux" in map(str, summary.notes)) == (1, True)
    with pytest.raises(BadInput, match="not known what its columns of #affected count"):
        import_files(
            [write("b.csv", "#country+code,#date,#affected+quux\nXX,2024,3\n")], instance=instance, format="hxl"
        )


DAYS = [
    ("a day above 12 decides for the whole column", "31/01/2024", "02/03/2024", ["2024-01-31", "2024-03-02"]),
    ("American days too", "01/31/2024", "02/03/2024", ["2024-01-31", "2024-02-03"]),
]


@pytest.mark.parametrize(("shows", "first", "second", "expected"), DAYS, ids=[case[0] for case in DAYS])
def test_order_of_days(
    write: Write, instance: Instance, shows: str, first: str, second: str, expected: list[str]
) -> None:
    text = f"#country+code,#date+reported,#affected+idps+ind\nXX,{second},75\nXX,{first},1 250\n"
    (summary,) = import_files([write("a.csv", text)], instance=instance, format="hxl")
    found = [row for batch in Store(instance.evidence).content(summary.version.id) for row in batch.to_pylist()]  # type: ignore[union-attr]
    assert sorted(str(row["date"]) for row in found) == expected
    assert any("can only have its" in str(note) for note in summary.notes)


def test_days_that_may_be_two_are_not_guessed(write: Write, instance: Instance) -> None:
    with pytest.raises(BadInput, match="is no date of the form"):
        import_files(
            [write("a.csv", "#country+code,#date,#affected\nXX,01/02/2024,3\n")], instance=instance, format="hxl"
        )


JSON = [
    ("lists with a row of tags", [["Code", "When", "n"], ["#adm1+code", "#date", "#affected"], ["XX1", "2024", 3]]),
    ("objects by tag", [{"#adm1+code": "XX1", "#date": "2024", "#affected": 3}]),
    ("objects under a name", {"data": [{"#adm1+code": "XX1", "#date": "2024", "#affected": 3}]}),
]


@pytest.mark.parametrize(("shows", "content"), JSON, ids=[case[0] for case in JSON])
def test_rows_of_json(write: Write, instance: Instance, shows: str, content: object) -> None:
    assert [row["value"] for row in bring(write("a.json", json.dumps(content)), instance)] == [3.0]


UNCLEAR = [
    ("nothing is counted", "#adm1+code,#date,#geo+lat\nXX1,2024,1\n", "none of its tags says what is counted"),
    ("no day", "#adm1+code,#affected\nXX1,3\n", "it has no #date"),
]


@pytest.mark.parametrize(("shows", "text", "why"), UNCLEAR, ids=[case[0] for case in UNCLEAR])
def test_tags_that_do_not_say_enough(write: Write, instance: Instance, shows: str, text: str, why: str) -> None:
    path = write("a.csv", text)
    for format in (None, "hxl"):
        with pytest.raises(BadInput) as caught:
            import_files([path], instance=instance, format=format)
        assert format is None or why in str(caught.value)


@given(st.lists(st.sampled_from(["#date", "#event", "#affected+f", "#adm1+code", "#population", "#item", "#value", "#org",
                                 "#sector", "#indicator+value", "#geo+lat", "#geo+lon", "#meta+source", "", "x"]), max_size=8))  # fmt: skip
def test_any_row_of_tags_gives_a_mapping_or_a_reason(tags: list[str]) -> None:
    found = tag_row((",".join(tags) + "\n").encode())
    if found:
        mapping, why = mapping_of(found.columns)
        assert (mapping is None) == bool(why)


# ---- real files


@pytest.mark.reference_data
def test_files_with_a_format_of_their_own_keep_it(reference_data: Path) -> None:
    for name, format in (
        ("ged_other/hdx_conflict_data_BGD.csv.gz", "ucdp-ged"),
        ("pcodes_population/cod_population_admin1_CAF_COD.csv.gz", "population"),
    ):
        importer, why = recognised(Source(reference_data / name))
        assert importer is not None
        assert format == importer.FORMAT
        assert "could also be read as hxl" in str(why)


def records(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.reference_data
def test_a_real_file_by_its_tags_has_every_figure(instance: Instance, reference_data: Path) -> None:
    path = reference_data / "pcodes_population" / "cod_population_admin2_CAF_COD.csv.gz"
    ours = [row for row in records(path) if row["ISO3"] == "CAF" and row["Population"]]
    rows = bring(path, instance, format="hxl", country="CAF")
    assert len(rows) == len(ours)
    assert sum(row["value"] for row in rows) == sum(float(row["Population"]) for row in ours)
    women = [row for row in ours if row["Gender"] == "f"]
    assert sum(row["value"] for row in rows if "sex=f" in row["group"]) == sum(
        float(row["Population"]) for row in women
    )


@pytest.mark.reference_data
def test_a_real_file_of_events_by_its_tags(instance: Instance, reference_data: Path) -> None:
    path = reference_data / "ged_other" / "hdx_conflict_data_BGD.csv.gz"
    lines = [row for row in records(path) if not row["date_start"].startswith("#") and row["best"]]
    rows = bring(path, instance, format="hxl", country="BGD")
    told = [row for row in lines if not any(map(speaks_of_it, row.values()))]  # a headline speaks of rape
    assert {(row["kind"], row["item"]) for row in rows} == {("figure", "killed")}
    assert 0 < len(lines) - len(told) < 5
    allowed = [row for row in told if not personal_text(row["source_article"])]  # two name the writer of an article
    assert len(told) - len(allowed) == 2
    assert sum(row["value"] for row in rows) == sum(float(row["best"]) for row in allowed)
