"""Records as a table for other programs: CSV, a workbook, Parquet, written piece by piece. Pure.

CSV and the workbook are for people: words of choices, cells that no spreadsheet takes for formulae, the notice above
the names of columns. Parquet is for programs: names of fields, values as they are kept, the notice in its metadata.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO, Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from primacy.ui.csv_cells import csv_line, safe_cell

AT_A_TIME = 2_000  # rows in memory
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what no workbook can hold
WIDEST = 60  # letters of a column of the workbook
Plain = Literal["text", "number", "day", "yes-no"]
ENDINGS: Mapping[str, tuple[str, str]] = {
    "csv": ("CSV", "text/csv; charset=utf-8"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "parquet": ("Parquet", "application/vnd.apache.parquet"),
}
"""Ending of the file -> what people call it, and the type of its content."""
TYPES = {"text": pa.string(), "number": pa.int64(), "day": pa.date32(), "yes-no": pa.bool_()}


@dataclass(frozen=True)
class Column:
    """name of the field, what people call it, and what its values are."""

    name: str
    label: str
    kind: Plain = "text"


@dataclass(frozen=True)
class Row:
    """A row twice: as people read it, and as it is kept. None is an empty cell."""

    said: Sequence[str | int | date | None]
    kept: Sequence[Any]


def csv_pieces(columns: Sequence[Column], rows: Iterable[Row], notice: Sequence[str]) -> Iterator[str]:
    """A CSV table in pieces; the notice stands above it as remarks."""
    yield "\ufeff" + "".join(f"# {line}\r\n" for line in notice)
    yield csv_line([each.label for each in columns])
    for some in _some(rows):
        yield "".join(csv_line([_day(value) for value in row.said]) for row in some)


def _day(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def write_workbook(target: IO[bytes] | Path, columns: Sequence[Column], rows: Iterable[Row], notice: Sequence[str],
                   choices: Mapping[int, Sequence[str]] | None = None) -> None:  # fmt: skip
    """A workbook with one sheet. No cell is a formula, whatever it says.

    choices   by place of a column the words that its cells may hold: they can be picked from a list
    """
    from openpyxl import Workbook  # takes its time, and most pages write no workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Primacy")

    def cell(value: Any) -> Any:
        text = isinstance(value, str)
        made = WriteOnlyCell(sheet, value=UNWRITABLE.sub(" ", safe_cell(value)) if text else value)
        if text:
            made.data_type = "s"
        return made

    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = min(max(len(column.label) + 2, 12), WIDEST)
    sheet.freeze_panes = f"A{len(notice) + 2}"
    if isinstance(target, Path):
        _collect_beside(target, sheet)
    for line in notice:
        sheet.append([cell(f"# {line}")])
    sheet.append([cell(each.label) for each in columns])
    for row in rows:
        sheet.append([cell(value) for value in row.said])
    _pick_lists(book, sheet, choices or {}, len(notice) + 2)
    book.save(target)


def _collect_beside(target: Path, sheet: Any) -> None:
    """The library would collect the rows in the machine's folder for temporary files, where they stay when the program
    is killed; beside the target they go with it."""
    from openpyxl.worksheet._writer import ALL_TEMP_FILES, WorksheetWriter

    rows = str(target.with_suffix(".rows"))
    ALL_TEMP_FILES.append(rows)  # it takes away what stands in this list
    sheet._writer = WorksheetWriter(sheet, out=rows)
    sheet._writer.write_top()


def _pick_lists(book: Any, sheet: Any, choices: Mapping[int, Sequence[str]], first: int) -> None:
    """Lists to pick from, kept on a sheet of their own, because a list inside a rule is cut at 255 letters."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    if not choices:
        return
    lists, places = book.create_sheet("Lists"), sorted(choices)
    for number in range(max(len(choices[place]) for place in places)):
        words = [choices[place][number] if number < len(choices[place]) else None for place in places]
        lists.append([safe_cell(each) if each else None for each in words])
    for at, place in enumerate(places, 1):
        column, letter = get_column_letter(at), get_column_letter(place + 1)
        rule = DataValidation("list", f"Lists!${column}$1:${column}${len(choices[place])}", allow_blank=True)
        rule.add(f"{letter}{first}:{letter}5000")
        sheet.data_validations.append(rule)


def write_parquet(
    target: IO[bytes] | Path, columns: Sequence[Column], rows: Iterable[Row], notice: Sequence[str]
) -> None:
    """A Parquet file."""
    fields = [pa.field(each.name, TYPES[each.kind]) for each in columns]
    schema = pa.schema(fields, metadata={"notice": " ".join(notice)})
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for some in _some(rows):
            arrays = [
                pa.array([row.kept[place] for row in some], each.type) for place, each in enumerate(schema)
            ]  # fmt: skip
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def write_csv(target: IO[bytes] | Path, columns: Sequence[Column], rows: Iterable[Row], notice: Sequence[str]) -> None:
    """A CSV file."""
    pieces = (piece.encode() for piece in csv_pieces(columns, rows, notice))
    if isinstance(target, Path):
        with target.open("wb") as stream:
            stream.writelines(pieces)
    else:
        target.writelines(pieces)


WRITERS = {"csv": write_csv, "xlsx": write_workbook, "parquet": write_parquet}


def _some(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while some := list(islice(left, AT_A_TIME)):
        yield some
