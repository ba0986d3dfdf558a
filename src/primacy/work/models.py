"""Tables: tasks and comments with every step they went through, notices, and what each person wishes to be told."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from primacy.access.models import Kept

PERSON = settings.AUTH_USER_MODEL
ACTIONS = (
    ("verify", _("Verify")), ("ask", _("Ask")), ("answer", _("Answer")), ("meet", _("Arrange a meeting")),
    ("visit", _("Visit")), ("collect", _("Collect")), ("write", _("Write")), ("prepare", _("Prepare")),
    ("decide", _("Decide")), ("other", _("Take care of")),
)  # fmt: skip
"""What a task asks for. The words of a title are these and no others, so that no title says what it must not."""
STATES = (("open", _("open")), ("doing", _("under way")), ("done", _("done")), ("dropped", _("dropped")))
DIGESTS = (("", _("never")), ("daily", _("every day")), ("weekly", _("every Monday")))


class Task(models.Model):
    """Somebody, or whoever holds a post, is asked for something. `about` is a reference such as `contact/…`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.CharField(max_length=12, choices=ACTIONS)
    note = models.TextField(blank=True, max_length=1000)
    about = models.CharField(max_length=80, blank=True)
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    component = models.CharField(max_length=32, blank=True)
    due = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=STATES, default="open")
    because = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    by_component = models.CharField(max_length=32, blank=True)
    created = models.DateTimeField()
    changed = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False, component="") | (Q(owner__isnull=True) & ~Q(component="")),
                name="work_task_has_one_owner",
            ),
            models.CheckConstraint(condition=~Q(state="dropped", because=""), name="work_task_dropped_with_a_reason"),
        ]
        indexes = [
            models.Index(fields=["owner", "state"], name="work_task_owner"),
            models.Index(fields=["component", "state"], name="work_task_component"),
            models.Index(fields=["about"], name="work_task_about"),
        ]


class Step(Kept):
    """A task as it was kept once. Steps of one deed on several tasks share a `batch`, and are undone together."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    batch = models.UUIDField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField()

    class Meta:
        ordering = ["task", "number"]
        constraints = [models.UniqueConstraint(fields=["task", "number"], name="work_step_once")]
        indexes = [models.Index(fields=["batch"], name="work_step_batch")]


class Comment(models.Model):
    """What somebody says about a record or a finding. `hidden`: others are not told who. Removed: the words are gone
    from the page, and stay in the history for those who may archive the record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    about = models.CharField(max_length=80)
    text = models.TextField(max_length=2000)
    hidden = models.BooleanField(default=False)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    changed = models.DateTimeField()
    removed = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["about", "at"], name="work_comment_about")]


class Wording(Kept):
    """A comment as it was worded once."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="wordings")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    text = models.TextField()
    removed = models.BooleanField(default=False)

    class Meta:
        ordering = ["comment", "number"]
        constraints = [models.UniqueConstraint(fields=["comment", "number"], name="work_wording_once")]


class Notice(models.Model):
    """Somebody should look at something. It holds no words: what it is about is asked for when it is read.

    key       what makes two notices one; the same thing told again makes it unread again
    occasion  what made it be told last, where that happens by itself, such as a day: no occasion is told twice
    about     a reference, `task/…` among them
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=16)
    about = models.CharField(max_length=80)
    key = models.CharField(max_length=120)
    occasion = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    read = models.DateTimeField(null=True)
    mailed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="work_notice_once")]
        indexes = [models.Index(fields=["person", "read"], name="work_notice_unread")]


class Wishes(models.Model):
    """What a person wishes to be told of, and whether counts of it are sent by e-mail. Nobody has a row by default."""

    person = models.OneToOneField(PERSON, on_delete=models.CASCADE, related_name="+")
    muted = models.JSONField(default=list)
    digest = models.CharField(max_length=8, blank=True, choices=DIGESTS)
    address = models.EmailField(blank=True)


class Digest(models.Model):
    """A digest of one person and day. Kept before it is sent, so that none is sent twice."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    sent = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "on"], name="work_digest_once")]
