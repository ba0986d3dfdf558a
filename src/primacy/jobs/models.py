"""What runs in the background: jobs with their progress, the workers that do them, and what comes again and again."""

import uuid

from django.conf import settings
from django.db import models


class Job(models.Model):
    """States: waiting, running, done, failed, stopped. `result` is plain data that the job's own page understands.

    by       who asked for it; nobody where it comes by itself
    stop     its owner asked for the end; its task sees it at its next progress
    task     the place in the queue
    started  when it was first begun: what "now" means for it, also where it is begun again
    attempt  how often it was taken from a worker that was gone; only who has the newest may write what came of it
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default="waiting")
    progress = models.FloatField(default=0.0)
    message = models.CharField(max_length=500, blank=True)
    result = models.JSONField(default=dict)
    stop = models.BooleanField(default=False)
    task = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    touched = models.DateTimeField(auto_now=True)
    started = models.DateTimeField(null=True)
    attempt = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-created"]
        indexes = [models.Index(fields=["task"], name="jobs_job_task")]


class Worker(models.Model):
    """A process that does jobs. It says every few seconds that it is there; one that is silent is gone."""

    name = models.CharField(primary_key=True, max_length=64)
    host = models.CharField(max_length=255)
    began = models.DateTimeField(auto_now_add=True)
    beat = models.DateTimeField()

    class Meta:
        ordering = ["began"]


class Appointment(models.Model):
    """When something that comes again and again is due next. What it is, the rooms say (`jobs/recurring.py`)."""

    name = models.CharField(primary_key=True, max_length=60)
    due = models.DateTimeField()
    last = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["name"]
