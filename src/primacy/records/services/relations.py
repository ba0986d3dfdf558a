"""Writes: two records stand in a relation, or no longer do."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from primacy.access.models import User
from primacy.access.services import record as enter
from primacy.records import queries
from primacy.records.declaring import RecordType
from primacy.records.models.beside import Relation
from primacy.records.relating import BACK, relation_kinds
from primacy.records.services import held, written_beside
from primacy.records.telling import name_of

FORGETS = (Relation,)


class Already(Exception):
    """The two stand in this relation."""


def relate(
    *, by: User, type_: RecordType, id: UUID, kind: str, to_type: RecordType, to: UUID, since: date | None = None,
    until: date | None = None,
) -> Relation:  # fmt: skip
    """Relate a record that this person may change with one whose details they see. `kind` with `~`: the other way.

    Raises   LookupError where they may not, ValueError for an unknown kind, days in the wrong order, and a record with
             itself, Already.
    """
    name = kind.removesuffix(BACK)
    if name not in relation_kinds() or id == to or (since and until and until < since):
        raise ValueError(kind)
    ends = (type_.key, id), (to_type.key, to)
    one, two = reversed(ends) if kind.endswith(BACK) else ends
    try:
        with transaction.atomic():
            record = held(by, type_, id, "write")
            queries.one(viewer=by, type_=to_type, id=to, action="detail")
            kept = Relation.objects.create(
                kind=name, type=one[0], record=one[1], other_type=two[0], other=two[1], since=since, until=until, by=by,
                at=timezone.now(),
            )  # fmt: skip
            written_beside(record, by)
            enter(by, "related two records", name_of(type_.key, str(id)), {"with": name_of(to_type.key, str(to))})
    except IntegrityError as error:
        raise Already from error
    return kept


def end_relation(*, by: User, type_: RecordType, id: UUID, relation: UUID) -> None:
    """Let a relation be no more. Raises LookupError for who may not change the record or sees not both ends in full."""
    from primacy.records.queries.relations import relations

    with transaction.atomic():
        held(by, type_, id, "write")
        seen = queries.one(viewer=by, type_=type_, id=id, action="detail")
        if not relations(viewer=by, seen=seen).filter(pk=relation).exists():
            raise LookupError(relation)
        found = Relation.objects.select_for_update().get(pk=relation)
        found.gone_by, found.gone_at = by, timezone.now()
        found.save(update_fields=["gone_by", "gone_at"])
        enter(by, "ended a relation", name_of(type_.key, str(id)))


def after_disposal(*, type_: str, record: UUID, whole: bool, said: Collection[str]) -> None:
    """A relation says something of both ends: with one of them it goes."""
    if whole:
        Relation.objects.filter(type=type_, record=record).delete()
        Relation.objects.filter(other_type=type_, other=record).delete()
