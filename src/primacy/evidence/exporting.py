"""Rows of a dataset version as a file for other people's tools."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from primacy.evidence.columns import NAMES, SCHEMA
from primacy.evidence.datasets import DatasetVersion
from primacy.evidence.errors import BadInput
from primacy.evidence.store import Store
from primacy.places.folder import replace
from primacy.ui.csv_cells import safe_cell

NOT_ON = "its licence forbids to pass these rows on: keep them in the mission"


def csv_text(store: Store, version: DatasetVersion) -> Iterator[str]:
    """The rows as CSV, piece by piece, under comment lines that say source, licence and coverage."""
    yield "".join(f"# {line}\n" for line in _said(version))
    yield ",".join(NAMES) + "\n"
    for batch in store.content(version.id):
        piece = io.StringIO()
        writer = csv.writer(piece, lineterminator="\n")
        columns = [_texts(batch.column(name)) for name in NAMES]
        writer.writerows(zip(*columns, strict=True))
        yield piece.getvalue()


def _said(version: DatasetVersion) -> list[str]:
    lines = [f"dataset {version.id}, {version.name}, known {version.known:%Y-%m-%d}"]
    lines.append(f"producer: {version.producer}")
    lines.append(f"source type: {version.source_type}")
    lines.append(f"licence: {version.licence}")
    if version.closed:
        lines.append(NOT_ON)
    lines.append(f"citation: {version.citation}")
    if version.official_for:
        lines.append(f"official for: {', '.join(version.official_for)}")
    for each in version.coverage:
        categories = f"; {', '.join(each.categories)}" if each.categories else ""
        how = "complete" if each.complete else "partial"
        lines.append(f"coverage: {each.kind}; {', '.join(each.areas)}; {each.start} to {each.end}; {how}{categories}")
    return [" ".join(line.split()) for line in lines]


def _texts(column: pa.Array) -> list[str]:
    values = column.to_pylist()
    if pa.types.is_string(column.type):
        return [safe_cell(value) for value in values]
    if pa.types.is_floating(column.type):
        return ["" if value is None else repr(value) for value in values]
    if pa.types.is_timestamp(column.type):
        return ["" if value is None else value.isoformat() for value in values]
    return ["" if value is None else str(value) for value in values]


def write(store: Store, version: DatasetVersion, path: Path) -> None:
    """Write a .csv or .parquet file; an existing one is replaced in one step."""
    if path.suffix.lower() == ".parquet":
        replace(path, lambda fresh: _write_parquet(store, version, fresh))
    elif path.suffix.lower() == ".csv":
        replace(path, lambda fresh: _write_csv(store, version, fresh))
    else:
        raise BadInput(f"'{path.name}' says neither CSV nor Parquet", "", "Give a name that ends in .csv or .parquet")


def _write_csv(store: Store, version: DatasetVersion, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        stream.writelines(csv_text(store, version))


def _write_parquet(store: Store, version: DatasetVersion, path: Path) -> None:
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for batch in store.content(version.id):
            writer.write_batch(batch)
