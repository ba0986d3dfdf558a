"""What it meant for people: how many were killed, injured, abducted and driven from home in what a finding counts,
in the last year; and what groups of people answered in the surveys it reads.

The numbers are those of the incidents and violations that the indicators of the benchmark read, as the same sources
tell them; nothing is added to what was reported. Where several sources (lineages) tell of people, one of them is taken
as a whole, the one that tells of most dead: summing them would count the same people twice. Where it tells of nobody
driven from home, that number is another's: whoever counts the displaced seldom counts the dead.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import ibis.expr.types as ir

from primacy.assessment.assessing import rows_of
from primacy.assessment.finding import Phrase
from primacy.assessment.packages.package import part_of
from primacy.evidence.store.store import Store
from primacy.framework import Framework, Mission

KINDS = ("incident", "violation")
SURVEY = "survey"
PEOPLE = ("deaths", "civilian_deaths", "injured", "abducted", "displaced")  # measures that count persons, gravest first
DISPLACED = PEOPLE[-1]
FEWEST = 5  # persons of one sex or age below which a group is not told


@dataclass(frozen=True)
class Harm:
    """Persons by one measure; `low` and `high` where the source gives them; `groups` are (group, persons), of two or
    more groups with FEWEST persons or more each."""

    measure: str
    persons: float
    low: float | None = None
    high: float | None = None
    groups: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Answer:
    """The newest country-wide result of one group: `category` names the question; `low` to `high` 95 in 100."""

    category: str
    measure: str
    group: str
    value: float
    low: float | None
    high: float | None
    asked: float | None
    day: date


@dataclass(frozen=True)
class Consequences:
    """`start` to `end` are the twelve months before the day of the assessment; `sources` how many tell of people."""

    start: date
    end: date
    harms: tuple[Harm, ...] = ()
    sources: int = 0
    answers: tuple[Answer, ...] = ()


def consequences(package: Path, store: Store, benchmark: str) -> Consequences:
    """Of a benchmark in a stored assessment, as it was known then."""
    framework = Framework.from_dict(json.loads(part_of(package, "framework.json")))
    mission = Mission.model_validate(json.loads(part_of(package, "mission.json")))
    head = json.loads(part_of(package, "package.json"))
    end = date.fromisoformat(head["as_of"])
    start = (
        end.replace(year=end.year - 1, day=28) if (end.month, end.day) == (2, 29) else end.replace(year=end.year - 1)
    )
    known = datetime.fromisoformat(head["known"])
    kinds = {indicator.kind for indicator in framework.benchmarks[benchmark].indicators.values()}
    if not kinds & {*KINDS, SURVEY}:
        return Consequences(start, end)
    counted = rows_of(framework, mission, store, benchmark, as_of=end, known=known, level=head["level"])
    answers = _answers(store, counted) if SURVEY in kinds else ()
    if not kinds & set(KINDS):
        return Consequences(start, end, answers=answers)
    counted = counted.filter(counted.kind.isin(KINDS) & (counted.date > start)).select("dataset", "item").distinct()
    rows = store.rows(as_of=end, known=known)
    rows = rows.filter(rows.measure.isin(PEOPLE) & rows.kind.isin(KINDS) & (rows.date > start))
    rows = rows.semi_join(counted, ["dataset", "item"])
    sums = rows.group_by("dataset", "measure", "group").agg(
        persons=rows.value.sum(), low=rows.low.fill_null(rows.value).sum(), high=rows.high.fill_null(rows.value).sum()
    )
    lineages = {version.id: version.lineage for version in store.versions(known=known)}
    return replace(_told(start, end, store.fetch(sums).to_pylist(), lineages), answers=answers)


def _answers(store: Store, rows: ir.Table) -> tuple[Answer, ...]:
    """Of each question the newest result of each group, over the whole country."""
    rows = rows.filter((rows.kind == SURVEY) & (rows.group != "") & (rows.level == 0))
    found: dict[tuple[str, str, str], Answer] = {}
    for row in sorted(store.fetch(rows).to_pylist(), key=lambda each: each["date"]):
        low, high, error = row["low"], row["high"], row["se"]
        if low is None and error is not None:
            low, high = row["value"] - 1.96 * error, row["value"] + 1.96 * error
        if row["measure"] == "share" and low is not None and high is not None:
            low, high = max(0.0, low), min(1.0, high)
        answer = Answer(row["category"], row["measure"], row["group"], row["value"], low, high, row["n"], row["date"])
        found[row["category"], row["measure"], row["group"]] = answer
    return tuple(found[key] for key in sorted(found))


def _told(start: date, end: date, sums: Iterable[Mapping[str, Any]], lineages: Mapping[str, str]) -> Consequences:
    told: dict[str, dict[tuple[str, str], list[float]]] = {}
    for row in sums:
        mine = told.setdefault(lineages.get(row["dataset"], row["dataset"]), {})
        total = mine.setdefault((row["measure"], row["group"] or ""), [0.0, 0.0, 0.0])
        for index, name in enumerate(("persons", "low", "high")):
            total[index] += row[name] or 0.0
    sources = [[harm for measure in PEOPLE if (harm := _harm(measure, sums)) is not None] for sums in told.values()]
    most = max(
        sources, key=lambda harms: next((each.persons for each in harms if each.measure == "deaths"), 0.0), default=[]
    )
    fled = [harm for harms in sources for harm in harms if harm.measure == DISPLACED]
    if fled and all(each.measure != DISPLACED for each in most):
        most = [*most, max(fled, key=lambda each: each.persons)]
    return Consequences(start, end, tuple(each for each in most if each.persons > 0), len(told))


def _harm(measure: str, sums: Mapping[tuple[str, str], list[float]]) -> Harm | None:
    """By one measure, as one source tells it: the total, or where it tells groups alone, the sum of those."""
    mine = {group: total for (name, group), total in sums.items() if name == measure}
    if not mine:
        return None
    groups = sorted((group, total[0]) for group, total in mine.items() if group and ";" not in group)
    if "" in mine:
        persons, low, high = mine[""]
    else:
        by = {group.split("=")[0] for group, _persons in groups}
        persons = low = high = max((sum(n for g, n in groups if g.startswith(f"{each}=")) for each in by), default=0.0)
    told = tuple(groups) if len(groups) > 1 and all(value >= FEWEST for _group, value in groups) else ()
    spread = low < persons or high > persons
    return Harm(measure, persons, low if spread else None, high if spread else None, told)


def told(found: Consequences) -> list[Phrase]:
    """In sentences, the dead first: how many, between which figures, civilians among them, by sex and age."""
    civilians = next((each for each in found.harms if each.measure == "civilian_deaths"), None)
    phrases: list[Phrase] = []
    for harm in found.harms:
        if harm is civilians:
            continue
        one = ".one" if harm.persons == 1 else ""
        phrases.append(Phrase(f"people.{harm.measure}{one}", {"count": harm.persons}))
        if harm.low is not None:
            phrases.append(Phrase("people.range", {"low": harm.low, "high": harm.high}))
        if harm.measure == "deaths" and civilians is not None:
            phrases.append(Phrase("people.civilians", {"count": civilians.persons}))
        if harm.groups:
            phrases.append(Phrase("people.groups", {"groups": [_group(*each) for each in harm.groups]}))
    if phrases and found.sources > 1:
        phrases.append(Phrase("people.sources", {"count": found.sources}))
    return phrases


def _group(group: str, persons: float) -> Phrase:
    dimension, _, name = group.partition("=")
    if dimension == "age":
        return Phrase("people.aged", {"ages": name, "count": persons})
    return Phrase("people.group", {"member": group, "count": persons})
