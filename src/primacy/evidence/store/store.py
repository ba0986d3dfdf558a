"""The evidence store: a folder of Parquet files and a manifest, read as it was known at any time.

    manifest.json        every dataset version and every file, replaced in one step
    rows/<id>.parquet    the data points of a version, never changed
    cube/<id>.parquet    its events and effort, summed by month and place
    rejected/<id>.csv    lines of its source that were not imported, with their faults; also of files refused as a whole

Readers run their engine over the files and take no lock. Writers take turns at the manifest.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from primacy.evidence.bringing import rejected
from primacy.evidence.errors import BadInput, shortened
from primacy.evidence.store import confidentiality
from primacy.evidence.store.columns import SCHEMA
from primacy.evidence.store.consolidation import as_told, consolidate, told_until
from primacy.evidence.store.content import evidence_hash, told_together
from primacy.evidence.store.datasets import DatasetVersion, Mark
from primacy.evidence.store.engines import FEW, DuckDB, Engine, as_arrays
from primacy.evidence.store.manifest import LOST, Manifest, refuse_damaged
from primacy.evidence.store.numbered_days import month_index
from primacy.evidence.store.official import marked
from primacy.framework.saying import said
from primacy.places.files.faults import Faults

if TYPE_CHECKING:
    import ibis

    from primacy.evidence.store.compaction import Compacted
    from primacy.evidence.store.writing import Version


class Store:
    """All evidence of one instance. An empty or absent folder is an empty store."""

    def __init__(self, folder: Path, *, engine: Engine | None = None) -> None:
        self._manifest: Manifest | None = Manifest(folder)
        self._given: pa.Table | None = None
        self._given_versions: list[DatasetVersion] = []
        self._chosen = engine
        self._until: datetime | None = None
        self._views: dict[tuple[object, ...], ibis.Table] = {}
        self._answers: dict[Any, dict[str, np.ndarray[Any, Any]]] = {}

    @classmethod
    def in_memory(cls, rows: pa.Table, versions: list[DatasetVersion], *, engine: Engine | None = None) -> "Store":
        """A store over given rows, for packages and tests. It cannot be written to."""
        from primacy.evidence.store.spooling import complete

        store = cls(Path(), engine=engine)
        store._manifest = None
        store._given = complete(rows)
        store._given_versions = [each.model_copy(update={"parts": (), "cube": None}) for each in versions]
        return store

    def until(self, moment: datetime) -> "Store":
        """The same without what was imported later, whatever day of knowledge it claims: who reads in several steps
        reads one state of the store. Rows that were erased since are gone all the same."""
        store = copy(self)
        store._until, store._views, store._answers = moment, {}, {}
        return store

    # ---- reading

    def versions(self, *, known: datetime | None = None) -> list[DatasetVersion]:
        """Versions as known then, without those withdrawn by then; None gives all. Oldest knowledge first."""
        listed = [each for each in self._all_versions() if self._until is None or each.imported <= self._until]
        ordered = sorted(listed, key=lambda each: (each.known, each.imported))  # of one command: as they were read
        if known is None:
            return ordered
        home = None if self._manifest is None else self._home
        last = known if self._until is None else min(known, self._until)
        return [as_told(each.as_known(known), last, home) for each in ordered if each.in_force(known)]

    def _all_versions(self) -> Sequence[DatasetVersion]:
        return self._given_versions if self._manifest is None else self._manifest.listed().versions

    def version(self, dataset_id: str) -> DatasetVersion:
        """One version by its id or the beginning of its id."""
        found = [each for each in self.versions() if dataset_id and each.id.startswith(dataset_id)]
        if len(found) == 1:
            return found[0]
        wrong = (
            said("evidence/several-datasets", id=dataset_id, count=len(found)) if found
            else said("evidence/no-dataset-id", id=dataset_id)
        )  # fmt: skip
        raise BadInput(wrong, "", said("evidence/do.list-datasets"))

    def rows(self, *, as_of: date, known: datetime) -> "ibis.Table":
        """The data points that count as of (`as_of`, `known`): columns of `columns.NAMES`.

        Left out: what happened later, what became known later, versions withdrawn by then, what a newer version of
        the same lineage covers or tells anew, and all but the newest revision of each record.
        """
        from primacy.evidence.store.reading import in_force

        versions = self._readable(known)
        asked = "rows", tuple(each.id for each in versions), as_of, known
        if asked not in self._views:
            rows = in_force(self.told_by(versions), versions, as_of=as_of, known=known)
            self._views[asked] = self.engine.view(rows, few=self.few)
        else:
            self._refuse_damaged(versions)
        return self._views[asked]

    def ever_told(self, *, known: datetime) -> "ibis.Table":
        """Every row of the versions in force, also those that a newer release or revision took the place of."""
        rows = self.told_by(self.versions(known=known))
        return rows.filter(rows.known <= known)

    def cells(self, *, as_of: date, known: datetime, since: date = date.min) -> "ibis.Table":
        """The same data points of events and effort, summed: columns of `cube.COLUMNS`, of which the cells of one key
        may come in several rows. Read from the cube, and from rows where a month or a record is not whole in it.
        `since`: of the months from that of this day on, where that is all that is asked for."""
        from primacy.evidence.store import cube

        versions = self._readable(known)
        asked = "cells", tuple(each.id for each in versions), as_of, known, since
        if asked not in self._views:
            whole_cubes = cube.whole_cubes(versions)
            cut = cube.loose(whole_cubes, as_of=as_of, known=known, among=versions)
            parts = []
            if whole_cubes:
                files = self._files("cube", [each.cube or "" for each in whole_cubes])
                parts.append(cube.counting(self.engine.read(files), whole_cubes, versions, cut))
            if not cube.tells_all(whole_cubes, versions, cut):
                rows = cube.left(self.rows(as_of=as_of, known=known), whole_cubes, versions, cut)
                parts.append(cube.summed(cube.from_month(rows, since)))
            whole = parts[0] if len(parts) == 1 else parts[0].union(parts[1])
            if since > date.min:
                whole = whole.filter(whole.month >= month_index(since))
            self._views[asked] = self.engine.view(whole, few=self.few)
        else:
            self._refuse_damaged(versions)
        return self._views[asked]

    def fetch(self, asked: "ibis.Table") -> pa.Table:
        """The answer to an expression over rows of this store."""
        return self.engine.fetch(asked)

    def batches(self, asked: "ibis.Table", size: int) -> Iterator[pa.RecordBatch]:
        """The answer in parts of so many rows at most, for what does not fit into memory."""
        return self.engine.batches(asked, size)

    def columns(self, asked: "ibis.Table") -> dict[str, np.ndarray[Any, Any]]:
        """The answer as an array for each column, masked where values are missing."""
        return as_arrays(self.engine.fetch(asked))

    def columns_again(self, asked: "ibis.Table") -> dict[str, np.ndarray[Any, Any]]:
        """`columns` of what is asked repeatedly and is small: rows that count are never changed, so it is kept."""
        question = asked.op()
        if question not in self._answers:
            self._answers[question] = self.columns(asked)
        return self._answers[question]

    def lend(self, columns: Mapping[str, Sequence[str] | Sequence[int]]) -> "ibis.Table":
        """A table of the caller's in the same engine, to be joined with rows of this store."""
        return self.engine.lend(columns)

    def evidence_hash(self, *, known: datetime) -> str:
        """SHA-256 over the ids of the versions in force, over what savings of records tell, and over what is marked
        official."""
        versions = self.versions(known=known)
        marks = [
            f"{each.id} {mark.topic} {mark.at.isoformat()} {mark.ends}" for each in versions for mark in each.marks
        ]
        told = [each.told for each in versions if each.told]  # of savings, which may be put together any day
        sums = [told_together(told)] if told else []
        return evidence_hash([*(each.id for each in versions if not each.told), *sums, *marks])

    def highest_confidentiality(self, *, known: datetime, lineage: str | None = None) -> dict[str, int]:
        """Of each version known then (of one lineage) the highest confidentiality of its rows, of those too that count
        no more."""
        versions = [each for each in self.versions(known=known) if lineage in (None, each.lineage)]
        return {dataset: highest for dataset, (_lowest, highest) in self.confidentiality(versions).items()}

    def extents(self, versions: Sequence[DatasetVersion], *, level: int) -> dict[str, confidentiality.Extent]:
        """How many rows of each version stand up to a level of confidentiality, of how many items, from when on."""
        self._refuse_damaged(versions)
        return confidentiality.extents(self, self._home, versions, level)

    def confidentiality(self, versions: Sequence[DatasetVersion]) -> confidentiality.Bounds:
        """The lowest and the highest confidentiality of the rows of each version that has any."""
        if self._manifest is None or self._until is not None:
            return confidentiality.bounds(self, versions)
        self._refuse_damaged(versions)
        return confidentiality.remembered(self, self._home, versions)

    def areas_of(self, prefix: str) -> dict[str, frozenset[str]]:
        """Item -> areas, of all items that begin with `prefix` in versions that were not withdrawn."""
        rows = self.told_by([each for each in self.versions() if each.withdrawn is None])
        found: dict[str, set[str]] = {}
        for row in self.fetch(rows.filter(rows.item.startswith(prefix)).select("item", "area").distinct()).to_pylist():
            found.setdefault(row["item"], set()).add(row["area"])
        return {item: frozenset(areas) for item, areas in found.items()}

    def rejected(self, identity: str) -> Path | None:
        """The file of lines that were not imported, if there were any: of a version, or of a file that was refused."""
        path = rejected.file_of(self._home, identity)
        return path if path.is_file() else None

    def counting(self, versions: list[DatasetVersion]) -> dict[str, int]:
        """How many rows of some versions count where there are no others: id -> rows."""
        from primacy.evidence.store.reading import in_force

        rows = in_force(self.told_by(versions), versions, as_of=date.max, known=versions[-1].known)
        counted = self.fetch(rows.group_by("dataset").agg(rows=rows.count()))
        return {row["dataset"]: row["rows"] for row in counted.to_pylist()}

    def line(self, dataset_id: str, line: int) -> list[dict[str, Any]]:
        """The data points that one line of a source became, as they were imported. Raises BadInput as `content`."""
        import pyarrow.compute as pc

        version = self._there(dataset_id)
        asked = (pc.field("dataset") == version.id) & (pc.field("line") == line)
        found: list[dict[str, Any]] = []
        for path in self._files("rows", version.parts):
            try:
                found += pq.read_table(path, filters=asked).to_pylist()
            except (pa.ArrowException, OSError, KeyError) as error:
                raise BadInput(said("evidence/store.file-damaged", error=shortened(error)), str(path), LOST) from error
        return found

    def _there(self, dataset_id: str) -> DatasetVersion:
        """A version whose rows were not erased."""
        version = self.version(dataset_id)
        if version.erased is not None:
            what = said(
                "evidence/rows-erased", rows=version.rows, name=version.name, dataset=version.id,
                day=f"{version.erased:%Y-%m-%d}", why=version.erased_because,
            )  # fmt: skip
            raise BadInput(what, "", said("evidence/do.gone"))
        return version

    def content(self, dataset_id: str) -> Iterator[pa.RecordBatch]:
        """The rows of one version as they were imported. Raises BadInput where they were erased."""
        import pyarrow.compute as pc

        version = self._there(dataset_id)
        for path in self._files("rows", version.parts):
            try:
                for batch in pq.ParquetFile(path).iter_batches():
                    yield batch.filter(pc.equal(batch.column("dataset"), version.id))
            except (pa.ArrowException, OSError, KeyError) as error:
                raise BadInput(said("evidence/store.file-damaged", error=shortened(error)), str(path), LOST) from error

    # ---- writing

    def add(
        self, batches: Iterable[pa.RecordBatch], version: "Version", *, faults: Faults | None = None
    ) -> tuple[DatasetVersion, bool]:
        """Store rows as a new version; all of them or, when anything fails, none. Returns (version, was it new).

        The rows may lack columns (they stay missing) and a `known` time (the version's is taken). `version` may be a
        function that is asked after the last row was read. The same content again changes nothing.
        `faults`, looked at after the last row too, are those of lines that were left out; they are kept in a file.
        """
        from primacy.evidence.store.writing import add

        fresh, new = add(self._open, batches, version)
        if new and faults:
            rejected.write(self._home, fresh.id, faults)
        return fresh, new

    def keep_faults(self, identity: str, faults: Faults) -> Path:
        """Write down what is wrong in a file that did not become a version; of such lists the newest are kept."""
        written = rejected.write(self._home, identity, faults)
        rejected.keep_newest(self._home, but={each.id for each in self.versions()})
        return written

    def withdraw(self, dataset_id: str, *, at: datetime, because: str, by: str = "") -> None:
        """Stop a version from `at` on. The past stays as it was known."""
        if not because.strip():
            raise BadInput(said("evidence/withdrawal-without-reason"), "", said("evidence/do.why-not-used"))
        told = {"withdrawn": at.astimezone(UTC), "withdrawn_because": because.strip(), "withdrawn_by": by}
        self._change(dataset_id, lambda counting: counting.model_copy(update=told))

    def mark_official(self, dataset_id: str, mark: Mark) -> DatasetVersion:
        """Say that a version is, or no longer is, the official source on a topic, from the time of the mark on.

        A topic has one official source: another that was it until then no longer is.
        """
        changed = self._change(dataset_id, lambda counting: marked(counting, mark))
        end = mark.model_copy(update={"ends": True})
        for each in self.versions(known=mark.at) if not mark.ends else ():
            if each.lineage != changed.lineage and mark.topic in each.official_topics:
                self._change(each.id, lambda counting: marked(counting, end))
        return changed

    def categories(self, dataset_id: str, kind: str) -> list[str]:
        """The categories of a kind of which a version tells."""
        rows = self.told_by([self.version(dataset_id)])
        found = self.fetch(rows.filter(rows.kind == kind).select("category").distinct())
        return sorted(row["category"] for row in found.to_pylist())

    def _change(self, dataset_id: str, stated: Callable[[DatasetVersion], DatasetVersion]) -> DatasetVersion:
        """List what is said of a version. Raises BadInput where it was withdrawn before."""
        with self._open.writing() as listed:
            found = self.version(dataset_id)
            if found.withdrawn is not None:
                raise BadInput(
                    said("evidence/already-withdrawn", dataset=found.id, day=f"{found.withdrawn:%Y-%m-%d}"), "", ""
                )
            changed = stated(found)
            versions = [changed if each.id == found.id else each for each in listed.versions]
            self._open.replace(versions, listed.files)
        return changed

    def compact(self) -> "Compacted":
        """Put small files together and bring the folder to the newest layout. What counts stays what it is."""
        from primacy.evidence.store.compaction import compact

        return compact(self._open)

    def consolidate(self) -> int:
        """Put savings of records together where there are many; every reading stays. Returns how many entries went."""
        return consolidate(self._open)

    def erase(self, dataset_ids: Sequence[str], *, at: datetime, because: str, by: str = "") -> None:
        """Take the rows of withdrawn versions out for good. Their entries stay, and say so."""
        from primacy.evidence.store.compaction import erase

        erase(self._open, [self.version(each).id for each in dataset_ids], at=at, because=because, by=by)

    # ---- the folder and the engine

    @property
    def _open(self) -> Manifest:
        if self._manifest is None:
            raise BadInput(said("evidence/store.in-memory"), "", said("evidence/do.open-store"))
        return self._manifest

    @property
    def _home(self) -> Path:
        return self._open.folder

    @cached_property
    def engine(self) -> Engine:
        return self._chosen or DuckDB()

    def _readable(self, known: datetime) -> list[DatasetVersion]:
        """Versions as known then. Raises BadInput where rows of one were erased since: silence would read as none."""
        versions = self.versions(known=known)
        for each in versions:
            if each.erased is not None:
                raise BadInput(
                    said(
                        "evidence/erased", name=each.name, dataset=each.id, day=f"{known:%Y-%m-%d}",
                        erased=f"{each.erased:%Y-%m-%d}",
                    ), "", said("evidence/do.later-day", day=f"{each.withdrawn:%Y-%m-%d}"),
                )  # fmt: skip
        return versions

    @property
    def few(self) -> bool:
        """Whether there are so few rows that each question takes longer to ask than to answer."""
        rows = sum(each.rows for each in self.versions()) if self._given is None else self._given.num_rows
        return rows <= FEW

    @cached_property
    def _given_datasets(self) -> set[str]:
        return set() if self._given is None else set(self._given["dataset"].unique().to_pylist())

    def _refuse_damaged(self, versions: Sequence[DatasetVersion]) -> None:
        """What was kept is told only while the files that it came from are what was written."""
        if self._given is None:
            self._files("rows", [part for each in versions for part in each.parts])
            self._files("cube", [each.cube for each in versions if each.cube])

    def _files(self, folder: str, names: Sequence[str]) -> list[Path]:
        """The files of some versions, each once. Raises BadInput where one is not there or not what was written."""
        sealed = self._open.listed().files
        files = {name: self._home / folder / name for name in names}
        for name, path in files.items():
            refuse_damaged(path, sealed.get(f"{folder}/{name}"))
        return list(files.values())

    def told_by(self, versions: Sequence[DatasetVersion]) -> "ibis.Table":
        """All rows of some versions, before anything is left out."""
        from primacy.evidence.store.reading import of_versions

        wanted = [each.id for each in versions]
        if self._given is not None:
            given = self.engine.given(self._given)
            return given if self._given_datasets <= set(wanted) else of_versions(given, tuple(wanted))
        files = self._files("rows", [part for each in versions for part in each.parts])
        if not files:
            return self.engine.given(pa.Table.from_batches([], SCHEMA))
        rows = self.engine.read(files)
        own = {f"{each}.parquet" for each in wanted}  # any other file may hold rows of more versions
        rows = of_versions(rows, tuple(wanted)) if any(path.name not in own for path in files) else rows
        return rows if self._until is None else told_until(rows, versions, self._until)
