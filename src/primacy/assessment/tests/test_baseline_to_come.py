"""A baseline that is still to come, or that the window reaches into: said as it is, for the country and for areas."""

import pytest

from primacy.assessment.tests.building import SUBJECT, Judge, framework
from primacy.assessment.told.sentences import say_all

RULE = """
indicators: {attacks: {kind: incident, measure: events, aggregate: rate}}
rule:
  falls: {indicator: attacks, by: 20 %, window: 12 months, against: baseline}
  veto: [{each: {area: 1, at_least: 1}, rises: {indicator: attacks, by: 20 %, window: 12 months, against: baseline}}]
"""
EVIDENCE = [
    {"kind": "incident", "covers": "2015-01-01 to 2026-06-30", "monthly": ["2015-01..2026-06 events=9,4,7 area=XX01"]}
]
SPANS = [
    # what it shows                             from          to            says                              reason
    ("wholly in the years to come",            "2030-01-01", "2031-12-31", "is not yet over",                "missing"),
    ("begun and not over",                     "2026-01-01", "2026-12-31", "is not yet over",                "missing"),
    ("over, and the window reaches into it",   "2024-01-01", "2025-12-31", "begin before the baseline",      "missing"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "start", "end", "says", "reason"), SPANS, ids=[case[0] for case in SPANS])
def test_it_is_said_and_nothing_is_compared(
    judge: Judge, shows: str, start: str, end: str, says: str, reason: str
) -> None:
    baseline = {"name": "x", "from": start, "to": end, "signed": ["planning", "jmac"], "because": "y"}
    finding = judge(RULE, EVIDENCE, mission={"baselines": [baseline]})
    assert (finding.status, finding.reason) == ("insufficient evidence", reason)
    assert says in say_all(finding.sentence, framework=framework({SUBJECT: RULE}))
    assert {part.reason for part in finding.parts} == {reason}  # areas are no older than the country
    assert "–" not in say_all([part.sentence for part in finding.parts], framework=framework({SUBJECT: RULE}))


def test_once_the_window_has_left_it_the_two_are_compared(judge: Judge) -> None:
    baseline = {"name": "x", "from": "2024-01-01", "to": "2025-06-30", "signed": ["planning", "jmac"], "because": "y"}
    assert judge(RULE, EVIDENCE, mission={"baselines": [baseline]}).probability is not None
