"""Taking single records out of the store for good, at every moment of its past: nobody may keep what they said.

Other than a withdrawal this changes what was known: it is for the lawful disposal of records, which leaves a tombstone
where the records are kept. Versions of data sets that held nothing else go from the list; the others say that lines
were taken out. Records are in no cube (`cube.added_up`), so only rows are written anew.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.manifest import Listed, Manifest
from primacy.evidence.store.spooling import GROUP
from primacy.evidence.store.writing import files_of, move_in, room_needed, scratch_of, sealed, unlisted
from primacy.framework.saying import said


def take_out(manifest: Manifest, records: Collection[str], *, lineage: str, at: datetime) -> int:
    """Take every row of some records, as `name_of` calls them, out of a lineage. Returns how many there were."""
    names = pa.array(sorted(records), pa.string())
    with room_needed(manifest.folder), scratch_of(manifest) as scratch:
        before = manifest.listed()
        mine = [each for each in before.versions if each.lineage == lineage]
        asked = _Asked(names, pa.array([each.id for each in mine], pa.string()))
        suspects = sorted({part for each in mine for part in each.parts})
        hit = [part for part in suspects if _holds(manifest.folder / "rows" / part, asked)]
        lost: dict[str, int] = {}
        anew = {part: _without(manifest.folder / "rows" / part, asked, scratch, lost) for part in hit}
        fresh = sealed(
            scratch, (path.relative_to(scratch).as_posix() for path in sorted(scratch.glob("rows/*.parquet")))
        )
        with manifest.writing() as listed:
            versions = list(_changed(listed, anew, lost, scratch, at))
            used = {name for each in versions for name in files_of(each)}
            move_in(scratch, manifest.folder, fresh)
            manifest.replace(versions, {name: one for name, one in {**listed.files, **fresh}.items() if name in used})
        for path in unlisted(manifest.folder, manifest.listed()):  # at once: no reader is waited for
            path.unlink(missing_ok=True)
    return sum(lost.values())


@dataclass(frozen=True)
class _Asked:
    """Which rows go: those of some records, in some data sets."""

    records: pa.Array
    datasets: pa.Array

    def among(self, rows: pa.Table | pa.RecordBatch) -> pa.Array:
        mine = pc.is_in(rows.column("dataset"), self.datasets)
        return pc.and_(mine, pc.is_in(rows.column("record"), self.records))


def _holds(path: Path, asked: _Asked) -> bool:
    return bool(pc.any(asked.among(pq.read_table(path, columns=["record", "dataset"]))).as_py())


def _without(path: Path, asked: _Asked, scratch: Path, lost: dict[str, int]) -> str:
    """Write a file of rows anew without those of some records; counts by data set what was left out."""
    name = f"without-{hashlib.sha256(f'{path.name} {asked.records}'.encode()).hexdigest()[:12]}.parquet"
    (scratch / "rows").mkdir(exist_ok=True)
    with pq.ParquetWriter(scratch / "rows" / name, pq.read_schema(path), compression="zstd") as writer:
        for batch in pq.ParquetFile(path).iter_batches(GROUP):
            gone = asked.among(batch)
            for each in pc.value_counts(batch.filter(gone).column("dataset")).to_pylist():
                lost[each["values"]] = lost.get(each["values"], 0) + each["counts"]
            writer.write_batch(batch.filter(pc.invert(gone)))
    return name


def _changed(
    listed: Listed, anew: dict[str, str], lost: dict[str, int], scratch: Path, at: datetime
) -> Iterator[DatasetVersion]:
    """The list with the new files, without what is empty now."""
    for each in listed.versions:
        parts = tuple(anew.get(part, part) for part in each.parts)
        if each.id not in lost:
            yield each.model_copy(update={"parts": parts}) if parts != each.parts else each
        elif lost[each.id] < each.rows:
            left = _left(scratch / "rows" / part for part in parts if part in anew.values())
            mine = left.filter(pc.equal(left.column("dataset"), each.id))
            told = {"start": pc.min(mine.column("date")).as_py(), "end": pc.max(mine.column("until")).as_py()}
            items = pc.count_distinct(mine.column("item")).as_py()
            note = said("evidence/records-taken-out", count=lost[each.id], day=f"{at:%Y-%m-%d}")
            told |= {"rows": each.rows - lost[each.id], "items": items, "notes": (*each.notes, note), "parts": parts}
            yield each.model_copy(update=told)


def _left(files: Iterable[Path]) -> pa.Table:
    return pa.concat_tables(pq.read_table(path, columns=["dataset", "item", "date", "until"]) for path in files)
