"""Odds beyond three to one count the less the more a series moves by itself, and nothing else is touched."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.trends.simulation import REGIMES, Layout, simulate_regime
from primacy.assessment.trends.trend_features import restlessness
from primacy.assessment.trends.trend_held_back import ODDS, ORDINARY, held_back

CASES = [
    # what it shows                               odds    restless        odds after
    ("a quiet series keeps all",                  50.0,   0.0,            50.0),
    ("an ordinary one keeps all",                 50.0,   ORDINARY,       50.0),
    ("twice as restless: the root of what is beyond", 48.0, 2 * ORDINARY, 12.0),
    ("against it as well",                        1 / 48, 2 * ORDINARY,   1 / 12),
    ("what is likely stays as likely",            3.0,    9 * ORDINARY,   3.0),
    ("what is open stays open",                   1.0,    9 * ORDINARY,   1.0),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "odds", "restless", "after"), CASES, ids=[c[0] for c in CASES])
def test_held_back(shows: str, odds: float, restless: float, after: float) -> None:
    held = held_back(np.log([[odds]]), np.array([restless]))
    assert float(np.exp(held[0, 0])) == pytest.approx(after)


@given(st.lists(st.floats(-20, 20), min_size=2, max_size=9), st.floats(0, 8))
def test_the_order_stays_and_nothing_becomes_surer_or_changes_sides(logits: list[float], restless: float) -> None:
    ladder = np.sort(np.array([logits]), axis=1)
    held = held_back(ladder, np.array([restless]))
    assert (np.diff(held) >= 0).all()
    assert (np.abs(held) <= np.abs(ladder) + 1e-9).all()
    assert ((np.abs(held) >= np.log(ODDS) - 1e-9) == (np.abs(ladder) >= np.log(ODDS) - 1e-9)).all()
    assert (np.sign(held) * np.sign(ladder) >= 0).all()


def test_wild_regimes_are_more_restless_than_calm_ones() -> None:
    layout, middles = Layout(48, 12, 0, 12), []
    for name in ("mild", "typical", "severe"):
        counts = simulate_regime(np.random.default_rng(3), REGIMES[name], np.ones(72), 300)
        middles.append(float(np.median(restlessness(counts, np.ones_like(counts), layout))))
    assert middles == sorted(middles)
    assert middles[0] < 0.1
    assert middles[2] > ORDINARY / 2


def test_a_series_of_even_months_is_not_restless_and_one_that_jumps_for_years_is() -> None:
    layout = Layout(48, 12, 0, 12)
    even = np.full((1, 72), 10.0)
    jumping = np.concatenate([np.full(12, 4.0), np.full(12, 40.0), np.full(24, 4.0), np.full(24, 40.0)])[None, :]
    found = [float(restlessness(each, np.ones_like(each), layout)[0]) for each in (even, jumping)]
    assert found[0] == 0.0
    assert found[1] > ORDINARY


@pytest.mark.parametrize("layout", [Layout(24, 12, 0, 36), Layout(24, 12, 24, 12)], ids=["at once", "years later"])
def test_what_happens_after_the_baseline_makes_no_series_restless(layout: Layout) -> None:
    counts = simulate_regime(np.random.default_rng(4), REGIMES["severe"], np.ones(72), 40)
    other = counts.copy()
    other[:, layout.baseline_end :] = 0.0
    np.testing.assert_array_equal(*(restlessness(each, np.ones_like(each), layout) for each in (counts, other)))


def test_without_years_before_nothing_is_held_back() -> None:
    counts = simulate_regime(np.random.default_rng(5), REGIMES["severe"], np.ones(24), 40)
    assert (restlessness(counts, np.ones_like(counts), Layout(0, 12, 0, 12)) == 0.0).all()
