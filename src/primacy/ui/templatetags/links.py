"""Deep links: an id that stands in a text is a link to what it names."""

import re

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from primacy.framework.searching import Found

register = template.Library()
ID = re.compile(r"(?<![\w/.-])O\d+\.[ASMLRT]\d+(?![\w/]|\.\d)")


@register.filter
def linked(text: str) -> SafeString:
    """A text in which every id (O2.M2, O1.R3, O1.T2) leads to the page of its entry.

    What is not known to be safe is escaped first. Not for what stands inside a link already.
    """
    safe = str(text) if isinstance(text, SafeString) else escape(text)
    return mark_safe(ID.sub(lambda found: _link(found[0]), safe))  # noqa: S308 - escaped above; an id is letters and digits


@register.filter
def linked_below(text: SafeString) -> SafeString:
    """The same in a document that holds all entries: every id leads to where it stands there."""
    return mark_safe(ID.sub(lambda found: format_html('<a href="#{0}"><bdi>{0}</bdi></a>', found[0]), text))  # noqa: S308


def _link(id: str) -> str:
    return format_html('<a href="{}"><bdi>{}</bdi></a>', reverse("framework:entry", args=[id]), id)


@register.filter
def address(found: Found) -> str:
    """Where something that was found is shown."""
    if found.sort == "output":
        return f"{reverse('framework:browse')}#{found.id}"
    if found.sort == "component":
        return f"{reverse('assessment:handbook')}#{found.id}"
    return reverse("framework:entry", args=[found.id])


@register.filter
def sort_word(sort: str) -> str:
    """What an entry is, in the reader's language."""
    words = {
        "benchmark": _("Benchmark"), "activity": _("Activity"), "risk": _("Risk"), "trade-off": _("Choice"),
        "output": _("Output"), "component": _("Component"), "glossary": _("Term"),
    }  # fmt: skip
    return words[sort]


@register.filter
def id_or_sort(id: str, sort: str) -> str:
    """The id where people use it; that of a component is a name of the machine."""
    return "" if sort == "component" else id
