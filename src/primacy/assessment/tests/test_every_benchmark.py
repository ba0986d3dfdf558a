"""What holds for every benchmark of the framework, whatever the evidence."""

import json
from dataclasses import replace
from random import Random

import pytest

from primacy.assessment.assessing import Assessment, assess
from primacy.assessment.finding import Finding
from primacy.assessment.finding_json import as_tree, finding_contract, finding_of
from primacy.assessment.inputs import Inputs
from primacy.assessment.rules.belief import LIKELY, MET, UNLIKELY
from primacy.assessment.tests.building import AS_OF, KNOWN, country, mission, shuffled, store
from primacy.assessment.tests.inventing import Tree, evidence, lists_named, mission_fields
from primacy.assessment.told.rule_phrases import rule_phrase
from primacy.assessment.told.sentences import say, say_all
from primacy.assessment.trends.trend import TrendModel
from primacy.framework import load
from primacy.framework.grammar import FLAGS, STATUSES

FRAMEWORK = load()
IDS = list(FRAMEWORK.benchmarks)
LANGUAGES = ("en", "fr", "ar")
SEED = 1
REASONS = ("missing", "stale", "thin", "not covered", "changed")


def invented(model: TrendModel, seed: int) -> Inputs:
    fields = mission_fields(FRAMEWORK)
    lists = lists_named(FRAMEWORK)
    told = marked(evidence(FRAMEWORK, Random(seed), lists))
    return Inputs(FRAMEWORK, mission(**fields), store(told), country(), model)


def marked(told: list[Tree]) -> list[Tree]:
    """The same evidence, in which of each kind what a producer says is official."""
    return [{**each, "official_for": [each["kind"]]} if each["source_type"] == "producer" else each for each in told]


def judged(inputs: Inputs) -> Assessment:
    return assess(inputs, as_of=AS_OF, known=KNOWN)


def as_bytes(assessment: Assessment) -> str:
    return json.dumps([as_tree(each) for each in assessment.findings], sort_keys=True)


@pytest.fixture(scope="module")
def empty(model: TrendModel) -> Assessment:
    """Nothing known, but every day set and every list named."""
    return judged(Inputs(FRAMEWORK, mission(**mission_fields(FRAMEWORK)), store([]), country(), model))


@pytest.fixture(scope="module")
def some(model: TrendModel) -> Assessment:
    return judged(invented(model, SEED))


@pytest.mark.parametrize("id", IDS)
def test_nothing_is_met_lost_or_near_on_empty_data(empty: Assessment, id: str) -> None:
    finding = next(each for each in empty.findings if each.benchmark == id)
    assert finding.status in ("insufficient evidence", "not yet applicable")
    assert finding.probability is None
    assert finding.data_points == 0
    if finding.status == "insufficient evidence":
        assert finding.reason in REASONS
        assert finding.collect


@pytest.mark.parametrize("id", IDS)
def test_every_rule_is_told_in_every_language(id: str) -> None:
    benchmark = FRAMEWORK.benchmarks[id]
    for language in LANGUAGES:
        told = say(rule_phrase(benchmark, benchmark.rule), language, framework=FRAMEWORK)
        assert told.strip()
        assert "{" not in told


def test_every_finding_is_told_in_every_language_and_is_plain_data(some: Assessment, empty: Assessment) -> None:
    names = {code: country().name(code) for code in ("XX", "XX01", "XX02", "XX03", "XX04")}
    for finding in (*some.findings, *empty.findings):
        for language in LANGUAGES:
            told = finding_contract(finding, FRAMEWORK, names, language)
            assert told["sentence"].strip(), finding.benchmark
            assert "{" not in told["sentence"] + told["rule"] + " ".join(told["would_change"]), finding.benchmark
            assert "{" not in " ".join(each["words"] for found in told["other_sources"] for each in found["sources"])
            assert json.loads(json.dumps(told, allow_nan=False)) == told
        json.dumps(dict(finding.numbers), allow_nan=False)
        tree = json.loads(json.dumps(as_tree(finding), allow_nan=False))
        assert json.loads(json.dumps(as_tree(finding_of(tree)))) == tree


def test_other_sources_are_told_beside_official_ones(some: Assessment) -> None:
    found = [each for finding in some.findings for each in finding.other_sources]
    assert {each.start is None for each in found} == {True, False}  # of what is counted, and of what holds now
    assert all(len(each.sources) > 1 and each.sources[0].figure is not None for each in found)


def test_findings_come_in_the_order_of_the_framework(empty: Assessment, some: Assessment) -> None:
    assert [each.benchmark for each in empty.findings] == IDS == [each.benchmark for each in some.findings]
    assert len(IDS) == 65


def test_status_probability_flags_and_reason_agree(some: Assessment, empty: Assessment) -> None:
    for finding in (*some.findings, *empty.findings):
        assert_consistent(finding)


def assert_consistent(finding: Finding) -> None:
    p, status = finding.probability, finding.status
    assert status in STATUSES
    assert [flag for flag in FLAGS if flag in finding.flags] == list(finding.flags)
    assert (finding.reason is not None) == (status == "insufficient evidence")
    assert p is None or (0.0 <= p <= 1.0 and p == round(p, 3))
    if status == "met":
        assert p is not None
        assert p > 0.5
        assert ("at risk" in finding.flags) >= (p < MET)
    if status == "no clear change":
        assert p is not None
        assert UNLIKELY < p < LIKELY
    if status == "not met":
        assert p is not None
        assert p <= UNLIKELY
    assert finding.lower is None or finding.lower <= (p or 0.0) + 1e-9
    assert [day for day, _, _ in finding.history] == sorted(day for day, _, _ in finding.history)
    assert len(finding.history) == 36
    assert finding.history[-1][2] == status
    assert say_all(finding.sentence, framework=FRAMEWORK)
    for part in finding.parts:
        assert part.adequate == (part.probability is not None)
        assert part.adequate or part.reason in REASONS
        assert part.role in ("part", "veto", "sign", "direction")


def test_the_same_evidence_gives_the_same_bytes_in_any_order_of_its_rows(model: TrendModel, some: Assessment) -> None:
    inputs = invented(model, SEED)
    size = inputs.store._given.num_rows  # type: ignore[union-attr]
    for order in (list(range(size)), Random(SEED).sample(range(size), size)):
        assert_same(judged(replace(inputs, store=shuffled(inputs.store, order))), some)


def assert_same(found: Assessment, expected: Assessment) -> None:
    for one, other in zip(found.findings, expected.findings, strict=True):
        assert as_tree(one) == as_tree(other), one.benchmark
    assert as_bytes(found) == as_bytes(expected)


def test_what_happens_later_or_becomes_known_later_changes_nothing(model: TrendModel, some: Assessment) -> None:
    fields, lists = mission_fields(FRAMEWORK), lists_named(FRAMEWORK)
    now = evidence(FRAMEWORK, Random(SEED), lists)
    other = evidence(FRAMEWORK, Random(SEED + 1), lists)
    later = [{**each, "points": [*each["points"], *_moved(other, each)]} for each in marked(now)]
    unknown = [{**each, "data": f"{each['data']} II", "known": "2026-07-02", "lineage": each["data"]} for each in other]
    inputs = Inputs(FRAMEWORK, mission(**fields), store([*later, *unknown]), country(), model)
    assert_same(judged(inputs), some)


def _moved(other: list[dict[str, object]], like: dict[str, object]) -> list[str]:
    """The points of another random data set of the same kind, half of them on a later day, half known later."""
    lines = [line for each in other if each["data"] == like["data"] for line in each["points"]]  # type: ignore[attr-defined]
    return [
        f"2026-07-01 {line.split(None, 1)[1]}" if number % 2 else f"{line} known=2026-07-02"
        for number, line in enumerate(lines)
    ]
