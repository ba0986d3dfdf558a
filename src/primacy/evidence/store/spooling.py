"""From batches of rows to the files of a dataset version, in the memory of a few batches whatever their number.

The rows are first written as they come, because the id is a hash of all of them and stands in every row; then read
back piece by piece, put in order and written as Parquet. The cube is made of what was written. Columns of few different
texts are numbers of texts from the beginning: so they are sorted, written and read several times as fast.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from primacy.evidence.kinds import ADDED_UP
from primacy.evidence.store.columns import NAMES, SCHEMA, TEXT
from primacy.evidence.store.content import Content
from primacy.places.files.ahead import ahead

GROUP = 128 * 1024  # rows of a row group: what is sorted and written at once
OF_MANY = ("item", "record", "note")  # columns of text that may be another in every row
REPEATED = [name for name in NAMES if name not in ("item", "line")]  # that have few values in a row group
SOUGHT = [each.name for each in SCHEMA if each.name != "item" and not pa.types.is_floating(each.type)]  # and skipped by
SPOOLED = pa.schema([
    (each.name, pa.dictionary(pa.int32(), each.type) if each.name in TEXT and each.name not in OF_MANY else each.type)
    for each in SCHEMA
])  # fmt: skip


@dataclass
class Spool:
    """Rows written as they came, and what was seen of them."""

    path: Path
    content: Content = field(default_factory=Content)
    rows: int = 0
    start: date | None = None
    end: date | None = None
    known_last: datetime | None = None  # of rows that have a time of knowledge of their own
    records: bool = False
    others: bool = False  # whether some rows are of no record
    breakdown: bool = False  # whether some rows are of a group
    kinds: set[str] = field(default_factory=set)

    @property
    def has_cube(self) -> bool:
        return self.others and bool(self.kinds & set(ADDED_UP))

    def write(self, batches: Iterable[pa.RecordBatch]) -> None:
        """Take in all rows."""
        with pa.OSFile(str(self.path), "wb") as sink, pa.ipc.new_stream(sink, SPOOLED) as writer:
            for batch in batches:
                whole = complete(pa.Table.from_batches([batch]))
                self.content.update(whole)
                self._see(whole)
                writer.write_table(_coded(whole))

    def _see(self, rows: pa.Table) -> None:
        if not rows.num_rows:
            return
        self.rows += rows.num_rows
        first, last = pc.min(rows.column("date")).as_py(), pc.max(rows.column("until")).as_py()
        self.start = min(filter(None, (self.start, first)), default=None)
        self.end = max(filter(None, (self.end, last)), default=None)
        known = pc.max(rows.column("known")).as_py()
        if known is not None:
            self.known_last = max(filter(None, (self.known_last, known)))
        self.records = self.records or _any_text(rows.column("record"))
        self.others = self.others or bool(pc.any(pc.equal(rows.column("record"), "")).as_py())
        self.breakdown = self.breakdown or _any_text(rows.column("group"))
        self.kinds |= set(pc.unique(rows.column("kind")).to_pylist())

    def table(self) -> pa.Table:
        """The rows as they lie in the file, which is looked into and not read into memory."""
        return pa.ipc.open_stream(pa.memory_map(str(self.path))).read_all()

    def pieces(self) -> Iterator[pa.Table]:
        """The rows in pieces of one row group each."""
        yield from grouped(self.table().to_batches(), SPOOLED)


def grouped(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    """Batches put together into pieces of one row group each."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting.append(batch)
        if sum(each.num_rows for each in waiting) >= GROUP:
            yield pa.Table.from_batches(waiting, schema)
            waiting = []
    if waiting:
        yield pa.Table.from_batches(waiting, schema)


def write_rows(spool: Spool, identity: str, known: datetime, path: Path) -> None:
    """Write the rows of a version, each piece in order of kind, measure and date, so that readers skip what they do
    not need."""
    in_order = (ordered(piece, identity, known) for piece in spool.pieces())
    # Without the types of this process in it, text is read back as text.
    how = {"compression": "zstd", "store_schema": False, "use_dictionary": REPEATED, "write_statistics": SOUGHT}
    with pq.ParquetWriter(path, SPOOLED, **how) as writer, ahead(in_order) as pieces:
        for piece in pieces:
            writer.write_table(piece, row_group_size=2 * GROUP)


def _coded(rows: pa.Table) -> pa.Table:
    columns = [
        column.dictionary_encode() if pa.types.is_dictionary(each.type) else column
        for column, each in zip(rows.columns, SPOOLED, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=SPOOLED)


def ordered(rows: pa.Table, identity: str, known: datetime) -> pa.Table:
    """Rows in order, with the id of their version and the time at which it was known where they have none."""
    found = in_order(rows.unify_dictionaries().combine_chunks())
    nothing_else = np.zeros(found.num_rows, dtype=np.int32)
    dataset = pa.DictionaryArray.from_arrays(nothing_else, pa.array([identity], pa.string()))
    return known_by(found.set_column(NAMES.index("dataset"), SPOOLED.field("dataset"), dataset), known)


def known_by(rows: pa.Table, at: datetime) -> pa.Table:
    """Rows that do not say since when they were known have been known since then."""
    place, field = rows.schema.get_field_index("known"), SCHEMA.field("known")
    times = pc.fill_null(rows.column(place), pa.scalar(at.astimezone(UTC), field.type))
    return rows.set_column(place, field, times)


def in_order(rows: pa.Table) -> pa.Table:
    """Rows by kind, measure and date; what is alike in all three stays as it came."""
    days = rows.column("date").cast(pa.int32()).fill_null(0).to_numpy()
    places = np.lexsort((days, _rank(rows.column("measure")), _rank(rows.column("kind"))))
    return rows.take(pa.array(places))


def _rank(column: pa.ChunkedArray) -> np.ndarray:
    """A number for each text, in the order of the texts."""
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    coded = coded.combine_chunks()
    coded = coded.chunk(0) if isinstance(coded, pa.ChunkedArray) else coded
    places = np.argsort(np.array(coded.dictionary.to_pylist(), dtype=object), kind="stable")
    rank = np.empty(len(places), dtype=np.int32)
    rank[places] = np.arange(len(places), dtype=np.int32)
    ranks: np.ndarray = rank[coded.indices.to_numpy()]
    return ranks


def _any_text(column: pa.ChunkedArray) -> bool:
    return bool(pc.any(pc.not_equal(column, "")).as_py())


def complete(rows: pa.Table) -> pa.Table:
    """Rows with exactly the columns of the schema: absent ones missing, text never null but empty, days ordered."""
    columns: list[pa.ChunkedArray | pa.Array] = []
    for each in SCHEMA:
        if each.name not in rows.schema.names:
            filler = "" if each.name in TEXT else (0 if each.name == "confidentiality" else None)
            columns.append(pa.repeat(pa.scalar(filler, each.type), rows.num_rows))
            continue
        column = rows.column(each.name).cast(each.type)
        if pa.types.is_floating(each.type) and pc.any(pc.is_nan(column)).as_py():
            column = pc.if_else(pc.is_nan(column), pa.scalar(None, each.type), column)
        if each.name in TEXT and column.null_count:
            column = pc.fill_null(column, "")
        elif each.name == "until":
            column = pc.coalesce(column, rows.column("date").cast(pa.date32()))
        elif each.name == "confidentiality":
            column = pc.fill_null(column, pa.scalar(0, pa.int8()))
        columns.append(column)
    if "until" not in rows.schema.names and "date" in rows.schema.names:
        columns[NAMES.index("until")] = rows.column("date").cast(pa.date32())
    return pa.Table.from_arrays(columns, schema=SCHEMA)
