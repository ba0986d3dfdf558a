"""Reads: which records a person sees, how much of each, its versions, and what it feeds.

Whoever may not see details is answered from `shown_day` and `shown_area` alone, in lists, searches and sorting.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, F, ForeignKey, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from primacy.access.models import AuditEntry, User
from primacy.access.posts import NeedToKnow
from primacy.access.readers import reader_of
from primacy.access.record_filter import reach
from primacy.access.record_rights import ACTIONS, Guarded, Reader, Reason, may, reads_at_all, why, writes_at_all
from primacy.access.rooms import modules_of_rooms
from primacy.framework import Instance, load, read_mission
from primacy.framework.queries import today
from primacy.records.declaring import RecordType
from primacy.records.feeding import fed
from primacy.records.models import Draft, Record, Version, Waiting
from primacy.records.queries.finding import fields_of as fields_of
from primacy.records.queries.finding import record_types as record_types
from primacy.records.queries.finding import type_of
from primacy.records.queries.narrowing import narrowed, ordered
from primacy.records.review import PUBLISHED
from primacy.records.showing import Asked, Difference, Feeds, Shown
from primacy.records.telling import Saved, Told, content, facts_of, name_of

RELATED = 20  # newest related records shown on a page
LOOKS = 50  # newest looks at a record that are named
ALIKE_DAYS, WEEK = timedelta(days=1), timedelta(days=7)


def type_for(viewer: User, key: str, *, writing: bool = False) -> RecordType:
    """The type, for somebody who may read (or begin) any record of it. Raises LookupError for all others."""
    found, reader = record_types().get(key), reader_of(viewer)
    if found is None or not (writes_at_all(reader, key) if writing else reads_at_all(reader, key)):
        raise LookupError(key)
    return found


def visible(reader: Reader, type_: RecordType, *, archived: bool | None = False) -> QuerySet[Any]:
    """The records that a person sees, with `exact` and, where they have a place, what of it is shown. None: all."""
    found = type_.model.objects.filter(reach(reader, "see", type_.key), disposed=None)
    if archived is not None:
        found = found.filter(archived__isnull=not archived)
    detail = reach(reader, "detail", type_.key)
    found = found.annotate(
        exact=Case(When(detail, then=Value(True)), default=Value(False), output_field=BooleanField())
    )
    if type_.placed:
        found = found.annotate(
            shown_day=Case(When(detail, then=F("day")), default=F("week")),
            shown_area=Case(When(detail, then=F("area")), default=F("district")),
        )
    return found


def listed(*, viewer: User, type_: RecordType, asked: Asked) -> QuerySet[Any]:
    """The records of a list, narrowed and ordered by what this person may see of them and by nothing else."""
    reader = reader_of(viewer)
    found = visible(reader, type_, archived=asked.archived)
    if asked.text:
        found = found.filter(pk__in=_matching(reader, type_, asked))
    if asked.own:
        found = found.filter(author=viewer)
    if asked.state:
        from primacy.records.queries.review import awaits  # it reads by what stands here

        mine = asked.state == "mine"
        found = found.filter(awaits(reader, type_) if mine else Q(state=asked.state))
    found = narrowed(found, fields_of(type_), asked, lambda key: visible(reader, record_types()[key], archived=None))
    if asked.tag:
        from primacy.records.queries.tags import tagged

        found = found.filter(tagged(reader, type_, asked.tag))
    if type_.placed:
        if asked.first:
            found = found.filter(week__gt=max(asked.first, date.min + WEEK) - WEEK, shown_day__gte=asked.first)
        if asked.last:
            found = found.filter(week__lte=asked.last, shown_day__lte=asked.last)
    return found.order_by(*ordered(type_, asked.sort), "pk")


def _matching(reader: Reader, type_: RecordType, asked: Asked) -> list[Any]:
    from primacy.records.queries.search import matching  # it reads by what stands here

    return matching(reader, type_, asked.text, archived=asked.archived)


def shown(type_: RecordType, record: Any) -> Shown:
    """One row of `visible`."""
    name = type_.title if record.exact else type_.title_open
    seen = Shown(
        type_, record, record.exact, getattr(record, "shown_day", None), getattr(record, "shown_area", ""), ""
    )  # fmt: skip
    return replace(seen, title=str(seen.value(name) or type_.one))


def one(*, viewer: User, type_: RecordType, id: UUID, action: str = "see") -> Shown:
    """A record for somebody who may do this with it. Raises LookupError for no such record and for a forbidden one."""
    reader = reader_of(viewer)
    record = visible(reader, type_, archived=None).filter(pk=id).first()
    if record is None or not may(reader, action, record.guarded(type_.key)):
        raise LookupError(id)
    return replace(shown(type_, record), related=_pointed_at(reader, type_, record))


def _pointed_at(reader: Reader, type_: RecordType, record: Any) -> dict[str, Shown | None]:
    """The records that this one points at: each as the person sees it, None where they do not see it."""
    return _related_of(reader, type_, [record])[record.pk]


def with_related(*, viewer: User, type_: RecordType, rows: Sequence[Shown]) -> list[Shown]:
    """Rows of a list with the records that they point at, looked up for all of them at once."""
    found = _related_of(reader_of(viewer), type_, [each.record for each in rows])
    return [replace(each, related=found[each.id]) for each in rows]


def _related_of(reader: Reader, type_: RecordType, records: Sequence[Any]) -> dict[UUID, dict[str, Shown | None]]:
    found: dict[UUID, dict[str, Shown | None]] = {each.pk: {} for each in records}
    for name in type_.fields:
        column = _column(type_, name)
        if not isinstance(column, ForeignKey):
            continue
        pointed = {each.pk: key for each in records if (key := getattr(each, column.attname)) is not None}
        if pointed:
            other = type_of(column.related_model)
            rows = visible(reader, other, archived=None).filter(pk__in=set(pointed.values()))
            seen = {row.pk: shown(other, row) for row in rows}
            for pk, key in pointed.items():
                found[pk][name] = seen.get(key)
    return found


def allowed(*, viewer: User, seen: Shown) -> frozenset[str]:
    """What this person may do with a record."""
    reader, guarded = reader_of(viewer), seen.record.guarded(seen.type.key)
    return frozenset(action for action in ACTIONS if may(reader, action, guarded))


def protected(record: Record) -> bool:
    """Whether a look at it is entered into the audit trail."""
    return (
        record.confidentiality >= 2 or record.group_id is not None or bool(getattr(record, "source_protected", False))
    )


def alike(*, viewer: User, type_: RecordType, values: Mapping[str, Any], reader: Reader | None = None) -> list[Shown]:
    """Records that may be of the same thing, among those whose details this person sees: nobody learns of others."""
    found = visible(reader or reader_of(viewer), type_).filter(exact=True)
    for name in type_.same:
        value = values.get(name)
        near = (value - ALIKE_DAYS, value + ALIKE_DAYS) if isinstance(value, date) else None
        found = found.filter(**({f"{name}__range": near} if near else {name: value}))
        if near and name == "day" and type_.placed:  # by the week, which has an index
            found = found.filter(week__range=(near[0] - WEEK, near[1]))
    return [shown(type_, each) for each in found[:5]]


def related(*, viewer: User, seen: Shown) -> list[tuple[RecordType, str, list[Shown]]]:
    """Newest records of other types that point at this one by a field, of those whose details this person sees."""
    reader, found = reader_of(viewer), []
    for type_ in record_types().values():
        for column in type_.model._meta.fields:
            if isinstance(column, ForeignKey) and column.related_model is seen.type.model:
                rows = visible(reader, type_).filter(exact=True, **{column.name: seen.record})
                ordered = rows.order_by("-shown_day" if type_.placed else "-created")[:RELATED]
                found.append((type_, column.name, [shown(type_, each) for each in ordered]))
    return [each for each in found if each[2]]


# ---- versions


def versions(*, viewer: User, seen: Shown) -> list[Version]:
    """The versions that this person may see in full, newest first: one that was more confidential stays so."""
    reader, record = reader_of(viewer), seen.record
    rows = Version.objects.filter(type=seen.type.key, record=record.pk).select_related("by").order_by("-number")
    return [each for each in rows if may(reader, "detail", _guarded(each, record))]


def _guarded(version: Version, record: Record) -> Guarded:
    facts = version.facts
    return Guarded(
        version.type, str(version.record), facts["confidentiality"], facts["component"], record.author_id,
        record.one_hand, record.released, facts["group"],
    )  # fmt: skip


def differences(
    reader: Reader, type_: RecordType, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Difference]:
    """What differs between the facts of two versions, in the order of the form; a protection that somebody lifted
    differs from then on, though it waits."""
    before, after = ({**each, **each.get("later", {})} for each in (before, after))
    names = [*type_.fields, "confidentiality", "group"]
    changed = [name for name in names if before.get(name) != after.get(name)]
    return [
        Difference(
            name, _column(type_, name).verbose_name, said(reader, type_, name, before), said(reader, type_, name, after)
        )
        for name in changed
    ]


def _column(type_: RecordType, name: str) -> Any:
    return type_.model._meta.get_field(name)


def said(reader: Reader, type_: RecordType, name: str, facts: Mapping[str, Any]) -> Any:
    """The value of a field in the facts of a version, as this person reads it, related records only where seen."""
    column, value = _column(type_, name), facts.get(name)
    if name == "group":
        return str(NeedToKnow.objects.get(pk=value)) if value in reader.groups else _("another group") if value else ""
    if isinstance(column, ForeignKey):
        other = type_of(column.related_model)
        row = visible(reader, other, archived=None).filter(pk=value).first() if value is not None else None
        return shown(other, row).title if row else _("restricted") if value else ""
    return dict(column.flatchoices).get(value, value) if column.flatchoices else value


# ---- evidence


def saved(version: Version) -> Saved:
    return Saved(
        version.type, str(version.record), version.number, version.known, version.archived, version.state, version.facts
    )  # fmt: skip


def told(version: Saved) -> Sequence[Told]:
    """What the room of a type makes of one version."""
    type_ = record_types()[version.type]
    if type_.points is None or type_.facts is None or version.facts.get("use_forbidden"):
        return ()
    return type_.points(facts_of(type_.facts, version.facts))


def feeds(seen: Shown) -> Feeds:
    """For somebody who sees the details of a record: what becomes of it."""
    newest = Version.objects.filter(type=seen.type.key, record=seen.record.pk).order_by("-number").first()
    if newest is None or seen.type.points is None:
        return Feeds([], [], waiting=False, published=False)
    version = saved(newest)
    rows, instance, day = content(version, told(version)), Instance.here(), today()
    mission = read_mission(instance.mission_file).in_force(day)
    entries = fed(load(instance.overlay, day), rows, mission.names)
    published = newest.state == PUBLISHED
    return Feeds(rows, entries, published and Waiting.objects.filter(version=newest).exists(), published)


# ---- who, and what is typed


def who_sees(seen: Shown) -> list[tuple[User, Reason, Reason | None]]:
    """Everybody who sees a record today, why, and why with details; for those who may share it."""
    guarded = seen.record.guarded(seen.type.key)
    found = []
    for person in User.objects.filter(is_active=True):
        reader = reader_of(person)
        if reason := why(reader, "see", guarded):
            found.append((person, reason, why(reader, "detail", guarded)))
    return found


def looks(seen: Shown) -> list[AuditEntry]:
    """Who opened a protected record or its history, newest first; for those who may share it.

    Left out are people who wrote something beside it and hid their name: whoever opened it at that minute would be
    known. A room says who they are by a function `unnamed_beside(reference)` in its `queries`. The trail has all.
    """
    deeds = ("looked at a record", "looked at the history of a record")
    found = AuditEntry.objects.filter(subject=name_of(seen.type.key, str(seen.id)), deed__in=deeds)
    return list(found.exclude(actor__in=_unnamed(f"{seen.type.key}/{seen.id}")).order_by("-number")[:LOOKS])


def _unnamed(reference: str) -> set[str]:
    rooms = (each for each in modules_of_rooms("queries") if hasattr(each, "unnamed_beside"))
    return {name for room in rooms for name in room.unnamed_beside(reference)}


def groups_of(reader: Reader) -> QuerySet[NeedToKnow]:
    """The need-to-know groups that a person is a member of."""
    return NeedToKnow.objects.filter(pk__in=reader.groups)


def draft(*, viewer: User, type_: RecordType, record: str = "") -> Draft | None:
    return Draft.objects.filter(person=viewer, type=type_.key, record=record).first()


def searchable_text(record: Any) -> str:
    """The words of its files, which the search may find for those with details."""
    from primacy.records.queries.attachments import searchable_text as of_files

    return of_files(type_=type_of(type(record)).key, record=record.pk)
