"""One more report: what confirms never lowers P, what contradicts never raises it, for `exists` and `share`."""

from random import Random

import pytest

from primacy.assessment.assessing import assess
from primacy.assessment.finding import Finding
from primacy.assessment.inputs import Inputs
from primacy.assessment.tests.building import AS_OF, KNOWN, Setting
from primacy.assessment.trends.trend import TrendModel

HISTORIES = 60  # judged at once, each as a benchmark of its own
GRADES = ("", "A1", "B2", "C2", "B3", "F6")  # none that says its report is rather false
PASSING, FAILING = 4, 1
EXISTS = """
indicators: {{law: {{kind: law, where: {{category: law/{n}}}, measure: stage, aggregate: distinct, pass: {{stage: adopted}}, fresh: 400 days}}}}
rule: {{exists: {{indicator: law, min: {least}}}}}
"""
SHARE = """
indicators: {{law: {{kind: law, where: {{category: law/{n}}}, register: law, measure: stage, aggregate: share, pass: {{stage: adopted}}, fresh: 400 days}}}}
rule: {{share: {{indicator: law, at_least: {least}}}}}
"""


def reports(chance: Random, n: int, item: str) -> list[str]:
    return [
        f"{2025}-{chance.randint(7, 12):02}-{chance.randint(1, 28):02} {item} "
        f"stage={chance.choice([PASSING, PASSING, FAILING])} category=law/{n} grade={chance.choice(GRADES)} origin={chance.choice('abc')}"
        for _ in range(chance.randint(1, 4))
    ]


def one_more(chance: Random, n: int, item: str, stage: int) -> str:
    return f"2026-06-{chance.randint(1, 28):02} {item} stage={stage} category=law/{n} grade={chance.choice(GRADES)} origin={chance.choice('abcd')}"


def findings(model: TrendModel, template: str, points: list[str], least: object) -> list[Finding]:
    benchmarks = {f"O2.S{n}": template.format(n=n, least=least) for n in range(1, HISTORIES + 1)}
    inputs: Inputs = Setting(model, benchmarks, [{"kind": "law", "points": points}]).inputs()
    return list(assess(inputs, as_of=AS_OF, known=KNOWN).findings)


@pytest.mark.parametrize(
    ("template", "least"),
    [(EXISTS, 1), (EXISTS, 2), (SHARE, "50 %"), (SHARE, "100 %")],
    ids=["exists one", "exists two", "share of half", "share of all"],
)
def test_a_confirming_report_never_lowers_and_a_contradicting_one_never_raises(
    model: TrendModel, template: str, least: object
) -> None:
    chance = Random(f"{template}{least}")
    items = ["x", "y", "z"]
    points = [f"2025-01-01 {item} expected=1 category=law/{n}" for n in range(1, HISTORIES + 1) for item in items]
    points += [line for n in range(1, HISTORIES + 1) for item in items for line in reports(chance, n, item)]
    before = findings(model, template, points, least)
    for stage, holds in ((PASSING, lambda old, new: new >= old), (FAILING, lambda old, new: new <= old)):
        added = [one_more(chance, n, chance.choice(items), stage) for n in range(1, HISTORIES + 1)]
        after = findings(model, template, [*points, *added], least)
        for old, new, line in zip(before, after, added, strict=True):
            if old.probability is not None and new.probability is not None:
                assert holds(old.probability, new.probability), (line, old.probability, new.probability, old.benchmark)
