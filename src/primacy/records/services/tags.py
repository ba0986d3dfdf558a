"""Writes: a record is tagged; tags are named anew, put together, and taken into the mission's vocabulary."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from primacy.access.models import User
from primacy.access.services import record as enter
from primacy.records.declaring import RecordType
from primacy.records.models.beside import Tag, Tagged
from primacy.records.queries.tags import folded, offered
from primacy.records.services import held, written_beside
from primacy.records.telling import name_of

MOST, LONGEST = 20, 40
FORGETS = (Tagged,)


def tag_record(*, by: User, type_: RecordType, id: UUID, name: str) -> Tagged | None:
    """None where the record had this tag before.

    Raises   LookupError for a record that this person may not change, ValueError for an empty or endless name and for
             too many tags.
    """
    name = " ".join(name.split())
    if not folded(name) or len(name) > LONGEST:
        raise ValueError(name)
    with transaction.atomic():
        record = held(by, type_, id, "write")
        if Tagged.objects.filter(type=type_.key, record=id).count() >= MOST:
            raise ValueError(name)
        tag, _new = Tag.objects.get_or_create(folded=folded(name), defaults={"name": name})
        put, fresh = Tagged.objects.get_or_create(
            tag=tag, type=type_.key, record=id, defaults={"by": by, "at": timezone.now()}
        )
        if fresh:
            written_beside(record, by)
            enter(by, "tagged a record", name_of(type_.key, str(id)))
    return put if fresh else None


def untag_record(*, by: User, type_: RecordType, id: UUID, tag: int) -> None:
    """Raises LookupError for a record that this person may not change."""
    with transaction.atomic():
        held(by, type_, id, "write")
        if Tagged.objects.filter(type=type_.key, record=id, tag=tag).delete()[0]:
            enter(by, "took a tag off", name_of(type_.key, str(id)))
            _sweep()


def add_own_tag(*, by: User, name: str) -> None:
    """Take a word into the mission's vocabulary. Raises ValueError for an empty or endless one."""
    name = " ".join(name.split())
    if not folded(name) or len(name) > LONGEST:
        raise ValueError(name)
    with transaction.atomic():
        tag, _new = Tag.objects.get_or_create(folded=folded(name), defaults={"name": name})
        tag.own = True
        tag.save(update_fields=["own"])
        enter(by, "changed the vocabulary", tag.name)


def rename_tag(*, by: User, tag: int, name: str) -> None:
    """Name a tag anew, on every record; where another has this name already the two become one.

    Raises   LookupError for a tag that this person does not see, ValueError for an empty or endless name.
    """
    name = " ".join(name.split())
    if not folded(name) or len(name) > LONGEST:
        raise ValueError(name)
    with transaction.atomic():
        found = offered(viewer=by).filter(pk=tag).first()
        if found is None:
            raise LookupError(tag)
        other = Tag.objects.select_for_update().filter(folded=folded(name)).exclude(pk=tag).first()
        own = found.own or (other is not None and other.own)
        if other is None:
            found.name, found.folded = name, folded(name)
            found.save(update_fields=["name", "folded"])
        else:
            _put_together(found, other, name)
        enter(by, "changed the vocabulary", name if own else "")  # free tags are for those with details


def _put_together(gone: Tag, stays: Tag, name: str) -> None:
    for each in Tagged.objects.filter(tag=gone):
        if Tagged.objects.filter(tag=stays, type=each.type, record=each.record).exists():
            each.delete()
        else:
            each.tag = stays
            each.save(update_fields=["tag"])
    stays.own, stays.name = stays.own or gone.own, name
    stays.save(update_fields=["own", "name"])
    gone.delete()


def drop_own_tag(*, by: User, tag: int) -> None:
    """Take a word out of the vocabulary; records keep it. Raises LookupError for one that is not in it."""
    with transaction.atomic():
        found = Tag.objects.filter(pk=tag, own=True).first()
        if found is None:
            raise LookupError(tag)
        found.own = False
        found.save(update_fields=["own"])
        enter(by, "changed the vocabulary", found.name)
        _sweep()


def _sweep() -> None:
    """A word that nobody uses and nobody listed is not kept: it may have said something."""
    Tag.objects.filter(own=False, on=None).delete()


def after_disposal(*, type_: str, record: UUID, whole: bool, said: Collection[str]) -> None:
    if whole:
        Tagged.objects.filter(type=type_, record=record).delete()
        _sweep()
