"""Reads: a job as its owner sees it, and a job that nobody works on any more told as failed."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from primacy.access.models import User
from primacy.jobs.models import Job, Worker
from primacy.jobs.services.taking_up import INTERRUPTED, alive

STALE = timedelta(minutes=5)  # for so long a job may wait, or be without its worker


@dataclass(frozen=True)
class Shown:
    """A job on its page. `remedy` says what to do where it failed; `again`: it was interrupted and has begun again."""

    id: str
    kind: str
    state: str
    percent: int
    message: str
    remedy: str
    result: dict[str, Any]
    stopping: bool = False
    again: bool = False

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


def workers() -> list[Worker]:
    """Those that are there, by the clock of the database."""
    return list(alive())


def _shown(job: Job) -> Shown:
    state, remedy = job.state, ""
    if state in ("waiting", "running") and timezone.now() - job.touched > STALE and not workers():
        state, remedy = "failed", _(
            "Nobody works on it: the background worker is not running. Start the site again with `primacy serve`: "
            "the work goes on by itself."
        )  # fmt: skip
    elif state == "failed":
        remedy = _remedy(job)
    return Shown(
        str(job.pk), job.kind, state, round(100 * job.progress), job.message, remedy, job.result, job.stop,
        again=job.attempt > 0,
    )  # fmt: skip


def _remedy(job: Job) -> str:
    if INTERRUPTED in job.result:
        return _(
            "It was interrupted twice, so it was not begun a third time. Nothing was left half done. "
            "Perhaps the machine lacks memory or was switched off: have it looked after, then try once more."
        )
    if job.message:
        return _("Mend what is named here and try once more.")
    return _("Something unexpected happened; the reason is in the log of the server. Nothing was changed.")
