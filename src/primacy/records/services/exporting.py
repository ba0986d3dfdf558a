"""Writes: an export is entered into the trail, and a large one is kept as a file until its person has fetched it."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import IO
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from primacy.access.models import User
from primacy.access.readers import reader_of
from primacy.access.services import record as enter
from primacy.framework import Instance
from primacy.records.declaring import RecordType
from primacy.records.models import LEVELS
from primacy.records.queries.exporting import Export, export
from primacy.records.services.looking import note_taken_along
from primacy.records.showing import Asked
from primacy.records.tables import AT_A_TIME, WRITERS, Row
from primacy.ui.csv_cells import ARCHIVES

KEPT_FOR = timedelta(days=1)
FOLDER = "exports"
FORGETS = ()  # files, and no table


def begin_export(*, by: User, type_: RecordType, asked: Asked, ending: str) -> Export:
    """What is handed out now; the trail says how much it is, which filters were used, and never what they said."""
    found = export(viewer=by, type_=type_, asked=asked)
    detail = {"rows": found.count, "as": ending, "protected": found.protected, "filters": _used(asked)}
    enter(by, "exported records", type_.key, detail)  # counted by `exports_lately`
    note_taken_along(by=by, protected=found.protected)
    return found


def _used(asked: Asked) -> list[str]:
    named = {"text": asked.text, "first": asked.first, "last": asked.last, "area": asked.area, "own": asked.own}
    return sorted(name for name, value in {**asked.chosen, **named, "archived": asked.archived}.items() if value)


def notice(type_: RecordType, found: Export) -> list[str]:
    """What stands above the rows: how confidential they are, what they are, and whose archives they belong to."""
    level = str(dict(LEVELS)[found.highest])
    classified = _("%(level)s, need to know") % {"level": level} if found.restricted else level
    coarse = _("Where details are not shown to you, the day is the Monday of its week and the place its district.")
    day = timezone.localdate().isoformat()
    return [f"{classified}. {ARCHIVES}", f"Primacy, {type_.many}, {day}. {coarse}"]


def fingerprint(person: User) -> str:
    """What a person holds, so that a file made for it is given to nobody who holds something else now."""
    held = reader_of(person)
    said = f"{held.person}|{sorted(held.components)}|{sorted(held.groups)}|{sorted(held.shared)}"
    return hashlib.sha256(said.encode()).hexdigest()


def write_file(
    *, by: User, type_: RecordType, asked: Asked, ending: str, job: str, progress: Callable[[float, str], None]
) -> dict[str, object]:
    """Write a large export beside the databases, for its person alone. Returns what its page must know."""
    clear_away()
    found = begin_export(by=by, type_=type_, asked=asked, ending=ending)
    folder = Instance.here().folder / FOLDER / job
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{type_.key}.{ending}"
    try:
        WRITERS[ending](path, found.columns, _counted(found, progress), notice(type_, found))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return {"type": type_.key, "ending": ending, "rows": found.count, "holds": fingerprint(by)}


def written_now(*, type_: RecordType, found: Export, ending: str) -> IO[bytes]:
    """A small export, ready to be read; where the program is killed meanwhile, what is left goes with the old files."""
    root = Instance.here().folder / FOLDER
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root) as folder:
        path = Path(folder) / f"{type_.key}.{ending}"
        WRITERS[ending](path, found.columns, found.rows, notice(type_, found))
        return path.open("rb")


def _counted(found: Export, progress: Callable[[float, str], None]) -> Iterator[Row]:
    for number, row in enumerate(found.rows):
        if number % AT_A_TIME == 0:
            progress(number / max(found.count, 1), "")
        yield row


def file_of(job: str, result: dict[str, object]) -> Path | None:
    """The file of an export while it is kept."""
    clear_away()
    path = Instance.here().folder / FOLDER / job / f"{result.get('type')}.{result.get('ending')}"
    return path if path.is_file() else None


def clear_away() -> None:
    """Remove the files of exports that are older than a day."""
    root, now = Instance.here().folder / FOLDER, timezone.now().timestamp()
    for folder in root.iterdir() if root.is_dir() else ():
        with suppress(FileNotFoundError):  # taken away meanwhile
            if now - folder.stat().st_mtime > KEPT_FOR.total_seconds():
                shutil.rmtree(folder, ignore_errors=True)


def after_disposal(*, type_: str, record: UUID, whole: bool, said: Collection[str]) -> None:
    """Any list of its type may hold the words that went; whoever still needs one makes it again."""
    root = Instance.here().folder / FOLDER
    for folder in root.iterdir() if root.is_dir() else ():
        with suppress(FileNotFoundError):
            if any(path.stem == type_ for path in folder.iterdir()):
                shutil.rmtree(folder, ignore_errors=True)
