"""Writes: a look at protected records leaves an entry in the trail, whichever door it came through."""

from collections.abc import Sequence
from typing import Any

from primacy.access.models import User
from primacy.access.services import record as enter
from primacy.records import queries
from primacy.records.declaring import RecordType
from primacy.records.showing import Shown
from primacy.records.telling import name_of


def note_look(*, by: User, seen: Shown, past: bool = False, **more: Any) -> None:
    """A look at one record, or (`past`) at its versions. `more`: which token it was."""
    if queries.protected(seen.record):
        name = name_of(seen.type.key, str(seen.id))
        enter(
            by, "looked at the history of a record" if past else "looked at a record", name,
            {"details": seen.exact, **more},
        )  # fmt: skip


def note_list(*, by: User, type_: RecordType, shown: Sequence[Shown], **more: Any) -> None:
    """A list that shows details of protected records is one look at them."""
    protected = [each for each in shown if each.exact and queries.protected(each.record)]
    if protected:
        enter(by, "looked at a list of records", type_.key, {"protected": len(protected), **more})
