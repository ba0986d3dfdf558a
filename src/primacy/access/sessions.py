"""Who is signed in where: one's own sessions, for the administrator those of others, and their ends."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from primacy.access import services
from primacy.access.models import User
from primacy.access.requiring import may
from primacy.access.services import record
from primacy.access.sign_ins import Session


@dataclass(frozen=True)
class Visit:
    """A session as a page shows it. `reference` names it and opens nothing: the key itself is never shown."""

    reference: str
    begun: datetime | None
    seen: datetime
    how: str
    address: str
    browser: str
    here: bool


def sessions(*, viewer: User, person: User, current: str | None) -> list[Visit]:
    """The person's sessions, the last used first: one's own, or anybody's for those who administer."""
    if viewer.pk != person.pk and not may(viewer, "people.manage"):
        return []
    return [
        Visit(_reference(s.session_key), s.begun, s.seen, s.how, s.address, s.browser, s.session_key == current)
        for s in _open(person)
    ]


def end_session(*, by: User, person: User, reference: str) -> bool:
    """At the next click, whoever has this session is at the sign-in page. False if there is none."""
    with transaction.atomic():
        found = [each for each in _open(person) if _reference(each.session_key) == reference]
        for each in found:
            each.delete()
            record(by, "ended a session", person.username, {"how": each.how})
    return bool(found)


def end_sessions(*, by: User, person: User, but: str | None = None) -> int:
    """All of a person's sessions, `but` the one with this key. How many they were."""
    with transaction.atomic():
        ended = services.end_sessions(person, but=but)
        if ended:
            record(by, "ended sessions", person.username, {"sessions": ended})
    return ended


def _open(person: User) -> list[Session]:
    return list(Session.objects.filter(person_id=person.pk, expire_date__gt=timezone.now()))


def _reference(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:20]
