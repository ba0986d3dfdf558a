"""The framework's own words on a page: texts in the reader's language, rules and thresholds in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from primacy.framework import Framework, Problem, translations, values
from primacy.framework.entries import Collect, Entry, Option, Threshold
from primacy.framework.grammar import Alarm
from primacy.framework.instance import Instance
from primacy.framework.languages import languages
from primacy.framework.mission import day_of
from primacy.framework.overlay import FieldChange
from primacy.framework.saying import ended_once
from primacy.framework.translations import SOURCE, reviews
from primacy.ui.templatetags.ui import coded, components
from primacy.ui.wording import alarm_text

register = template.Library()


def _language() -> str:
    return (get_language() or "en").split("-")[0]


@register.filter
def horizon_word(horizon: str) -> str:
    return {"short": _("Short term"), "medium": _("Medium term"), "long": _("Long term")}[horizon]


@register.filter
def beside_unit(value: Any, unit: str) -> Any:
    """A number as it is read before its unit: 5 % in percentage points is 5."""
    return values.beside_unit(value, unit)


@register.simple_tag(takes_context=True)
def text(context: template.Context, id: str, name: str) -> str:
    """A text of the framework in the reader's language, or in English where it is not translated."""
    return context["framework"].text(id, name, _language())[0]


@register.simple_tag(takes_context=True)
def untranslated(context: template.Context, id: str, name: str) -> bool:
    return not context["framework"].text(id, name, _language())[1]


@register.simple_tag(takes_context=True)
def threshold_unit(context: template.Context, id: str, name: str) -> str:
    """What a threshold counts, such as `share of contacts`."""
    return context["framework"].text(id, f"units.{name}", _language())[0]


@register.simple_tag(takes_context=True)
def value_before(context: template.Context, id: str, name: str) -> FieldChange | None:
    """The change of a threshold whose old value still stands beside the new one."""
    framework: Framework = context["framework"]
    field = f"thresholds.{name}.value"
    changes = (each for each in framework.changes if (each.entry, each.field) == (id, field))
    return next((each for each in changes if each.shown_beside(day_of(Instance.here(), timezone.localdate()))), None)


@register.simple_tag(takes_context=True)
def set_here(context: template.Context, id: str, name: str) -> bool:
    """Whether a number is the mission's own."""
    return bool(context["framework"].sets(id, name))


@register.simple_tag(takes_context=True)
def source_words(context: template.Context, threshold: Threshold) -> str:
    """Who published a number, and where."""
    return str(context["framework"].published[threshold.source or ""].source)


@register.simple_tag(takes_context=True)
def indicator_label(context: template.Context, id: str, indicator: str) -> str:
    return context["framework"].text(id, f"labels.{indicator}", _language())[0]


@register.simple_tag(takes_context=True)
def sign_text(context: template.Context, id: str, sign: str) -> str:
    """A sign that the benchmark is lost, in the reader's language."""
    return context["framework"].text(id, f"signs.{sign}", _language())[0]


@register.simple_tag(takes_context=True)
def alarm_words(context: template.Context, id: str, alarm: Alarm) -> str:
    """The alarm that a benchmark is lost, by what it listens to, and how often it may sound for nothing."""
    return alarm_text(indicator_label(context, id, alarm.indicator), alarm.false_alarms, _language())


@register.simple_tag(takes_context=True)
def to_collect(
    context: template.Context, id: str, listed: Iterable[Collect | Mapping[str, str]]
) -> list[dict[str, str]]:
    """What to collect for a benchmark, in the reader's language."""
    asked = [each.model_dump() if isinstance(each, Collect) else each for each in listed]
    return translations.to_collect(context["framework"], id, asked, _language())


@register.inclusion_tag("ui/_review.html", takes_context=True)
def review_mark(context: template.Context) -> dict[str, bool]:
    """Once on a page: whether it shows translations that nobody has confirmed yet."""
    framework = context.get("framework")
    if framework is None:
        return {"waiting": False}
    found = reviews(framework, _language())
    units = found.units
    if isinstance(benchmark := context.get("benchmark"), Entry):
        units = [unit for unit in (benchmark.id, benchmark.output, "sentences", "words") if unit in units]
    return {"waiting": not all(found.holds(unit) for unit in units)}


@register.simple_tag(takes_context=True)
def reviewed(context: template.Context) -> list[dict[str, object]]:
    """For each language, how many of its texts somebody has confirmed as they are now."""
    names = languages()
    found = [reviews(context["framework"], code) for code in names if code != SOURCE]
    return [
        {"code": each.language, "name": names[each.language], "all": len(each.units),
         "done": len(each.units) - len(each.waiting)}
        for each in found
    ]  # fmt: skip


@register.filter
def fault_told(problem: Problem) -> str:
    """What is wrong and what to do, in the reader's language; commands and fields as code."""
    fault, remedy = problem.fault.told(_language()), problem.do.told(_language())
    return coded(ended_once(f"{fault}. {remedy[:1].upper()}{remedy[1:]}."))


@register.simple_tag(takes_context=True)
def text_at(context: template.Context, id: str, name: str, part: str) -> str:
    """A text below a field: `text_at "O1.R1" "signs" "capital-only"`."""
    return text(context, id, f"{name}.{part}")


@register.simple_tag(takes_context=True)
def option_text(context: template.Context, id: str, option: Option, name: str) -> str:
    return text(context, id, f"options.{option.id}.{name}")


@register.simple_tag(takes_context=True)
def option_list(context: template.Context, id: str, option: Option, name: str) -> list[str]:
    """The considerations `for` or `against` an option."""
    count = len(option.for_ if name == "for" else option.against)
    return [text(context, id, f"options.{option.id}.{name}.{place}") for place in range(count)]


@register.simple_tag(takes_context=True)
def item_text(context: template.Context, id: str, name: str, place: int, field: str) -> str:
    """A text of the list `name` of an entry, or of a field of what stands there."""
    return text(context, id, f"{name}.{place}.{field}" if field else f"{name}.{place}")


@register.filter
def everybody(entry: Entry) -> str:
    """Who leads and who works with them."""
    return components([entry.lead, *entry.with_])
