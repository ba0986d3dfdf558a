"""What the background worker does for records."""

from django_tasks import task

from primacy.jobs.services import working
from primacy.records.services.attachments import find_unread, read_words
from primacy.records.services.disposing import sweep


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
