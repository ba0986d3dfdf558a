"""What the background worker does for this room, hour by hour. The round asks for the next one before it begins, so
that one that is interrupted does not end them; `primacy serve` begins them."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from primacy.jobs.services import schedule
from primacy.work.services.digests import send_digests
from primacy.work.services.notices import gather

HOUR = timedelta(hours=1)


@task()
def hourly_round() -> None:
    """Tell people of what the day brings, and send the digests that are due."""
    schedule(hourly_round, at=timezone.now() + HOUR)
    gather()
    send_digests()


def begin() -> None:
    """At the start of the site: a round at once, unless one is waiting."""
    schedule(hourly_round, at=timezone.now())
