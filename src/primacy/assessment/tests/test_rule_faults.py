"""What `primacy framework check` says of a rule whose numbers decide nothing or that no data can meet."""

from datetime import date
from pathlib import Path

import pytest

from primacy.assessment.checks.checking import check
from primacy.framework import Mission

INDICATORS = """\
id: O2.M2
changed: {by: [planning, police], on: 2026-01-31, because: the mandate says so}
indicators:
  meetings: {kind: contact, measure: events, aggregate: sum, window: 6 months}
  attacks: {kind: incident, measure: events, aggregate: rate}
  kept: {kind: commitment, register: commitment, measure: kept, pass: {value: ">= 1"}, aggregate: share}
  quality: {kind: rubric, where: {category: rubric/law-conformity}, measure: score, aggregate: mean}
  trust: {kind: survey, where: {item: q7}, measure: share, aggregate: latest}
  seats: {kind: seat, register: seat, measure: filled, pass: {value: ">= 1"}, aggregate: distinct}
"""
THRESHOLDS = {"few": "{value: 10, unit: events}", "none": "{value: 0, unit: events}"}
LINE = len(INDICATORS.splitlines()) + 1


def overlay(folder: Path, rule: str) -> Path:
    own = "".join(f"  {name}: {each}\n" for name, each in THRESHOLDS.items() if f": {name}}}" in rule)
    numbers = f"thresholds:\n{own}" if own else ""
    (folder / "O2.M2.yaml").write_text(f"{INDICATORS}rule: {{{rule}}}\n{numbers}", "utf-8")
    return folder


def span(verb: str, more: str) -> str:
    return f"{verb}: {{indicator: attacks, window: 12 months, {more}}}"


FAULTS = [
    # what it shows                       the rule                                                                                            field                       what it says
    ("two bounds that exclude each other", "all: [{reaches: {indicator: meetings, at_least: 10}}, {reaches: {indicator: meetings, at_most: 0}}]", "rule.all",                "no data can meet reaches meetings at_least 10 and reaches meetings at_most 0 at once"),
    ("the same by names of thresholds",   "all: [{reaches: {indicator: meetings, at_least: few}}, {reaches: {indicator: meetings, at_most: none}}]", "rule.all",              "at_least few (10) and reaches meetings at_most none (0)"),
    ("verbs that read the same level",    "all: [{exists: {indicator: seats, min: 3}}, {reaches: {indicator: seats, at_most: 2}}]",            "rule.all",                 "no data can meet"),
    ("believed and not",                  "all: [{believes: {indicator: trust, at_least: 60 %}}, {believes: {indicator: trust, at_most: 40 %}}]", "rule.all",              "no data can meet"),
    ("a fall and a rise at once",         f"all: [{{{span('falls', 'by: 20 %')}}}, {{{span('rises', 'by: 20 %')}}}]",                        "rule.all",                 "no data can meet"),
    ("deeper down",                       "any: [{exists: {indicator: seats}}, {all: [{share: {indicator: kept, at_least: 80 %}}, {share: {indicator: kept, at_most: 50 %}}]}]", "rule.any.1.all", "no data can meet"),
    ("one part against two others",       "all: [{reaches: {indicator: meetings, at_least: 5}}, {any: [{reaches: {indicator: meetings, at_most: 1}}, {reaches: {indicator: meetings, between: [2, 3]}}]}]", "rule.all", "no data can meet"),
    ("two of three that never meet",      "k_of: {k: 2, of: [{reaches: {indicator: meetings, at_most: 1}}, {reaches: {indicator: meetings, between: [2, 3]}}, {reaches: {indicator: meetings, at_least: 4}}]}", "rule.k_of", "no data can meet as much of this at once: reaches meetings at_most 1; "),
    ("a veto on what is asked for",       "reaches: {indicator: meetings, at_least: 10}, veto: [{reaches: {indicator: meetings, more_than: 5}}]", "rule.reaches",          "and not reaches meetings more_than 5 at once"),
    ("not what is asked for",             "all: [{reaches: {indicator: meetings, at_least: 10}}, {not: {reaches: {indicator: meetings, at_least: 5}}}]", "rule.all",       "and not reaches meetings at_least 5 at once"),
    ("every area and none",               "each: {area: 1}, all: [{reaches: {indicator: meetings, at_least: 2}}, {reaches: {indicator: meetings, at_most: 1}}]", "rule.all", "no data can meet"),
    ("kept up for a year",                "all: [{sustained: {for: 4 quarters, rule: {reaches: {indicator: meetings, at_least: 2}}}}, {reaches: {indicator: meetings, at_most: 1}}]", "rule.all", "no data can meet"),
    ("a range turned round",              "reaches: {indicator: meetings, between: [10, 2]}",                                                "rule.reaches.between",     "between [10, 2]: the lower end is above the higher"),
    ("fewer than none",                   "reaches: {indicator: meetings, at_most: -1}",                                                     "rule.reaches.at_most",     "at_most -1 can never be met: values are never below 0"),
    ("a war that ceases below nothing",   span("ceases", "at_most: -3"),                                                                      "rule.ceases.at_most",      "can never be met"),
    ("none exists",                       "exists: {indicator: seats, min: 0}",                                                              "rule.exists.min",          "min 0 is always met and decides nothing"),
    ("at least nothing",                  "share: {indicator: kept, at_least: 0 %}",                                                         "rule.share.at_least",      "is always met"),
    ("at most all",                       "believes: {indicator: trust, at_most: 100 %}",                                                    "rule.believes.at_most",    "is always met"),
    ("a fall of an estimate",             "falls: {indicator: trust, by: 20 %, window: 12 months}",                                          "rule.falls",               "falls asks for events over time, but trust reads an estimate (survey)"),
    ("a rise of a state",                 "rises: {indicator: seats, by: 20 %, window: 12 months}",                                          "rule.rises",               "but seats reads the state of items (seat)"),
    ("an event that is not there",        span("falls", "by: 20 %, against: armistice"),                                                     "rule.falls.against",       "there is no period and no event armistice"),
    ("a shift since an event",            "shifts: {indicator: trust, by: 5 %, against: agreement}",                                         "rule.shifts.against",      "shifts cannot be measured against agreement"),
    ("after an event that is not there",  "after: [armistice], reaches: {indicator: meetings, at_least: 2}",                                 "rule.after",               "there is no event armistice"),
    ("a step by an unknown day",          "sequence: {indicator: law, steps: [drafted], reached: drafted, by: armistice}",                   "rule.sequence",            "there is no indicator law"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "rule", "field", "says"), FAULTS, ids=[case[0] for case in FAULTS])
def test_it_is_a_fault_with_file_line_field_and_remedy(
    tmp_path: Path, shows: str, rule: str, field: str, says: str
) -> None:
    (problem,) = check(overlay(tmp_path, rule))
    assert (problem.file, problem.line, problem.field) == ("O2.M2.yaml", LINE, field)
    assert says in problem.what
    assert problem.remedy


SOUND = [
    "all: [{reaches: {indicator: meetings, at_least: 2}}, {reaches: {indicator: meetings, at_most: 10}}]",
    "all: [{reaches: {indicator: meetings, at_least: 2}}, {reaches: {indicator: meetings, at_most: 2}}]",
    "any: [{reaches: {indicator: meetings, at_least: 10}}, {reaches: {indicator: meetings, at_most: 0}}]",
    "k_of: {k: 1, of: [{reaches: {indicator: meetings, at_least: 10}}, {reaches: {indicator: meetings, at_most: 0}}]}",
    "reaches: {indicator: meetings, at_least: 1}, veto: [{reaches: {indicator: meetings, more_than: 5}}]",
    "all: [{each: {area: 1, at_least: 1}, reaches: {indicator: meetings, at_least: 2}}, {each: {area: 1, at_least: 1}, reaches: {indicator: meetings, at_most: 1}}]",
    "all: [{sustained: {in: 2 of 3 years, rule: {reaches: {indicator: meetings, at_least: 2}}}}, {reaches: {indicator: meetings, at_most: 1}}]",
    f"all: [{{{span('falls', 'by: 20 %')}}}, {{{span('rises', 'by: 20 %, against: previous')}}}]",
    span("falls", "by: 20 %, against: agreement"),
    "shifts: {indicator: trust, by: -5 %, against: previous}",
]


@pytest.mark.parametrize("rule", SOUND)
def test_bounds_that_data_can_meet_are_sound(tmp_path: Path, rule: str) -> None:
    assert check(overlay(tmp_path, rule)) == []


def test_an_event_that_the_mission_file_dates_may_be_compared_with(tmp_path: Path) -> None:
    folder = overlay(tmp_path, span("falls", "by: 20 %, against: armistice"))
    assert check(folder, Mission(country="CAF", events={"armistice": date(2025, 3, 1)})) == []


def test_a_rule_with_very_many_ways_is_looked_at_in_no_time(tmp_path: Path) -> None:
    pairs = [
        f"{{any: [{{reaches: {{indicator: meetings, at_least: {n}}}}}, {{share: {{indicator: kept, at_least: {n} %}}}}]}}"
        for n in range(1, 25)
    ]
    assert check(overlay(tmp_path, f"k_of: {{k: 12, of: [{', '.join(pairs)}]}}")) == []
