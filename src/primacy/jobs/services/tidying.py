"""Writes: what the background kept of work that ended long ago goes."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from primacy.access.services import sessions_that_ended
from primacy.jobs.models import Job

QUEUE_KEPT = timedelta(days=7)
JOBS_KEPT = timedelta(days=90)  # the page of a job shows what came of it


def tidy() -> dict[str, int]:
    """How much of what went."""
    now, ended = timezone.now(), Job.objects.exclude(state__in=("waiting", "running"))
    old = {
        "queue": DBTaskResult.objects.finished().filter(enqueued_at__lt=now - QUEUE_KEPT),
        "jobs": ended.filter(touched__lt=now - JOBS_KEPT),
        "own": ended.filter(by=None, touched__lt=now - QUEUE_KEPT),
        "sessions": sessions_that_ended(now),
    }
    return {name: rows.delete()[0] for name, rows in old.items()}
