"""What is typed: comments, tasks, what one wishes to be told of, the address of a calendar."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from primacy.access.models import User
from primacy.access.placing_forms import component_choices, day_input
from primacy.framework.queries import today
from primacy.records.forms import unfit
from primacy.work.models import ACTIONS, DIGESTS, STATES, Wishes
from primacy.work.naming import named_in, without_names
from primacy.work.noticing import KINDS
from primacy.work.queries import comments, tasks
from primacy.work.queries.subjects import component_sees, subject
from primacy.work.services.digests import mail_is_on, may_be_sent_to
from primacy.work.subjects import Subject

STATE_WORDS = dict(STATES)
NOTICES = {
    "named": gettext_lazy("Somebody names me in a comment"), "comment": gettext_lazy("A comment where I wrote one"),
    "task": gettext_lazy("A task is given to me, or one that I gave moves on"),
    "due": gettext_lazy("A task of mine is due"), "shared": gettext_lazy("A record is shown to me"),
    "view": gettext_lazy("My view on findings is asked for"),
    "waits": gettext_lazy("Records wait for me to check or to publish them"),
    "returned": gettext_lazy("A record that I saved is sent back"),
}  # fmt: skip


class CommentForm(forms.Form):
    """`about`: names are told only to, and only of, those who read it."""

    text = forms.CharField(
        label=gettext_lazy("Comment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Name colleagues with @ and how they sign in. Never sources, victims or witnesses."),
    )  # fmt: skip
    hidden = forms.BooleanField(label=gettext_lazy("Do not show others that I wrote it"), required=False)

    def __init__(self, given: Any = None, *, about: Subject, new: bool = True, **named: Any) -> None:
        super().__init__(given, **named)
        self.about = about
        if not new:
            del self.fields["hidden"]

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].strip()
        if fault := unfit(without_names(text)):
            raise forms.ValidationError(fault)
        _people, refused = comments.named_people(about=self.about, names=named_in(text))
        if refused:
            names = ", ".join(f"@{each}" for each in refused)
            raise forms.ValidationError(_("Nobody of this name reads it: %(names)s") % {"names": names})
        return str(text)


def team_choices() -> list[tuple[str, Any]]:
    return [("", "–"), *component_choices()]


class TaskForm(forms.Form):
    """Who is asked for what. Names are typed, so that the form lists nobody."""

    action = forms.ChoiceField(label=gettext_lazy("What"), choices=ACTIONS)
    note = forms.CharField(
        label=gettext_lazy("In a few words"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    owner = forms.CharField(
        label=gettext_lazy("Who, by name"), max_length=150, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    component = forms.ChoiceField(
        label=gettext_lazy("Or whoever holds a post in"), required=False, choices=team_choices
    )
    due = forms.DateField(label=gettext_lazy("Until"), required=False, widget=day_input())

    def __init__(self, given: Any = None, *, about: Subject | None, **named: Any) -> None:
        super().__init__(given, **named)
        self.about = about
        self.fields["note"].help_text = (
            _("Only those read it who see the details of the record.") if about is not None and about.is_record
            else _("Read in your component and in that of who is asked. Never name sources, victims or witnesses.")
        )  # fmt: skip

    def clean_note(self) -> str:
        note = self.cleaned_data["note"].strip()
        if fault := unfit(note):
            raise forms.ValidationError(fault)
        return str(note)

    def clean_due(self) -> date | None:
        due = self.cleaned_data["due"]
        if due is not None and due < today() and due != self.initial.get("due"):
            raise forms.ValidationError(_("From today on."))
        return due  # type: ignore[no-any-return]

    def clean_owner(self) -> User | None:
        """Nobody of this name, somebody switched off, and somebody who does not see it are answered alike."""
        name = self.cleaned_data["owner"].strip()
        if not name:
            return None
        person = User.objects.filter(username=name, is_active=True).first()
        if person is None or (
            self.about is not None and subject(viewer=person, reference=self.about.reference) is None
        ):
            raise forms.ValidationError(_("Nobody of this name sees it."))
        return person

    def clean_component(self) -> str:
        component = self.cleaned_data["component"]
        if component and self.about is not None and not component_sees(component, self.about):
            raise forms.ValidationError(_("A post there is not enough to see it. Name a person who does."))
        return str(component)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and bool(cleaned.get("owner")) == bool(cleaned.get("component")):
            self.add_error("owner", _("Name a person or choose a component, not both."))
        return cleaned


class MoveForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=STATES)
    because = forms.CharField(
        label=gettext_lazy("Why?"), max_length=200, required=False,
        help_text=gettext_lazy("Asked for where it is dropped."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        because = (cleaned.get("because") or "").strip()
        if cleaned.get("state") == "dropped" and not because:
            self.add_error("because", _("Say why it is dropped."))
        if fault := unfit(because):
            self.add_error("because", fault)
        return cleaned


class TaskList(forms.Form):
    """Which tasks a list shows: one's own, those one gave, or of a component. What cannot be read is not asked."""

    which = forms.ChoiceField(label=gettext_lazy("Tasks"), required=False)
    ended = forms.BooleanField(label=gettext_lazy("Those that ended"), required=False)

    def __init__(self, given: QueryDict, *, viewer: User) -> None:
        super().__init__(given)
        names, which = dict(component_choices()), self.fields["which"]
        assert isinstance(which, forms.ChoiceField)
        teams = [(each, names.get(each, each)) for each in tasks.teams(viewer)]
        which.choices = [(tasks.MINE, _("asked of me")), (tasks.GIVEN, _("given by me")), *teams]

    def asked(self) -> tuple[str, bool]:
        self.is_valid()
        return self.cleaned_data.get("which") or tasks.MINE, self.cleaned_data.get("ended", False)


class WishesForm(forms.Form):
    """What somebody wishes to be told of, and whether by e-mail."""

    told = forms.MultipleChoiceField(
        label=gettext_lazy("Tell me when"), required=False, choices=list(NOTICES.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    digest = forms.ChoiceField(
        label=gettext_lazy("Digest by e-mail"), required=False, choices=DIGESTS,
        help_text=gettext_lazy("Numbers and links, never what it is about."),
    )  # fmt: skip
    address = forms.EmailField(label=gettext_lazy("Address"), required=False)

    def __init__(self, given: Any = None, *, wishes: Wishes) -> None:
        kept = {"told": [each for each in KINDS if each not in wishes.muted], "digest": wishes.digest,
                "address": wishes.address}  # fmt: skip
        super().__init__(given, initial=kept)
        if not mail_is_on():
            del self.fields["digest"], self.fields["address"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        address = cleaned.get("address") or ""
        if cleaned.get("digest") and not address and "address" not in self.errors:
            self.add_error("address", _("Where should it be sent?"))
        if address and not may_be_sent_to(address):
            self.add_error("address", _("Nothing is sent outside the mission’s own mail."))
        return cleaned

    @property
    def muted(self) -> list[str]:
        return [each for each in KINDS if each not in self.cleaned_data["told"]]
