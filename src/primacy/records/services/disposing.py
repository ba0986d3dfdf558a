"""Writes: a record, or the words of one field of it, goes for good: one person asks, another agrees.

Nothing of the words is left in the record, its versions, drafts, files, shares and evidence, nor in freed places of the
database's file. What is left is a tombstone: who, when, why and under which rule.

Of a record whose period is over the evidence stays as a coarse public fact: open facts, district and week, without its
source. Where it goes to protect somebody there is no evidence of it any more, at no moment of the past either.
"""

from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import UTC, datetime
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone

from primacy.access.grants import Said, holds
from primacy.access.models import User
from primacy.access.posts import Share
from primacy.access.rooms import modules_of_rooms
from primacy.access.services import record as enter
from primacy.evidence.bringing.entered import OF_RECORDS
from primacy.evidence.store.manifest import Manifest
from primacy.evidence.store.redaction import take_out
from primacy.framework import Instance
from primacy.places.coarseness import DISTRICT_AND_WEEK
from primacy.records import queries, services
from primacy.records.declaring import RecordType
from primacy.records.models import Draft, Version, Waiting
from primacy.records.models.beside import Attachment
from primacy.records.models.retained import Disposal, Hold
from primacy.records.queries import retention
from primacy.records.retaining import NO_DAY, left_of_version, tells
from primacy.records.services import _save, held
from primacy.records.services.attachments import bury
from primacy.records.services.holds import Held, refuse_held
from primacy.records.services.indexing import rebuild_index
from primacy.records.services.sending import alone, keep
from primacy.records.telling import name_of, sendings

SCHEDULE, PROTECTION = "schedule", "protection"
GROUNDS = (SCHEDULE, PROTECTION)
FORGETS = (Version, Draft, Waiting, Attachment, Share)
STAYS = (Disposal, Hold)  # tombstones
KEPT_FACTS = ("use_forbidden",)
DECIDED = ("agreed", "decided_by", "decided_at", "confidentiality", "group", "released")


class NotDue(Exception):
    """The period of the record is not over, and nobody is to be protected."""


def neighbours() -> list[ModuleType]:
    """Modules that keep something beside records, of this folder, and `services/disposing.py` of other rooms: each says
    in `after_disposal` what goes."""
    own = (import_module(f"{services.__name__}.{each.name}") for each in iter_modules(services.__path__))
    both = dict.fromkeys([*own, *modules_of_rooms("services.disposing")])
    return [each for each in both if hasattr(each, "after_disposal")]


def ask_disposal(
    *, by: User, type_: RecordType, id: UUID, ground: str, because: str, field: str = ""
) -> Disposal:  # fmt: skip
    """Ask that a record goes, or (`field`) the words of one of its fields.

    Raises   LookupError for a record that this person may not archive, ValueError without a reason and for a field that
             holds no words, Held, NotDue.
    """
    if not because.strip() or ground not in GROUNDS or (field and not _words(type_, field)):
        raise ValueError(field or ground)
    with transaction.atomic():
        record = held(by, type_, id, "archive")
        refuse_held(type_.key, id)
        if ground == SCHEDULE and not retention.is_over(type_, id):
            raise NotDue
        if Disposal.objects.filter(type=type_.key, record=id, field=field, agreed=None).exists():
            raise ValueError("it was asked for")
        asked = Disposal.objects.create(
            type=type_.key, record=id, field=field, ground=ground, because=because.strip()[:300], by=by,
            rule=retention.period_of(type_).rule if ground == SCHEDULE else PROTECTION, at=timezone.now(),
            component=record.component, confidentiality=record.confidentiality, group_id=record.group_id,
            author_id=record.author_id, released=record.released,
        )  # fmt: skip
        told = {"rule": asked.rule, "field": field}
        enter(by, "asked for a disposal", name_of(type_.key, str(id)), told, grants=holds(asked))
    return asked


def _words(type_: RecordType, field: str) -> bool:
    return field in type_.fields and retention.is_words(type_, field)


def decide_disposal(*, by: User, disposal: UUID, agree: bool) -> Disposal:
    """The second person says yes or no. After a yes `sweep` must follow: it cleans what a transaction cannot.

    Raises   LookupError for whoever may not archive the record, asked for it themselves, or comes late; Held.
    """
    with transaction.atomic():
        asked = Disposal.objects.select_for_update().filter(pk=disposal, agreed=None).first()
        type_ = queries.record_types().get(asked.type) if asked else None
        if asked is None or type_ is None or asked.by_id == by.pk:
            raise LookupError(disposal)
        record = held(by, type_, asked.record, "archive")
        asked.agreed, asked.decided_by, asked.decided_at = agree, by, timezone.now()
        asked.confidentiality, asked.group_id, asked.released = record.confidentiality, record.group_id, record.released
        ended: Said = {}
        if agree:
            refuse_held(type_.key, asked.record)
            if asked.field:
                ended = _redact(type_, record, asked, by)
            else:
                ended = _dispose(type_, record, asked, by)
        asked.save()
        enter(
            by,
            "agreed to a disposal" if agree else "refused a disposal",
            name_of(type_.key, str(asked.record)),
            {"rule": asked.rule, "field": asked.field},
            grants={**ended, **holds(asked, *DECIDED)},
        )
    return asked


# ---- one field


def _redact(type_: RecordType, record: Any, asked: Disposal, by: User) -> Said:
    """The words of a field, in every version; in drafts; and files whose words hold them."""
    versions = list(Version.objects.filter(type=type_.key, record=record.pk))
    said = {str(each.facts.get(asked.field) or "") for each in versions} | {str(getattr(record, asked.field) or "")}
    for each in versions:
        each.redact({**each.facts, asked.field: ""})
    setattr(record, asked.field, "")
    _save(record, type_, by=by, deed="redacted a field")
    _forget_drafts(type_, record.pk, said)
    telling = [each for each in _files(type_, record.pk) if tells(f"{each.title} {each.words}", said)]
    buried = bury(telling, by=by, because=asked.because, version=record.version)
    _blank_shares(type_, record.pk)
    for module in neighbours():
        module.after_disposal(type_=type_.key, record=record.pk, whole=False, said=said)
    return buried


def _files(type_: RecordType, record: UUID) -> list[Attachment]:
    return list(Attachment.objects.filter(type=type_.key, record=record, gone=None))


def _forget_drafts(type_: RecordType, record: UUID, said: Collection[str]) -> None:
    """Drafts of the record, and drafts of others of its type into which its words were copied."""
    for each in Draft.objects.filter(type=type_.key):
        if each.record == str(record) or any(tells(str(value), said) for value in each.typed.values()):
            each.delete()


def _blank_shares(type_: RecordType, record: UUID) -> list[Share]:
    """Reasons of shares are words too."""
    shares = list(Share.objects.filter(reference=f"{type_.key}/{record}"))
    for each in shares:
        each.because = ""
        each.save(update_fields=["because"])
    return shares


def _end_shares(shares: Iterable[Share]) -> Said:
    """What the trail is told of those that had not ended."""
    ended: dict[str, Any] = {}
    for each in shares:
        if each.ended is None:
            each.ended = timezone.now()
            each.save(update_fields=["ended"])
            ended |= holds(each, "ended")
    return ended


# ---- a whole record


def _dispose(type_: RecordType, record: Any, asked: Disposal, by: User) -> Said:
    """Returns what the trail is told of shares that end."""
    coarse = asked.ground == SCHEDULE
    told = _told_by(type_)
    said: set[str] = set()
    for each in Version.objects.filter(type=type_.key, record=record.pk):
        said |= {str(value) for name, value in each.facts.items() if name in type_.fields and _words(type_, name)}
        each.redact(left_of_version(each.facts, told=told, coarse=coarse, level=DISTRICT_AND_WEEK.level))
    _forget_drafts(type_, record.pk, said)
    buried = bury(_files(type_, record.pk), by=by, because=asked.because, version=record.version)
    for gone in Attachment.objects.filter(type=type_.key, record=record.pk).exclude(gone=None):
        gone.gone_because = asked.because
        gone.save(update_fields=["gone_because"])
    ended = _end_shares(_blank_shares(type_, record.pk))
    _blank(type_, record)
    for module in neighbours():
        module.after_disposal(type_=type_.key, record=record.pk, whole=True, said=said)
    return {**buried, **ended}


def _told_by(type_: RecordType) -> dict[str, Any]:
    """Fields of which evidence is made -> None where they stay, else what stands in their place."""
    if type_.facts is None or type_.points is None:
        return {}
    found: dict[str, Any] = {}
    for each in fields(type_.facts):
        stays = each.name in KEPT_FACTS or (each.name in type_.open and not retention.is_words(type_, each.name))
        column = type_.model._meta.get_field(each.name)
        found[each.name] = None if stays else False if isinstance(column, models.BooleanField) else ""
    return found


def _blank(type_: RecordType, record: Any) -> None:
    """The row stays, because others may point at it, and says nothing."""
    for name in type_.fields:
        column = type_.model._meta.get_field(name)
        if column.null:
            setattr(record, name, None)
        elif isinstance(column, models.BooleanField):
            setattr(record, name, False)
        elif isinstance(column, models.CharField | models.TextField):
            setattr(record, name, "")
        elif name == "day":
            record.day = NO_DAY
    if type_.placed:
        record.week, record.district, record.level = NO_DAY, "", 0
    record.archived = record.archived or timezone.now()
    record.disposed, record.version, record.one_hand = timezone.now(), record.version + 1, False
    record.save()


# ---- what a transaction cannot clean


def sweep() -> int:
    """Clean the evidence and the database's file after every disposal that was agreed to. Returns how many.

    Doing it again changes nothing; what was interrupted is done the next time.
    """
    waiting = list(Disposal.objects.filter(agreed=True, swept=None))
    if not waiting:
        return 0
    for each in waiting:
        resend(queries.record_types()[each.type], each.record)
    erase_leftovers()
    for each in waiting:
        each.swept = timezone.now()
        each.save(update_fields=["swept"])
    return len(waiting)


def resend(type_: RecordType, record: UUID) -> None:
    """Take a record out of the evidence, and send what its versions say now, each with its time: as if from the
    beginning."""
    if type_.points is None:
        return
    instance, name = Instance.here(), name_of(type_.key, str(record))
    with alone(instance):
        lineage = f"{OF_RECORDS}/{type_.key}"
        take_out(Manifest(instance.evidence), {name}, lineage=lineage, at=datetime.now(UTC))
        history = Version.objects.filter(type=type_.key, record=record).order_by("number")
        rows = [row for _version, sent in sendings(map(queries.saved, history), queries.told) for row in sent]
        keep(instance, type_.key, rows)
        for each in Waiting.objects.filter(version__type=type_.key, version__record=record):
            each.delete()


def erase_leftovers() -> None:
    """Overwrite what was freed in the database's file, and empty the journal beside it. The index of the search is made
    again: it remembers terms that it gave up."""
    rebuild_index()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA secure_delete = ON")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM FULL")


__all__ = ["Held", "NotDue", "ask_disposal", "decide_disposal", "neighbours", "resend", "sweep"]
