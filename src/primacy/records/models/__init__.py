"""What every record has, and the tables beside it: its versions, drafts, and what waits to reach the evidence."""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from primacy.access.models import Kept
from primacy.access.record_rights import Guarded

PERSON = settings.AUTH_USER_MODEL
LEVELS = ((0, _("Unclassified")), (1, _("Internal")), (2, _("Confidential")), (3, _("Strictly Confidential")))


class Record(models.Model):
    """The part that all types share. Ids are drawn by chance: a gap in them would tell of a record that is hidden.

    version     grows by one with each saving; who saves says which one was before
    one_hand    nobody but the author has written in it
    disposed    nothing of it is left but this row, which others may point at; no query shows it
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    component = models.CharField(max_length=32, editable=False)
    author = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", editable=False)
    one_hand = models.BooleanField(default=True, editable=False)
    created = models.DateTimeField(editable=False)
    changed = models.DateTimeField(editable=False)
    archived = models.DateTimeField(null=True, editable=False)
    disposed = models.DateTimeField(null=True, editable=False)
    confidentiality = models.SmallIntegerField(
        _("Confidentiality"), choices=LEVELS, default=1,
        help_text=_("The higher, the fewer read it. You keep seeing what you wrote yourself."),
    )  # fmt: skip
    group = models.ForeignKey(
        "access.NeedToKnow", verbose_name=_("Need to know"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="+", help_text=_("Only members of the group see it. Empty: whoever the rights allow."),
    )  # fmt: skip

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(confidentiality__range=(0, 3)), name="%(app_label)s_%(class)s_level"),
        ]
        indexes = [models.Index(fields=["archived", "confidentiality"], name="%(class)s_open")]

    def guarded(self, type_: str) -> Guarded:
        """What the table of rights must know of it."""
        return Guarded(
            type_, str(self.pk), self.confidentiality, self.component, self.author_id, self.one_hand, self.group_id
        )


class PlacedRecord(Record):
    """A record of something that happened on a day at a place. `week`, `district` and `level` follow from them.

    week        the Monday of the week: what whoever may not see details is shown, searches and sorts by
    district    the area as coarse as that
    level       administrative level of the area
    """

    day = models.DateField(_("Day"))
    area = models.CharField(_("Place"), max_length=32, help_text=_("As fine as you know it."))
    week = models.DateField(editable=False)
    district = models.CharField(max_length=32, editable=False)
    level = models.SmallIntegerField(default=0, editable=False)

    class Meta(Record.Meta):
        abstract = True
        indexes = [*Record.Meta.indexes, models.Index(fields=["week"], name="%(class)s_week")]


class Version(Kept):
    """A record as it was saved once, whole. Added, never changed.

    deed    what was done, in the words of the trail
    facts   every field by name, dates as ISO texts: what evidence is made of, and what is restored
    """

    type = models.CharField(max_length=40)
    record = models.UUIDField()
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    deed = models.CharField(max_length=40)
    because = models.CharField(max_length=500, blank=True)
    archived = models.BooleanField(default=False)
    facts = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["type", "record", "number"]
        constraints = [models.UniqueConstraint(fields=["type", "record", "number"], name="records_version_once")]

    def redact(self, facts: dict[str, object]) -> None:
        """The one lawful change: words go, by a disposal that two people agreed to. The number and the time stay."""
        self.facts, self.because = facts, ""
        models.Model.save(self, update_fields=["facts", "because"])


class Waiting(models.Model):
    """A version whose data points have not reached the evidence yet. Written with it, removed when they have."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="waiting")


class Draft(models.Model):
    """What somebody typed and has not kept yet; nobody else sees it."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=40)
    record = models.CharField(max_length=36, blank=True)
    typed = models.JSONField()
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "type", "record"], name="records_draft_once")]


from primacy.records.models import beside as beside  # noqa: E402 - Django finds its tables here
from primacy.records.models import retained as retained  # noqa: E402
