"""A back-test on a page: one mark for each month by year, the runs of a status, what was called and how early."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from primacy.framework.languages import words
from primacy.ui import marks
from primacy.ui.templatetags.ui import month

register = template.Library()
UNJUDGED = {"insufficient evidence", "not yet applicable", "not applicable"}
Tree = Mapping[str, Any]


@dataclass(frozen=True)
class Run:
    """Months in a row with one status."""

    status: str
    first: str
    last: str
    months: int


@register.simple_tag
def status_shapes() -> SafeString:
    """The drawing of every mark, once in a page; `small_mark` points at them. A group keeps the classes together."""
    symbols = "".join(
        f'<symbol id="{marks.style_class(status)}" viewBox="0 0 16 16"><g class="mark">{shape}</g></symbol>'
        for status, shape in marks.SHAPES.items()
    )
    return mark_safe(f'<svg class="gap-shapes" aria-hidden="true">{symbols}</svg>')  # noqa: S308 - own shapes


@register.simple_tag
def month_mark(status: str, day: str) -> SafeString:
    """The mark of one month; its word and month show where a pointer rests, and stand in the table for all others."""
    name = marks.style_class(status)
    said = _("%(month)s: %(status)s") % {"month": month(day), "status": marks.word(status)}
    return format_html(
        '<svg class="mark {}" viewBox="0 0 16 16"><title>{}</title><use href="#{}"/></svg>', name, said, name
    )


@register.simple_tag
def by_year(told: Tree, each: Tree) -> list[tuple[str, list[tuple[str, str]]]]:
    """(year, its months as (status, day)) of one benchmark."""
    months = zip(each["statuses"], [m["as_of"] for m in told["months"]], strict=True)
    return [(year, list(listed)) for year, listed in groupby(months, key=lambda pair: pair[1][:4])]


@register.simple_tag
def runs(told: Tree, each: Tree) -> list[Run]:
    """The months of one benchmark put together where the status stayed the same."""
    days, found, place = [m["as_of"] for m in told["months"]], [], 0
    for status, listed in groupby(each["statuses"]):
        count = len(list(listed))
        found.append(Run(status, days[place], days[place + count - 1], count))
        place += count
    return found


@register.filter
def judged(listed: Iterable[Tree]) -> list[Tree]:
    """The benchmarks that were judged in some month."""
    return [each for each in listed if set(each["statuses"]) - UNJUDGED]


@register.filter
def never_judged(listed: Iterable[Tree]) -> list[Tree]:
    return [each for each in listed if not set(each["statuses"]) - UNJUDGED]


@register.filter
def statuses_counted(statuses: Sequence[str]) -> str:
    """The picture in words: `24 months met, 3 months reversed`."""
    counted = Counter(statuses)
    said = [
        ngettext("%(n)s month %(status)s", "%(n)s months %(status)s", counted[status])
        % {"n": counted[status], "status": marks.word(status)}
        for status in marks.STATUSES
        if counted[status]
    ]
    return _(", ").join(said)


@register.filter
def called_at_all(events: Iterable[Tree]) -> list[Tree]:
    """The dated events near which a loss was called."""
    return [each for each in events if each["called"]]


@register.filter
def how_early(event: Tree) -> str:
    """When a loss was called, before or after its event."""
    months = event["months_before"]
    if not months:
        return _("in the same month")
    if months > 0:
        return ngettext("%(n)s month before", "%(n)s months before", months) % {"n": months}
    return ngettext("%(n)s month after", "%(n)s months after", -months) % {"n": -months}


@register.filter
def called_how(kind: str) -> str:
    return _("as reversed") if kind == "status" else _("by a sign that nobody has confirmed")


@register.filter
def event_word(name: str) -> str:
    """An event of the mission file as people say it; its own name where it is none that every mission has."""
    known = words((get_language() or "en").split("-")[0], "events")
    return str(known.get(name, name.replace("_", " ")))
