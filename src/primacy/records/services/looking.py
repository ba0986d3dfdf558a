"""Writes: a look at protected records leaves an entry in the trail, whichever door it came through, and who opens very
many of them is first told of to others, and then shown no more."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from primacy.access.alone import alone
from primacy.access.models import User
from primacy.access.rights import Looks, table
from primacy.access.rooms import modules_of_rooms
from primacy.access.services import record as enter
from primacy.records import queries
from primacy.records.declaring import RecordType
from primacy.records.queries.opened import MANY, ONE, STOPPED, opened_lately, told_lately
from primacy.records.showing import Shown
from primacy.records.telling import name_of

NONE = Looks(0, 0)


class TooManyLooks(Exception):
    """This person opened so many protected records within the hour that no more are shown."""


def note_look(*, by: User, seen: Shown, past: bool = False, **more: Any) -> None:
    """A look at one record, or (`past`) at its versions. `more`: which token it was.

    Raises   TooManyLooks, and nothing may then be shown of the record.
    """
    if queries.protected(seen.record):
        name = name_of(seen.type.key, str(seen.id))
        _note(
            by, name, [name], {"details": seen.exact, **more},
            deed="looked at the history of a record" if past else "looked at a record",
        )  # fmt: skip


def note_file(*, by: User, seen: Shown, kind: str) -> None:
    """A look at a file of a record. Raises TooManyLooks where the record is a protected one."""
    name = name_of(seen.type.key, str(seen.id))
    opened = [name] if queries.protected(seen.record) else []
    _note(by, name, opened, {"kind": kind}, deed="looked at a file")


def note_list(*, by: User, type_: RecordType, shown: Sequence[Shown], whole: bool = False, **more: Any) -> None:
    """A list that shows details of protected records is one look at them; one that shows them `whole`, as scripts read
    them, is a look at each. Raises TooManyLooks."""
    protected = [each for each in shown if each.exact and queries.protected(each.record)]
    if protected:
        names = [name_of(type_.key, str(each.id)) for each in protected] if whole else []
        _note(by, type_.key, names, {"protected": len(protected), **more}, deed="looked at a list of records")


def note_taken_along(*, by: User, protected: int) -> None:
    """An export of very many protected records is told of like the opening of as many. It has a limit of its own."""
    if protected >= table().looks.get(by.role, NONE).told:
        _tell_once(by, "an export", protected, deed=MANY)


def _note(by: User, subject: str, opened: Sequence[str], detail: dict[str, Any], *, deed: str) -> None:
    """Enter the look; where it is one too many, enter that instead, once an hour, and raise TooManyLooks."""
    most = table().looks.get(by.role, NONE)
    with transaction.atomic():
        alone(f"looks of {by.pk}")  # who asks many times at once is counted as who asks one after the other
        before = opened_lately(by)
        now = before | set(opened)
        stopped = bool(opened) and len(now) > most.stop and now != before
        if not stopped:
            enter(by, deed, subject, detail | ({"opened": list(opened)} if opened and deed not in ONE else {}))
        if stopped or (len(now) >= most.told and now != before):
            _tell_once(by, "an hour", len(before if stopped else now), deed=STOPPED if stopped else MANY)
    if stopped:
        raise TooManyLooks


def _tell_once(by: User, within: str, records: int, *, deed: str) -> None:
    """Enter it and tell others, once an hour: a room that tells people has a function `tell_of_looks(person=)` in its
    `services`."""
    if told_lately(by, deed):
        return
    enter(by, deed, by.username, {"within": within, "records": records})
    for services in modules_of_rooms("services"):
        if hasattr(services, "tell_of_looks"):
            services.tell_of_looks(person=by)
