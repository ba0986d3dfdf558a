"""Exact shares: counts, samples, weighted areas, estimates with their error."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.indicators import shares

NEEDED = [(0.8, 7, 6), (0.5, 4, 2), (0.3, 10, 3), (2 / 3, 3, 2), (1.0, 5, 5), (0.0, 5, 0), (0.07, 100, 7)]


@pytest.mark.parametrize(("share", "items", "count"), NEEDED, ids=[f"{s:.2g} of {n} are {c}" for s, n, c in NEEDED])
def test_the_least_count_that_makes_a_share(share: float, items: int, count: int) -> None:
    assert shares.needed_for(share, items) == count


@given(st.integers(0, 30), st.integers(0, 30), st.floats(0.01, 0.99))
def test_the_sample_share_is_a_probability_that_falls_with_the_threshold(passed: int, more: int, share: float) -> None:
    size = passed + more
    p = shares.sample_share_at_least(passed, size, share)
    assert 0.0 <= p <= 1.0
    assert shares.sample_share_at_least(passed, size, min(share + 0.05, 0.999)) <= p + 1e-9
    assert shares.sample_share_at_least(passed + 1, size + 1, share) >= p - 1e-9


BETAS = [
    (0.5, 0.5, 0.5, 0.5),
    (0.25, 1.0, 1.0, 0.25),
    (0.5, 2.0, 1.0, 0.25),
    (0.3, 2.0, 3.0, 0.3483),
    (0.9, 30.5, 2.5, 0.2536),
]


@pytest.mark.parametrize(("x", "a", "b", "p"), BETAS)
def test_the_distribution_function_of_beta_against_closed_forms_and_sums(
    x: float, a: float, b: float, p: float
) -> None:
    steps = 200_000
    grid = (np.arange(steps) + 0.5) / steps
    density = grid ** (a - 1) * (1 - grid) ** (b - 1)
    assert shares.beta_at_most(x, a, b) == pytest.approx(density[grid <= x].sum() / density.sum(), abs=2e-3)
    assert shares.beta_at_most(x, a, b) == pytest.approx(p, abs=2e-3)


ESTIMATES = [(0.5, 0.02, 0.5, 0.5), (0.54, 0.02, 0.5, 0.97725), (0.5, 0.0, 0.5, 1.0), (0.4999, 0.0, 0.5, 0.0)]


@pytest.mark.parametrize(("value", "error", "threshold", "p"), ESTIMATES)
def test_an_estimate_with_its_error(value: float, error: float, threshold: float, p: float) -> None:
    assert shares.normal_at_least(np.array([value]), np.array([error]), threshold)[0] == pytest.approx(p, abs=1e-5)
    assert not math.isnan(p)
