"""Writes about data sets: a file held and corrected, loaded, a data set withdrawn. What changes the evidence leaves an
entry in the audit trail."""

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from primacy.access.models import User
from primacy.access.services import record
from primacy.evidence.bringing.correcting import table_text
from primacy.evidence.bringing.entered import keep_entered
from primacy.evidence.bringing.importing import Summary, import_files
from primacy.evidence.errors import Refused
from primacy.evidence.models import HeldFile, OwnMapping
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.naming import mark_official
from primacy.evidence.store.store import Store
from primacy.framework.grammar import SourceType
from primacy.framework.instance import Instance
from primacy.framework.queries import known_from
from primacy.framework.saying import Words
from primacy.places.files.files import Source
from primacy.places.files.replacing import replace

LONGEST_NAME = 100
MOST_BYTES = 200  # of a name: file systems allow 255, and gzip and lists add to it
HELD_FOR = timedelta(days=3)
MOST_HELD = 10  # files of one person
AS_IT_CAME = ".as-it-came"
MAPPING = ".mapping.yaml"
Progress = Callable[[float, Words], None]


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
    *, by: User, instance: Instance, path: Path, name: str, format: str, known: date | None, progress: Progress,
    mapping: str = "", corrected: int = 0,
) -> list[Summary]:  # fmt: skip
    """Read a received file into the store; raises BadInput with a remedy where it cannot be used.

    mapping     the text of a mapping by which it is read
    corrected   how many of its cells were corrected on the site

    What an archive brought before the file that was refused is in the audit trail too.
    """
    summaries: Sequence[Summary] = ()
    said: Path | None = None
    if mapping:
        said = path.parent / MAPPING
        said.write_text(mapping, "utf-8")
    try:
        summaries = import_files(
            [path], instance=instance, format=None if mapping else format or None, name=name or None,
            known=datetime.combine(known, time(), UTC) if known else None, imported_by=by.username, progress=progress,
            mapping=said, now=known_from(),
        )  # fmt: skip
    except Refused as error:
        summaries = error.before
        raise
    finally:
        if summaries:
            detail = {"summaries": len(summaries)} | ({"corrected cells": corrected} if corrected else {})
            record(by, "loaded a file", path.name, detail)
    return list(summaries)


def withdraw_dataset(*, by: User, instance: Instance, dataset_id: str, because: str) -> None:
    """Let a data set count no more from now on. Raises BadInput if it was withdrawn already."""
    Store(instance.evidence).withdraw(dataset_id, at=datetime.now(UTC), because=because, by=by.username)
    record(by, "withdrew a data set", dataset_id, {"because": because})


def name_official(*, by: User, instance: Instance, dataset_id: str, topic: str, because: str, ends: bool) -> None:
    """Let a source be the official one on a topic from now on, or no longer. Raises BadInput where nothing would change
    or the source tells nothing of it."""
    mark_official(Store(instance.evidence), dataset_id, topic, by=by.username, because=because, ends=ends)
    told = {"topic": topic, "because": because}
    if ends:
        record(by, "ended a data set's being official", dataset_id, told)
    else:
        record(by, "named a data set official", dataset_id, told)


def keep_points(
    *, by: User, instance: Instance, name: str, lineage: str, rows: Sequence[Mapping[str, Any]],
    source_type: SourceType = "expert",
) -> DatasetVersion:  # fmt: skip
    """Store data points that somebody entered on the site, as a version of their own that replaces nothing.

    They claim no coverage: what was not entered stays unknown. The deed is entered into the trail by who calls, in
    the words of that deed.
    """
    store, at = Store(instance.evidence), datetime.now(UTC)
    return keep_entered(
        store, rows, name=name, lineage=lineage, by=by.username, at=at, known=known_from(), source_type=source_type
    )


# ---- files that wait on the site for their import


def hold_file(
    *, by: User, instance: Instance, name: str, size: int, chunks: Iterable[bytes], called: str = ""
) -> HeldFile:
    """Keep a brought file for its owner until it is imported or given up; those of others are never touched but by age.

    Of the owner's files the oldest go where there are too many.
    """
    for each in HeldFile.objects.filter(by=by)[MOST_HELD - 1 :]:
        discard_held(instance=instance, held=each)
    path = receive_file(instance=instance, name=name, chunks=chunks)
    return HeldFile.objects.create(
        by=by, folder=path.parent.name, file=path.name, size=size, name=called or path.stem[:120]
    )


def held_path(instance: Instance, held: HeldFile) -> Path:
    return instance.folder / "inbox" / held.folder / held.file


def set_held(held: HeldFile, *, name: str, format: str, known: date | None, mapping: str) -> None:
    """What the person says of the file."""
    held.name, held.format, held.known, held.mapping = name, format, known, mapping
    held.save(update_fields=["name", "format", "known", "mapping"])


def replace_held(*, instance: Instance, held: HeldFile, name: str, size: int, chunks: Iterable[bytes]) -> None:
    """Another file in the place of the one that is held, with all that was said of it."""
    before = held_path(instance, held)
    path = receive_file(instance=instance, name=name, chunks=chunks)
    held.folder, held.file, held.size, held.corrected = path.parent.name, path.name, size, 0
    held.save(update_fields=["folder", "file", "size", "corrected"])
    discard_file(before)


def correct_held(*, instance: Instance, held: HeldFile, cells: Mapping[tuple[int, int], str]) -> int:
    """Correct cells of the copy that is held, by (line, place of the column); how many changed.

    The file as it came is kept beside it until both go. Two who correct at once wait for each other.
    """
    path = held_path(instance, held)
    with transaction.atomic():
        now = HeldFile.objects.select_for_update().filter(pk=held.pk).first()
        text = table_text(Source(path)) if now is not None else None
        if now is None or text is None:
            return 0
        content, changed = text.corrected(cells)
        if changed:
            as_it_came = path.parent / AS_IT_CAME
            if not as_it_came.exists():
                shutil.copyfile(path, as_it_came)
            replace(path, lambda fresh: fresh.write_text(content, "utf-8", newline="\n"))
            now.corrected += changed
            now.save(update_fields=["corrected"])
        held.corrected = now.corrected
    return changed


def undo_corrections(*, instance: Instance, held: HeldFile) -> None:
    """The file as it came again."""
    path = held_path(instance, held)
    as_it_came = path.parent / AS_IT_CAME
    if as_it_came.exists():
        as_it_came.replace(path)
    held.corrected = 0
    held.save(update_fields=["corrected"])


def discard_held(*, instance: Instance, held: HeldFile) -> None:
    discard_file(held_path(instance, held))
    held.delete()


def discard_old_files(*, instance: Instance, now: datetime) -> None:
    """Files that nobody imported in time go, and folders of the inbox that belong to none."""
    for each in HeldFile.objects.filter(created__lt=now - HELD_FOR):
        discard_held(instance=instance, held=each)
    inbox = instance.folder / "inbox"
    known = set(HeldFile.objects.values_list("folder", flat=True))
    for folder in inbox.iterdir() if inbox.is_dir() else ():
        age = now.timestamp() - folder.stat().st_mtime
        if folder.name not in known and age > HELD_FOR.total_seconds():
            shutil.rmtree(folder, ignore_errors=True)


def end_import(*, instance: Instance, held_id: str, dataset: str, rejected: int) -> bool:
    """After an import: a file without faults goes, one with rejected lines stays to be corrected. Whether it stays."""
    held = HeldFile.objects.filter(pk=held_id).first()
    if held is None:
        return False
    if not rejected:
        discard_held(instance=instance, held=held)
        return False
    held.dataset = dataset
    held.save(update_fields=["dataset"])
    return True


def corrected_cells(held_id: str) -> int:
    """How many cells of a held file were corrected on the page; none where no file is held."""
    held = HeldFile.objects.filter(pk=held_id).first() if held_id else None
    return held.corrected if held else 0


def save_mapping(*, by: User, name: str, text: str) -> None:
    """Keep a mapping under a name; one of the same name is replaced."""
    OwnMapping.objects.update_or_create(by=by, name=name, defaults={"text": text})


def remove_mapping(*, by: User, mapping_id: int) -> None:
    OwnMapping.objects.filter(by=by, pk=mapping_id).delete()
