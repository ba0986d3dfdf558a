"""CSV as it comes: columns of text in batches, each row with the line of the file that it stands on."""

import threading
from array import array
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from primacy.framework.saying import Said, Words, said
from primacy.places.errors import BadInput, listed, shortened
from primacy.places.files.ahead import ahead
from primacy.places.files.faults import LONGEST_VALUE, MOST_KEPT, Fault, Faults
from primacy.places.files.files import HEAD, Guarded, Source
from primacy.places.files.headers import DELIMITERS, Header, header
from primacy.places.files.lent import Lent, lent
from primacy.places.files.rows import Integers, Rows
from primacy.places.files.text import Text

BLOCK = 8 * 2**20
LARGEST_FIELD = 8 * 2**20  # bytes
MOST_ODD = 1_000_000  # lines of another width than the first: beyond this, and if they are most, it is no table
LINE_END = ord("\n")
NAMES = {"\t": said("places/mark.tab"), " ": said("places/mark.space")}


class TextTable:
    """A CSV source as batches of text columns with line numbers. `faults` fills while it is read."""

    def __init__(self, source: Source, *, stream: Guarded | None = None, named: Header | None = None) -> None:
        """stream   its text where that is not what lies in the file: rows of JSON
        named    the header where it is not the first line that is no remark
        """
        self.source = source
        self.faults = Faults()
        self.stream = Text(stream or source.open())
        head = self.stream.read(HEAD)
        if not head.strip():
            raise BadInput(said("places/file-empty"), source.label, said("places/do.again"))
        self.header = named or header(head, source.label)
        rest = head
        for _ in range(self.header.lines):
            rest = rest.partition(b"\n")[2]
        self.stream.push_back(rest)
        self.stream.expect(len(self.columns))
        self._odd = _OddLines(self.header.lines)
        self._ends_of_last = 0  # line ends inside the last row so far
        self._read = 0  # rows of the right width so far
        self._ends = 0  # line ends inside them

    @property
    def columns(self) -> tuple[str, ...]:
        return self.header.columns

    @property
    def notes(self) -> list[Said]:
        """What to say of how the file was read; complete when it was read to its end."""
        return [*([self.stream.note] if self.stream.note else []), *self.stream.guarded.notes()]

    def need(self, names: tuple[str, ...], what: Words) -> None:
        """Raise BadInput unless all of `names` are columns, and each column has a name of its own."""
        line = self.header.lines
        missing = [name for name in names if name not in self.columns]
        twice = sorted(name for name, count in Counter(self.columns).items() if count > 1)
        faults = Faults()
        for name in missing:
            faults.add(Fault(line, said("places/no-such-column"), name), new_line=not faults)
        for name in twice:
            faults.add(Fault(line, said("places/several-columns"), name), new_line=not faults)
        if missing:
            raise BadInput(
                said("places/lacks-columns", what=what, names=listed(missing)), self.source.label,
                said("places/do.first-line-included"), faults,
            )  # fmt: skip
        if twice:
            quoted = listed([f"'{shortened(name)}'" for name in twice])
            raise BadInput(
                said("places/column-twice", names=quoted),
                said("places/at.line", file=self.source.label, line=line),
                said("places/do.own-names"),
                faults,
            )

    def batches(self) -> Iterator[Rows]:
        """All rows in order; blank lines, comment lines and a row of HXL tags are left out."""
        self.need((), "")
        try:
            with ahead(self._blocks()) as opened:
                for batch in opened:
                    rows = self._numbered(batch)
                    if len(rows):
                        yield rows
        except pa.ArrowInvalid as error:
            raise self._explain(error) from error
        finally:
            self.stream.close()
            self._odd.pass_to(self.faults, self._read, np.array([self._ends], dtype=np.int64))
            outside = self.stream.guarded.faults
            self.faults.add_many(outside, count=outside.count, new_lines=outside.lines)
        self._refuse_open_quotation()
        self._refuse_cut_off()

    def _blocks(self) -> Iterator[pa.RecordBatch]:
        """Rows of the right width, block by block. Wherever it ends, pyarrow's threads have ended too."""
        if not self.stream.pending:
            self.stream.push_back(self.stream.read(1))
        if self.stream.pending:
            with lent(self.stream) as hand:
                yield from self._reader(hand)

    def _reader(self, hand: list[Lent]) -> Iterator[pa.RecordBatch]:
        names = self.columns
        return pacsv.open_csv(  # type: ignore[no-any-return]
            pa.PythonFile(hand.pop(), mode="r"),
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
        remark = not row.text.strip(",;| \t\r\n") or row.text.lstrip('" ').startswith("#")
        reason = None if remark else self._odd_because(row)
        self._odd.add(row.number, row.text.count("\n"), reason, row.text)
        if self._odd.count > max(MOST_ODD, self._read):
            self.stream.trouble = BadInput(
                said("places/no-table", count=self._odd.count, fields=len(self.columns)),
                self.source.label, said("places/do.check-which"),
            )  # fmt: skip
            return "error"
        return "skip"

    def _odd_because(self, row: pacsv.InvalidRow) -> Said:
        """Why a line does not fit, which is often that it is parted by another mark than the first."""
        here = self.header.delimiter
        other = next((mark for mark in DELIMITERS if row.text.count(mark) + 1 == row.expected_columns), here)
        if other != here and row.actual_columns == 1:
            one, first = (NAMES.get(mark, f"'{mark}'") for mark in (other, here))
            return said("places/parted-otherwise", mark=one, first=first)
        return said("places/odd-fields", count=row.actual_columns, fields=row.expected_columns)

    def _numbered(self, batch: pa.RecordBatch) -> Rows:
        """Rows with their line: records before, of either width, plus the line ends inside quoted fields before."""
        text = {name: batch.column(place) for place, name in enumerate(self.columns)}
        inside = _line_ends(batch)
        before = self._ends + np.concatenate([[0], np.cumsum(inside)]).astype(np.int64)
        index = self._read + np.arange(batch.num_rows, dtype=np.int64)
        line = self.header.lines + 1 + index + before[:-1] + self._odd.lines_before(index)
        self._odd.pass_to(self.faults, self._read, before)
        self._refuse_large(batch, line)
        rows = Rows(text, line, np.ones(len(line), dtype=np.bool_), self.faults, self.header.delimiter == ",")
        first = self._read == 0
        self._read += batch.num_rows
        self._ends = int(before[-1])
        self._ends_of_last = int(inside[-1]) if len(inside) else self._ends_of_last
        return _without_remarks(rows, first=first)

    def _refuse_large(self, batch: pa.RecordBatch, line: Integers) -> None:
        """No text that people wrote is so long: a field that lies in two blocks gets here."""
        for name, column in zip(self.columns, batch.columns, strict=True):
            if column.nbytes <= LARGEST_FIELD:
                continue
            length = pc.binary_length(column).to_numpy(zero_copy_only=False)
            if length.max() > LARGEST_FIELD:
                where = f"{self.source.label}, line {line[int(length.argmax())]}"
                raise BadInput(
                    said("places/field-too-large", name=shortened(name, 40)), where, said("places/do.correct")
                )

    @property
    def _lines(self) -> int:
        """Lines taken up by what was read so far."""
        return self.header.lines + self._read + self._ends + self._odd.lines

    @property
    def _ends_oddly(self) -> bool:
        """Whether the last record has another width than the first."""
        return self._odd.count > 0 and self._odd.last == self._read + self._odd.count

    def _refuse_open_quotation(self) -> None:
        """A quotation mark that is opened and never closed swallows the rest of a file into one field."""
        ends = self._odd.ends_of_last if self._ends_oddly else self._ends_of_last
        if self.stream.quotation_marks % 2 and ends:
            line = self._lines - ends
            raise BadInput(
                said("places/quotation-open"), said("places/at.near-line", file=self.source.label, line=line),
                said("places/do.close-quotation"),
            )  # fmt: skip

    def _refuse_cut_off(self) -> None:
        """A last line that is too short and has no end: the file stops in the middle, so the rest of it is missing."""
        if self._odd.last_is_fault and self._ends_oddly and not self.stream.ends_a_line:
            raise BadInput(
                said("places/stops"), said("places/at.line", file=self.source.label, line=self.stream.lines_read + 1),
                said("places/do.again-nothing"),
            )  # fmt: skip

    def _explain(self, error: pa.ArrowInvalid) -> BadInput:
        trouble = self.stream.trouble or self.stream.guarded.trouble
        if trouble:
            return trouble
        where = said("places/at.after-line", file=self.source.label, line=self._lines)
        if "straddl" in str(error):
            return BadInput(said("places/field-or-quotation"), where, said("places/do.correct"))
        return BadInput(said("places/no-csv", error=shortened(error, 120)), where, said("places/do.save-again"))


class _OddLines:
    """Records of another width than the header's, between rows of the right one, in little memory.

    Those that lie beyond the rows read so far wait; their line is known when the rows before them are. They are added
    by the thread that reads and passed on by the one that asks.
    """

    def __init__(self, header_lines: int) -> None:
        self._lock = threading.Lock()
        self.count = 0  # all of them
        self.last = 0  # number of the last one among all records
        self.last_is_fault = False
        self.ends_of_last = 0
        self.lines = 0  # lines of those that were passed on, with the line ends inside them
        self._header_lines = header_lines
        self._passed = 0
        self._numbers, self._ends = array("q"), array("q")
        self._told: dict[int, tuple[Said, str]] = {}  # number -> reason and text, of those that are faults
        self._untold = 0  # further faults, which are only counted

    def add(self, number: int, ends: int, reason: Said | None, text: str) -> None:
        with self._lock:
            self._add(number, ends, reason, text)

    def _add(self, number: int, ends: int, reason: Said | None, text: str) -> None:
        self.count += 1
        self.last, self.last_is_fault, self.ends_of_last = number, bool(reason), ends
        self._numbers.append(number)
        self._ends.append(ends)
        if reason and len(self._told) < MOST_KEPT:
            self._told[number] = reason, text[:LONGEST_VALUE]
        else:
            self._untold += bool(reason)

    def lines_before(self, index: Integers) -> Integers:
        """How many lines odd records take up before each row, by the row's place among those of the right width."""
        with self._lock:
            before, ends = self._waiting()
        count = np.searchsorted(before, index, side="right")
        return np.asarray(self.lines + count + ends[count], dtype=np.int64)

    def pass_to(self, faults: Faults, read: int, ends: Integers) -> None:
        """Give up to `faults` those before the end of a batch: it begins after `read` rows; `ends` are line ends before
        each of its rows, and at last before what follows it.
        """
        with self._lock:
            self._pass_to(faults, read, ends)

    def _pass_to(self, faults: Faults, read: int, ends: Integers) -> None:
        before, odd_ends = self._waiting()
        done = int(np.searchsorted(before, read + len(ends) - 1, side="right"))
        numbers = np.array(self._numbers, dtype=np.int64)
        for number in list(self._told):
            place = int(np.searchsorted(numbers, number))
            if place >= done:
                break
            reason, text = self._told.pop(number)
            line = self._header_lines + before[place] + ends[before[place] - read] + self.lines + place
            faults.add(Fault(int(line + odd_ends[place] + 1), reason, "", text.rstrip("\n")))
        faults.add_many((), count=self._untold, new_lines=self._untold)
        self._untold = 0
        self.lines += done + int(odd_ends[done])
        self._passed += done
        del self._numbers[:done], self._ends[:done]

    def _waiting(self) -> tuple[Integers, Integers]:
        """Of each waiting record: rows of the right width before it, and line ends inside waiting ones before it."""
        numbers = np.array(self._numbers, dtype=np.int64)
        before = numbers - 1 - self._passed - np.arange(len(numbers))
        return before, np.concatenate([[0], np.cumsum(np.array(self._ends, dtype=np.int64))]).astype(np.int64)


def _line_ends(batch: pa.RecordBatch) -> Integers:
    """Line ends inside the quoted fields of each row."""
    inside = np.zeros(batch.num_rows, dtype=np.int64)
    for column in batch.columns:
        content = column.buffers()[2]
        if content is None or not len(column):
            continue
        offsets = np.frombuffer(column.buffers()[1], dtype=np.int32)[column.offset : column.offset + len(column) + 1]
        ends = np.flatnonzero(np.frombuffer(content, dtype=np.uint8)[offsets[0] : offsets[-1]] == LINE_END)
        if len(ends):
            row = np.searchsorted(offsets, ends + offsets[0], side="right") - 1
            inside += np.bincount(row, minlength=batch.num_rows)
    return inside


def _without_remarks(rows: Rows, *, first: bool) -> Rows:
    """Leave out blank lines, lines that begin with #, and a row of HXL tags among the first two."""
    start = next(iter(rows.text.values()))
    remark = np.array(pc.starts_with(start, "#").to_numpy(zero_copy_only=False), dtype=np.bool_)
    nameless = pc.equal(pc.utf8_trim_whitespace(start), "").to_numpy(zero_copy_only=False).astype(np.bool_)
    if nameless.any():
        chosen = np.flatnonzero(nameless)
        filled = np.zeros(len(chosen), dtype=np.bool_)
        for column in rows.text.values():
            text = pc.utf8_trim_whitespace(column.take(pa.array(chosen)))
            filled |= pc.not_equal(text, "").to_numpy(zero_copy_only=False).astype(np.bool_)
        remark[chosen] = ~filled
        for index in (each for each in (0, 1) if first and each < len(rows) and nameless[each]):
            values = [column[index].as_py().strip() for column in rows.text.values()]
            remark[index] |= all(value.startswith("#") for value in values if value)
    return rows.only(~remark) if remark.any() else rows
