"""What a planner types to run an assessment."""

from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


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
