"""Names of parties that are nearly those of others in the evidence: what reads the one would not find the other.

Nobody can say that they are wrong (a party may not have shown yet), so these are warnings, not faults.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from primacy.framework import Framework, Mission, Problem
from primacy.framework.entries import Measured
from primacy.framework.filters import LIST, PARTIES, TOGETHER, values_of
from primacy.framework.instance import MISSION
from primacy.framework.saying import said

if TYPE_CHECKING:
    from primacy.evidence import Store

TELLING = 4  # letters of a word that is hardly the whole difference between two parties
ALIKE = 0.8
"""Of the letters of two names, how many agree (difflib's ratio) before one is taken for the other misspelt."""


def misspelt(framework: Framework, mission: Mission, store: "Store", now: datetime) -> Iterator[Problem]:
    """Parties on lists of the mission file, and in filters of the framework, that are nearly those of the evidence."""
    heard = parties(store, now)
    if not heard:
        return
    named = list(_named(framework, mission))
    others = heard - {each.name for each in named}
    for each in named:
        if not _is_heard(each.name, heard):
            for near in get_close_matches(each.name, heard, n=1, cutoff=ALIKE):
                yield Problem(
                    each.file, each.field, said("party-unheard", name=each.name), said("do.party-near", name=near)
                )
            continue
        for near in get_close_matches(each.name, others, n=3, cutoff=ALIKE):
            if _alike(each.name, near):
                fault = said("party-twice", name=each.name, other=near)
                yield Problem(each.file, each.field, fault, said("do.party-twice"))


@dataclass(frozen=True)
class _Named:
    """A party by name, and where it is named."""

    file: str
    field: str
    name: str


def _named(framework: Framework, mission: Mission) -> Iterator[_Named]:
    for name in sorted({each for entry in framework.measured for each in _lists(entry)}):
        yield from (_Named(MISSION, _field(mission, name), member) for member in mission.names(name))
    for entry in framework.measured:
        yield from (_Named(f"{entry.id}.yaml", place, written) for place, written in _filters(entry))


def parties(store: "Store", now: datetime) -> frozenset[str]:
    """Everybody who acts or is acted upon in the evidence, each of those that acted together by itself."""
    rows = store.rows(as_of=now.date(), known=now)
    found = (store.columns(rows.select(column).distinct())[column] for column in PARTIES)
    together = {str(each) for names in found for each in names if each}
    return frozenset(name.strip() for each in together for name in (each, *each.split(TOGETHER)))


def _is_heard(name: str, heard: Collection[str]) -> bool:
    return name in heard or (TOGETHER in name and all(each.strip() in heard for each in name.split(TOGETHER)))


def _alike(name: str, other: str) -> bool:
    """Whether one may be the other misspelt: no number and no short word, which tell parties apart, differs."""
    words, others = (re.split(r"[\W_]+", each.casefold()) for each in (name, other))
    if len(words) != len(others):
        return True
    differ = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return all(min(map(len, pair)) >= TELLING and not re.search(r"\d", "".join(pair)) for pair in differ)


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
