"""Reads: how many protected records somebody opened lately, from the trail itself, so that both say the same."""

from datetime import timedelta

from django.utils import timezone

from primacy.access.models import AuditEntry, User

MANY = "opened very many protected records"
STOPPED = "was shown no more protected records"
ONE = frozenset({"looked at a record", "looked at the history of a record"})
A_FILE, A_LIST = "looked at a file", "looked at a list of records"
AN_HOUR = timedelta(hours=1)


def opened_lately(person: User) -> set[str]:
    """The different protected records that this person opened within the last hour, by their names in the trail: their
    pages, versions and files, and those that a script read in a list."""
    found: set[str] = set()
    lately = AuditEntry.objects.filter(actor=person.username, at__gte=timezone.now() - AN_HOUR)
    for deed, subject, detail in lately.filter(deed__in=[*ONE, A_FILE, A_LIST]).values_list(
        "deed", "subject", "detail"
    ):
        found |= {subject} if deed in ONE else set(detail.get("opened", ()))
    return found


def told_lately(person: User, deed: str) -> bool:
    """Whether it was entered within the last hour already that this person opened very many."""
    return AuditEntry.objects.filter(actor=person.username, deed=deed, at__gte=timezone.now() - AN_HOUR).exists()
