"""How a new version gets into the folder: all of it or nothing, whatever happens in between.

Files are written in a scratch folder, flushed to the disk and moved in; last of all the manifest is replaced. What is
not in the manifest is no part of the store, so a process that dies leaves at most files that nobody reads: the next
writer sweeps them away. A manifest that lists nothing stands before the first file is moved in: files without any are
of a store that lost its manifest, and are never swept.
"""

import errno
import fcntl
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from primacy.evidence.errors import BadInput
from primacy.evidence.store.content import version_id
from primacy.evidence.store.cube import added_up, in_order, summed
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.engines import FEW, DuckDB
from primacy.evidence.store.manifest import LISTED, Listed, Manifest, Sealed, held, seal
from primacy.evidence.store.spooling import Spool, write_rows
from primacy.framework.saying import said
from primacy.places.files.replacing import flush

Version = DatasetVersion | Callable[[], DatasetVersion]
SCRATCH = ".import-"
GRACE = 3600.0  # seconds for which a reader may still hold a file that the manifest lists no more
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def add(manifest: Manifest, batches: Iterable[pa.RecordBatch], version: Version) -> tuple[DatasetVersion, bool]:
    """Store rows as a new version. Returns (version, was it new). See `Store.add`."""
    with room_needed(manifest.folder), scratch_of(manifest) as scratch:
        spool = Spool(scratch / "rows.arrow")
        spool.write(batches)
        described = version() if callable(version) else version
        while True:
            told = _told(spool, described, manifest.listed())
            if isinstance(told, DatasetVersion):
                return told, False
            fresh = _files(spool, described, *told, scratch)
            files = sealed(scratch, files_of(fresh))
            with manifest.writing() as listed:
                if _told(spool, described, listed) != told:
                    continue  # somebody stored or withdrew the same content meanwhile
                manifest.begin()
                move_in(scratch, manifest.folder, files)
                manifest.replace([*listed.versions, fresh], {**listed.files, **files})
            return fresh, True


def written(spool: Spool, version: DatasetVersion, scratch: Path) -> DatasetVersion:
    """Write spooled rows into a scratch folder, as what they are by their content."""
    return _files(spool, version, version_id(spool.content, version.coverage), version.known, scratch)


def _told(spool: Spool, version: DatasetVersion, listed: Listed) -> DatasetVersion | tuple[str, datetime]:
    """The version that has this content already, or the id and the time of knowledge of a new one."""
    by_id = {each.id: each for each in listed.versions}
    identity, known = version_id(spool.content, version.coverage), version.known
    while (same := by_id.get(identity)) is not None:
        if same.withdrawn is None:
            return same
        # Withdrawn before: it counts again from now on, and the time between stays as it was known.
        known = max(known, version.imported, same.withdrawn)
        identity = version_id(spool.content, version.coverage, again=same.withdrawn)
    return identity, known.astimezone(UTC)


def _files(spool: Spool, version: DatasetVersion, identity: str, known: datetime, scratch: Path) -> DatasetVersion:
    """Write rows and cube into the scratch folder; the version as the manifest will list it."""
    name = f"{identity}.parquet"
    for folder in LISTED:
        (scratch / folder).mkdir(exist_ok=True)
    with ThreadPoolExecutor(1) as aside:
        counted = aside.submit(_beside, spool, identity, known, scratch / "cube" / name)
        write_rows(spool, identity, known, scratch / "rows" / name)
        items = counted.result()
    seen: dict[str, Any] = {
        "id": identity, "known": known, "parts": (name,),
        "cube": name if (scratch / "cube" / name).is_file() else "",
        "rows": spool.rows, "items": items, "start": spool.start, "end": spool.end, "records": spool.records,
        "known_last": spool.known_last,
    }  # fmt: skip
    return version.model_copy(update=seen)


def _beside(spool: Spool, identity: str, known: datetime, cube: Path) -> int:
    """While the rows of a version are written: its cube, and how many different items it has."""
    if not spool.has_cube and spool.rows <= FEW:  # a saving on the site, say: no engine is worth its start
        return int(pc.count_distinct(spool.table().column("item")).as_py())
    engine = DuckDB(alone=spool.rows > FEW)
    rows = engine.given(spool.table())
    if spool.has_cube:
        moment = rows.known.coalesce(ibis.literal(known.astimezone(UTC), rows.known.type()))
        write_cube(engine, rows.mutate(dataset=ibis.literal(identity), known=moment), cube, breakdown=spool.breakdown)
    return int(engine.fetch(rows.agg(items=rows.item.nunique())).column("items")[0].as_py())


def write_cube(engine: DuckDB, rows: ibis.Table, path: Path, *, breakdown: bool = True) -> bool:
    """Sum rows of one data set into a cube file. Returns whether there is any."""
    path.parent.mkdir(exist_ok=True)
    engine.write(in_order(summed(added_up(rows), breakdown=breakdown)), path)
    if pq.read_metadata(path).num_rows:
        return True
    path.unlink()
    return False


def files_of(version: DatasetVersion) -> list[str]:
    """The files of a version, as the manifest names them."""
    return [f"rows/{part}" for part in version.parts] + ([f"cube/{version.cube}"] if version.cube else [])


def sealed(scratch: Path, names: Iterable[str]) -> dict[str, Sealed]:
    """Have files in the scratch folder really on the disk, and say what they are."""
    found: dict[str, Sealed] = {}
    for name in names:
        flush(scratch / name)
        found[name] = seal(scratch / name)
    return found


def move_in(scratch: Path, home: Path, names: Iterable[str]) -> None:
    """Move files from the scratch folder into the store's."""
    for name in names:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (scratch / name).replace(home / name)
    for folder in LISTED:
        if (home / folder).is_dir():
            flush(home / folder)


@contextmanager
def scratch_of(manifest: Manifest) -> Iterator[Path]:
    """A folder beside the store's own that nobody reads; what dead processes left there is swept away before."""
    with manifest.writing() as listed:
        _sweep(manifest.folder, listed)
        scratch = Path(tempfile.mkdtemp(dir=manifest.folder, prefix=SCRATCH))
        alive = (scratch / ".alive").open("w")
        fcntl.flock(alive, fcntl.LOCK_EX)
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        alive.close()


def _sweep(home: Path, listed: Listed) -> None:
    for scratch in home.glob(f"{SCRATCH}*"):
        if not _alive(scratch):
            shutil.rmtree(scratch, ignore_errors=True)
    for path in unlisted(home, listed):
        if time.time() - path.stat().st_mtime > GRACE:
            path.unlink(missing_ok=True)


def unlisted(home: Path, listed: Listed) -> list[Path]:
    """Files of rows and cubes that the manifest does not list: left by a process that died, or no longer needed."""
    used = {name for each in listed.versions for name in files_of(each)}
    return [path for path in held(home) if path.relative_to(home).as_posix() not in used]


def _alive(scratch: Path) -> bool:
    """Whether the process that made it still runs: it holds a lock until its end."""
    try:
        with (scratch / ".alive").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


@contextmanager
def room_needed(home: Path) -> Iterator[None]:
    """Say in one sentence that the disk is full; everything is then as it was."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise _no_room(home) from error
    except Exception as error:
        if "No space left" not in str(error) and "File too large" not in str(error):
            raise
        raise _no_room(home) from error


def _no_room(home: Path) -> BadInput:
    return BadInput(said("evidence/disk-full"), str(home), said("evidence/do.free-space"))
