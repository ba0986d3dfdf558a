"""What is looked at in a history: the same whatever the unit of effort, defined for the emptiest history."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.trends.simulation import Layout, draw_layout, simulate_prior
from primacy.assessment.trends.trend_features import DIGITS, LIMIT, features


@given(st.integers(0, 2**20))
def test_every_number_is_finite_bounded_and_rounded(seed):
    random = np.random.default_rng(seed)
    drawn = simulate_prior(random, draw_layout(random), 4)
    numbers = features(drawn.counts, drawn.effort, drawn.layout)
    assert np.isfinite(numbers).all()
    assert (np.abs(numbers) <= LIMIT).all()
    np.testing.assert_array_equal(numbers, np.round(numbers, DIGITS))


SHORTEST = [
    ("two windows of one month and nothing else", Layout(0, 1, 0, 1)),
    ("a baseline of one month long ago", Layout(0, 1, 30, 12)),
    ("one month before", Layout(1, 12, 0, 12)),
    ("longer than any simulated", Layout(60, 48, 200, 48)),
]


@pytest.mark.parametrize(("shows", "layout"), SHORTEST, ids=[c[0] for c in SHORTEST])
@pytest.mark.parametrize("count", [0.0, 1000.0])
def test_the_emptiest_and_fullest_histories_have_numbers(shows, layout, count):
    counts = np.full((2, layout.months), count)
    assert np.isfinite(features(counts, np.ones_like(counts), layout)).all()


def test_a_month_not_covered_is_left_out_and_not_zero():
    layout = Layout(24, 12, 12, 12)
    counts = np.full((1, 60), 7.0)
    gap = counts.copy()
    gap[0, 40:44] = np.nan
    gap[0, 3:9] = np.nan
    zero = np.nan_to_num(gap)
    effort = np.ones_like(counts)
    whole, holed, zeroed = (features(part, effort, layout)[0] for part in (counts, gap, zero))
    assert np.abs(whole - holed).sum() < 0.3 * np.abs(whole - zeroed).sum()


def test_the_first_number_is_the_log_ratio_of_the_rates():
    layout = Layout(0, 12, 0, 12)
    counts = np.concatenate([np.full((1, 12), 100.0), np.full((1, 12), 25.0)], axis=1)
    assert features(counts, np.ones_like(counts), layout)[0, 0] == pytest.approx(np.log(0.25), abs=0.01)


def test_one_history_is_read_the_same_alone_and_among_others():
    drawn = simulate_prior(np.random.default_rng(1), Layout(30, 12, 20, 12), 50)
    together = features(drawn.counts, drawn.effort, drawn.layout)
    alone = features(drawn.counts[7:8], drawn.effort[7:8], drawn.layout)
    np.testing.assert_array_equal(together[7:8], alone)
