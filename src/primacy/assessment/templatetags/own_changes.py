"""The mission's changes on a page, in the reader's language."""

from django import template
from django.utils.translation import get_language

from primacy.assessment import changes_told
from primacy.framework.overlay import FieldChange

register = template.Library()


def _language() -> str:
    return (get_language() or "en").split("-")[0]


@register.simple_tag(takes_context=True)
def change_told(context: template.Context, change: FieldChange) -> changes_told.ToldChange:
    """One change: the name of its field, what the standard has, what is here."""
    return changes_told.told(context["framework"], change, _language())
