"""Tables: which post a person holds, who must know, what was handed on or shared, each until a day.

A post, a membership, a delegation or a share is ended, never removed: who could see what on an earlier day stays known.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

PERSON = settings.AUTH_USER_MODEL


class NeedToKnow(models.Model):
    """A group of people who alone see the records given to it. Its name says no more than its members may all know."""

    name = models.CharField(max_length=60, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Lasting(models.Model):
    """Something that holds from a day to a day, the last one included, unless it was ended before."""

    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Post(Lasting):
    """A person serves in a component of the mission (an id of the framework's components), perhaps as its head."""

    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="posts")
    component = models.CharField(max_length=32)
    heads = models.BooleanField(default=False)

    class Meta:
        ordering = ["since", "pk"]


class Member(Lasting):
    group = models.ForeignKey(NeedToKnow, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="memberships")

    class Meta:
        ordering = ["since", "pk"]


class Delegation(Lasting):
    """Who holds a post hands it on for a time. Never without an end, and never what was itself handed on."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations")
    to = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="acting")
    because = models.CharField(max_length=200)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=False) & Q(until__gte=F("since")), name="access_delegation_has_an_end"
            ),
        ]


class Share(Lasting):
    """One record, named `type/id`, shown to one person until a day."""

    reference = models.CharField(max_length=80)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="shares")
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    @property
    def of_type(self) -> str:
        """The type of the record, which tells no more of it."""
        return self.reference.partition("/")[0]

    class Meta:
        ordering = ["since", "pk"]
        indexes = [models.Index(fields=["reference"], name="access_share_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=False) & Q(until__gte=F("since")), name="access_share_has_an_end"
            ),
        ]


class Asked(models.Model):
    """Something that an administrator asked for and a second person agrees to, or not. `deed`: a key of `vouching`."""

    deed = models.CharField(max_length=12)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    given = models.JSONField(default=dict)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    agreed = models.BooleanField(null=True)

    class Meta:
        ordering = ["at", "pk"]
