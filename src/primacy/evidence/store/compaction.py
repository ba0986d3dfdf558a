"""Keeping the folder in order: many small files become one, sums that are missing are made, and what nobody may keep is
erased.

Every step writes new files first and replaces the manifest last, so that a reader sees the store before it or after it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from primacy.evidence.errors import BadInput
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.engines import DuckDB
from primacy.evidence.store.manifest import Listed, Manifest
from primacy.evidence.store.spooling import GROUP, grouped, in_order
from primacy.evidence.store.writing import files_of, move_in, room_needed, scratch_of, sealed, unlisted, write_cube
from primacy.framework.saying import said

SMALL = 8 * 2**20  # bytes: files below it are put together


@dataclass(frozen=True)
class Compacted:
    """What became of the files of rows."""

    files_before: int
    files_after: int
    cubes_made: int


def compact(manifest: Manifest) -> Compacted:
    """Put small files of rows together, and their cubes, and make cubes where an older Primacy wrote none.

    Where another process does the same meanwhile, what it did stays, and the rest is looked at again.
    """
    while True:
        with room_needed(manifest.folder), scratch_of(manifest) as scratch:
            before = manifest.listed()
            bare = [each for each in before.versions if each.cube is None and each.parts]
            small = _small(manifest.folder, before)
            changed = {each.id: each for each in _with_cubes(manifest.folder, scratch, bare)}
            if small:
                newest = [changed.get(each.id, each) for each in small]
                changed |= {each.id: each for each in _together(manifest.folder, scratch, newest)}
            if _put_in(manifest, scratch, before, changed):
                after = manifest.listed()
                return Compacted(_row_files(before.versions), _row_files(after.versions), len(bare))


def erase(manifest: Manifest, ids: Sequence[str], *, at: datetime, because: str, by: str = "") -> None:
    """Take the rows of withdrawn versions out of the store for good; what was known of them stays listed.

    An assessment of the past that used them can then be read, and not be computed again.
    """
    if not because.strip():
        raise BadInput(said("evidence/erasure-without-reason"), "", said("evidence/do.why-not-kept"))
    while not _erased(
        manifest, ids, {"erased": at.astimezone(UTC), "erased_because": because.strip(), "erased_by": by}
    ):
        pass  # somebody put files together meanwhile


def _erased(manifest: Manifest, ids: Sequence[str], told: dict[str, object]) -> bool:
    with room_needed(manifest.folder), scratch_of(manifest) as scratch:
        listed = manifest.listed()
        by_id = {each.id: each for each in listed.versions}
        for each in ids:
            if by_id[each].withdrawn is None:
                remedy = said("evidence/do.withdraw-first", dataset=each)
                raise BadInput(said("evidence/still-counts", dataset=each), "", remedy)
        gone = {part for each in ids for part in by_id[each].parts}
        staying = [each for each in listed.versions if each.id not in ids and gone & set(each.parts)]
        gone_files = {"parts": (), "cube": ""}
        changed = {each: by_id[each].model_copy(update=told | gone_files) for each in ids}
        if staying:
            changed |= {each.id: each for each in _together(manifest.folder, scratch, staying)}
        if not _put_in(manifest, scratch, listed, changed):
            return False
        for path in unlisted(manifest.folder, manifest.listed()):  # at once: no reader is waited for
            path.unlink(missing_ok=True)
        return True


def _small(home: Path, listed: Listed) -> list[DatasetVersion]:
    """The versions in small files of rows; none where such a file is alone."""
    files = {part for each in listed.versions for part in each.parts}
    small = {part for part in files if (home / "rows" / part).stat().st_size < SMALL}
    return [each for each in listed.versions if small & set(each.parts)] if len(small) > 1 else []


def _with_cubes(home: Path, scratch: Path, versions: Iterable[DatasetVersion]) -> Iterator[DatasetVersion]:
    for each in versions:
        engine = DuckDB(alone=True)
        rows = engine.read([home / "rows" / part for part in each.parts])
        made = write_cube(engine, rows.filter(rows.dataset == each.id), scratch / "cube" / f"{each.id}.parquet")
        records = _has_records(home, each)
        yield each.model_copy(update={"cube": f"{each.id}.parquet" if made else "", "records": records})


def _has_records(home: Path, version: DatasetVersion) -> bool:
    columns = (pq.read_table(home / "rows" / part, columns=["record"]).column("record") for part in version.parts)
    return any(pc.any(pc.not_equal(column, "")).as_py() for column in columns)


def _together(home: Path, scratch: Path, versions: Sequence[DatasetVersion]) -> Iterator[DatasetVersion]:
    """Write the rows of versions, and no others, into one file, and their cells into another."""
    ids = " ".join(sorted(each.id for each in versions))
    name = f"together-{hashlib.sha256(ids.encode()).hexdigest()[:12]}.parquet"
    rows, cubes = dict[Path, list[str]](), dict[Path, list[str]]()
    for each in versions:
        for part in each.parts:
            rows.setdefault(home / "rows" / part, []).append(each.id)
        if each.cube:
            made = scratch / "cube" / each.cube
            cubes.setdefault(made if made.is_file() else home / "cube" / each.cube, []).append(each.id)
    _write(rows, scratch / "rows" / name)
    if cubes:
        _write(cubes, scratch / "cube" / name)
    for each in versions:
        yield each.model_copy(update={"parts": (name,), "cube": name if each.cube else each.cube})


def _write(files: Mapping[Path, Sequence[str]], path: Path) -> None:
    """Write the rows, or cells, that are read of each file: those of the data sets that are listed in it."""
    path.parent.mkdir(exist_ok=True)
    schema = pq.read_schema(next(iter(files)))
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for piece in grouped(_rows_of(files, schema), schema):
            writer.write_table(in_order(piece) if "date" in schema.names else piece, row_group_size=2 * GROUP)


def _rows_of(files: Mapping[Path, Sequence[str]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for path, ids in files.items():
        wanted = pa.array(ids, pa.string())
        for batch in pq.ParquetFile(path).iter_batches(GROUP):
            yield batch.filter(pc.is_in(batch.column("dataset"), wanted)).cast(schema)


def _put_in(manifest: Manifest, scratch: Path, before: Listed, changed: Mapping[str, DatasetVersion]) -> bool:
    """List the changed versions with their new files. Files that are listed no more stay for readers, for a while.

    Returns False, and changes nothing, where the rows of one of them lie elsewhere by now than `before`: a file holds
    the rows of the versions that are listed in it and of no others, or they would count twice.
    """
    fresh = sealed(scratch, (path.relative_to(scratch).as_posix() for path in sorted(scratch.glob("*/*.parquet"))))
    with manifest.writing() as listed:
        current = {each.id: each for each in listed.versions}
        read = {each.id: files_of(each) for each in before.versions if each.id in changed}
        if any(id not in current or files_of(current[id]) != files for id, files in read.items()):
            return False
        kept = ("withdrawn", "withdrawn_because", "marks")  # what others may have said meanwhile
        versions = [
            changed[id].model_copy(update={name: getattr(each, name) for name in kept}) if id in changed else each
            for id, each in current.items()
        ]
        used = {name for each in versions for name in files_of(each)}
        move_in(scratch, manifest.folder, fresh)
        files = {name: one for name, one in {**listed.files, **fresh}.items() if name in used}
        manifest.replace(versions, files)
        for name in set(fresh) - used:
            (manifest.folder / name).unlink(missing_ok=True)
    return True


def _row_files(versions: Iterable[DatasetVersion]) -> int:
    return len({part for each in versions for part in each.parts})
