"""How actors and contacts are written and shown."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from primacy.actors.evidence import ContactFacts, contact_points
from primacy.actors.models import Actor, Contact
from primacy.records.declaring import RecordType
from primacy.records.forms import RecordForm


class ActorForm(RecordForm):
    class Meta:
        model = Actor
        fields = ("name", "category", "counterpart", "permission", "about", "confidentiality", "group")


class ContactForm(RecordForm):
    class Meta:
        model = Contact
        fields = (
            "day", "area", "actor", "counterpart", "way", "asked_by_counterpart", "sitting", "focal_point", "subject",
            "present", "note", "promised", "next_on", "confidentiality", "group",
        )  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        """Without a map of partners nobody is asked for one; what a contact says stays though the map has changed."""
        super().__init__(*given, **named)
        choice: Any = self.fields["focal_point"]
        offered, kept = [key for key, _label in choice.choices], self.instance.focal_point
        if kept and kept not in offered:
            choice.choices = [*choice.choices, (kept, kept.rpartition("|")[2])]
        elif offered == [""]:
            del self.fields["focal_point"]

    def clean(self) -> dict[str, Any]:
        """Where only the actor was chosen, the counterpart follows from it."""
        cleaned = super().clean()
        actor = cleaned.get("actor") or (self.instance.actor if "actor" not in self.fields else None)
        if not cleaned.get("counterpart") and actor is not None:
            cleaned["counterpart"] = actor.counterpart or actor.category
        if not cleaned.get("counterpart"):
            self.add_error("counterpart", _("Choose a group or an actor."))
        return cleaned


TYPES = (
    RecordType(
        key="contact", model=Contact, form=ContactForm, one=gettext_lazy("Contact"), many=gettext_lazy("Contacts"),
        about=gettext_lazy("Every meeting, visit or talk with a counterpart, written once within a day."),
        open=("counterpart", "way", "asked_by_counterpart", "sitting"), listed=("counterpart", "way"),
        filters=("counterpart", "way"), title="subject", title_open="counterpart", same=("day", "area", "counterpart"),
        coming=("next_on",), facts=ContactFacts, points=contact_points,
    ),
    RecordType(
        key="actor", model=Actor, form=ActorForm, one=gettext_lazy("Actor"), many=gettext_lazy("Actors"),
        about=gettext_lazy("Organisations and offices that count in the process. There are no files on people."),
        open=("name", "category", "permission"), listed=("category", "permission"), filters=("category", "permission"),
        title="name", title_open="name", same=("name",),
    ),
)  # fmt: skip
