"""What one administrator asks for and a second person must agree to: whatever gives somebody more, or lets somebody in
as another. One table says what that is; taking away (switching off, ending a post) is done by one person at once.

Where nobody else could agree yet, because there is one administrator and no leadership who ever came in, it is done
alone, and the trail says so. Whoever once could agree counts for this for ever, switched off or not: otherwise the
first step of an attack would be to switch off the others.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from primacy.access import factors, placing, provider, services, sessions
from primacy.access.alone import alone
from primacy.access.grants import holds
from primacy.access.models import User
from primacy.access.posts import Asked
from primacy.access.requiring import may
from primacy.access.rights import table
from primacy.access.rooms import modules_of_rooms
from primacy.access.services import record

LASTS = timedelta(days=7)
VOUCHING = "agree to what an administrator asks"
Detail = Mapping[str, Any]


class NotTheSame(Exception):
    """Somebody else must agree: not who asked, and not whom it is about."""


@dataclass(frozen=True)
class Outcome:
    """Whether it is done; `shown`: the password for one sign-in, to be told to the person whom it is for."""

    done: bool
    shown: str = ""


def _give_post(by: User, person: User, given: Detail) -> str:
    placing.give_post(
        by=by, person=person, component=given["component"], heads=bool(given.get("heads")), until=_day(given)
    )
    return ""


def _add_to_group(by: User, person: User, given: Detail) -> str:
    placing.add_member(by=by, person=person, group=given["group"], until=_day(given))
    return ""


def _change_role(by: User, person: User, given: Detail) -> str:
    services.change_role(by=by, person=person, role=given["role"])
    return ""


def _reset_password(by: User, person: User, given: Detail) -> str:
    return services.reset_password(by=by, person=person)


def _remove_factors(by: User, person: User, given: Detail) -> str:
    """For somebody who lost them. Their sessions end, so that whoever found them is out as well."""
    factors.remove_all(by=by, person=person)
    sessions.end_sessions(by=by, person=person)
    return ""


def _change_address(by: User, person: User, given: Detail) -> str:
    services.change_email(by=by, person=person, email=given["email"])
    provider.forget(by=by, person=person)
    return ""


def _switch_on(by: User, person: User, given: Detail) -> str:
    services.switch(by=by, person=person, on=True)
    return ""


DEEDS: Mapping[str, Callable[[User, User, Detail], str]] = {
    "post": _give_post, "group": _add_to_group, "role": _change_role, "password": _reset_password,
    "factors": _remove_factors, "address": _change_address, "on": _switch_on,
}  # fmt: skip


def needs_another(by: User) -> bool:
    """Whether there ever was somebody else who could agree: who vouches by role and came in with a password or a
    passkey of their own."""
    return _vouchers().exclude(pk=by.pk).exists()


def has_nobody(asked: Asked) -> bool:
    """Whether only the two whom it is about could agree: a third must be made first, at the server."""
    return not _vouchers().filter(is_active=True).exclude(pk__in=(asked.by_id, asked.person_id)).exists()


def _vouchers() -> QuerySet[User]:
    roles = [role for role in table().roles if table().allows(role, "access.vouch")]
    return User.objects.filter(role__in=roles, demonstration=False, one_time_password=False, last_login__isnull=False)


def ask(*, by: User, person: User, deed: str, given: Detail | None = None) -> Outcome:
    """Do it where nobody else could agree, and let it wait for a second person otherwise; the same waits once.

    Raises   ValueError where it is done at once and cannot be.
    """
    detail = dict(given or {})
    with transaction.atomic():
        alone(VOUCHING)
        if not needs_another(by):
            shown = DEEDS[deed](by, person, detail)  # first: entries into the trail come last, as everywhere
            record(by, "acted alone", person.username, {"what": deed})
            return Outcome(True, shown)
        if _open().filter(deed=deed, person=person, given=detail).exists():
            return Outcome(False)
        asked = Asked.objects.create(deed=deed, person=person, by=by, given=detail, at=timezone.now())
        told = {"what": deed, "number": asked.pk, **_said(deed, detail)}
        _tell(asked)
        record(by, "asked for a second person", person.username, told, grants=holds(asked))
    return Outcome(False)


def _tell(asked: Asked) -> None:
    """A room that tells people has a function `tell_of_asked` in its `services`."""
    for services_of_room in modules_of_rooms("services"):
        if hasattr(services_of_room, "tell_of_asked"):
            services_of_room.tell_of_asked(asked)


def waiting(*, viewer: User) -> QuerySet[Asked]:
    """What waits for a second person, for those who may agree; nothing for all others."""
    if not may(viewer, "access.vouch"):
        return Asked.objects.none()
    return _open().select_related("person", "by")


def _open() -> QuerySet[Asked]:
    """Not decided, not old, and asked for by somebody who could still ask for it."""
    roles = [role for role in table().roles if table().allows(role, "people.manage")]
    since = timezone.now() - LASTS
    return Asked.objects.filter(decided=None, at__gte=since, by__is_active=True, by__role__in=roles)


def agrees(viewer: User, asked: Asked) -> bool:
    """Whether this person is one of those who may agree to it."""
    return may(viewer, "access.vouch") and may_agree(viewer, asked)


def waits_for(viewer: User) -> bool:
    """Whether something waits that this person may agree to."""
    return any(may_agree(viewer, each) for each in waiting(viewer=viewer))


def may_agree(viewer: User, asked: Asked) -> bool:
    return viewer.pk not in (asked.by_id, asked.person_id) and not viewer.demonstration


def decide(*, by: User, number: int, agreed: bool) -> Outcome:
    """A second person agrees, and it is done; or somebody who may agree, or who asked, says no.

    Raises   LookupError where nothing of this number waits; NotTheSame for who may not agree to this one; ValueError
             where it can be done no more.
    """
    with transaction.atomic():
        alone(VOUCHING)
        asked = waiting(viewer=by).filter(pk=number).first()
        if asked is None:
            raise LookupError(number)
        if agreed and not may_agree(by, asked):
            raise NotTheSame
        asked.decided, asked.decided_by, asked.agreed = timezone.now(), by, agreed
        asked.save(update_fields=["decided", "decided_by", "agreed"])
        shown = DEEDS[asked.deed](asked.by, asked.person, asked.given) if agreed else ""
        record(
            by, "agreed as the second person" if agreed else "refused as the second person", asked.person.username,
            {"what": asked.deed, "number": number, "asked by": asked.by.username},
            grants=holds(asked, "decided", "decided_by", "agreed"),
        )  # fmt: skip
        return Outcome(agreed, shown)


def _day(given: Detail) -> date | None:
    return date.fromisoformat(given["until"]) if given.get("until") else None


def _said(deed: str, given: Detail) -> dict[str, Any]:
    """Names of groups and addresses stay out of the trail, as they do when the deed is done."""
    return dict(given) if deed in ("post", "role") else {}
