"""Writes: a file is attached to a record, read for the search, taken off."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from primacy.access.grants import Said, holds
from primacy.access.models import User
from primacy.access.services import record as enter
from primacy.evidence.shown.protected import speaks_of_it
from primacy.framework import Instance
from primacy.records.contents.apart import clean_apart, words_apart
from primacy.records.contents.cleaning import Cleaned, clean, sniffed
from primacy.records.contents.kinds import Unfit, kinds, largest
from primacy.records.contents.reading import words_of
from primacy.records.declaring import RecordType
from primacy.records.files import Damaged, digest_of, erase_file, keep_file, read_file
from primacy.records.models.beside import TITLE, Attachment
from primacy.records.services import held, written_beside
from primacy.records.services.holds import Held, refuse_held
from primacy.records.services.indexing import index_again
from primacy.records.telling import name_of

MOST = 50  # files of one record


def attach(*, by: User, type_: RecordType, id: UUID, name: str, data: bytes) -> Attachment:
    """Keep a file with a record, without what must not be kept of it.

    Raises   LookupError for a record that this person may not change, Unfit for a file that is not kept.
    """
    with transaction.atomic():
        held(by, type_, id, "write")  # nothing is worked on for who may not
    title, _, ending = name.rpartition(".")
    cleaned = cleaned_file(data, ending.lower())
    folder = Instance.here().attachments
    with transaction.atomic():
        record = held(by, type_, id, "write")
        if Attachment.objects.filter(type=type_.key, record=id, gone=None).count() >= MOST:
            raise Unfit("many")
        attached = Attachment.objects.create(
            type=type_.key, record=id, title=(title or name).strip()[:TITLE], kind=cleaned.kind, size=len(cleaned.data),
            digest=keep_file(folder, cleaned.data), original=digest_of(data), taken=sorted(cleaned.taken),
            since=record.version, by=by, at=timezone.now(),
        )  # fmt: skip
        written_beside(record, by)
        enter(by, "attached a file", name_of(type_.key, str(id)), _proof(attached), grants=holds(attached))
    return attached


def cleaned_file(data: bytes, ending: str) -> Cleaned:
    """Raises Unfit."""
    if len(data) > largest():
        raise Unfit("large")
    kind = sniffed(data, ending)
    return Cleaned(kind.key, *clean_apart(data, kind)) if kind.apart else clean(data, kind)


def _proof(attached: Attachment) -> dict[str, object]:
    """What shows later which file it was to who has it, and tells nobody else whether a file that they have is here."""
    proof = hashlib.sha256(f"{attached.record}{attached.digest}".encode()).hexdigest()
    return {"kind": attached.kind, "size": attached.size, "proof": proof}


def read_words(attached: Attachment) -> None:
    """Keep the words of a file for the search."""
    words = None
    with suppress(Damaged):
        data = read_file(Instance.here().attachments, attached.digest)
        read = words_apart if kinds()[attached.kind].apart else words_of
        words = read(data, attached.kind)
    with transaction.atomic():
        now = Attachment.objects.select_for_update().filter(pk=attached.pk, gone=None).first()
        if now is None:
            return
        now.words = " ".join((words or "").replace("\0", " ").split())
        now.read = "grave" if speaks_of_it(now.words) else "done" if now.words else "none"
        now.save(update_fields=["words", "read"])
        index_again(now.type, now.record)


def find_unread() -> list[Attachment]:
    return list(Attachment.objects.filter(read="waiting", gone=None).defer("words"))


def take_off(*, by: User, type_: RecordType, id: UUID, attachment: UUID, because: str) -> None:
    """Take a file off a record, for good: somebody in it may be in danger while it is there.

    Raises   LookupError for a record that this person may not archive and for no such file, ValueError without a
             reason, Held where the record must stay as it is.
    """
    if not because.strip():
        raise ValueError("a file is taken off with a reason")
    with transaction.atomic():
        record = held(by, type_, id, "archive")
        refuse_held(type_.key, id)
        found = Attachment.objects.filter(type=type_.key, record=id, pk=attachment, gone=None).first()
        if found is None:
            raise LookupError(attachment)
        buried = bury([found], by=by, because=because.strip(), version=record.version)
        enter(by, "took a file off", name_of(type_.key, str(id)), _proof(found), grants=buried)


def bury(found: Iterable[Attachment], *, by: User, because: str, version: int) -> Said:
    """Leave a tombstone of each, and erase the bytes that no other record has, once this is committed.

    What holds of them from then on is returned, for the entry of the deed in the trail.
    """
    said: dict[str, Any] = {}
    for each in found:
        each.title, each.words, each.read, each.taken = "", "", "none", []
        each.gone, each.gone_by, each.gone_at, each.gone_because = version, by, timezone.now(), because[:300]
        each.save()
        index_again(each.type, each.record)
        transaction.on_commit(partial(_erase_unused, each.digest), robust=True)
        said |= holds(each, "title", "gone")
    return said


def _erase_unused(digest: str) -> None:
    """Under a lock of the rows of this file: somebody may be attaching the same bytes to another record."""
    with transaction.atomic():
        if not Attachment.objects.select_for_update().filter(digest=digest, gone=None).exists():
            erase_file(Instance.here().attachments, digest)


__all__ = ["Held", "Unfit", "attach", "bury", "find_unread", "read_words", "take_off"]
