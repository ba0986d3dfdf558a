"""Where an earlier month decides, everything that is told of the finding is told of that month."""

from collections.abc import Iterator

import pytest

from primacy.assessment.finding import Finding, Step
from primacy.assessment.finding_json import as_tree, finding_contract, finding_of
from primacy.assessment.tests.building import SUBJECT, Judge, framework

FUNDS = """
indicators:
  x: {kind: figure, where: {category: figure/funds}, measure: share, aggregate: latest, fresh: 400 days, label: donor funds}
rule:
  sustained:
    rule: {all: [{reaches: {indicator: x, at_least: 50 %}}]}
    for: 2 years
"""


def funds(then: float, now: float) -> list[dict]:
    points = [f"{year}-05-01 f share={then if year < 2026 else now} grade=A1" for year in range(2021, 2027)]
    return [{"kind": "figure", "points": [f"{point} category=figure/funds" for point in points]}]


def steps(step: Step | None) -> Iterator[Step]:
    if step is not None:
        yield step
        for each in step.steps:
            yield from steps(each)


def told(finding: Finding, language: str = "en") -> dict:
    return finding_contract(finding, framework({SUBJECT: FUNDS}), {}, language)


DECIDED = [
    # what it shows                     a year ago  now    status      the sentence, and what it must have been
    ("the year before falls short",      0.41,      0.60, "not met",  "In June 2025, donor funds: 41 %; 50 % or more is asked for."),
    ("both fall short alike",            0.41,      0.41, "not met",  "Donor funds: 41 %; 50 % or more is asked for."),
    ("only today falls short",           0.60,      0.41, "reversed","Donor funds: 41 %; 50 % or more is asked for."),
    ("both hold",                        0.60,      0.60, "met",      "Donor funds: 60 %; 50 % or more is asked for."),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "then", "now", "status", "said"), DECIDED, ids=[case[0] for case in DECIDED])
def test_the_sentence_and_the_weakest_link_are_of_the_time_that_decides(
    judge: Judge, shows: str, then: float, now: float, status: str, said: str
) -> None:
    finding = judge(FUNDS, funds(then, now))
    words = told(finding)
    assert (finding.status, words["weakest"]) == (status, said)
    assert words["sentence"].startswith(said)


def test_it_is_said_for_how_long_it_held_and_the_past_is_not_asked_to_change(judge: Judge) -> None:
    finding = judge(FUNDS, funds(0.41, 0.60))
    assert "It must have held in 2 of the last 2 years; it surely held in 1." in told(finding)["sentence"]
    assert [each.key for each in finding.would_change] == ["enough.sustained"]
    assert finding.numbers["as_of"] == "2025-06-30"


def test_the_tree_below_is_of_the_month_that_decides_and_adds_up(judge: Judge) -> None:
    finding = judge(FUNDS, funds(0.41, 0.60))
    chosen = [each for each in steps(finding.path) if each.sets]
    assert [each.what.key for each in chosen] == ["path.sustained.then", "path.all", "rule.reaches"]
    assert {each.probability for each in chosen} == {finding.probability}
    leaf = chosen[-1].then
    assert leaf is not None
    assert (leaf.values["day"], leaf.values["sentence"].values["value"]) == ("2025-06-30", 0.41)
    assert finding_of(as_tree(finding)) == finding


@pytest.mark.parametrize(
    ("language", "begins"),
    [("en", "In June 2025, donor"), ("fr", "En juin 2025, donor"), ("ar", "في حزيران/يونيه 2025، donor")],
)
def test_the_month_is_said_in_every_language(judge: Judge, language: str, begins: str) -> None:
    assert told(judge(FUNDS, funds(0.41, 0.60)), language)["sentence"].startswith(begins)


def test_a_trend_of_an_earlier_month_is_judged_as_of_that_month(judge: Judge) -> None:
    """As the grid has it: the same P, so that the sentence never speaks of another month than the one that decides."""
    rule = """
indicators: {x: {kind: incident, measure: events, aggregate: sum, label: attacks}}
rule: {sustained: {rule: {falls: {indicator: x, by: 20 %, window: 12 months, against: previous}}, for: 2 years}}
"""
    months = ["2018-01..2023-06 events=60", "2023-07..2025-06 events=60", "2025-07..2026-06 events=10"]
    finding = judge(rule, [{"kind": "incident", "covers": "1990-01-01 to 2026-06-30", "monthly": months}])
    leaf = next(each for each in steps(finding.path) if each.then is not None)
    assert leaf.probability == finding.probability
    assert leaf.then is not None
    assert (leaf.then.values["sentence"].values["events"], leaf.then.values["day"]) == (720, "2025-06-30")
