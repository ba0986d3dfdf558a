"""The form of a record of any type, the questions that a list is asked, and the small forms beside a record."""

import re
from collections.abc import Mapping
from copy import copy
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import BLANK_CHOICE_DASH, ForeignKey, QuerySet
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from primacy.access.models import User
from primacy.access.posts import NeedToKnow
from primacy.access.readers import reader_of
from primacy.evidence.bringing.personal import LONGEST, personal_text
from primacy.evidence.shown.protected import speaks_of_it
from primacy.framework import Instance, read_mission
from primacy.framework.queries import today
from primacy.places.areas import Areas
from primacy.places.at_hand import areas_of
from primacy.places.names import plain
from primacy.records import queries
from primacy.records.declaring import RecordType
from primacy.records.fields import Field
from primacy.records.models import LEVELS, STATES
from primacy.records.review import STEPS
from primacy.records.showing import Asked
from primacy.ui.templatetags.ui import component

FINEST_LISTED, MOST_LISTED = 2, 1500  # areas deeper than the level are listed while there are not too many
FIRST_DAY = date(1945, 1, 1)
SHALLOW = 2  # a list is narrowed by an area of this level at the finest
LARGEST_TABLE = 10_000_000  # bytes
SENTENCE = re.compile(r"[\n;!?؟؛]+|\.(?=\s|$)")  # a point inside an address ends none
Choices = list[tuple[str, Any]]


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def area_choices(deepest: int = 9, none: str = "–") -> Choices:
    """The country, and under the name of each first-level area all that lies in it, in the reader's language."""
    instance, language = Instance.here(), get_language() or "en"
    areas = areas_of(instance.places)
    country = areas.country or read_mission(instance.mission_file).country
    deepest = min(deepest, FINEST_LISTED) if len(areas) > MOST_LISTED else deepest
    named = sorted((areas.name(code, language), code) for code in areas.level(1))
    groups = [(name, [(code, name), *_inside(areas, code, language, deepest)]) for name, code in named]
    return [("", none), (country, _("The whole country")), *groups]


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
        if (record := named.get("instance")) is not None:  # what was asked for last, though it waits
            named["initial"] = {**record.later, **(named.get("initial") or {})}
        super().__init__(given, **named)
        self.viewer, self.reader = viewer, reader_of(viewer)
        self.fields["version"].initial = self.instance.version
        if record is not None and not record.is_alone_of(viewer.pk):
            waits = _("Raising it counts at once; lowering it waits until others have checked and published it.")
            self.fields["confidentiality"].help_text = f"{self.fields['confidentiality'].help_text} {waits}"
        for name, each in list(self.fields.items()):
            if isinstance(each, forms.DateField):
                each.widget = day_input()
            if isinstance(each.widget, forms.Textarea):
                each.widget.attrs["rows"] = 4
            if name == "area":
                self.fields[name] = forms.ChoiceField(label=each.label, help_text=each.help_text, choices=area_choices)
            elif isinstance(each, forms.ModelChoiceField):
                self._narrow(name, each)
            elif isinstance(each, forms.TypedChoiceField):
                offered: Any = each.choices
                each.choices = [("", "–") if choice == BLANK_CHOICE_DASH[0] else choice for choice in offered]

    def _narrow(self, name: str, choice: forms.ModelChoiceField) -> None:
        """Offer what the person may see; where nothing is, or what is there is hidden, the field is left out."""
        own = NeedToKnow.objects.filter(pk__in=self.reader.groups)
        offered = own if name == "group" else self._related(name)
        choice.queryset, choice.empty_label = offered, "–"
        kept = getattr(self.instance, f"{name}_id", None)
        if (kept is not None and not offered.filter(pk=kept).exists()) or (name == "group" and not offered.exists()):
            del self.fields[name]

    def _related(self, name: str) -> QuerySet[Any]:
        model = self._meta.model._meta.get_field(name).related_model
        type_ = next(each for each in queries.record_types().values() if each.model is model)
        return queries.visible(self.reader, type_).order_by(type_.title_open)

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
        if isinstance(day, date) and day > today():
            self.add_error("day", _("This day is still to come."))
        if isinstance(day, date) and day < FIRST_DAY:
            self.add_error("day", _("This day is too long ago."))
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


def filled(type_: RecordType, viewer: User, record: Any, given: Mapping[str, Any]) -> RecordForm:
    """The form of a record as if somebody had typed `given` into it and left everything else as it is.

    record   an existing one, or None for a new one, whose untouched fields have what the form begins with
    """
    said = record if record is not None else type_.model()
    before = {**model_to_dict(said, fields=type_.form.Meta.fields), **said.later}
    left = {name: value for name, value in before.items() if value is not None}
    return type_.form({**left, **given}, viewer=viewer, instance=record)  # type: ignore[no-any-return]


class Typist:
    """Types line after line of a table into the form of a type; what is the same for all new records is looked up once.

    For some lines at a time, because rights may change meanwhile.
    """

    def __init__(self) -> None:
        self._new: RecordForm | None = None

    def __call__(self, type_: RecordType, viewer: User, record: Any, given: Mapping[str, Any]) -> RecordForm:
        """As `filled`."""
        if record is not None:
            return filled(type_, viewer, record, given)
        if self._new is None:
            self._new = filled(type_, viewer, None, {})
            if isinstance(area := self._new.fields.get("area"), forms.ChoiceField):
                area.choices = area_choices()
        form = copy(self._new)
        form.data = {**self._new.data, **given}
        form._errors, form._bound_fields_cache = None, {}  # type: ignore[attr-defined]
        return form


class ListForm(forms.Form):
    """What a list is asked: words, days, a place, and every declared field; what the type does not have is left out.

    `shown` are the filters that stand at once, `further` the others.
    """

    text = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=100)
    first = forms.DateField(label=gettext_lazy("From"), required=False, widget=day_input())
    last = forms.DateField(label=gettext_lazy("To"), required=False, widget=day_input())
    area = forms.ChoiceField(label=gettext_lazy("Place"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False,
        choices=[("", gettext_lazy("all")), ("mine", gettext_lazy("waits for you")), *STATES],
    )  # fmt: skip
    own = forms.BooleanField(label=gettext_lazy("Written by you"), required=False)
    archived = forms.BooleanField(label=gettext_lazy("Archived ones"), required=False)
    tag = forms.CharField(label=gettext_lazy("Tag"), required=False, max_length=40)
    sort = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    view = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, given: QueryDict, *, type_: RecordType, viewer: User) -> None:
        super().__init__(given)
        self.type = type_
        if type_.placed:
            self.fields["area"] = forms.ChoiceField(
                label=_("Place"), required=False, choices=partial(area_choices, SHALLOW, _("all"))
            )
        else:
            del self.fields["first"], self.fields["last"], self.fields["area"]
        declared = queries.fields_of(type_)
        for each in declared:
            for name in each.filters:
                self.fields[name] = _filter(each, name, viewer)
        self._chosen = tuple(name for each in declared for name in each.filters)
        at_once = ["text", *type_.filters, "first", "last", "area", "state"]
        self.order_fields([*at_once, *self._chosen, "own", "tag", "archived", "sort", "view"])
        self._at_once = frozenset(at_once)

    @property
    def shown(self) -> list[Any]:
        return [each for each in self.visible_fields() if each.name in self._at_once]

    @property
    def further(self) -> list[Any]:
        return [each for each in self.visible_fields() if each.name not in self._at_once]

    @property
    def asks_further(self) -> bool:
        """Whether one of the further filters is in use."""
        return any(self.cleaned_data.get(each.name) for each in self.further)

    @property
    def not_understood(self) -> str:
        """Filters that hold what none of theirs can, as a sentence; nothing where all are understood."""
        names = [str(self.fields[name].label or name) for name in self.errors if name in self.fields]
        return _("Not understood and left out: %(names)s.") % {"names": _(", ").join(names)} if names else ""

    def asked(self) -> Asked:
        """What was asked; what cannot be read is not asked."""
        self.is_valid()
        told = self.cleaned_data
        return Asked(
            text=told.get("text", "").strip(), chosen={name: _said(told.get(name)) for name in self._chosen},
            first=told.get("first"), last=told.get("last"), area=told.get("area", ""), own=told.get("own", False),
            state=told.get("state", ""),
            sort=told.get("sort", ""), archived=told.get("archived", False),
            tag=told.get("tag", "").strip(),
        )  # fmt: skip

    def question(self) -> str:
        """What was asked, as it stands in an address: read again it asks the same."""
        self.is_valid()
        told = {name: _said(value) for name, value in self.cleaned_data.items() if name != "view"}
        return urlencode({name: value for name, value in told.items() if value})


def _said(value: Any) -> str:
    """A cleaned value as it is written in an address."""
    if value is None or value is False or value == "":
        return ""
    return "on" if value is True else value.isoformat() if isinstance(value, date) else str(value)


def _filter(field: Field, name: str, viewer: User) -> forms.Field:
    """What a list is asked for one field by. A related record is asked for by its id, from its own page."""
    if field.kind == "record":
        return forms.UUIDField(required=False, widget=forms.HiddenInput)
    if field.kind == "number":
        return forms.IntegerField(
            label=_("%(field)s, at least") % {"field": field.label}, required=False, min_value=0, max_value=2**31 - 1
        )
    if field.kind == "day":
        label = _("%(field)s, from") if name.endswith("_first") else _("%(field)s, to")
        return forms.DateField(label=label % {"field": field.label}, required=False, widget=day_input())
    choices: Choices = list(field.choices.items())
    if field.kind == "yes-no":
        choices = [("yes", _("Yes")), ("no", _("No"))]
    if field.kind == "group":
        own = NeedToKnow.objects.filter(pk__in=reader_of(viewer).groups)
        choices = [(str(each.pk), each.name) for each in own]
        if not choices:
            return forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)
    return forms.ChoiceField(label=field.label, required=False, choices=[("", _("all")), *choices])


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


class SaveView(forms.Form):
    """A name for what the list is asked now, and whose it is."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    component = forms.ChoiceField(label=gettext_lazy("For"), required=False)

    def __init__(self, given: Mapping[str, Any] | None = None, *, viewer: User, **named: Any) -> None:
        super().__init__(given, **named)
        own: Choices = [("", _("yourself"))]
        self.fields["component"] = forms.ChoiceField(
            label=_("For"), required=False,
            choices=[*own, *((each, component(each)) for each in sorted(reader_of(viewer).components))],
        )  # fmt: skip

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if fault := unfit(name):
            raise forms.ValidationError(fault)
        return name


class NewLevel(forms.Form):
    level = forms.TypedChoiceField(label=gettext_lazy("Confidentiality"), choices=LEVELS, coerce=int)


class NewTag(forms.Form):
    tag = forms.CharField(
        label=gettext_lazy("Tag"), max_length=40,
        widget=forms.TextInput(attrs={"list": "offered-tags", "autocomplete": "off"}),
        help_text=gettext_lazy("One or a few words. A record has twenty at most; what has it already stays as it is."),
    )  # fmt: skip

    def clean_tag(self) -> str:
        tag: str = self.cleaned_data["tag"]
        if fault := unfit(tag):
            raise forms.ValidationError(fault)
        if not plain(tag):
            raise forms.ValidationError(_("A tag is one or a few words, forty letters at most."))
        return tag


class Because(forms.Form):
    because = forms.CharField(label=gettext_lazy("Why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


OWN_HAND = {
    "wrote": gettext_lazy("You wrote in it: somebody else checks and publishes it."),
    "checked": gettext_lazy("You checked it: somebody else publishes it."),
}


class StepForm(forms.Form):
    """A step on the way of a record, by somebody who saw a version of it."""

    name = forms.ChoiceField(choices=[(each, each) for each in sorted({step.name for step in STEPS})])
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    because = forms.CharField(required=False, max_length=500)

    def clean_because(self) -> str:
        text: str = self.cleaned_data["because"]
        if fault := unfit(text):
            raise forms.ValidationError(fault)
        return text


class BringTable(forms.Form):
    """A table from a computer; what its columns mean is asked next."""

    file = forms.FileField(
        label=gettext_lazy("Table"), max_length=200, widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.tsv"}),
        help_text=gettext_lazy("CSV or Excel, 10 MB and 5,000 lines at most. First you see what it would become."),
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_TABLE:
            raise forms.ValidationError(_("The file is larger than 10 MB. Bring it in parts."))
        return file
