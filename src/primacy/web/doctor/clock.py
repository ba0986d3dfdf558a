"""Is the time right? Findings, sessions and the trail stand on it."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from primacy.access.queries import last_entry_at
from primacy.evidence.doctor import Ailment
from primacy.framework.instance import Instance

NEEDS_DATABASE = True
QUICK = True
MOST = timedelta(seconds=30)


def check(instance: Instance) -> Iterator[Ailment]:
    """A clock that differs from the server's, or that was set back behind what was done already."""
    now, last = timezone.now(), last_entry_at()
    remedy = _("Let a time service set the clock of this machine")
    if last is not None and last - now > MOST:
        yield Ailment(_("the clock is behind the last entry of the audit trail"), "clock", remedy)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs(cursor.fetchone()[0] - timezone.now())
        if apart > MOST:
            what = _("this machine and the database differ by %(n)d seconds") % {"n": apart.total_seconds()}
            yield Ailment(what, "clock", remedy)
