"""A job: something that takes longer than a page may, with its progress and what came of it."""

import uuid

from django.conf import settings
from django.db import models


class Job(models.Model):
    """States: waiting, running, done, failed, stopped. `result` is plain data that the job's own page understands.

    `stop` is what its owner asked for; its task sees it at its next progress. `task`: the place in the queue.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default="waiting")
    progress = models.FloatField(default=0.0)
    message = models.CharField(max_length=500, blank=True)
    result = models.JSONField(default=dict)
    stop = models.BooleanField(default=False)
    task = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    touched = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created"]
