"""Reads: a job as its owner sees it, and a job that nobody works on any more told as failed."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from primacy.access.models import User
from primacy.jobs.models import Job

STALE = {"waiting": timedelta(minutes=5), "running": timedelta(minutes=15)}


@dataclass(frozen=True)
class Shown:
    """A job on its page. `remedy` says what to do where it failed."""

    id: str
    kind: str
    state: str
    percent: int
    message: str
    remedy: str
    result: dict[str, Any]
    stopping: bool = False

    @property
    def goes_on(self) -> bool:
        return self.state in ("waiting", "running")


def job(*, viewer: User, job_id: str) -> Shown | None:
    """The job if it is the viewer's own; nobody sees the jobs of others."""
    try:
        found = Job.objects.filter(pk=job_id, by=viewer).first()
    except ValidationError:
        return None
    return _shown(found) if found else None


def _shown(job: Job) -> Shown:
    state, remedy = job.state, ""
    limit = STALE.get(state)
    if limit and timezone.now() - job.touched > limit:
        remedy = (
            _(
                "Nobody works on it: the background worker is not running. "
                "Start the site again with `primacy serve`, then try once more."
            )
            if state == "waiting"
            else _("It has not reported for a quarter of an hour, so it was probably interrupted. Try once more.")
        )
        state = "failed"
    elif state == "failed":
        remedy = (
            _("Mend what is named here and try once more.")
            if job.message
            else _("Something unexpected happened; the reason is in the log of the server. Nothing was changed.")
        )
    return Shown(str(job.pk), job.kind, state, round(100 * job.progress), job.message, remedy, job.result, job.stop)
