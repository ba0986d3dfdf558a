"""Writes: a job is queued, tells its progress, and ends well or badly."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction

from primacy.access.models import User
from primacy.jobs.models import Job

if TYPE_CHECKING:
    from django_tasks.base import Task

logger = logging.getLogger(__name__)


def enqueue(task: "Task[..., None]", *, kind: str, by: User, **arguments: object) -> Job:
    """Queue `task` (a django-tasks task) with plain `arguments`; it gets the job's id as `job_id`.

    The worker can see the job before it sees the task, because both are committed together.
    """
    with transaction.atomic():
        job = Job.objects.create(kind=kind, by=by)
        task.enqueue(job_id=str(job.pk), **arguments)
    job.refresh_from_db()
    return job


class Running:
    """A job while it runs: its task reports here."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.by = job.by
        self.result: dict[str, Any] = {}

    def progress(self, share: float, message: str = "") -> None:
        """`share` of the work done, 0 to 1, and a short text for whoever waits."""
        self.job.progress = min(max(share, 0.0), 1.0)
        self.job.message = message[:500]
        self.job.save(update_fields=["progress", "message", "touched"])


@contextmanager
def working(job_id: str, *, expected: tuple[type[Exception], ...] = ()) -> Iterator[Running]:
    """Around the body of a task: running, then done; or failed, with the sentence of an `expected` error and what the
    task says of it in `result`.

    Any other error is logged and told as unexpected: its text may hold what the page must not show.
    """
    job = Job.objects.select_related("by").get(pk=job_id)
    job.state = "running"
    job.save(update_fields=["state", "touched"])
    running = Running(job)
    try:
        yield running
    except expected as error:
        _end(job, "failed", str(error), running.result)
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        _end(job, "failed", "", {})
    else:
        job.progress = 1.0
        _end(job, "done", job.message, running.result)


def _end(job: Job, state: str, message: str, result: dict[str, Any]) -> None:
    job.state, job.message, job.result = state, message[:500], result
    job.save(update_fields=["state", "message", "result", "progress", "touched"])
