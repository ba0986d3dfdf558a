"""What a person gives with a file and with a withdrawal, and asks of data points."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from primacy.access.models import User
from primacy.evidence.bringing.importing import formats
from primacy.evidence.importers.mapping import FORMAT as BY_MAPPING
from primacy.evidence.mapped.answering import COLUMN, Asked
from primacy.evidence.mapped.mapping_files import shipped
from primacy.evidence.queries import own_mappings
from primacy.evidence.shown.categories import category_words, topic_words, with_identifier
from primacy.evidence.shown.exploring import Question
from primacy.framework.languages import named
from primacy.framework.queries import today


def format_choices() -> list[tuple[str, Any]]:
    return [("", _("Recognise it")), *((name, _("mapping") if name == BY_MAPPING else name) for name in formats())]


class Brought(forms.Form):
    """A file, of a size that the site takes."""

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        help_text=_("CSV, Excel, JSON, GeoJSON, XML of IATI, or a ZIP of them; 500 MB at most."),
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(_("This file is too large for the site. It can be loaded on the server."))
        return file


class Upload(Brought):
    """The file to import, and what it is called."""

    name = forms.CharField(
        label=_("Name of the data set"), max_length=120, required=False,
        help_text=_(
            "A newer file of the same name takes the place of the older. Empty: the name of the file. A log that is "
            "exported again and again needs none: its records are known by their numbers."
        ),
    )  # fmt: skip


class Replacement(Brought):
    file = forms.FileField(label=_("Corrected file"), max_length=200)


class Held(forms.Form):
    """What a person says of a file that is held."""

    name = forms.CharField(label=_("Name of the data set"), max_length=120, required=False)
    known = forms.DateField(
        label=_("Published on"), required=False,
        help_text=_("The day from which the mission could know it. Empty: as the format says, or today."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    format = forms.ChoiceField(label=_("Format"), choices=format_choices, required=False)
    mapping = forms.ChoiceField(label=_("Read it by a mapping"), required=False)

    def __init__(self, *given: Any, viewer: User, **more: Any) -> None:
        super().__init__(*given, **more)
        own = [(f"own:{each.name}", each.name) for each in own_mappings(viewer=viewer)]
        ready = [(f"shipped:{name}", name) for name in shipped()]
        field = self.fields["mapping"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("as it is now")), (_("Your own"), own), (_("Ready-made"), ready)]

    def clean_known(self) -> date | None:
        day = self.cleaned_data["known"]
        if day and day > today():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class MappingName(forms.Form):
    called = forms.RegexField(r"[^:/\\\r\n]+", label=_("Save this mapping as"), max_length=60)


QUESTIONS = {
    "kind": _("What is one line of this table?"),
    "forms": _("How are the days written?"),
    "date": _("Which column says when it was?"),
    "day": _("Which column says when it was?"),
    "decimal": _("Which mark stands before decimals?"),
    "measure": _("What is measured?"),
    "column": _("Which column holds the figure?"),
    "code": _("Which column says where it was?"),
    "item": _("Which column says what a line is about?"),
    "category": _("Which category is it?"),
    "unit": _("In which unit or currency?"),
    "producer": _("Who keeps this table?"),
}
"""The open questions of a draft by the field that lacks its answer."""
TOLD_WHY = ("kind", "forms", "day", "decimal", "code", "unit")  # of which the draft has a reason from the table itself


class Answers(forms.Form):
    """One field for each open question of a drafted mapping."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        super().__init__(auto_id="id_%s")
        for each in asked:
            words = QUESTIONS.get(each.key, each.key)
            label = f"{words} {each.about}" if each.about else words
            self.fields[f"answer-{each.place}"] = self._field(each, label)

    @staticmethod
    def _field(each: Asked, label: Any) -> forms.Field:
        why = each.why if each.key in TOLD_WHY else ""
        if each.choices is None:
            return forms.CharField(label=label, required=False, help_text=why)
        words = [(choice, _choice_words(each.key, choice, get_language() or "en")) for choice in each.choices]
        if each.key == "kind":
            words.sort(key=lambda pair: pair[1])
        choices: list[Any] = [("", "–"), *words]
        if each.columns:
            of_columns = [(f"{COLUMN}{name}", name) for name in each.columns]
            choices = [("", "–"), (_("A column says it"), of_columns), (_("All lines are"), words)]
        return forms.ChoiceField(label=label, required=False, help_text=why, choices=choices)


def _choice_words(key: str, choice: str, language: str) -> str:
    """A choice as people call it, with what the mapping will say where it is a category."""
    if key == "category":
        return with_identifier(category_words(choice, language), choice)
    return named(language, "kinds", choice) if key == "kind" else choice


class Entered(forms.Form):
    """The column that says when each line became known, which a table may lack."""

    column = forms.ChoiceField(
        label=_("Which column says when each line became known?"), required=False,
        help_text=_("An assessment as of an earlier day does not read the line. None: all are as old as the file."),
    )  # fmt: skip

    def __init__(self, columns: Sequence[str], named: str) -> None:
        super().__init__(initial={"column": named}, auto_id="entered-%s")
        field = self.fields["column"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *((each, each) for each in columns)]


class Withdrawal(forms.Form):
    because = forms.CharField(
        label=_("Reason"), max_length=500,
        help_text=_("From now on it counts no more; what was known until today stays as it was."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class OfficialSource(forms.Form):
    """On which topic a source is read where several tell of it, and why."""

    topic = forms.ChoiceField(label=_("Topic"))
    because = forms.CharField(
        label=_("Reason"), max_length=500,
        help_text=_("It holds for all versions of this source, from now on. What was assessed until today stays."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, topics: Sequence[str]) -> None:
        super().__init__(data, auto_id="official-%s")  # the page has another form with a reason
        field = self.fields["topic"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each, topic_words(each, get_language() or "en")) for each in topics]


class NoLongerOfficial(forms.Form):
    """What is taken back, and why."""

    topic = forms.CharField(max_length=200, widget=forms.HiddenInput)
    because = forms.CharField(label=_("Reason"), max_length=500)


class LongSelect(forms.Select):
    """A choice among many. The form's own way asks two templates for each of its options, which takes longer than to
    ask the evidence."""

    template_name = "ui/_select.html"


class Points(forms.Form):
    """What data points to show. Every field may be empty; what is in none of the choices is said and left out."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, widget=LongSelect)
    measure = forms.ChoiceField(label=_("Measure"), required=False, widget=LongSelect)
    area = forms.ChoiceField(label=_("Area"), required=False, widget=LongSelect)
    source = forms.ChoiceField(label=_("Source"), required=False, widget=LongSelect)
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
            source = self.fields["source"]
            source.help_text = _("Only sources of open data points: others cannot be told apart for you.")
            source.error_messages["invalid_choice"] = _(
                "Sources of confidential data points cannot be told apart for you: this is of all sources."
            )
        category = self.fields["category"]
        category.widget.attrs["list"] = "categories"
        if asked := str(data.get("category", "")).strip(" /"):
            category.help_text = category_words(asked, get_language() or "en", str(data.get("kind", "")))

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
