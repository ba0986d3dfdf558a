"""Single cells of a table corrected, everything else left as it is: plain CSV whose lines are one record each."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from primacy.places.errors import BadInput
from primacy.places.files.files import Source
from primacy.places.files.headers import header, header_at
from primacy.places.files.json_rows import is_json
from primacy.places.files.opening import header_lines, text_head
from primacy.places.files.text import Text

LARGEST = 20_000_000  # bytes


@dataclass(frozen=True)
class TableText:
    """The text of a table: its columns, the mark that parts them, and its lines (from 1)."""

    columns: tuple[str, ...]
    delimiter: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def cells(self, line: int) -> dict[str, str]:
        """The cells of a line by column; none where it is not one record of the right width."""
        found = self._record(self.lines, line)
        return dict(zip(self.columns, found, strict=True)) if found else {}

    def _record(self, lines: Sequence[str], line: int) -> list[str]:
        if not 1 <= line <= len(lines):
            return []
        text = lines[line - 1]
        if text.count('"') % 2:
            return []  # it goes on in the next line
        try:
            record = next(csv.reader([text], delimiter=self.delimiter), [])
        except csv.Error:
            return []
        return record if len(record) == len(self.columns) else []

    def corrected(self, cells: Mapping[tuple[int, int], str]) -> tuple[str, int]:
        """(the text with other cells at (line, place of the column), how many changed). Cells that are not there are
        left alone; a line end in a cell becomes a blank."""
        lines, changed = list(self.lines), 0
        for (line, place), value in cells.items():
            record = self._record(lines, line)
            value = " ".join(value.split("\n")).replace("\r", " ")
            if not record or not 0 <= place < len(record) or record[place] == value:
                continue
            record[place] = value
            target = io.StringIO()
            csv.writer(target, delimiter=self.delimiter, lineterminator="").writerow(record)
            lines[line - 1] = target.getvalue()
            changed += 1
        return "\n".join(lines), changed


def table_text(source: Source) -> TableText | None:
    """The text of a source; None for what is no plain CSV: packed files, workbooks, JSON, very large ones."""
    if source.sheet or source.packed or zipfile.is_zipfile(source.path) or source.path.stat().st_size > LARGEST:
        return None
    try:
        if is_json(source.head()):
            return None
        head = text_head(source)
        lines = header_lines(source, head)
        named = header_at(head, source.label, *lines) if lines != (0, 0) else header(head, source.label)
        stream = Text(source.open())
        try:
            text = stream.read().decode("utf-8")
        finally:
            stream.close()
    except (BadInput, UnicodeDecodeError):
        return None
    return TableText(named.columns, named.delimiter, text)
