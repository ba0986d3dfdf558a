"""Faults of meaning in the mission file: what has no effect, and names of what is not there."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from primacy.assessment.mission_names import names_faults, place_faults
from primacy.assessment.naming import use_one_of
from primacy.assessment.rule_faults import MANDATE_DAYS
from primacy.framework import Framework, Mission, Problem
from primacy.framework.instance import MISSION
from primacy.framework.languages import words
from primacy.framework.translations import SOURCE
from primacy.places.areas import Areas


def mission_faults(
    mission: Mission, framework: Framework, areas: Areas | None = None, today: date | None = None
) -> Iterator[Problem]:
    """Every fault of meaning of a mission file beside the framework that it speaks of.

    `areas`: in which places are looked up, where any are imported; `today`: after which no decision can be taken yet.
    """
    for place, baseline in enumerate(mission.baselines):
        if not baseline.counts:
            what = f"the baseline {baseline.name} does not count: it needs two signatures and a reason"
            yield Problem(
                MISSION, f"baselines.{place}", what, "two people who agree fill in `signed`, and `because` why"
            )
    yield from _aside(mission, today)
    yield from _unsigned(mission)
    yield from names_faults(mission, framework)
    yield from place_faults(mission, areas)
    texts = [entry.model_dump_json(by_alias=True) for entry in framework.measured]
    yield from _days(mission, texts)
    yield from _lists(mission, texts)


def _lists(mission: Mission, texts: Sequence[str]) -> Iterator[Problem]:
    """Registers and norms that nothing reads. `texts`: the entries by which something is judged, as JSON."""
    wanted = {f"mission.{name}" for text in texts for name in re.findall(r"mission\.([a-z_]+)", text)}
    for name in (*mission.registers, *(each.name for each in mission.changes if each.register_ is not None)):
        if f"mission.{name}" not in wanted:
            read = sorted(each.removeprefix("mission.") for each in wanted)
            remedy = f"{use_one_of(read, name)}, or take it out"
            yield Problem(MISSION, f"registers.{name}", "no benchmark reads this list", remedy)
    for name in mission.norms:
        if not any(re.search(rf"\bnorm\.{re.escape(name)}\b", text) for text in texts):
            remedy = f"let a rule of the mission's own compare with norm.{name}, or take it out"
            yield Problem(MISSION, f"norms.{name}", "no rule reads this norm", remedy)


def _aside(mission: Mission, today: date | None) -> Iterator[Problem]:
    """Decisions that have no effect."""
    for place, decision in enumerate(mission.set_aside):
        field = f"set_aside.{place}"
        if not decision.counts:
            what = f"{decision.benchmark} is not set aside: the decision does not say who took it and why"
            yield Problem(MISSION, field, what, "fill in `by` who decided, and `because` why")
        if today is not None and decision.on > today:
            what = f"{decision.benchmark} is not set aside: {decision.on} has not come"
            yield Problem(MISSION, f"{field}.on", what, "write the day on which it was decided")


def _days(mission: Mission, texts: Sequence[str]) -> Iterator[Problem]:
    """Horizons that end before they begin, and events for which nothing waits. `texts` as for `_lists`."""
    for name, (begin, end) in mission.horizons.items():
        if end < begin:
            what = f"ends ({end}) before it begins ({begin})"
            yield Problem(MISSION, f"horizons.{name}", what, "write the first day, then the last")
    known = set(words(SOURCE, "events")) - set(MANDATE_DAYS)
    for name in mission.events:
        if name not in known and not any(re.search(rf"\b{re.escape(name)}\b", text) for text in texts):
            remedy = f"{use_one_of(sorted(known), name)}, or take it out"
            yield Problem(MISSION, f"events.{name}", "no rule asks for this event", remedy)


def _unsigned(mission: Mission) -> Iterator[Problem]:
    """Changes of registers and norms that have no effect."""
    for place, change in enumerate(mission.changes):
        if not change.counts:
            what = f"the change of {change.name} has no effect: it needs two people who sign it and a reason"
            yield Problem(
                MISSION, f"changes.{place}", what, "two different people who agree fill in `by`, and `because` why"
            )
