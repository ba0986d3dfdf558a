"""From a status to the lines that it rests on: for every sort of part the data points behind it are found."""

import pytest

from primacy.assessment.assessing import rows_of
from primacy.assessment.inputs import FULL
from primacy.assessment.tests.building import AS_OF, KNOWN, SUBJECT, framework, mission, store

RULE = """
indicators:
  attacks: {kind: incident, where: {category: violence/one-sided}, measure: events, aggregate: rate, effort: patrol-days}
  law: {kind: law, measure: stage, aggregate: distinct, pass: {stage: adopted}}
  outside: {kind: contact, where: {area: {not: XX01}}, measure: events, window: 6 months, aggregate: share, of: contacts}
  contacts: {kind: contact, measure: events, window: 6 months, aggregate: sum}
  seats: {kind: seat, register: seat, measure: filled, pass: {value: '>= 1'}, aggregate: share}
  fear: {kind: survey, measure: share, aggregate: latest}
rule:
  all:
    - falls: {indicator: attacks, by: 20 %, window: 12 months, against: baseline}
    - {exists: {indicator: law}, after: [document/election-law]}
    - share: {indicator: outside, at_least: 40 %}
    - {each: {area: 1, at_least: 1}, share: {indicator: seats, at_least: 50 %}}
  veto: [{reaches: {indicator: fear, at_least: 50 %}}]
reversal:
  - sign: {id: suspended, text: It was suspended}
  - alarm: {indicator: attacks, false_alarms: 0.2 a year}
"""
EVIDENCE = [
    {"kind": "incident", "points": ["2026-03-01 a1 events=1 category=violence/one-sided",
                                    "2026-03-02 a2 events=1 category=violence/state-based"]},
    {"kind": "patrol-days", "points": ["2026-03-01 p1 days=20"]},
    {"kind": "law", "points": ["2026-03-01 L1 stage=4"]},
    {"kind": "document", "points": ["2026-02-01 D1 stage=3 category=document/election-law",
                                    "2026-02-01 D2 stage=3 category=document/other"]},
    {"kind": "contact", "points": ["2026-03-01 c1 events=1 area=XX02"]},
    {"kind": "seat", "points": ["2026-05-01 s1 expected=1 filled=1 area=XX01"]},
    {"kind": "survey", "points": ["2026-05-01 q share=0.3"]},
    {"kind": "sign", "points": [f"2026-05-01 {SUBJECT}/suspended seen=1", f"2026-05-02 {SUBJECT}/alarm-attacks seen=1",
                                "2026-05-01 O5.S1/suspended seen=1"]},
]  # fmt: skip
BEHIND = [
    # what rests on it                                   item                      there
    ("a trend",                                          "a1",                     True),
    ("what the trend does not read",                     "a2",                     False),
    ("how hard was looked",                              "p1",                     True),
    ("a document in place",                              "L1",                     True),
    ("a document that is waited for",                    "D1",                     True),
    ("another document",                                 "D2",                     False),
    ("a share of another indicator",                     "c1",                     True),
    ("items of a register, area by area",                "s1",                     True),
    ("a veto",                                           "q",                      True),
    ("a reported sign",                                  f"{SUBJECT}/suspended",   True),
    ("a confirmed alarm",                                f"{SUBJECT}/alarm-attacks", True),
    ("a sign of another benchmark",                      "O5.S1/suspended",        False),
]  # fmt: skip


@pytest.fixture(scope="module")
def items() -> set[str]:
    held = store(EVIDENCE)
    rows = rows_of(framework({SUBJECT: RULE}), mission(), held, SUBJECT, as_of=AS_OF, known=KNOWN, level=FULL)
    return set(held.fetch(rows)["item"].to_pylist())


@pytest.mark.parametrize(("shows", "item", "there"), BEHIND, ids=[case[0] for case in BEHIND])
def test_every_sort_of_part_leads_to_its_lines(items: set[str], shows: str, item: str, there: bool) -> None:
    assert (item in items) == there
