"""Fields of an entry by their names, for the form that changes them."""

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from primacy.assessment.proposing.proposal_fields import Field
from primacy.assessment.told.changes_told import field_text
from primacy.framework import Framework
from primacy.framework.entries import Measured
from primacy.framework.languages import words

register = template.Library()


def _language() -> str:
    return (get_language() or "en").split("-")[0]


@register.simple_tag(takes_context=True)
def field_name(context: template.Context, entry: str, field: Field) -> str:
    """What a field is about: `number · share of contacts`, `violations reported · period looked at`."""
    framework: Framework = context["framework"]
    if field.group == "numbers":
        return field_text(framework, entry, field.path.removesuffix(".value"), _language())
    if field.group == "words" or field.path.startswith(("indicators", "thresholds")):
        return field_text(framework, entry, field.path, _language())
    table, last = words(_language(), "fields"), field.path.rsplit(".", 1)[-1]
    head = str(table.get(field.path.split(".")[0], ""))
    parts = [head, _indicator(framework, entry, field.of), str(table.get(last, last.replace("_", " ")))]
    return " · ".join(filter(None, parts))


def _indicator(framework: Framework, entry: str, name: str) -> str:
    found = framework.entries.get(entry)
    known = isinstance(found, Measured) and name in found.indicators
    return framework.text(entry, f"labels.{name}", _language())[0] if known else name.replace("-", " ")


@register.filter
def group_name(group: str) -> str:
    return {"words": _("Words"), "numbers": _("Numbers"), "times": _("Periods, days and events")}[group]


@register.filter
def group_note(group: str) -> str:
    return {
        "words": _("In English. They count at once, without a second signature."),
        "numbers": _("As a planner writes them: 12, 0.5 or 80 %."),
        "times": _("Such as 45 days, 12 months, 4 quarters; or a day, or an event of the mission file."),
    }[group]
