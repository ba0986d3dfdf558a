"""The evidence store: a folder of Parquet files and a manifest, read as it was known at any time.

    manifest.json        every dataset version, replaced in one step
    rows/<id>.parquet    the data points of a version, never changed
    rejected/<id>.csv    lines of its source that were not imported, with their faults; also of files refused as a whole

Readers use an in-memory DuckDB over the files and take no lock. Writers take turns at the manifest.
"""

import csv
import fcntl
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from primacy.evidence.columns import NAMES, SCHEMA, TEXT
from primacy.evidence.content import Content, evidence_hash, version_id
from primacy.evidence.datasets import DatasetVersion
from primacy.evidence.errors import BadInput
from primacy.places.faults import Faults
from primacy.places.figures import NUMBER
from primacy.places.folder import replace
from primacy.ui.csv_cells import safe_cell

if TYPE_CHECKING:
    import ibis
    from ibis.backends.duckdb import Backend

MOST_LISTS = 100  # of faults in files that were refused
Version = DatasetVersion | Callable[[], DatasetVersion]


class Store:
    """All evidence of one instance. An empty or absent folder is an empty store."""

    def __init__(self, folder: Path) -> None:
        self._folder: Path | None = folder
        self._given: pa.Table | None = None
        self._given_versions: list[DatasetVersion] = []
        self._read: tuple[tuple[int, int, int], list[DatasetVersion]] | None = None  # manifest as last read
        self._lent = count(1)
        self._in_force: dict[tuple[tuple[str, ...], date, datetime], ibis.Table] = {}

    @classmethod
    def in_memory(cls, rows: pa.Table, versions: list[DatasetVersion]) -> "Store":
        """A store over given rows, for packages and tests. It cannot be written to."""
        store = cls(Path())
        store._folder = None
        store._given = complete(rows)
        store._given_versions = list(versions)
        return store

    # ---- reading

    def versions(self, *, known: datetime | None = None) -> list[DatasetVersion]:
        """Versions as known then, without those withdrawn by then; None gives all. Oldest knowledge first."""
        listed = self._given_versions if self._folder is None else self._manifest()
        ordered = sorted(listed, key=lambda each: (each.known, each.imported, each.id))
        return ordered if known is None else [each for each in ordered if each.in_force(known)]

    def version(self, dataset_id: str) -> DatasetVersion:
        """One version by its id or the beginning of its id."""
        found = [each for each in self.versions() if dataset_id and each.id.startswith(dataset_id)]
        if len(found) == 1:
            return found[0]
        wrong = "is not the id of a dataset" if not found else f"begins the ids of {len(found)} datasets"
        raise BadInput(f"'{dataset_id}' {wrong}", "", "`primacy datasets` lists them")

    def rows(self, *, as_of: date, known: datetime) -> "ibis.Table":
        """The data points that count as of (`as_of`, `known`): columns of `columns.NAMES`.

        Left out: what happened later, what became known later, versions withdrawn by then, what a newer version of
        the same lineage covers, and all but the newest revision of each record.
        """
        from primacy.evidence.reading import in_force

        versions = self.versions(known=known)
        asked = tuple(each.id for each in versions), as_of, known
        if asked not in self._in_force:
            rows = in_force(self._table(versions), versions, as_of=as_of, known=known)
            # A view, so that what is asked of the rows is translated without all that says which rows they are.
            self._in_force[asked] = self._engine.create_view(f"in_force_{len(self._in_force)}", rows)
        return self._in_force[asked]

    def fetch(self, asked: "ibis.Table") -> pa.Table:
        """The answer to an expression over rows of this store, without the pandas that ibis would load for it."""
        found: pa.Table = self._answer(asked).to_arrow_table()
        return found.cast(asked.schema().to_pyarrow())

    def columns(self, asked: "ibis.Table") -> dict[str, np.ndarray[Any, Any]]:
        """The answer as an array for each column, masked where values are missing."""
        found: dict[str, np.ndarray[Any, Any]] = self._answer(asked).fetchnumpy()
        return found

    def _answer(self, asked: "ibis.Table") -> Any:
        return self._engine.con.sql(self._engine.compile(asked))

    def lend(self, columns: Mapping[str, Sequence[str] | Sequence[int]]) -> "ibis.Table":
        """A table of the caller's in the same engine, to be joined with rows of this store."""
        name = f"lent_{next(self._lent)}"
        picked = [
            f'unnest(${place})::{"BIGINT" if values and isinstance(values[0], int) else "VARCHAR"} AS "{column}"'
            for place, (column, values) in enumerate(columns.items(), start=1)
        ]
        self._engine.con.execute(f"CREATE TEMP TABLE {name} AS SELECT {', '.join(picked)}", [*columns.values()])
        return self._engine.table(name)

    def evidence_hash(self, *, known: datetime) -> str:
        """SHA-256 over the ids of the versions in force."""
        return evidence_hash([each.id for each in self.versions(known=known)])

    def highest_confidentiality(self, *, known: datetime) -> dict[str, int]:
        """Of each version known then the highest confidentiality of its rows, of those too that count no more."""
        rows = self._table(self.versions(known=known))
        found = rows.group_by("dataset").agg(highest=rows.confidentiality.max())
        return {row["dataset"]: row["highest"] or 0 for row in found.to_pyarrow().to_pylist()}

    def rejected(self, identity: str) -> Path | None:
        """The file of lines that were not imported, if there were any: of a version, or of a file that was refused."""
        path = self._home / "rejected" / f"{identity}.csv"
        return path if path.is_file() else None

    def replaced_by(self, version: DatasetVersion) -> dict[str, int]:
        """How many rows of which older versions stopped counting when `version` came: id -> rows."""
        from primacy.evidence.reading import replaced

        older = [each for each in self.versions(known=version.known) if each.id != version.id]
        before = older[: sum((each.known, each.imported) <= (version.known, version.imported) for each in older)]
        overlapping = [each for each in before if each.lineage == version.lineage]
        if not overlapping or version.by_record:
            return {}
        counted = replaced(self._table(overlapping), overlapping, version)
        return {row["dataset"]: row["rows"] for row in counted.to_pyarrow().to_pylist()}

    def content(self, dataset_id: str) -> Iterator[pa.RecordBatch]:
        """The rows of one version as they were imported."""
        for part in self.version(dataset_id).parts:
            yield from pq.ParquetFile(self._home / "rows" / part).iter_batches()

    # ---- writing

    def add(
        self, batches: Iterable[pa.RecordBatch], version: Version, *, faults: Faults | None = None
    ) -> tuple[DatasetVersion, bool]:
        """Store rows as a new version; all of them or, when anything fails, none. Returns (version, was it new).

        The rows may lack columns (they stay missing) and a `known` time (the version's is taken). `version` may be a
        function that is asked after the last row was read. The same content again changes nothing.
        `faults`, looked at after the last row too, are those of lines that were left out; they are kept in a file.
        """
        home = self._home
        (home / "rows").mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home, prefix=".import-") as scratch:
            spool = Path(scratch) / "rows.arrow"
            content = Content()
            with pa.OSFile(str(spool), "wb") as sink, pa.ipc.new_file(sink, SCHEMA) as writer:
                for batch in batches:
                    whole = complete(pa.Table.from_batches([batch]))
                    content.update(whole)
                    writer.write_table(whole)
            described = version() if callable(version) else version
            return self._commit(spool, content, described, Path(scratch), faults)

    def keep_faults(self, identity: str, faults: Faults) -> Path:
        """Write down what is wrong in a file that did not become a version; of such lists the newest are kept."""
        written = self._write_faults(identity, faults)
        versions = {each.id for each in self.versions()}
        lists = [path for path in written.parent.glob("*.csv") if path.stem not in versions]
        for path in sorted(lists, key=lambda path: path.stat().st_mtime)[:-MOST_LISTS]:
            path.unlink(missing_ok=True)
        return written

    def withdraw(self, dataset_id: str, *, at: datetime, because: str) -> None:
        """Stop a version from `at` on. The past stays as it was known."""
        if not because.strip():
            raise BadInput("a withdrawal without a reason", "", "Say why the dataset must not be used")
        with self._writing() as versions:
            found = self.version(dataset_id)
            if found.withdrawn is not None:
                raise BadInput(f"dataset {found.id} was withdrawn on {found.withdrawn:%Y-%m-%d}", "", "")
            changed = found.model_copy(update={"withdrawn": at.astimezone(UTC), "withdrawn_because": because.strip()})
            self._replace_manifest([changed if each.id == found.id else each for each in versions])

    def _commit(
        self, spool: Path, content: Content, version: DatasetVersion, scratch: Path,
        faults: Faults | None,
    ) -> tuple[DatasetVersion, bool]:  # fmt: skip
        with self._writing() as versions:
            by_id = {each.id: each for each in versions}
            identity = version_id(content, version.coverage)
            known = version.known
            while (same := by_id.get(identity)) is not None:
                if same.withdrawn is None:
                    return same, False
                # Withdrawn before: it counts again from now on, and the time between stays as it was known.
                known = max(known, version.imported, same.withdrawn)
                identity = version_id(content, version.coverage, again=same.withdrawn)
            with pa.memory_map(str(spool)) as mapped:
                table = pa.ipc.open_file(mapped).read_all()
                counted = {
                    "rows": table.num_rows,
                    "items": pc.count_distinct(table.column("item")).as_py() if table.num_rows else 0,
                    "start": pc.min(table.column("date")).as_py(),
                    "end": pc.max(table.column("until")).as_py(),
                }
                _write(table, identity, known, scratch / "rows.parquet")
            fresh = version.model_copy(
                update={"id": identity, "known": known.astimezone(UTC), "parts": (f"{identity}.parquet",), **counted}
            )
            shutil.move(scratch / "rows.parquet", self._home / "rows" / f"{identity}.parquet")
            if faults:
                self._write_faults(identity, faults)
            self._replace_manifest([*versions, fresh])
            return fresh, True

    def _write_faults(self, identity: str, faults: Faults) -> Path:
        path = self._home / "rejected" / f"{identity}.csv"
        replace(path, lambda fresh: _write_rejected(fresh, faults))
        return path

    # ---- the folder

    @property
    def _home(self) -> Path:
        if self._folder is None:
            raise BadInput("a store in memory has no folder", "", "Open the instance's store")
        return self._folder

    def _manifest(self) -> list[DatasetVersion]:
        path = self._home / "manifest.json"
        try:
            stat = path.stat()
        except FileNotFoundError:
            return []
        state = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        if self._read is None or self._read[0] != state:
            listed = json.loads(path.read_text("utf-8"))["versions"]
            self._read = state, [DatasetVersion.model_validate(each) for each in listed]
        return list(self._read[1])

    def _replace_manifest(self, versions: Sequence[DatasetVersion]) -> None:
        content = {"layout": 1, "versions": [each.model_dump(mode="json") for each in versions]}
        text = json.dumps(content, ensure_ascii=False, indent=1)
        replace(self._home / "manifest.json", lambda path: _write_text(path, text))

    @contextmanager
    def _writing(self) -> Iterator[list[DatasetVersion]]:
        """The versions, while no other process changes the manifest."""
        self._home.mkdir(parents=True, exist_ok=True)
        with (self._home / ".writing").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield self._manifest()

    # ---- the engine

    @cached_property
    def _engine(self) -> "Backend":
        import ibis

        return ibis.duckdb.connect(":memory:", autoinstall_known_extensions=False, autoload_known_extensions=False)

    def _table(self, versions: Sequence[DatasetVersion]) -> "ibis.Table":
        """All rows of some versions, before anything is left out."""
        if self._given is not None:
            self._engine.con.register("given", self._given)
            given = self._engine.table("given")
            return given.filter(given.dataset.isin([each.id for each in versions] or [""]))
        parts = [str(self._home / "rows" / part) for each in versions for part in each.parts]
        if not parts:
            self._engine.con.register("nothing", SCHEMA.empty_table())
            return self._engine.table("nothing")
        return self._engine.read_parquet(parts)


def complete(rows: pa.Table) -> pa.Table:
    """Rows with exactly the columns of the schema: absent ones missing, text never null but empty, days ordered."""
    columns: list[pa.ChunkedArray | pa.Array] = []
    for field in SCHEMA:
        if field.name not in rows.schema.names:
            filler = "" if field.name in TEXT else (0 if field.name == "confidentiality" else None)
            columns.append(pa.repeat(pa.scalar(filler, field.type), rows.num_rows))
            continue
        column = rows.column(field.name).cast(field.type)
        if pa.types.is_floating(field.type):
            column = pc.if_else(pc.is_nan(column), pa.scalar(None, field.type), column)
        if field.name in TEXT:
            column = pc.fill_null(column, "")
        elif field.name == "until":
            column = pc.coalesce(column, rows.column("date").cast(pa.date32()))
        elif field.name == "confidentiality":
            column = pc.fill_null(column, pa.scalar(0, pa.int8()))
        columns.append(column)
    if "until" not in rows.schema.names and "date" in rows.schema.names:
        columns[NAMES.index("until")] = rows.column("date").cast(pa.date32())
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def _write(table: pa.Table, identity: str, known: datetime, path: Path) -> None:
    """Write rows in order of kind, date and area, so that readers skip what they do not need."""
    ordered = table.take(pc.sort_indices(table, [("kind", "ascending"), ("date", "ascending"), ("area", "ascending")]))
    dataset = pa.repeat(pa.scalar(identity, pa.string()), ordered.num_rows)
    times = pc.fill_null(ordered.column("known"), pa.scalar(known.astimezone(UTC), SCHEMA.field("known").type))
    ordered = ordered.set_column(NAMES.index("dataset"), SCHEMA.field("dataset"), dataset)
    ordered = ordered.set_column(NAMES.index("known"), SCHEMA.field("known"), times)
    pq.write_table(ordered, path, compression="zstd", row_group_size=256 * 1024)


def _write_rejected(path: Path, faults: Faults) -> None:
    """One line for each fault, as a spreadsheet may open it: what is no number is never taken for a formula."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([faults.unit, "field", "value", "reason"])
        for each in faults:
            value = each.value if re.match(NUMBER, each.value) else safe_cell(each.value)
            writer.writerow([each.line or "", safe_cell(each.field), value, safe_cell(each.reason)])
        if faults.not_kept:
            writer.writerow(["", "", "", f"and {faults.not_kept} more faults, which are not listed"])


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
