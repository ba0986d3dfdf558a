"""What counts as of a day and a state of knowledge: releases, revisions, withdrawals, later rows, lasting counts."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from primacy.assessment.tests.building import EVERYTHING, Judge

COUNT = """
indicators: {interviews: {kind: interviews, measure: tried, aggregate: sum, window: 12 months}}
rule: {reaches: {indicator: interviews, at_least: 100}}
"""
WHOLE = {"span": EVERYTHING}


def release(known: str, *points: str, covers: Any = WHOLE, lineage: str = "a", data: str = "") -> dict[str, Any]:
    return {
        "kind": "interviews",
        "data": data or f"{lineage} {known}",
        "lineage": lineage,
        "known": known,
        "covers": covers,
        "points": list(points),
    }


EARLY, LATE = "2026-04-01", "2026-06-15"
FIRST = release(EARLY, "2026-03-01 x tried=120")
CASES = [
    # what it shows                                             data sets                                                                            known        counted
    ("one release",                                             [FIRST],                                                                             LATE,        120.0),
    ("a newer release of the same source replaces it",          [FIRST, release(LATE, "2026-03-01 x tried=70")],                                     LATE,        70.0),
    ("before it was known the older one counts",                [FIRST, release(LATE, "2026-03-01 x tried=70")],                                     "2026-05-01", 120.0),
    ("a newer release that says nothing of it takes it away",   [FIRST, release(LATE)],                                                              LATE,        0.0),
    ("outside what the newer release covers the older counts",  [FIRST, release(LATE, covers={"span": "2026-04-01 to 2026-06-30"})],                 LATE,        120.0),
    ("a newer release of other areas replaces nothing",         [FIRST, release(LATE, covers={"span": EVERYTHING, "areas": ["XX01"]})],              LATE,        120.0),
    ("the newest revision of a record counts",                  [release(EARLY, "2026-03-01 x tried=120 record=r revision=1", "2026-03-01 x tried=90 record=r revision=2")], LATE, 90.0),
    ("a revision known later does not count yet",               [release(EARLY, "2026-03-01 x tried=120 record=r revision=1", "2026-03-01 x tried=90 record=r revision=2 known=2026-06-20")], LATE, 120.0),
    ("a record that was taken back counts no more",             [release(EARLY, "2026-03-01 x tried=120 record=r revision=1", "2026-03-01 x withdrawn=1 record=r revision=2")], LATE, 0.0),
    ("a row that became known later does not count",            [release(EARLY, "2026-03-01 x tried=120", "2026-03-02 y tried=50 known=2026-06-20")], LATE,       120.0),
    ("a row of a later day does not count",                     [release(EARLY, "2026-03-01 x tried=120", "2026-07-02 y tried=50")],                 LATE,        120.0),
    ("rows of a group are part of the whole",                   [release(EARLY, "2026-03-01 x tried=120", "2026-03-01 x tried=70 group=sex=f", "2026-03-01 x tried=50 group=sex=m")], LATE, 120.0),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "evidence", "known", "counted"), CASES, ids=[case[0] for case in CASES])
def test_what_counts(judge: Judge, shows: str, evidence: list[dict[str, Any]], known: str, counted: float) -> None:
    moment = datetime.combine(date.fromisoformat(known), datetime.min.time(), UTC)
    finding = judge(COUNT, evidence, known=moment)
    assert finding.parts[0].numbers["value"] == counted


ITEMS = """
indicators: {law: {kind: law, measure: stage, aggregate: distinct, pass: {stage: adopted}}}
rule: {exists: {indicator: law, min: 1}}
"""
COUNTED = [
    (
        "three states of one law are one item",
        ["2026-01-01 L stage=2", "2026-02-01 L stage=3", "2026-03-01 L stage=4"],
        1,
    ),
    ("two sources on one law are one item", ["2026-03-01 L stage=4 source=a", "2026-03-01 L stage=4 source=b"], 1),
    ("two laws are two items", ["2026-03-01 L stage=4", "2026-03-01 M stage=4"], 2),
]


@pytest.mark.parametrize(("shows", "points", "items"), COUNTED, ids=[case[0] for case in COUNTED])
def test_data_points_are_distinct_items(judge: Judge, shows: str, points: list[str], items: int) -> None:
    assert judge(ITEMS, [{"kind": "law", "points": points}]).data_points == items


def test_an_event_of_many_months_ago_and_one_of_this_month_are_two_items_and_not_more(judge: Judge) -> None:
    evidence = [release(EARLY, "2026-01-01 x tried=1", "2026-02-01 x tried=1", "2026-02-01 y tried=1")]
    assert judge(COUNT, evidence).data_points == 2


def test_confidential_rows_are_said_by_a_flag_and_never_by_a_count(judge: Judge) -> None:
    evidence = [{"kind": "law", "points": ["2026-03-01 L stage=4 confidentiality=2"]}]
    finding = judge(ITEMS, evidence)
    assert finding.restricted
    assert "partly restricted" in finding.flags
