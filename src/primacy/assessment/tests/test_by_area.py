"""Of which condition the statuses of areas speak: one that decides the benchmark, and it is always said which."""

import pytest

from primacy.assessment.finding_json import finding_contract
from primacy.assessment.front.narrowing import Narrowing, narrowed
from primacy.assessment.tests.building import EVERYTHING, SUBJECT, Judge, framework
from primacy.assessment.told.explaining import paragraph
from primacy.assessment.told.sentences import say_all

HEAD = """
indicators:
  worse: {kind: incident, where: {category: speech/hate}, measure: events, aggregate: rate, label: hateful items}
  better: {kind: incident, where: {category: violence/one-sided}, measure: events, aggregate: rate, label: attacks}
  dark: {kind: violation, measure: events, aggregate: rate, label: breaches}
  trust: {kind: survey, where: {item: q}, measure: share, aggregate: latest, label: trust}
rule:
"""
WORSE = "{falls: {indicator: worse, by: 20 %, window: 12 months, against: previous}}"
BETTER = "{falls: {indicator: better, by: 20 %, window: 12 months, against: previous}}"
TRUST = "{believes: {indicator: trust, at_least: 50 %}}"


def monthly(category: str, before: int, after: int) -> list[str]:
    return [
        f"{span} events={count} area=XX0{area} category={category}"
        for area in (1, 2, 3, 4) for span, count in (("2018-01..2025-06", before), ("2025-07..2026-06", after))
    ]  # fmt: skip


EVIDENCE = [
    {"kind": "incident", "covers": EVERYTHING, "monthly": monthly("speech/hate", 20, 40) + monthly("violence/one-sided", 40, 4)},
    {"kind": "survey", "points": ["2026-05-01 q share=0.6 se=0.02"]},
]  # fmt: skip

CHOSEN = [
    # what it shows                                        rule                                           told of
    ("one condition is the rule",                          BETTER,                                        ["attacks"]),
    ("of several the one that decides",                    f"{{all: [{BETTER}, {WORSE}]}}",               ["hateful items"]),
    ("wherever it stands",                                 f"{{all: [{WORSE}, {BETTER}]}}",               ["hateful items"]),
    ("of alternatives the one that decides",               f"{{any: [{WORSE}, {BETTER}]}}",               ["attacks"]),
    ("an alternative that another one has made idle, not", f"{{all: [{TRUST}, {{any: [{TRUST}, {WORSE}]}}]}}", []),
    ("an alternative that holds as well",                  f"{{any: [{TRUST}, {BETTER}]}}",               ["attacks"]),
    ("another condition decides: the one that can be told", f"{{all: [{TRUST}, {BETTER}]}}",              ["attacks"]),
    ("what must not hold speaks for nothing",              f"{{all: [{TRUST}, {{not: {WORSE}}}]}}",       []),
    ("while the rule is open, one that is known",          f"{{all: [{{falls: {{indicator: dark, by: 20 %, window: 12 months, against: previous}}}}, {BETTER}]}}", ["attacks"]),
    ("an each of areas",                                   f"{{all: [{TRUST}, {{each: {{area: 1, at_least: 3}}, {BETTER[1:-1]}}}]}}", ["attacks"]),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "rule", "of"), CHOSEN, ids=[case[0] for case in CHOSEN])
def test_areas_are_told_of_the_condition_that_decides(judge: Judge, shows: str, rule: str, of: list[str]) -> None:
    finding = judge(HEAD + "  " + rule, EVIDENCE)
    words = finding_contract(finding, framework({SUBJECT: HEAD + "  " + rule}), {})
    assert [each["label"] for each in words["areas_of"]] == of
    assert bool(finding.areas) == bool(of)


SAID = [
    ("en", "Areas that could be judged, by one condition alone (hateful items): 4 of 4;", "In this area, by one condition alone (hateful items): "),
    ("fr", "Zones qui ont pu être jugées, d'après une seule condition (hateful items)\u00a0: 4 sur 4\u00a0;", "Dans cette zone, d'après une seule condition (hateful items)\u00a0: "),
    ("ar", "المناطق التي أمكن الحكم عليها، استنادا إلى شرط واحد فقط (hateful items): 4 من 4؛", "في هذه المنطقة، استنادا إلى شرط واحد فقط (hateful items): "),
]  # fmt: skip


@pytest.mark.parametrize(("language", "whole", "there"), SAID, ids=[case[0] for case in SAID])
def test_it_is_said_of_which_condition(judge: Judge, language: str, whole: str, there: str) -> None:
    rule = HEAD + f"  {{all: [{BETTER}, {WORSE}]}}"
    finding, own = judge(rule, EVIDENCE), framework({SUBJECT: rule})
    assert whole in say_all(paragraph(finding), language, framework=own)
    narrow = narrowed([finding], own, Narrowing(area="XX01"))
    assert say_all(narrow[0].sentence, language, framework=own).startswith(there)
