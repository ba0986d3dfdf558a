"""Data points as text in one fixed order, and back: the same rows are the same bytes on every machine."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa

from primacy.evidence.store.columns import SCHEMA

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_csv(rows: pa.Table) -> str:
    """Rows in one fixed order; numbers as Python writes them, so that they come back the same."""
    lines = sorted(zip(*(_texts(rows.column(field.name), field.type) for field in SCHEMA), strict=True))
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(SCHEMA.names)
    writer.writerows(lines)
    return target.getvalue()


def _texts(column: pa.ChunkedArray, kind: pa.DataType) -> list[str]:
    write: Callable[[Any], str] = str
    if pa.types.is_timestamp(kind):
        column, write = column.cast(pa.int64()), _moment
    elif pa.types.is_date(kind):
        write = date.isoformat
    values = column.to_pylist()
    if pa.types.is_string(kind):
        return ["" if value is None else value for value in values]
    if pa.types.is_floating(kind):  # one by one: 0.0 and -0.0 are the same key and different texts
        return ["" if value is None else repr(value) for value in values]
    known = {value: "" if value is None else write(value) for value in set(values)}
    return [known[value] for value in values]


def _moment(microseconds: int) -> str:
    return (EPOCH + timedelta(microseconds=microseconds)).isoformat()


def from_csv(text: str) -> pa.Table:
    """The way back from `to_csv`."""
    rows = list(csv.DictReader(io.StringIO(text)))
    columns = {}
    for column in SCHEMA:
        read = _reader(column.type)
        columns[column.name] = pa.array([read(row[column.name]) for row in rows], column.type)
    return pa.table(columns, schema=SCHEMA)


def _reader(kind: pa.DataType) -> Any:
    if pa.types.is_string(kind):
        return str
    if pa.types.is_date(kind):
        return lambda text: date.fromisoformat(text) if text else None
    if pa.types.is_timestamp(kind):
        return lambda text: datetime.fromisoformat(text) if text else None
    if pa.types.is_integer(kind):
        return lambda text: int(text) if text else None
    return lambda text: float(text) if text else None
