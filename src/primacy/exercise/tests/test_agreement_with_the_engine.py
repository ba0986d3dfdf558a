"""Two opinions on one world: on evidence that sees everything without an error the engine says what is truly so.

The engine judges some benchmarks in a world in which all their parts hold, and in one where none does. Where it speaks,
it must lean to the side of the truth, part by part; and the parts of every finding are the leaves of its rule.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest

from primacy.assessment.assessing import assess
from primacy.assessment.finding import Finding
from primacy.assessment.finding_json import as_tree
from primacy.assessment.inputs import Inputs
from primacy.assessment.tests.building import country, store
from primacy.assessment.trends.trend import TrendModel
from primacy.exercise.score_records import Record, record
from primacy.exercise.tests.inventing_truth import FIRST, MONTHS, invented, setting
from primacy.exercise.tests.seen_whole import evidence
from primacy.exercise.true_rules import judged, of_code
from primacy.exercise.true_things import World
from primacy.exercise.truth import Truth
from primacy.framework import Framework
from primacy.framework.loading import load

FRAMEWORK = load()
JUDGED = ("O2.M2", "O2.L2", "O2.S2", "O3.M1", "O4.S5", "O5.S6")
SETTLED = 0.5


def together(*truths: Truth) -> Truth:
    """One world of several; what two of them say of the same thing the first one says."""
    rows = {thing: (each, row) for each in reversed(truths) for row, thing in enumerate(each.things)}
    values = np.array([each.values[row] for each, row in rows.values()])
    underlying = np.array([each.underlying[row] for each, row in rows.values()])
    return Truth(FIRST, tuple(rows), values, underlying)


def findings(model: TrendModel, truth: Truth, asked: Framework) -> Sequence[Finding]:
    end = truth.last_day(truth.months - 1)
    inputs = Inputs(asked, setting(FRAMEWORK), store(evidence(truth)), country(), model)
    return assess(inputs, as_of=end, known=datetime(end.year + 1, 1, 1, tzinfo=UTC)).findings


def beside(model: TrendModel, truth: Truth, asked: Framework) -> list[Record]:
    """Every finding of the engine beside the truth; a finding whose parts are not the leaves of its rule is refused."""
    world, month = World(truth, asked, setting(FRAMEWORK), country()), truth.months - 1
    found = []
    for finding in findings(model, truth, asked):
        benchmark, truly = asked.benchmarks[finding.benchmark], judged(world, finding.benchmark)
        tree, leaves, so = as_tree(finding), truly.leaves_at(month), of_code(truly.course[month])
        found.append(record(tree, benchmark, so, leaves, history="h", scenario="", month=month))
    return found


def test_the_leaves_of_every_rule_are_the_parts_of_its_finding(model: TrendModel) -> None:
    """In a world of nothing; `record` compares role, indicator and evaluator in their order."""
    nothing = Truth(FIRST, (), np.zeros((0, MONTHS)), np.zeros((0, MONTHS)))
    records = beside(model, nothing, FRAMEWORK)
    assert {each.benchmark for each in records} == set(FRAMEWORK.benchmarks)
    assert all(each.truth is None for each in records), "the world has nothing that a rule reads"


@pytest.mark.parametrize("good", [True, False])
def test_the_engine_leans_to_the_side_of_the_truth(model: TrendModel, good: bool) -> None:
    truth = together(*(invented(FRAMEWORK, id, good=good) for id in JUDGED))
    records = beside(model, truth, FRAMEWORK.only(JUDGED))
    assert {each.benchmark for each in records} >= set(JUDGED)
    judged_ = [each for each in records if each.benchmark in JUDGED]
    parts = [(each.benchmark, part) for each in judged_ for part in each.parts]
    known = [(id, p, p.probability > SETTLED) for id, p in parts if p.probability is not None and p.truth is not None]
    assert len(known) >= 20
    assert [(id, part) for id, part, leans in known if leans is not part.truth] == []
    for each in judged_:
        assert each.probability is not None
        assert (each.probability > SETTLED) is each.truth is each.naive is good, each.benchmark
