"""What templates of all rooms may draw and say: marks, dates, numbers."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, gettext_noop, ngettext
from django.utils.translation import gettext as _

from primacy.framework.languages import named, short_name, words
from primacy.framework.translations import SOURCE
from primacy.framework.values import Span
from primacy.ui import marks
from primacy.ui.heat_map import Strip
from primacy.ui.wording import day_text, figure_text, month_text, share_text, span_text, written_number

register = template.Library()
PAGE = re.compile(r"(?<![\w./])(/(?:places|evidence)/(?:[\w-]+/)*)(?![\w/])")  # as sentences of rooms name them


def _language() -> str:
    return (get_language() or "en").split("-")[0]


@register.simple_tag
def mark(
    status: str, size: str = "", changed: bool = False, differs: bool = False, label: str | None = None
) -> SafeString:
    """The mark of a status; `label=""` where its word stands beside it."""
    return mark_safe(marks.drawing(status, size=size, changed=changed, differs=differs, label=label))  # noqa: S308 - own shapes and words


@register.filter
def language_short(code: str) -> str:
    """A language in one or two letters of its own script."""
    return short_name(code)


@register.filter
def language_name(code: str) -> str:
    """A language as the reader calls it; one that nobody here knows by its code."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


@register.filter
def status_word(status: str) -> str:
    return marks.word(status)


@register.filter
def capital(text: str) -> str:
    """The first letter raised; the rest as it is."""
    return text[:1].upper() + text[1:]


@register.filter
def coded(text: str) -> SafeString:
    """What stands between backticks is code, and keeps its own direction inside Arabic; a page of this site that is
    named by its address is a link."""
    if "`" not in text:
        return _linked(text)
    pieces = enumerate(text.split("`"))
    return format_html_join(
        "", "{}",
        ((format_html('<code dir="ltr">{}</code>', each) if place % 2 else _linked(each),) for place, each in pieces),
    )  # fmt: skip


def _linked(text: str) -> SafeString:
    if not PAGE.search(text):
        return conditional_escape(text)
    pieces = enumerate(PAGE.split(text))
    return format_html_join(
        "", "{}",
        ((format_html('<a dir="ltr" href="{}">{}</a>', each, each) if place % 2 else each,) for place, each in pieces),
    )  # fmt: skip


@register.filter
def told(found: Any) -> str:
    """What is said of a fault, by one, or in a note, in the reader's language."""
    return found.told(_language()) if hasattr(found, "told") else str(found)


@register.filter
def day(value: date | datetime | str | None) -> str:
    """A day in full: 30 June 2026."""
    if isinstance(value, str) and value:
        value = date.fromisoformat(value[:10])
    return day_text(value, _language()) if value else ""


@register.filter
def until(value: date, on: date) -> str:
    """How far a day is from another, as people say it: `in 20 days`, `in 8 months`, `passed`."""
    days = (value - on).days
    if days < 0:
        return _("passed")
    if days < 60:
        return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": days} if days else _("today")
    months = round(days / 30.44)
    return ngettext("in %(count)s month", "in %(count)s months", months) % {"count": months}


@register.filter
def moment(value: datetime | None) -> str:
    """A day and the time in UTC."""
    if value is None:
        return ""
    return _("%(day)s, %(time)s UTC") % {"day": day(value), "time": f"{value.astimezone(UTC):%H:%M}"}


@register.filter
def month(value: date | str) -> str:
    """A month in short: Jun 2026."""
    return month_text(date.fromisoformat(value[:10]) if isinstance(value, str) else value, _language())


@register.filter
def figure(value: object, digits: int = 1) -> str:
    """A number rounded to what is known: whole from a hundred on, `digits` decimals below; nothing for None."""
    if value is None or value == "":
        return ""
    if not isinstance(value, int | float):
        return str(value)
    return figure_text(value, _language(), digits)


@register.filter
def share(value: float | None) -> str:
    """A share as a percentage; nothing for None."""
    return "" if value is None else share_text(value, _language())


@register.filter
def written(value: float | str | Sequence[float | str]) -> str:
    """A number, share or pair of them as a planner wrote it, with the signs of the reader's language."""
    return written_number(value, _language())


@register.filter
def span(value: Span) -> str:
    """A length of time in the reader's language."""
    return span_text(value, _language())


@register.simple_tag
def colon() -> str:
    """What stands between a word and what is said of it, with the spaces of the reader's language."""
    return str(words(_language(), "colon"))


@register.filter
def kind_word(kind: str | None) -> str:
    """What a kind of evidence is called."""
    return named(_language(), "kinds", kind) if kind else "–"


@register.filter
def in_hundred(probability: float | None) -> str:
    """A probability as people say it; never 0 and never 100."""
    if probability is None:
        return ""
    return _("%(count)s in 100") % {"count": min(99, max(1, round(probability * 100)))}


@register.filter
def get(mapping: Mapping[str, object], key: str) -> object:
    return mapping.get(key)


_COMPONENTS = {
    "head-of-mission": gettext_noop("Head of Mission"),
    "political-affairs": gettext_noop("Political Affairs"),
    "civil-affairs": gettext_noop("Civil Affairs"),
    "community-liaison": gettext_noop("Community Liaison"),
    "human-rights": gettext_noop("Human Rights"),
    "child-protection": gettext_noop("Child Protection"),
    "gender": gettext_noop("Gender"),
    "country-team": gettext_noop("Country Team"),
    "electoral": gettext_noop("Electoral"),
    "force": gettext_noop("Force"),
    "police": gettext_noop("Police"),
    "rule-of-law": gettext_noop("Rule of Law"),
    "justice": gettext_noop("Justice"),
    "strategic-communications": gettext_noop("Strategic Communications"),
    "planning": gettext_noop("Planning"),
    "jmac": gettext_noop("JMAC"),
    "joc": gettext_noop("JOC"),
    "mission-support": gettext_noop("Mission Support"),
    "ddr": gettext_noop("DDR"),
}


@register.filter
def component(id: str) -> str:
    """The name of a mission component; one that the mission added is shown as it wrote it."""
    return _(_COMPONENTS[id]) if id in _COMPONENTS else id.replace("-", " ")


@register.filter
def components(ids: Iterable[str]) -> str:
    return _(", ").join(component(id) for id in ids)


@register.filter
def source_type_word(source_type: str) -> str:
    words = {
        "producer": _("data producer"),
        "monitor": _("the mission's monitors"),
        "survey": _("survey"),
        "register": _("official register"),
        "media": _("media"),
        "expert": _("experts"),
    }
    return words.get(source_type, source_type)


@register.simple_tag(takes_context=True)
def own_words(context: template.Context, text: str) -> SafeString:
    """A text of the mission file, marked with the language in which the mission wrote it."""
    return format_html('<bdi lang="{}">{}</bdi>', context.get("mission_language", SOURCE), text)


@register.simple_tag(takes_context=True)
def own_tongue(context: template.Context) -> str:
    """The language of the mission's own texts as the reader calls it; nothing where the reader reads in it."""
    written_in = str(context.get("mission_language", SOURCE))
    return "" if written_in == _language() else language_name(written_in)


@register.simple_tag
def heat_strip(strip: Strip, summary: str) -> SafeString:
    """One line of a heat map, and what it says for who cannot see it."""
    return format_html(
        '<svg class="strip" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        str(strip.width), str(strip.height), summary, mark_safe(strip.drawn),  # noqa: S308 - escaped where it is drawn
    )  # fmt: skip
