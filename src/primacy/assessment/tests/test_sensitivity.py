"""Wherever a finding turns on a number it says at which it would flip: actors, groups, areas and steps too."""

import re
from collections.abc import Callable

import pytest

from primacy.assessment.finding import Finding
from primacy.assessment.tests.building import SUBJECT, Judge, framework
from primacy.assessment.told.sentences import say_all

ALL = "2015-01-01 to 2026-06-30"
OF_ACTORS = "indicators: {x: {kind: incident, measure: deaths, window: 12 months, aggregate: sum}}\n"
OF_GROUPS = "indicators: {x: {kind: survey, measure: share, aggregate: weakest}}\n"
OF_AREAS = "indicators: {x: {kind: incident, measure: events, aggregate: rate}}\n"
OF_STEPS = "indicators: {x: {kind: law, measure: stage, aggregate: last}}\n"
STEPS = ("drafted", "consulted", "tabled", "adopted")
KILLED = [{"kind": "incident", "covers": {"span": ALL, "actors": ["*"]}, "points": [
    "2026-01-10 a deaths=30 actor=front", "2026-02-10 b deaths=12 actor=guard", "2026-03-10 c deaths=3 actor=bandits",
]}]  # fmt: skip
ASKED = [{"kind": "survey", "source_type": "survey", "points": [
    "2021-06-01 q share=0.50 se=0.02 n=800",
            "2026-05-01 q share=0.52 se=0.02 n=800",
            "2021-06-01 q share=0.50 se=0.02 n=400 group=sex=f", "2021-06-01 q share=0.50 se=0.02 n=400 group=sex=m",
    "2026-05-01 q share=0.44 se=0.02 n=400 group=sex=f", "2026-05-01 q share=0.60 se=0.02 n=400 group=sex=m",
]}]  # fmt: skip
ATTACKED = [{"kind": "incident", "covers": ALL, "monthly": [
    f"2021-01..2025-06 events=9,11,10 area={code}" for code in ("XX01", "XX02", "XX03", "XX04")] + [
    f"2025-07..2026-06 events={count} area={code}" for code, count in (("XX01", 3), ("XX02", 4), ("XX03", 5), ("XX04", 10))],
}]  # fmt: skip
YEAR = {
    "baselines": [{"name": "then", "from": "2021-01-01", "to": "2021-12-31", "signed": ["a", "b"], "because": "first"}]
}
PASSED = [{"kind": "law", "points": [f"2026-0{n}-01 L stage={n} grade=A1" for n in (1, 2)]}]

CASES = [
    # what it shows                   the benchmark with NUMBER where it is asked                                                                          asked  evidence  as it is asked
    ("every actor keeps below",       OF_ACTORS + "rule: {each: {actor: every, at_least: all}, reaches: {indicator: x, at_most: NUMBER}}",               24,    KILLED,   float),
    ("two actors keep below",         OF_ACTORS + "rule: {each: {actor: every, at_least: 2}, reaches: {indicator: x, at_most: NUMBER}}",                 24,    KILLED,   float),
    ("every group believes",          OF_GROUPS + "rule: {each: {group: sex, at_least: all}, believes: {indicator: x, at_least: NUMBER}}",               0.5,   ASKED,    float),
    ("a group lost so much",         OF_GROUPS + "rule: {all: [{believes: {indicator: x, at_least: 0.1}}], veto: [{each: {group: sex, at_least: 1}, not: {shifts: {indicator: x, by: NUMBER}}}]}",           -0.02, ASKED,    float),
    ("it fell in three areas",        OF_AREAS + "rule: {each: {area: 1, at_least: 3}, falls: {indicator: x, by: NUMBER, window: 12 months}}",           0.2,   ATTACKED, lambda ratio: 1 - ratio),
    ("where most people live",        OF_AREAS + "rule: {each: {area: 1, at_least: 0.6, weight: population}, falls: {indicator: x, by: NUMBER, window: 12 months}}", 0.2, ATTACKED, lambda ratio: 1 - ratio),
    ("a step that is missing",        OF_STEPS + f"rule: {{sequence: {{indicator: x, steps: [{', '.join(STEPS)}], reached: NUMBER}}}}",                  "adopted", PASSED, lambda steps: STEPS[round(steps) - 1]),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "content", "asked", "evidence", "as_asked"), CASES, ids=[case[0] for case in CASES])
def test_the_number_at_which_it_flips_is_said_and_there_it_flips(
    judge: Judge, shows: str, content: str, asked: object, evidence: list, as_asked: Callable[[float], object]
) -> None:
    def at(number: object) -> Finding:
        return judge(content.replace("NUMBER", str(number)), evidence, mission=YEAR)

    finding = at(asked)
    assert finding.flips_at is not None
    assert at(as_asked(finding.flips_at)).status != finding.status
    assert finding.flips[0].key == "flip.if"


NEVER = [
    ("what is not there at all", "indicators: {x: {kind: seat, register: seat, measure: filled, pass: {value: '>= 1'}, aggregate: share}}\nrule: {share: {indicator: x, at_least: 0.7}}",
     [{"kind": "seat", "points": [f"2026-05-01 s{n} expected=1 filled=0" for n in range(4)]}]),
    ("all steps taken", OF_STEPS + f"rule: {{sequence: {{indicator: x, steps: [{', '.join(STEPS)}], reached: adopted}}}}",
     [{"kind": "law", "points": [f"2026-0{n}-01 L stage={n} grade=A1" for n in (1, 2, 3, 4)]}]),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "content", "evidence"), NEVER, ids=[case[0] for case in NEVER])
def test_where_no_number_would_tell_it_otherwise_none_is_said(
    judge: Judge, shows: str, content: str, evidence: list
) -> None:
    finding = judge(content, evidence)
    assert finding.flips_at is None
    assert [each.key for each in finding.flips] == ["flip.none"]


NAMED = """
indicators: {x: {kind: seat, register: seat, measure: filled, pass: {value: '>= 1'}, aggregate: share}}
rule: {share: {indicator: x, at_least: seats}}
thresholds: {seats: {value: 80 %, unit: share of seats}}
"""
SEATS = [{"kind": "seat", "points": [f"2026-05-01 s{n} expected=1 filled={int(n < 7)}" for n in range(10)]}]


def test_it_is_said_with_its_unit_and_what_the_status_would_be(judge: Judge) -> None:
    finding = judge(NAMED, SEATS)
    said = say_all(finding.flips, framework=framework({SUBJECT: NAMED}))
    assert said == "The status would be “met” if at least 70 % were asked instead of at least 80 % (x; share of seats)."


TWICE = """
indicators:
  x: {kind: seat, register: seat, measure: filled, pass: {value: '>= 1'}, aggregate: share}
  y: {kind: law, measure: stage, aggregate: distinct, pass: {stage: adopted}}
rule: {all: [{share: {indicator: x, at_least: 0.8}}, {exists: {indicator: y, min: 2}}]}
"""


def test_where_only_several_numbers_together_would_they_are_said_together(judge: Judge) -> None:
    one_law = {"kind": "law", "covers": ALL, "points": ["2026-03-01 L stage=4 grade=A1"]}
    finding = judge(TWICE, [*SEATS, one_law])
    assert [each.key for each in finding.flips] == ["flip.together"]
    eased = TWICE.replace("0.8", "0.7").replace("min: 2", "min: 1")
    assert judge(eased, [*SEATS, one_law]).status == finding.flips[0].values["status"]


BOTH_WAYS = """
indicators: {x: {kind: incident, measure: events, aggregate: rate}, y: {kind: incident, where: {area: XX04}, measure: events, aggregate: rate}}
rule:
  all: [{falls: {indicator: x, by: fall, window: 12 months}}]
  veto: [{rises: {indicator: y, by: fall, window: 12 months}}]
thresholds: {fall: {value: 20 %, unit: of the rate}}
"""
BARELY = [{"kind": "incident", "covers": ALL, "monthly": [
    "2021-01..2025-06 events=100,101,99 area=XX01", "2025-07..2026-06 events=88,89,87 area=XX01",
    "2021-01..2025-06 events=9,11,10 area=XX04", "2025-07..2026-06 events=9,11,10 area=XX04",
]}]  # fmt: skip


def test_a_number_asked_of_the_rule_and_of_its_veto_is_looked_for_on_its_whole_way(judge: Judge) -> None:
    """Far down the veto holds for certain, so that the ends of the range say nothing of what lies between."""
    finding = judge(BOTH_WAYS, BARELY, mission=YEAR)
    assert finding.status == "not met"
    assert finding.flips_at is not None
    eased = BOTH_WAYS.replace("20 %", f"{1 - finding.flips_at:.6g}")
    assert judge(eased, BARELY, mission=YEAR).status == finding.flips[0].values["status"] != "not met"


SHARED = """
indicators:
  x: {kind: seat, register: seat, measure: filled, pass: {value: '>= 1'}, aggregate: share, label: seats}
  y: {kind: post, register: post, measure: filled, pass: {value: '>= 1'}, aggregate: share, label: posts}
rule: {all: [{share: {indicator: x, at_least: filled}}, {share: {indicator: y, at_least: filled}}]}
thresholds: {filled: {value: 60 %, unit: share}}
"""


def filled(kind: str, count: int) -> dict:
    return {
        "kind": kind,
        "points": [f"2026-05-01 {kind}{n} expected=1 filled={int(n < count)} grade=A1" for n in range(10)],
    }


TURNS_ON = [
    # what it shows                            seats  posts  the status would be, were it asked, of what
    ("the one that is nearer to its bound",      9,     7,   "not met”", "at least 71 %", "(posts; share)"),
    ("the same the other way round",             7,     9,   "not met”", "at least 71 %", "(seats; share)"),
    ("both, where only both together would do",  5,     5,   "met”",     "at least 50 %", "(seats; and posts; share)"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("shows", "seats", "posts", "status", "at", "of"), TURNS_ON, ids=[case[0] for case in TURNS_ON]
)
def test_a_threshold_that_several_share_is_told_of_those_on_which_it_turns(
    judge: Judge, shows: str, seats: int, posts: int, status: str, at: str, of: str
) -> None:
    finding = judge(SHARED, [filled("seat", seats), filled("post", posts)])
    said = say_all(finding.flips, framework=framework({SUBJECT: SHARED}))
    assert said == f"The status would be “{status} if {at} were asked instead of at least 60 % {of}."


RISEN = """
indicators: {x: {kind: incident, measure: events, aggregate: sum}}
rule: {falls: {indicator: x, by: fall, window: 12 months}}
thresholds: {fall: {value: 20 %, unit: of the rate}}
"""


def test_a_fall_of_less_than_nothing_is_told_as_a_level(judge: Judge) -> None:
    evidence = [
        {"kind": "incident", "covers": ALL, "monthly": ["2021-01..2025-06 events=50", "2025-07..2026-06 events=60"]}
    ]
    finding = judge(RISEN, evidence, mission=YEAR)
    said = say_all(finding.flips, framework=framework({SUBJECT: RISEN}))
    assert re.search(
        r"if at most 1\d\d % of the earlier rate were asked instead of at most 80 % of the earlier rate", said
    )
