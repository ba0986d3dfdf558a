"""What the worker does for itself: what ended long ago goes."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from primacy.jobs.recurring import Recurring
from primacy.jobs.services import working
from primacy.jobs.services.tidying import tidy


@task()
def tidy_up(job_id: str) -> None:
    """Forget old jobs, what the queue kept of them, and sessions that ended."""
    with working(job_id) as job:
        job.result = tidy()


RECURRING = (Recurring("tidy up", _("Forget old jobs and ended sessions"), tidy_up, every=timedelta(days=1), hour=2),)
