"""A count of what happened, where it was looked for less than in the hardest year."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.indicators.looked import Looked, _hardest

SHARES = st.floats(0.0, 1.0)


def at_most(seen: int, share: float, most: int) -> tuple[float, float]:
    """Bounds of P(no more than so many happened)."""
    looked = Looked(np.array([share]), np.array([True]))
    low, high = looked.at_least(np.array([float(seen)]), most + 1.0)
    return float(1.0 - high[0]), float(1.0 - low[0])


@pytest.mark.parametrize(
    ("seen", "share", "low", "high"),
    [
        (0, 1.0, 1.0, 1.0),  # looked as hard as ever: nothing told, nothing happened
        (0, 0.8, 0.947, 0.947),
        (0, 0.2, 0.447, 1.0),  # barred for most of the time: no peace and no breach
        (0, 0.0, 0.0, 1.0),  # nobody looked at all
        (1, 0.2, 0.0, 0.0),  # what was seen happened
    ],
)  # fmt: skip
def test_that_nothing_was_told_is_as_sure_as_somebody_looked(seen: int, share: float, low: float, high: float) -> None:
    assert at_most(seen, share, 0) == pytest.approx((low, high), abs=0.001)


@given(st.integers(0, 30), SHARES, SHARES, st.integers(0, 40))
def test_less_looking_never_makes_calm_surer(seen: int, one: float, other: float, most: int) -> None:
    less, more = sorted((one, other))
    assert at_most(seen, less, most)[0] <= at_most(seen, more, most)[0] + 1e-9


@given(st.integers(0, 30), SHARES, st.integers(0, 40))
def test_more_that_was_seen_never_makes_calm_surer(seen: int, share: float, most: int) -> None:
    assert at_most(seen + 1, share, most)[0] <= at_most(seen, share, most)[0] + 1e-9


def test_the_hardest_year_is_one_that_is_over_and_written_down() -> None:
    effort = np.concatenate([np.full(12, 10.0), np.full(12, 40.0), np.full(6, 5.0)])
    assert _hardest(effort)[[11, 12, 24, 30]].tolist() == [0.0, 10.0, 40.0, 40.0]
    assert _hardest(np.where(np.arange(30) == 20, np.nan, effort))[30] == pytest.approx((4 * 10 + 8 * 40) / 12)
