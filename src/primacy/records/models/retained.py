"""Why a record must stay, and how it lawfully went."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from primacy.access.grants import Kind

PERSON = settings.AUTH_USER_MODEL


class Hold(models.Model):
    """While it lasts nothing of the record goes. Lifted by somebody else than who placed it."""

    type = models.CharField(max_length=40)
    record = models.UUIDField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    because = models.CharField(max_length=300)
    lifted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["type", "record"], condition=Q(lifted_at=None), name="records_held_once")
        ]


class Disposal(models.Model):
    """One person asked that a record, or a field of it, goes; another agreed, or did not. What is left of it then.

    field        empty: the whole record
    ground       schedule (its period is over) or protection (somebody is in danger, or took consent back)
    rule         the row of `retention.yaml` under which it went
    because      the reason, which must say nothing of what the record said
    swept        when nothing of it was left in evidence and in the file of the database either
    component, confidentiality, group, author, released   who may learn that it was there, as when it was
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    type = models.CharField(max_length=40)
    record = models.UUIDField()
    field = models.CharField(max_length=60, blank=True)
    ground = models.CharField(max_length=12)
    rule = models.CharField(max_length=60)
    because = models.CharField(max_length=300)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    swept = models.DateTimeField(null=True)
    component = models.CharField(max_length=32)
    confidentiality = models.SmallIntegerField()
    group = models.ForeignKey("access.NeedToKnow", on_delete=models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    released = models.BooleanField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["type", "record", "field"], condition=Q(agreed=None), name="records_asked_once"
            )
        ]
        indexes = [models.Index(fields=["type", "record"], name="records_disposal_of")]


OF_THE_RECORD = {"type": _("the record"), "record": _("the record")}
GRANTS = (
    Kind(
        "records.Attachment", _("file of a record"), "by",
        {**OF_THE_RECORD, "title": _("its name"), "digest": _("its content"), "kind": _("its content"),
         "by": _("who brought it"), "gone": _("whether it was taken off")},
        words=frozenset({"record", "title", "digest"}),
    ),
    Kind(
        "records.Hold", _("legal hold"), "by",
        {**OF_THE_RECORD, "by": _("who asked"), "lifted_by": _("who decided"), "lifted_at": _("whether it was ended")},
        words=frozenset({"record"}),
    ),
    Kind(
        "records.Disposal", _("disposal"), "by",
        {
            **OF_THE_RECORD, "field": _("the field"), "ground": _("the reason"), "rule": _("the reason"),
            "by": _("who asked"), "decided_by": _("who decided"), "decided_at": _("when it was decided"),
            "agreed": _("what was decided"), "component": _("who may learn of it"),
            "confidentiality": _("who may learn of it"), "group": _("who may learn of it"),
            "author": _("who may learn of it"), "released": _("who may learn of it"),
        },
        words=frozenset({"record"}),
    ),
)  # fmt: skip
"""Files, what keeps a record, and what lets it go: the trail says of each what was done, as of what people hold."""
