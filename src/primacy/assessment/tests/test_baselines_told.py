"""A part that is read against a baseline says what another baseline says, and what a peak gives for nothing."""

from collections.abc import Sequence
from typing import Any

import pytest

from primacy.assessment.finding import Finding
from primacy.assessment.finding_json import as_tree, finding_contract, finding_of
from primacy.assessment.tests.building import EVERYTHING, Judge, framework
from primacy.assessment.told.explaining import paragraph
from primacy.assessment.trends.trend_verdict import told_alike

FALLS = """
indicators:
  attacks: {kind: incident, measure: events, aggregate: sum}
  walk-outs: {kind: session, measure: events, aggregate: sum}
rule:
  falls: {indicator: attacks, by: 20 %, window: 12 months, against: baseline}
"""
VETO = """  veto:
    - ceases: {indicator: walk-outs, at_most: 100, window: 12 months}
"""
PEAK = {"name": "the height", "from": "2022-01-01", "to": "2022-12-31", "signed": ["a", "b"], "because": "x"}
CALM = {"name": "the calm", "from": "2024-01-01", "to": "2024-12-31", "signed": ["a", "b"], "because": "x"}
BEFORE = {"name": "long before", "from": "2023-01-01", "to": "2023-12-31", "signed": ["a", "b"], "because": "x"}
HISTORY = [
    {
        "kind": "incident", "covers": EVERYTHING, "source_type": "monitor",
        "monthly": [
            "2016-01..2021-12 events=10,12,11,9", "2022-01..2022-12 events=60,70,65,55",
            "2023-01..2023-12 events=40,44,36,42", "2024-01..2026-06 events=10,12,11,9",
        ],
    },
    {"kind": "session", "covers": EVERYTHING, "source_type": "producer", "monthly": ["2016-01..2026-06 events=1"]},
]  # fmt: skip


def found(judge: Judge, rule: str, baselines: Sequence[dict[str, Any]]) -> Finding:
    return judge(rule, HISTORY, mission={"baselines": list(baselines)})


def keys(phrases: Sequence[Any]) -> set[str]:
    return {each.key for each in phrases} & {"trend.beside", "trend.beside.alike", "trend.peak"}


CASES = [
    # what it shows                              baselines         of the part                           of the paragraph
    ("one baseline at a peak",                   [PEAK],           {"trend.peak"},                       {"trend.peak"}),
    ("another that says otherwise",              [PEAK, CALM],     {"trend.peak", "trend.beside"},       {"trend.peak", "trend.beside"}),
    ("another that says the same",               [PEAK, BEFORE],   {"trend.peak", "trend.beside.alike"}, {"trend.peak"}),
    ("one baseline that is no peak",             [CALM],           set(),                                set()),
]  # fmt: skip


@pytest.mark.parametrize("veto", [False, True], ids=["the part decides", "a veto decides"])
@pytest.mark.parametrize(("shows", "baselines", "told", "in_short"), CASES, ids=[each[0] for each in CASES])
def test_it_is_told_whatever_decides(
    judge: Judge, shows: str, baselines: list[dict[str, Any]], told: set[str], in_short: set[str], veto: bool
) -> None:
    rule = FALLS + VETO if veto else FALLS
    finding = found(judge, rule, baselines)
    assert (finding.sentence[0].key == "finding.veto") is veto
    part = next(each for each in finding.parts if each.indicator == "attacks")
    assert keys(part.beside) == told
    short = paragraph(finding)
    assert keys(short) == in_short
    assert len(short) == len({str(each) for each in short}), "nothing is said twice"
    assert not in_short or part.sentence in short, "what it is told beside is said too"
    assert finding_of(as_tree(finding)) == finding
    words = finding_contract(finding, framework({finding.benchmark: rule}), {})["parts"][0]["beside"]
    assert len(words) == len(part.beside)


def test_a_package_of_before_is_still_read(judge: Judge) -> None:
    tree = as_tree(found(judge, FALLS, [PEAK]))
    for part in tree["parts"]:
        del part["beside"]
    assert all(part.beside == () for part in finding_of(tree).parts)


CUT_OFFS = [
    # the deciding baseline, another, as sure
    (0.964, 0.769, False),
    (0.964, 0.901, True),
    (0.899, 0.9, False),
    (0.80, 0.76, True),
    (0.76, 0.74, False),
    (0.60, 0.30, True),
    (0.30, 0.25, False),
]


@pytest.mark.parametrize(("first", "second", "alike"), CUT_OFFS)
def test_alike_is_what_lies_on_the_same_side_of_every_cut_off(first: float, second: float, alike: bool) -> None:
    assert told_alike(first, second) is alike
