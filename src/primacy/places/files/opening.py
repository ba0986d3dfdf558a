"""A table from any file that holds one: CSV, a sheet, rows of JSON; with its header where somebody says it stands."""

import csv
import io
from dataclasses import replace

from primacy.places.errors import BadInput
from primacy.places.files.files import Source
from primacy.places.files.headers import DELIMITERS, Header, header, header_at
from primacy.places.files.headings import LOOKED_AT, headings
from primacy.places.files.json_rows import is_json, rows_as_csv
from primacy.places.files.tables import TextTable

NOT_SAID = (0, 0)


def open_table(source: Source, *, lines: tuple[int, int] = NOT_SAID, named: Header | None = None) -> TextTable:
    """lines   first and last line (from 1) that name the columns; not said: the first line that is no remark."""
    if source.sheet:
        return TextTable(replace(source, heading=lines), named=named)
    if not named and lines != NOT_SAID:
        named = header_at(text_head(source), source.label, *lines)
    return TextTable(source, stream=rows_as_csv(source) if is_json(source.head()) else None, named=named)


def text_head(source: Source) -> bytes:
    """How the table begins, as CSV text in UTF-8."""
    head = source.head()
    if source.sheet or not is_json(head):
        return head
    return rows_as_csv(source).read(len(head) or 1)


def columns(head: bytes, label: str) -> tuple[str, ...]:
    """The names of columns in the first line that is no remark; none where there is no such line."""
    try:
        return header(head, label).columns
    except BadInput:
        return ()


def first_rows(head: bytes) -> list[list[str]]:
    """The first lines as rows of fields, parted by the mark that parts most of them."""
    text = "\n".join(head.decode("utf-8", "ignore").split("\n")[:LOOKED_AT])
    best: list[list[str]] = []
    for mark in DELIMITERS:
        try:
            rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=mark)]
        except csv.Error:
            continue
        if not best or max(map(len, rows), default=0) > max(map(len, best), default=0):
            best = rows
    return best


def header_lines(source: Source, head: bytes) -> tuple[int, int]:
    """Where the names of columns stand: below title lines, or (0, 0) where it is the first line that is no remark."""
    if source.sheet or is_json(source.head()):
        return NOT_SAID
    rows = first_rows(head)
    found = headings([[] if row and row[0].startswith("#") else row for row in rows])
    first = next((place for place, row in enumerate(rows) if any(row) and not row[0].startswith("#")), 0)
    at_once = not found or found.first == found.last == first
    return NOT_SAID if not found or at_once else (found.first + 1, found.last + 1)
