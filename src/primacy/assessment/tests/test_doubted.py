"""Where a figure is what is asked for and the status is not "met", the sentence says why, and what would lift it."""

from typing import Any

import pytest

from primacy.assessment.finding import Phrase
from primacy.assessment.finding_json import finding_contract
from primacy.assessment.rules.verbs import verbs
from primacy.assessment.tests.building import EVERYTHING, SUBJECT, Judge, framework

ITEMS = "indicators: {x: {kind: seat, register: seat, measure: filled, pass: {value: '>= 1'}, aggregate: share}}\n"
OF_COUNTS = """
indicators:
  all: {kind: contact, measure: events, aggregate: sum, window: 12 months}
  x: {kind: contact, where: {category: contact/youth}, measure: events, aggregate: share, of: all, window: 12 months}
"""
ASKED = "indicators: {x: {kind: survey, where: {item: q}, measure: share, aggregate: latest}}\n"
FIGURE = "indicators: {x: {kind: figure, measure: share, aggregate: latest}}\n"
LAW = "indicators: {x: {kind: law, measure: stage, aggregate: last}}\n"
CALM = "indicators: {x: {kind: incident, measure: events, aggregate: sum}}\n"
RUBRIC = "indicators: {x: {kind: rubric, measure: score, aggregate: mean}}\n"
PLACES = "indicators: {x: {kind: presence, register: areas, by: area, measure: at_post, pass: {value: '>= 1'}, aggregate: share}}\n"

MEDIUM = "O2.M9"  # from where on two kinds of source are asked for
SEATS = {"kind": "seat", "points": [f"2026-05-01 s{n} expected=1 filled=1 grade=B2" for n in range(4)]}
CONTACTS = {"kind": "contact", "covers": EVERYTHING, "monthly": ["2025-07..2026-06 events=4 category=contact/youth", "2025-07..2026-06 events=9 category=contact/other"]}  # fmt: skip

DOUBTED = [
    # verb        what is read                                                  rule                                         evidence                                                     the cause
    ("share",    ITEMS + "rule: {share: {indicator: x, at_least: 0.5}}",        [SEATS],                                                                                  "doubt.grade"),
    ("share",    OF_COUNTS + "rule: {share: {indicator: x, at_least: 30 %}}",   [CONTACTS],                                                                               "doubt.sample"),
    ("believes", ASKED + "rule: {believes: {indicator: x, at_least: 50 %}}",    [{"kind": "survey", "points": ["2026-05-01 q share=0.51 se=0.02"]}],                      "doubt.error"),
    ("reaches",  FIGURE + "rule: {reaches: {indicator: x, at_least: 50 %}}",    [{"kind": "figure", "points": ["2026-05-01 f share=0.6 grade=C2"]}],                      "doubt.grade"),
    ("reaches",  FIGURE + "rule: {reaches: {indicator: x, at_least: 50 %}}",    [{"kind": "figure", "points": ["2026-02-01 f share=0.45", "2026-03-01 f share=0.55", "2026-04-01 f share=0.44", "2026-05-01 f share=0.51"]}], "doubt.error"),
    ("exists",   LAW.replace("last", "distinct, pass: {stage: adopted}") + "rule: {exists: {indicator: x}}", [{"kind": "law", "points": ["2026-03-01 L stage=4 grade=C2"]}], "doubt.grade"),
    ("sequence", LAW + "rule: {sequence: {indicator: x, steps: [drafted, consulted, tabled, adopted], reached: adopted}}", [{"kind": "law", "points": ["2026-03-01 L stage=4 grade=C2"]}], "doubt.grade"),
    ("ceases",   CALM + "rule: {ceases: {indicator: x, at_most: 0, window: 12 months}}", [{"kind": "incident", "covers": EVERYTHING, "monthly": ["2020-01..2022-06 events=3"]}], "doubt.chance"),
    ("ceases",   CALM + "rule: {ceases: {indicator: x, at_most: 6, window: 12 months}}", [{"kind": "incident", "covers": EVERYTHING, "monthly": ["2020-01..2025-05 events=0", "2022-01..2022-02 events=30", "2024-03..2024-03 events=25", "2025-03..2025-04 events=30"]}], "doubt.bursts"),
    ("shifts",   ASKED + "rule: {shifts: {indicator: x, by: 10 %, against: previous}}", [{"kind": "survey", "points": ["2025-05-01 q share=0.40 se=0.02 wave=1", "2026-05-01 q share=0.51 se=0.02 wave=2"]}], "doubt.error"),
    ("gap",      ASKED + "rule: {gap: {indicator: x, between: ['sex=f', 'sex=m'], at_most: 10 %}}", [{"kind": "survey", "points": ["2026-05-01 q share=0.50 se=0.02 group=sex=f", "2026-05-01 q share=0.59 se=0.02 group=sex=m"]}], "doubt.error"),
    ("covers",   PLACES + "rule: {covers: {indicator: x, pass: {value: '>= 1'}, at_least: 50 %, weight: population}}", [{"kind": "presence", "points": [f"2026-05-01 p{n} at_post=1 area=XX0{n} grade=C2" for n in (1, 2, 3, 4)]}], "doubt.grade"),
]  # fmt: skip


def causes(said: tuple[Phrase, ...]) -> list[str]:
    return [cause.key for each in said if each.key == "finding.capped" for cause in each.values["causes"]]


@pytest.mark.parametrize(("verb", "content", "evidence", "cause"), DOUBTED, ids=[f"{c[0]}-{c[3]}" for c in DOUBTED])
def test_a_figure_that_is_as_asked_says_why_it_is_not_sure_enough(
    judge: Judge, verb: str, content: str, evidence: list[dict[str, Any]], cause: str
) -> None:
    finding = judge(content, evidence)
    assert finding.status not in ("met", "insufficient evidence")
    assert causes(finding.sentence) == [cause]
    words = finding_contract(finding, framework({SUBJECT: content}), {})
    assert "It is not called met because" in words["sentence"]
    assert not any(each.key.startswith("level.change") or each.key.endswith(".change") for each in finding.would_change)
    assert finding.would_change


def test_every_verb_of_a_level_is_among_them() -> None:
    """Trends tell their range themselves, and coders what they differ in."""
    assert {case[0] for case in DOUBTED} == set(verbs()) - {"falls", "rises", "scored"}


def test_coders_who_differ_about_a_mean_that_is_reached(judge: Judge) -> None:
    points = [f"2026-05-01 i{n} score={score} source=c{coder}" for n in range(3) for coder, score in enumerate((1, 3))]
    points += ["2026-05-01 i3 score=2 source=c0", "2026-05-01 i3 score=2 source=c1"]
    rule = RUBRIC + "rule: {scored: {indicator: x, at_least: 2, agreement: -1}}"
    assert causes(judge(rule, [{"kind": "rubric", "points": points}]).sentence) == ["doubt.coders"]


def test_what_is_sure_or_falls_short_says_no_doubt(judge: Judge) -> None:
    rule = ITEMS + "rule: {share: {indicator: x, at_least: 0.5}}"
    for grade, filled in (("A1", 1), ("B2", 0)):
        points = [f"2026-05-01 s{n} expected=1 filled={filled} grade={grade}" for n in range(4)]
        assert causes(judge(rule, [{"kind": "seat", "points": points}]).sentence) == []


def test_one_kind_of_source_is_named_with_the_condition_that_it_tells_of(judge: Judge) -> None:
    """The condition that sets P, and is told first, may be another one."""
    rule = """
indicators:
  x: {kind: violation, measure: events, aggregate: sum, window: 12 months, label: breaches}
  y: {kind: survey, where: {item: q}, measure: share, aggregate: latest, label: trust}
rule: {all: [{reaches: {indicator: x, at_most: 9}}, {believes: {indicator: y, at_least: 50 %}}]}
"""
    breaches = {"kind": "violation", "covers": EVERYTHING, "monthly": ["2025-07..2025-09 events=1"]}
    survey = {"kind": "survey", "points": ["2026-05-01 q share=0.54 se=0.02"]}
    finding = judge(rule, [breaches, survey], id=MEDIUM)
    words = finding_contract(finding, framework({MEDIUM: rule}), {})
    assert words["sentence"] == (
        "Trust: 54 %; 50 % or more is asked for. It is not called met because only one kind of source tells of this: breaches."
    )
    assert words["would_change"][-1] == "A second kind of source that says the same (breaches)"
