"""What the background worker does for records."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from primacy.jobs.recurring import Recurring
from primacy.jobs.services import working
from primacy.records.services import send_waiting


@task()
def send_what_waits(job_id: str) -> None:
    """Send to the evidence what could not be sent when it was saved: a full disk, a power cut between two steps."""
    with working(job_id) as job:
        job.result = {"sent": send_waiting()}


WORDS = _("Send records that could not be sent to the evidence")
RECURRING = (Recurring("send records", WORDS, send_what_waits, every=timedelta(hours=1)),)
