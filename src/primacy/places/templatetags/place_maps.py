"""Areas on a map, and what became of them, in words: the one place where their pictures are made."""

from datetime import date
from typing import Any

from django import template
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from primacy.places.areas import Areas
from primacy.places.overlap import Change
from primacy.ui import area_map
from primacy.ui.templatetags.ui import day, figure, share

register = template.Library()
KINDS = {
    "recoded": gettext_noop("new code"), "split": gettext_noop("split"), "merged": gettext_noop("merged into"),
    "gone": gettext_noop("gone"), "new": gettext_noop("new"), "renamed": gettext_noop("renamed"),
    "moved": gettext_noop("moved"), "redrawn": gettext_noop("redrawn"),
}  # fmt: skip
PEOPLE_LEVEL = 1


def _language() -> str:
    return (get_language() or "en").split("-")[0]


@register.simple_tag
def people_map(areas: Areas) -> Any:
    """People by area of the first level; None without boundaries."""
    outlines = areas.outline(PEOPLE_LEVEL, _language())
    people = {code: areas.population(code) for code, _name, _shape in outlines}
    words = {code: f"{name}: {_people(people[code])}" for code, name, _shape in outlines}
    key = [
        (filling, _people(low) if low == high else f"{_people(low)}–{_people(high)}")
        for filling, low, high in area_map.shades(people)
    ]
    return area_map.draw(
        outlines, area_map.ramp(people), words, id="people", width=420, disputed=areas.disputed(), key=key
    )


@register.simple_tag
def place_map(areas: Areas, code: str) -> Any:
    """An area among those of its level; None without boundaries."""
    level = areas.level_of(code)
    outlines = areas.outline(level, _language()) if level is not None else []
    fillings = {each: "ramp-4" if each == code else "status-not-applicable" for each, _name, _shape in outlines}
    names = {each: name for each, name, _shape in outlines}
    return area_map.draw(outlines, fillings, names, id="place", width=360, disputed=areas.disputed())


def _people(number: float | None) -> str:
    return _("people not known") if number is None else figure(round(number))


@register.filter
def people(number: float | None) -> str:
    return _people(number)


@register.filter
def level_word(level: int) -> str:
    return _("country") if level == 0 else _("level %(level)s") % {"level": level}


@register.filter
def edition_word(first: date | None) -> str:
    return day(first) if first else _("without a day")


@register.simple_tag
def change_words(change: Change, areas: Areas) -> str:
    """What became of an area: from what to what, or who holds its land."""
    said = _(KINDS[change.kind])
    if change.before or change.after:
        return f"{said}: {change.before or '–'} → {change.after or '–'}"
    held = _(", ").join(f"{areas.name(code, _language())} {share(part)}" for code, part in change.to)
    return f"{said}: {held}" if held else said
