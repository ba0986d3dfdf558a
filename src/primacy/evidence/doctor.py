"""Is the evidence store whole? Every file is read and compared with what it was when it was written."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from primacy.evidence.errors import BadInput
from primacy.evidence.store.columns import SCHEMA
from primacy.evidence.store.manifest import LAYOUT, Listed, Manifest, seal
from primacy.evidence.store.writing import GRACE, SCRATCH, files_of, unlisted
from primacy.framework.saying import Said, Words, said


@dataclass(frozen=True)
class Ailment:
    """One thing that is wrong, where, and what to do. `grave`: evidence is lost or not to be trusted."""

    what: Words
    where: str
    remedy: Words
    grave: bool = True


def examine(folder: Path) -> list[Ailment]:
    """Everything that is wrong with a store; nothing where it is whole. Reads every byte."""
    manifest = Manifest(folder)
    try:
        listed = manifest.listed()
    except BadInput as error:
        return [Ailment(error.what, str(error.where), error.remedy)]
    broken = list(_files(folder, listed))
    return [*broken, *(_counts(folder, listed) if not broken else ()), *_leftovers(folder, listed)]


def _files(folder: Path, listed: Listed) -> Iterator[Ailment]:
    names = list(dict.fromkeys(name for each in listed.versions for name in files_of(each)))
    for name in names:
        concerned = [f"{each.name} ({each.id})" for each in listed.versions if name in files_of(each)]
        again = said("evidence/doctor.restore", names=concerned)
        path = folder / name
        if not path.is_file():
            yield Ailment(said("evidence/store.file-missing"), str(path), again)
        elif name in listed.files and seal(path) != listed.files[name]:
            yield Ailment(said("evidence/doctor.not-as-written"), str(path), again)
        elif wrong := _unreadable(path, rows=name.startswith("rows/")):
            yield Ailment(wrong, str(path), again)


def _counts(folder: Path, listed: Listed) -> Iterator[Ailment]:
    """Whether every version has as many rows as it says, over all files: none is lost, and none counts twice."""
    found: Counter[str] = Counter()
    for part in dict.fromkeys(part for each in listed.versions for part in each.parts):
        for batch in pq.ParquetFile(folder / "rows" / part).iter_batches(columns=["dataset"]):
            for counted in pc.value_counts(batch.column("dataset")).to_pylist():
                found[counted["values"]] += counted["counts"]
    for each in listed.versions:
        if each.parts and found[each.id] != each.rows:
            yield Ailment(
                said("evidence/doctor.rows", name=each.name, dataset=each.id, found=found[each.id], rows=each.rows),
                str(folder), said("evidence/doctor.do.rows"),
            )  # fmt: skip


def _unreadable(path: Path, *, rows: bool) -> Said | None:
    try:
        found = pq.read_schema(path)
    except (pa.ArrowException, OSError) as error:
        return said("evidence/store.unreadable", error=str(error).splitlines()[0])
    missing = [name for name in SCHEMA.names if rows and name not in found.names]
    return said("evidence/doctor.without-columns", names=missing) if missing else None


def _leftovers(folder: Path, listed: Listed) -> Iterator[Ailment]:
    harmless = said("evidence/doctor.do.swept")
    if idle := unlisted(folder, listed):
        yield _idle(folder, idle)
    for path in folder.glob(f"{SCRATCH}*"):
        yield Ailment(said("evidence/doctor.running"), str(path), harmless, grave=False)
    if listed.versions and listed.layout < LAYOUT:
        yield Ailment(
            said("evidence/doctor.layout", layout=listed.layout), str(folder), said("evidence/doctor.do.compact"),
            grave=False,
        )  # fmt: skip


def _idle(folder: Path, paths: Sequence[Path]) -> Ailment:
    """Files that the manifest does not list, in one note: for a while somebody may read them still."""
    until = datetime.fromtimestamp(max(path.stat().st_mtime for path in paths) + GRACE, UTC)
    over = until <= datetime.now(UTC)
    do = (
        said("evidence/doctor.do.idle") if over
        else said("evidence/doctor.do.idle-until", moment=f"{until:%Y-%m-%d %H:%M} UTC")
    )  # fmt: skip
    first = paths[0].relative_to(folder)
    return Ailment(said("evidence/doctor.idle", count=len(paths), name=first), str(folder), do, grave=False)
