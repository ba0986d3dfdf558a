"""How much evidence would be enough: each answer is put back into what decides, and there it is just enough."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.indicators import grades, shares
from primacy.assessment.rules import enough
from primacy.assessment.rules.belief import MET
from primacy.assessment.tests.building import SUBJECT, Judge, framework
from primacy.assessment.told.sentences import say_all
from primacy.assessment.trends.trend import TrendModel, Windows, posterior
from primacy.assessment.trends.trend_enough import Series, events_that_show, months_until


def shown(successes: float, size: int, asked: float) -> bool:
    return round(shares.sample_share_at_least(successes, size, asked), 3) >= MET


@given(st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_so_many_observations_show_it_and_one_fewer_does_not(share: float, asked: float) -> None:
    needed = enough.observations(share, asked)
    assert (needed is None) == (share <= asked or not shown(share * 524_288, 524_288, asked))
    if needed is not None:
        assert shown(share * needed, needed, asked)
        assert needed == 1 or not shown(share * (needed - 1), needed - 1, asked)


@given(st.integers(1, 400), st.floats(0.05, 0.95))
def test_so_many_of_the_cases_show_it_and_one_fewer_does_not(size: int, asked: float) -> None:
    cases = enough.cases(size, asked)
    assert (cases is None) == (not shown(size, size, asked))
    if cases is not None:
        assert shown(cases, size, asked)
        assert cases == 0 or not shown(cases - 1, size, asked)


@given(st.floats(0.01, 10.0), st.floats(-5.0, 5.0), st.sampled_from([1, -1]))
def test_the_value_that_shows_it_does(error: float, asked: float, sign: int) -> None:
    value = enough.value_shown(asked, error, sign=sign)
    reached = shares.normal_at_least(np.array([value]), np.array([error]), asked)[0]
    assert (reached if sign > 0 else 1.0 - reached) == pytest.approx(MET, abs=1e-6)


def test_four_times_the_interviews_halve_the_error() -> None:
    assert enough.interviews(400, 0.04, 0.02) == 1600
    assert enough.error_shown(0.55, 0.50) == pytest.approx(0.05 / enough.Z_MET)
    assert enough.error_shown(0.45, 0.50) is None


@given(st.floats(0.02, 0.98))
def test_the_weakest_report_that_is_enough_is_enough_and_no_weaker_one_is(p: float) -> None:
    grade = enough.further_report(p)
    named = [r + c for r in "ABC" for c in "12345"]
    good = [g for g in named if round(grades.together([p, grades.probability(g)]), 3) >= MET]
    if p >= MET:
        assert grade is None
    else:
        assert (grade is None) == (not good)
        assert grade is None or grades.probability(grade) == min(grades.probability(g) for g in good)


ITEMS = [
    # what it shows                                     P of the known items       needed  short  weak
    ("as many as are needed, and sure",                 [0.95, 0.95, 0.05],        2,      0,     0),
    ("one more must pass",                              [0.95, 0.05],              2,      1,     1),
    ("enough pass, two of them not surely",             [0.95, 0.80, 0.70],        3,      0,     2),
    ("nothing is known",                                [],                        2,      2,     0),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "passing", "needed", "short", "weak"), ITEMS, ids=[case[0] for case in ITEMS])
def test_items(shows: str, passing: list[float], needed: int, short: int, weak: int) -> None:
    assert enough.items_short(passing, needed) == short
    assert len(enough.items_weak(passing, needed)) == weak


# ---- trends: the posterior is asked again


def series(model: TrendModel, window: int, before: int, *, ratio: float = 0.8, sign: int = -1) -> Series:
    counts = np.array([float(before)] * 48 + [float(window)] * 12)
    return Series(model, counts, 60, 12, (24, 36), None, ratio, sign)


def probability(given_: Series, total: int) -> float:
    """P with so many events, spread as the window has them."""
    counts = given_.counts.copy()
    counts[given_.window] = np.diff(np.floor(np.arange(1, 13) / 12 * total + 1e-9), prepend=0.0)
    at_most = posterior(given_.model, counts[None, :], Windows(np.array([60]), 12, (24, 36))).at_most(given_.ratio)
    return round(float(at_most[0, 0] if given_.sign < 0 else 1.0 - at_most[0, 0]), 3)


@pytest.mark.parametrize(("ratio", "sign"), [(0.8, -1), (1.2, 1)], ids=["a fall", "a rise"])
def test_so_many_events_show_the_change_and_one_more_or_fewer_does_not(
    model: TrendModel, ratio: float, sign: int
) -> None:
    asked = series(model, 20, 20, ratio=ratio, sign=sign)
    events = events_that_show(asked, MET)
    assert events is not None
    assert probability(asked, events) >= MET
    assert probability(asked, events - sign) < MET


def test_where_hardly_anything_happened_no_fall_could_be_seen(model: TrendModel) -> None:
    counts = np.array([0.0, 1.0] * 3 + [0.0] * 54)
    assert events_that_show(Series(model, counts, 60, 12, (24, 36), None, 0.8, -1), MET) is None


def test_months_go_on_like_the_last_six_until_it_is_shown(model: TrendModel) -> None:
    high, low = [20.0] * 54, [2.0] * 6
    asked = Series(model, np.array(high + low), 60, 12, (24, 36), None, 0.8, -1)
    months = months_until(asked, MET)
    assert months is not None
    told = np.array(high + low + [2.0] * months)
    p = [
        posterior(model, told[None, :], Windows(np.array([60 + n]), 12, (24, 36))).at_most(0.8)[0, 0]
        for n in range(months + 1)
    ]
    assert p[months] >= MET
    assert all(each < MET for each in p[1:months])
    assert months_until(Series(model, np.array([20.0] * 60), 60, 12, (24, 36), None, 0.8, -1), MET) is None


# ---- in a finding

SEATS = "indicators: {x: {kind: seat, register: seat, measure: filled, pass: {value: '>= 1'}, aggregate: share}}\n"
ASKED = "indicators: {x: {kind: survey, measure: share, aggregate: latest}}\nrule: {believes: {indicator: x, at_least: 0.5}}"
LAWS = "indicators: {x: {kind: law, measure: stage, aggregate: distinct, pass: {stage: adopted}}}\nrule: {exists: {indicator: x, min: 1}}"
CALM = "indicators: {x: {kind: incident, measure: events, aggregate: sum}}\nrule: {ceases: {indicator: x, at_most: NUMBER, window: 12 months}}"
BURSTS = {"kind": "incident", "covers": "2020-01-01 to 2026-06-30", "monthly": [
    "2022-01..2022-02 events=30", "2024-03..2024-03 events=25", "2025-03..2025-04 events=30"]}  # fmt: skip
TOLD = [
    # what it shows             rule                                                    evidence                      says
    ("items that must pass",    SEATS + "rule: {share: {indicator: x, at_least: 0.8}}",
     {"kind": "seat", "points": [f"2026-05-01 s{n} expected=1 filled={int(n < 5)}" for n in range(10)]}, "besides those that do: 3 "),
    ("unknown items",           SEATS + "rule: {share: {indicator: x, at_least: 0.8}}",
     {"kind": "seat", "points": [f"2026-05-01 s{n} expected=1" + (" filled=1" if n < 5 else "") for n in range(10)]}, "at least 3 must pass"),
    ("interviews",              ASKED, {"kind": "survey", "points": ["2026-05-01 q share=0.52 se=0.03 n=300"]}, "to show it: 809 "),
    ("another estimate",        ASKED, {"kind": "survey", "points": ["2026-05-01 q share=0.40 se=0.03 n=300"]}, "at least 0.538 would show it"),
    ("a longer quiet",          CALM.replace("NUMBER", "6"), BURSTS, "months from now would be enough"),
    ("more than silence",       CALM.replace("NUMBER", "0"), BURSTS, "silence alone, however long, does not show that it has ceased"),
    ("a further report",        LAWS, {"kind": "law", "points": ["2026-03-01 L stage=4 grade=B2"]}, "of grade C2 or better"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "content", "dataset", "says"), TOLD, ids=[case[0] for case in TOLD])
def test_a_finding_says_what_would_change_it_and_how_much(
    judge: Judge, shows: str, content: str, dataset: dict[str, object], says: str
) -> None:
    finding = judge(content, [dataset])
    assert says in say_all(finding.would_change, framework=framework({SUBJECT: content}))


CONTACTS = "indicators: {x: {kind: contact, where: {category: contact/women}, measure: events, window: 12 months, aggregate: share, of: all}, all: {kind: contact, measure: events, window: 12 months, aggregate: sum}}\nrule: {share: {indicator: x, at_least: 30 %}}"
MET_WITH = [{"kind": "contact", "covers": "2020-01-01 to 2026-06-30", "monthly": [
    "2025-07..2026-06 events=7 category=contact/women", "2025-07..2026-05 events=17 category=contact/men",
    "2026-06..2026-06 events=11 category=contact/men",
]}]  # fmt: skip


def test_a_share_just_below_its_threshold_is_not_rounded_up_to_it(judge: Judge) -> None:
    finding = judge(CONTACTS, MET_WITH)
    said = say_all((*finding.sentence, *finding.would_change), framework=framework({SUBJECT: CONTACTS}))
    assert said.count("29.8 %") == 2
    assert "30 %)" not in said


LOOKED = """
indicators: {x: {kind: incident, measure: events, aggregate: rate, effort: patrol-days}}
rule: {falls: {indicator: x, by: 20 %, window: 12 months, against: previous}}
"""


def test_the_smallest_change_says_what_it_is_a_change_from(judge: Judge) -> None:
    """Twice as hard was looked in the window: the 120 of before would have been 240."""
    evidence = [
        {"kind": "incident", "covers": "2020-01-01 to 2026-06-30", "monthly": ["2020-01..2026-06 events=10"]},
        {"kind": "patrol-days", "covers": "2020-01-01 to 2026-06-30",
         "monthly": ["2020-01..2025-06 days=100", "2025-07..2026-06 days=200"]},
    ]  # fmt: skip
    finding = judge(LOOKED, evidence)
    told = {each.key: each.values for each in finding.would_change}
    change, earlier = told["enough.trend.fall"], told["enough.trend.earlier.scaled"]
    assert (earlier["before"], earlier["earlier"]) == (120, 240)
    assert change["change"] == pytest.approx(1 - change["events"] / earlier["earlier"])


UNSEEN = """
indicators: {x: {kind: incident, measure: events, aggregate: sum}}
rule: {ceases: {indicator: x, at_most: 40, window: 12 months}}
"""
ONE_KIND = [
    # what it shows                                     events a month   a second kind of source is asked for
    ("where it would be met but for the one kind",      0,               True),
    ("where it fails whoever tells of it",              30,              False),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "monthly", "asked"), ONE_KIND, ids=[case[0] for case in ONE_KIND])
def test_a_second_kind_of_source_is_asked_for(judge: Judge, shows: str, monthly: int, asked: bool) -> None:
    evidence = [{
        "kind": "incident", "covers": "2020-01-01 to 2026-06-30",
        "monthly": ["2020-01..2022-12 events=5", f"2023-01..2026-06 events={monthly}"],
    }]  # fmt: skip
    finding = judge(UNSEEN, evidence, id="O2.M9")
    assert "single source" in finding.flags
    assert ("change.single-source.of" in {each.key for each in finding.would_change}) is asked
