"""Writes: a record is kept, changed, restored, archived. Each is one transaction, one version, one entry in the trail.

What a version tells the evidence is sent after the commit; what could not be sent waits in a table and goes with the
next one, or with `primacy records send`.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from primacy.access.models import User
from primacy.access.readers import component_of, reader_of
from primacy.access.record_rights import may, writes_at_all
from primacy.access.services import record as enter
from primacy.framework import Instance
from primacy.framework.queries import known_from
from primacy.places.at_hand import areas_of
from primacy.places.coarseness import DISTRICT_AND_WEEK
from primacy.records import queries
from primacy.records.declaring import RecordType
from primacy.records.models import Draft, Record, Version, Waiting
from primacy.records.protecting import PROTECTIONS, lifted
from primacy.records.queries.finding import type_of
from primacy.records.queries.review import hand_in
from primacy.records.queries.sealing import OF_THE_RECORD, facts_of_row, seal
from primacy.records.review import CHANGED, FORWARD, PUBLISHED, RECALLED, UNDONE, WRITTEN, step
from primacy.records.services.indexing import index_record
from primacy.records.services.sending import send_all, send_waiting
from primacy.records.telling import monday, name_of

__all__ = [
    "Collision", "OwnHand", "archive", "change", "create", "discard_draft", "keep_draft", "restore", "review",
    "send_all", "send_waiting", "undo_change",
]  # fmt: skip
DRAFTS_KEPT = timedelta(days=30)


class Collision(Exception):
    """Somebody else saved the record meanwhile; `record` is as it is now."""

    def __init__(self, record: Record) -> None:
        super().__init__("the record was changed meanwhile")
        self.record = record


class OwnHand(Exception):
    """Somebody else must take a step: who takes it `wrote` some of the words, or `checked` what is to be published."""

    def __init__(self, own: str) -> None:
        super().__init__("the step is another person's")
        self.own = own


def create(*, by: User, type_: RecordType, values: Mapping[str, Any]) -> Any:
    """Keep a new record. Raises LookupError for somebody who may write none of the type."""
    component = component_of(by)
    if not writes_at_all(reader_of(by), type_.key):
        raise LookupError(type_.key)
    now = timezone.now()
    record = type_.model(component=component, author=by, created=now, changed=now, version=0, **values)
    with transaction.atomic():
        _save(record, type_, by=by, deed="created a record")
        Draft.objects.filter(person=by, type=type_.key, record="").delete()
    return record


def change(*, by: User, type_: RecordType, id: UUID, version: int, values: Mapping[str, Any]) -> Any:
    """Keep a record as somebody changed it who saw `version`.

    Raises   LookupError for one that this person may not change, Collision where it was saved meanwhile.
    """
    with transaction.atomic():
        record = _locked(by, type_, id, "write", version)
        _say(record, values, by=by)
        _write(record, type_, by=by, deed=CHANGED)
        Draft.objects.filter(person=by, type=type_.key, record=str(id)).delete()
    return record


def restore(*, by: User, type_: RecordType, id: UUID, version: int, number: int) -> Any:
    """Bring back what an earlier version said, as a new one; confidentiality and group stay as they are now.

    Raises   LookupError for what this person may not change, and for a version that they may not see.
    """
    with transaction.atomic():
        record = _locked(by, type_, id, "write", version)
        seen = queries.one(viewer=by, type_=type_, id=id)
        older = next((each for each in queries.versions(viewer=by, seen=seen) if each.number == number), None)
        if older is None:
            raise LookupError(number)
        _say(record, _values(type_, older, type_.fields), by=by)
        _write(record, type_, by=by, deed="restored a record", because=str(number))
    return record


def undo_change(*, by: User, type_: RecordType, id: UUID, version: int) -> Any:
    """Take back one's own change that nobody saved over: the record says again what the version before it said, is as
    protected, and as far on its way. What others checked and published needs no second look.

    Raises   LookupError for what this person may not change, and for a version that was no change of theirs; Collision.
    """
    with transaction.atomic():
        record = _locked(by, type_, id, "write", version)
        before = Version.objects.filter(type=type_.key, record=id, number=version - 1).first()
        own = Version.objects.filter(type=type_.key, record=id, number=version, by=by, deed=CHANGED)
        if before is None or not own.exists():
            raise LookupError(version)
        for name, value in _values(type_, before, (*type_.fields, *OF_THE_RECORD)).items():
            setattr(record, name, value)
        record.state = before.state
        _save(record, type_, by=by, deed=UNDONE)
    return record


def review(*, by: User, type_: RecordType, id: UUID, version: int, name: str, because: str = "") -> Any:
    """Take a record a step on its way (`records/review.py`): check it, publish it, send it back, recall it.

    Raises   LookupError for one with which this person may not do that, and for a step that there is not from where it
             is; OwnHand for what they saved themselves; ValueError where a reason is asked for; Collision.
    """
    with transaction.atomic():
        record = held(by, type_, id, "detail")
        taken = step(name, record.state)
        if not may(reader_of(by), taken.right, record.guarded(type_.key)) or record.archived is not None:
            raise LookupError(id)
        if record.version != version:
            raise Collision(record)
        if taken.name == "recall" and not record.released:
            raise LookupError(id)
        if taken.after in FORWARD and (own := hand_in(by, type_, record, taken.after)):
            raise OwnHand(own)
        if taken.reasoned and not because.strip():
            raise ValueError("it is done with a reason")
        record.state = taken.after
        record.released = taken.after == PUBLISHED or (record.released and taken.after != RECALLED)
        if taken.after == PUBLISHED:
            _protect(record, record.later)
            record.later = {}
        _save(record, type_, by=by, deed=taken.deed, because=because.strip()[:500], writes=False)
    return record


def archive(*, by: User, type_: RecordType, id: UUID, version: int, because: str) -> Any:
    """Take a record out of lists and of evidence from now on, or bring it back; never is one removed.

    Raises   LookupError for one that this person may not archive, ValueError without a reason, Collision.
    """
    if not because.strip():
        raise ValueError("a record is archived with a reason")
    with transaction.atomic():
        record = _locked(by, type_, id, "archive", version)
        back = record.archived is not None
        record.archived = None if back else timezone.now()
        _save(
            record, type_, by=by, deed="brought a record back" if back else "archived a record", because=because.strip()
        )
    return record


def keep_draft(*, by: User, type_: RecordType, record: str, typed: Mapping[str, Any]) -> Draft:
    """What somebody typed so far. Old drafts of everybody go."""
    Draft.objects.filter(changed__lt=timezone.now() - DRAFTS_KEPT).delete()
    kept, _new = Draft.objects.update_or_create(
        person=by, type=type_.key, record=record, defaults={"typed": dict(typed)}
    )
    return kept


def discard_draft(*, by: User, type_: RecordType, record: str) -> None:
    Draft.objects.filter(person=by, type=type_.key, record=record).delete()


def held(by: User, type_: RecordType, id: UUID, action: str) -> Any:
    """The record, held until the end of the transaction, for somebody who sees its details and may do this with it.

    Raises   LookupError for all others, and for none.
    """
    record = type_.model.objects.select_for_update().filter(pk=id, disposed=None).first()
    reader = reader_of(by)
    if record is None or not all(may(reader, each, record.guarded(type_.key)) for each in ("see", "detail", action)):
        raise LookupError(id)
    return record


def written_beside(record: Any, by: User) -> None:
    """Somebody put something beside the record: it is then no longer its author's alone."""
    if record.one_hand and record.author_id != by.pk:
        record.one_hand = False
        record.save(update_fields=["one_hand"])
        index_record(type_of(type(record)), record)


def _locked(by: User, type_: RecordType, id: UUID, action: str, version: int) -> Any:
    """The record, held; who asks saw its newest version."""
    record = held(by, type_, id, action)
    if record.version != version:
        raise Collision(record)
    return record


def _say(record: Any, values: Mapping[str, Any], *, by: User) -> None:
    """Put other words into a record; a protection that they lift waits until it is published. Whoever alone wrote what
    was never published could write it anew: nothing of it waits."""
    before = _protections(record)
    for name, value in values.items():
        setattr(record, name, value)
    said = {name: value for name, value in _protections(record).items() if {name, f"{name}_id"} & set(values)}
    wanted = {**before, **record.later, **said}
    alone = record.is_alone_of(by.pk) and not Version.objects.filter(record=record.pk, state=PUBLISHED).exists()
    record.later = {} if alone else lifted(before, wanted)
    _protect(record, {**wanted, **{name: before[name] for name in record.later}})


def _protections(record: Any) -> dict[str, Any]:
    names = {each.name for each in record._meta.fields}
    return {name: record._meta.get_field(name).value_from_object(record) for name in PROTECTIONS if name in names}


def _protect(record: Any, protections: Mapping[str, Any]) -> None:
    for name, value in protections.items():
        setattr(record, record._meta.get_field(name).attname, value)


def _values(type_: RecordType, version: Version, names: Iterable[str]) -> dict[str, Any]:
    """What a version says of fields, as the row of a record has it."""
    columns = [type_.model._meta.get_field(name) for name in names]
    return {each.attname: each.to_python(version.facts.get(each.name)) for each in columns}


def _write(record: Any, type_: RecordType, *, by: User, deed: str, because: str = "") -> None:
    """Save other words: they are checked and published anew."""
    record.state = WRITTEN
    _save(record, type_, by=by, deed=deed, because=because)


def _save(
    record: Any, type_: RecordType, *, by: User, deed: str, because: str = "", writes: bool = True
) -> None:  # fmt: skip
    """The record, its place in the index, its version, what waits for the evidence, and the trail: together or not at
    all. `writes`: somebody who is not the author ends the author's own right by it."""
    now = timezone.now()
    record.version += 1
    record.changed = now
    record.one_hand = record.one_hand and (record.author_id == by.pk or not writes)
    if type_.placed:
        _place(record)
    record.save()
    index_record(type_, record)
    version = Version.objects.create(
        type=type_.key, record=record.pk, number=record.version, at=now, known=known_from(), by=by, deed=deed,
        because=because, archived=record.archived is not None, state=record.state, facts=facts_of_row(record, type_),
    )  # fmt: skip
    if type_.points is not None:
        Waiting.objects.create(version=version)
        transaction.on_commit(send_waiting, robust=True)
    detail = {"version": record.version, "confidentiality": record.confidentiality, "seal": seal(version)}
    enter(by, deed, name_of(type_.key, str(record.pk)), detail)


def _place(record: Any) -> None:
    areas = areas_of(Instance.here().places)
    record.week = monday(record.day)
    record.level = areas.level_of(record.area) or 0
    record.district = DISTRICT_AND_WEEK.area(record.area, areas, level=record.level)
