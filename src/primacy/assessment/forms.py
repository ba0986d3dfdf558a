"""What a planner types to run an assessment."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from primacy.assessment import queries
from primacy.assessment.double_coding import SCORES
from primacy.assessment.inputs import FULL, TooEarly, refuse_too_early
from primacy.assessment.rules.signs import RECENT
from primacy.assessment.views import STATUSES
from primacy.evidence.bringing.personal import reads_as_person
from primacy.evidence.store.store import Store
from primacy.framework import FrameworkError, Instance, read_mission
from primacy.framework.queries import today
from primacy.framework.saying import ENGLISH
from primacy.places.areas import Areas
from primacy.ui.marks import word

LEVELS = ((0, _("Unclassified")), (1, _("Internal")), (2, _("Confidential")), (3, _("Strictly Confidential")))
SCOPES = (
    (FULL, _("all evidence")), (2, _("without strictly confidential evidence")),
    (1, _("without confidential evidence")),
)  # fmt: skip


class NewAssessment(forms.Form):
    """The day to judge, the day up to which knowledge counts, what it is for, and which evidence is read."""

    as_of = forms.DateField(
        label=_("The day to judge"), required=False, help_text=_("Empty: today."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    known = forms.DateField(
        label=_("With what was known on"), required=False, help_text=_("Empty: everything known now."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    purpose = forms.CharField(
        label=_("What it is for"), required=False, max_length=120,
        help_text=_("A few words for the list, such as “monthly meeting”. Never the name of a person."),
    )  # fmt: skip
    scope = forms.TypedChoiceField(
        label=_("Which evidence it reads"), choices=SCOPES, coerce=int, initial=FULL, required=False,
        help_text=_("An assessment of part of the evidence stands in the list and is never shown as the newest."),
    )  # fmt: skip

    def clean_as_of(self) -> date | None:
        day = self.cleaned_data["as_of"]
        if day and day > today():
            raise forms.ValidationError(_("This day is still to come."))
        if day:
            instance = Instance.here()
            try:
                refuse_too_early(day, read_mission(instance.mission_file), Store(instance.evidence))
            except TooEarly as error:
                raise forms.ValidationError(error.told(get_language() or ENGLISH)) from error
            except FrameworkError:
                pass  # the run tells what is wrong with the mission file
        return day

    def clean_purpose(self) -> str:
        purpose: str = self.cleaned_data["purpose"]
        if purpose and reads_as_person(purpose, Areas.load(Instance.here().places)):
            raise forms.ValidationError(_("This reads as the name of a person. Say what it is for in small letters."))
        return purpose

    def arguments(self) -> dict[str, Any]:
        """Plain data for the job: an ISO day, the last moment of the day of knowledge, the purpose, the scope."""
        as_of, known = self.cleaned_data["as_of"], self.cleaned_data["known"]
        end_of_day = datetime.combine(known, time.max, UTC) if known else None
        return {
            "as_of": as_of.isoformat() if as_of else None,
            "known": end_of_day.isoformat() if end_of_day else None,
            "purpose": self.cleaned_data["purpose"],
            "scope": self.cleaned_data["scope"] if self.cleaned_data["scope"] != "" else FULL,
        }


class PackageToVerify(forms.Form):
    """A package that somebody received."""

    file = forms.FileField(
        label=_("The package"), help_text=_("The file that the mission handed out; its name ends in .zip."),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )  # fmt: skip

    def clean_file(self) -> UploadedFile:
        given: UploadedFile = self.cleaned_data["file"]
        if (given.size or 0) > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(_("This file is too large for the site. It can be verified on the server."))
        return given


class PackageLevel(forms.Form):
    level = forms.TypedChoiceField(choices=[(level, level) for level in range(FULL + 1)], coerce=int)


EVERY = (("1m", _("every month")), ("3m", _("every three months")), ("1y", _("every year")))
KNOWLEDGE = (
    ("real", _("what was really known then")),
    ("lagged:45d", _("today's evidence, as if known after 45 days (with hindsight)")),
    ("lagged:90d", _("today's evidence, as if known after 90 days (with hindsight)")),
)
MOST_MONTHS = 180


class BackTest(forms.Form):
    """Which months are judged again, with which knowledge, and which benchmarks; `benchmarks`: those there are."""

    first = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    every = forms.ChoiceField(label=_("How often"), choices=EVERY)
    knowledge = forms.ChoiceField(label=_("With which knowledge"), choices=KNOWLEDGE)
    only = forms.MultipleChoiceField(required=False)

    def __init__(self, given: QueryDict | None = None, *, benchmarks: list[str]) -> None:
        super().__init__(given)
        self.fields["only"].choices = [(each, each) for each in benchmarks]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("This day is before the first one."))
        if last and last > today():
            self.add_error("last", _("This day is still to come."))
        if first and last and (last.year - first.year) * 12 > MOST_MONTHS:
            self.add_error("first", _("At most fifteen years at once."))
        return cleaned

    def arguments(self, otherwise: list[str]) -> dict[str, Any]:
        """Plain data for the job; `otherwise`: the benchmarks where none was chosen."""
        given = self.cleaned_data
        days = {name: given[name].isoformat() for name in ("first", "last")}
        return {**days, "every": given["every"], "knowledge": given["knowledge"], "only": given["only"] or otherwise}


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

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="pass_%s")  # it stands on one page with the form of a view

    passed = forms.CharField(widget=forms.HiddenInput, initial="1")
    reason = forms.CharField(label=_("Why do you pass?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class SignReport(forms.Form):
    """That somebody saw a sign: who, when, and who may know."""

    origin = forms.CharField(
        label=_("Who saw it?"), max_length=60,
        help_text=_("A short label, such as “radio” or “office in the north”: never the name of a person. Two reports "
                    "with the same label count once, and all that one person writes counts as one origin."),
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
        day, today = self.cleaned_data["day"], queries.today()
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
        if day > today():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class Score(forms.Form):
    """A score and why; nothing is chosen beforehand."""

    score = forms.TypedChoiceField(
        label=_("Score"), choices=[(score, str(score)) for score in SCORES], coerce=int, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class MeetingToKeep(forms.Form):
    """What a page that is kept for a meeting is called."""

    title = forms.CharField(
        label=_("For which meeting?"), max_length=120, help_text=_("Such as: Mission Leadership Team, 3 November."),
    )  # fmt: skip


class FlashToRelease(forms.Form):
    """News in one or two sentences, and whether a second source or the mission itself confirms it."""

    text = forms.CharField(
        label=_("What happened, where, when"), max_length=280, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences. No names of persons, no intentions, no dates that are not ours to set."),
    )  # fmt: skip
    confirmed = forms.BooleanField(label=_("Confirmed by a second source or by our own people"), required=False)


class FlashToWithdraw(forms.Form):
    because = forms.CharField(label=_("Why it no longer holds"), max_length=280)
