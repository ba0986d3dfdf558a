"""Versions as files: what goes out comes back in, and no spreadsheet computes it."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from primacy.evidence.bringing.importing import import_files
from primacy.evidence.errors import BadInput
from primacy.evidence.store import exporting
from primacy.evidence.store.columns import SCHEMA
from primacy.evidence.store.exporting import NAMING, coarsened, csv_text
from primacy.evidence.store.store import Store
from primacy.evidence.tests.ged_files import ged
from primacy.framework.instance import Instance
from primacy.places.areas import Area, Areas

Write = Callable[[str, str], Path]


def _imported(write_file: Write, instance: Instance, **event: str) -> tuple[Store, str]:
    (summary,) = import_files([write_file("ged231.csv", ged(event))], instance=instance)
    assert summary.version is not None
    return Store(instance.evidence), summary.version.id


def test_text_that_a_spreadsheet_would_compute_is_quoted(write: Write, instance: Instance) -> None:
    store, identity = _imported(write, instance, side_a="=HYPERLINK(1)", longitude="-0.5")
    text = "".join(csv_text(store, store.version(identity)))
    rows = csv.DictReader(io.StringIO(text.split("\n", text.count("\n# ") + 1)[-1]))
    assert {row["actor"] for row in rows} == {"'=HYPERLINK(1)"}


def test_an_exported_table_can_be_imported_elsewhere(write: Write, instance: Instance, tmp_path: Path) -> None:
    store, identity = _imported(write, instance)
    write_to = tmp_path / "out.csv"
    export = store.version(identity)
    _write(store, export, write_to)
    elsewhere = Instance(tmp_path / "elsewhere")
    (summary,) = import_files([write_to], instance=elsewhere, country="XX")
    assert (summary.format, summary.items, summary.rows, summary.rejected) == ("csv", 1, 3, 0)
    assert summary.version is not None
    assert summary.version.coverage[0].complete
    assert summary.version.producer == export.producer


def _write(store: Store, version: object, path: Path) -> None:
    exporting.write(store, version, path)  # type: ignore[arg-type]


def test_parquet_has_every_column(write: Write, instance: Instance, tmp_path: Path) -> None:
    store, identity = _imported(write, instance)
    _write(store, store.version(identity), tmp_path / "out.parquet")
    assert pq.read_schema(tmp_path / "out.parquet").equals(SCHEMA)


def test_another_ending_is_refused(write: Write, instance: Instance, tmp_path: Path) -> None:
    store, identity = _imported(write, instance)
    with pytest.raises(BadInput, match="neither CSV nor Parquet"):
        _write(store, store.version(identity), tmp_path / "out.xls")


WARD = {
    "kind": "incident", "item": "talk-1", "date": date(2024, 5, 15), "until": date(2024, 5, 15), "area": "X112",
    "level": 3, "actor": "somebody", "source": "field office", "origin": "field office", "measure": "events",
    "value": 1.0, "dataset": "0123456789ab", "line": 7, "note": "said by the only one there", "record": "r1",
    "revision": 2, "known": datetime(2024, 5, 16, tzinfo=UTC),
}  # fmt: skip


def _rows(*confidentialities: int) -> pa.RecordBatch:
    empty = {field.name: "" for field in SCHEMA if pa.types.is_string(field.type)}
    rows = [{**empty, **WARD, "confidentiality": each} for each in confidentialities]
    return pa.RecordBatch.from_pylist(rows, schema=SCHEMA)


def test_rows_for_those_who_may_not_see_details() -> None:
    areas = Areas([Area("X", 0, "", {}), Area("X1", 1, "X", {}), Area("X11", 2, "X1", {}), Area("X112", 3, "X11", {})])
    open_, closed = coarsened(_rows(0, 1), areas).to_pylist()
    assert open_ == _rows(0).to_pylist()[0]
    assert (closed["area"], closed["level"]) == ("X11", 2)
    assert (closed["date"], closed["until"]) == (date(2024, 5, 13), date(2024, 5, 19))
    assert not any(closed[name] for name in NAMING)
    assert closed["value"] == 1.0
    assert coarsened(_rows(0, 0), areas).equals(_rows(0, 0)), "open rows stay as they are"


def test_a_coarsened_file_says_so_and_not_whose_it_is(write: Write, instance: Instance) -> None:
    store, identity = _imported(write, instance)
    text = "".join(csv_text(store, store.version(identity), Areas()))
    assert "# places and days are as coarse" in text
    assert "# producer" not in text
