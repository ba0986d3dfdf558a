"""Grades of the admiralty system as probabilities, and independent reports together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.indicators.grades import probability, together

GRADES = [
    ("A1", 0.95), ("A2", 0.85), ("A3", 0.60), ("A4", 0.35), ("A5", 0.10), ("B1", 0.905), ("B2", 0.815), ("C2", 0.7625),
    ("D3", 0.55), ("E1", 0.6125), ("F1", 0.725), ("A6", 0.50), ("", 0.55), ("??", 0.55), ("b2", 0.815),
]  # fmt: skip


@pytest.mark.parametrize(("grade", "p"), GRADES, ids=[f"{grade or 'ungraded'} is {p}" for grade, p in GRADES])
def test_credibility_is_shrunk_towards_one_half_by_reliability(grade: str, p: float) -> None:
    assert probability(grade) == pytest.approx(p)


CHANCES = st.floats(0.05, 0.95)


@given(st.lists(CHANCES, min_size=1, max_size=3))
def test_odds_of_independent_reports_multiply(ps: list[float]) -> None:
    odds = 1.0
    for p in ps:
        odds *= p / (1 - p)
    assert together(ps) == pytest.approx(odds / (1 + odds), abs=1e-8)


@given(st.lists(CHANCES, min_size=4, max_size=8))
def test_no_more_than_three_count(ps: list[float]) -> None:
    strongest = sorted(ps, key=lambda p: abs(p - 0.5), reverse=True)[:3]
    assert together(ps) == pytest.approx(together(strongest), abs=1e-8)


@given(st.lists(st.floats(0.5, 0.95), min_size=0, max_size=5), st.floats(0.5, 0.95))
def test_one_more_report_that_is_rather_true_never_makes_it_less_sure(ps: list[float], p: float) -> None:
    assert together([*ps, p]) >= (together(ps) if ps else 0.5) - 1e-8


@given(st.permutations([0.6, 0.7, 0.7, 0.3, 0.95]))
def test_the_order_of_reports_does_not_matter(ps: list[float]) -> None:
    assert together(ps) == pytest.approx(together(sorted(ps)), abs=1e-8)
