"""Simulated histories: the truth that they carry, and the habits of the fixed regimes."""

import numpy as np
import pytest

from primacy.assessment.trends.simulation import (
    REGIMES,
    Layout,
    Regime,
    change_at_the_end,
    draw_layout,
    simulate_prior,
    simulate_regime,
)


def test_the_prior_is_as_likely_up_as_down():
    random = np.random.default_rng(1)
    truth = np.concatenate([simulate_prior(random, draw_layout(random), 200).log_ratio for _ in range(100)])
    assert abs(np.mean(truth < 0) - 0.5) < 0.02
    assert abs(np.mean(truth < np.log(0.8)) - np.mean(truth > -np.log(0.8))) < 0.02


def test_the_truth_of_a_history_is_in_its_counts():
    drawn = simulate_prior(np.random.default_rng(1), Layout(0, 24, 0, 24), 20_000)
    rates = drawn.counts / drawn.effort
    seen = np.log(rates[:, 24:].mean(axis=1) + 0.1) - np.log(rates[:, :24].mean(axis=1) + 0.1)
    many = drawn.counts.sum(axis=1) > 200
    assert np.corrcoef(seen[many], drawn.log_ratio[many])[0, 1] > 0.85
    assert abs(np.median(seen[many] - drawn.log_ratio[many])) < 0.03


def test_baseline_and_window_are_always_covered():
    random = np.random.default_rng(2)
    for _ in range(80):
        drawn = simulate_prior(random, draw_layout(random), 5)
        layout = drawn.layout
        assert drawn.counts.shape == drawn.effort.shape == (5, layout.months)
        assert not np.isnan(drawn.counts[:, layout.baseline_start : layout.baseline_end]).any()
        assert not np.isnan(drawn.counts[:, layout.window_start :]).any()


@pytest.mark.parametrize("name", REGIMES)
def test_a_regime_has_its_mean_and_varies_more_than_chance(name):
    regime = REGIMES[name]
    counts = simulate_regime(np.random.default_rng(3), regime, np.ones(72), 4000)
    assert counts.mean() == pytest.approx(regime.mean, rel=0.06)
    assert counts.var() > 1.5 * counts.mean()


def test_an_infinite_size_is_chance_alone():
    counts = simulate_regime(np.random.default_rng(3), Regime(9.0, np.inf, 0.0, 0.0), np.ones(50), 2000)
    assert counts.var() == pytest.approx(9.0, rel=0.05)


def test_the_change_under_test_falls_on_the_last_year_alone():
    level = change_at_the_end(0.4)
    assert level.tolist() == [1.0] * 60 + [0.4] * 12
    counts = simulate_regime(np.random.default_rng(3), REGIMES["mild"], level, 3000)
    assert counts[:, 60:].mean() / counts[:, :60].mean() == pytest.approx(0.4, abs=0.02)


def test_the_same_seed_draws_the_same_histories():
    first, second = (simulate_prior(np.random.default_rng(4), Layout(10, 12, 5, 12), 9) for _ in range(2))
    np.testing.assert_array_equal(first.counts, second.counts)
