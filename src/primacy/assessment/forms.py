"""What a planner types to run an assessment."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from primacy.assessment.double_coding import SCORES
from primacy.assessment.signs import RECENT
from primacy.assessment.views import STATUSES
from primacy.evidence.personal import reads_as_person
from primacy.framework import Instance
from primacy.places.areas import Areas
from primacy.ui.marks import word


class NewAssessment(forms.Form):
    """The day to judge, and the day up to which knowledge counts; both may stay empty."""

    as_of = forms.DateField(
        label=_("The day to judge"), required=False, help_text=_("Empty: today."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    known = forms.DateField(
        label=_("With what was known on"), required=False, help_text=_("Empty: everything known now."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def clean_as_of(self) -> date | None:
        day = self.cleaned_data["as_of"]
        if day and day > datetime.now(UTC).date():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def arguments(self) -> dict[str, Any]:
        """Plain texts for the job: an ISO day, and the last moment of the day of knowledge."""
        as_of, known = self.cleaned_data["as_of"], self.cleaned_data["known"]
        end_of_day = datetime.combine(known, time.max, UTC) if known else None
        return {
            "as_of": as_of.isoformat() if as_of else None,
            "known": end_of_day.isoformat() if end_of_day else None,
        }


def status_choices() -> list[tuple[str, str]]:
    return [(status, word(status)) for status in STATUSES]


class ViewOfLeadership(forms.Form):
    """How the benchmark stands in the eyes of the person, and why. Nothing is chosen beforehand."""

    status = forms.ChoiceField(label=_("How does it stand?"), choices=status_choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the finding, signed with your name, role and the time."),
    )  # fmt: skip


class PassOnView(forms.Form):
    """Why somebody wants to see the status without saying anything first."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given, auto_id="pass_%s")  # it stands on one page with the form of a view


    passed = forms.CharField(widget=forms.HiddenInput, initial="1")
    reason = forms.CharField(label=_("Why do you pass?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


LEVELS = ((0, _("Unclassified")), (1, _("Internal")), (2, _("Confidential")), (3, _("Strictly Confidential")))


class SignReport(forms.Form):
    """That somebody saw a sign: who, when, and who may know."""

    origin = forms.CharField(
        label=_("Who saw it?"), max_length=60,
        help_text=_("A short label, such as “radio” or “office in the north”: never the name of a person. Two reports "
                    "with the same label count once."),
    )  # fmt: skip
    day = forms.DateField(label=_("On which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    confidentiality = forms.TypedChoiceField(label=_("Confidentiality"), choices=LEVELS, coerce=int, initial=1)

    def clean_origin(self) -> str:
        origin: str = self.cleaned_data["origin"]
        if reads_as_person(origin, Areas.load(Instance.here().places)):
            raise forms.ValidationError(
                _("This reads as the name of a person. Write a label in small letters, such as “radio”.")
            )
        return origin

    def clean_day(self) -> date:
        day, today = self.cleaned_data["day"], datetime.now(UTC).date()
        if day > today:
            raise forms.ValidationError(_("This day is still to come."))
        if day <= today - timedelta(days=RECENT):
            raise forms.ValidationError(_("A sign counts for a year; this day is longer ago."))
        return day


class SignConfirmation(forms.Form):
    because = forms.CharField(
        label=_("Why do you hold it for true?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the audit trail with your name. It counts from the next assessment on."),
    )  # fmt: skip


class ItemToScore(forms.Form):
    """What two coders are to score; `categories` and `areas` are pairs of key and name in the reader's language."""

    category = forms.ChoiceField(label=_("Rubric"))
    item = forms.CharField(
        label=_("What is scored"), max_length=120,
        help_text=_("A law, an office, a group: never a person. Write it as the second coder will know it."),
    )  # fmt: skip
    area = forms.ChoiceField(label=_("Where"))
    day = forms.DateField(label=_("As of which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    confidentiality = forms.TypedChoiceField(label=_("Confidentiality"), choices=LEVELS, coerce=int, initial=1)

    def __init__(
        self, given: QueryDict | None = None, *, categories: list[tuple[str, str]], areas: list[tuple[str, str]]
    ) -> None:
        super().__init__(given)
        self.fields["category"].choices = categories  # type: ignore[attr-defined]
        self.fields["area"].choices = areas  # type: ignore[attr-defined]

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if day > datetime.now(UTC).date():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class Score(forms.Form):
    """A score and why; nothing is chosen beforehand."""

    score = forms.TypedChoiceField(
        label=_("Score"), choices=[(score, str(score)) for score in SCORES], coerce=int, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
