"""CSV as it comes: columns of text in batches, each row with the line of the file that it stands on."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
from numpy.typing import NDArray

from primacy.places.errors import BadInput, shortened
from primacy.places.files import HEAD, Source, Text

BLOCK = 8 * 2**20
MOST_COLUMNS = 2_000
NUMBER = r"^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?$"
DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?$"
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Rejected:
    """One line that was not imported, and why."""

    line: int
    reason: str


@dataclass
class Rows:
    """A batch of rows: text by column, the line of each, and which are still wanted, with the reasons of the rest."""

    text: dict[str, pa.Array]
    line: Integers
    keep: NDArray[np.bool_]
    rejected: list[Rejected] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.line)

    def only(self, wanted: NDArray[np.bool_]) -> "Rows":
        """The rows marked in `wanted`; the others leave without being rejected."""
        chosen = pa.array(wanted)
        text = {name: column.filter(chosen) for name, column in self.text.items()}
        return Rows(text, self.line[wanted], self.keep[wanted])

    def column(self, name: str) -> pa.Array:
        """The text of a column without surrounding space; an absent column is all empty."""
        if name not in self.text:
            return pa.array([""] * len(self), pa.string())
        return pc.utf8_trim_whitespace(self.text[name])

    def reject(self, where: NDArray[np.bool_], reason: str, column: str = "") -> None:
        """Drop the rows marked in `where`; the reason ends with the offending text of `column`."""
        for index in np.flatnonzero(where & self.keep):
            value = f": {shortened(self.text[column][int(index)])!r}" if column in self.text else ""
            self.rejected.append(Rejected(int(self.line[index]), f"{reason}{value}"))
        self.keep &= ~where

    def numbers(
        self, name: str, *, least: float | None = None, most: float | None = None, comma: bool = False
    ) -> NDArray[np.float64]:
        """A column as numbers. Empty is NaN; what is no number, below `least` or above `most`, rejects its row."""
        text = self.column(name)
        if comma:
            text = pc.replace_substring(text, ",", ".")
        empty = pc.equal(text, "")
        readable = pc.match_substring_regex(text, NUMBER)
        values = pc.cast(pc.if_else(readable, text, pa.scalar(None, pa.string())), pa.float64())
        numbers: NDArray[np.float64] = values.to_numpy(zero_copy_only=False).astype(np.float64)
        wrong = ~_mask(pc.or_(empty, readable)) | np.isinf(numbers)
        self.reject(wrong, f"{name} is no number", name)
        if least is not None:
            self.reject(numbers < least, f"{name} is below {least:g}", name)
        if most is not None:
            self.reject(numbers > most, f"{name} is above {most:g}", name)
        return numbers

    def dates(self, name: str, *, earliest: date, latest: date) -> pa.Array:
        """A column as days (ISO 8601, a time of day is dropped). Empty is null; an impossible day rejects its row."""
        text = self.column(name)
        shaped = pc.match_substring_regex(text, DATE)
        days = pc.if_else(shaped, pc.utf8_slice_codeunits(text, 0, 10), pa.scalar(None, pa.string()))
        try:
            found = pc.cast(days, pa.date32())
        except pa.ArrowInvalid:
            found = pa.array([_day(each) for each in days.to_pylist()], pa.date32())
        wrong = _mask(pc.and_(pc.is_null(found), pc.not_equal(text, "")))
        self.reject(wrong, f"{name} is no date (write 2024-12-31)", name)
        outside = pc.or_(pc.less(found, pa.scalar(earliest)), pc.greater(found, pa.scalar(latest)))
        self.reject(_mask(pc.fill_null(outside, False)), f"{name} is not between {earliest} and {latest}", name)
        return found


def _mask(values: pa.Array) -> NDArray[np.bool_]:
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


@dataclass(frozen=True)
class Header:
    """The first lines of a CSV: its columns, how they are parted, comment lines above, lines used up."""

    columns: tuple[str, ...]
    delimiter: str
    comments: tuple[str, ...]
    lines: int


def header(head: bytes, label: str) -> Header:
    """Read the header from the first bytes of a file (already UTF-8).

    Lines that begin with # above it are comments. Raises BadInput if there is no header.
    """
    if b"\n" not in head and len(head) >= HEAD:
        raise BadInput(f"has no line end in its first {HEAD // 1024} KiB", label, "Check that this is a CSV file")
    text = head.decode("utf-8", "ignore")
    lines = io.StringIO(text, newline="")
    comments: list[str] = []
    used = 0
    position = 0
    for line in lines:
        if line.strip() and not line.lstrip('" \ufeff').startswith("#"):
            break
        if line.strip():
            comments.append(line.strip().strip('",; \t'))
        used += 1
        position += len(line)
    else:
        raise BadInput("has no line that names its columns", label, "Put the names of the columns on the first line")
    first = text[position : position + HEAD].split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text[position:], newline=""), delimiter=delimiter)
    try:
        names = next(reader)
    except (csv.Error, StopIteration) as error:
        raise BadInput(f"has a first line that cannot be read ({error})", label, "Save it again as CSV") from error
    if len(names) > MOST_COLUMNS:
        remedy = f"No known format has more than {MOST_COLUMNS}; check the file"
        raise BadInput(f"has {len(names)} columns", label, remedy)
    columns = tuple(name.strip() or f"column {place}" for place, name in enumerate(names, 1))
    return Header(columns, delimiter, tuple(comments), used + reader.line_num)


class TextTable:
    """A CSV source as batches of text columns with line numbers. `rejected` fills while it is read."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.rejected: list[Rejected] = []
        self.stream = Text(source.open())
        head = self.stream.read(HEAD)
        if not head.strip():
            raise BadInput("is empty", source.label, "Download or copy it again")
        self.header = header(head, source.label)
        rest = head
        for _ in range(self.header.lines):
            rest = rest.partition(b"\n")[2]
        self.stream.push_back(rest)
        self._odd: list[tuple[int, int, str]] = []  # records of the wrong width: number, line ends inside, text
        self._odd_done = 0
        self._last_line_ends = 0  # line ends inside the last row so far

    @property
    def columns(self) -> tuple[str, ...]:
        return self.header.columns

    def need(self, names: tuple[str, ...], what: str) -> None:
        """Raise BadInput unless all of `names` are columns."""
        missing = [name for name in names if name not in self.columns]
        if missing:
            raise BadInput(
                f"is not {what}: the first line does not name {', '.join(missing[:6])}", self.source.label,
                "Import the file as its source published it, first line included",
            )  # fmt: skip

    def _refuse_same_names(self) -> None:
        twice = sorted({name for name in self.columns if self.columns.count(name) > 1})
        if twice:
            what = f"names the column {shortened(twice[0])!r} twice"
            raise BadInput(what, self.source.label, "Give every column its own name")

    def batches(self) -> Iterator[Rows]:
        """All rows in order; blank lines, comment lines and a row of HXL tags are left out."""
        self._refuse_same_names()
        read, ends = 0, 0
        try:
            for batch in self._open():
                rows, read, ends = self._numbered(batch, read, ends)
                if len(rows):
                    yield rows
        except pa.ArrowInvalid as error:
            raise self._explain(error) from error
        finally:
            self.stream.close()
        self._finish(read, ends)
        self._refuse_open_quotation()
        self._refuse_cut_off(read)

    def _open(self) -> Iterator[pa.RecordBatch]:
        if not self.stream.pending:
            self.stream.push_back(self.stream.read(1))
        if not self.stream.pending:
            return iter(())
        names = self.columns
        return pacsv.open_csv(  # type: ignore[no-any-return]
            pa.PythonFile(self.stream, mode="r"),
            read_options=pacsv.ReadOptions(use_threads=False, block_size=BLOCK, column_names=list(names)),
            parse_options=pacsv.ParseOptions(
                delimiter=self.header.delimiter, newlines_in_values=True, ignore_empty_lines=False,
                invalid_row_handler=self._odd_record,
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
            ),
        )  # fmt: skip

    def _odd_record(self, row: pacsv.InvalidRow) -> str:
        blank_or_comment = not row.text.strip(",; \t\r\n") or row.text.lstrip('" ').startswith("#")
        reason = "" if blank_or_comment else f"has {row.actual_columns} fields, not {row.expected_columns}"
        self._odd.append((row.number, row.text.count("\n"), reason))
        return "skip"

    def _numbered(self, batch: pa.RecordBatch, read: int, ends: int) -> tuple[Rows, int, int]:
        """Rows with their line: records before, of either width, plus the line ends inside quoted fields before."""
        text = {name: batch.column(place) for place, name in enumerate(self.columns)}
        inside = _line_ends(batch)
        before = ends + np.concatenate([[0], np.cumsum(inside)]).astype(np.int64)
        numbers = np.array([number for number, _, _ in self._odd], dtype=np.int64)
        odd_ends = np.concatenate([[0], np.cumsum([count for _, count, _ in self._odd])]).astype(np.int64)
        valid_before_odd = numbers - 1 - np.arange(len(numbers))
        index = read + np.arange(batch.num_rows, dtype=np.int64)
        odd_before = np.searchsorted(valid_before_odd, index, side="right")
        line = self.header.lines + 1 + index + odd_before + before[:-1] + odd_ends[odd_before]
        self._note_odd(valid_before_odd, read, before, odd_ends)
        self._last_line_ends = int(inside[-1]) if len(inside) else self._last_line_ends
        rows = Rows(text, line, np.ones(len(line), dtype=np.bool_))
        return _without_remarks(rows, first=read == 0), read + batch.num_rows, int(before[-1])

    def _note_odd(self, valid_before: Integers, read: int, before: Integers, odd_ends: Integers) -> None:
        """Give the odd records up to the end of this batch their line, and keep those that were data."""
        while self._odd_done < len(self._odd) and valid_before[self._odd_done] - read < len(before):
            place = self._odd_done
            number, _, reason = self._odd[place]
            if reason:
                ends = before[valid_before[place] - read] + odd_ends[place]
                self.rejected.append(Rejected(int(self.header.lines + number + ends), reason))
            self._odd_done += 1

    def _finish(self, read: int, ends: int) -> None:
        numbers = np.array([number for number, _, _ in self._odd], dtype=np.int64)
        odd_ends = np.concatenate([[0], np.cumsum([count for _, count, _ in self._odd])]).astype(np.int64)
        self._note_odd(numbers - 1 - np.arange(len(numbers)), read, np.array([ends], dtype=np.int64), odd_ends)

    def _refuse_open_quotation(self) -> None:
        """A quotation mark that is opened and never closed swallows the rest of a file into one field."""
        ends = [self._last_line_ends, *(count for _, count, _ in self._odd[-1:])]
        if self.stream.quotation_marks % 2 and any(ends):
            line = self.stream.lines_read - max(ends) + 1
            raise BadInput(
                "a quotation mark is opened and never closed", f"{self.source.label}, near line {line}",
                "Close it, or save the file again as CSV UTF-8",
            )  # fmt: skip

    def _refuse_cut_off(self, read: int) -> None:
        """A last line that is too short and has no end: the file stops in the middle, so the rest of it is missing."""
        if not self._odd or self.stream.ends_a_line:
            return
        number, _, reason = self._odd[-1]
        if reason and number == read + len(self._odd):
            raise BadInput(
                "stops in the middle of its last line", f"{self.source.label}, line {self.stream.lines_read + 1}",
                "Download or copy it again; nothing of it was imported",
            )  # fmt: skip

    def _explain(self, error: pa.ArrowInvalid) -> BadInput:
        trouble = self.stream.trouble or self.stream.guarded.trouble
        if trouble:
            return trouble
        where = f"{self.source.label}, before line {self.stream.lines_read + 1}"
        if "straddl" in str(error):
            return BadInput("a field is larger than 8 MiB, or a quotation mark is never closed", where, "Correct it")
        return BadInput(f"cannot be read as CSV ({shortened(error, 120)})", where, "Save the file again as CSV UTF-8")


def _line_ends(batch: pa.RecordBatch) -> Integers:
    """Line ends inside the quoted fields of each row."""
    inside = np.zeros(batch.num_rows, dtype=np.int64)
    for column in batch.columns:
        content = column.buffers()[2]
        if content is not None and b"\n" in content.to_pybytes():
            inside += pc.count_substring(column, "\n").to_numpy(zero_copy_only=False).astype(np.int64)
    return inside


def _without_remarks(rows: Rows, *, first: bool) -> Rows:
    """Leave out blank lines, lines that begin with #, and a row of HXL tags among the first two."""
    names = list(rows.text)
    start = rows.text[names[0]]
    remark = _mask(pc.starts_with(start, "#"))
    for index in np.flatnonzero(_mask(pc.equal(pc.utf8_trim_whitespace(start), ""))):
        filled = [value for name in names if (value := rows.text[name][int(index)].as_py().strip())]
        tags = first and index < 2 and all(value.startswith("#") for value in filled)
        remark[index] |= not filled or tags
    if not remark.any():
        return rows
    return rows.only(~remark)
