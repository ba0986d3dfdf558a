"""Changepoints: the exact segmentation, few lines where nothing changed, and missing months passed over."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.rules.grid import Floats
from primacy.assessment.trends.changepoints import changepoints, segment
from primacy.assessment.trends.simulation import REGIMES, simulate_regime


def total(values: Floats, starts: list[int], penalty: float) -> float:
    edges = [0, *starts, len(values)]
    parts = [values[a:b] for a, b in pairwise(edges)]
    return sum(float(((part - part.mean()) ** 2).sum()) for part in parts) + penalty * len(starts)


def least(values: Floats, penalty: float, shortest: int) -> float:
    """The least total over all partitions, by trying every last segment (Jackson and others 2005)."""
    best = [-penalty, *[np.inf] * len(values)]
    for end in range(shortest, len(values) + 1):
        best[end] = min(
            best[start] + float(((values[start:end] - values[start:end].mean()) ** 2).sum()) + penalty
            for start in range(end - shortest + 1)
        )
    return float(best[-1])


@given(
    st.lists(st.floats(-5, 5), min_size=12, max_size=40), st.floats(0.1, 20), st.integers(1, 6)
)  # fmt: skip
def test_no_partition_is_better(values: list[float], penalty: float, shortest: int) -> None:
    series = np.array(values)
    starts = segment(series, penalty, shortest)
    assert total(series, starts, penalty) == pytest.approx(least(series, penalty, shortest), abs=1e-6)
    assert all(b - a >= shortest for a, b in zip([0, *starts], [*starts, len(values)], strict=True))


def test_a_step_is_found_at_its_month_and_unknown_months_are_passed_over() -> None:
    counts = np.array([20.0, 24.0, 18.0, 22.0] * 9 + [4.0, 6.0, 5.0, 3.0] * 6)
    assert changepoints(counts) == [36]
    counts[30:33] = np.nan
    assert changepoints(counts) == [36]


@pytest.mark.parametrize(("name", "most"), [("mild", 0.03), ("typical", 0.08), ("low", 0.04)])
def test_nine_years_without_a_change_seldom_show_one(name: str, most: float) -> None:
    flat = simulate_regime(np.random.default_rng(2), REGIMES[name], np.ones(108), 150)
    assert np.mean([bool(changepoints(counts)) for counts in flat]) <= most


SHORT = [("less than a year", [3.0] * 11), ("nothing known", [np.nan] * 40), ("no event at all", [0.0] * 60)]


@pytest.mark.parametrize(("shows", "counts"), SHORT, ids=[case[0] for case in SHORT])
def test_nothing_is_marked_where(shows: str, counts: list[float]) -> None:
    assert changepoints(np.array(counts)) == []
