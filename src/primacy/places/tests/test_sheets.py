"""Sheets of workbooks as text, and workbooks that are broken or hostile."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from primacy.places.errors import BadInput
from primacy.places.files.files import Source, sources
from primacy.places.files.tables import TextTable

openpyxl = pytest.importorskip("openpyxl")
Fill = Callable[[Any], None]


def book(path: Path, fill: Fill) -> Path:
    workbook = openpyxl.Workbook()
    fill(workbook)
    workbook.save(path)
    return path


def text(path: Path, sheet: int = 0) -> tuple[list[str], Any]:
    stream = list(sources(path))[sheet].open()
    return stream.read().decode().splitlines(), stream


def rows(*given: list[Any], merge: tuple[str, ...] = (), forms: dict[str, str] | None = None) -> Fill:
    def fill(workbook: Any) -> None:
        for row in given:
            workbook.active.append(row)
        for cells in merge:
            workbook.active.merge_cells(cells)
        for cell, form in (forms or {}).items():
            workbook.active[cell].number_format = form

    return fill


HEAD = ["Date", "Place", "Killed"]
SHOWN = [
    ("days", rows(HEAD, [date(2024, 5, 1), "A", 1]), "2024-05-01,A,1"),
    (
        "a time of day",
        rows(HEAD, [datetime(2024, 5, 1, 13, 5, tzinfo=UTC).replace(tzinfo=None), "A", 1]),
        "2024-05-01 13:05:00,A,1",
    ),
    ("the digits that a spreadsheet keeps", rows(HEAD, [1, "A", 0.1 + 0.2]), "1,A,0.3"),
    ("per cent with its sign", rows(HEAD, [1, "A", 0.45], forms={"C2": "0%"}), "1,A,45%"),
    ("digits that are text", rows(HEAD, [1, "A", "1.234"]), "1,A,'1.234"),
    ("text of several lines", rows(HEAD, [1, "A\nB", 2]), "1,A B,2"),
    ("truth", rows(HEAD, [True, "A", 2]), "true,A,2"),
    ("text of merged cells", rows(HEAD, [1, "A", 5], [2, None, 6], merge=("B2:B3",)), "2,A,6"),
    ("numbers of merged cells only once", rows(HEAD, [1, "A", 5], [2, "B", None], merge=("C2:C3",)), "2,B,"),
]


@pytest.mark.parametrize(("shows", "fill", "line"), SHOWN, ids=[case[0] for case in SHOWN])
def test_what_a_cell_shows(tmp_path: Path, shows: str, fill: Fill, line: str) -> None:
    assert text(book(tmp_path / "a.xlsx", fill))[0][-1] == line


def test_titles_become_remarks_and_lines_keep_their_number(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", rows(["Log of May"], [], HEAD, [1, "A", 2], [], [3, "B", 4]))
    assert text(path)[0] == ["# Log of May", "", "Date,Place,Killed", "1,A,2", "", "3,B,4"]
    (batch,) = TextTable(next(sources(path))).batches()
    assert batch.line.tolist() == [4, 6]


def test_an_error_is_missing_and_a_fault_that_names_the_cell(tmp_path: Path) -> None:
    table = TextTable(next(sources(book(tmp_path / "a.xlsx", rows(HEAD, [1, "A", "#N/A"])))))
    (batch,) = table.batches()
    assert batch.column("Killed").to_pylist() == [""]
    (fault,) = table.faults
    assert (fault.line, fault.field, fault.value) == (2, "C2", "#N/A")
    assert table.faults.lines == 0, "the line itself is not lost"
    assert list(map(str, table.notes)) == ["cells that hold an error were read as missing: C2 (#N/A)"]


def test_a_formula_without_its_result_is_said(tmp_path: Path) -> None:
    lines, stream = text(book(tmp_path / "a.xlsx", rows(HEAD, [1, "A", "=1+1"], [1, "B", 3])))
    assert lines[1] == "1,A,"
    assert "formulas without a stored result were read as missing: 1" in str(stream.notes()[0])


def test_hidden_sheets_are_known_as_such(tmp_path: Path) -> None:
    def fill(workbook: Any) -> None:
        workbook.create_sheet("Lists").sheet_state = "hidden"

    assert [(each.sheet, each.hidden) for each in sources(book(tmp_path / "a.xlsx", fill))] == [
        ("Sheet", False),
        ("Lists", True),
    ]


def test_a_person_may_say_which_rows_name_the_columns(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", rows(["Place", "2019", "2020"], ["A", 1, 2]))
    (source,) = sources(path)
    told = Source(path, sheet=source.sheet, heading=(1, 1))
    assert TextTable(told).columns == ("Place", "2019", "2020")


def test_a_workbook_inside_a_zip_is_read(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", rows(HEAD, [1, "A", 2]))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.write(path, "in/a.xlsx")
    (source,) = sources(tmp_path / "b.zip")
    assert source.label == "b.zip/in/a.xlsx/Sheet"
    assert source.open().read() == b"Date,Place,Killed\n1,A,2\n"


def changed(path: Path, member: str, change: Callable[[bytes], bytes]) -> Path:
    """The workbook with one of its members changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == member else content)
    path.write_bytes(packed.getvalue())
    return path


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]>'
HOSTILE = [
    ("entities", lambda old: ENTITIES + old, "declares entities"),
    ("entities in UTF-16", lambda old: (ENTITIES + old).decode().encode("utf-16"), "declares entities"),
    ("no markup", lambda old: b"nothing", "cannot be read as a workbook"),
    ("cut off", lambda old: old[:-30], "cannot be read as a workbook"),
    ("endless", lambda old: old + b" " * (70 * 2**20), "far more than such data need"),
    (
        "a row beyond all rows",
        lambda old: old.replace(b'<row r="2"', b'<row r="99999999"'),
        "has more than 1048576 rows",
    ),
]


@pytest.mark.parametrize(("shows", "change", "what"), HOSTILE, ids=[case[0] for case in HOSTILE])
def test_hostile_workbooks_are_refused(tmp_path: Path, shows: str, change: Callable[[bytes], bytes], what: str) -> None:
    path = changed(book(tmp_path / "a.xlsx", rows(HEAD, [1, "A", 2])), SHEET, change)
    with pytest.raises(BadInput, match=what):
        [source.open().read() for source in sources(path)]
