"""Files that are replaced in one step, so that nothing is ever stored half."""

import os
import tempfile
from collections.abc import Callable
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


def flush(path: Path) -> None:
    """Have a file, or the names in a folder, really on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
