"""The form of a record of any type, the questions that a list is asked, and the small forms beside a record."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import ForeignKey, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from primacy.access.models import User
from primacy.access.posts import NeedToKnow
from primacy.access.readers import reader_of
from primacy.evidence.personal import LONGEST, personal_text
from primacy.evidence.protected import speaks_of_it
from primacy.framework import Instance, read_mission
from primacy.places.areas import Areas
from primacy.places.at_hand import areas_of
from primacy.records import queries
from primacy.records.declaring import RecordType
from primacy.records.showing import Asked

FINEST_LISTED, MOST_LISTED = 2, 1500  # areas deeper than the level are listed while there are not too many
SENTENCE = re.compile(r"[\n;!?؟؛]+|\.(?=\s|$)")  # a point inside an address ends none
Choices = list[tuple[str, Any]]


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def area_choices() -> Choices:
    """The country, and under the name of each first-level area all that lies in it, in the reader's language."""
    instance, language = Instance.here(), get_language() or "en"
    areas = areas_of(instance.places)
    country = areas.country or read_mission(instance.mission_file).country
    deepest = FINEST_LISTED if len(areas) > MOST_LISTED else 9
    named = sorted((areas.name(code, language), code) for code in areas.level(1))
    groups = [(name, [(code, name), *_inside(areas, code, language, deepest)]) for name, code in named]
    return [("", "–"), (country, _("The whole country")), *groups]


def _inside(areas: Areas, code: str, language: str, deepest: int) -> Choices:
    found: Choices = []
    for name, child in sorted((areas.name(each, language), each) for each in areas.children(code)):
        level = areas.level_of(child) or 0
        if level <= deepest:
            found += [(child, " · " * (level - 2) + name), *_inside(areas, child, language, deepest)]
    return found


class RecordForm(forms.ModelForm):
    """Base of the form of a type, which adds `Meta` with its model and fields and nothing else.

    What it offers is what the person may see: groups of one's own, related records that are visible. A related record
    that is hidden from this person is left as it is.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    another = forms.BooleanField(required=False, label=gettext_lazy("It is another one: keep it"))

    def __init__(self, given: Mapping[str, Any] | None = None, *, viewer: User, **named: Any) -> None:
        super().__init__(given, **named)
        self.viewer = viewer
        self.fields["version"].initial = self.instance.version
        for name, each in list(self.fields.items()):
            if isinstance(each, forms.DateField):
                each.widget = day_input()
            if isinstance(each.widget, forms.Textarea):
                each.widget.attrs["rows"] = 4
            if name == "area":
                self.fields[name] = forms.ChoiceField(label=each.label, help_text=each.help_text, choices=area_choices)
            elif isinstance(each, forms.ModelChoiceField):
                self._narrow(name, each)

    def _narrow(self, name: str, choice: forms.ModelChoiceField) -> None:
        """Offer what the person may see; where nothing is, or what is there is hidden, the field is left out."""
        own = NeedToKnow.objects.filter(pk__in=reader_of(self.viewer).groups)
        offered = own if name == "group" else self._related(name)
        choice.queryset = offered
        kept = getattr(self.instance, f"{name}_id", None)
        if (kept is not None and not offered.filter(pk=kept).exists()) or (name == "group" and not offered.exists()):
            del self.fields[name]

    def _related(self, name: str) -> QuerySet[Any]:
        model = self._meta.model._meta.get_field(name).related_model
        type_ = next(each for each in queries.record_types().values() if each.model is model)
        return queries.visible(reader_of(self.viewer), type_).order_by(type_.title_open)

    @property
    def values(self) -> dict[str, Any]:
        """What is to be kept: the fields of the record, without the form's own."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "another")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and (fault := unfit(value)):
                self.add_error(name, fault)
        day = cleaned.get("day")
        if isinstance(day, date) and day > timezone.localdate():
            self.add_error("day", _("This day is still to come."))
        return cleaned

    def _post_clean(self) -> None:
        """The record itself is changed by the service alone, under its lock."""


def unfit(text: str) -> str:
    """Why a text may not be kept here; empty where it may. A guess from words can miss: help texts say it too."""
    if speaks_of_it(text):
        return _("Sexual violence is never kept by place: take it to the adviser in charge, and leave it out here.")
    pieces = [
        sentence[at : at + LONGEST] for sentence in SENTENCE.split(text) for at in range(0, len(sentence), LONGEST)
    ]
    if any(personal_text(each.strip()) for each in pieces if each.strip()):
        return _("This seems to name or reach a person. Write the post or the group instead.")
    return ""


class ListForm(forms.Form):
    """What a list is asked; fields that the type does not have are left out."""

    text = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=100)
    first = forms.DateField(label=gettext_lazy("From"), required=False, widget=day_input())
    last = forms.DateField(label=gettext_lazy("To"), required=False, widget=day_input())
    archived = forms.BooleanField(label=gettext_lazy("Archived ones"), required=False)
    tag = forms.CharField(label=gettext_lazy("Tag"), required=False, max_length=40)
    sort = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, given: QueryDict, *, type_: RecordType) -> None:
        super().__init__(given)
        self.type = type_
        if not type_.placed:
            del self.fields["first"], self.fields["last"]
        for name in type_.filters:
            column = type_.model._meta.get_field(name)
            choices = [("", _("all")), *column.flatchoices]
            self.fields[name] = forms.ChoiceField(label=column.verbose_name, required=False, choices=choices)
        self.order_fields(["text", *type_.filters, "first", "last", "tag", "archived", "sort"])

    def asked(self) -> Asked:
        """What was asked; what cannot be read is not asked."""
        self.is_valid()
        told = self.cleaned_data
        return Asked(
            text=told.get("text", "").strip(), chosen={name: told.get(name, "") for name in self.type.filters},
            first=told.get("first"), last=told.get("last"), sort=told.get("sort", ""),
            archived=told.get("archived", False), tag=told.get("tag", "").strip(),
        )  # fmt: skip


class Archive(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    because = forms.CharField(label=gettext_lazy("Why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ShareWith(forms.Form):
    """Whom a record is shown to, and until when. Names are typed, so that the form lists nobody."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    until = forms.DateField(label=gettext_lazy("Until"), widget=day_input())
    because = forms.CharField(label=gettext_lazy("Why?"), max_length=200)

    def clean_name(self) -> User:
        found = User.objects.filter(username=self.cleaned_data["name"], is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Nobody of this name can sign in."))
        return found

    def clean_until(self) -> date:
        until, today = self.cleaned_data["until"], datetime.now(timezone.get_current_timezone()).date()
        if not today <= until <= today + timedelta(days=90):
            raise forms.ValidationError(_("From today on, for ninety days at most."))
        return until


def hidden_from(type_: RecordType, form: RecordForm) -> list[Any]:
    """Labels of related records that stay as they are because this person may not see them."""
    names = [name for name in type_.fields if name not in form.fields]
    columns = [type_.model._meta.get_field(name) for name in names]
    return [each.verbose_name for each in columns if isinstance(each, ForeignKey)]
