"""What every record has, and the tables beside it: its versions, drafts, and what waits to reach the evidence."""

import uuid
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from primacy.access.models import Kept
from primacy.access.record_rights import Guarded
from primacy.records.fields import key_of
from primacy.records.review import CHECKED, PUBLISHED, RECALLED, RETURNED, WRITTEN

PERSON = settings.AUTH_USER_MODEL
LEVELS = ((0, _("Unclassified")), (1, _("Internal")), (2, _("Confidential")), (3, _("Strictly Confidential")))
STATES = (
    (WRITTEN, _("not checked yet")), (RETURNED, _("sent back")), (CHECKED, _("checked, not published")),
    (PUBLISHED, _("published")), (RECALLED, _("recalled")),
)  # fmt: skip
ON_ITS_WAY = models.Index(fields=["archived", "state"], condition=~Q(state=PUBLISHED), name="%(class)s_on_its_way")


class Record(models.Model):
    """The part that all types share. Ids are drawn by chance: a gap in them would tell of a record that is hidden.

    version     grows by one with each saving; who saves says which one was before
    one_hand    nobody but the author has written in it
    state       how far it is on its way (`review.py`)
    released    it was published, and not recalled since: it is seen beyond its component
    later       protections that somebody lifted, as they are to be once it is published (`protecting.py`)
    disposed    nothing of it is left but this row, which others may point at; no query shows it
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    component = models.CharField(max_length=32, editable=False)
    # No index of its own for author and group: most records are of no group, and a database that follows the rights
    # through these indexes reads the whole table instead of a few records by their ids.
    author = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, related_name="+", editable=False, db_index=False
    )  # fmt: skip
    one_hand = models.BooleanField(default=True, editable=False)
    state = models.CharField(_("State"), max_length=9, choices=STATES, default=WRITTEN, editable=False)
    released = models.BooleanField(default=False, editable=False)
    later = models.JSONField(default=dict, editable=False)
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
        related_name="+", db_index=False,
        help_text=_("Only members of the group see it. Empty: whoever the rights allow."),
    )  # fmt: skip

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(confidentiality__range=(0, 3)), name="%(app_label)s_%(class)s_level"),
        ]
        indexes = [
            models.Index(fields=["archived", "confidentiality"], name="%(class)s_open"),
            ON_ITS_WAY,
        ]

    def is_alone_of(self, person: int) -> bool:
        """Whether this person alone wrote it and nobody published it: they could write the same words anew."""
        return self.one_hand and self.author_id == person and not self.released

    def wanted(self, name: str) -> Any:
        """What a field is asked to say: what waits until it is published, or else what stands there."""
        return self.later.get(name, key_of(getattr(self, name)))

    def guarded(self, type_: str) -> Guarded:
        """What the table of rights must know of it."""
        return Guarded(
            type_, str(self.pk), self.confidentiality, self.component, self.author_id, self.one_hand, self.released,
            self.group_id,
        )  # fmt: skip


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
        # In the order of lists, with all that the rights ask for: whoever sees few is answered from the index alone.
        indexes = [
            models.Index(
                fields=[
                    "archived",
                    "-week",
                    "confidentiality",
                    "component",
                    "group",
                    "author",
                    "one_hand",
                    "released",
                    "disposed",
                ],
                name="%(class)s_week",
            ),
            ON_ITS_WAY,
        ]  # fmt: skip


class Version(Kept):
    """A record as it was saved once, whole. Added, never changed.

    at      when it was saved, by the clock
    known   from when on what it tells counts as known: the same, in an exercise on its own day
    deed    what was done, in the words of the trail
    state   how far the record was on its way then
    facts   every field by name, dates as ISO texts: what evidence is made of, and what is restored
    """

    type = models.CharField(max_length=40)
    record = models.UUIDField()
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    known = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    deed = models.CharField(max_length=40)
    because = models.CharField(max_length=500, blank=True)
    archived = models.BooleanField(default=False)
    state = models.CharField(max_length=9)
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


class SavedView(models.Model):
    """A question to a list that somebody named, for themselves or for a component in which they hold a post.

    asked      the question as it stands in the address of the list
    component  whose people are offered it too; empty for nobody's
    removed    since when it is offered to nobody; brought back until it is cleared away
    """

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    asked = models.CharField(max_length=2000)
    component = models.CharField(max_length=32, blank=True)
    removed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "pk"]


class FirstView(models.Model):
    """The view with which a person's list of a type begins."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=40)
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "type"], name="records_first_view_once")]


class Bulk(models.Model):
    """One deed on many records: first looked at, then done, then perhaps undone. Its person's alone.

    action   of `services.bulk.ACTIONS`; `given` is what it needs, as plain data
    targets  [id, version] of those on which it may be done, as they were when it was looked at
    refused  ids of those marked on which it may not be done
    done     [id, version after it, what undoing it needs] of those on which it was done
    failed   ids of those that somebody changed meanwhile, or that may not be changed any more
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=40)
    action = models.CharField(max_length=20)
    given = models.JSONField(default=dict)
    targets = models.JSONField(default=list)
    refused = models.JSONField(default=list)
    done = models.JSONField(default=list)
    failed = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="looked at")
    created = models.DateTimeField(auto_now_add=True)


class Sheet(models.Model):
    """A table that somebody brought to make records of; its person's alone, gone when it is imported or after days.

    columns  as they are named in the file; `lines` are [number, cells]
    means    for each column the field that it is taken for, empty for none
    checked  what each line would become, by its number, as `reading.Outcome.as_dict`; empty until it was looked at
    result   counts of what was done, and (`told`) what of it the trail says already
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    columns = models.JSONField()
    lines = models.JSONField()
    means = models.JSONField(default=list)
    checked = models.JSONField(default=list)
    result = models.JSONField(default=dict)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created"]


class OwnReference(models.Model):
    """What a component's own list calls a record: the same line, brought again, changes it and makes no other."""

    type = models.CharField(max_length=40)
    component = models.CharField(max_length=32)
    reference = models.CharField(max_length=80)
    record = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["type", "component", "reference", "record"], name="records_own_reference_once"
            )
        ]


class Reach(models.Model):
    """Who sees a record, as far as the table of rights decides it: every record of one reach is seen by the same
    people, save its author and those whom it is shared with. `group` 0: none. Archived ones are looked for apart.
    `released` as of the record."""

    type = models.CharField(max_length=40)
    confidentiality = models.SmallIntegerField()
    component = models.CharField(max_length=32)
    group = models.BigIntegerField()
    released = models.BooleanField()
    archived = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["type", "confidentiality", "component", "group", "released", "archived"],
                name="records_reach_once",
            ),
        ]


class Searched(models.Model):
    """A record in the index, with its terms by part (`search_terms.py`), written in the transaction that saves it.

    number   its week, then chance: what is found comes newest week first, and tells no day
    """

    number = models.BigIntegerField(primary_key=True)
    type = models.CharField(max_length=40)
    record = models.UUIDField()
    reach = models.ForeignKey(Reach, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    one_hand = models.BooleanField()
    open_names = models.TextField(blank=True)
    open = models.TextField(blank=True)
    names = models.TextField(blank=True)
    details = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["type", "record"], name="records_searched_once")]
        indexes = [
            models.Index(fields=["author", "-number"], condition=Q(one_hand=True), name="records_searched_own"),
        ]


from primacy.records.models import beside as beside  # noqa: E402 - Django finds its tables here
from primacy.records.models import retained as retained  # noqa: E402
from primacy.records.models.retained import GRANTS as GRANTS  # noqa: E402
