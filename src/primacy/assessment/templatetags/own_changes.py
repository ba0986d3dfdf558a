"""The mission's changes on a page, in the reader's language."""

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from primacy.assessment.checks import favour
from primacy.assessment.told import changes_told
from primacy.assessment.told.handbook import Page, page, set_aside_by
from primacy.framework.instance import Instance
from primacy.framework.mission import day_of
from primacy.framework.overlay import FieldChange

register = template.Library()


def _language() -> str:
    return (get_language() or "en").split("-")[0]


@register.simple_tag(takes_context=True)
def change_told(context: template.Context, change: FieldChange) -> changes_told.ToldChange:
    """One change: the name of its field, what the standard has, what is here."""
    return changes_told.told(context["framework"], change, _language(), context.get("to_come"))


@register.simple_tag(takes_context=True)
def page_added(context: template.Context, id: str) -> Page | None:
    """What an entry says that the mission added, also while it does not count yet."""
    source = context["to_come"]
    return page(source, id, _language(), changes=False) if id in source.readable else None


@register.simple_tag(takes_context=True)
def title_of(context: template.Context, id: str) -> str:
    """The title of an entry, also of one that is to come."""
    source = context["to_come"]
    return str(source.text(id, "title", _language())[0]) if id in source.readable else ""


@register.simple_tag(takes_context=True)
def set_aside(context: template.Context, id: str) -> str:
    """By whom, when and why an entry was set aside."""
    return set_aside_by(context["framework"], id, _language())


@register.simple_tag(takes_context=True)
def mission_changes(context: template.Context) -> list[changes_told.ToldChange]:
    """The changes of registers, norms and baselines of the mission file."""
    mission = context["mission"]
    return (
        []
        if mission is None
        else changes_told.told_changes(mission, _language(), day_of(Instance.here(), timezone.localdate()))
    )


@register.simple_tag(takes_context=True)
def years_of_changes(context: template.Context) -> list[favour.Year]:
    """How many changes of each year were in the mission's own favour."""
    return favour.years(context["framework"], context["mission"])


@register.simple_tag(takes_context=True)
def favours(context: template.Context, change: FieldChange) -> bool:
    """Whether a change that decides is in the mission's own favour."""
    return bool(change.guarded and change.field) and favour.direction(context["framework"], change) == "in favour"
