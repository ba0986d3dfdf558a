"""The index of stored assessments, which can be rebuilt from the packages; what the leadership says of findings and
signs; pages kept for meetings, and the news that a duty officer releases beside them."""

import secrets
from datetime import timedelta
from functools import cached_property

from django.db import models

from primacy.access.models import Kept

REPORTED = timedelta(days=45)  # by then what happened on a day is known, as far as it is known in time


class StoredAssessment(models.Model):
    id = models.CharField(primary_key=True, max_length=12)
    as_of = models.DateField()
    known = models.DateTimeField()
    created = models.DateTimeField()
    created_by = models.CharField(max_length=150)
    code = models.CharField(max_length=20)
    framework_hash = models.CharField(max_length=80)
    evidence_hash = models.CharField(max_length=80)
    level = models.SmallIntegerField()
    counts = models.JSONField(default=dict)
    purpose = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-as_of", "-created"]  # an earlier day that was judged later is no news

    def __str__(self) -> str:
        return f"{self.id} as of {self.as_of}"

    @cached_property
    def signed(self) -> "SignOff | None":
        """The first signature of somebody of the leadership; None for a draft. One query, unless a list set it."""
        return SignOff.objects.filter(assessment=self.pk).first()

    @property
    def looks_ahead(self) -> bool:
        """Whether its day was still to come for what was known."""
        return self.known.date() < self.as_of

    @property
    def set_back(self) -> bool:
        """Whether its knowledge is neither that of the time it was made nor that of its own day: a question of what
        would have been said, and no step of the history."""
        late = self.known.date() - self.as_of > REPORTED
        return self.known < self.created - timedelta(days=1) and (self.looks_ahead or late)

    def follows(self, other: "StoredAssessment") -> bool:
        """Whether another is of its kind and came before it: of as much evidence, made before, of a day no later
        and that had come, with no later knowledge. So what was before it when it was made stays so."""
        return (
            other.level == self.level
            and other.created <= self.created
            and (other.as_of, other.created) < (self.as_of, self.created)
            and other.known <= self.known
            and not other.looks_ahead
            and (self.set_back or not other.set_back)
        )


class LeadershipView(Kept):
    """One view as it was given; a newer one stands in its place and beside it. The fields are those of `views.View`."""

    assessment = models.CharField(max_length=12)
    as_of = models.DateField()
    benchmark = models.CharField(max_length=16)
    by = models.CharField(max_length=150)
    role = models.CharField(max_length=32)
    at = models.DateTimeField()
    status = models.CharField(max_length=32, blank=True)
    reason = models.TextField()
    computed = models.CharField(max_length=32)
    blind = models.BooleanField()
    seen = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["as_of", "benchmark"], name="assessment_view_of")]

    def __str__(self) -> str:
        return f"{self.by} on {self.benchmark} as of {self.as_of}"


class CodedItem(models.Model):
    """An item that two coders are to score under a rubric, each for themselves."""

    category = models.CharField(max_length=120)
    item = models.CharField(max_length=120)
    area = models.CharField(max_length=32)
    day = models.DateField()
    confidentiality = models.SmallIntegerField()

    class Meta:
        ordering = ["-day", "item"]
        constraints = [
            models.UniqueConstraint(fields=["category", "item", "area", "day"], name="assessment_item_coded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item} under {self.category} on {self.day}"


class CodedScore(Kept):
    """What one person gave an item. Kept as it was given; only a label of the coder goes into data points."""

    of = models.ForeignKey(CodedItem, on_delete=models.PROTECT, related_name="scores")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    score = models.SmallIntegerField()
    reason = models.TextField()
    settles = models.BooleanField(default=False)

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["of", "by"], name="assessment_item_scored_once_by_each")]

    def __str__(self) -> str:
        return f"{self.by} on {self.of}"


def _address() -> str:
    return secrets.token_hex(6)


class MeetingPage(Kept):
    """The front page of one assessment as it stood at a moment, kept for a meeting under an address of its own.

    The findings stay in the package; `seen` holds what else the page said then and what would move otherwise
    (`meeting_page.py`).
    """

    id = models.CharField(primary_key=True, max_length=12, default=_address)
    assessment = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    seen = models.JSONField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.title}, assessment {self.assessment}"


class Flash(Kept):
    """News since an assessment, released by a duty officer. One that `withdraws` another says why in its text."""

    text = models.CharField(max_length=280)
    confirmed = models.BooleanField(default=False)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    withdraws = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="withdrawal")

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.text[:40]}"


class SignOff(Kept):
    """The signature of somebody of the leadership under an assessment, made by the key of the instance."""

    assessment = models.CharField(max_length=12)
    by = models.CharField(max_length=150)
    role = models.CharField(max_length=32)
    at = models.DateTimeField()
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["assessment", "by"], name="assessment_signed_once_by_each")]

    def __str__(self) -> str:
        return f"{self.by} under {self.assessment}"
