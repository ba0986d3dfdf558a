"""Writes: a job is queued, tells its progress, and ends well or badly."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from primacy.access.models import User
from primacy.framework.saying import Said, Words
from primacy.jobs.models import Job

if TYPE_CHECKING:
    from django_tasks.base import Task

logger = logging.getLogger(__name__)
CHORES = ("pictures", "recurring", "reading", "sweeping")  # what nobody waits for, whoever set it off
SOON, LATER, CHORE = 0, -10, -20
"""Places in the queue, first to last: what somebody waits for at a page; the causes of changes, without which every
page can be read; what comes by itself."""
WORDS = "words"  # in the result: what goes on or went wrong before it has a language; the message is its English


def urgency(kind: str, by: User | None) -> int:
    """Where a job stands in the queue: what a person waits for never stands behind what comes by itself."""
    if by is None or kind in CHORES:
        return CHORE
    return LATER if kind == "causes" else SOON


def enqueue(task: "Task[..., None]", *, kind: str, by: User | None, **arguments: object) -> Job:
    """Queue `task` (a django-tasks task) with plain `arguments`; it gets the job's id as `job_id`.

    The worker can see the job before it sees the task, because both are committed together.
    """
    with transaction.atomic():
        job = Job.objects.create(kind=kind, by=by)
        queued = task.using(priority=urgency(kind, by)).enqueue(job_id=str(job.pk), **arguments)
        job.task = str(getattr(queued, "id", ""))
        job.save(update_fields=["task"])
    job.refresh_from_db()
    return job


class Stopped(Exception):
    """Whoever began the job asked for its end."""


class TakenOver(Exception):
    """This worker was silent for so long that another one does the job; what this one finds counts no more."""


def stop(*, by: User, job_id: str) -> bool:
    """Ask a job of one's own to end; whether there was one that goes on.

    One that waits is taken out of the queue. One that runs ends when it next tells its progress: tasks do so before
    they write and never in the midst of it, so that nothing is left half done.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id, by=by, state__in=("waiting", "running")).first()
        if job is None:
            return False
        waiting = DBTaskResult.objects.filter(pk=job.task, status=TaskResultStatus.READY) if job.task else None
        job.stop, never_began = True, waiting is not None and waiting.delete()[0] > 0
        if never_began:
            job.state = "stopped"
        job.save(update_fields=["stop", "touched", *(["state"] if never_began else [])])
    return True


class Running:
    """A job while it runs: its task reports here."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.by = cast(User, job.by)  # tasks that people ask for; what recurs has none and must not look
        self.started = job.started or timezone.now()
        self.again = job.attempt > 0
        """Another worker began it and was gone before the end."""
        self.result: dict[str, Any] = {}

    def progress(self, share: float, message: Words = "") -> None:
        """`share` of the work done, 0 to 1, and a few words for whoever waits. Raises Stopped where the end was asked
        for, TakenOver where another worker does it now."""
        stop, attempt = Job.objects.values_list("stop", "attempt").get(pk=self.job.pk)
        if attempt != self.job.attempt:
            raise TakenOver
        if stop:
            raise Stopped
        self.job.progress = min(max(share, 0.0), 1.0)
        self.job.message = str(message)[:500]
        if isinstance(message, Said):
            self.job.result = {**self.job.result, WORDS: [message.plain()]}
        self.job.save(update_fields=["progress", "message", "result", "touched"])


@contextmanager
def working(job_id: str, *, expected: tuple[type[Exception], ...] = ()) -> Iterator[Running]:
    """Around the body of a task: running, then done; or failed, with the sentence of an `expected` error and what the
    task says of it in `result`.

    Where the error has words in every language (`sayings`), they are kept and told in the reader's.

    Any other error is logged and told as unexpected: its text may hold what the page must not show.
    """
    job = Job.objects.select_related("by").get(pk=job_id)
    job.state, job.started = "running", job.started or timezone.now()
    job.save(update_fields=["state", "started", "touched"])
    running = Running(job)
    try:
        yield running
    except TakenOver:
        return
    except Stopped:
        _end(job, "stopped", "", running.result)
    except expected as error:
        sayings = [each.plain() for each in getattr(error, "sayings", ())]
        _end(job, "failed", str(error), running.result | ({WORDS: sayings} if sayings else {}))
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        _end(job, "failed", "", {})
    else:
        job.progress = 1.0
        _end(job, "done", "" if WORDS in job.result else job.message, running.result)


def _end(job: Job, state: str, message: str, result: dict[str, Any]) -> None:
    """Only whoever does the job now says how it ended."""
    with transaction.atomic():
        if Job.objects.select_for_update().filter(pk=job.pk, attempt=job.attempt).first() is None:
            return
        job.state, job.message, job.result = state, message[:500], result
        job.save(update_fields=["state", "message", "result", "progress", "touched"])
