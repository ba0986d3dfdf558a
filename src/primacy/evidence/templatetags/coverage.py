"""The coverage of a data set as strips of months, one for each kind or area."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _

from primacy.evidence.lacking.coverage_map import FULL, MISSING, OPEN, SILENT, CoverageMap
from primacy.evidence.shown.categories import category_words, topic_words
from primacy.evidence.store.numbered_days import first_day
from primacy.evidence.store.series import Freshness
from primacy.framework.languages import named
from primacy.ui.heat_map import QUIET, SHAPES, Strip, crowded, strip, width, years
from primacy.ui.templatetags.ui import capital, figure, month

register = template.Library()


@register.filter("topic_words")
def topic_in_words(topic: str) -> str:
    return topic_words(topic, get_language() or "en")


@register.filter("category_words")
def category_in_words(path: str, kind: str) -> str:
    return category_words(path, get_language() or "en", kind) or path


WORDS = {
    FULL: gettext_noop("told, and complete"),
    SILENT: gettext_noop("complete: none happened"),
    OPEN: gettext_noop("told, silence unknown"),
    MISSING: gettext_noop("not covered"),
}


@register.simple_tag
def coverage_legend() -> list[tuple[SafeString, str]]:
    mark = '<svg class="gap" viewBox="0 0 16 16" aria-hidden="true"><use href="#gap-{}"/></svg>'
    return [(format_html(mark, each), _(word)) for each, word in WORDS.items()]


@register.simple_tag
def coverage_shapes() -> SafeString:
    shapes = SHAPES | QUIET
    symbols = "".join(f'<symbol id="gap-{each}" viewBox="0 0 16 16">{shapes[each]}</symbol>' for each in WORDS)
    return mark_safe(f'<svg class="gap-shapes" aria-hidden="true">{symbols}</svg>')  # noqa: S308 - own shapes


@register.simple_tag
def coverage_strips(covers: CoverageMap, names: Mapping[str, str]) -> dict[str, Any]:
    """Strips by kind for the whole country, and by area for all kinds together where anything is placed."""
    language = get_language() or "en"
    by_kind = [
        (capital(named(language, "kinds", kind)), _strip(covers, [n], 0), int(covers.rows[n, 0].sum()))
        for n, kind in enumerate(covers.kinds)
    ]
    every = list(range(len(covers.kinds)))
    placed = [n for n in range(1, len(covers.areas)) if covers.rows[:, n].any()]
    silent = [n for n in range(1, len(covers.areas)) if n not in placed]
    by_area = [
        (names.get(covers.areas[n], covers.areas[n]), _strip(covers, every, n), int(covers.rows[:, n].sum()))
        for n in [*placed, *silent]
    ]
    axis = years([first_day(number).isoformat() for number in covers.months])
    groups = [(_("Kind"), by_kind)] + ([(_("Area"), sorted(by_area, key=lambda each: each[0]))] if placed else [])
    months = len(covers.months)
    return {"groups": groups, "years": axis, "width": width(months), "crowded": crowded(months)}


def _strip(covers: CoverageMap, kinds: list[int], area: int) -> dict[str, Any]:
    marks = [_best([covers.mark(kind, area, n) for kind in kinds]) for n in range(len(covers.months))]
    counts = covers.rows[kinds, area].sum(axis=0).tolist()
    said = [
        _("%(month)s: %(mark)s, data points: %(count)s")
        % {"month": month(first_day(number)), "mark": _(WORDS[mark]), "count": figure(count)}
        for number, mark, count in zip(covers.months, marks, counts, strict=True)
    ]
    missing = marks.count(MISSING)
    summary = ngettext("%(count)s of %(all)s month not covered", "%(count)s of %(all)s months not covered", missing) % {
        "count": figure(missing),
        "all": figure(len(marks)),
    }
    drawn: Strip = strip(list(zip(marks, said, strict=True)))
    return {"strip": drawn, "summary": summary}


def _best(marks: list[str]) -> str:
    return next(each for each in WORDS if each in marks)


@register.filter
def age_words(fresh: Freshness) -> str:
    """How old the newest knowledge is, and whether that is late."""
    days = ngettext("%(count)s day old", "%(count)s days old", fresh.age) % {"count": figure(fresh.age)}
    if fresh.usual is None:
        return days
    every = ngettext("comes every %(count)s day", "comes every %(count)s days", fresh.usual) % {
        "count": figure(fresh.usual)
    }
    return _("%(age)s, %(every)s") % {"age": days, "every": every}
