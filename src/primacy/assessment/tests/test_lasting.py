"""Where a condition must have held for some time, the sentence says so: today alone may read as if all were well."""

import pytest

from primacy.assessment.tests.building import SUBJECT, Judge, framework
from primacy.assessment.told.sentences import say_all

CALM = """
indicators: {x: {kind: market, register: market, measure: price_class, pass: {value: ">= 3"}, aggregate: share, fresh: 2 months}}
rule: {sustained: {rule: {share: {indicator: x, at_least: 0.75}}, in: 9 of 12 months}}
"""


def markets(alert: str, calm: str) -> list[dict]:
    return [{"kind": "market", "points": [
        *(f"2024-01-01 m{n} expected=1" for n in range(4)),
        *(f"{alert} m{n} price_class=1 grade=A1" for n in range(4)),
        *(f"{calm} m{n} price_class=4 grade=A1" for n in range(4)),
    ]}]  # fmt: skip


HELD = [
    # what it shows                     in alert               calm                   status       said of the time
    ("six months of the nine asked",   "2025-01..2025-12",    "2026-01..2026-06",    "not met",   "It must have held in 9 of the last 12 months; it surely held in 6."),
    ("all the time that is asked",     "2024-06..2025-06",    "2025-07..2026-06",    "met",       None),
    ("not even today",                 "2024-06..2026-06",    "2024-01..2024-05",    "not met",   None),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "alert", "calm", "status", "said"), HELD, ids=[case[0] for case in HELD])
def test_the_sentence_says_for_how_long_it_held(
    judge: Judge, shows: str, alert: str, calm: str, status: str, said: str | None
) -> None:
    finding = judge(CALM, markets(alert, calm))
    assert finding.status == status
    told = [each for each in finding.sentence if each.key == "finding.sustained"]
    assert (say_all(told, framework=framework({SUBJECT: CALM})) or None) == said


PLACES = """
indicators: {x: {kind: market, register: market, measure: price_class, pass: {value: ">= 3"}, aggregate: share, fresh: 2 months, label: calm markets}}
rule: {each: {area: 1, at_least: 3}, sustained: {rule: {share: {indicator: x, at_least: 75 %}}, in: 9 of 12 months}}
"""


def test_in_areas_too_it_is_said_for_how_long_it_held(judge: Judge) -> None:
    points = [
        f"{span} m{area} {said} area=XX0{area}" for area in (1, 2, 3, 4)
        for span, said in (("2024-01-01", "expected=1"), ("2025-01..2025-12", "price_class=1 grade=A1"), ("2026-01..2026-06", "price_class=4 grade=A1"))
    ]  # fmt: skip
    finding = judge(PLACES, [{"kind": "market", "points": points}])
    said = say_all(finding.sentence, framework=framework({SUBJECT: PLACES}))
    assert finding.status == "not met"
    assert "It must have held in 9 of the last 12 months; it surely held in 6." in said
