"""The words that help explains, by their names in the reader's language."""

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from primacy.assessment.told.sentences import flag_word
from primacy.framework.languages import words
from primacy.ui.marks import word

register = template.Library()


def _language() -> str:
    return (get_language() or "en").split("-")[0]


@register.filter
def section_name(section: str) -> str:
    names = {
        "statuses": _("Statuses"), "flags": _("Flags"), "reasons": _("Why nobody can tell"),
        "verbs": _("What a rule asks"), "grades": _("Grades of sources"), "errors": _("When something goes wrong"),
    }  # fmt: skip
    return names[section]


@register.filter
def tour_name(role: str) -> str:
    names = {
        "leader": _("Tour for the leadership"), "analyst": _("Tour for analysts"),
        "administrator": _("Tour for administrators"),
    }  # fmt: skip
    return names[role]


@register.filter
def word_of(section: str, key: str) -> str:
    """What pages call it; a verb of a rule and a grade are called as they are written."""
    if section == "statuses":
        return word(key)
    if section == "flags":
        return flag_word(key, _language())
    if section == "reasons":
        return str(words(_language(), "reasons")[key])
    if section == "errors":
        return {
            "refused": _("Not allowed"), "not here": _("Not here"), "file refused": _("A file was refused"),
            "form too old": _("Sent too late"), "failed": _("Something failed"),
        }[key]  # fmt: skip
    return key


@register.filter
def anchor(section: str, key: str) -> str:
    """`statuses`, `not met` gives `status-not-met`: other pages link to it."""
    stems = {"statuses": "status", "flags": "flag", "reasons": "reason", "verbs": "verb", "grades": "grade"}
    return f"{stems.get(section, section)}-{key.replace(' ', '-')}"
