"""The values of records on a page, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from primacy.access.record_rights import Reason
from primacy.evidence.shown.categories import category_words
from primacy.framework.languages import named
from primacy.records.queries import record_types
from primacy.records.queries.review import Way
from primacy.records.review import CHECKED, PUBLISHED, RECALLED, RETURNED, WRITTEN, Step
from primacy.records.showing import Difference, Shown
from primacy.records.telling import Row
from primacy.records.word_changes import Piece, word_changes
from primacy.ui.templatetags.ui import component, day

register = template.Library()


@register.filter
def label(seen_or_type: Any, name: str) -> Any:
    """What a field is called."""
    type_ = seen_or_type.type if isinstance(seen_or_type, Shown) else seen_or_type
    return type_.model._meta.get_field(name).verbose_name


@register.filter
def records_of(type_: str) -> Any:
    """What the records of a type are called, by the key under which the table of rights has it."""
    return record_types()[type_].many if type_ in record_types() else type_


@register.filter
def value(seen: Shown, name: str) -> Any:
    return seen.value(name)


@register.filter
def written_out(value: Any) -> Any:
    """A value as it is read: days in words, yes and no, a dash for nothing."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return day(value) if isinstance(value, date) else value


@register.filter
def visible_fields(seen: Shown) -> list[str]:
    """The fields of a record that its reader is shown, without day, place and title, which stand above."""
    left = {"day", "area", seen.type.title if seen.exact else seen.type.title_open}
    return [name for name in seen.type.fields if name not in left and (seen.exact or name in seen.type.open)]


STEP_WORDS = {
    ("check", CHECKED): gettext_noop("I checked it: it is right"), ("publish", PUBLISHED): gettext_noop("Publish it"),
    ("uncheck", WRITTEN): gettext_noop("It must be checked again"), ("return", RETURNED): gettext_noop("Send it back"),
    ("recall", RECALLED): gettext_noop("Recall it"),
}  # fmt: skip
STAGES = (
    (WRITTEN, gettext_noop("Written")), (CHECKED, gettext_noop("Checked by a colleague")),
    (PUBLISHED, gettext_noop("Published")),
)  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """One of the three stages; `how` is a class of the style sheet: done, now or ahead; `version` took it there."""

    name: str
    how: str
    version: Any = None


@register.filter
def step_word(step: Step) -> str:
    """What the button of a step says."""
    return _(STEP_WORDS[step.name, step.after])


@register.filter
def stages(way: Way) -> list[Stage]:
    """The three stages with who took the record there."""
    ahead = next((state for state, _name in STAGES if state not in way.reached), None)
    return [
        Stage(_(name), "done" if state in way.reached else "now" if state == ahead else "ahead", way.reached.get(state))
        for state, name in STAGES
    ]


@register.filter
def measured(measure: str) -> str:
    """What a measure of evidence is called."""
    return named((get_language() or "en").split("-")[0], "measures", measure)


@register.filter
def category_of(row: Row, seen: Shown) -> str:
    """What a data point of a record is about, as the form says it; what no field says, step by step."""
    category = row["category"]
    for name in seen.type.fields:
        said = dict(seen.type.model._meta.get_field(name).flatchoices).get(category)
        if said is not None:
            return str(said)
    return category_words(category, (get_language() or "en").split("-")[0], row["kind"])


@register.filter
def because(reason: Reason) -> str:
    """Why somebody may see a record."""
    words = {
        "table": _("%(component)s sees records of this kind"),
        "group": _("%(component)s, and in the need-to-know group"),
        "author": _("wrote it"), "shared": _("it was shared"),
    }  # fmt: skip
    return words[reason.because] % {"component": component(reason.by)}


@register.filter
def word_by_word(difference: Difference) -> tuple[list[Piece], list[Piece]]:
    """Both versions of a field in pieces, what only one of them has marked; fields that are no texts as a whole."""
    before, after = (str(written_out(each)) for each in (difference.before, difference.after))
    if isinstance(difference.before, str) and isinstance(difference.after, str):
        return word_changes(before, after)
    return [Piece(before, True)], [Piece(after, True)]
