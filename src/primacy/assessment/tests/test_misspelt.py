"""Parties of the mission file and of filters that nobody in the evidence is called, while one is almost called so."""

import pytest

from primacy.assessment.cases.written_evidence import store
from primacy.assessment.checks.misspelt import misspelt
from primacy.assessment.tests.building import KNOWN, framework, mission

BENCHMARK = """
indicators:
  clashes: {kind: incident, where: {actor: mission.bound_actors}, except: {target: {not: [civilians, TARGET]}},
            measure: events, aggregate: sum, window: 12 months, label: clashes}
  kept: {kind: provision, measure: score, by: actor, aggregate: last, label: kept}
rule:
  all:
    - falls: {indicator: clashes, by: 20 %, window: 12 months}
    - each: {actor: mission.marginalised_groups, at_least: all}
      exists: {indicator: kept}
"""
EVIDENCE = [{"kind": "incident", "points": ["2026-01-05 a events=1 actor=unity-front target=civilians",
                                            "2026-01-06 b events=1 actor=home-guard",
                                            "2026-01-07 c events=1 actor=army-1", "2026-01-08 d events=1 actor=army-2",
                                            "2026-01-09 e events=1 actor=home-gaurd"]}]  # fmt: skip
NAMES = [
    # what it shows                   the list of the mission     a target      where, and what is meant
    ("the name as it is reported",    ["unity-front"],            "civilians",  {}),
    ("one letter too many",           ["unity-frontt"],           "civilians",  {"registers.bound_actors": "unity-front"}),
    ("both that acted together",      ["unity-front, army-1"], "civilians", {}),
    ("somebody who has not shown yet", ["mountain-shepherds"],    "civilians",  {}),
    ("another of the same name but a number", ["army-1"],         "civilians",  {}),
    ("one that the evidence has both ways", ["home-guard"],       "civilians",  {"registers.bound_actors": "home-gaurd"}),
    ("a target in a filter",          ["unity-front"],            "civilans",   {"indicators.clashes.except.target": "civilians"}),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "listed", "target", "meant"), NAMES, ids=[each[0] for each in NAMES])
def test_a_name_that_is_almost_one_of_the_evidence(
    shows: str, listed: list[str], target: str, meant: dict[str, str]
) -> None:
    rules = framework({"O2.M9": BENCHMARK.replace("TARGET", target)})
    found = misspelt(rules, mission(registers={"bound_actors": listed}), store(EVIDENCE), KNOWN)
    assert {
        each.field: dict((*each.do.values, *each.fault.values)).get("other", dict(each.do.values).get("name"))
        for each in found
    } == meant


def test_a_list_that_a_rule_asks_of_each() -> None:
    groups = mission(registers={"marginalised_groups": ["unty-front"]})
    (found,) = misspelt(framework({"O2.M9": BENCHMARK.replace("TARGET", "all")}), groups, store(EVIDENCE), KNOWN)
    assert found.field == "registers.marginalised_groups"


def test_nothing_is_said_without_evidence() -> None:
    rules = framework({"O2.M9": BENCHMARK.replace("TARGET", "civilans")})
    assert not list(misspelt(rules, mission(registers={"bound_actors": ["unity-frontt"]}), store([]), KNOWN))
