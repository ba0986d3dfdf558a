"""Writes: a record must stay as it is, because a court, a board or an inquiry may ask for it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from primacy.access.grants import holds
from primacy.access.models import User
from primacy.access.services import record as enter
from primacy.records.declaring import RecordType
from primacy.records.models.retained import Hold
from primacy.records.services import held
from primacy.records.telling import name_of


class Held(Exception):
    """Nothing of this record may go now."""


def refuse_held(type_: str, record: UUID) -> None:
    """Raises Held."""
    if Hold.objects.filter(type=type_, record=record, lifted_at=None).exists():
        raise Held


def place_hold(*, by: User, type_: RecordType, id: UUID, because: str) -> None:
    """Raises LookupError for a record that this person may not archive, ValueError without a reason, Held if it was."""
    if not because.strip():
        raise ValueError("a record is held with a reason")
    with transaction.atomic():
        held(by, type_, id, "archive")
        refuse_held(type_.key, id)
        made = Hold.objects.create(type=type_.key, record=id, by=by, at=timezone.now(), because=because.strip())
        enter(by, "placed a legal hold", name_of(type_.key, str(id)), grants=holds(made))


def lift_hold(*, by: User, type_: RecordType, id: UUID, because: str) -> None:
    """Raises LookupError where this person may not, or placed it, or there is none; ValueError without a reason."""
    if not because.strip():
        raise ValueError("a hold is lifted with a reason")
    with transaction.atomic():
        held(by, type_, id, "archive")
        found = Hold.objects.select_for_update().filter(type=type_.key, record=id, lifted_at=None).first()
        if found is None or found.by_id == by.pk:
            raise LookupError(id)
        found.lifted_by, found.lifted_at, found.lifted_because = by, timezone.now(), because.strip()
        found.save()
        lifted = holds(found, "lifted_by", "lifted_at")
        enter(by, "lifted a legal hold", name_of(type_.key, str(id)), grants=lifted)
