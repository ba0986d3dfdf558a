"""Data points in bulk: CSV, Parquet and lines of JSON, written piece by piece so that memory stays small."""

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from primacy.evidence.store.exporting import texts
from primacy.ui.csv_cells import FIRST_LINE

AT_ONCE = 20_000  # rows in memory at a time
Pieces = Iterator[bytes]


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row for JSON: days and times as ISO texts, numbers that are none as null."""
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value.isoformat() if isinstance(value, date | datetime) else value


def csv_pieces(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Pieces:
    """A table for spreadsheets, whose cells none takes for formulae, under one line of comment."""
    yield ("\ufeff" + FIRST_LINE + ",".join(schema.names) + "\r\n").encode()
    for batch in batches:
        piece = io.StringIO()
        csv.writer(piece).writerows(zip(*(texts(column) for column in batch.columns), strict=True))
        yield piece.getvalue().encode()


def json_pieces(_schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Pieces:
    """One object a line."""
    for batch in batches:
        yield "".join(json.dumps(plain(row), ensure_ascii=False) + "\n" for row in batch.to_pylist()).encode()


def parquet_pieces(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Pieces:
    """A Parquet file with the types of the store."""
    kept = io.BytesIO()
    with _Taken(kept) as sink, pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch.cast(schema))
            yield sink.taken()
        writer.close()
        yield sink.taken()


class _Taken(io.RawIOBase):
    """A file that is only written to, and of which what was written can be taken away."""

    def __init__(self, kept: io.BytesIO) -> None:
        super().__init__()
        self._kept, self._written = kept, 0

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._written += (length := self._kept.write(content))
        return length

    def tell(self) -> int:
        return self._written

    def taken(self) -> bytes:
        content = self._kept.getvalue()
        self._kept.seek(0)
        self._kept.truncate()
        return content


FORMS: Mapping[str, tuple[str, Callable[[pa.Schema, Iterable[pa.RecordBatch]], Pieces]]] = {
    "csv": ("text/csv; charset=utf-8", csv_pieces),
    "jsonl": ("application/jsonl", json_pieces),
    "parquet": ("application/vnd.apache.parquet", parquet_pieces),
}
"""The ending of the address -> the type of the content, and what writes it."""
