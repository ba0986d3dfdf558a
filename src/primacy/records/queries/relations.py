"""Reads: what a record stands in relation to, of what a person sees in full at both ends. Nothing else is counted.

A relation says something of both records that is for those with details: so both are seen in full, or it is not there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from primacy.access.models import User
from primacy.access.once import once
from primacy.access.readers import reader_of
from primacy.access.record_filter import reach
from primacy.access.record_rights import Reader, reads_at_all
from primacy.records import queries
from primacy.records.declaring import RecordType
from primacy.records.happenings import Happening, Place
from primacy.records.models.beside import Relation
from primacy.records.relating import said
from primacy.records.showing import Asked, Shown

CANDIDATES = 20


@dataclass(frozen=True)
class Related:
    """A relation as it is said on the page of one of its records."""

    id: UUID
    words: str
    other: Shown
    since: date | None
    until: date | None
    by: str
    at: datetime
    back: bool


def in_full(reader: Reader, type_: RecordType) -> QuerySet:
    """The records whose details a person sees."""
    seen = type_.model.objects.filter(reach(reader, "see", type_.key), disposed=None)
    return seen.filter(reach(reader, "detail", type_.key))


def _seen_ends(reader: Reader, ends: QuerySet[Relation], type_field: str, id_field: str) -> Q:
    """Those of some relations whose end is seen in full: asked for the types to which they lead, and no others."""
    found = Q(pk__in=[])
    for key in ends.filter(gone_at=None).order_by().values_list(type_field, flat=True).distinct():
        type_ = queries.record_types().get(key)
        if type_ is not None and reads_at_all(reader, key):
            found |= Q(**{type_field: key}) & Q(Exists(in_full(reader, type_).filter(pk=OuterRef(id_field))))
    return found


def relations(*, viewer: User, seen: Shown) -> QuerySet[Relation]:
    """The relations of a record that this person may know of, newest first."""
    there, back = _both_ways(viewer, seen)
    return Relation.objects.filter(there | back, gone_at=None).select_related("by")


def newest(*, viewer: User, seen: Shown, size: int, before: datetime | None = None) -> list[Relation]:
    """Some of them, not after a moment. Each direction is read in the order of its index, so that of thousands only
    these are looked at."""
    key = ("newest relations", viewer.pk, seen.reference, size, before)
    return once(key, lambda: _newest(viewer, seen, size, before))


def _newest(viewer: User, seen: Shown, size: int, before: datetime | None) -> list[Relation]:
    found: list[Relation] = []
    for way in _both_ways(viewer, seen):
        rows = Relation.objects.filter(way, gone_at=None, **({"at__lte": before} if before else {}))
        found += rows.select_related("by")[:size]
    return sorted(found, key=lambda each: (each.at, each.pk), reverse=True)[:size]


def _both_ways(viewer: User, seen: Shown) -> tuple[Q, Q]:
    """Relations that lead from the record, and those that lead to it; none for who sees no details."""
    if not seen.exact:
        return Q(pk__in=[]), Q(pk__in=[])
    reader, every = reader_of(viewer), Relation.objects
    there, back = Q(type=seen.type.key, record=seen.id), Q(other_type=seen.type.key, other=seen.id)
    return (
        there & _seen_ends(reader, every.filter(there), "other_type", "other"),
        back & _seen_ends(reader, every.filter(back), "type", "record"),
    )


def as_said(*, viewer: User, seen: Shown, rows: Iterable[Relation]) -> list[Related]:
    """Some of them, as they are said on the page of this record."""
    reader, language, listed = reader_of(viewer), (get_language() or "en").split("-")[0], list(rows)
    ends = {each.pk: _other_end(each, seen) for each in listed}
    others: dict[tuple[str, UUID], Shown] = {}
    for key in {type_ for type_, _id in ends.values()}:
        type_ = queries.record_types()[key]
        ids = [id for of, id in ends.values() if of == key]
        for row in queries.visible(reader, type_, archived=None).filter(pk__in=ids):
            others[key, row.pk] = queries.shown(type_, row)
    return [
        Related(
            each.pk, said(each.kind, back=each.record != seen.id, language=language), others[ends[each.pk]], each.since,
            each.until, each.by.username, each.at, each.record != seen.id,
        )
        for each in listed if ends[each.pk] in others
    ]  # fmt: skip


def _other_end(relation: Relation, seen: Shown) -> tuple[str, UUID]:
    here = (relation.type, relation.record) == (seen.type.key, seen.id)
    return (relation.other_type, relation.other) if here else (relation.type, relation.record)


def candidates(*, viewer: User, seen: Shown, type_: RecordType, text: str) -> list[Shown]:
    """Records with which this one might be related: of those that the person sees in full."""
    found = queries.listed(viewer=viewer, type_=type_, asked=Asked(text=text)).filter(exact=True).exclude(pk=seen.id)
    return [queries.shown(type_, each) for each in found[:CANDIDATES]]


def happenings(*, viewer: User, seen: Shown, may: frozenset[str], before: Place | None, size: int) -> list[Happening]:
    """Relations in the timeline."""
    rows = newest(viewer=viewer, seen=seen, size=size + 1, before=before.at if before else None)
    return [
        Happening(
            each.at, f"relation/{each.id}", "related", each.by, each.other.title, each.words,
            f"{each.other.type.key}/{each.other.id}",
        )
        for each in as_said(viewer=viewer, seen=seen, rows=rows)
    ]  # fmt: skip
