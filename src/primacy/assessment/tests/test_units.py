"""A threshold is compared only with what is measured in its unit."""

from pathlib import Path

import pytest

from primacy.assessment.checks.checking import check
from primacy.assessment.checks.units import COUNT, DAYS, MONEY, RATE, SCORE, SHARE, faults, unit_of
from primacy.assessment.tests.building import benchmark, framework

NONE = framework({})
INDICATORS = """
indicators:
  attacks: {kind: incident, measure: events, window: 12 months, aggregate: sum}
  deaths: {kind: incident, measure: deaths, window: 12 months, aggregate: sum}
  attack-rate: {kind: incident, measure: events, effort: patrol-days, aggregate: rate}
  services: {kind: presence, register: areas, by: area, measure: services, aggregate: last}
  seats: {kind: seat, register: seat, measure: filled, pass: {value: ">= 1"}, aggregate: share}
  laws: {kind: law, measure: stage, pass: {stage: adopted}, aggregate: distinct}
  delay: {kind: figure, measure: days, aggregate: max}
  pause: {kind: session, window: 6 months, aggregate: median_gap}
  trust: {kind: survey, measure: share, aggregate: weakest}
  quality: {kind: rubric, measure: score, aggregate: mean}
  paid: {kind: payment, measure: amount, window: 12 months, aggregate: sum}
  pending: {of: [attacks, deaths], aggregate: gap}
  paid-share: {of: [paid, paid], aggregate: ratio}
  paid-for-each: {of: [paid, attacks], aggregate: ratio}
  of-itself: {of: [of-itself, attacks], aggregate: gap}
  mixed: {of: [attacks, delay], aggregate: gap}
  number: {kind: figure, measure: number, aggregate: latest}
"""
RULE = "rule: {exists: {indicator: laws}}\n"
THRESHOLDS = """
thresholds:
  half: {value: 50 %, unit: share of seats}
  fifth: {value: 0.2, unit: percentage points between the two}
  week: {value: 7, unit: days after the legal date}
  good: {value: 2, unit: points of 0 to 3}
  ten: {value: 10, unit: events in twelve months}
  thinly: {value: 0.1, unit: events a patrol-day}
  any: {value: 3, unit: whatever it is}
"""

UNITS = [
    # indicator      is measured in
    ("attacks",       COUNT),
    ("deaths",        COUNT),
    ("attack-rate",   RATE),
    ("services",      SHARE),
    ("seats",         SHARE),
    ("laws",          COUNT),
    ("delay",         DAYS),
    ("pause",         DAYS),
    ("trust",         SHARE),
    ("quality",       SCORE),
    ("paid",          MONEY),
    ("pending",       COUNT),
    ("paid-share",    SHARE),
    ("paid-for-each", None),
    ("of-itself",     COUNT),
    ("number",        None),
]  # fmt: skip


@pytest.mark.parametrize(("indicator", "unit"), UNITS, ids=[case[0] for case in UNITS])
def test_what_an_indicator_is_measured_in(indicator: str, unit: str | None) -> None:
    assert unit_of(benchmark(INDICATORS + RULE), indicator) == unit


WRONG = [
    # rule                                                                       field                     what it says
    ("reaches: {indicator: seats, at_least: week}",                              "rule.reaches.at_least",  "week is days, but seats is measured in a share"),
    ("share: {indicator: seats, at_least: good}",                                "rule.share.at_least",    "good is a score, but seats is measured in a share"),
    ("reaches: {indicator: delay, at_most: half}",                               "rule.reaches.at_most",   "half is a share, but delay is measured in days"),
    ("reaches: {indicator: delay, at_most: 30 %}",                               "rule.reaches.at_most",   "30 % is a share, but delay is measured in days"),
    ("reaches: {indicator: pause, between: [week, half]}",                       "rule.reaches.between",   "half is a share, but pause is measured in days"),
    ("reaches: {indicator: attack-rate, at_most: ten}",                          "rule.reaches.at_most",   "ten is a count, but attack-rate is measured in a rate by effort"),
    ("reaches: {indicator: laws, at_least: 80 %}",                               "rule.reaches.at_least",  "80 % is a share, but laws is measured in a count"),
    ("believes: {indicator: trust, at_least: ten}",                              "rule.believes.at_least", "ten is a count, but trust is measured in a share"),
    ("shifts: {indicator: trust, by: good}",                                     "rule.shifts.by",         "good is a score, but trust is measured in a share"),
    ("gap: {indicator: trust, between: group, at_most: week}",                   "rule.gap.at_most",       "week is days, but trust is measured in a share"),
    ("falls: {indicator: attack-rate, by: ten, window: 12 months}",              "rule.falls.by",          "ten is a count, but falls asks for a share"),
    ("rises: {indicator: attack-rate, by: week, window: 12 months}",             "rule.rises.by",          "week is days, but rises asks for a share"),
    ("ceases: {indicator: attacks, at_most: half, window: 12 months}",           "rule.ceases.at_most",    "half is a share, but ceases asks for a count"),
    ("covers: {indicator: services, at_least: week}",                            "rule.covers.at_least",   "week is days, but covers asks for a share"),
    ("covers: {indicator: services, at_least: half, pass: {value: '>= good'}}",  "rule.covers.pass",       "good is a score, but services is measured in a share"),
    ("scored: {indicator: quality, at_least: half}",                             "rule.scored.at_least",   "half is a share, but scored asks for a score"),
    ("share: {indicator: seats, at_least: {from: delay, else: half}}",           "rule.share.at_least",    "the indicator delay is days, but seats is measured in a share"),
    ("all: [{share: {indicator: seats, at_least: half}, veto: [{reaches: {indicator: delay, at_least: half}}]}]", "rule.all.0.veto.0.reaches.at_least", "half is a share, but delay is measured in days"),
]  # fmt: skip
ALWAYS = ("indicators.mixed.of", "is a difference between a count and days")


@pytest.mark.parametrize(("rule", "field", "says"), WRONG, ids=[case[0] for case in WRONG])
def test_a_threshold_of_another_unit_is_a_fault(rule: str, field: str, says: str) -> None:
    found = {(each.field, each.what) for each in faults(NONE, benchmark(f"{INDICATORS}rule: {{{rule}}}\n{THRESHOLDS}"))}
    assert found == {(field, says), ALWAYS}


RIGHT = [
    "reaches: {indicator: seats, at_least: half}",
    "share: {indicator: seats, at_least: 0.5}",
    "reaches: {indicator: delay, at_most: week}",
    "reaches: {indicator: pause, at_most: 14}",
    "reaches: {indicator: attacks, at_most: ten}",
    "reaches: {indicator: attacks, at_most: any}",
    "reaches: {indicator: attack-rate, at_most: thinly}",
    "reaches: {indicator: number, at_most: week}",
    "gap: {indicator: trust, between: group, at_most: fifth}",
    "falls: {indicator: attack-rate, by: half, window: 12 months}",
    "scored: {indicator: quality, at_least: good}",
    "share: {indicator: seats, at_least: {from: trust, else: half}}",
    "share: {indicator: seats, at_least: norm.seats}",
]


@pytest.mark.parametrize("rule", RIGHT)
def test_a_threshold_of_the_same_unit_or_of_one_that_nobody_can_tell_is_none(rule: str) -> None:
    content = f"{INDICATORS}rule: {{{rule}}}\n{THRESHOLDS}"
    assert {(each.field, each.what) for each in faults(NONE, benchmark(content))} == {ALWAYS}


PASS = "indicators: {days: {kind: presence, register: areas, by: area, measure: days_at_post, pass: {value: '>= 80 %'}, aggregate: share}}\nrule: {exists: {indicator: days}}\n"


def test_what_an_item_must_show_is_in_the_unit_of_its_measure() -> None:
    (problem,) = faults(NONE, benchmark(PASS))
    assert (problem.field, problem.what) == ("indicators.days.pass", "80 % is a share, but days is measured in days")


def test_the_check_of_the_framework_tells_it(tmp_path: Path) -> None:
    (tmp_path / "O2.M2.yaml").write_text("id: O2.M2\nthresholds:\n  fall: {value: 20, unit: days}\n", "utf-8")
    told = [each for each in check(tmp_path) if "is days" in each.what]
    assert told
    assert {each.file for each in told} == {"O2.M2.yaml"}
