"""Rows of a dataset version as a file for other people's tools."""

import csv
import io
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from primacy.evidence.errors import BadInput
from primacy.evidence.store.columns import NAMES, SCHEMA
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.store import Store
from primacy.framework.saying import said
from primacy.places.areas import Areas
from primacy.places.coarseness import Coarseness, coarseness
from primacy.places.files.replacing import replace
from primacy.ui.csv_cells import safe_cell

NOT_ON = "its licence forbids to pass these rows on: keep them in the mission"
COARSENED = "places and days are as coarse as whoever may not see details may see them"
NAMING = ("item", "actor", "target", "source", "origin", "record", "note", "line", "revision", "known")
"""What may name one item, or tell when and by whom it was written down."""


def csv_text(store: Store, version: DatasetVersion, coarse: Areas | None = None) -> Iterator[str]:
    """The rows as CSV, piece by piece, under comment lines that say source, licence and coverage.

    `coarse`: the areas by which rows are coarsened as for those who may not see details; None leaves them as they are.
    """
    batches = _content(store, version, coarse)
    first = next(batches, None)  # what cannot be read is told before anything is written
    stated = _said(version) if coarse is None else _said_to_others(version)
    yield "".join(f"# {line}\n" for line in stated)
    yield ",".join(NAMES) + "\n"
    for batch in chain([first] if first else [], batches):
        piece = io.StringIO()
        writer = csv.writer(piece, lineterminator="\n")
        columns = [texts(batch.column(name)) for name in NAMES]
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
    lines.append("no persons: actor, target, source")  # it was looked at when it came
    if version.official_for:
        lines.append(f"official for: {', '.join(version.official_for)}")
    for each in version.coverage:
        categories = f"; {', '.join(each.categories)}" if each.categories else ""
        how = "complete" if each.complete else "partial"
        lines.append(f"coverage: {each.kind}; {', '.join(each.areas)}; {each.start} to {each.end}; {how}{categories}")
    return [" ".join(line.split()) for line in lines]


def _said_to_others(version: DatasetVersion) -> list[str]:
    """Nothing of who produced the rows, nor of the places they cover: with week and district that may be telling."""
    return [f"dataset {version.id}", f"licence: {version.licence}", *([NOT_ON] if version.closed else []), COARSENED]


def texts(column: pa.Array) -> list[str]:
    """A column as cells: what is missing is empty, what a spreadsheet would take for a formula is text."""
    values = column.to_pylist()
    if pa.types.is_string(column.type):
        return [safe_cell(value) for value in values]
    if pa.types.is_floating(column.type):
        return ["" if value is None else repr(value) for value in values]
    if pa.types.is_timestamp(column.type):
        return ["" if value is None else value.isoformat() for value in values]
    return ["" if value is None else str(value) for value in values]


def _content(store: Store, version: DatasetVersion, coarse: Areas | None) -> Iterator[pa.RecordBatch]:
    for batch in store.content(version.id):
        yield batch if coarse is None else coarsened(batch, coarse)


def coarsened(batch: pa.RecordBatch, areas: Areas) -> pa.RecordBatch:
    """The rows as whoever may not see details may see them; each different row of places and days is asked once."""
    asked = zip(*(batch.column(name).to_pylist() for name in ("confidentiality", "kind")), strict=True)
    known: dict[tuple[int, str], Coarseness] = {}
    rules = [known.setdefault(key, coarseness(key[0], details=False, kind=key[1])) for key in asked]
    if all(rule.exact for rule in known.values()):
        return batch
    columns = {name: batch.column(name) for name in NAMES}
    places = zip(rules, columns["area"].to_pylist(), columns["level"].to_pylist(), strict=True)
    shown = [rule.area(code, areas, level=level) for rule, code, level in places]
    levels = [
        level if code == old else (areas.level_of(code) or 0)
        for code, old, level in zip(shown, columns["area"].to_pylist(), columns["level"].to_pylist(), strict=True)
    ]
    periods = zip(rules, columns["date"].to_pylist(), columns["until"].to_pylist(), strict=True)
    days = [rule.days(first, last) for rule, first, last in periods]
    columns |= {"area": shown, "level": levels, "date": [day for day, _ in days], "until": [day for _, day in days]}
    named = pa.array([rule.names for rule in rules])
    for name in NAMING:
        empty = pa.scalar("" if pa.types.is_string(SCHEMA.field(name).type) else None, SCHEMA.field(name).type)
        columns[name] = pc.if_else(named, batch.column(name), empty)
    return pa.record_batch([pa.array(columns[each.name], each.type) for each in SCHEMA], schema=SCHEMA)


def write(store: Store, version: DatasetVersion, path: Path, coarse: Areas | None = None) -> None:
    """Write a .csv or .parquet file; an existing one is replaced in one step. `coarse` as for `csv_text`."""
    if path.suffix.lower() == ".parquet":
        replace(path, lambda fresh: _write_parquet(fresh, _content(store, version, coarse)))
    elif path.suffix.lower() == ".csv":
        replace(path, lambda fresh: _write_csv(fresh, csv_text(store, version, coarse)))
    else:
        raise BadInput(said("evidence/no-ending", name=path.name), "", said("evidence/do.ending"))


def _write_csv(path: Path, pieces: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        stream.writelines(pieces)


def _write_parquet(path: Path, batches: Iterator[pa.RecordBatch]) -> None:
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)
