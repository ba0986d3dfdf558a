"""The gaps of the evidence as a page draws them: strips of months, a table of areas, what to collect, delays."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _

from primacy.assessment.told.gaps_told import Shown, words_of
from primacy.assessment.told.wanting import Ask
from primacy.evidence.kinds import KINDS
from primacy.evidence.lacking.delays import AFTER_MONTHS
from primacy.evidence.lacking.gaps import MARKS, Gaps
from primacy.evidence.store.numbered_days import first_day
from primacy.framework.languages import named
from primacy.ui.heat_map import SHAPES, Strip, Year, strip, years
from primacy.ui.templatetags.ui import figure, month

register = template.Library()
WORDS = {
    "full": gettext_noop("known"),
    "single": gettext_noop("one source only"),
    "thin": gettext_noop("too few answers"),
    "open": gettext_noop("known in part"),
    "stale": gettext_noop("too old"),
    "pending": gettext_noop("the month is not over"),
    "missing": gettext_noop("nothing known"),
}
NATURES = (
    (("event", "effort"), gettext_noop("What happened, and how hard somebody looked")),
    (("state",), gettext_noop("How things stand at the end of each month")),
    (("estimate",), gettext_noop("Surveys, indices and other estimates")),
)
FIRST, FIRST_SOURCES = 3, 3  # what stands open on a page that is long on a phone: the rest is folded behind it


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _word(mark: int) -> str:
    return _(WORDS[MARKS[mark]])


@register.simple_tag
def gap_shapes() -> SafeString:
    """The drawing of every mark, once in a page; `gap_mark` and strips point at them."""
    symbols = "".join(f'<symbol id="gap-{mark}" viewBox="0 0 16 16">{shape}</symbol>' for mark, shape in SHAPES.items())
    return mark_safe(f'<svg class="gap-shapes" aria-hidden="true">{symbols}</svg>')  # noqa: S308 - own shapes


@register.simple_tag
def gap_mark(mark: str, label: bool = True) -> SafeString:
    """One mark; without `label` where its word stands beside it."""
    words = format_html('role="img" aria-label="{}"', _(WORDS[mark])) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="gap" viewBox="0 0 16 16" {}><use href="#gap-{}"/></svg>', words, mark)


@register.simple_tag
def gap_legend() -> list[tuple[str, str]]:
    """(mark, word), well known first."""
    return [(mark, _(word)) for mark, word in WORDS.items()]


@register.simple_tag
def gap_groups(told: Shown, area: str) -> list[dict[str, Any]]:
    """Kinds of which anything is known, by nature, each with its strip."""
    found, where = told.gaps, told.gaps.areas.index(area)
    months = [month(first_day(number)) for number in found.months]
    groups = []
    for natures, title in NATURES:
        places = [
            place
            for place, kind in enumerate(found.kinds)
            if KINDS[kind].nature in natures and found.told[place] and (not area or found.placed[place])
        ]
        if places:
            groups.append({"title": _(title), "kinds": [_kind(found, place, where, months) for place in places]})
    return groups


def _kind(found: Gaps, place: int, where: int, months: Sequence[str]) -> dict[str, Any]:
    marks = found.marks[place, where].tolist()
    return {
        "kind": found.kinds[place],
        "strip": _strip(months, marks, found.rows[place, where].tolist()),
        "summary": _summary(marks),
        "points": int(found.rows[place, where].sum()),
    }


def _strip(months: Sequence[str], marks: Sequence[int], rows: Sequence[int]) -> Strip:
    says, words = _("%(month)s: %(mark)s, data points: %(count)s"), {mark: _word(mark) for mark in set(marks)}
    counts = {count: figure(count) for count in set(rows)}
    said = [
        says % {"month": name, "mark": words[mark], "count": counts[count]}
        for name, mark, count in zip(months, marks, rows, strict=True)
    ]
    return strip([(MARKS[mark], each) for mark, each in zip(marks, said, strict=True)])


def _summary(marks: Sequence[int]) -> str:
    """How many months have each mark, well known first."""
    counts = Counter(MARKS[mark] for mark in marks)
    return _(", ").join(
        _("%(mark)s: %(months)s") % {"mark": _(word), "months": _months(counts[mark])}
        for mark, word in WORDS.items()
        if counts[mark]
    )


def _months(count: int) -> str:
    return ngettext("%(count)s month", "%(count)s months", count) % {"count": figure(count)}


@register.simple_tag
def gap_years(told: Shown) -> tuple[Year, ...]:
    return years([first_day(number).isoformat() for number in told.gaps.months])


@register.simple_tag
def gap_period(told: Shown) -> str:
    first, last = (month(first_day(told.gaps.months[place])) for place in (0, -1))
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


@register.simple_tag
def gap_areas(told: Shown, names: Mapping[str, str]) -> dict[str, Any]:
    """The table of areas: kinds as columns, areas as rows of marks; empty where nothing is placed."""
    found = told.gaps
    placed = [place for place, yes in enumerate(found.placed.tolist()) if yes]
    rows = [
        (code, names.get(code, code), [MARKS[mark] for mark in found.by_area[placed, place].tolist()])
        for place, code in enumerate(found.areas)
        if code and placed
    ]
    return {"kinds": [found.kinds[place] for place in placed], "rows": sorted(rows, key=lambda row: row[1])}


@register.simple_tag
def gap_nothing(told: Shown) -> list[str]:
    """Kinds of which nothing at all is known, those that some finding lacks first."""
    lacking = {each.kind for each in told.wanted}
    silent = [kind for kind, told_ in zip(told.gaps.kinds, told.gaps.told.tolist(), strict=True) if not told_]
    return sorted(silent, key=lambda kind: (kind not in lacking, named(_language(), "kinds", kind)))


@register.simple_tag
def gap_collect(told: Shown) -> dict[str, Any]:
    """What to collect first, the rest behind it, and what would only make findings surer."""
    asked = [each for each in told.wanted if each.asks]
    return {"first": asked[:FIRST], "more": asked[FIRST:], "surer": [each for each in told.wanted if not each.asks]}


@register.simple_tag
def gap_asked(told: Shown, ask: Ask) -> list[tuple[str, str]]:
    """(what, how) the framework asks for of one kind, for one benchmark, cheapest first, in the reader's language."""
    return words_of(ask, told, _language())


@register.simple_tag
def gap_lineages(told: Shown) -> dict[str, list[dict[str, Any]]]:
    """Delays by source, those with most events first; a lineage is named by the name of its data set."""
    ranked = sorted(told.delays, key=lambda each: -each.events)
    named = [{"name": each.lineage.rpartition("/")[2] or each.lineage, "delay": each} for each in ranked]
    return {"first": named[:FIRST_SOURCES], "more": named[FIRST_SOURCES:]}


@register.simple_tag
def gap_after() -> list[tuple[int, str]]:
    """The columns of delays: (months, what they are called)."""
    return [(months, _months(months) if months else _("Same month")) for months in AFTER_MONTHS]


@register.filter
def after(shares: Mapping[int, float], months: int) -> float:
    """The share known after so many months, in whole percents."""
    return round(shares[months], 2)
