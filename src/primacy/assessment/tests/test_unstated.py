"""A figure without a stated error: what its own way says of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.indicators.estimate import Estimate
from primacy.assessment.indicators.unstated import DAYS, UNKNOWN, went, whole

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


# ---- what that makes of a level


def level(value: float, off: float, *, sure: float = 0.9, steps: bool = False) -> Estimate:
    one = np.array([1.0])
    return Estimate(
        value * one, np.nan * one, np.nan * one, sure * one, one < 0, np.array([0]), one < 0, off * one, steps
    )


LEVELS = [
    # what it shows                                     value  off   asked  steps  P
    ("what never moved is as sure as its grade",         0.57, 0.0,  0.56,  False, 0.9),
    ("just above, and it goes up and down",              0.57, 0.05, 0.56,  False, 0.579),
    ("just below, and it goes up and down",              0.55, 0.05, 0.56,  False, 0.421),
    ("far above, and still no surer than its grade",     0.90, 0.05, 0.56,  False, 0.9),
    ("yes or no, and it says yes",                       1.0,  0.4,  1.0,   True,  0.894),
    ("yes or no, and it says no",                        0.0,  0.4,  1.0,   True,  0.106),
    ("none at all, of which one would be too many",      0.0,  0.4,  np.nextafter(0.0, 1.0), True, 0.106),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "value", "off", "asked", "steps", "p"), LEVELS, ids=[each[0] for each in LEVELS])
def test_a_level_is_as_sure_as_its_way(
    shows: str, value: float, off: float, asked: float, steps: bool, p: float
) -> None:
    assert level(value, off, steps=steps).at_least(asked)[0] == pytest.approx(p, abs=0.001)


@given(st.floats(-3, 3), st.floats(0, 2), st.floats(-3, 3), st.floats(0.5, 0.98), st.booleans())
def test_how_it_went_never_makes_a_level_surer(
    value: float, off: float, asked: float, sure: float, steps: bool
) -> None:
    blurred = level(value, off, sure=sure, steps=steps).at_least(asked)[0]
    exact = level(value, 0.0, sure=sure, steps=steps).at_least(asked)[0]
    assert abs(blurred - 0.5) <= abs(exact - 0.5) + 1e-9


def test_whole_steps() -> None:
    assert (whole([0.0, 1.0, 3.0]), whole([0.0, 0.5])) == (True, False)
