"""Reversal: a sign from two origins that a person confirmed; until then the benchmark is met, at risk."""

from typing import Any

from primacy.assessment.tests.building import SUBJECT, Judge, framework
from primacy.assessment.told.sentences import say_all

RULE: dict[str, Any] = {
    "indicators": {
        "law": {
            "kind": "law",
            "measure": "stage",
            "aggregate": "distinct",
            "pass": {"stage": "adopted"},
            "fresh": "3 years",
        }
    },
    "rule": {"exists": {"indicator": "law", "min": 1}},
    "reversal": [{"sign": {"id": "repealed", "text": "The law is to be repealed"}}],
}
ADOPTED = {"kind": "law", "points": ["2025-01-01 L stage=4 grade=A1"]}
LATELY = {"kind": "law", "points": ["2026-05-20 L stage=4 grade=A1"]}
NEVER = {"kind": "law", "points": ["2025-01-01 L stage=1 grade=A1"]}
ITEM = f"{SUBJECT}/repealed"


def signs(*points: str) -> dict[str, Any]:
    return {
        "kind": "sign",
        "source_type": "monitor",
        "points": [f"{point.split()[0]} {ITEM} {point.split(None, 1)[1]}" for point in points],
    }


TWO = ("2026-05-01 seen=1 origin=radio", "2026-05-03 seen=1 origin=court")


def test_a_sign_of_another_benchmark_is_none(judge: Judge) -> None:
    other = {
        "kind": "sign",
        "points": [f"{point.split()[0]} O2.S8/repealed {point.split(None, 1)[1]}" for point in TWO],
    }
    assert judge(RULE, [ADOPTED, other]).flags == ()


def test_a_sign_that_appeared_is_one_of_the_parts(judge: Judge) -> None:
    finding = judge(RULE, [ADOPTED, signs(*TWO)])
    assert [(part.role, part.indicator) for part in finding.parts] == [("part", "law"), ("sign", "repealed")]


def test_what_was_lost_by_a_sign_says_the_sign_and_not_the_part_that_still_holds(judge: Judge) -> None:
    lost = judge(RULE, [ADOPTED, signs(*TWO, "2026-06-01 confirmed=1")])
    said = say_all(lost.sentence, framework=framework({SUBJECT: RULE}))
    assert "the law is to be repealed" in said
    assert "asked for" not in said


def test_a_sign_that_nobody_confirmed_is_said_beside_what_still_holds(judge: Judge) -> None:
    said = say_all(judge(RULE, [ADOPTED, signs(*TWO)]).sentence, framework=framework({SUBJECT: RULE}))
    assert "asked for" in said
    assert "the law is to be repealed" in said
