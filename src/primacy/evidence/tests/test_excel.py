"""Workbooks: each sheet is read in its own format, others are named, and what is in none is told how to come in."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from primacy.evidence.bringing.importing import import_files
from primacy.evidence.errors import BadInput
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance

openpyxl = pytest.importorskip("openpyxl")
Write = Callable[[str, str], Path]
TEMPLATE = [
    ["# producer: Civil Affairs"], ["# coverage: contact; XX", "XX; 2024-05-01 to 2024-05-31; complete"],
    ["kind", "item", "date", "area", "measure", "value"], ["contact", "c1", date(2024, 5, 1), "XX", "events", 1],
]  # fmt: skip
TAGGED = [["Where", "When", "How many"], ["#adm1+code", "#date", "#affected+f"], ["XX1", date(2024, 5, 1), 30]]
OTHER = [["When", "Where", "Killed by"], [date(2024, 5, 1), "A", 2]]


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """book(Sheet=rows, ...) -> path; a sheet whose name begins with Hidden is hidden."""

    def made(**sheets: list[list[Any]]) -> Path:
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for name, rows in sheets.items():
            sheet = workbook.create_sheet(name)
            sheet.sheet_state = "hidden" if name.startswith("Hidden") else "visible"
            for row in rows:
                sheet.append(row)
        workbook.save(tmp_path / "book.xlsx")
        return tmp_path / "book.xlsx"

    return made


def test_sheets_are_read_in_their_own_format_and_the_others_are_named(
    book: Callable[..., Path], instance: Instance
) -> None:
    path = book(Contacts=TEMPLATE, Tagged=TAGGED, Readme=[["Only words"]], HiddenLists=TEMPLATE)
    summaries = import_files([path], instance=instance)
    assert [(each.file, each.format) for each in summaries] == [
        ("book.xlsx/Contacts", "csv"),
        ("book.xlsx/Tagged", "hxl"),
    ]
    assert "not recognised and not read: book.xlsx/Readme, book.xlsx/HiddenLists (a hidden sheet)" in map(
        str, summaries[-1].notes
    )
    version = summaries[0].version
    assert version is not None
    assert (version.producer, version.name, version.coverage[0].complete) == ("Civil Affairs", "book Contacts", True)


@pytest.mark.parametrize("format", ["excel", "csv"])
def test_a_named_format_reads_the_sheets_that_are_in_it(
    book: Callable[..., Path], instance: Instance, format: str
) -> None:
    summaries = import_files([book(Readme=[["Only words"]], Contacts=TEMPLATE)], instance=instance, format=format)
    assert [each.file for each in summaries] == ["book.xlsx/Contacts"]
    assert "Readme" in str(summaries[0].notes[-1])


@pytest.mark.parametrize("format", [None, "excel"])
def test_a_sheet_in_no_format_asks_for_a_mapping(
    book: Callable[..., Path], instance: Instance, format: str | None
) -> None:
    with pytest.raises(BadInput, match="--draft-mapping"):
        import_files([book(Deaths=OTHER)], instance=instance, format=format)


def test_no_workbook_is_not_read_as_one(write: Write, instance: Instance) -> None:
    with pytest.raises(BadInput, match="is no workbook"):
        import_files([write("a.csv", "a,b\n1,2\n")], instance=instance, format="excel")


MAPPING = """\
mapping: deaths
kind: incident
date: When
measures: [{measure: deaths, column: Killed by}]
"""


def test_a_mapping_finds_its_sheet_or_names_it(book: Callable[..., Path], write: Write, instance: Instance) -> None:
    path = book(Readme=[["Only words"]], Deaths=OTHER, HiddenDeaths=[*OTHER, [date(2024, 5, 2), "B", 5]])
    (summary,) = import_files([path], instance=instance, mapping=write("map.yaml", MAPPING))
    assert (summary.file, summary.rows) == ("book.xlsx/Deaths", 1)
    named = write("named.yaml", MAPPING + "table: {sheet: HiddenDeaths}\n")
    (summary,) = import_files([path], instance=instance, mapping=named)
    assert (summary.file, summary.rows) == ("book.xlsx/HiddenDeaths", 2)
    with pytest.raises(BadInput, match="has no sheet 'Else'"):
        import_files([path], instance=instance, mapping=write("else.yaml", MAPPING + "table: {sheet: Else}\n"))


def test_the_rows_that_name_the_columns_may_be_said(
    book: Callable[..., Path], write: Write, instance: Instance
) -> None:
    path = book(
        Deaths=[
            ["A", "title", "of three words"],
            ["x", "y", "z"],
            ["When", "Where", "Killed by"],
            [date(2024, 5, 1), "A", 2],
        ]
    )
    mapping = write("map.yaml", MAPPING + "table: {header: 3}\n")
    (summary,) = import_files([path], instance=instance, mapping=mapping)
    assert summary.version is not None
    (row,) = next(Store(instance.evidence).content(summary.version.id)).to_pylist()
    assert (row["line"], row["value"]) == (4, 2.0)


def test_an_error_in_a_cell_is_listed_and_what_needs_it_is_refused(
    book: Callable[..., Path], write: Write, instance: Instance
) -> None:
    path = book(Deaths=[*OTHER, ["#N/A", "B", 3], [date(2024, 5, 3), "#REF!", 4]])
    (summary,) = import_files([path], instance=instance, mapping=write("map.yaml", MAPPING))
    assert (summary.rows, summary.rejected) == (2, 1)
    assert "cells that hold an error were read as missing: A3 (#N/A), B4 (#REF!)" in map(str, summary.notes)


def test_a_workbook_of_the_old_form_is_refused_with_what_to_do(instance: Instance, tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(BadInput, match=r"is a workbook or document of an old form.*\.xlsx"):
        import_files([tmp_path / "a.xls"], instance=instance)
