"""What a person left on the site on the way to a data set: a file that is held until it is imported, and mappings."""

import uuid

from django.conf import settings
from django.db import models


class HeldFile(models.Model):
    """A file that was brought and is not imported yet, or not without faults. Nobody but its owner sees it.

    folder      the name of its own folder inside the instance's inbox
    corrected   how many cells were corrected on the page
    dataset     the version that its last import made
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    folder = models.CharField(max_length=40)
    file = models.CharField(max_length=200)
    size = models.BigIntegerField()
    name = models.CharField(max_length=120, blank=True)
    format = models.CharField(max_length=40, blank=True)
    known = models.DateField(null=True, blank=True)
    mapping = models.TextField(blank=True)
    corrected = models.IntegerField(default=0)
    dataset = models.CharField(max_length=12, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created"]


class OwnMapping(models.Model):
    """A mapping that a person keeps under a name."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    text = models.TextField()
    saved = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["by", "name"], name="one_mapping_of_a_name")]
