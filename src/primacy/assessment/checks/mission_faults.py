"""Faults of meaning in the mission file: what has no effect, and names of what is not there."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from primacy.assessment.checks.mission_names import names_faults, place_faults
from primacy.assessment.checks.naming import or_out, use_one_of
from primacy.assessment.checks.rule_faults import MANDATE_DAYS
from primacy.framework import Framework, Mission, Problem
from primacy.framework.instance import MISSION
from primacy.framework.languages import words
from primacy.framework.mission import COUNTERPARTS
from primacy.framework.saying import said
from primacy.framework.translations import SOURCE
from primacy.places.areas import Areas

ORDER = (("agreement", "end_of_transition"), ("polling_day", "complaints_closed"))
"""Events of which the second cannot come before the first."""


def mission_faults(
    mission: Mission, framework: Framework, areas: Areas | None = None, today: date | None = None
) -> Iterator[Problem]:
    """Every fault of meaning of a mission file beside the framework that it speaks of.

    `areas`: in which places are looked up, where any are imported; `today`: after which no decision can be taken yet.
    """
    for place, baseline in enumerate(mission.baselines):
        if not baseline.counts:
            fault = said("baseline-unsigned", name=baseline.name)
            yield Problem(MISSION, f"baselines.{place}", fault, said("do.sign-baseline"))
    yield from _twice(mission)
    yield from _aside(mission, today)
    yield from _unsigned(mission)
    yield from names_faults(mission, framework)
    yield from place_faults(mission, areas)
    texts = [entry.model_dump_json(by_alias=True) for entry in framework.measured]
    yield from _days(mission, texts)
    yield from _lists(mission, texts)


def _twice(mission: Mission) -> Iterator[Problem]:
    """What a list names twice: of two baselines of one name nobody knows which is meant; shares count one too many."""
    listed: dict[str, Sequence[str]] = {
        "core": mission.core, "components": mission.components, "languages": mission.languages,
        "disputed": mission.disputed, COUNTERPARTS: mission.priority_counterparts,
        "baselines": [each.name for each in mission.baselines],
        **{f"registers.{name}": members for name, members in mission.registers.items()},
    }  # fmt: skip
    for field, names in listed.items():
        for name in dict.fromkeys(each for place, each in enumerate(names) if each in names[:place]):
            do = said("do.another-name") if field == "baselines" else said("do.once")
            yield Problem(MISSION, field, said("named-twice", name=name), do)


def _lists(mission: Mission, texts: Sequence[str]) -> Iterator[Problem]:
    """Registers and norms that nothing reads. `texts`: the entries by which something is judged, as JSON."""
    wanted = {f"mission.{name}" for text in texts for name in re.findall(r"mission\.([a-z_]+)", text)}
    for name in (*mission.registers, *(each.name for each in mission.changes if each.register_ is not None)):
        if f"mission.{name}" not in wanted:
            read = sorted(each.removeprefix("mission.") for each in wanted)
            yield Problem(MISSION, f"registers.{name}", said("list-unread"), or_out(use_one_of(read, name)))
    for name in mission.norms:
        if not any(re.search(rf"\bnorm\.{re.escape(name)}\b", text) for text in texts):
            yield Problem(MISSION, f"norms.{name}", said("norm-unread"), said("do.norm", name=f"norm.{name}"))


def _aside(mission: Mission, today: date | None) -> Iterator[Problem]:
    """Decisions that have no effect."""
    for place, decision in enumerate(mission.set_aside):
        field = f"set_aside.{place}"
        if not decision.counts:
            fault = said("aside-unsaid", name=decision.benchmark)
            yield Problem(MISSION, field, fault, said("do.who-decided"))
        if today is not None and decision.on > today:
            fault = said("aside-ahead", name=decision.benchmark, day=decision.on)
            yield Problem(MISSION, f"{field}.on", fault, said("do.day-of-decision"))


def _days(mission: Mission, texts: Sequence[str]) -> Iterator[Problem]:
    """Horizons that end before they begin, and events for which nothing waits. `texts` as for `_lists`."""
    for name, (begin, end) in mission.horizons.items():
        if end < begin:
            fault = said("ends-before", to=end, begins=begin)
            yield Problem(MISSION, f"horizons.{name}", fault, said("do.first-then-last"))
    start, renewal = mission.mandate.start, mission.mandate.renewal
    if start is not None and renewal is not None and renewal < start:
        fault = said("ends-before", to=renewal, begins=start)
        yield Problem(MISSION, "mandate.renewal", fault, said("do.renewal"))
    for place, each in enumerate(mission.mandate.reports):
        if start is not None and each < start:
            fault = said("report-before", day=each, begins=start)
            yield Problem(MISSION, f"mandate.reports.{place}", fault, said("do.day-of-report"))
    days = {**mission.events, "end_of_transition": mission.mandate.end_of_transition}
    for earlier, later in ORDER:
        first, second = days.get(earlier), days.get(later)
        if first is not None and second is not None and second < first:
            fault = said("event-before", day=second, other=earlier, then=first)
            field = f"mandate.{later}" if later in MANDATE_DAYS else f"events.{later}"
            yield Problem(MISSION, field, fault, said("do.event-order"))
    known = set(words(SOURCE, "events")) - set(MANDATE_DAYS)
    for name in mission.events:
        if name not in known and not any(re.search(rf"\b{re.escape(name)}\b", text) for text in texts):
            yield Problem(MISSION, f"events.{name}", said("event-unread"), or_out(use_one_of(sorted(known), name)))


def _unsigned(mission: Mission) -> Iterator[Problem]:
    """Changes of registers and norms that have no effect."""
    for place, change in enumerate(mission.changes):
        if not change.counts:
            fault = said("change-unsigned", name=change.name)
            yield Problem(MISSION, f"changes.{place}", fault, said("do.sign-change"))
