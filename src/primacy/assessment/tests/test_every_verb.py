"""What holds for every verb of the register: a new file of `evaluators` finds these tests waiting for its row.

Each row has a rule with its number left out, the number, and evidence from the worst to the best. Rules of the tests:

    empty        on no evidence nothing is met, and nothing is said to be not met
    monotone     better evidence never lowers P; the worst is not met, the best is met
    as of        what happens later, and what becomes known later, changes nothing
    sensitive    the number at which the finding would flip is said, and there it flips
    units        a number written in another unit is a fault
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import pytest

from primacy.assessment.checks import units
from primacy.assessment.finding import Finding
from primacy.assessment.finding_json import as_tree
from primacy.assessment.rules.belief import LIKELY, MET, UNLIKELY
from primacy.assessment.rules.verbs import verbs
from primacy.assessment.tests.building import Judge, benchmark, framework
from primacy.framework.grammar import VERBS

Tree = dict[str, Any]
ALL = "2015-01-01 to 2026-06-30"
BASELINE = {"name": "before", "from": "2020-01-01", "to": "2021-12-31", "signed": ["planning", "jmac"], "because": "x"}
MISSION = {"baselines": [BASELINE]}


@dataclass(frozen=True)
class Row:
    """`rule` has `NUMBER` where the number goes; `number` None: the verb asks for a step, not for a number."""

    indicator: str
    rule: str
    number: float | None
    ladder: Sequence[Sequence[Tree]]
    mission: Tree = field(default_factory=dict)

    def content(self, number: object) -> str:
        return f"indicators: {{x: {self.indicator}}}\nrule: {{{self.rule.replace('NUMBER', str(number))}}}\n"


def book(kind: str, *points: str, monthly: Sequence[str] = (), covers: Any = None, **more: Any) -> Tree:
    return {"kind": kind, "points": list(points), "monthly": list(monthly), "covers": covers, **more}


def attacks(last_year: int) -> list[Tree]:
    """Forty a month, and so many in the last twelve months."""
    monthly = ["2015-01..2025-06 events=38,42,40", f"2025-07..2026-06 events={last_year}"]
    return [book("incident", monthly=monthly, covers=ALL)]


def seats(filled: int) -> list[Tree]:
    said = [f"2026-05-01 s{n} filled={int(n < filled)} grade=A1" for n in range(10)]
    return [book("seat", *(f"2026-01-01 s{n} expected=1" for n in range(10)), *said)]


def services(areas: int) -> list[Tree]:
    """So many of the four provinces, the largest first, have services."""
    said = [f"2026-05-01 a{n} services={0.9 if n <= areas else 0.1} area=XX0{n} grade=A1" for n in range(1, 5)]
    return [book("presence", *said)]


def trust(share: float, error: float = 0.02) -> list[Tree]:
    before = "2021-06-01 q share=0.40 se=0.02 n=900"
    return [book("survey", before, f"2026-05-01 q share={share} se={error} n=900", source_type="survey")]


def women_and_men(women: float) -> list[Tree]:
    said = [f"2026-05-01 q share={share} se=0.02 group=sex={sex}" for sex, share in (("f", women), ("m", 0.6))]
    return [book("survey", *said, source_type="survey")]


def scores(*of_both: int) -> list[Tree]:
    said = [f"2026-05-01 i{n} score={score} source={who}" for n, score in enumerate(of_both) for who in ("one", "two")]
    return [book("rubric", *said)]


def steps(reached: int) -> list[Tree]:
    return [book("law", *(f"2026-0{n}-01 L stage={n} grade=A1" for n in range(1, reached + 1)))]


def laws(count: int) -> list[Tree]:
    return [book("law", *(f"2026-05-01 L{n} stage=4 grade=A1" for n in range(count)), covers=ALL)]


RATE = "{kind: incident, measure: events, aggregate: rate}"
SURVEY = "{kind: survey, measure: share, aggregate: weakest}"
ROWS: Mapping[str, Row] = {
    "falls": Row(RATE, "falls: {indicator: x, by: NUMBER, window: 12 months}", 0.2,
                 [attacks(n) for n in (60, 40, 30, 20, 10, 2)], MISSION),
    "rises": Row(RATE, "rises: {indicator: x, by: NUMBER, window: 12 months}", 0.2,
                 [attacks(n) for n in (5, 20, 40, 60, 90, 160)], MISSION),
    "ceases": Row("{kind: incident, measure: events, window: 12 months, aggregate: sum}",
                  "ceases: {indicator: x, at_most: NUMBER, window: 12 months}", 24, [attacks(n) for n in (20, 4, 2, 1, 0)]),
    "reaches": Row("{kind: figure, measure: days, aggregate: latest}", "reaches: {indicator: x, at_most: NUMBER}", 30,
                   [[book("figure", f"2026-05-01 f days={days} se=5")] for days in (90, 40, 32, 28, 20)]),
    "share": Row("{kind: seat, register: seat, measure: filled, pass: {value: '>= 1'}, aggregate: share}",
                 "share: {indicator: x, at_least: NUMBER}", 0.5, [seats(n) for n in (0, 3, 5, 8, 10)]),
    "covers": Row("{kind: presence, register: areas, by: area, measure: services, pass: {value: '>= 0.5'}, aggregate: last}",
                  "covers: {indicator: x, pass: {value: '>= 0.5'}, at_least: NUMBER}", 0.6, [services(n) for n in range(5)]),
    "exists": Row("{kind: law, measure: stage, pass: {stage: adopted}, aggregate: distinct}",
                  "exists: {indicator: x, min: NUMBER}", 2, [laws(n) for n in range(4)]),
    "sequence": Row("{kind: law, measure: stage, aggregate: last}",
                    "sequence: {indicator: x, steps: [drafted, consulted, tabled, adopted], reached: adopted}", None,
                    [steps(n) for n in range(1, 5)]),
    "believes": Row(SURVEY, "believes: {indicator: x, at_least: NUMBER}", 0.5,
                    [trust(share) for share in (0.3, 0.48, 0.5, 0.52, 0.7)]),
    "shifts": Row(SURVEY, "shifts: {indicator: x, by: NUMBER}", 0.1,
                  [trust(share) for share in (0.3, 0.48, 0.5, 0.52, 0.7)], MISSION),
    "gap": Row(SURVEY, "gap: {indicator: x, between: ['sex=f', 'sex=m'], at_most: NUMBER}", 0.15,
               [women_and_men(share) for share in (0.2, 0.42, 0.45, 0.5, 0.6)]),
    "scored": Row("{kind: rubric, measure: score, aggregate: mean}", "scored: {indicator: x, at_least: NUMBER}", 2,
                  [scores(*each) for each in ((0, 1, 1), (1, 1, 2), (2, 1, 2), (2, 2, 2), (3, 2, 3))]),
}  # fmt: skip
NUMBERED = sorted(name for name, row in ROWS.items() if row.number is not None)


def test_every_verb_of_the_grammar_has_its_file_and_its_row() -> None:
    assert set(verbs()) == set(VERBS) == set(ROWS)


def judged(judge: Judge, row: Row, evidence: Sequence[Tree], number: object = None) -> Finding:
    return judge(row.content(row.number if number is None else number), evidence, mission=row.mission)


Rung = Callable[[str, int], Finding]


@pytest.fixture(scope="module")
def rung(judge: Judge) -> Rung:
    """The finding of a verb on one rung of its ladder, judged at the first asking."""
    return cache(lambda verb, place: judged(judge, ROWS[verb], ROWS[verb].ladder[place]))


@pytest.mark.parametrize("verb", sorted(ROWS))
def test_on_no_evidence_nothing_is_said_to_be_so_or_not_so(judge: Judge, verb: str) -> None:
    finding = judged(judge, ROWS[verb], [])
    assert (finding.status, finding.probability, finding.flips_at) == ("insufficient evidence", None, None)


@pytest.mark.parametrize("verb", sorted(ROWS))
def test_better_evidence_never_makes_it_less_likely(rung: Rung, verb: str) -> None:
    found = [rung(verb, place).probability for place in range(len(ROWS[verb].ladder))]
    assert found == sorted(found)
    assert found[0] <= UNLIKELY
    assert found[-1] >= MET


@pytest.mark.parametrize("verb", sorted(ROWS))
def test_what_comes_later_or_is_known_later_changes_nothing(judge: Judge, rung: Rung, verb: str) -> None:
    row, last = ROWS[verb], len(ROWS[verb].ladder) - 1
    for place, other in ((0, row.ladder[last]), (last, row.ladder[0])):
        later = [{**each, "points": [*each["points"], *_on(other, "2026-07-01")]} for each in row.ladder[place]]
        unknown = [{**each, "data": f"release {n}", "known": "2026-07-02"} for n, each in enumerate(other)]
        assert as_tree(judged(judge, row, [*later, *unknown])) == as_tree(rung(verb, place))


def _on(evidence: Sequence[Tree], day: str) -> list[str]:
    """The points of other evidence, and the first value of its months, all on one day."""
    points = [line.split(None, 2)[2] for each in evidence for line in each["points"]]
    months = [line.split(None, 1)[1].split(",")[0] for each in evidence for line in each["monthly"]]
    return [f"{day} later{n} {words}" for n, words in enumerate([*points, *months])]


AS_ASKED: Mapping[str, Callable[[float], float]] = {
    "falls": lambda ratio: 1 - ratio,  # a fall of 20 % is a ratio of 0.8
    "rises": lambda ratio: ratio - 1,
    "exists": math.ceil,  # a count of things is a whole number: more than one is two
}


@pytest.mark.parametrize("verb", NUMBERED)
def test_the_number_at_which_it_flips_is_said_and_there_it_flips(judge: Judge, rung: Rung, verb: str) -> None:
    row = ROWS[verb]
    for place in (1, len(row.ladder) - 2):
        finding = rung(verb, place)
        assert finding.flips_at is not None
        there = AS_ASKED.get(verb, float)(finding.flips_at)
        assert judged(judge, row, row.ladder[place], there).status != finding.status


BESIDE = [
    ("a loss that is allowed", replace(ROWS["shifts"], number=-0.1), trust(0.30)),
    ("a band", Row(ROWS["reaches"].indicator, "reaches: {indicator: x, between: [NUMBER, 60]}", 30,
                   [[book("figure", "2026-05-01 f days=40 se=5")]]), [book("figure", "2026-05-01 f days=40 se=5")]),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "row", "evidence"), BESIDE, ids=[case[0] for case in BESIDE])
def test_so_it_is_where_the_number_is_negative_or_one_of_two(
    judge: Judge, shows: str, row: Row, evidence: Sequence[Tree]
) -> None:
    finding = judged(judge, row, evidence)
    assert finding.flips_at is not None
    assert bucket(judged(judge, row, evidence, finding.flips_at)) != bucket(finding)


def bucket(finding: Finding) -> int:
    p = finding.probability
    assert p is not None
    return sum(p >= cut for cut in (LIKELY, MET)) - (p <= UNLIKELY)


def test_a_verb_that_asks_for_a_step_says_which_one_is_missing(rung: Rung) -> None:
    for verb in set(ROWS) - set(NUMBERED):
        finding = rung(verb, len(ROWS[verb].ladder) - 2)
        assert [phrase.key for phrase in finding.would_change] == [f"{verb}.change", "enough.steps"]


COUNTS_ITSELF = {"exists"}  # its number is a whole number by the grammar


@pytest.mark.parametrize("verb", [name for name in NUMBERED if name not in COUNTS_ITSELF])
def test_a_number_of_another_unit_is_a_fault(verb: str) -> None:
    row = ROWS[verb]
    for unit, is_wrong in (("days before the vote", verb != "reaches"), ("share of those asked", verb not in SHARES)):
        content = row.content("wrong") + f"thresholds: {{wrong: {{value: 1, unit: {unit}}}}}\n"
        assert bool(list(units.faults(framework({}), benchmark(content)))) == is_wrong, unit


SHARES = {"falls", "rises", "share", "covers", "believes", "shifts", "gap"}
