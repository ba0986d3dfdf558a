"""Where silence means zero: what a coverage speaks of, which months, which of several sources is counted."""

from datetime import date
from typing import Any

import pytest

from primacy.assessment.indicators.covering import covers, told_by
from primacy.assessment.indicators.selectors import Selector
from primacy.assessment.tests.building import EVERYTHING, Judge
from primacy.evidence.store.datasets import Coverage
from primacy.framework.filters import matches

LISTS = {"mission.groups": ["women", "youth"], "mission.nobody": [], "mission.parties": ["army", "front"]}


def expand(name: str) -> list[str]:
    return LISTS[name]


MATCHES = [
    # what it shows                               value                    wanted                            column      matches
    ("itself",                                    "violence/one-sided",    "violence/one-sided",             "category", True),
    ("a category below it",                       "violence/one-sided",    "violence",                       "category", True),
    ("a category that only begins alike",         "violence-talk",         "violence",                       "category", False),
    ("a category above it",                       "violence",              "violence/one-sided",             "category", False),
    ("one of a list",                             "schools",               ["clinics", "schools"],           "target",   True),
    ("none of a list",                            "courts",                ["clinics", "schools"],           "target",   False),
    ("anything but",                              "courts",                {"not": "schools"},               "target",   True),
    ("not what is excluded",                      "schools",               {"not": ["schools", "clinics"]},  "target",   False),
    ("a list of the mission file",                "women",                 "mission.groups",                 "target",   True),
    ("an empty list of the mission file",         "women",                 "mission.nobody",                 "target",   False),
    ("one group of a cell",                       "age=15-29;sex=f",       "sex=f",                          "group",    True),
    ("a cell of both groups",                     "age=15-29;sex=f",       "sex=f;age=15-29",                "group",    True),
    ("another group",                             "sex=m",                 "sex=f",                          "group",    False),
    ("a number as text",                          "3",                     3,                                "item",     True),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "value", "wanted", "column", "expected"), MATCHES, ids=[case[0] for case in MATCHES])
def test_a_filter_lets_through(shows: str, value: str, wanted: Any, column: str, expected: bool) -> None:
    assert matches(value, wanted, column, expand) is expected


COVERS = [
    # what it shows                                          the coverage                              where                                except                    speaks of it
    ("all of the kind",                                      {},                                       {},                                  {},                       True),
    ("a category of all",                                    {},                                       {"category": "violence/one-sided"},  {},                       True),
    ("all of one category",                                  {"categories": ["violence"]},             {},                                  {},                       False),
    ("a category inside the covered one",                    {"categories": ["violence"]},             {"category": "violence/one-sided"},  {},                       True),
    ("a category beside the covered one",                    {"categories": ["violence/one-sided"]},   {"category": "violence"},            {},                       False),
    ("two categories of which one is covered",               {"categories": ["violence/one-sided"]},   {"category": ["violence/one-sided", "theft"]}, {},             False),
    ("a target where none is told apart",                    {},                                       {"target": "schools"},               {},                       False),
    ("a target that is told apart",                          {"targets": ["schools"]},                 {"target": "schools"},               {},                       True),
    ("a target where every one is named",                    {"targets": ["*"]},                       {"target": "schools"},               {},                       True),
    ("a target that is not among those told apart",          {"targets": ["clinics"]},                 {"target": "schools"},               {},                       False),
    ("anything but a target, where few are told apart",      {"targets": ["clinics"]},                 {"target": {"not": "schools"}},      {},                       False),
    ("an actor where none is told apart",                    {},                                       {"actor": "army"},                   {},                       False),
    ("a group where none is told apart",                     {},                                       {"group": "sex=f"},                  {},                       False),
    ("except a target where none is told apart",             {},                                       {},                                  {"target": "schools"},    False),
    ("except a target that is told apart",                   {"targets": ["*"]},                       {},                                  {"target": "schools"},    True),
    ("both sides of a fight, told apart as those who act",   {"targets": ["civilians"], "actors": ["*"]}, {"actor": "mission.parties", "target": "mission.parties"}, {}, True),
    ("both sides of a fight, where no target is told apart", {"actors": ["*"]},                        {"actor": "mission.parties", "target": "mission.parties"}, {}, False),
    ("a target that is no party beside an actor that is",    {"targets": ["civilians"], "actors": ["*"]}, {"actor": "mission.parties", "target": "schools"}, {}, False),
    ("what is only partly complete",                         {"complete": False},                      {},                                  {},                       False),
    ("another kind",                                         {"kind": "contact"},                      {},                                  {},                       False),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "fields", "where", "but", "expected"), COVERS, ids=[case[0] for case in COVERS])
def test_a_coverage_speaks_of(
    shows: str, fields: dict[str, Any], where: dict[str, Any], but: dict[str, Any], expected: bool
) -> None:
    plain = {
        "kind": "incident",
        "areas": ["XX"],
        "start": date(2020, 1, 1),
        "end": date(2025, 12, 31),
        "complete": True,
    }
    coverage = Coverage.model_validate({**plain, **fields})
    selector = Selector("incident", frozenset({"events"}), tuple(where.items()), tuple(but.items()), detail=False)
    assert covers(coverage, selector, expand) is expected


SUM = """
indicators: {deaths: {kind: incident, measure: deaths, aggregate: sum, window: 12 months}}
rule: {reaches: {indicator: deaths, at_most: 100}}
"""


def source(name: str, areas: list[str], where: str, *, complete: bool = True) -> dict[str, Any]:
    covered = {"span": EVERYTHING, "areas": areas, "complete": complete}
    return {"kind": "incident", "data": name, "covers": covered, "monthly": [f"2015-01..2026-06 deaths=1 area={where}"]}


WEST, EAST = source("west", ["XX01", "XX02"], "XX01"), source("east", ["XX03", "XX04"], "XX03")
WHOLE, PARTIAL = source("whole", ["XX"], "XX01"), source("press", ["XX"], "XX02", complete=False)
COUNTED = [
    ("two sources of two halves add up", [WEST, EAST], 24.0),
    ("half of the country is not the country", [WEST], None),
    ("a source of a half adds nothing to one of the whole", [WHOLE, EAST], 12.0),
    ("a source that is not complete adds nothing to one that is", [WHOLE, PARTIAL], 12.0),
    ("two complete sources of the whole are counted once", [WHOLE, source("other", ["XX"], "XX01")], 12.0),
]


@pytest.mark.parametrize(("shows", "evidence", "counted"), COUNTED, ids=[case[0] for case in COUNTED])
def test_what_several_sources_report_is_counted_once(
    judge: Judge, shows: str, evidence: list[Any], counted: float | None
) -> None:
    (part,) = judge(SUM, evidence).parts
    assert part.adequate is (counted is not None)
    if counted is not None:
        assert part.numbers["value"] == counted


def test_part_and_whole_of_a_share_are_counted_in_the_same_source(judge: Judge) -> None:
    rule = """
    indicators:
      contacts: {kind: contact, measure: events, window: 12 months, aggregate: sum}
      women: {kind: contact, where: {category: contact/women}, measure: events, window: 12 months, aggregate: share, of: contacts}
    rule: {share: {indicator: women, at_least: 40 %}}
    """
    every = {
        "kind": "contact",
        "data": "every",
        "covers": EVERYTHING,
        "monthly": ["2015-01..2026-06 events=5 category=contact/men"],
    }
    women = {
        "kind": "contact", "data": "women", "covers": {"span": "2010-01-01 to 2026-06-30", "categories": ["contact/women"]},
        "monthly": ["2015-01..2026-06 events=5 category=contact/women"],
    }  # fmt: skip
    finding = judge(rule, [every, women])
    assert finding.parts[0].numbers["value"] <= 0.5


ONE_SIDED = """
indicators: {deaths: {kind: incident, where: {category: violence/one-sided}, measure: deaths, aggregate: sum, window: 12 months}}
rule: {reaches: {indicator: deaths, at_most: 100}}
"""


def tells(name: str, deaths: int, *official_for: str) -> dict[str, Any]:
    line = f"2015-01..2026-06 deaths={deaths} area=XX01 category=violence/one-sided"
    return {"kind": "incident", "data": name, "covers": EVERYTHING, "official_for": official_for, "monthly": [line]}


OFFICIAL = [
    ("none: the first of those that cover as much", [tells("a", 1), tells("b", 2)], 12.0),
    ("the official one of the kind", [tells("a", 1), tells("b", 2, "incident")], 24.0),
    ("the official one of the category", [tells("a", 1), tells("b", 2, "incident/violence/one-sided")], 24.0),
    ("the narrower topic goes first", [tells("a", 1, "incident/violence"), tells("b", 2, "incident")], 12.0),
    ("one that is official for something else", [tells("a", 1), tells("b", 2, "incident/protest")], 12.0),
]


@pytest.mark.parametrize(("shows", "evidence", "counted"), OFFICIAL, ids=[case[0] for case in OFFICIAL])
def test_the_official_source_is_counted(judge: Judge, shows: str, evidence: list[Any], counted: float) -> None:
    (part,) = judge(ONE_SIDED, evidence).parts
    assert part.numbers["value"] == counted


TOLD = [
    # what it shows, nature, (lineage, item, measure) of each row, which are read
    ("without an official source all are read", "estimate", "", ["a q share", "b q share"], [True, True]),
    (
        "of estimates the official one alone",
        "estimate",
        "a",
        ["a q share", "b q share", "b r share"],
        [True, False, False],
    ),
    ("another measure is read from others", "estimate", "a", ["a q share", "b q mean"], [True, True]),
    ("one that has nothing silences nobody", "estimate", "c", ["a q share", "b q share"], [True, True]),
    (
        "of states what it says of an item",
        "state",
        "a",
        ["a l1 stage", "b l1 stage", "b l2 stage"],
        [True, False, True],
    ),
    ("lists of what ought to be are read from all", "state", "a", ["a l1 stage", "b l1 expected"], [True, True]),
    ("its own list silences no state", "state", "a", ["a l1 expected", "b l1 stage"], [True, True]),
    ("events are parted by month elsewhere", "event", "a", ["a e deaths", "b e deaths"], [True, True]),
]


@pytest.mark.parametrize(("shows", "nature", "official", "rows", "read"), TOLD, ids=[case[0] for case in TOLD])
def test_which_rows_are_read_where_one_source_is_official(
    shows: str, nature: str, official: str, rows: list[str], read: list[bool]
) -> None:
    parts = [row.split() for row in rows]
    found = told_by(
        official, nature, [lineage for lineage, _, _ in parts], [(item, measure) for _, item, measure in parts]
    )
    assert found.tolist() == read
