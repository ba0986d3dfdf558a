"""A figure without a stated error: what its own way says of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.indicators.unstated import DAYS, UNKNOWN, went

YEARS = [0, 365, 730, 1096, 1461]
CASES = [
    # what it shows                              values                       jump    in a year
    ("what never moved is exact",                [0.3] * 5,                   0.0,    0.0),
    ("a steady way has no jumps, and moves on",  [0.1, 0.2, 0.3, 0.4, 0.5],   0.0,    0.1),
    ("up and down by 0.1",                       [0.3, 0.4, 0.3, 0.4, 0.3],   0.0816, 0.1),
    ("the executive that complied for a time",   [-0.745, -0.762, -0.327, 0.118, -0.143], 0.198, 0.337),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "values", "jump", "a_year"), CASES, ids=[each[0] for each in CASES])
def test_how_it_went(shows: str, values: list[float], jump: float, a_year: float) -> None:
    way = went(YEARS, values)
    assert way.jump == pytest.approx(jump, abs=0.002)
    assert (12 * way.a_month) ** 0.5 == pytest.approx(a_year, abs=0.002)
    assert way.error_after(0) == pytest.approx(way.jump, abs=1e-6)
    assert way.error_after(365) == pytest.approx((way.jump**2 + way.a_month * 365 / DAYS) ** 0.5, abs=1e-6)


def test_three_values_say_nothing_of_the_way() -> None:
    assert went(YEARS[:3], [0.1, 0.9, 0.2]) == UNKNOWN


@given(st.lists(st.floats(-3, 3), min_size=4, max_size=9), st.floats(0.1, 10))
def test_the_unit_of_the_figure_does_not_matter(values: list[float], factor: float) -> None:
    days = list(range(0, 100 * len(values), 100))
    way, scaled = went(days, values), went(days, [factor * each for each in values])
    assert scaled.error_after(90) == pytest.approx(factor * way.error_after(90), abs=1e-5)
