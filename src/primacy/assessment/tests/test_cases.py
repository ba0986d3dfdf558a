"""Every case of `cases/`: a rule, evidence, and what an expert says of it. One loader for all of them.

A file has `benchmarks` and `evidence` by name, and `cases`; a case names or writes out what it uses. What stands at the
head of a file (`benchmark: O2.S1`, `mission: ...`) holds for each of its cases that does not say otherwise:

    case         what it shows, as a sentence            benchmark   a name, indicators and rule, or the id of a
    shows        met, not met or trap                                benchmark of the framework, as it is in force
    evidence     names or data sets (see building.py)    id, mission, as_of, known, areas: none
    others       benchmarks beside it, by id             status      the status
    probability  a number, or [least, most]; null: none  reason      of insufficient evidence
    flags        exactly these                           flagged     at least these
    says         a fragment of the sentence              parts       P of each part, null where unknown

`cases/benchmarks/` holds the cases of the framework's own benchmarks, `cases/aggregates/` those of what indicators give,
one file for each.
"""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, get_args

import pytest

from primacy.assessment.sentences import say_all
from primacy.assessment.tests.building import AS_OF, KNOWN, SUBJECT, Judge, framework
from primacy.framework.entries import Benchmark
from primacy.framework.grammar import FLAGS, STATUSES, Aggregate
from primacy.framework.loading import load
from primacy.framework.yaml_files import read_yaml
from primacy.places.areas import Areas

FOLDER = Path(__file__).parent / "cases"
STANDARD = load()
PREREQUISITES = STANDARD.prerequisites()
AT_HEAD = ("benchmark", "mission", "as_of", "known", "areas", "others")
KEYS = {
    "case", "shows", "benchmark", "evidence", "id", "mission", "as_of", "known", "areas", "others", "status",
    "probability", "reason", "flags", "flagged", "says", "parts",
}  # fmt: skip
Tree = dict[str, Any]


def read(path: Path) -> list[Any]:
    content = read_yaml(path.read_text("utf-8"))
    return [pytest.param(_complete(case, content), id=f"{path.stem}: {case['case']}") for case in content["cases"]]


def _complete(case: Tree, content: Tree) -> Tree:
    """What the head of the file says filled in, and names replaced by what they stand for."""
    assert set(case) <= KEYS, f"{case['case']}: {sorted(set(case) - KEYS)}"
    case = {name: content[name] for name in AT_HEAD if name in content} | case
    evidence, given = content.get("evidence", {}), case.get("evidence", [])
    found: list[Tree] = []
    for each in given if isinstance(given, list) else [given]:
        found += evidence[each] if isinstance(each, str) else [each]
    benchmark = _rule(case["benchmark"], content)
    others = {id: _rule(each, content) for id, each in case.get("others", {}).items()}
    if isinstance(benchmark, Benchmark):
        case = {"id": benchmark.id} | case
        others = _waited_for(benchmark) | others
    return {**case, "benchmark": benchmark, "evidence": found, "others": others}


def _rule(given: Any, content: Tree) -> Any:
    """A benchmark written out, named in the file, or of the framework."""
    if not isinstance(given, str):
        return given
    named = content.get("benchmarks", {})
    return named[given] if given in named else STANDARD.benchmarks[given]


def _waited_for(benchmark: Benchmark) -> dict[str, Any]:
    """The benchmarks of the framework that this one waits for, and those that they wait for."""
    found: dict[str, Any] = {}
    for id in sorted(PREREQUISITES[benchmark.id]):
        found |= _waited_for(STANDARD.benchmarks[id]) | {id: STANDARD.benchmarks[id]}
    return found


CASES = [
    case
    for where in (FOLDER, FOLDER / "aggregates", FOLDER / "benchmarks")
    for path in sorted(where.glob("*.yaml"))
    for case in read(path)
]


def day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


@pytest.mark.parametrize("case", CASES)
def test_an_expert_would_say_so(judge: Judge, case: Tree) -> None:
    id = case.get("id", SUBJECT)
    setting: Tree = {"mission": case.get("mission", {}), "as_of": day(case.get("as_of", AS_OF))}
    setting["known"] = datetime.combine(day(case["known"]), time(), UTC) if "known" in case else KNOWN
    if case.get("areas") == "none":
        setting["areas"] = Areas()
    finding = judge(case["benchmark"], case["evidence"], id=id, others=case["others"], **setting)
    said = say_all(finding.sentence, framework=framework({**case["others"], id: case["benchmark"]}))

    assert (finding.status, finding.reason) == (case["status"], case.get("reason")), said
    if "probability" in case:
        assert_probability(finding.probability, case["probability"], said)
    if "flags" in case:
        assert list(finding.flags) == case["flags"]
    assert set(case.get("flagged", ())) <= set(finding.flags) <= set(FLAGS)
    assert case.get("says", "") in said
    if "parts" in case:
        for part, expected in zip(finding.parts, case["parts"], strict=True):
            assert_probability(part.probability, expected, said)


def assert_probability(found: float | None, expected: Any, said: str) -> None:
    if isinstance(expected, list):
        assert found is not None, said
        assert expected[0] <= found <= expected[1], said
    else:
        assert found == expected, said


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
    cases = [case.values[0] for case in read(FOLDER / "benchmarks" / f"{id}.yaml")]
    assert all(case["benchmark"] == STANDARD.benchmarks[id] for case in cases)
    shown = {(case["shows"], case["status"]) for case in cases if "shows" in case}
    assert {shows for shows, _ in shown} == {"met", "not met", "trap"}
    assert {status for shows, status in shown if shows == "met"} == {"met"}
    assert {status for shows, status in shown if shows == "not met"} == {"not met"}
    for case in (each for each in cases if each.get("shows") == "trap"):
        warned = set(case.get("flags", ())) | set(case.get("flagged", ()))
        assert case["status"] != "met" or warned - ALWAYS_THERE, case["case"]
