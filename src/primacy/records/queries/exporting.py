"""Records as rows of a table: exactly what a person may see of them, coarse and empty where they see no details."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from primacy.access.models import AuditEntry, User
from primacy.access.readers import reader_of
from primacy.access.record_rights import Reader
from primacy.framework import Instance
from primacy.places.at_hand import place_names
from primacy.records import queries
from primacy.records.declaring import RecordType
from primacy.records.fields import Field
from primacy.records.showing import Asked, Shown
from primacy.records.tables import AT_A_TIME, Column, Plain, Row

AN_HOUR = timedelta(hours=1)
PLAIN: Mapping[str, Plain] = {"number": "number", "day": "day", "yes-no": "yes-no", "level": "number"}


@dataclass(frozen=True)
class Export:
    """What is handed out. `highest` is the confidentiality of the most confidential row, `restricted` whether a row is
    of a need-to-know group."""

    columns: tuple[Column, ...]
    rows: Iterator[Row]
    count: int
    highest: int
    restricted: bool
    protected: int


def export(*, viewer: User, type_: RecordType, asked: Asked) -> Export:
    """The records of a list as that person sees them, in its order."""
    found = queries.listed(viewer=viewer, type_=type_, asked=asked)
    exact = found.filter(exact=True)
    protected = Q(confidentiality__gte=2) | ~Q(group=None)
    if any(each.name == "source_protected" for each in type_.model._meta.fields):
        protected |= Q(source_protected=True)
    count, fields = found.count(), queries.fields_of(type_)
    return Export(
        tuple(_columns(type_, fields)), _rows(reader_of(viewer), type_, fields, found), count,
        found.aggregate(highest=Max("confidentiality"))["highest"] or 0, found.exclude(group=None).exists(),
        exact.filter(protected).count(),
    )  # fmt: skip


def exports_lately(person: User) -> int:
    """How often this person exported records in the last hour."""
    return AuditEntry.objects.filter(
        actor=person.username, deed="exported records", at__gte=timezone.now() - AN_HOUR
    ).count()


def _columns(type_: RecordType, fields: Sequence[Field]) -> Iterator[Column]:
    yield Column("id", _("ID"))
    yield Column("version", _("Version"), "number")
    yield Column("details", _("Details"), "yes-no")
    for each in fields:
        yield Column(each.name, each.label, PLAIN.get(each.kind, "text"))
        if each.kind == "area":
            yield Column("place_name", _("Name of the place"))


def _rows(reader: Reader, type_: RecordType, fields: Sequence[Field], found: QuerySet[Any]) -> Iterator[Row]:
    """First which, then some at a time: a question that stayed open while hours of rows are written would keep SQLite
    from telling the progress of it, as soon as anybody else saves anything. What is hidden meanwhile is left out."""
    names = place_names(Instance.here().places, get_language() or "en")
    ids = list(found.values_list("pk", flat=True))
    for first in range(0, len(ids), AT_A_TIME):
        some = ids[first : first + AT_A_TIME]
        there = {each.pk: each for each in found.order_by().filter(pk__in=some)}
        yield from _some(reader, fields, [queries.shown(type_, there[pk]) for pk in some if pk in there], names)


def _some(reader: Reader, fields: Sequence[Field], some: Sequence[Shown], names: Mapping[str, str]) -> Iterator[Row]:
    """Some rows; the records and groups that they point at are looked up for all of them at once."""
    pointed = {each.name: _titles(reader, each, some) for each in fields if each.kind in ("record", "group")}
    for seen in some:
        said: list[Any] = [str(seen.id), seen.record.version if seen.exact else None, _yes_no(seen.exact)]
        kept: list[Any] = [str(seen.id), seen.record.version if seen.exact else None, seen.exact]
        for field in fields:
            value = _kept(field, seen)
            said.append(_said(field, value, pointed))
            kept.append(None if value is None else str(value) if field.kind in ("record", "group") else value)
            if field.kind in ("record", "group") and value is not None and value not in pointed[field.name]:
                kept[-1] = None  # it is there, and hidden
            if field.kind == "area":
                said.append(names.get(seen.area, ""))
                kept.append(names.get(seen.area, ""))
        yield Row(said, kept)


def _kept(field: Field, seen: Shown) -> Any:
    if field.name in ("day", "area"):
        return getattr(seen, field.name)
    if not field.open and not seen.exact:
        return None
    return getattr(seen.record, f"{field.name}_id" if field.kind in ("record", "group") else field.name)


def _said(field: Field, value: Any, pointed: Mapping[str, Mapping[Any, str]]) -> Any:
    if value is None or value == "":
        return None
    if field.kind in ("record", "group"):
        return pointed[field.name].get(value, _("restricted"))
    if field.kind == "yes-no":
        return _yes_no(value)
    return field.choices.get(str(value), value) if field.choices else value


def _yes_no(value: bool) -> str:
    return _("Yes") if value else _("No")


def _titles(reader: Reader, field: Field, some: Sequence[Shown]) -> dict[Any, str]:
    """What the records that are pointed at are called, of those that this person sees."""
    ids = {value for each in some if (value := _kept(field, each)) is not None}
    if field.kind == "group":
        return {each.pk: each.name for each in queries.groups_of(reader) if each.pk in ids}
    type_ = queries.record_types()[field.of]
    found = queries.visible(reader, type_, archived=None).filter(pk__in=ids)
    return {each.pk: queries.shown(type_, each).title for each in found}
