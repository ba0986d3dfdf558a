"""Names of parties that no data point has and that are nearly those of others: what reads them would find nothing.

Nobody can say that they are wrong (a party may not have shown yet), so these are warnings, not faults.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from primacy.assessment.checks.naming import fault_of
from primacy.framework import Framework, Mission, Problem
from primacy.framework.entries import Measured
from primacy.framework.filters import LIST, PARTIES, TOGETHER, values_of
from primacy.framework.instance import MISSION
from primacy.framework.saying import Said, said

if TYPE_CHECKING:
    from primacy.evidence import Store

ALIKE = 0.8
"""Of the letters of two names, how many agree (difflib's ratio) before one is taken for the other misspelt."""


def misspelt(framework: Framework, mission: Mission, store: "Store", now: datetime) -> Iterator[Problem]:
    """Parties on lists of the mission file, and in filters of the framework, that are nearly those of the evidence."""
    heard = parties(store, now)
    if not heard:
        return
    for name in sorted({each for entry in framework.measured for each in _lists(entry)}):
        for member in mission.names(name):
            if near := _meant(member, heard):
                yield Problem(MISSION, _field(mission, name), *_told(member, near))
    for entry in framework.measured:
        for place, written in _filters(entry):
            if near := _meant(written, heard):
                yield fault_of(entry, place, *_told(written, near))


def parties(store: "Store", now: datetime) -> frozenset[str]:
    """Everybody who acts or is acted upon in the evidence, each of those that acted together by itself."""
    rows = store.rows(as_of=now.date(), known=now)
    found = (store.columns(rows.select(column).distinct())[column] for column in PARTIES)
    together = {str(each) for names in found for each in names if each}
    return frozenset(name.strip() for each in together for name in (each, *each.split(TOGETHER)))


def _told(name: str, near: str) -> tuple[Said, Said]:
    return said("party-unheard", name=name), said("do.party-near", name=near)


def _meant(name: str, heard: Collection[str]) -> str | None:
    """What a name that nobody has is nearly."""
    if name in heard or (", " in name and all(each.strip() in heard for each in name.split(TOGETHER))):
        return None
    return next(iter(get_close_matches(name, heard, n=1, cutoff=ALIKE)), None)


def _lists(entry: Measured) -> Iterator[str]:
    """Lists of the mission file that are looked for among parties."""
    for conditions in _conditions(entry).values():
        for column in PARTIES:
            yield from (each for each in values_of(conditions.get(column)) if each.startswith(LIST))
    for rule in entry.rules:
        for node in rule.nodes():
            if node.each is not None and str(node.each.actor).startswith(LIST):
                yield str(node.each.actor)


def _filters(entry: Measured) -> Iterator[tuple[str, str]]:
    """Parties that the filters of an entry name themselves, each with its field."""
    for place, conditions in _conditions(entry).items():
        for column in PARTIES:
            named = (each for each in values_of(conditions.get(column)) if not each.startswith(LIST))
            yield from ((f"{place}.{column}", each) for each in named)


def _conditions(entry: Measured) -> Mapping[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for id, indicator in entry.indicators.items():
        found[f"indicators.{id}.where"], found[f"indicators.{id}.except"] = indicator.where, indicator.except_
    return found


def _field(mission: Mission, name: str) -> str:
    """Where the mission file holds a list."""
    field = name.removeprefix(LIST)
    return field if field in Mission.model_fields else f"registers.{field}"
