"""What the background worker does for records."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from primacy.jobs.recurring import Recurring
from primacy.jobs.services import working
from primacy.records.services import send_waiting
from primacy.records.services.attachments import find_unread, read_words
from primacy.records.services.disposing import sweep


@task()
def send_what_waits(job_id: str) -> None:
    """Send to the evidence what could not be sent when it was saved: a full disk, a power cut between two steps."""
    with working(job_id) as job:
        job.result = {"sent": send_waiting()}


@task()
def read_attachments(job_id: str) -> None:
    """Read the words of every file that waits for it, one after the other."""
    with working(job_id) as job:
        waiting = find_unread()
        for done, each in enumerate(waiting):
            job.progress(done / len(waiting))
            read_words(each)
        job.result = {"read": len(waiting)}


@task()
def sweep_disposals(job_id: str) -> None:
    """Clean what a disposal leaves in evidence and in the file of the database."""
    with working(job_id) as job:
        job.result = {"swept": sweep()}


WORDS = _("Send records that could not be sent to the evidence")
CLEANED = _("Clean up after disposals that were interrupted")
READ = _("Read attachments that nobody read")
RECURRING = (
    Recurring("send records", WORDS, send_what_waits, every=timedelta(hours=1)),
    Recurring("sweep disposals", CLEANED, sweep_disposals, every=timedelta(hours=6)),
    Recurring("read attachments", READ, read_attachments, every=timedelta(hours=1)),
)
