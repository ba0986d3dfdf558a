"""Flags beside a status: the closed list, each for its own cause. And what lifts the cap of a single kind of source."""

from datetime import date
from typing import Any

import pytest

from primacy.assessment.tests.building import EVERYTHING, Judge

LAW: dict[str, Any] = {
    "indicators": {"law": {"kind": "law", "measure": "stage", "aggregate": "distinct", "pass": {"stage": "adopted"}}},
    "rule": {"exists": {"indicator": "law", "min": 1}},
}
LIKELY = [{"kind": "law", "points": ["2026-03-01 L stage=4 grade=B2"]}]
DRAFTED = [{"kind": "law", "points": ["2026-03-01 L stage=1"]}]
ADOPTED = [{"kind": "law", "points": ["2026-03-01 L stage=4"]}]
HORIZONS = [
    # what it shows                                             evidence  end of the horizon  flags
    ("progressing inside its horizon is on track",              LIKELY,   "2027-06-30",       ["on track"]),
    ("not met inside its horizon says nothing",                 DRAFTED,  "2027-06-30",       []),
    ("not met with less than ninety days to go is due",         DRAFTED,  "2026-08-31",       ["due"]),
    ("progressing with less than ninety days to go is due",     LIKELY,   "2026-08-31",       ["due"]),
    ("not met after its horizon is overdue",                    DRAFTED,  "2026-05-31",       ["overdue"]),
    ("met after its horizon is not",                            ADOPTED,  "2026-05-31",       []),
    ("without evidence after its horizon it is overdue too",    [],       "2026-05-31",       ["overdue"]),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "evidence", "end", "flags"), HORIZONS, ids=[case[0] for case in HORIZONS])
def test_the_horizon(judge: Judge, shows: str, evidence: list[Any], end: str, flags: list[str]) -> None:
    assert list(judge(LAW, evidence, mission={"horizons": {"short": ["2024-01-01", end]}}).flags) == flags


OWN_RULES = [
    # what it shows                                             evidence  end of the horizon  raised       flags
    ("it says on track and nothing speaks against it",          LIKELY,   "2027-06-30",       "on track",  ["on track"]),
    ("it says on track of what is unlikely to be met",          DRAFTED,  "2027-06-30",       "on track",  []),
    ("it says on track of what is due",                         LIKELY,   "2026-08-31",       "on track",  ["due"]),
    ("it says on track of what is met",                         ADOPTED,  "2027-06-30",       "on track",  []),
    ("it says on track of what nobody knows",                   [],       "2027-06-30",       "on track",  []),
    ("it says overdue of what is met",                          ADOPTED,  "2027-06-30",       "overdue",   []),
    ("it says at risk of what was never reached",               DRAFTED,  "2027-06-30",       "at risk",   []),
    ("it says at risk of what progresses",                      LIKELY,   "2027-06-30",       "at risk",   ["at risk"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("shows", "evidence", "end", "raised", "flags"), OWN_RULES, ids=[case[0] for case in OWN_RULES]
)
def test_a_rule_of_a_benchmark_does_not_gainsay_its_finding(
    judge: Judge, shows: str, evidence: list[Any], end: str, raised: str, flags: list[str]
) -> None:
    tabled = {"kind": "document", "measure": "stage", "aggregate": "distinct", "pass": {"stage": "drafted"}}
    rule = {
        "indicators": {**LAW["indicators"], "bill": tabled}, "rule": LAW["rule"],
        "flags": {raised: {"rule": {"exists": {"indicator": "bill", "min": 1}}}},
    }  # fmt: skip
    bill = {"kind": "document", "points": ["2026-03-01 B stage=1 grade=A1"]}
    finding = judge(rule, [*evidence, bill], mission={"horizons": {"short": ["2024-01-01", end]}})
    assert list(finding.flags) == flags


def test_what_goes_the_right_way_and_is_unlikely_is_not_on_track(judge: Judge) -> None:
    """Where nothing projects it, that it is nearer than a year ago does not make it likely to be met in time."""
    rule = """
    indicators: {trust: {kind: survey, where: {category: survey/trust}, measure: share, aggregate: latest, fresh: 2 years}}
    rule: {believes: {indicator: trust, at_least: 50 %}}
    """
    waves = ["2025-06-01 q share=0.20 se=0.02 n=900", "2026-05-01 q share=0.40 se=0.02 n=900"]
    points = [each + " category=survey/trust" for each in waves]
    evidence = [{"kind": "survey", "source_type": "survey", "points": points}]
    finding = judge(rule, evidence, mission={"horizons": {"short": ["2024-01-01", "2027-06-30"]}})
    assert finding.status == "progressing"
    assert finding.probability is not None
    assert finding.probability < 0.25
    assert "on track" not in finding.flags


def test_a_default_that_nobody_confirmed_is_said(judge: Judge) -> None:
    def flags(**threshold: Any) -> tuple[str, ...]:
        return judge({**LAW, "thresholds": {"x": {"value": 3, "unit": "laws", **threshold}}}, ADOPTED).flags

    assert flags() == ("threshold unconfirmed",)
    assert flags(standard=True, source="hearsay") == ("threshold unconfirmed",)
    assert flags(confirmed={"by": "planning", "on": "2026-01-15", "because": "agreed"}) == ()


TALKS = """
indicators: {met: {kind: contact, register: mission.priority_counterparts, by: target, pass: {events: ">= 1"}, window: 45 days, aggregate: share}}
rule: {share: {indicator: met, at_least: 50 %}}
flags: {silent counterpart: {any_silent: {register: mission.priority_counterparts, for: 90 days}}}
"""
SILENCES = [
    ("both were met", ["2026-06-20 x events=1 target=elders", "2026-05-01 y events=1 target=women"], True),
    (
        "one was met ninety-one days ago",
        ["2026-06-20 x events=1 target=elders", "2026-03-31 y events=1 target=women"],
        False,
    ),
    ("one was never met", ["2026-06-20 x events=1 target=elders"], False),
    ("nobody was met at all", [], False),
]


@pytest.mark.parametrize(("shows", "points", "heard"), SILENCES, ids=[case[0] for case in SILENCES])
def test_a_silent_counterpart(judge: Judge, shows: str, points: list[str], heard: bool) -> None:
    evidence = [{"kind": "contact", "covers": EVERYTHING, "points": points}]
    finding = judge(TALKS, evidence, mission={"priority_counterparts": ["elders", "women"]})
    assert ("silent counterpart" in finding.flags) is not heard


def test_nobody_is_called_silent_where_contacts_are_not_recorded(judge: Judge) -> None:
    finding = judge(TALKS, [], mission={"priority_counterparts": ["elders", "women"]})
    assert "silent counterpart" not in finding.flags


# ---- corroboration: presence needs two kinds of source at medium term

PRESENCE = """
indicators: {officials: {kind: presence, register: presence, measure: services, pass: {value: ">= 0.5"}, aggregate: share}}
rule: {share: {indicator: officials, at_least: 50 %}}
"""
REGISTER = {
    "kind": "presence",
    "source_type": "register",
    "points": ["2026-06-01 a expected=1", "2026-06-01 a services=0.9 grade=A1"],
}
SECONDS = [
    # what it shows                                     the second kind of source                  corroborates
    ("it says the same",                                "2026-05-15 a services=0.8 grade=B2",      True),
    ("it says the opposite",                            "2026-05-15 a services=0.1 grade=C3",      False),
    ("it only says that somebody ought to be there",    "2026-05-15 a expected=1",                 False),
    ("it speaks of another post",                       "2026-05-15 zz services=0.9 grade=B2",     False),
    ("what it says is past its shelf life",             "2025-08-01 a services=0.8 grade=B2",      False),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "point", "corroborates"), SECONDS, ids=[case[0] for case in SECONDS])
def test_a_second_kind_of_source_corroborates_when(judge: Judge, shows: str, point: str, corroborates: bool) -> None:
    second = {"kind": "presence", "source_type": "media", "points": [point]}
    finding = judge(PRESENCE, [REGISTER, second], id="O2.M9")
    assert ("single source" in finding.flags) is not corroborates
    assert finding.status == ("met" if corroborates else "progressing")


@pytest.mark.parametrize(
    ("id", "capped"), [("O2.S9", False), ("O2.M9", True), ("O2.L9", True)], ids=["short", "medium", "long"]
)
def test_two_kinds_of_source_are_asked_for_at_medium_and_long_term(judge: Judge, id: str, capped: bool) -> None:
    finding = judge(PRESENCE, [REGISTER], id=id)
    assert ("single source" in finding.flags) is capped


def test_a_ratio_of_what_needs_two_kinds_of_source_needs_them_too(judge: Judge) -> None:
    rule = """
    indicators:
      verified: {kind: violation, where: {category: violation/verified}, measure: events, aggregate: sum, window: 12 months}
      reported: {kind: violation, measure: events, aggregate: sum, window: 12 months}
      ratio: {aggregate: ratio, of: [verified, reported]}
    rule: {reaches: {indicator: ratio, at_least: 50 %}}
    """
    monthly = [
        "2024-01..2026-06 events=9 category=violation/verified",
        "2024-01..2026-06 events=1 category=violation/heard",
    ]
    finding = judge(rule, [{"kind": "violation", "covers": EVERYTHING, "monthly": monthly}], id="O2.M9")
    assert "single source" in finding.flags
    assert finding.status == "progressing"


def test_a_day_inside_a_month_is_said_for_trends(judge: Judge) -> None:
    rule = {
        "indicators": {"a": {"kind": "contact", "measure": "events", "aggregate": "rate"}},
        "rule": {"rises": {"indicator": "a", "by": "20 %", "window": "12 months", "against": "previous"}},
    }
    evidence = [{"kind": "contact", "covers": EVERYTHING, "monthly": ["2015-01..2026-06 events=9,8,7"]}]
    assert "incomplete months" in judge(rule, evidence, as_of=date(2026, 6, 15)).flags
    assert "incomplete months" not in judge(rule, evidence).flags
