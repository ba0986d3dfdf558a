"""Counts that are not exactly known: a wide range of deaths makes a finding less sure, and events have no range."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.indicators.imputing import DRAWS, QUARTER, Draw, place, together, triangle
from primacy.assessment.tests.building import Judge

RULE = """
indicators: {deaths: {kind: incident, measure: MEASURE, aggregate: sum}}
rule: {VERB}
thresholds: {}
"""
FALLS = "falls: {indicator: deaths, by: 20 %, window: 12 months, against: previous}"
CEASES = "ceases: {indicator: deaths, at_most: 30, window: 12 months}"


def judged(judge: Judge, low: float, high: float, *, measure: str = "deaths", verb: str = FALLS) -> Any:
    """Eight years of about 60 deaths a month, then one of about 30; the range of each is so much below and above."""
    monthly = []
    for span, best in (("2017-07..2025-06", (55, 66, 60)), ("2025-07..2026-06", (31, 28, 30))):
        low_high = f"low={','.join(str(n * low) for n in best)} high={','.join(str(n * high) for n in best)}"
        monthly.append(f"{span} {measure}={','.join(str(n) for n in best)} {low_high}")
    evidence = [{"kind": "incident", "covers": "2017-07-01 to 2026-06-30", "monthly": monthly}]
    return judge(RULE.replace("MEASURE", measure).replace("VERB", verb), evidence)


def test_a_wide_range_of_deaths_makes_a_fall_less_sure(judge: Judge) -> None:
    exact, wide = (judged(judge, *each).probability for each in ((1, 1), (0.2, 4)))
    assert exact - wide > 0.02


def test_a_wide_range_widens_the_interval_of_the_ratio(judge: Judge) -> None:
    exact, wide = (judged(judge, *each).numbers for each in ((1, 1), (0.2, 4)))
    assert wide["low"] < exact["low"]
    assert wide["high"] > exact["high"]


def test_events_are_counted_and_have_no_range(judge: Judge) -> None:
    exact, wide = (judged(judge, *each, measure="events") for each in ((1, 1), (0.2, 4)))
    assert exact.numbers == wide.numbers
    assert exact.probability == wide.probability


def test_an_end_of_deaths_is_less_sure_where_there_may_have_been_more(judge: Judge) -> None:
    exact, wide = (judged(judge, *each, verb=CEASES.replace("30", "450")).probability for each in ((1, 1), (1, 6)))
    assert exact > wide


def test_the_same_evidence_gives_the_same_numbers(judge: Judge) -> None:
    assert judged(judge, 0.5, 2) == judged(judge, 0.5, 2)


# ---- draws

TRIANGLES = [
    # what it shows                low  best  high  place  drawn
    ("the lowest",                 0.0, 10.0, 40.0, 0.0,   0.0),
    ("the best, a quarter up",     0.0, 10.0, 40.0, 0.25,  10.0),
    ("the highest",                0.0, 10.0, 40.0, 1.0,   40.0),
    ("the middle of what is even", 0.0, 10.0, 20.0, 0.5,   10.0),
    ("exactly known",              7.0, 7.0,  7.0,  0.9,   7.0),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "low", "best", "high", "at", "drawn"), TRIANGLES, ids=[c[0] for c in TRIANGLES])
def test_triangle(shows: str, low: float, best: float, high: float, at: float, drawn: float) -> None:
    found = triangle(*(np.array([each]) for each in (low, best, high, at)))
    np.testing.assert_allclose(found, drawn)


@given(st.integers(20_000, 30_000))
def test_each_quarter_is_drawn_once_in_every_part_of_its_range(month: int) -> None:
    drawn = [place(month, number) for number in range(DRAWS)]
    assert sorted(drawn) == [(number + 0.5) / DRAWS for number in range(DRAWS)]
    first = month - month % QUARTER
    assert drawn == [place(first, number) for number in range(DRAWS)]


def test_quarters_err_independently_of_one_another() -> None:
    quarters = np.array([[place(QUARTER * quarter, number) for number in range(DRAWS)] for quarter in range(400)])
    assert abs(np.corrcoef(quarters[:-1].ravel(), quarters[1:].ravel())[0, 1]) < 0.1


def test_areas_are_drawn_together_and_groups_summed() -> None:
    exact, unsure = (Draw(np.array([1.0, 2.0]), None),), tuple(Draw(np.full(2, float(n)), None) for n in range(DRAWS))
    found = together({"a": exact, "b": unsure}, [("a",), ("a", "b")], None)
    assert len(found) == DRAWS
    np.testing.assert_array_equal(found[3].counts, [[1.0, 2.0], [4.0, 5.0]])
    assert len(together({"a": exact}, [("a",)], None)) == 1
