"""Risks and trade-offs: every case of `cases/watched/*.yaml`, and each kind of signal by itself.

A file is a list of cases: `case` (a sentence), `entry`, `evidence` (data sets as in building.py), `mission`, `as_of`,
and `signals`: the state of each signal that the case is about.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from primacy.assessment.assessing import assess
from primacy.assessment.finding import Watch
from primacy.assessment.inputs import Inputs
from primacy.assessment.tests.building import AS_OF, KNOWN, country, framework, mission, store
from primacy.assessment.trends.trend import TrendModel
from primacy.framework import load
from primacy.framework.entries import Risk, Watched
from primacy.framework.yaml_files import read_yaml

STANDARD = load()
FOLDER = Path(__file__).parent / "cases" / "watched"
Tree = dict[str, Any]
CASES = [
    pytest.param(case, id=f"{case['entry']}: {case['case']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in read_yaml(path.read_text("utf-8"))
]


def watched(model: TrendModel, entry: Watched, evidence: list[Tree], as_of: date = AS_OF, **fields: Any) -> Watch:
    """The entry judged beside the benchmarks that it names, and nothing else."""
    named = {*entry.benchmarks, *(each.finding.benchmark for each in entry.signals if each.finding is not None)}
    within = framework({id: STANDARD.benchmarks[id] for id in sorted(named)})
    collection = "risks" if isinstance(entry, Risk) else "trade_offs"
    inputs = Inputs(
        replace(within, **{collection: {entry.id: entry}}), mission(**fields), store(evidence), country(), model
    )
    return assess(inputs, as_of=as_of, known=KNOWN).watches[0]


@pytest.mark.parametrize("case", CASES)
def test_an_expert_would_say_so(model: TrendModel, case: Tree) -> None:
    day = date.fromisoformat(str(case.get("as_of", AS_OF)))
    entry = STANDARD.entries[case["entry"]]
    assert isinstance(entry, Watched)
    found = watched(model, entry, case.get("evidence", []), day, **case.get("mission", {}))
    states = {each.id: each.state for each in found.signals}
    told = {each.id: each.sentence for each in found.signals}
    assert {id: states.get(id) for id in case["signals"]} == case["signals"], told


def shown(state: str) -> set[tuple[str, str]]:
    """Every signal that some case shows in this state."""
    return {
        (case["entry"], id)
        for (case,) in (each.values for each in CASES)
        for id, s in case["signals"].items()
        if s == state
    }


RULES = [(entry.id, each.id) for entry in STANDARD.watched for each in entry.signals if each.rule is not None]


@pytest.mark.parametrize("signal", RULES, ids=["/".join(each) for each in RULES])
def test_every_sign_that_is_a_rule_is_shown_both_ways(signal: tuple[str, str]) -> None:
    assert signal in shown("seen")
    assert signal in shown("not seen")


@pytest.mark.parametrize("entry", list(STANDARD.watched), ids=lambda each: each.id)
def test_without_evidence_nothing_is_seen(model: TrendModel, entry: Watched) -> None:
    assert {each.state for each in watched(model, entry, []).signals} <= {"unknown", "not seen"}


# ---- each kind of signal


def risk(**signal: Any) -> Risk:
    content = {
        "id": "O2.R99", "title": "A risk", "short": "Risk", "about": "It may be.", "lead": "political-affairs",
        "benchmarks": ["O2.M2"], "answers": ["O2.A1"], "signs": [{"id": "sign", "text": "It shows", **signal}],
    }  # fmt: skip
    return Risk.model_validate(content)


def state(model: TrendModel, entry: Risk, evidence: list[Tree], **fields: Any) -> tuple[str, str]:
    signal = watched(model, entry, evidence, **fields).signals[0]
    return signal.state, signal.sentence.key


NEAR = {"near": {"event": "polling_day", "within": "6 months"}}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-09-01", ("seen", "signal.near")),
        ("2026-06-30", ("seen", "signal.near")),
        ("2027-06-30", ("not seen", "signal.near")),
        ("2026-06-29", ("not seen", "signal.near.past")),
        (None, ("unknown", "signal.near.unset")),
    ],
)
def test_a_day_comes_near(model: TrendModel, day: str | None, expected: tuple[str, str]) -> None:
    events = {"polling_day": day} if day else {}
    assert state(model, risk(**NEAR), [], events=events) == expected


def seen(*origins: str, confirmed: bool = False) -> list[Tree]:
    points = [f"2026-03-0{n} O2.R99/walk-out seen=1 origin={each}" for n, each in enumerate(origins, 1)]
    points += ["2026-03-09 O2.R99/walk-out confirmed=1"] if confirmed else []
    return [{"kind": "sign", "points": points}]


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (seen("one", "two"), ("seen", "signal.report.two")),
        (seen("one"), ("possible", "signal.report.one")),
        (seen("one", "one"), ("possible", "signal.report.one")),
        (seen("one", confirmed=True), ("seen", "signal.report.confirmed")),
        ([], ("unknown", "signal.report.none")),
    ],
)
def test_people_report_it(model: TrendModel, evidence: list[Tree], expected: tuple[str, str]) -> None:
    assert state(model, risk(report="O2.R99/walk-out"), evidence) == expected


def test_how_a_benchmark_stands(model: TrendModel) -> None:
    asked = risk(finding={"benchmark": "O2.M2", "status": ["not met", "reversed"]})
    assert state(model, asked, []) == ("unknown", "signal.finding")
    asked = risk(finding={"benchmark": "O2.M2", "status": ["insufficient evidence"]})
    assert state(model, asked, []) == ("seen", "signal.finding")


def test_a_risk_outside_the_mandate_is_not_looked_for(model: TrendModel) -> None:
    mandate = {"paragraphs": [{"number": "1", "benchmarks": ["O2.S1"]}]}
    found = watched(model, risk(report="O2.R99/walk-out"), seen("one", "two"), mandate=mandate)
    assert (found.state, found.signals) == ("not applicable", ())
