"""The list of all dataset versions and of the files that hold them: one file, replaced in one step.

    {"layout": 2, "versions": [...], "files": {"rows/<id>.parquet": {"sha256": ..., "bytes": ...}}, "sha256": ...}

The last entry is the checksum of all others.

Layout 1 had no `files` and its versions no cubes; it is read as it is, slower, and becomes layout 2 with the next
change. A layout that this code does not know is refused, so that an older Primacy never damages a newer store.

A list stands before the first file of rows does. So files without one are a store that lost its list, never one that
is only beginning: it is refused, by whoever reads and whoever writes.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from primacy.evidence.errors import BadInput
from primacy.evidence.store.datasets import DatasetVersion
from primacy.framework.saying import said
from primacy.places.files.replacing import one_writer, replace

LAYOUT = 2
LOST = said("evidence/do.restore-lost")
FILE = "manifest.json"
LISTED = ("rows", "cube")  # folders of the files that it lists
PLAIN = re.compile(r"[\w-][\w.-]*\.parquet")  # never a path
MOST_CHECKED = 2**30  # bytes of a file whose checksum every reader looks at: a second's work, once in a process


@dataclass(frozen=True)
class Sealed:
    """What a file was when it was written."""

    sha256: str
    bytes: int


@dataclass(frozen=True)
class Listed:
    """Everything that counts: a file that is not listed is no part of the store."""

    versions: tuple[DatasetVersion, ...] = ()
    files: Mapping[str, Sealed] = field(default_factory=dict)
    layout: int = LAYOUT


class Manifest:
    """The manifest of one folder, read anew when it has changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def listed(self) -> Listed:
        """Raises BadInput for a list that cannot be read, or that is gone while files are there that it listed."""
        path = self.folder / FILE
        state = _state(path)
        if state is None and held(self.folder):
            state = _state(path)  # the first import may have come between the two looks
            if state is None:
                remedy = said("evidence/do.restore-list")
                raise BadInput(said("evidence/store.list-missing"), str(path), remedy)
        return Listed() if state is None else _read(path, state)

    def begin(self) -> None:
        """Have a list before there is any file that it could list; to be called while `writing`."""
        if not (self.folder / FILE).exists():
            self.replace((), {})

    def replace(self, versions: Sequence[DatasetVersion], files: Mapping[str, Sealed]) -> None:
        """Write the new list; to be called while `writing`."""
        content = {
            "layout": LAYOUT,
            "versions": [each.model_dump(mode="json") for each in versions],
            "files": {name: {"sha256": one.sha256, "bytes": one.bytes} for name, one in sorted(files.items())},
        }
        text = to_json({**content, "sha256": _checksum(content)}, indent=1)
        replace(self.folder / FILE, lambda path: _write(path, text))

    @contextmanager
    def writing(self) -> Iterator[Listed]:
        """What is listed, while no other process changes it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with one_writer(self.folder / ".writing"):
            yield self.listed()


def held(folder: Path) -> list[Path]:
    """All files of rows and cubes, listed or not."""
    return [path for each in LISTED for path in sorted((folder / each).glob("*.parquet"))]


def _state(path: Path) -> tuple[int, int, int] | None:
    """What tells a list from the one before it; None where there is none."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=8)
def _read(path: Path, _when: tuple[int, int, int]) -> Listed:
    """One page opens several stores of one folder."""
    return read(path)


def read(path: Path) -> Listed:
    """Raises BadInput for a manifest that cannot be read or is of a later layout."""
    try:
        content = json.loads(path.read_text("utf-8"))
        layout, checksum = int(content["layout"]), content.pop("sha256", None)
        if layout > LAYOUT:
            raise BadInput(
                said("evidence/store.layout", layout=layout, most=LAYOUT), str(path),
                said("evidence/do.newer"),
            )  # fmt: skip
        if layout == LAYOUT and checksum != _checksum(content):
            raise ValueError("it is not what was written")
        versions = tuple(DatasetVersion.model_validate(each) for each in content["versions"])
        files = {name: Sealed(str(one["sha256"]), int(one["bytes"])) for name, one in content.get("files", {}).items()}
        strange = [name for each in versions for name in (*each.parts, each.cube) if name and not PLAIN.fullmatch(name)]
        if strange:
            raise ValueError(f"{strange[0]!r} is no name of a file in the store")
    except OSError as error:
        raise BadInput(said("evidence/store.list-closed"), str(path), said("places/do.check-permissions")) from error
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        remedy = said("evidence/do.restore-folder")
        raise BadInput(said("evidence/store.list-damaged"), str(path), remedy) from error
    return Listed(versions, files, layout)


def _checksum(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def seal(path: Path) -> Sealed:
    """What a file is now."""
    with path.open("rb") as stream:
        return Sealed(hashlib.file_digest(stream, "sha256").hexdigest(), path.stat().st_size)


def refuse_damaged(path: Path, sealed: Sealed | None) -> None:
    """Raises BadInput for a file that is gone, or that is not what it was when it was written.

    Of a file that was not sealed (layout 1) or is very large only what is cheap is compared.
    """
    try:
        stat = path.stat()
        whole = sealed is None or stat.st_size == sealed.bytes
        if whole and sealed and stat.st_size <= MOST_CHECKED:
            whole = _sha256(path, stat.st_ino, stat.st_mtime_ns, stat.st_size) == sealed.sha256
    except FileNotFoundError as error:
        raise BadInput(said("evidence/store.file-missing"), str(path), LOST) from error
    except OSError as error:
        raise BadInput(said("evidence/store.file-closed", error=error.strerror), str(path), LOST) from error
    if not whole:
        raise BadInput(said("evidence/store.file-other"), str(path), LOST)


@lru_cache(10_000)
def _sha256(path: Path, *state: int) -> str:
    return seal(path).sha256


def _write(path: Path, text: bytes) -> None:
    path.write_bytes(text)
