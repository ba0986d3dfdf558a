"""Writes about data sets: a file received, loaded, a data set withdrawn. Each leaves an entry in the audit trail."""

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from primacy.access.models import User
from primacy.access.services import record
from primacy.evidence.datasets import DatasetVersion, SourceType
from primacy.evidence.entered import keep_entered
from primacy.evidence.errors import Refused
from primacy.evidence.importing import Summary, import_files
from primacy.evidence.store import Store
from primacy.framework.instance import Instance

LONGEST_NAME = 100
MOST_BYTES = 200  # of a name: file systems allow 255, and gzip and lists add to it
Progress = Callable[[float, str], None]


def safe_name(name: str) -> str:
    """A file name that names nothing but a file: no folders, no control or reserved characters, never hidden, and none
    that is not seen or turns the direction of text.

    The ending stays, because formats are recognised by it.
    """
    seen = "".join(letter for letter in unicodedata.normalize("NFC", name) if unicodedata.category(letter) != "Cf")
    last = re.split(r"[\\/]", seen)[-1].strip("".join(map(chr, range(33))))
    kept = re.sub(r"[^\w.\- ()]", "_", last, flags=re.UNICODE).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if not stem:
        return _cut(kept[:LONGEST_NAME], MOST_BYTES) or "upload"
    ending = dot + _cut(ending[:10], MOST_BYTES // 4)
    return _cut(stem[: LONGEST_NAME - 12], MOST_BYTES - len(ending.encode())) + ending


def _cut(text: str, most: int) -> str:
    """The beginning of a text that takes up so many bytes at most."""
    return text.encode()[:most].decode(errors="ignore")


def receive_file(*, instance: Instance, name: str, chunks: Iterable[bytes]) -> Path:
    """Keep an uploaded file in a folder of its own inside the instance until its job has read it."""
    inbox = instance.folder / "inbox"
    inbox.mkdir(mode=0o700, exist_ok=True)
    path = Path(tempfile.mkdtemp(dir=inbox)) / safe_name(name)
    with path.open("wb") as target:
        for chunk in chunks:
            target.write(chunk)
    return path


def discard_file(path: Path) -> None:
    """Remove a received file with its folder, whatever became of it."""
    shutil.rmtree(path.parent, ignore_errors=True)


def load_file(
    *, by: User, instance: Instance, path: Path, name: str, format: str, known: date | None, progress: Progress
) -> list[Summary]:
    """Read a received file into the store; raises BadInput with a remedy where it cannot be used.

    What an archive brought before the file that was refused is in the audit trail too.
    """
    summaries: Sequence[Summary] = ()
    try:
        summaries = import_files(
            [path], instance=instance, format=format or None, name=name or None,
            known=datetime.combine(known, time(), UTC) if known else None, imported_by=by.username, progress=progress,
        )  # fmt: skip
    except Refused as error:
        summaries = error.before
        raise
    finally:
        if summaries:
            record(by, "loaded a file", path.name, {"summaries": len(summaries)})
    return list(summaries)


def withdraw_dataset(*, by: User, instance: Instance, dataset_id: str, because: str) -> None:
    """Let a data set count no more from now on. Raises BadInput if it was withdrawn already."""
    Store(instance.evidence).withdraw(dataset_id, at=datetime.now(UTC), because=because, by=by.username)
    record(by, "withdrew a data set", dataset_id, {"because": because})


def keep_points(
    *, by: User, instance: Instance, name: str, lineage: str, rows: Sequence[Mapping[str, Any]],
    source_type: SourceType = "expert",
) -> DatasetVersion:  # fmt: skip
    """Store data points that somebody entered on the site, as a version of their own that replaces nothing.

    They claim no coverage: what was not entered stays unknown. The deed is entered into the trail by who calls, in
    the words of that deed.
    """
    at = datetime.now(UTC)
    store = Store(instance.evidence)
    return keep_entered(store, rows, name=name, lineage=lineage, by=by.username, at=at, source_type=source_type)
