"""Writes: jobs survive their worker. One that was left goes back into the queue; one that was left twice has failed."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from primacy.jobs.models import Job, Worker

SILENT = timedelta(seconds=60)  # a worker says every ten seconds that it is there
ATTEMPTS = 2  # what ends two workers would end a third one: a machine without memory, a fault in the program
INTERRUPTED = "interrupted"


def beat(name: str, *, host: str) -> None:
    """Say that a worker is there, by the clock of the database: those of machines may differ."""
    worker, _new = Worker.objects.get_or_create(name=name, defaults={"host": host, "beat": Now()})
    worker.beat = Now()
    worker.save(update_fields=["beat"])


def leave(name: str) -> None:
    """A worker is gone: what it did is to be taken up at once."""
    Worker.objects.filter(name=name).delete()


def alive() -> "QuerySet[Worker]":
    return Worker.objects.filter(beat__gte=Now() - SILENT)


def take_up() -> int:
    """Put what workers left behind back into the queue, or tell it as failed; how many there were.

    Two workers that look at once never both take one: each row is held, and passed over by the other.
    """
    with transaction.atomic():
        there = set(alive().values_list("name", flat=True))
        running = DBTaskResult.objects.select_for_update(skip_locked=True).filter(status=TaskResultStatus.RUNNING)
        left = [each for each in running if not there & set(each.worker_ids[-1:])]
        for each in left:
            _take_up(each)
        Worker.objects.exclude(name__in=there).delete()
    return len(left)


def _take_up(task: DBTaskResult) -> None:
    job = Job.objects.select_for_update().filter(task=str(task.pk)).first()
    again = job is not None and job.state in ("waiting", "running") and not job.stop and job.attempt + 1 < ATTEMPTS
    if job is not None and job.state in ("waiting", "running"):
        job.attempt += 1
        if again:
            job.state, job.progress, job.message = "waiting", 0.0, ""
        else:
            job.state = "stopped" if job.stop else "failed"
            job.result = {} if job.stop else {INTERRUPTED: job.attempt}
        job.save()
    task.status = TaskResultStatus.READY if again else TaskResultStatus.FAILED
    task.save(update_fields=["status"])
