"""Deep links: an id that stands in a text is a link to what it names."""

import re
from functools import lru_cache

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
def linked_in(text: SafeString, chapter: str) -> SafeString:
    """The same in a chapter of the handbook: an id of that chapter leads to where it stands on the page, another to its
    own chapter. `chapter` is empty where all of them are on the page."""

    def link(found: re.Match[str]) -> str:
        id = found[0]
        other = id.partition(".")[0]
        page = "" if chapter in ("", other) else _address_of_chapter(other)
        return f'<a href="{page}#{id}"><bdi>{id}</bdi></a>'

    return mark_safe(ID.sub(link, text))  # noqa: S308 - safe before; an id is letters and digits


@lru_cache(maxsize=64)
def _address_of_chapter(chapter: str) -> str:
    return reverse("assessment:chapter", args=[chapter])


def _link(id: str) -> str:
    return format_html('<a href="{}"><bdi>{}</bdi></a>', reverse("framework:entry", args=[id]), id)


@register.filter
def address(found: Found) -> str:
    """Where something that was found is shown."""
    if found.sort == "output":
        return f"{reverse('framework:browse')}#{found.id}"
    if found.sort == "component":
        return f"{reverse('assessment:chapter', args=['components'])}#{found.id}"
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
