"""Files that are replaced in one step, so that nothing is ever stored half, and by one writer at a time."""

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Writer = Callable[[Path], object]


def replace(path: Path, write: Writer) -> None:
    """Write beside `path` and move into place, so that readers see the old file or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    os.close(handle)
    fresh = Path(name)
    try:
        write(fresh)
        flush(fresh)
        fresh.replace(path)
        flush(path.parent)
    finally:
        fresh.unlink(missing_ok=True)


@contextmanager
def one_writer(lock: Path) -> Iterator[None]:
    """Whoever comes here with the same file meanwhile, in any process or thread of the machine, waits for its turn."""
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def flush(path: Path) -> None:
    """Have a file, or the names in a folder, really on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
