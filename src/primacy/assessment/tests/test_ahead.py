"""Series that are judged together come out as if each were asked alone."""

from typing import Any

import pytest

from primacy.assessment import assessing
from primacy.assessment.tests.building import Setting
from primacy.assessment.trends import trend
from primacy.assessment.trends.trend import TrendModel

COMPARED = """
indicators: {{seen: {{kind: {kind}, measure: events, aggregate: rate}}}}
rule: {{{verb}: {{indicator: seen, by: 20 %, window: {months} months, against: baseline}}}}
"""
AREAS = """
indicators: {seen: {kind: incident, measure: events, aggregate: rate}}
rule:
  each: {area: 1, at_least: all}
  falls: {indicator: seen, by: 20 %, window: 12 months, against: baseline}
"""
BASELINE = {"name": "war", "from": "2018-01-01", "to": "2018-12-31", "signed": ["planning", "jmac"], "because": "worst"}
EVIDENCE = [
    {
        "kind": "incident", "covers": "2012-01-01 to 2026-06-30",
        "monthly": [f"2012-01..2026-06 events={counts} area=XX0{n}" for n, counts in ((1, "60,52,8"), (2, "9,7,11,2"))],
    },
    {
        "kind": "violation", "covers": "2015-01-01 to 2026-05-31",  # the last month is not in yet
        "monthly": ["2015-01..2020-12 events=30,25,41", "2021-01..2026-05 events=3,8,5,4"],
    },
]  # fmt: skip


def setting(model: TrendModel) -> Setting:
    benchmarks = {
        f"O2.S{number}": COMPARED.format(kind=kind, verb=verb, months=months)
        for number, (kind, verb, months) in enumerate(
            [
                ("incident", "falls", 12),
                ("violation", "falls", 12),
                ("violation", "rises", 12),
                ("incident", "rises", 3),
            ],
            2,
        )
    }
    return Setting(model, {**benchmarks, "O2.S9": AREAS}, EVIDENCE, {"baselines": [BASELINE]})


def test_together_is_as_one_by_one_with_fewer_questions(model: TrendModel, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    posterior = trend.posterior

    def counting(*given: Any, **more: Any) -> trend.TrendPosterior:
        asked.append(1)
        return posterior(*given, **more)

    monkeypatch.setattr(trend, "posterior", counting)
    together, questions = setting(model).assess().findings, len(asked)
    monkeypatch.setattr(assessing, "judge_together", lambda *_: None)
    assert setting(model).assess().findings == together
    assert questions < len(asked) - questions
    assert [finding.benchmark for finding in together if finding.probability is None] == []
