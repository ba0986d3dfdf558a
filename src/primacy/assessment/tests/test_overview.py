from dataclasses import dataclass, replace
from typing import Any

import pytest

from primacy.assessment.finding import Finding, Part, Phrase, Step
from primacy.assessment.front.overview import overview
from primacy.framework import Mission, load
from primacy.framework.grammar import STATUSES

FRAMEWORK = load()
IDS = list(FRAMEWORK.benchmarks)


SAID = Phrase("x")


@dataclass(frozen=True)
class Change:
    benchmark: str
    before: str | None
    after: str
    cause: str = "new evidence"
    sentence: Phrase = SAID


def finding(id: str, status: str = "no clear change", flags: tuple[str, ...] = ()) -> Finding:
    nothing: dict[str, Any] = {}
    return Finding(id, status, None, 0.5, None, flags, (), Phrase("x"), nothing, (), None, (), None, 0, False, ())


def seen(findings, changes=(), core=(), since=None):
    return overview(findings, list(changes), FRAMEWORK, Mission(country="OST", core=list(core)), since=since)


def test_the_counts_are_those_of_the_marks_drawn():
    page = seen([finding(id, STATUSES[index % len(STATUSES)]) for index, id in enumerate(IDS)])
    drawn = [mark.status for mark in page.marks]
    assert len(drawn) == len(IDS)
    assert page.counts == {status: drawn.count(status) for status in STATUSES}
    assert page.applicable == len(IDS) - drawn.count("not applicable") - drawn.count("not yet applicable")
    assert 0 < page.counts["not yet applicable"] < page.applicable


def test_core_benchmarks_are_named_and_the_others_are_marks():
    page = seen([finding(id) for id in IDS], core=IDS[:3])
    named = [mark.benchmark.id for row in page.rows for term in row.terms for mark in term.named]
    assert named == IDS[:3]


def test_without_core_benchmarks_the_first_of_each_cell_is_named():
    page = seen([finding(id) for id in IDS])
    cells = [term for row in page.rows for term in row.terms if term.named or term.others]
    assert all(len(term.named) == 1 for term in cells)


CHANGES = [
    ("met to reversed fell back", Change(IDS[0], "met", "reversed"), (1, 0, 0)),
    ("met to progressing fell back", Change(IDS[0], "met", "progressing"), (1, 0, 0)),
    ("progressing to met was achieved", Change(IDS[0], "progressing", "met"), (0, 1, 0)),
    (
        "met to insufficient evidence is not known to have fallen",
        Change(IDS[0], "met", "insufficient evidence"),
        (0, 0, 1),
    ),
    ("not met to progressing only moved", Change(IDS[0], "not met", "progressing"), (0, 0, 1)),
]


@pytest.mark.parametrize(("shows", "change", "counts"), CHANGES, ids=[case[0] for case in CHANGES])
def test_the_headline_tells_losses_from_achievements(shows, change, counts):
    said = seen([finding(IDS[0], change.after)], [change], since="2026-05-31").headline
    assert (len(said.fell), len(said.achieved), said.moved) == counts


def test_what_fell_back_stands_before_what_was_achieved():
    changes = [
        Change(IDS[1], "progressing", "met"),
        Change(IDS[2], "not met", "progressing"),
        Change(IDS[0], "met", "reversed"),
    ]
    page = seen([finding(each.benchmark, each.after) for each in changes], changes, since="2026-05-31")
    assert [each.benchmark for each in page.changes] == [IDS[0], IDS[1], IDS[2]]


def test_decisions_name_each_finding_once_gravest_first_and_end_with_the_general_ones():
    page = seen([
        finding(IDS[0], "not met", ("overdue", "threshold unconfirmed")),
        finding(IDS[1], "reversed", ("overdue",)),
        finding(IDS[2], "insufficient evidence"),
        finding(IDS[3], "met", ("due",)),
        finding(IDS[4], "not applicable", ("overdue", "threshold unconfirmed")),
    ])  # fmt: skip
    assert [(each.reason, each.finding.benchmark if each.finding else each.count) for each in page.decisions] == [
        ("reversed", IDS[1]), ("overdue", IDS[0]), ("thresholds", 1), ("collect", 1),
    ]  # fmt: skip


VIEWS = [
    # what it shows                                      status, flags of three findings                      decision
    ("one's own views, and not what waits for them",
     [("view due", ("view due",)), ("view due", ()), ("met", ("view due",))],                                 ("own views", 1)),
    ("those that nobody of the leadership gave",
     [("met", ("view due",)), ("not met", ("view due",)), ("met", ())],                                       ("views", 2)),
    ("none",  [("met", ()), ("met", ()), ("met", ())],                                                        None),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "told", "decided"), VIEWS, ids=[case[0] for case in VIEWS])
def test_views_are_counted_for_whoever_owes_them(shows, told, decided):
    page = seen([finding(id, *each) for id, each in zip(IDS, told, strict=False)])
    found = [(each.reason, each.count) for each in page.decisions if "views" in each.reason]
    assert found == ([decided] if decided else [])
    assert page.owed == tuple(IDS[: 1 if decided == ("own views", 1) else 0])


def test_only_findings_with_a_sign_are_at_risk():
    page = seen([finding(IDS[0], "met", ("at risk",)), finding(IDS[1], "met", ("on track",))])
    assert [risk.finding.benchmark for risk in page.risks] == [IDS[0]]


def test_what_cannot_be_judged_is_no_risk_for_a_veto_that_nobody_could_look_at():
    flags = ("unconfirmed veto", "overdue")
    page = seen([finding(IDS[0], "insufficient evidence", flags), finding(IDS[1], "not met", flags)])
    assert [risk.finding.benchmark for risk in page.risks] == [IDS[1]]
    assert [each.finding.benchmark for each in page.decisions if each.finding] == [IDS[1]]


def test_a_finding_on_a_benchmark_that_the_framework_no_longer_has_is_left_out():
    assert seen([finding("O9.S1")]).marks == ()


@pytest.mark.parametrize(("evaluators", "reason"), [
    (("alarm",), "alarm"), (("sign",), "unconfirmed sign"), (("alarm", "sign"), "unconfirmed sign"),
])  # fmt: skip
def test_an_alarm_that_nobody_reported_on_is_to_be_looked_into_and_not_to_be_confirmed(evaluators, reason):
    heard = tuple(
        Part("sign", "attacks", each, None, False, "thin", False, {}, Phrase("sign.alarm")) for each in evaluators
    )
    found = replace(finding(IDS[0], "met", flags=("unconfirmed sign",)), parts=heard)
    page = seen([found])
    assert page.decisions[0].reason == reason


@pytest.mark.parametrize(("evaluator", "by_trend"), [("falls", True), ("ceases", True), ("believes", False)])
def test_of_the_calibration_of_trends_is_spoken_where_a_trend_sets_the_probability(evaluator, by_trend):
    def step(part=None, sets=True, steps=()):
        return Step(Phrase("x"), "part", 0.5, 0.5, 0.5, 0.5, False, sets, False, part, steps)

    parts = tuple(Part("part", "x", each, 0.5, True, None, False, {}, Phrase("x")) for each in ("rises", evaluator))
    way = step(steps=(step(0, sets=False), step(1)))
    assert replace(finding(IDS[0]), parts=parts, path=way).by_trend is by_trend
