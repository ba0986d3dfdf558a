"""Writes: what the background kept of work that ended long ago goes."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from primacy.jobs.models import Job

QUEUE_KEPT = timedelta(days=7)
JOBS_KEPT = timedelta(days=90)  # the page of a job shows what came of it


def tidy() -> dict[str, int]:
    """How much of what went."""
    now = timezone.now()
    old = {
        "queue": DBTaskResult.objects.finished().filter(enqueued_at__lt=now - QUEUE_KEPT),
        "jobs": Job.objects.filter(touched__lt=now - JOBS_KEPT).exclude(state__in=("waiting", "running")),
        "sessions": Session.objects.filter(expire_date__lt=now),
    }
    return {name: rows.delete()[0] for name, rows in old.items()}
