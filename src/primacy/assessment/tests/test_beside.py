"""Which lines of evidence decide, which are only compared, and which say how hard somebody looked."""

from typing import Any

import pytest

from primacy.assessment.assessing import rows_of
from primacy.assessment.cases.invented_country import country
from primacy.assessment.indicators.beside import COMPARED, DECIDES, EFFORT, with_role
from primacy.assessment.inputs import FULL
from primacy.assessment.tests.building import AS_OF, KNOWN, SUBJECT, framework, mission, store
from primacy.assessment.tests.test_other_sources import SEATS, TRUST
from primacy.assessment.told.telling import row_told
from primacy.framework.saying import CLOSED, OPENED

Tree = dict[str, Any]
SPAN = "2015-01-01 to 2026-06-30"
TOPIC = "incident/violence/one-sided"
FALL = """
indicators: {attacks: {kind: incident, where: {category: violence/one-sided}, measure: events, aggregate: rate, effort: patrol-days}}
rule: {falls: {indicator: attacks, by: 20 %, window: 12 months, against: previous}}
"""
PATROLS = """
indicators: {patrols: {kind: patrol-days, measure: days, aggregate: sum, window: 12 months}}
rule: {reaches: {indicator: patrols, at_least: 10}}
"""
PEOPLE = """
indicators: {met: {kind: incident, measure: events, aggregate: distinct, by: target, window: 12 months}}
rule: {reaches: {indicator: met, at_least: 2}}
"""


def attacks(name: str, item: str, *official_for: str, covers: str | None = SPAN, day: str = "2026-03-01") -> Tree:
    point = f"{day} {item} events=1 area=XX01 target=t{item} category=violence/one-sided"
    told: Tree = {"kind": "incident", "data": name, "official_for": official_for, "points": [point]}
    return told if covers is None else {**told, "covers": covers}


def seat(name: str, item: str, *official_for: str) -> Tree:
    return {"kind": "seat", "data": name, "official_for": official_for, "points": [f"2026-05-01 {item} filled=1"]}


def trust(name: str, item: str, *official_for: str) -> Tree:
    point = f"2026-05-01 {item} share=0.6 category=survey/trust"
    return {"kind": "survey", "data": name, "official_for": official_for, "points": [point]}


LOOKED: Tree = {"kind": "patrol-days", "points": ["2026-06-01 p1 days=20"]}
CASES = [
    # what it shows, rule, evidence, the role of each item
    ("effort is told apart", FALL, [attacks("GED", "a"), LOOKED], {"a": DECIDES, "p1": EFFORT}),
    ("effort that is itself what counts decides", PATROLS, [LOOKED], {"p1": DECIDES}),
    ("without a mark nothing is only compared", FALL, [attacks("GED", "a"), attacks("ACLED", "b")],
     {"a": DECIDES, "b": DECIDES}),
    ("beside the official source", FALL, [attacks("GED", "a", TOPIC), attacks("ACLED", "b"), LOOKED],
     {"a": DECIDES, "b": COMPARED, "p1": EFFORT}),
    ("a mark on another topic", FALL, [attacks("GED", "a", "incident/protest"), attacks("ACLED", "b")],
     {"a": DECIDES, "b": DECIDES}),
    ("a month that the official source does not cover is read from others", FALL,
     [attacks("GED", "a", TOPIC, covers="2015-01-01 to 2025-12-31", day="2025-03-01"), attacks("ACLED", "b"),
      attacks("ACLED2", "c", day="2025-04-01")], {"a": DECIDES, "b": DECIDES, "c": COMPARED}),
    ("an official source without a line on it", FALL,
     [{**attacks("GED", "a", "incident"), "points": ["2026-03-01 a events=1 category=protest"]}, attacks("ACLED", "b")],
     {"b": DECIDES}),
    ("different people are read from all", PEOPLE, [attacks("GED", "a", "incident"), attacks("ACLED", "b")],
     {"a": DECIDES, "b": DECIDES}),
    ("of estimates only those of the official source", TRUST,
     [trust("Ours", "q", "survey/trust"), trust("Theirs", "r")], {"q": DECIDES, "r": COMPARED}),
    ("of states those of other items too", SEATS, [seat("Ours", "s1", "seat"), seat("Theirs", "s2")],
     {"s1": DECIDES, "s2": DECIDES}),
]  # fmt: skip


def roles(rule: str, evidence: list[Tree]) -> list[tuple[str, int]]:
    held, asked = store(evidence), framework({SUBJECT: rule})
    rows = rows_of(asked, mission(), held, SUBJECT, as_of=AS_OF, known=KNOWN, level=FULL)
    entry = asked.benchmarks[SUBJECT]
    told = with_role(rows, entry, held, mission(), country(), as_of=AS_OF, known=KNOWN)
    found = held.fetch(told).to_pylist()
    assert len(found) == len(held.fetch(rows)), "no row is lost, and none is there twice"
    return sorted((row["item"], row["role"]) for row in found)


@pytest.mark.parametrize(("shows", "rule", "evidence", "expected"), CASES, ids=[case[0] for case in CASES])
def test_the_role_of_each_line(shows: str, rule: str, evidence: list[Tree], expected: dict[str, int]) -> None:
    assert dict(roles(rule, evidence)) == expected


def test_of_one_item_the_official_source_is_read() -> None:
    told = roles(SEATS, [seat("Ours", "s1", "seat"), seat("Theirs", "s1")])
    assert told == [("s1", DECIDES), ("s1", COMPARED)]


def test_a_line_of_a_terminal_keeps_each_name_together_where_the_language_runs_leftward() -> None:
    row = {"date": "2026-03-01", "area": "Bala", "words": "violence/one-sided", "values": {"events": 1.0}, "grade": "B2",
           "file": "Incident database.csv", "dataset": "3f9c01d2ab44", "line": 12}  # fmt: skip
    assert row_told(row, "en") == "2026-03-01 Bala: violence/one-sided; events 1; B2; Incident database.csv line 12"
    told = row_told(row, "ar")
    for name in ("Bala", "violence/one-sided", "Incident database.csv"):
        assert f"{OPENED}{name}{CLOSED}" in told
    assert "line" not in told
