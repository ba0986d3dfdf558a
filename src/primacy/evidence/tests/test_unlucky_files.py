"""Files as unlucky or hostile people bring them: read as what they are, or refused whole with every fault, place and remedy."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from primacy.evidence.bringing.importing import import_files
from primacy.evidence.errors import BadInput, Refused
from primacy.evidence.store.store import Store
from primacy.evidence.tests.ged_files import ged
from primacy.framework.instance import Instance
from primacy.places.files import faults

Write = Callable[[str, str], Path]
HEADER = "kind,item,date,area,measure,value,longitude,latitude"
PEOPLE = "ISO3,ADM1_PCODE,Gender,Age_range,Population,Reference_year,Source\n"


def line(**changes: str) -> str:
    usual = {"kind": "contact", "item": "c1", "date": "2024-05-01", "area": "XX", "measure": "events", "value": "1"}
    return ",".join((usual | changes).get(name, "") for name in HEADER.split(","))


def table(*lines: str) -> str:
    return "\n".join([HEADER, *(lines or (line(), line(item="c2")))]) + "\n"


def zipped(name: str, content: str | bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    return packed.getvalue()


# ---- the same table, however it was saved

SHARES = table(line(kind="survey", measure="share", value="0.45", item="q1"), line(item="Mambéré"))
POINTS = ged({"latitude": "0.5", "longitude": "1.25"}, {"best": "12", "side_a": "Séléka"})
FIGURES = PEOPLE + "XX,XX1,all,all,100.5,2015,Préfecture\nXX,XX2,f,0-4,7,2015,Census\n"
TABLES = {"points.csv": ("csv", SHARES), "ged231.csv": ("ucdp-ged", POINTS), "people.csv": ("population", FIGURES)}


def with_commas(text: str) -> str:
    """As a spreadsheet in French saves it: semicolons between fields, commas in numbers."""
    cells = [[_comma(cell) for cell in record] for record in csv.reader(io.StringIO(text))]
    return "".join(";".join(record) + "\r\n" for record in cells)


def _comma(cell: str) -> str:
    return cell.replace(".", ",") if cell.replace(".", "", 1).isdigit() else cell


SAVED = [
    ("UTF-8 with a mark", lambda text: text.encode("utf-8-sig")),
    ("UTF-16 of Windows", lambda text: text.encode("utf-16")),
    ("UTF-16, big end first", lambda text: b"\xfe\xff" + text.encode("utf-16-be")),
    ("UTF-16 with tabs and decimal commas", lambda text: with_commas(text).replace(";", "\t").encode("utf-16")),
    ("semicolons and decimal commas", lambda text: with_commas(text).encode()),
    ("semicolons and decimal commas in Windows-1252", lambda text: with_commas(text).encode("cp1252")),
    ("tabs", lambda text: text.replace(",", "\t").encode()),
    ("bars", lambda text: text.replace(",", "|").encode()),
    ("Windows-1252", lambda text: text.encode("cp1252")),
    ("line ends of Windows", lambda text: text.replace("\n", "\r\n").encode()),
    ("line ends of old Macintoshes", lambda text: text.replace("\n", "\r").encode()),
    ("a zip that is called a table", lambda text: zipped("in.csv", text)),
]  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize(("shows", "save"), SAVED, ids=[case[0] for case in SAVED])
def test_a_table_is_the_same_data_set_however_it_was_saved(
    write: Write, instance: Instance, tmp_path: Path, name: str, shows: str, save: Callable[[str], bytes]
) -> None:
    format, text = TABLES[name]
    (plain,) = import_files([write(f"plain_{name}", text)], instance=instance)
    (tmp_path / name).write_bytes(save(text))
    (guessed,) = import_files([tmp_path / name], instance=instance)
    (told,) = import_files([tmp_path / name], instance=instance, format=format)
    assert plain.version is not None
    assert [each.version.id for each in (guessed, told) if each.version] == [plain.version.id] * 2
    assert guessed.format == format
    assert str(guessed.why).startswith("its columns ")
    assert told.why is None


def test_arabic_of_windows_is_read_and_the_guess_is_said(instance: Instance, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(table(line(item="مصالحة")).encode("cp1256"))
    (summary,) = import_files([tmp_path / "a.csv"], instance=instance)
    (row,) = Store(instance.evidence).content(summary.version.id).__next__().to_pylist()  # type: ignore[union-attr]
    assert row["item"] == "مصالحة"
    assert any("Windows-1256 (Arabic)" in str(note) for note in summary.notes)


UNDERSTOOD = [
    ("Arabic digits", {"value": "٣", "date": "٢٠٢٤-٠٥-٠١"}, 3.0),
    ("spaces between thousands", {"value": "1 234"}, 1234.0),
    ("narrow spaces between thousands", {"value": "12\u202f345"}, 12345.0),
    ("a share with an Arabic sign", {"kind": "survey", "measure": "share", "value": "٤٥٪"}, 0.45),
    ("a date with strokes, the year first", {"date": "2024/5/1"}, 1.0),
    ("a decimal comma between quotes", {"kind": "survey", "measure": "share", "value": '"0,125"'}, 0.125),
]


@pytest.mark.parametrize(("shows", "said", "value"), UNDERSTOOD, ids=[case[0] for case in UNDERSTOOD])
def test_what_can_mean_one_thing_only_is_taken(
    write: Write, instance: Instance, shows: str, said: dict[str, str], value: float
) -> None:
    (summary,) = import_files([write("a.csv", table(line(**said)))], instance=instance)
    assert summary.version is not None
    rows = next(Store(instance.evidence).content(summary.version.id)).to_pylist()
    assert [row["value"] for row in rows] == [value]
    assert summary.rejected == 0


# ---- refused, with place and remedy, and nothing is stored

WORKBOOK = zipped("xl/workbook.xml", "<workbook/>")
REFUSED: list[tuple[str, str, str | bytes, str]] = [
    ("nothing but blanks", "a.csv", "\n  \n\n", "a.csv: holds nothing but blanks"),
    ("a header alone", "a.csv", HEADER + "\n", "a.csv: holds no line of data"),
    ("lines parted by another mark", "a.csv", table(line().replace(",", ";")), "line 2: cannot be used in 1 of its 1 lines"),
    ("a quotation mark never closed", "a.csv", table(line(), line(item='"c3'), line()), "near line 3: a quotation mark"),
    ("one among the columns", "a.csv", '"' + table(), "line 1: opens a quotation mark among the names"),
    ("bytes of zero", "a.csv", table(line(item="c\0")), "line 2: holds bytes that no text has"),
    ("Cyrillic of Windows", "a.csv", table(line(item="выборы")).encode("cp1251"), "line 2: holds a byte (0xe2) that is not"),
    ("a zip in a zip", "a.zip", zipped("b.zip", zipped("a.csv", table())), "a.zip/b.zip: is a zip inside an archive"),
    ("a workbook", "a.xlsx", WORKBOOK, "a.xlsx: is a workbook (Excel)"),
    ("a workbook that is called a table", "a.csv", WORKBOOK, "a.csv: is a workbook (Excel)"),
    ("a table that is called a zip", "a.zip", table(), "a.zip: is called a zip and is none"),
    ("a web page", "a.csv", "<!DOCTYPE html><html>404</html>", "a.csv: is a web page"),
    ("a column twice", "a.csv", HEADER + ",value,item\n", "line 1: names twice: 'item', 'value'"),
    ("a column that lacks", "a.csv", table().replace("value", "valeur"), "has the columns kind, date, measure of the format"),
    ("a column in capitals", "a.csv", table().replace("kind,", "KIND,"), "lacks kind (it has KIND)"),
    ("days first", "a.csv", table(line(date="31/12/2022")), "(write 2022-12-31): '31/12/2022'"),
    ("months first", "a.csv", table(line(date="12/31/2022")), "(write 2022-12-31): '12/31/2022'"),
    ("days or months first", "a.csv", table(line(date="03/04/2022")), "may be 2022-04-03 or 2022-03-04"),
    ("a spreadsheet's number of a day", "a.csv", table(line(date="44926")), "is a spreadsheet's number for 2022-12-31"),
    ("a comma between thousands", "a.csv", table(line(value='"1,234"')), "value may be 1234 or 1.234"),
    ("the same between semicolons", "a.csv", table(line(value="1@4")).replace(",", ";").replace("@", ",23"), "may be 1234"),
    ("deaths below zero", "ged231.csv", ged({"best": -1}), "line 2: cannot be used in 1 of its 1 lines"),
    ("half a point", "a.csv", table(line(area="", longitude="1")), "latitude is empty, but longitude is not"),
    ("a point on no globe", "a.csv", table(line(area="", longitude="1", latitude="91")), "latitude is not between -90"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "name", "content", "message"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_file_that_cannot_be_used_is_refused_with_place_and_remedy(
    instance: Instance, tmp_path: Path, shows: str, name: str, content: str | bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(BadInput) as caught:
        import_files([tmp_path / name], instance=instance)
    assert message in str(caught.value)
    assert str(caught.value.where).startswith(name)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)
    assert Store(instance.evidence).versions() == []
    left = [path.name for path in instance.folder.rglob("*") if path.is_file() and "rejected" not in path.parts]
    assert set(left) <= {"mission.yaml", ".writing"}


@pytest.mark.parametrize("format", ["csv", "ucdp-ged", "population", "boundaries"])
def test_a_workbook_is_called_one_in_every_format(instance: Instance, tmp_path: Path, format: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(WORKBOOK)
    with pytest.raises(BadInput) as caught:
        import_files([tmp_path / "a.xlsx"], instance=instance, format=format)
    assert "a.xlsx" in str(caught.value.where)
    assert format == "boundaries" or "is a workbook" in str(caught.value.what)


def test_every_fault_of_a_refused_file_is_told_and_written_down(write: Write, instance: Instance) -> None:
    lines = [line(), line(kind="contacts", date="1.2.24"), line(value="-1", date="", item='"=1+1"'), line() + ",,", "x"]
    with pytest.raises(Refused) as caught:
        import_files([write("a.csv", table(*lines))], instance=instance)
    found = caught.value.faults
    assert found is not None
    told = [(each.line, each.field, each.value) for each in found]
    assert told == [
        (3, "kind", "contacts"), (3, "date", "1.2.24"), (4, "date", ""), (4, "value", "-1"),
        (5, "", line() + ",,"), (6, "", "x"),
    ]  # fmt: skip
    assert (found.lines, found.count) == (4, 6)
    assert caught.value.listed_in is not None
    with caught.value.listed_in.open(newline="") as stream:
        written = list(csv.reader(stream))
    assert written[0] == ["line", "field", "value", "reason", "fault"]
    assert [(int(each[0]), each[1], each[2]) for each in written[1:]] == told


def test_wrong_declarations_and_wrong_lines_are_told_together(write: Write, instance: Instance) -> None:
    remarks = (
        "# source type: rumour\n# coverage: contact; XX\n# coverage: gossip; XX; 2024-01-01 to 2024-02-01; complete\n"
    )
    with pytest.raises(BadInput) as caught:
        import_files([write("a.csv", remarks + table(line(), line(value="x")))], instance=instance)
    assert caught.value.faults is not None
    assert [(each.line, each.field) for each in caught.value.faults] == [
        (1, "source type"), (2, "coverage"), (3, "coverage"), (6, "value"),
    ]  # fmt: skip
    assert str(caught.value.where) == "a.csv, line 1"


def test_faults_before_a_file_breaks_off_are_told_too(write: Write, instance: Instance) -> None:
    text = table(line(value="x"), line(), line(), "contact,c4")[:-1]
    with pytest.raises(BadInput, match="stops in the middle of its last line") as caught:
        import_files([write("a.csv", text)], instance=instance)
    assert caught.value.faults is not None
    assert [each.line for each in caught.value.faults] == [2, 5]


def test_a_million_faults_are_counted_and_the_list_of_them_has_an_end(
    write: Write, instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "MOST_KEPT", 50)
    with pytest.raises(Refused) as caught:
        import_files([write("a.csv", table(*[line(date="May", value="x")] * 20_000))], instance=instance)
    assert caught.value.faults is not None
    assert (caught.value.faults.lines, caught.value.faults.count) == (20_000, 40_000)
    assert caught.value.listed_in is not None
    written = caught.value.listed_in.read_text().splitlines()
    assert len(written) == 52
    assert written[-1].startswith(',,,"and 39950 more faults, which are not listed",')


def test_a_refused_file_leaves_what_is_stored_as_it_was(write: Write, instance: Instance) -> None:
    import_files([write("a.csv", table())], instance=instance)
    before = Store(instance.evidence).versions()
    for _ in range(2):
        with pytest.raises(Refused) as caught:
            import_files([write("a.csv", table(line(value="x")))], instance=instance)
    assert Store(instance.evidence).versions() == before
    assert caught.value.listed_in is not None
    assert list(caught.value.listed_in.parent.iterdir()) == [caught.value.listed_in], "the same file has one list"


def test_lists_of_faults_do_not_gather_for_ever(
    write: Write, instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("primacy.evidence.bringing.rejected.MOST", 2)
    (kept,) = import_files([write("kept.csv", table(line(), line(), line(value="x")))], instance=instance)
    for n in range(4):
        with pytest.raises(Refused):
            import_files([write(f"{n}.csv", table(line(value=f"x{n}")))], instance=instance)
    lists = {path.name for path in Path(kept.rejected_file).parent.iterdir()}
    assert len(lists) == 3
    assert Path(kept.rejected_file).name in lists, "the list of a data set stays"


def test_what_an_archive_brought_before_the_file_that_is_refused_is_known(instance: Instance, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("a.csv", table())
        archive.writestr("b.csv", table(line(value="x")))
    with pytest.raises(Refused, match=r"Imported before it: all\.zip/a\.csv") as caught:
        import_files([tmp_path / "all.zip"], instance=instance)
    assert [each.items for each in caught.value.before] == [2]


def test_files_of_a_folder_of_which_none_is_known_are_each_told(write: Write, instance: Instance) -> None:
    folder = write("x.txt", "").parent / "all"
    folder.mkdir()
    (folder / "a.csv").write_text("a,b\n1,2\n")
    (folder / "b.pdf").write_bytes(b"%PDF-1.7\n")
    with pytest.raises(BadInput, match="holds 2 files, none of them") as caught:
        import_files([folder], instance=instance)
    assert caught.value.faults is not None
    assert [each.field for each in caught.value.faults] == ["a.csv", "b.pdf"]


# ---- longitude and latitude exchanged

INSIDE, EXCHANGED = {"longitude": "3.5", "latitude": "0.5"}, {"longitude": "0.5", "latitude": "3.5"}


def test_a_point_whose_numbers_are_exchanged_is_sent_back_with_the_place_meant(
    write: Write, instance: Instance, boundaries_file: Path
) -> None:
    import_files([boundaries_file], instance=instance)
    lines = [line(area="", **INSIDE), line(area="", item="c2", **INSIDE), line(area="", **EXCHANGED)]
    (summary,) = import_files([write("a.csv", table(*lines))], instance=instance)
    assert summary.by_point == 2
    assert "with longitude and latitude exchanged it lies in District 4" in summary.first_rejected


GED_POINTS = [
    ("all of them", [EXCHANGED, EXCHANGED, EXCHANGED], True),
    ("one of three", [INSIDE, EXCHANGED, INSIDE], False),
    ("outside in either order", [{"longitude": "20", "latitude": "20"}] * 3, False),
]


@pytest.mark.parametrize(("shows", "points", "refused"), GED_POINTS, ids=[case[0] for case in GED_POINTS])
def test_events_with_exchanged_columns_are_refused_and_single_ones_named(
    write: Write, instance: Instance, boundaries_file: Path, shows: str, points: list[dict[str, Any]], refused: bool
) -> None:
    import_files([boundaries_file], instance=instance)
    path = write("ged231.csv", ged(*[{"adm_1": "", "adm_2": ""} | point for point in points]))
    if refused:
        with pytest.raises(BadInput, match="3 of them inside with longitude and latitude exchanged"):
            import_files([path], instance=instance)
        assert Store(instance.evidence).versions() == []
        return
    (summary,) = import_files([path], instance=instance)
    assert any("exchanged" in str(note) for note in summary.notes) == (EXCHANGED in points)
