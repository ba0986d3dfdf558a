"""The mission's changes on a page, in the reader's language."""

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from primacy.assessment import changes_told, favour
from primacy.framework.overlay import FieldChange

register = template.Library()


def _language() -> str:
    return (get_language() or "en").split("-")[0]


@register.simple_tag(takes_context=True)
def change_told(context: template.Context, change: FieldChange) -> changes_told.ToldChange:
    """One change: the name of its field, what the standard has, what is here."""
    return changes_told.told(context["framework"], change, _language())


@register.simple_tag(takes_context=True)
def mission_changes(context: template.Context) -> list[changes_told.ToldChange]:
    """The changes of registers, norms and baselines of the mission file."""
    mission = context["mission"]
    return [] if mission is None else changes_told.told_changes(mission, _language(), timezone.localdate())


@register.simple_tag(takes_context=True)
def years_of_changes(context: template.Context) -> list[favour.Year]:
    """How many changes of each year were in the mission's own favour."""
    return favour.years(context["framework"], context["mission"])


@register.simple_tag(takes_context=True)
def favours(context: template.Context, change: FieldChange) -> bool:
    """Whether a change that decides is in the mission's own favour."""
    return bool(change.guarded and change.field) and favour.direction(context["framework"], change) == "in favour"
