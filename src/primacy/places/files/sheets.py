"""One sheet of a workbook as CSV text: a line for each of its rows, so that whatever reads a table reads a sheet.

Title lines       above the names of columns become remarks
Headings          in several rows, or over several columns, become one line of joined names
Merged cells      their text and days stand in each of them; a number stands in the first only, or it would count twice
Days              as 2024-12-31; what has the form of per cent with its sign
Errors            #N/A and the like are missing, and a fault that names the cell
Texts of digits   1.234 typed as text keeps the apostrophe of spreadsheets: only a person knows what is meant
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from primacy.framework.saying import Said, said
from primacy.places.errors import BadInput, listed
from primacy.places.files.faults import Fault, Faults
from primacy.places.files.headings import LOOKED_AT, Headings, Merge, at, headings
from primacy.places.files.workbooks import Book, unreadable

MOST_ROWS = 1_048_576
MOST_COLUMNS = 2_000
DIGITS_AS_TEXT = re.compile(r"[-+]?\d{1,3}([.,]\d{3})+")
TAG = re.compile(r"#[A-Za-z][A-Za-z0-9_]*(\s*\+\s*[A-Za-z0-9_]+)*")
ERRORS_SHOWN = 5


class SheetText:
    """The bytes of the CSV text; `faults` and `notes` are complete when it was read to its end."""

    def __init__(self, book: Book, name: str, *, heading: tuple[int, int] = (0, 0)) -> None:
        """heading   first and last row (from 1) that name the columns; (0, 0) finds them."""
        self.label = f"{book.label}/{name}"
        self.closed = False
        self.faults = Faults()
        self.row = 0  # rows so far
        self.errors: list[str] = []
        self.filled: Counter[int] = Counter()  # by row: cells that got the text of the merged cell they belong to
        self._book, self._name, self._heading = book, name, heading
        self._scan = book.scan(name)
        self._lines = self._text()
        self._left = b""

    @property
    def notes(self) -> list[Said]:
        told = []
        if self.errors:
            told.append(said("places/cells-of-errors", cells=listed(self.errors, ERRORS_SHOWN)))
        if self._scan.formulas_without_result:
            told.append(said("places/formulas-without-result", count=self._scan.formulas_without_result))
        if filled := self.filled.total():
            told.append(said("places/cells-filled", count=filled))
        return told

    def read(self, size: int = -1) -> bytes:
        pieces, have = [self._left], len(self._left)
        while size < 0 or have < size:
            line = next(self._lines, None)
            if line is None:
                break
            pieces.append(line)
            have += len(line)
        content = b"".join(pieces)
        cut = len(content) if size < 0 else size
        self._left = content[cut:]
        return content[:cut]

    def close(self) -> None:
        self.closed = True

    # ---- from cells to lines

    def _text(self) -> Iterator[bytes]:
        rows = self._rows()
        top = [row for row, _ in zip(rows, range(LOOKED_AT), strict=False)]
        found = self._headings(top)
        for place in range(found.last + 1 if found else 0):
            self.filled.pop(place, None)
        width = max((len(row) for row in top), default=0)
        for place, row in enumerate(top):
            yield self._line(row, place, found, width)
        for place, row in enumerate(rows, len(top)):
            yield self._line(row, place, found, width)

    def _headings(self, top: Sequence[Sequence[str]]) -> Headings | None:
        first, last = self._heading
        if not first:
            return headings(top, self._scan.merges)
        if last > len(top):
            raise BadInput(said("places/no-header-row", line=last), self.label, said("places/do.header-rows"))
        return at(top, first - 1, last - 1, self._scan.merges)

    def _line(self, row: Sequence[str], place: int, found: Headings | None, width: int) -> bytes:
        if found and place == found.last:
            row = [*found.names, *[""] * (width - len(found.names))]
        elif found and place < found.last and not _tagged(row):
            stated = ", ".join(text for text in row if text)
            return f"# {stated.lstrip('# ')}\n".encode() if stated else b"\n"
        if not any(row):
            return b"\n"
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow([*row, *[""] * (width - len(row))])
        return text.getvalue().encode("utf-8", "replace")

    def _rows(self) -> Iterator[list[str]]:
        """The texts of each row, up to the last one that says anything."""
        merged = _Merged(self._scan.merges)
        blank = 0
        for place, cells in enumerate(self._book.rows(self._name)):
            self.row = place + 1
            if self.row > MOST_ROWS:
                raise BadInput(said("places/many-rows", most=MOST_ROWS), self.label, said("places/do.save-sheet"))
            if not cells:
                blank += 1
                continue
            row = self._texts(cells, place)
            while row and not row[-1]:
                row.pop()
            self.filled[place] += merged.fill(row, cells, place)
            if len(row) > MOST_COLUMNS:
                raise BadInput(
                    said("places/many-columns", count=len(row)),
                    said("places/at.row", file=self.label, line=self.row),
                    said("places/do.delete-columns"),
                )
            if not row:
                blank += 1
                continue
            yield from ([] for _ in range(blank))
            blank = 0
            yield row

    def _texts(self, cells: Sequence[Any], place: int) -> list[str]:
        try:
            return [self._shown(cell, place) for cell in cells]
        except (LookupError, TypeError, ValueError, OverflowError) as error:  # a form or text that the workbook lacks
            raise unreadable(f"{self.label}, row {place + 1}", error) from error

    def _shown(self, cell: Any, place: int) -> str:
        """What a cell shows, on one line."""
        value = cell.value
        if value is None:
            return ""
        if cell.data_type == "e":
            where = f"{cell.coordinate}"
            self.errors.append(f"{where} ({value})")
            fault = Fault(place + 1, said("places/cell-error"), where, str(value))
            self.faults.add(fault, new_line=False)
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return number(value, percent="%" in str(cell.number_format))
        if isinstance(value, datetime):
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
        if isinstance(value, date | time):
            return value.isoformat()
        text = " ".join(str(value).split())
        return f"'{text}" if DIGITS_AS_TEXT.fullmatch(text) else text


def number(value: float, *, percent: bool = False) -> str:
    """A number with the fifteen digits that a spreadsheet keeps.

    >>> number(0.1 + 0.2), number(12.0), number(0.45, percent=True)
    ('0.3', '12', '45%')
    """
    if percent:
        return f"{value * 100:.13g}%"
    return str(value) if isinstance(value, int) else f"{value:.15g}"


def _tagged(row: Sequence[str]) -> bool:
    """Whether a row holds HXL tags, which must not become a remark."""
    return sum(TAG.fullmatch(text) is not None for text in row) > 1


class _Merged:
    """Merged cells of which the first row was passed: what to put into their other cells."""

    def __init__(self, merges: Sequence[Merge]) -> None:
        self._waiting = list(reversed(merges))  # the next one last
        self._open: list[tuple[Merge, str]] = []

    def fill(self, row: list[str], cells: Sequence[Any], place: int) -> int:
        """Put text and days of merged cells into the cells of one row below their first; how many were filled."""
        self._open = [each for each in self._open if each[0].bottom >= place]
        filled = 0
        for merge, text in self._open:
            if not row:  # nothing but merged cells: no row of its own
                break
            row += [""] * (merge.left + 1 - len(row))
            if not row[merge.left]:
                row[merge.left] = text
                filled += 1
        while self._waiting and self._waiting[-1].top <= place:
            merge = self._waiting.pop()
            stated = row[merge.left] if merge.left < len(row) and merge.top == place else ""
            counts = isinstance(getattr(cells[merge.left], "value", None), int | float) if stated else True
            if stated and merge.bottom > merge.top and not counts:
                self._open.append((merge, stated))
        return filled
