"""What a person gives with a file, and with a withdrawal."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from primacy.evidence.importing import formats


def format_choices() -> list[tuple[str, Any]]:
    return [("", _("Recognise it")), *((name, name) for name in formats())]


class Upload(forms.Form):
    """A file with what the file itself does not say."""

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        help_text=_("CSV, Excel, JSON, GeoJSON, XML of IATI, or a ZIP of them; 500 MB at most."),
    )
    name = forms.CharField(
        label=_("Name of the data set"), max_length=120, required=False, help_text=_("Empty: the name of the file.")
    )
    format = forms.ChoiceField(label=_("Format"), choices=format_choices, required=False)
    known = forms.DateField(
        label=_("Published on"), required=False,
        help_text=_("The day from which the mission could know it. Empty: as the format says, or today."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(_("This file is too large for the site; load it with `primacy import`."))
        return file

    def clean_known(self) -> date | None:
        day = self.cleaned_data["known"]
        if day and day > datetime.now(UTC).date():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class Withdrawal(forms.Form):
    because = forms.CharField(
        label=_("Reason"), max_length=500,
        help_text=_("From now on it counts no more; what was known until today stays as it was."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
