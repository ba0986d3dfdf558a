"""The framework's own words on a page: texts in the reader's language, rules and thresholds in words."""

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from primacy.framework.entries import Benchmark
from primacy.ui.templatetags.ui import components

register = template.Library()


def _language() -> str:
    return (get_language() or "en").split("-")[0]


@register.filter
def horizon_word(horizon: str) -> str:
    return {"short": _("Short term"), "medium": _("Medium term"), "long": _("Long term")}[horizon]


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
def indicator_label(context: template.Context, id: str, indicator: str) -> str:
    return context["framework"].text(id, f"labels.{indicator}", _language())[0]


@register.simple_tag(takes_context=True)
def sign_text(context: template.Context, id: str, sign: str) -> str:
    """A sign that the benchmark is lost, in the reader's language."""
    return context["framework"].text(id, f"signs.{sign}", _language())[0]


@register.filter
def everybody(benchmark: Benchmark) -> str:
    """Who leads on a benchmark and who works with them."""
    return components([benchmark.lead, *benchmark.with_])
