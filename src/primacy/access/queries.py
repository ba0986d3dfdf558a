"""Reads: people and the audit trail."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from primacy.access import chain, grants
from primacy.access.models import AuditEntry, Token, User
from primacy.access.requiring import may


class SignedIn(HttpRequest):
    """The request as pages get it, for the type checker: whoever asks is known, because all others were led away."""

    user: User
    htmx: HtmxDetails


def people(*, viewer: User) -> QuerySet[User]:
    """Everybody, for those who administer; nobody, for all others."""
    return User.objects.all() if may(viewer, "people.manage") else User.objects.none()


def tokens(*, viewer: User, purpose: str = "scripts") -> QuerySet[Token]:
    """The viewer's own tokens that were not withdrawn, the newest first; nobody sees those of others."""
    own = Token.objects.filter(person=viewer, withdrawn=None, purpose=purpose)
    return own if may(viewer, "token.own") else Token.objects.none()


def trail(*, viewer: User, limit: int = 50) -> list[AuditEntry]:
    """The newest entries of the audit trail, for those who administer."""
    return list(AuditEntry.objects.order_by("-number")[:limit]) if may(viewer, "people.manage") else []


def chain_of_entries() -> Iterator[chain.Link]:
    """Every entry in order, for the check of the chain at the terminal of the server."""
    for entry in AuditEntry.objects.order_by("number").iterator():
        yield chain.Link(
            entry.number, entry.at, entry.actor, entry.deed, entry.subject, entry.detail, entry.previous, entry.hash
        )


def not_as_granted() -> Iterator[grants.Difference]:
    """Whatever people hold that is not as the trail says it was given, changed and taken away."""
    entries = AuditEntry.objects.filter(detail__has_key=grants.GRANTS).order_by("number")
    return grants.differences(each[grants.GRANTS] for each in entries.values_list("detail", flat=True).iterator())


def names_of(people: Iterable[int]) -> dict[int, str]:
    """How people are called, for the check at the terminal of the server."""
    return dict(User.objects.filter(pk__in=people).values_list("pk", "username"))


def there_is_a_trail() -> bool:
    """Whether the database has the table of the trail yet."""
    return AuditEntry._meta.db_table in connection.introspection.table_names()


def last_entry_at() -> datetime | None:
    """When anything was last entered into the trail, for the check of the clock."""
    return AuditEntry.objects.order_by("-number").values_list("at", flat=True).first()


def who_can_sign_in() -> list[User]:
    """Everybody whose account is on, for the check of the set-up, which names nobody."""
    return list(User.objects.filter(is_active=True))
