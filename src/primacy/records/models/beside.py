"""What hangs on a record of any type: attachments, tags, relations. Each names its record by type and id."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

PERSON = settings.AUTH_USER_MODEL
TITLE = 120


class Attachment(models.Model):
    """A file of a record. Its bytes lie in the instance's folder under the hash of what is kept.

    original     hash of the file as it was brought: what is kept differs from it where something was taken out
    since        the version of the record during which it was added; `gone` the one during which it was taken off
    taken        what was taken out of it: place, device, writer ...
    words        its text, for the search; `read` is waiting, done, none or grave (it speaks of what must not be here)
    Taken off, nothing is left of it but hashes, kind, size, and who did it, when and why.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    type = models.CharField(max_length=40)
    record = models.UUIDField()
    title = models.CharField(max_length=TITLE, blank=True)
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    original = models.CharField(max_length=64)
    taken = models.JSONField(default=list)
    since = models.PositiveIntegerField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    read = models.CharField(max_length=8, default="waiting")
    words = models.TextField(blank=True)
    gone = models.PositiveIntegerField(null=True)
    gone_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    gone_at = models.DateTimeField(null=True)
    gone_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["type", "record", "at"], name="records_attached_to"),
            models.Index(fields=["digest"], name="records_attached_bytes"),
        ]


class Tag(models.Model):
    """A word by which records are found. `own`: it is of the mission's vocabulary, which everybody may be offered."""

    name = models.CharField(max_length=40)
    folded = models.CharField(max_length=60, unique=True)
    own = models.BooleanField(default=False)

    class Meta:
        ordering = ["folded"]

    def __str__(self) -> str:
        return self.name


class Tagged(models.Model):
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="on")
    type = models.CharField(max_length=40)
    record = models.UUIDField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["type", "record", "tag"], name="records_tagged_once")]
        indexes = [models.Index(fields=["tag", "type", "record"], name="records_tagged_with")]


class Relation(models.Model):
    """One record stands in a relation to another, from a day to a day. `kind` is a key of `relations.yaml`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=30)
    type = models.CharField(max_length=40)
    record = models.UUIDField()
    other_type = models.CharField(max_length=40)
    other = models.UUIDField()
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    gone_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")), name="records_relation_days"
            ),
            models.CheckConstraint(condition=~Q(record=F("other")), name="records_relation_of_two"),
            models.UniqueConstraint(
                fields=["kind", "record", "other"], condition=Q(gone_at=None), name="records_relation_once"
            ),
        ]
        indexes = [
            models.Index(fields=["record", "-at"], name="records_relation_from"),
            models.Index(fields=["other", "-at"], name="records_relation_to"),
        ]
