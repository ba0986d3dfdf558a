"""Writes: one deed on many records. First it is looked at, then done, each by its own service, then perhaps undone.

What somebody changed in between is left alone and told; so is what may not be changed any more.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.db import transaction

from primacy.access.models import User
from primacy.access.placing import end, share_record
from primacy.access.posts import Share
from primacy.access.readers import reader_of
from primacy.access.record_filter import reach
from primacy.records import queries, services
from primacy.records.declaring import RecordType
from primacy.records.forms import filled
from primacy.records.models import Bulk
from primacy.records.models.beside import Tagged
from primacy.records.queries.review import hand
from primacy.records.review import CHECKED, PUBLISHED, RECALLED, WRITTEN
from primacy.records.services import tags
from primacy.records.showing import Asked
from primacy.records.telling import name_of

MOST = 5_000  # records of one deed
TOGETHER = 50  # records whose changes reach the evidence with one another
Progress = Callable[[float, str], None]
FORGETS = (Bulk,)


@dataclass(frozen=True)
class Action:
    """A deed on many. `right`: what it asks of the table; `archived`: whether for archived ones, None for both;
    `states`: where on its way a record must be, in whose words this person has no hand."""

    right: str
    archived: bool | None
    states: tuple[str, ...] = ()


ACTIONS: Mapping[str, Action] = {
    "archive": Action("archive", False), "back": Action("archive", True),
    "check": Action("check", False, (WRITTEN, RECALLED)), "publish": Action("publish", False, (CHECKED,)),
    "level": Action("write", None), "tag": Action("write", None), "share": Action("share", None),
}  # fmt: skip
UNDONE_BY = {"check": "uncheck", "publish": "recall"}  # steps of `review.py`
UNDONE = "undone together with others"


class TooMany(Exception):
    """More records than one deed may change."""


def look(*, by: User, type_: RecordType, action: str, ids: Iterable[UUID] | None, asked: Asked) -> Bulk:
    """What the deed would do: the records on which it may be done, and those on which it may not.

    ids   those that were marked, of which the hidden are passed over like missing ones; None: all that fit `asked`

    Raises   LookupError for no such deed, TooMany.
    """
    if action not in ACTIONS:
        raise LookupError(action)
    reader, wants = reader_of(by), ACTIONS[action]
    found = queries.listed(viewer=by, type_=type_, asked=asked) if ids is None else (
        queries.visible(reader, type_, archived=None).filter(pk__in=list(ids)[: MOST + 1])
    )  # fmt: skip
    if found.count() > MOST:
        raise TooMany
    able = found.filter(reach(reader, "detail", type_.key)).filter(reach(reader, wants.right, type_.key))
    if wants.archived is not None:
        able = able.filter(archived__isnull=not wants.archived)
    if wants.states:
        able = able.filter(
            ~hand(by.pk, type_, PUBLISHED if CHECKED in wants.states else CHECKED), state__in=wants.states
        )
    targets = [[str(pk), version] for pk, version in able.values_list("pk", "version")]
    held = {pk for pk, _version in targets}
    refused = [str(pk) for pk in found.values_list("pk", flat=True) if str(pk) not in held]
    return Bulk.objects.create(person=by, type=type_.key, action=action, targets=targets, refused=refused)


def do(*, by: User, type_: RecordType, bulk: Bulk, given: Mapping[str, Any], progress: Progress, job: str = "") -> None:
    """Do what was looked at. `given`: because; level; tag; or to (number of a person), until (ISO day) and
    because.

    Some records are changed together; where it is stopped or breaks off, what was done stays done and can be undone.
    A `job` that is begun a second time goes on where it was.
    """
    if not _claimed(bulk, "looked at", "done", job):
        return
    bulk.given = {**given, "job": job}
    over = {id for id, *_rest in bulk.done} | set(bulk.failed)

    def note(row: Sequence[Any], outcome: list[Any] | None) -> None:
        if outcome is None:
            bulk.failed.append(row[0])
        else:
            bulk.done.append([*row, *outcome])

    left = [each for each in bulk.targets if each[0] not in over]
    _in_turns(left, bulk, progress, lambda each: _one(by, type_, bulk, *each), note)


def undo(*, by: User, type_: RecordType, bulk: Bulk, progress: Progress, job: str = "") -> None:
    """Undo what was done; where somebody changed a record since, it stays as it is."""
    turn = _claimed(bulk, "done", "undone", job)
    if not turn:
        return
    if turn == "first":
        bulk.failed = []

    def note(row: Sequence[Any], outcome: list[Any] | None) -> None:
        bulk.done = [each for each in bulk.done if each[0] != row[0]]
        if outcome is None:
            bulk.failed.append(row[0])

    _in_turns(list(bulk.done), bulk, progress, lambda done: _undone(by, type_, bulk, *done), note)


def _claimed(bulk: Bulk, before: str, after: str, job: str) -> Literal["", "first", "again"]:
    """Whether this call may go on: a second click does nothing, the same job begun again goes on. What breaks off
    counts as done, and can be undone."""
    with transaction.atomic():
        held = Bulk.objects.select_for_update().get(pk=bulk.pk)
        again = bool(job) and held.state == after and held.given.get("job") == job
        if held.state == before:
            held.state, held.given = after, {**held.given, "job": job}
            held.save(update_fields=["state", "given"])
        elif not again:
            return ""
    bulk.state, bulk.given, bulk.done, bulk.failed = after, held.given, held.done, held.failed
    return "again" if again else "first"


def _in_turns(
    rows: Sequence[Sequence[Any]], bulk: Bulk, progress: Progress, deed: Callable[[Any], list[Any] | None],
    note: Callable[[Sequence[Any], list[Any] | None], None],
) -> None:  # fmt: skip
    """Do the deed with each row, some together with what is noted of them: None where the record may not be changed or
    was changed meanwhile."""
    for first in range(0, max(len(rows), 1), TOGETHER):
        if first:
            progress(first / len(rows), "")
        with transaction.atomic():
            for row in rows[first : first + TOGETHER]:
                try:
                    note(row, deed(row))
                except (LookupError, ValueError, services.Collision, services.OwnHand):
                    note(row, None)
            bulk.save()


def _one(by: User, type_: RecordType, bulk: Bulk, id: str, version: int) -> list[Any]:
    """What undoing it needs: the version after it, and what was before."""
    pk, given = UUID(id), bulk.given
    if bulk.action in ("archive", "back"):
        return [services.archive(by=by, type_=type_, id=pk, version=version, because=given["because"]).version, None]
    if bulk.action in UNDONE_BY:
        return [services.review(by=by, type_=type_, id=pk, version=version, name=bulk.action).version, None]
    if bulk.action == "level":
        seen = queries.one(viewer=by, type_=type_, id=pk, action="write")
        form = filled(type_, by, seen.record, {"confidentiality": given["level"]})
        if not form.is_valid():
            raise ValueError("the rules of its type forbid it")
        kept = services.change(by=by, type_=type_, id=pk, version=version, values={"confidentiality": given["level"]})
        return [kept.version, None]
    if bulk.action == "tag":
        put = tags.tag_record(by=by, type_=type_, id=pk, name=given["tag"])
        return [version, put.pk if put else None]
    seen = queries.one(viewer=by, type_=type_, id=pk, action="share")
    share = share_record(
        by=by, reference=seen.reference, subject=name_of(type_.key, id), to=User.objects.get(pk=given["to"]),
        until=date.fromisoformat(given["until"]), because=given["because"],
    )  # fmt: skip
    return [seen.record.version, share.pk]


def _undone(by: User, type_: RecordType, bulk: Bulk, id: str, _was: int, version: int, before: Any) -> list[Any]:
    pk = UUID(id)
    if bulk.action in ("archive", "back"):
        services.archive(by=by, type_=type_, id=pk, version=version, because=bulk.given["because"])
    elif bulk.action in UNDONE_BY:
        name = UNDONE_BY[bulk.action]
        services.review(by=by, type_=type_, id=pk, version=version, name=name, because=UNDONE)
    elif bulk.action == "level":
        services.undo_change(by=by, type_=type_, id=pk, version=version)
    elif bulk.action == "tag":
        if put := Tagged.objects.filter(pk=before).first():  # what had the tag before keeps it
            tags.untag_record(by=by, type_=type_, id=pk, tag=put.tag_id)
    else:
        given = Share.objects.get(pk=before, by=by)
        if given.ended is None:
            end(by=by, given=given, what=name_of(type_.key, id))
    return []


def after_disposal(*, type_: str, record: UUID, whole: bool, said: Collection[str]) -> None:
    """Undoing a deed would write what went again."""
    for each in Bulk.objects.filter(type=type_):
        if str(record) in str([each.targets, each.done, each.refused, each.failed]):
            each.delete()
