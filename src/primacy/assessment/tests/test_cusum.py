"""Alarms: within the budget of false ones, quick to hear a tripling, blind to the future."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.trends.cusum import alarms, height_for, onsets
from primacy.assessment.trends.simulation import REGIMES, Regime, simulate_regime

CHANCE = Regime(20.0, np.inf, 0.0, 0.0)


WITHIN = {"chance": CHANCE, "mild": REGIMES["mild"], "typical": REGIMES["typical"], "low": REGIMES["low"]}


@pytest.mark.parametrize("regime", WITHIN.values(), ids=WITHIN)
def test_false_alarms_keep_to_the_budget(regime):
    counts = simulate_regime(np.random.default_rng(1), regime, np.ones(132), 800)
    a_year = onsets(alarms(counts, 0.2))[:, 12:].sum() / (800 * 10)
    assert a_year <= 0.22


@pytest.mark.parametrize(("name", "share"), [("mild", 0.85), ("typical", 0.64)])
def test_a_tripling_is_heard_within_six_months(name, share):
    level = np.ones(72)
    level[66:] = 3.0
    raised = alarms(simulate_regime(np.random.default_rng(2), REGIMES[name], level, 3000), 0.2)
    quiet = ~raised[:, 65]
    assert raised[quiet, 66:].any(axis=1).mean() >= share


def test_a_smaller_budget_raises_fewer_alarms():
    counts = simulate_regime(np.random.default_rng(1), REGIMES["typical"], np.ones(132), 300)
    numbers = [int(onsets(alarms(counts, budget)).sum()) for budget in (0.05, 0.1, 0.2, 0.5, 0.8)]
    assert numbers == sorted(numbers)
    assert numbers[0] < numbers[-1]


@given(st.integers(13, 59), st.integers(0, 2**20))
def test_an_alarm_depends_on_no_later_month(month, seed):
    random = np.random.default_rng(seed)
    counts = random.poisson(6.0, (2, 60)).astype(float)
    changed = counts.copy()
    changed[:, month:] = random.integers(0, 90, changed[:, month:].shape)
    np.testing.assert_array_equal(alarms(counts, 0.2)[:, :month], alarms(changed, 0.2)[:, :month])


def test_an_alarm_ends_after_the_rise_does():
    counts = np.full((1, 72), 5.0)
    counts[0, 40:43] = 60.0
    raised = alarms(counts, 0.2)[0]
    assert raised[40]
    assert not raised[:40].any()
    assert not raised[60:].any()


def test_no_alarm_before_a_year_of_covered_months():
    counts = np.full((1, 30), np.nan)
    counts[0, 15:] = 1.0
    counts[0, 20] = 500.0
    assert not alarms(counts, 0.2).any()


def test_a_month_that_is_not_covered_raises_nothing_new():
    counts = np.full((1, 40), 3.0)
    counts[0, 25:] = np.nan
    assert not alarms(counts, 0.2).any()


@pytest.mark.parametrize("budget", [0.0, -1.0])
def test_a_budget_of_nothing_is_refused(budget):
    with pytest.raises(ValueError, match="budget"):
        height_for(budget)
