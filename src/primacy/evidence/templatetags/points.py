"""The explorer of data points as a page draws it: the one place where its chart, its map and its bars are made."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from primacy.evidence.kinds import ADDED_UP, KINDS
from primacy.evidence.shown.categories import category_words, group_words
from primacy.evidence.shown.exploring import AtHand, Explored, Question
from primacy.evidence.store.numbered_days import first_day, month_index
from primacy.evidence.store.raster import NEVER_BY_PLACE
from primacy.evidence.store.series import named_series
from primacy.evidence.store.silence import covered_months
from primacy.framework.languages import named
from primacy.framework.saying import isolated
from primacy.places.areas import Areas
from primacy.places.coarseness import DISTRICT_AND_WEEK
from primacy.ui import area_map
from primacy.ui.pictures import Picture, specification, svg_once
from primacy.ui.templatetags.ui import capital, day, figure, kind_word, source_type_word

register = template.Library()
MONTHS = 36  # on the chart, unless days are asked for
MOST_MONTHS = 180
MOST_GROUPS = 40
Cell = tuple[int, float]


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _count(number: int) -> str:
    return ngettext("%(count)s data point", "%(count)s data points", number) % {"count": figure(number)}


@register.filter
def measure_word(measure: str) -> str:
    return named(_language(), "measures", measure)


@register.simple_tag
def points_headline(found: Explored, question: Question) -> str:
    """How much was found, as a sentence without its full stop."""
    rows, value = found.sums.total
    if question.adds_up:
        return _("%(measure)s: %(value)s, in %(rows)s") % {
            "measure": measure_word(question.measure).capitalize(), "value": figure(value), "rows": _count(rows),
        }  # fmt: skip
    return _count(rows)


@register.simple_tag
def points_sources(found: Explored, question: Question) -> int:
    """How many sources tell of what is added up: of several the same event may count more than once."""
    if not question.adds_up or question.series:
        return 0
    return len({each.lineage for each in found.at_hand.versions if any(c.kind == question.kind for c in each.coverage)})


@register.simple_tag
def points_official(found: Explored, question: Question) -> tuple[str, str]:
    """(lineage, name) of the source that rules read on a kind; empty where none is named, or none can be asked for."""
    topics = {question.kind, f"{question.kind}/{question.category}"}
    for each in reversed(found.at_hand.versions):
        if topics & set(each.official_topics):
            return (each.lineage, each.name) if each.lineage in found.at_hand.told_series else ("", "")
    return "", ""


def _frame(found: Explored, question: Question) -> tuple[int, int]:
    """First and last month to draw: those asked for, else the last that anything is told of."""
    told = found.sums.by_month
    today = month_index(found.at_hand.as_of)
    ends = [*told, *found.sums.longer.values()]
    last = month_index(question.until) if question.until else max(ends, default=today)
    last = max(min(last, today), 0)
    first = month_index(question.since) if question.since else max(min(told, default=last), last - MONTHS + 1)
    return max(min(first, last), last - MOST_MONTHS + 1), last


def _silence(found: Explored, question: Question, codes: Sequence[str], first: int, last: int) -> Any:
    hand = found.at_hand
    return covered_months(
        hand.silent, hand.areas, codes, kind=question.kind, category=question.category, series=question.series,
        first=first, last=last, country=hand.areas.country or "",
    )  # fmt: skip


@register.simple_tag
def points_chart(found: Explored, question: Question) -> dict[str, Any]:
    """By month: the sum where one measure of events or effort is asked for, else the number of data points.

    A month without any is zero only where a complete data set covers it; of states and estimates it is zero, because
    data points are counted and not what they say. What is of several months stands in the first of them; whether any
    of it is of the others is not known, so that they are not zero.
    """
    first, last = _frame(found, question)
    told, events = found.sums.by_month, question.kind in ADDED_UP
    codes = [question.area] if question.area else []
    covered = _silence(found, question, codes, first, last)[-1] if events else None
    numbers = range(first, last + 1)
    shared = found.sums.reached_into if events else frozenset()
    values = [
        _drawn(
            told.get(number), question,
            silent=number not in shared and (covered is None or bool(covered[number - first])),
        )
        for number in numbers
    ]  # fmt: skip
    within = [number in shared and value is None for number, value in zip(numbers, values, strict=True)]
    until = [found.sums.longer.get(number) if events and number in told else None for number in numbers]
    months = [first_day(number).isoformat() for number in numbers]
    running = len(months) - 1 if events and last == month_index(found.at_hand.as_of) else None
    picture = Picture(_title(question), "", tuple(months), tuple(values), incomplete_from=running)
    language = _language()
    return {
        "wide": svg_once(json.dumps(specification(picture, language), sort_keys=True)),
        "narrow": svg_once(json.dumps(specification(picture, language, narrow=True), sort_keys=True)),
        "label": _title(question),
        "rows": list(zip(months, values, within, [end and first_day(end).isoformat() for end in until], strict=True))[
            ::-1
        ],
        "gaps": any(value is None and not part for value, part in zip(values, within, strict=True)),
        "shared": any(within) or any(until),
        "incomplete": running is not None and values[-1] is not None,
        "blank": not any(values),
        "earlier": sum(cell[0] for number, cell in told.items() if number < first),
    }


def _drawn(cell: Cell | None, question: Question, *, silent: bool) -> float | None:
    if cell is None:
        return 0.0 if silent else None
    return cell[1] if question.adds_up else float(cell[0])


def _title(question: Question) -> str:
    if question.adds_up:
        return _("%(measure)s by month") % {"measure": measure_word(question.measure).capitalize()}
    return _("Data points by month")


@register.simple_tag
def points_map(found: Explored, question: Question) -> dict[str, Any] | None:
    """By area, one level below the one asked for; nothing of what is never told by place, nor without boundaries."""
    areas, level = found.at_hand.areas, _level(found.at_hand, question)
    if level is None or question.kind in NEVER_BY_PLACE:
        return None
    language = _language()
    inside = areas.descendants(question.area) | {question.area} if question.area else None
    outlines = [each for each in areas.outline(level, language) if inside is None or each[0] in inside]
    told = found.sums.by_area(areas, level)
    codes = [code for code, _name, _shape in outlines]
    first, last = _frame(found, question)
    silent = _silence(found, question, codes, first, last).all(axis=1)[1:] if question.kind in ADDED_UP else []
    quiet = dict(zip(codes, silent, strict=False))
    values = {code: _drawn(told.get(code), question, silent=bool(quiet.get(code, False))) for code in codes}
    said = {
        code: f"{name}: {_('unknown') if values[code] is None else figure(values[code])}"
        for code, name, _shape in outlines
    }
    drawn = area_map.draw(
        outlines, area_map.ramp(values), said, id="points", width=420, disputed=areas.disputed(),
        key=map_key(values),
    )  # fmt: skip
    if drawn is None:
        return None
    rows = sorted(((name, code, values[code]) for code, name, _ in outlines), key=lambda row: -(row[2] or 0))
    return {"map": drawn, "rows": rows}


def map_key(values: Mapping[str, float | None]) -> list[tuple[str, str]]:
    """What the shades of a map stand for: the least and the greatest value of each."""
    return [
        (filling, figure(low) if low == high else f"{figure(low)}–{figure(high)}")
        for filling, low, high in area_map.shades(values)
    ]


def _level(hand: AtHand, question: Question) -> int | None:
    """The level to draw: below the area asked for, never below a district."""
    levels = [level for level in hand.areas.levels if 0 < level <= DISTRICT_AND_WEEK.level]
    above = hand.areas.level_of(question.area) if question.area else 0
    return next((level for level in levels if level > (above or 0)), levels[-1] if levels else None)


@register.simple_tag
def points_groups(found: Explored, question: Question, by: str) -> dict[str, Any]:
    """The table of what is counted: (name, rows, sum, share of the largest in hundredths), largest first."""
    groups: Mapping[Any, Cell]
    if by == "area":
        groups = found.sums.by_area(found.at_hand.areas, _level(found.at_hand, question) or 0)
    else:
        groups = found.sums.by_key()
    weight = 1 if question.adds_up else 0
    ordered = sorted(groups.items(), key=lambda each: -each[1][weight])
    most = max((cell[weight] for _key, cell in ordered), default=0) or 1
    names = named_series(found.at_hand.versions) if by == "series" else {}
    rows = [
        (
            _name(by, key, names, found.at_hand.areas, question.kind),
            key,
            cell[0],
            cell[1],
            round(100 * cell[weight] / most),
        )
        for key, cell in ordered[:MOST_GROUPS]
    ]
    return {"rows": rows, "more": max(0, len(ordered) - MOST_GROUPS)}


def _name(by: str, key: str, names: Mapping[str, str], areas: Areas, kind: str) -> str:
    if by == "area":
        return areas.name(key, _language())
    if by == "kind":
        return kind_word(key)
    if not key:
        return _("not told") if by == "series" else _("all together") if by == "group" else _("without a category")
    if by == "category":
        return category_words(key, _language(), kind) or kind_word(kind)
    if by == "group":
        return capital(group_words(key, _language()))
    return names.get(key, key)


@register.simple_tag(takes_context=True)
def points_row(context: template.Context, row: Mapping[str, Any]) -> dict[str, Any]:
    """One data point in words."""
    hand: AtHand = context["found"].at_hand
    version = next((each for each in hand.versions if each.id == row["dataset"]), None)
    return {
        "when": period_words(row["date"], row["until"]),
        "area": hand.areas.name(row["area"], _language()) if row["area"] else "",
        "kind": kind_word(row["kind"]),
        "what": what_words(row),
        "note": row["note"] or "",
        "value": f"{measure_word(row['measure'])} {value_words(row)}",
        "version": version,
        "source": row["source"] or ("" if version else source_type_word(row["source_type"]) or _("not told")),
    }


def what_words(row: Mapping[str, Any]) -> str:
    """What a data point is about beside its kind: its category in words, who did it, to whom, of which people."""
    category = category_words(row.get("category") or "", _language(), row["kind"])
    named_so = (isolated(row.get(name) or "", _language()) for name in ("actor", "target"))
    group = group_words(row.get("group") or "", _language())
    return " · ".join(filter(None, [category, *named_so, group]))


def value_words(row: Mapping[str, Any]) -> str:
    """A value as people read it: a stage by its name, an amount with its currency, a range where there is one."""
    if row["value"] is None:
        return "–"
    scheme = KINDS[row["kind"]].scheme(row["measure"], row.get("category") or "") if row["kind"] in KINDS else ()
    number = int(row["value"])
    if scheme and row["value"] == number and 1 <= number <= len(scheme):
        return scheme[number - 1].replace("-", " ")
    kind = KINDS.get(row["kind"])
    unit = row.get("unit") if kind and kind.measures.get(row["measure"]) == "currency" else ""
    low, high = row.get("low"), row.get("high")
    span = f" ({figure(low)}–{figure(high)})" if low is not None and high is not None and low != high else ""
    return f"{figure(row['value'], 2)}{span} {unit or ''}".rstrip()


def period_words(start: Any, end: Any) -> str:
    """A day, or the first and the last of a period."""
    if end is None or start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    return f"{day(start)} – {day(end)}"
