"""Files that are replaced in one step, so that nothing is ever stored half, and by one writer at a time;
and files of which nothing may be left."""

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

AT_ONCE = 1 << 20  # bytes that are overwritten
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


def erase(path: Path) -> None:
    """Overwrite and remove; nothing where it is not there. A disk that writes elsewhere keeps the old bytes for a
    while: encrypt it."""
    if not path.is_file():
        return
    with path.open("r+b") as handle:
        left = os.fstat(handle.fileno()).st_size
        while left > 0:
            left -= handle.write(os.urandom(min(left, AT_ONCE)))
        handle.flush()
        os.fsync(handle.fileno())
    path.unlink()


def flush(path: Path) -> None:
    """Have a file, or the names in a folder, really on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
