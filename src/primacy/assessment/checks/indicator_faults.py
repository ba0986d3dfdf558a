"""Faults of meaning in indicators: kinds, measures, categories, registers, stages, questions that nobody combines."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from primacy.assessment.checks.naming import GRAMMAR_LIST, KINDS_LIST, fault_of, use_one_of
from primacy.assessment.indicators.items import scheme_of
from primacy.evidence.kinds import KINDS
from primacy.framework import Framework, Mission, Problem, load
from primacy.framework.entries import Benchmark, Measured
from primacy.framework.filters import LIST, values_of
from primacy.framework.grammar import Indicator
from primacy.framework.saying import said

COLUMNS = {"category", "target", "actor", "area", "group", "item", "stratum", "wave", "source"}


def indicator_faults(entry: Measured) -> Iterator[Problem]:
    """Every fault in the indicators of an entry."""
    for id, indicator in entry.indicators.items():
        field = f"indicators.{id}"
        for name in [indicator.of] if isinstance(indicator.of, str) else indicator.of or []:
            if name not in entry.indicators:
                yield fault_of(entry, f"{field}.of", said("no-indicator", name=name), said("do.own-indicator"))
        if indicator.kind is None:
            continue
        if indicator.kind not in KINDS:
            remedy = use_one_of(sorted(KINDS), indicator.kind, KINDS_LIST)
            yield fault_of(entry, f"{field}.kind", said("no-kind", name=indicator.kind), remedy)
            continue
        yield from _measure_faults(entry, field, indicator)
        yield from _filter_faults(entry, field, indicator)
        if "stage" in indicator.pass_:
            yield from stage_faults(entry, f"{field}.pass.stage", id, [indicator.pass_["stage"]])
    yield from _question_faults(entry)


def _measure_faults(entry: Measured, field: str, indicator: Indicator) -> Iterator[Problem]:
    kind = KINDS[indicator.kind or ""]
    for place, measure in (("measure", indicator.measure), ("pass.measure", indicator.pass_.get("measure"))):
        if measure is not None and measure not in kind.measures:
            remedy = use_one_of(list(kind.measures), measure, KINDS_LIST)
            yield fault_of(entry, f"{field}.{place}", said("no-measure", kind=kind.name, name=measure), remedy)
    if indicator.effort is not None and (indicator.effort not in KINDS or KINDS[indicator.effort].nature != "effort"):
        efforts = [name for name, each in KINDS.items() if each.nature == "effort"]
        remedy = use_one_of(efforts, indicator.effort, KINDS_LIST)
        yield fault_of(entry, f"{field}.effort", said("no-effort", name=indicator.effort), remedy)
    if indicator.since is not None and kind.nature not in ("state", "estimate") and indicator.aggregate != "sum":
        yield fault_of(entry, f"{field}.since", said("since"), said("do.window"))


def _filter_faults(entry: Measured, field: str, indicator: Indicator) -> Iterator[Problem]:
    for place, conditions in (("where", indicator.where), ("except", indicator.except_)):
        for column in set(conditions) - COLUMNS:
            remedy = use_one_of(sorted(COLUMNS), column, GRAMMAR_LIST)
            yield fault_of(entry, f"{field}.{place}", said("no-column", name=column), remedy)
        for category in _values(conditions.get("category")):
            if not _is_known(entry, indicator.kind or "", category):
                yield _category_fault(entry, f"{field}.{place}.category", indicator.kind or "", category)
    register = indicator.register_
    if register is not None and register != "areas" and not register.startswith("mission.") and register not in KINDS:
        remedy = said("do.register", use=use_one_of(sorted(KINDS), register, KINDS_LIST))
        yield fault_of(entry, f"{field}.register", said("no-kind", name=register), remedy)


# ---- lists of the mission file


def list_faults(framework: Framework, mission: Mission) -> Iterator[Problem]:
    """Lists that the standard does not ask for and the mission file does not have: nobody would fill them."""
    asked = {name for entry in load().measured for _place, name in _lists(entry)}.union(mission.registers)
    known = {*asked, *Mission.model_fields, *(each.name for each in mission.changes)}
    for entry in framework.measured:
        for place, name in _lists(entry):
            if name not in known:
                remedy = said("do.mission-list", use=use_one_of(sorted(asked), name))
                yield fault_of(entry, f"indicators.{place}", said("no-mission-list", name=name), remedy)


def _lists(entry: Measured) -> Iterator[tuple[str, str]]:
    """Every name of the mission file in the indicators of an entry, with the field that names it."""
    for id, indicator in entry.indicators.items():
        named: dict[str, Any] = {f"{id}.register": indicator.register_}
        named |= {f"{id}.where.{column}": each for column, each in indicator.where.items()}
        named |= {f"{id}.except.{column}": each for column, each in indicator.except_.items()}
        for place, value in named.items():
            yield from ((place, name) for name in re.findall(r"\bmission\.([a-z_]+)", str(value)))


# ---- categories: those that the standard reads, and those that an entry tells people to type


def _category_fault(entry: Measured, field: str, kind: str, category: str) -> Problem:
    use = use_one_of(sorted(_categories().get(kind, ())), category, f"`primacy template {kind}`")
    return fault_of(entry, field, said("no-category", name=category, kind=kind), said("do.category", use=use))


def _is_known(entry: Measured, kind: str, category: str) -> bool:
    known = {*_categories().get(kind, ()), *(_typed(entry) if isinstance(entry, Benchmark) else ())}
    return any(each == category or each.startswith(f"{category}/") for each in known)


@cache
def _categories() -> Mapping[str, frozenset[str]]:
    """By kind, every category that the standard reads or has stages of its own for, the kind itself included."""
    found: dict[str, set[str]] = {name: {name, *(path for path in kind.stages if "/" in path)}
                                  for name, kind in KINDS.items()}  # fmt: skip
    for entry in load().measured:
        for indicator in entry.indicators.values():
            for conditions in (indicator.where, indicator.except_):
                found.get(indicator.kind or "", set()).update(_values(conditions.get("category")))
    return {kind: frozenset(each) for kind, each in found.items()}


def _typed(entry: Benchmark) -> set[str]:
    """What an entry tells people to type."""
    return {piece for each in entry.collect for piece in each.how.split("`")[1::2]}


def _values(condition: Any) -> Iterator[str]:
    """Every value of a filter that stands there by itself."""
    return (each for each in values_of(condition) if not each.startswith(LIST))


# ---- questions and stages


def _question_faults(entry: Measured) -> Iterator[Problem]:
    """Indicators that could read several questions of a survey without saying how these count together."""
    one_by_one = {
        leaf.call.indicator
        for rule in entry.rules
        for node in rule.nodes()
        if node.each is not None and node.each.dimension == "item"
        for leaf in node.leaves()
    }
    for id, indicator in entry.indicators.items():
        kind = KINDS.get(indicator.kind or "")
        named = isinstance(indicator.where.get("item"), str)
        if kind is not None and kind.questions and indicator.aggregate == "latest" and not named | (id in one_by_one):
            fault = said("several-questions", kind=kind.name)
            yield fault_of(entry, f"indicators.{id}.aggregate", fault, said("do.one-question"))


def stage_faults(entry: Measured, field: str, id: str, steps: list[str]) -> Iterator[Problem]:
    """Steps or stages that the kind of an indicator does not have."""
    indicator = entry.indicators[id]
    if indicator.kind not in KINDS:
        return
    scheme = scheme_of(indicator)
    for step in steps:
        if step not in scheme:
            remedy = use_one_of(scheme, step, KINDS_LIST)
            yield fault_of(entry, field, said("no-stage", name=step, kind=indicator.kind), remedy)
