"""Reads: a job as its owner sees it, and a job that nobody works on any more told as failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from primacy.access.models import User
from primacy.framework.saying import told_through
from primacy.jobs.models import Appointment, Job, Worker
from primacy.jobs.services import WORDS
from primacy.jobs.services.appointments import recurring
from primacy.jobs.services.taking_up import INTERRUPTED, alive

STALE = timedelta(minutes=5)  # for so long a job may wait, or be without its worker
MOST = 50  # jobs of a list
LATE = timedelta(hours=1)


@dataclass(frozen=True)
class Shown:
    """A job on its page. `remedy` says what to do where it failed; `again`: it was interrupted and has begun again;
    `ahead`: how many are at work or stand before it in the queue, None where it does not wait."""

    id: str
    kind: str
    state: str
    percent: int
    message: str
    remedy: str
    result: dict[str, Any]
    stopping: bool = False
    again: bool = False
    created: datetime | None = None
    ahead: int | None = None

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


def jobs(*, viewer: User) -> list[Shown]:
    """The viewer's newest jobs."""
    return [_shown(each) for each in Job.objects.filter(by=viewer)[:MOST]]


@dataclass(frozen=True)
class Kept:
    """When something that recurs was last done and is due; `words` says what it is. Without `due` no worker has looked
    yet."""

    words: str
    last: datetime | None
    failed: bool
    due: datetime | None


def appointments() -> list[Kept]:
    """Everything that recurs, what is due soonest first."""
    kept = {each.name: each for each in Appointment.objects.select_related("last")}
    found = [
        Kept(
            str(each.words),
            row.last.started or row.last.created if row is not None and row.last is not None else None,
            row is not None and row.last is not None and row.last.state == "failed",
            row.due if row is not None else None,
        )
        for each in recurring().values()
        for row in [kept.get(each.name)]
    ]
    return sorted(found, key=lambda each: (each.due is None, each.due, each.words))


@dataclass(frozen=True)
class Background:
    """How the background does: workers that are there, jobs that wait for longer than they should, jobs that failed
    since yesterday, and what recurs and is late."""

    workers: int
    waiting: int
    failed: int
    late: tuple[str, ...]


def background() -> Background:
    now = timezone.now()
    late = Appointment.objects.filter(due__lt=now - LATE, name__in=list(recurring()))
    return Background(
        workers=len(workers()),
        waiting=Job.objects.filter(state="waiting", touched__lt=now - STALE).count(),
        failed=Job.objects.filter(state="failed", touched__gte=now - timedelta(days=1)).count(),
        late=tuple(late.values_list("name", flat=True)),
    )


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
    result = told_through(job.result, get_language() or "en")
    message = "\n".join(result.pop(WORDS)) if WORDS in result else job.message
    return Shown(
        str(job.pk), job.kind, state, round(100 * job.progress), message, remedy, result, job.stop,
        again=job.attempt > 0, created=job.created, ahead=_ahead(job) if state == "waiting" else None,
    )  # fmt: skip


def _ahead(job: Job) -> int | None:
    """How many are done before it; None where the queue does not know it."""
    at_work = DBTaskResult.objects.running().count()
    queue = DBTaskResult.objects.filter(status=TaskResultStatus.READY).values_list("pk", flat=True)
    for place, each in enumerate(queue):
        if str(each) == job.task:
            return at_work + place
    return None


def _remedy(job: Job) -> str:
    if INTERRUPTED in job.result:
        return _(
            "It was interrupted twice, so it was not begun a third time. Nothing was left half done. "
            "Perhaps the machine lacks memory or was switched off: have it looked after, then try once more."
        )
    if job.message:
        return _("Mend what is named here and try once more.")
    return _("Something unexpected happened; the reason is in the log of the server. Nothing was changed.")
