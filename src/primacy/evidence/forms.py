"""What a person gives with a file and with a withdrawal, and asks of data points."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from primacy.evidence.exploring import Question
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


class Points(forms.Form):
    """What data points to show. Every field may be empty; what is in none of the choices is said and left out."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    measure = forms.ChoiceField(label=_("Measure"), required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    source = forms.ChoiceField(label=_("Source"), required=False)
    category = forms.CharField(label=_("Category"), required=False, max_length=200)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    known = forms.DateField(
        label=_("As known on"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    level = forms.ChoiceField(label=_("Confidentiality"), required=False)
    by = forms.ChoiceField(label=_("Count by"), required=False, choices=[
        ("month", _("Month")), ("area", _("Area")), ("kind", _("Kind")), ("series", _("Source")),
        ("category", _("Category")), ("group", _("Group of people")),
    ])  # fmt: skip

    def __init__(self, data: Any, choices: Mapping[str, list[tuple[str, Any]]], *, details: bool) -> None:
        """`choices` by field, without the empty one; who sees no details is not asked about confidentiality."""
        super().__init__(data, auto_id="points-%s")
        for name, listed in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("all")), *listed]
        if not details:
            del self.fields["level"]
        self.fields["category"].widget.attrs["list"] = "categories"

    def question(self) -> Question:
        """What is sound of what was asked."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        level = given.get("level") or ""
        return Question(
            kind=given.get("kind", ""), measure=given.get("measure", ""), area=given.get("area", ""),
            series=given.get("source", ""), category=given.get("category", "").strip(" /"), since=given.get("since"),
            until=given.get("until"), level=int(level) if level else None,
        )  # fmt: skip
