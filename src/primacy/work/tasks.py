"""What the background worker does for this room, hour by hour."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from primacy.jobs.recurring import Recurring
from primacy.jobs.services import working
from primacy.work.services.digests import send_digests
from primacy.work.services.notices import gather


@task()
def hourly_round(job_id: str) -> None:
    """Tell people of what the day brings, and send the digests that are due. A round that is done twice tells once."""
    with working(job_id) as job:
        gather()
        job.progress(0.5)
        job.result = {"digests": send_digests()}


RECURRING = (
    Recurring("tell people", _("Tell people of their day, and send digests"), hourly_round, every=timedelta(hours=1)),
)
