"""Names in the mission file that are not there: benchmarks, activities, components, languages, country, areas."""

import re
from collections.abc import Callable, Collection, Iterator

from primacy.assessment.checks.naming import SHOW_LIST, use_one_of
from primacy.framework import Framework, Mission, Problem
from primacy.framework.instance import MISSION
from primacy.framework.languages import codes
from primacy.framework.saying import Said, said
from primacy.places.areas import Areas
from primacy.places.countries import countries
from primacy.places.editions_told import instead

TERMS = ("short", "medium", "long")
PRACTICE = re.compile(r"XX|X[A-Z]{2}|AA[A-Z]|Q[M-Z][A-Z]|ZZ[A-Z]")  # codes that ISO 3166 leaves to whoever uses them


def names_faults(mission: Mission, framework: Framework) -> Iterator[Problem]:
    """What is named and is not there."""
    retired = {each.entry for each in framework.changes if each.field == "retired"}
    benchmarks = {*framework.benchmarks, *retired}
    outputs = {each.id for each in framework.outputs}
    yield from _unknown("core", mission.core, benchmarks, _no_benchmark)
    yield from _unknown("set_aside", [each.benchmark for each in mission.set_aside], benchmarks, _no_benchmark)
    yield from _unknown("horizons", [name for name in mission.horizons if name not in TERMS], benchmarks, _no_benchmark)
    for place, baseline in enumerate(mission.baselines):
        yield from _unknown(f"baselines.{place}.benchmarks", baseline.benchmarks, benchmarks, _no_benchmark)
    for place, paragraph in enumerate(mission.mandate.paragraphs):
        field = f"mandate.paragraphs.{place}"
        yield from _unknown(f"{field}.benchmarks", paragraph.benchmarks, benchmarks | outputs, _no_benchmark_or_output)
        yield from _unknown(f"{field}.activities", paragraph.activities, framework.activities, _no_activity)
    yield from _unknown("components", mission.components, framework.components, _no_component)
    yield from _unknown("languages", mission.languages, codes(), _no_language)
    if mission.country not in countries() and not PRACTICE.fullmatch(mission.country):
        do = said("do.country-code", use=use_one_of(sorted(countries()), mission.country))
        yield Problem(MISSION, "country", said("no-country", name=mission.country), do)


def _no_benchmark(name: str) -> Said:
    return said("no-benchmark", name=name)


def _no_benchmark_or_output(name: str) -> Said:
    return said("no-benchmark-or-output", name=name)


def _no_activity(name: str) -> Said:
    return said("no-activity", name=name)


def _no_component(name: str) -> Said:
    return said("no-component", name=name)


def _no_language(name: str) -> Said:
    return said("no-language", name=name)


def place_faults(mission: Mission, areas: Areas | None) -> Iterator[Problem]:
    """Areas that are not among those imported; nothing where none are."""
    if not areas:
        return
    named = {"capital": [mission.capital] if mission.capital else [], "disputed": mission.disputed}
    named |= {f"baselines.{place}.areas": each.areas for place, each in enumerate(mission.baselines)}
    for field, listed in named.items():
        for code in listed:
            if code not in areas:
                yield Problem(MISSION, field, said("no-area", name=code), instead(code, areas) or said("do.p-code"))
    if mission.report_level not in areas.levels:
        levels = [str(each) for each in areas.levels]
        fault = said("no-level", level=mission.report_level)
        yield Problem(MISSION, "report_level", fault, use_one_of(levels, mission.report_level))


def _unknown(
    field: str, names: Collection[str], known: Collection[str], fault: Callable[[str], Said]
) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield Problem(MISSION, field, fault(name), use_one_of(sorted(known), name, SHOW_LIST))
