"""A file on its way into the evidence, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from primacy.evidence.bringing.previewing import Preview
from primacy.evidence.errors import BadInput
from primacy.evidence.importers.mapping import FORMAT as BY_MAPPING
from primacy.evidence.kinds import KINDS
from primacy.evidence.shown.on_pages import on_page, told_on_page
from primacy.evidence.templatetags.points import measure_word, period_words, value_words, what_words
from primacy.framework.languages import named
from primacy.framework.saying import told
from primacy.places.files.faults import Fault
from primacy.ui.templatetags.ui import figure, kind_word, month

register = template.Library()


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _points(number: int) -> str:
    return ngettext("%(count)s data point", "%(count)s data points", number) % {"count": figure(number)}


@register.filter
def format_word(format: str) -> str:
    """A format by its own name; what the mission described itself in words."""
    return _("mapping") if format == BY_MAPPING else format


@register.filter
def told_here(found: Any) -> str:
    """What is said of a file or a fault of it, with pages to go to where a terminal would have commands."""
    if isinstance(found, BadInput):
        return told_on_page(found, _language())
    return told(on_page(found.saying if isinstance(found, Fault) else found), _language())


@register.simple_tag
def preview_headline(seen: Preview) -> str:
    """What the file would bring, as the first line of the page."""
    if seen.error:
        return _("This file is not understood yet")
    if seen.places:
        return _("This file can be imported")
    if seen.too_many_wrong:
        return _("Too many lines have problems")
    if not seen.rows:
        return _("This file holds no data point")
    if seen.wrong_lines:
        return ngettext(
            "%(points)s can be imported, %(lines)s line has a problem",
            "%(points)s can be imported, %(lines)s lines have problems", seen.wrong_lines,
        ) % {"points": _points(seen.rows), "lines": figure(seen.wrong_lines)}  # fmt: skip
    return _("%(points)s can be imported") % {"points": _points(seen.rows)}


@register.simple_tag
def preview_promise(seen: Preview, name: str) -> str:
    """What the button does."""
    if seen.places or seen.start is None or seen.end is None:
        return _("It is read in the background, and you see what came of it.")
    said = _("It becomes the data set %(name)s, from %(start)s to %(end)s.") % {
        "name": name, "start": month(seen.start), "end": month(seen.end),
    }  # fmt: skip
    return said if seen.whole else said + " " + _("It is long: only its beginning was looked at so far.")


@register.simple_tag
def one_point(point: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    """One data point in words."""
    return preview_row([point], names)


@register.simple_tag
def preview_row(points: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> dict[str, str]:
    """The data points of one line in words."""
    first = points[0]
    values = _(", ").join(f"{measure_word(each['measure'])} {value_words(each)}" for each in points)
    area = first.get("area") or ""
    return {
        "when": period_words(first["date"], first.get("until")), "area": names.get(area, area),
        "kind": kind_word(first["kind"]), "what": what_words(first), "values": values,
        "category": first.get("category") or "",
    }  # fmt: skip


@register.filter
def counted(found: Mapping[str, int]) -> str:
    return _(", ").join(f"{name} ({figure(count)})" for name, count in found.items())


@register.simple_tag
def kinds_by_name() -> list[tuple[str, str]]:
    return sorted(((kind, named(_language(), "kinds", kind)) for kind in KINDS), key=lambda each: each[1])


@register.simple_tag
def imported_headline(done: Sequence[Mapping[str, Any]], rejected: int) -> str:
    rows = sum(each["rows"] for each in done if each["new"])
    if not rows:
        return _("Nothing new was imported") if not any(each["new"] for each in done) else _("Imported")
    return _("%(points)s were imported") % {"points": _points(rows)}
