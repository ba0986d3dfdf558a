"""Reading small invented tables of a format, and counting real ones another way."""

import csv
import gzip
import io
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa

from primacy.evidence.bringing.formats import AreasOf, Reading, Task
from primacy.places.areas import Areas
from primacy.places.files.files import sources

TODAY = date(2026, 11, 26)
Row = dict[str, Any]


def table(columns: Iterable[str], *lines: Mapping[str, object]) -> str:
    """A CSV with these columns; what a line does not have is empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def read(
    importer: ModuleType, path: Path, *, country: str = "", areas: Areas | None = None,
    areas_of: AreasOf = lambda prefix: {},
) -> tuple[list[Row], Reading]:  # fmt: skip
    """All rows of a file, and the reading when it is complete."""
    source = next(sources(path))
    assert importer.sniff(source, source.head())
    reading = importer.read(source, Task(areas or Areas(), country, TODAY, areas_of))
    tables = list(reading.batches)
    return (pa.concat_tables(tables).to_pylist() if tables else []), reading


def lines_of(path: Path) -> list[dict[str, str]]:
    """A published CSV as the csv module of Python reads it."""
    csv.field_size_limit(10**8)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
