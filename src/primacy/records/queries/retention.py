"""Reads: which records are due, what was asked and decided, and what is left of what went."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, TextField
from django.utils import timezone

from primacy.access.models import User
from primacy.access.readers import reader_of
from primacy.access.record_filter import reach
from primacy.access.record_rights import Guarded, Reader, may
from primacy.framework import Instance
from primacy.records import queries
from primacy.records.declaring import OF_THE_PLACE, RecordType
from primacy.records.happenings import Happening, Place
from primacy.records.models.retained import Disposal, Hold
from primacy.records.retaining import DEFAULT, Period, periods
from primacy.records.showing import Shown

MOST_SHOWN = 100


@dataclass(frozen=True)
class Asked:
    """A disposal that waits for a second person; `record` as the viewer sees it."""

    disposal: Disposal
    record: Shown
    label: Any
    own: bool


@dataclass(frozen=True)
class Tombstone:
    """What is left of a record, or of a field of one: never what it said."""

    type: RecordType
    disposal: Disposal
    label: Any = ""


def period_of(type_: RecordType) -> Period:
    """The mission's period for a type, or the one for all that have none of their own."""
    listed = _periods()
    return listed.get(type_.key, listed[DEFAULT])


def _periods() -> Mapping[str, Period]:
    return periods(Instance.here().folder / "retention.yaml")


def over(type_: RecordType) -> Q:
    """The records of a type whose period is over."""
    period = period_of(type_)
    limit = period.limit(timezone.localdate())
    if period.since == "day" and type_.placed:
        return Q(day__lte=limit)
    return Q(archived__date__lte=limit) if period.since == "archived" else Q(changed__date__lte=limit)


def is_over(type_: RecordType, id: UUID) -> bool:
    return type_.model.objects.filter(over(type_), pk=id).exists()


def due(*, viewer: User) -> list[tuple[RecordType, Period, list[Shown], bool]]:
    """By type the records that are due, the oldest first, for those who may archive them: (type, its period, some of
    them, whether there are more). Those that are held, or asked for already, are left out."""
    reader, found = reader_of(viewer), []
    for type_ in queries.record_types().values():
        rows = queries.visible(reader, type_, archived=None).filter(over(type_), exact=True)
        rows = rows.filter(reach(reader, "archive", type_.key)).exclude(_waits(type_)).exclude(_held(type_))
        some = list(rows.order_by("changed", "pk")[: MOST_SHOWN + 1])
        if some:
            shown = [queries.shown(type_, each) for each in some[:MOST_SHOWN]]
            found.append((type_, period_of(type_), shown, len(some) > MOST_SHOWN))
    return found


def _waits(type_: RecordType) -> Q:
    return Q(Exists(Disposal.objects.filter(type=type_.key, record=OuterRef("pk"), field="", agreed=None)))


def _held(type_: RecordType) -> Q:
    return Q(Exists(Hold.objects.filter(type=type_.key, record=OuterRef("pk"), lifted_at=None)))


def asked(*, viewer: User) -> list[Asked]:
    """Disposals that wait for a second person, on records that this person may archive."""
    reader, found = reader_of(viewer), []
    for each in Disposal.objects.filter(agreed=None).select_related("by"):
        type_ = queries.record_types().get(each.type)
        row = _archivable(reader, type_).filter(pk=each.record).first() if type_ is not None else None
        if type_ is not None and row is not None:
            found.append(Asked(each, queries.shown(type_, row), label_of(type_, each.field), each.by_id == viewer.pk))
    return found


def _archivable(reader: Reader, type_: RecordType) -> QuerySet:
    return queries.visible(reader, type_, archived=None).filter(reach(reader, "archive", type_.key), exact=True)


def held_records(*, viewer: User) -> list[tuple[Hold, Shown]]:
    """Legal holds on records that this person may archive."""
    reader, found = reader_of(viewer), []
    for each in Hold.objects.filter(lifted_at=None).select_related("by"):
        type_ = queries.record_types().get(each.type)
        row = _archivable(reader, type_).filter(pk=each.record).first() if type_ is not None else None
        if type_ is not None and row is not None:
            found.append((each, queries.shown(type_, row)))
    return found


def hold_on(seen: Shown) -> Hold | None:
    """The legal hold on a record; for those who see its details."""
    return Hold.objects.filter(type=seen.type.key, record=seen.id, lifted_at=None).first() if seen.exact else None


def tombstones(*, viewer: User) -> list[Tombstone]:
    """The newest records that went, of those that this person would see today."""
    reader, found = reader_of(viewer), []
    for each in Disposal.objects.filter(agreed=True, field="").select_related("by", "decided_by")[:MOST_SHOWN]:
        type_ = queries.record_types().get(each.type)
        if type_ is not None and may(reader, "see", _guarded(each)):
            found.append(Tombstone(type_, each))
    return found


def tombstone(*, viewer: User, type_: RecordType, id: UUID) -> Tombstone:
    """What is left of a record that went. Raises LookupError for whoever would not see the record, and for none."""
    found = Disposal.objects.filter(type=type_.key, record=id, agreed=True, field="").first()
    if found is None or not may(reader_of(viewer), "see", _guarded(found)):
        raise LookupError(id)
    return Tombstone(type_, found)


def _guarded(disposal: Disposal) -> Guarded:
    """As it was when it went. That somebody wrote it alone gives no right to its tombstone."""
    return Guarded(
        disposal.type, str(disposal.record), disposal.confidentiality, disposal.component, disposal.author_id, False,
        disposal.released, disposal.group_id,
    )  # fmt: skip


def redacted(seen: Shown) -> list[Tombstone]:
    """Fields of a record whose words went; for those who see its details."""
    if not seen.exact:
        return []
    rows = Disposal.objects.filter(type=seen.type.key, record=seen.id, agreed=True).exclude(field="")
    return [
        Tombstone(seen.type, each, label_of(seen.type, each.field)) for each in rows.select_related("by", "decided_by")
    ]


def redactable(type_: RecordType) -> list[tuple[str, Any]]:
    """The fields of a type that hold words: (name, label)."""
    return [(name, label_of(type_, name)) for name in type_.fields if is_words(type_, name)]


def is_words(type_: RecordType, name: str) -> bool:
    column = type_.model._meta.get_field(name)
    return isinstance(column, CharField | TextField) and not column.choices and name not in OF_THE_PLACE


def label_of(type_: RecordType, name: str) -> Any:
    return type_.model._meta.get_field(name).verbose_name if name else ""


def happenings(*, viewer: User, seen: Shown, may: frozenset[str], before: Place | None, size: int) -> list[Happening]:
    """Holds, and fields that were redacted, in the timeline."""
    found = []
    for each in Hold.objects.filter(type=seen.type.key, record=seen.id).select_related("by", "lifted_by"):
        found.append(_happened("hold", each.pk, "placed a legal hold", each.at, each.by, each.because))
        if each.lifted_at is not None:
            lifted = each.lifted_at, each.lifted_by, each.lifted_because
            found.append(_happened("lifted", each.pk, "lifted a legal hold", *lifted))
    for one in redacted(seen):
        gone = one.disposal.decided_at, one.disposal.decided_by, one.disposal.because
        found.append(_happened("redacted", one.disposal.pk, "redacted a field", *gone, text=str(one.label)))
    return found


def _happened(kind: str, key: object, what: str, at: Any, by: User | None, because: str, text: str = "") -> Happening:
    return Happening(at, f"{kind}/{key}", what, by.username if by else "", text, because)
