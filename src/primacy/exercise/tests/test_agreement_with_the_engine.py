"""Two opinions on one world: on evidence that sees everything without an error the engine says what is truly so.

The engine judges some benchmarks in a world in which all their parts hold, and in one where none does. Where it speaks,
it must lean to the side of the truth, part by part; and the parts of every finding are the leaves of its rule.
"""

from datetime import UTC, datetime

import numpy as np
import pytest

from primacy.assessment.assessing import assess
from primacy.assessment.finding_json import as_tree
from primacy.assessment.inputs import Inputs
from primacy.assessment.tests.building import country, store
from primacy.assessment.trend import TrendModel
from primacy.exercise.score_records import Record, record
from primacy.exercise.tests.inventing_truth import FIRST, MONTHS, invented, setting
from primacy.exercise.tests.seen_whole import evidence
from primacy.exercise.true_rules import judged, of_code
from primacy.exercise.true_things import World
from primacy.exercise.truth import Truth
from primacy.framework.loading import load

FRAMEWORK = load()
JUDGED = ("O1.S1", "O2.M2", "O2.L2", "O2.S2", "O3.M1", "O4.S5", "O5.S6", "O5.S8")
SETTLED = 0.5


def together(*truths: Truth) -> Truth:
    """One world of several; what two of them say of the same thing the first one says."""
    rows = {thing: (each, row) for each in reversed(truths) for row, thing in enumerate(each.things)}
    values = np.array([each.values[row] for each, row in rows.values()])
    underlying = np.array([each.underlying[row] for each, row in rows.values()])
    return Truth(FIRST, tuple(rows), values, underlying)


def beside(model: TrendModel, *, good: bool) -> list[Record]:
    """Every finding of the engine beside the truth."""
    truth = together(*(invented(FRAMEWORK, id, good=good) for id in JUDGED))
    mission, end = setting(FRAMEWORK), truth.last_day(MONTHS - 1)
    asked = FRAMEWORK if good else FRAMEWORK.only(JUDGED)
    inputs = Inputs(asked, mission, store(evidence(truth)), country(), model)
    world = World(truth, asked, mission, country())
    found = []
    for finding in assess(inputs, as_of=end, known=datetime(end.year + 1, 1, 1, tzinfo=UTC)).findings:
        truly = judged(world, finding.benchmark)
        benchmark, course = asked.benchmarks[finding.benchmark], truly.course
        tree, leaves, month = as_tree(finding), truly.leaves_at(-1), MONTHS - 1
        found.append(record(tree, benchmark, of_code(course[-1]), leaves, history="h", scenario="", month=month))
    return found


@pytest.mark.parametrize("good", [True, False])
def test_the_engine_leans_to_the_side_of_the_truth(model: TrendModel, good: bool) -> None:
    records = beside(model, good=good)
    assert {each.benchmark for each in records} >= set(JUDGED)
    judged_ = [each for each in records if each.benchmark in JUDGED]
    parts = [(each.benchmark, part) for each in judged_ for part in each.parts]
    known = [(id, p, p.probability > SETTLED) for id, p in parts if p.probability is not None and p.truth is not None]
    assert len(known) >= 30
    assert [(id, part) for id, part, leans in known if leans is not part.truth] == []
    for each in judged_:
        assert each.probability is not None
        assert (each.probability > SETTLED) is each.truth is each.naive is good, each.benchmark
