"""Is the evidence store whole? Every file is read and compared with what it was when it was written."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from primacy.evidence.columns import SCHEMA
from primacy.evidence.errors import BadInput
from primacy.evidence.manifest import LAYOUT, Listed, Manifest, seal
from primacy.evidence.writing import GRACE, SCRATCH, files_of, unlisted


@dataclass(frozen=True)
class Ailment:
    """One thing that is wrong, where, and what to do. `grave`: evidence is lost or not to be trusted."""

    what: str
    where: str
    remedy: str
    grave: bool = True


def examine(folder: Path) -> list[Ailment]:
    """Everything that is wrong with a store; nothing where it is whole. Reads every byte."""
    manifest = Manifest(folder)
    try:
        listed = manifest.listed()
    except BadInput as error:
        return [Ailment(error.what, error.where, error.remedy)]
    broken = list(_files(folder, listed))
    return [*broken, *(_counts(folder, listed) if not broken else ()), *_leftovers(folder, listed)]


def _files(folder: Path, listed: Listed) -> Iterator[Ailment]:
    names = list(dict.fromkeys(name for each in listed.versions for name in files_of(each)))
    for name in names:
        concerned = ", ".join(f"{each.name} ({each.id})" for each in listed.versions if name in files_of(each))
        again = f"Restore it from a backup, or withdraw and import again: {concerned}"
        path = folder / name
        if not path.is_file():
            yield Ailment("a file of the evidence store is missing", str(path), again)
        elif name in listed.files and seal(path) != listed.files[name]:
            yield Ailment("a file is no longer what was written", str(path), again)
        elif wrong := _unreadable(path, rows=name.startswith("rows/")):
            yield Ailment(f"a file cannot be read ({wrong})", str(path), again)


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
                f"{each.name} ({each.id}) has {found[each.id]} rows in its files and should have {each.rows}",
                str(folder), "Restore the store from a backup, or withdraw this data set and import its file again",
            )  # fmt: skip


def _unreadable(path: Path, *, rows: bool) -> str:
    try:
        found = pq.read_schema(path)
    except (pa.ArrowException, OSError) as error:
        return str(error).splitlines()[0]
    missing = [name for name in SCHEMA.names if rows and name not in found.names]
    return f"without the columns {', '.join(missing)}" if missing else ""


def _leftovers(folder: Path, listed: Listed) -> Iterator[Ailment]:
    harmless = "Nothing is wrong: the next import sweeps it away"
    if idle := unlisted(folder, listed):
        yield _idle(folder, idle)
    for path in folder.glob(f"{SCRATCH}*"):
        yield Ailment("an import is running, or was interrupted here", str(path), harmless, grave=False)
    if listed.versions and listed.layout < LAYOUT:
        yield Ailment(
            f"the store has layout {listed.layout}: it is read slower and its files have no checksums", str(folder),
            "`primacy datasets compact` brings it to the newest layout", grave=False,
        )  # fmt: skip


def _idle(folder: Path, paths: Sequence[Path]) -> Ailment:
    """Files that the manifest does not list, in one note: for a while somebody may read them still."""
    count = "a file" if len(paths) == 1 else f"{len(paths)} files"
    until = datetime.fromtimestamp(max(path.stat().st_mtime for path in paths) + GRACE, UTC)
    when = "The next import" if until <= datetime.now(UTC) else f"The first import after {until:%Y-%m-%d %H:%M} UTC"
    return Ailment(
        f"{count} that nothing reads any more (the first is {paths[0].relative_to(folder)}): their rows were put"
        " together or erased, or an import was interrupted", str(folder),
        f"Nothing is wrong and nothing needs to be done. {when} removes them; until then readers may hold them open",
        grave=False,
    )  # fmt: skip
