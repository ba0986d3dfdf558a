"""Every case of `cases/`: a rule, evidence, and what an expert says of it, as `primacy framework cases` reads them.

`cases/benchmarks/` holds the cases of the framework's own benchmarks, `cases/aggregates/` those of what indicators give,
one file for each.
"""

from pathlib import Path
from typing import get_args

import pytest

from primacy.assessment.cases.trying import Case, differences, read_cases
from primacy.assessment.trends.trend import TrendModel
from primacy.framework import FrameworkError
from primacy.framework.grammar import FLAGS, STATUSES, Aggregate
from primacy.framework.loading import load
from primacy.framework.yaml_files import read_yaml

FOLDER = Path(__file__).parent / "cases"
STANDARD = load()
CASES = [
    pytest.param(case, id=f"{path.stem}: {case.name}")
    for where in (FOLDER, FOLDER / "aggregates", FOLDER / "benchmarks")
    for path in sorted(where.glob("*.yaml"))
    for case in read_cases(path, STANDARD)
]


@pytest.mark.parametrize("case", CASES)
def test_an_expert_would_say_so(model: TrendModel, case: Case) -> None:
    finding = case.judged(model)
    assert [each.told() for each in differences(case, finding)] == [], case.sentence(finding)
    assert set(finding.flags) <= set(FLAGS)


VERBS_AND_COMBINATORS = (
    "falls", "rises", "ceases", "reaches", "share", "covers", "exists", "sequence", "believes", "shifts", "gap", "scored",
    "all", "any", "k_of", "not", "sustained", "veto", "after", "each", "alarm", "sign",
)  # fmt: skip


@pytest.mark.parametrize("name", VERBS_AND_COMBINATORS)
def test_every_verb_and_combinator_has_at_least_six_cases(name: str) -> None:
    cases = read_yaml((FOLDER / f"{name}.yaml").read_text("utf-8"))["cases"]
    assert len(cases) >= 6
    assert {case["status"] for case in cases} <= set(STATUSES)
    assert len({case["case"] for case in cases}) == len(cases)


@pytest.mark.parametrize("name", get_args(Aggregate))
def test_every_aggregate_has_cases_that_hold_that_fail_and_that_lack_evidence(name: str) -> None:
    content = read_yaml((FOLDER / "aggregates" / f"{name}.yaml").read_text("utf-8"))
    read = [each["indicators"].values() for each in content["benchmarks"].values()]
    assert all(any(indicator["aggregate"] == name for indicator in indicators) for indicators in read)
    statuses = {case["status"] for case in content["cases"]}
    assert {"met", "insufficient evidence"} < statuses <= set(STATUSES)
    assert len({case["case"] for case in content["cases"]}) == len(content["cases"]) >= 4


ALWAYS_THERE = {"threshold unconfirmed"}  # stands beside every benchmark until the mission has confirmed its numbers


@pytest.mark.parametrize("id", STANDARD.benchmarks)
def test_every_benchmark_has_cases_that_show_met_not_met_and_its_trap(id: str) -> None:
    """In the trap the evidence looks good: the finding does not say met, or a flag beside it warns."""
    cases = read_cases(FOLDER / "benchmarks" / f"{id}.yaml", STANDARD)
    assert all(case.framework.benchmarks[case.subject] == STANDARD.benchmarks[id] for case in cases)
    shown = {(case.written.shows, case.written.status) for case in cases if case.written.shows}
    assert {shows for shows, _ in shown} == {"met", "not met", "trap"}
    assert {status for shows, status in shown if shows == "met"} == {"met"}
    assert {status for shows, status in shown if shows == "not met"} == {"not met"}
    for case in (each.written for each in cases if each.written.shows == "trap"):
        warned = {*(case.flags or ()), *case.flagged}
        assert case.status != "met" or warned - ALWAYS_THERE, case.case


OWN = """
benchmark: O2.S4
evidence: {none: []}
cases:
  - {case: nothing is known, evidence: none, status: insufficient evidence, reason: missing}
  - {case: the planner is mistaken, evidence: none, status: met}
"""


def test_where_the_rules_find_otherwise_both_are_told(tmp_path: Path, model: TrendModel) -> None:
    (tmp_path / "own.yaml").write_text(OWN, "utf-8")
    right, wrong = read_cases(tmp_path / "own.yaml", STANDARD)
    assert list(differences(right, right.judged(model))) == []
    told = [each.told() for each in differences(wrong, wrong.judged(model))]
    assert told == ["status: insufficient evidence; expected: met", "reason: missing; expected: -"]


FAULTS = [
    # what it shows                  the case                                                                          what is told
    ("no case at all",               "",                                                                               "own.yaml: cases: is empty"),
    ("an unknown field",             "{case: a, colour: red, status: met}",                                            "cases.0.colour: is not a field that exists here"),
    ("an unknown status",            "{case: a, status: good}",                                                        "“good” is none of met, progressing"),
    ("an unknown flag",              "{case: a, status: met, flags: [red]}",                                           "“red” is none of at risk"),
    ("an unknown benchmark",         "{case: a, benchmark: O9.S9, status: met}",                                       "O9.S9 is no benchmark"),
    ("evidence by an unknown name",  "{case: a, evidence: much, status: met}",                                         "there is no evidence by the name much. Use one of none"),
    ("an unknown kind",              "{case: a, evidence: [{kind: wether, points: ['2026-01-01 a b=1']}], status: met}", "there is no kind wether"),
    ("an unknown measure",           "{case: a, evidence: [{kind: law, points: ['2026-01-01 a stagge=1']}], status: met}", "law has no measure stagge. Use one of expected, stage"),
    ("a day that there is not",      "{case: a, evidence: [{kind: law, points: ['2026-02-31 a stage=1']}], status: met}", "“2026-02-31 a stage=1” is no line of evidence"),
    ("a number that is none",        "{case: a, evidence: [{kind: law, points: ['2026-02-01 a stage=x']}], status: met}", "“2026-02-01 a stage=x” is no line of evidence"),
    ("months turned round",          "{case: a, evidence: [{kind: incident, monthly: ['2026 events=1']}], status: met}",  "“2026 events=1” is no line of evidence"),
    ("lines that are none",          "{case: a, evidence: [{kind: law, points: 7}], status: met}",                     "cannot be read as what is asked for here"),
    ("a mission that is none",       "{case: a, mission: {report_level: low}, status: met}",                           "cases.0.mission.report_level: is no whole number"),
    ("a rule that is none",          "{case: a, benchmark: {indicators: {}, rule: {}}, status: met}",                   "a rule has exactly one verb or combinator"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "case", "told"), FAULTS, ids=[case[0] for case in FAULTS])
def test_a_fault_is_told_with_its_place_and_remedy(tmp_path: Path, shows: str, case: str, told: str) -> None:
    (tmp_path / "own.yaml").write_text(f"benchmark: O2.S4\nevidence: {{none: []}}\ncases: [{case}]\n", "utf-8")
    with pytest.raises(FrameworkError) as fault:
        read_cases(tmp_path / "own.yaml", STANDARD)
    assert told in str(fault.value)


AT_MOST = {
    "O2.L1": {"deaths-in-fighting": True, "civilians-killed": True, "political-killings": True},
    "O3.L5": {"wage-delay": True},
    "O2.M2": {"attacks-on-civilians": True},
    "O1.S2": {"counterparts-met": False},
}


@pytest.mark.parametrize("id", AT_MOST)
def test_a_chart_says_which_side_is_asked_for_whatever_its_sentence_speaks_of(model: TrendModel, id: str) -> None:
    seen: dict[str, bool] = {}
    for case in read_cases(FOLDER / "benchmarks" / f"{id}.yaml", STANDARD):
        seen |= {chart.indicator.partition("/")[2]: chart.at_most for chart in case.judged(model).charts}
    assert {name: seen.get(name) for name in AT_MOST[id]} == AT_MOST[id]
