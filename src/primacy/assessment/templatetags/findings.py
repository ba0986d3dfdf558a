"""How findings speak on a page: sentences, likelihood, flags, charts and maps."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from primacy.assessment.double_coding import Coded, Scheme
from primacy.assessment.finding import AreaFinding, Finding, Part, Phrase, SignalFinding, Step
from primacy.assessment.front.narrowing import Narrowing
from primacy.assessment.told import sentences
from primacy.assessment.told.consequences import Answer
from primacy.assessment.told.explaining import paragraph as paragraph_of
from primacy.assessment.told.handbook import raised
from primacy.assessment.told.indicator_told import ToldIndicator, indicators_told
from primacy.assessment.told.other_sources_told import OthersInWords, in_words
from primacy.assessment.told.rule_outline import Outline, rule_outline
from primacy.assessment.told.rule_phrases import rule_phrase
from primacy.assessment.told.signs_told import SignReports
from primacy.evidence.shown.categories import category_words, group_words
from primacy.framework.entries import Benchmark, Measured
from primacy.framework.grammar import Rule
from primacy.framework.languages import named, words
from primacy.ui import area_map, marks, spark
from primacy.ui.templatetags.framework_texts import horizon_word
from primacy.ui.templatetags.ui import capital, component, day, figure, in_hundred, month, share

register = template.Library()
MET, NOT_MET = 0.90, 0.25
PERCENT = re.compile(r"(?<=\d) %")
SHARE = "share"


def _language() -> str:
    return (get_language() or "en").split("-")[0]


@register.simple_tag(takes_context=True)
def say(context: template.Context, phrase: Phrase | Sequence[Phrase] | None) -> str:
    """A phrase, or several as one paragraph, in the reader's language."""
    if phrase is None:
        return ""
    phrases = [phrase] if isinstance(phrase, Phrase) else list(phrase)
    told = sentences.say_all(
        phrases, _language(), framework=context["framework"], places=context.get("place_names", {})
    )
    return PERCENT.sub("\u00a0%", told)  # no line ends between a number and its sign


@register.simple_tag(takes_context=True)
def paragraph(context: template.Context, finding: Finding) -> str:
    """The finding in one paragraph."""
    return say(context, paragraph_of(finding))


@register.simple_tag(takes_context=True)
def other_sources(context: template.Context, finding: Finding) -> list[OthersInWords]:
    """What other sources tell of each indicator that an official one answers."""
    return [
        in_words(each, finding.benchmark, context["framework"], _language()) for each in finding.other_sources
    ]  # fmt: skip


@register.simple_tag(takes_context=True)
def reading(context: template.Context, finding: Finding, step: Step) -> str:
    """What the evidence says on a condition, against each baseline; nothing of a node that only combines others."""
    if step.part is None:
        return ""
    part = finding.parts[step.part]
    return say(context, (part.sentence, *part.beside) if step.then is None else step.then)


@register.simple_tag
def why_unknown(finding: Finding, step: Step) -> str:
    """Why a condition is not known."""
    reason = None if step.part is None or step.then is not None else finding.parts[step.part].reason
    return reason_word(reason) if reason and step.probability is None else ""


@register.simple_tag
def signs_of(finding: Finding) -> list[Part]:
    """Signs that what was achieved may be lost."""
    return [each for each in finding.parts if each.role == "sign"]


@register.simple_tag(takes_context=True)
def rule_parts(context: template.Context, benchmark: Benchmark) -> tuple[Outline, ...]:
    """The rule of a benchmark as the framework has it now, part below part."""
    return rule_outline(benchmark, benchmark.rule, _language(), context["framework"])


@register.simple_tag(takes_context=True)
def indicators_read(context: template.Context, entry: Measured) -> list[ToldIndicator]:
    """What each indicator of an entry reads, and what is enough of it."""
    return indicators_told(context["framework"], entry, _language())


@register.simple_tag(takes_context=True)
def flags_raised(context: template.Context, benchmark: Benchmark) -> list[str]:
    """What raises a flag beside the status of a benchmark."""
    return raised(context["framework"], benchmark, _language())


@register.simple_tag(takes_context=True)
def signal_text(context: template.Context, id: str, signal: SignalFinding) -> str:
    """What a warning sign says, or what makes a choice due."""
    part = "signs" if id in context["framework"].risks else "due"
    return str(context["framework"].text(id, f"{part}.{signal.id}", _language())[0])


@register.simple_tag(takes_context=True)
def sign_words(context: template.Context, benchmark_id: str, sign: SignReports) -> str:
    """What a reversal sign says, or which series its alarm listens to."""
    if sign.alarm:
        return _("The alarm on: %(series)s") % {"series": _label(context, benchmark_id, sign.alarm)}
    return str(context["framework"].text(benchmark_id, f"signs.{sign_id(sign.item)}", _language())[0])


@register.filter
def sign_id(item: str) -> str:
    """The sign of `BENCHMARK/sign`."""
    return item.partition("/")[2]


@register.simple_tag(takes_context=True)
def scheme_words(context: template.Context, schemes: Mapping[str, Scheme], coded: Coded) -> str:
    """What is scored, in the reader's language; the category alone where the framework asks it no more."""
    scheme = schemes.get(coded.category)
    return (
        _label(context, scheme.benchmark, scheme.indicator) if scheme else category_words(coded.category, _language())
    )


@register.simple_tag(takes_context=True)
def place_word(context: template.Context, code: str) -> str:
    return str(context["place_names"].get(code, code))


@register.filter
def sign_word(state: str) -> str:
    return str(words(_language(), "signs")[state])


@register.filter
def due_word(state: str) -> str:
    return str(words(_language(), "due")[state])


@register.simple_tag(takes_context=True)
def rule_in_words(context: template.Context, entry: Measured, rule: Rule) -> str:
    """One rule of a risk or a trade-off, in words."""
    return say(context, rule_phrase(entry, rule))


@register.filter
def flag_word(flag: str) -> str:
    return sentences.flag_word(flag, _language())


@register.simple_tag(takes_context=True)
def narrowed_words(context: template.Context, asked: Narrowing) -> str:
    """What the page was narrowed to, such as `Lower Ouve, Force, short term`."""
    parts = [
        place_word(context, asked.area) if asked.area else "",
        component(asked.component) if asked.component else "",
        horizon_word(asked.horizon) if asked.horizon else "",
    ]
    return _(", ").join(part for part in parts if part)


@register.filter
def likelihood(probability: float | None) -> str:
    return sentences.likelihood(probability, _language()) if probability is not None else ""


@register.filter
def reason_word(reason: str) -> str:
    return sentences.reason_word(reason, _language())


@register.filter
def role_word(role: str) -> str:
    words = {"part": _("condition"), "veto": _("veto"), "sign": _("sign"), "direction": _("direction")}
    return words.get(role, role)


@register.inclusion_tag("ui/_map.html", takes_context=True)
def finding_map(context: template.Context, areas: Sequence[AreaFinding]) -> dict[str, Any]:
    """The areas of a finding, filled by status; areas that it does not mention are hatched."""
    fillings = {each.area: marks.style_class(each.status) for each in areas}
    words = {each.area: f"{area_names(context, areas_together(each))}: {marks.word(each.status)}" for each in areas}
    disputed: set[str] = context.get("disputed") or set()
    for code in words.keys() & disputed:
        words[code] = f"{words[code]}{_(', ')}{_('disputed')}"
    drawn = area_map.draw(context["outlines"], fillings, words, id="areas", disputed=disputed)
    return {"map": drawn, "label": "; ".join(dict.fromkeys(words.values()))}


def areas_together(area: AreaFinding) -> list[str]:
    """The areas that were counted as one because each alone had too few events; else the area alone."""
    return area.numbers.get("together", [area.area])


@register.filter
def area_groups(areas: Sequence[AreaFinding]) -> list[tuple[AreaFinding, list[str]]]:
    """Each area, or each group counted together, once, with its codes."""
    groups = {tuple(areas_together(each)): each for each in reversed(areas)}
    return [(each, list(codes)) for codes, each in reversed(groups.items())]


@register.simple_tag(takes_context=True)
def area_names(context: template.Context, codes: Sequence[str]) -> str:
    """The areas by their names, as the sentences name them."""
    official = {each.area: each.name for each in context["finding"].areas}
    names = context["place_names"]
    called = [names.get(code) or official.get(code, code) for code in codes]
    # Between letters of the other direction each name keeps its place in the row.
    return _(", ").join(f"\u2068{name}\u2069" for name in called) if get_language_bidi() else _(", ").join(called)


@register.simple_tag(takes_context=True)
def areas_of(context: template.Context, labels: Sequence[str]) -> str:
    """The indicators of which the statuses of areas speak: of one condition, not of the whole benchmark."""
    return capital(sentences.joined_labels(labels, _language(), framework=context["framework"]))


@register.simple_tag(takes_context=True)
def area_change(context: template.Context, area: AreaFinding) -> str:
    """How the rate of an area changed, as a range; nothing where the finding holds no such number."""
    numbers = area.numbers
    if not {"ratio", "low", "high"} <= numbers.keys():
        return ""
    return say(context, Phrase("area.range", {name: numbers[name] for name in ("ratio", "low", "high")}))


@register.filter
def group_word(group: str) -> str:
    return capital(group_words(group, _language()))


@register.filter
def answer_figure(answer: Answer, value: float) -> str:
    return share(round(value, 2)) if answer.measure == SHARE else figure(value)


@register.inclusion_tag("ui/_answer.html")
def answer_bar(answer: Answer) -> dict[str, Any]:
    """A share and its margin on a line from 0 to 100; nothing for other measures, which have no such ends."""
    if answer.measure != SHARE:
        return {"at": None}
    low, high = (None if each is None else round(4 + 152 * each, 1) for each in (answer.low, answer.high))
    return {"at": round(4 + 152 * answer.value, 1), "low": low, "high": high}


@register.inclusion_tag("ui/_spark.html")
def finding_history(history: Sequence[tuple[str, float | None, str]]) -> dict[str, Any]:
    """How likely the rule was to hold at the ends of the last months."""
    known = [(day, p) for day, p, _status in history if p is not None]
    first, last = (known[0], known[-1]) if known else (None, None)
    label = _("No probability could be computed.")
    if first and last:
        label = _("From %(first)s in %(start)s to %(last)s in %(end)s.") % {
            "first": in_hundred(first[1]), "start": month(first[0]), "last": in_hundred(last[1]), "end": month(last[0]),
        }  # fmt: skip
    return {"spark": spark.draw([p for _day, p, _status in history], (NOT_MET, MET)), "label": label}


def _label(context: template.Context, benchmark_id: str, indicator: str) -> str:
    """The name of an indicator, written `attacks-on-civilians` or `O2.M2/attacks-on-civilians`."""
    framework, name = context["framework"], indicator.split("/")[-1]
    if name in framework.benchmarks[benchmark_id].indicators:
        return str(framework.text(benchmark_id, f"labels.{name}", _language())[0])
    return name.replace("-", " ")


@register.filter
def subject(id: str) -> str:
    """A subject that stands beside a benchmark and is no benchmark itself."""
    return capital(named(_language(), "subjects", id))


@register.simple_tag
def query_of(keep: str, page: int, step: int) -> str:
    """The query of the page before or after, with the assessment that the reader looks at."""
    return f"{keep}&page={page + step}" if keep else f"?page={page + step}"


@register.filter
def when(row: Any) -> str:
    """The day or the period of a data point."""
    start, end = row.date, row.until or row.date
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    return f"{day(start)} – {day(end)}"


@register.filter
def measures(row: Any) -> str:
    """The values of a data point: `events 1, deaths 4`."""
    values = row.values
    if not isinstance(values, Mapping):
        return str(values)
    return _(", ").join(f"{named(_language(), 'measures', name)} {figure(value)}" for name, value in values.items())
