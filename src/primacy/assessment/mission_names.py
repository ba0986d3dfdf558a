"""Names in the mission file that are not there: benchmarks, activities, components, languages, country, areas."""

import re
from collections.abc import Collection, Iterator

from primacy.assessment.naming import use_one_of
from primacy.framework import Framework, Mission, Problem
from primacy.framework.instance import MISSION
from primacy.framework.languages import codes
from primacy.places.areas import Areas
from primacy.places.countries import countries

SHOW = "`primacy framework show` lists all"
TERMS = ("short", "medium", "long")
PRACTICE = re.compile(r"XX|X[A-Z]{2}|AA[A-Z]|Q[M-Z][A-Z]|ZZ[A-Z]")  # codes that ISO 3166 leaves to whoever uses them


def names_faults(mission: Mission, framework: Framework) -> Iterator[Problem]:
    """What is named and is not there."""
    retired = {each.entry for each in framework.changes if each.field == "retired"}
    benchmarks = {*framework.benchmarks, *retired}
    outputs = {each.id for each in framework.outputs}
    yield from _unknown("core", mission.core, benchmarks, "benchmark")
    yield from _unknown("set_aside", [each.benchmark for each in mission.set_aside], benchmarks, "benchmark")
    yield from _unknown("horizons", [name for name in mission.horizons if name not in TERMS], benchmarks, "benchmark")
    for place, baseline in enumerate(mission.baselines):
        yield from _unknown(f"baselines.{place}.benchmarks", baseline.benchmarks, benchmarks, "benchmark")
    for place, paragraph in enumerate(mission.mandate.paragraphs):
        field = f"mandate.paragraphs.{place}"
        yield from _unknown(f"{field}.benchmarks", paragraph.benchmarks, benchmarks | outputs, "benchmark or output")
        yield from _unknown(f"{field}.activities", paragraph.activities, framework.activities, "activity")
    yield from _unknown("components", mission.components, framework.components, "component of a mission")
    yield from _unknown("languages", mission.languages, codes(), "language that is spoken here")
    if mission.country not in countries() and not PRACTICE.fullmatch(mission.country):
        remedy = f"{use_one_of(sorted(countries()), mission.country)}; the codes are those of ISO 3166, alpha-3"
        yield Problem(MISSION, "country", f"{mission.country} is no country", remedy)


def place_faults(mission: Mission, areas: Areas | None) -> Iterator[Problem]:
    """Areas that are not among those imported; nothing where none are."""
    if not areas:
        return
    named = {"capital": [mission.capital] if mission.capital else [], "disputed": mission.disputed}
    named |= {f"baselines.{place}.areas": each.areas for place, each in enumerate(mission.baselines)}
    for field, listed in named.items():
        for code in listed:
            if code not in areas:
                what = f"{code} is no area of the imported boundaries"
                yield Problem(MISSION, field, what, "write its P-code, which `primacy places` tells")
    if mission.report_level not in areas.levels:
        what = f"the boundaries have no level {mission.report_level}"
        yield Problem(
            MISSION, "report_level", what, use_one_of([str(each) for each in areas.levels], mission.report_level)
        )


def _unknown(field: str, names: Collection[str], known: Collection[str], what: str) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield Problem(MISSION, field, f"{name} is no {what}", use_one_of(sorted(known), name, SHOW))
