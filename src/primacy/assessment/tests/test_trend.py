"""The trend posterior and its pooling over areas, with the small calibration of all tests."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.assessment.trends.calibration import calibrate, draw_histories
from primacy.assessment.trends.simulation import REGIMES, Regime, change_at_the_end, simulate_regime
from primacy.assessment.trends.trend import TrendModel, Windows, pooled, posterior

AT_THE_END = Windows(np.array([72]), 12)
POISSON = Regime(20.0, np.inf, 0.0, 0.0)


def share_of_falls(model, regime, level, at=0.9, histories=1500, seed=11):
    counts = simulate_regime(np.random.default_rng(seed), regime, level, histories)
    return float((posterior(model, counts, AT_THE_END).at_most(0.8) > at).mean())


@pytest.mark.parametrize("name", REGIMES)
def test_nothing_changed_is_seldom_called_a_fall(model, name):
    # 0.05 is the target of the full calibration; the rest is what this small one and 1,500 histories may add.
    assert share_of_falls(model, REGIMES[name], np.ones(72)) <= 0.075


@pytest.mark.parametrize(("name", "power"), [("mild", 0.45), ("typical", 0.27), ("severe", 0.2)])
def test_a_fall_by_three_fifths_is_often_found(model, name, power):
    assert share_of_falls(model, REGIMES[name], change_at_the_end(0.4)) >= power


def test_on_fresh_draws_of_the_prior_what_is_said_is_as_often_true(model):
    random = np.random.default_rng(5)
    said, true = [], []
    for _ in range(150):
        drawn = draw_histories(random, 60)
        layout = drawn.layout
        windows = Windows(np.array([layout.months]), layout.window, (layout.baseline_start, layout.baseline_end))
        said.append(posterior(model, drawn.counts, windows, drawn.effort).at_most(0.8)[:, 0])
        true.append(drawn.log_ratio <= np.log(0.8))
    probability, fell = np.concatenate(said), np.concatenate(true)
    tenths = np.minimum((probability * 10).astype(int), 9)
    error = (
        sum(abs(float(probability[tenths == t].sum() - fell[tenths == t].sum())) for t in range(10)) / probability.size
    )
    assert error <= 0.03
    assert fell[probability > 0.9].mean() >= 0.94


def test_a_lower_threshold_is_never_likelier(model):
    counts = simulate_regime(np.random.default_rng(2), REGIMES["typical"], change_at_the_end(0.5), 50)
    said = posterior(model, counts, AT_THE_END)
    ratios = (0.01, 0.1, 0.3, 0.5, 0.7, 0.79, 0.8, 1.0, 1.2, 2.0, 9.0, 80.0)
    ladder = np.stack([said.at_most(ratio) for ratio in ratios])
    assert (np.diff(ladder, axis=0) >= 0).all()


def test_the_interval_holds_its_mass(model):
    counts = simulate_regime(np.random.default_rng(2), REGIMES["mild"], change_at_the_end(0.5), 20)
    said = posterior(model, counts, AT_THE_END)
    low, middle, high = said.interval(0.9)
    assert ((low < middle) & (middle < high)).all()
    for row in range(20):
        assert said.at_most(float(low[row, 0]))[row, 0] == pytest.approx(0.05, abs=1e-5)
        assert said.at_most(float(middle[row, 0]))[row, 0] == pytest.approx(0.5, abs=1e-5)
        assert said.at_most(float(high[row, 0]))[row, 0] == pytest.approx(0.95, abs=1e-5)


def test_a_rise_and_a_fall_share_one_posterior(model):
    counts = simulate_regime(np.random.default_rng(2), REGIMES["mild"], change_at_the_end(3.0), 20)
    said = posterior(model, counts, AT_THE_END)
    np.testing.assert_allclose(said.at_least(1.2) + said.at_most(1.2), 1.0)
    assert np.median(said.at_least(1.2)) > 0.9


@settings(max_examples=20, deadline=None)
@given(st.integers(25, 71), st.integers(0, 2**20), st.one_of(st.none(), st.just((3, 13))))
def test_months_after_the_window_change_nothing(model, end, seed, against):
    random = np.random.default_rng(seed)
    counts = simulate_regime(random, REGIMES["typical"], np.ones(72), 3)
    effort = random.uniform(1.0, 3.0, counts.shape)
    changed, changed_effort = counts.copy(), effort.copy()
    changed[:, end:] = random.integers(0, 500, changed[:, end:].shape)
    changed_effort[:, end:] = np.nan
    windows = Windows(np.array([end]), 12, against)
    now = posterior(model, counts, windows, effort)
    later = posterior(model, changed, windows, changed_effort)
    np.testing.assert_array_equal(now.logits, later.logits)
    np.testing.assert_array_equal(now.observed, later.observed)
    np.testing.assert_array_equal(
        pooled(model, counts, windows).leaning.logits, pooled(model, changed, windows).leaning.logits
    )


KNOWN = [
    # what it shows                                          month uncovered, ends, length, against,   known
    ("both windows covered",                                 None, 24, 12, None, True),
    ("one month of the window uncovered",                    20,   24, 12, None, False),
    ("one month of the baseline uncovered",                  3,    24, 12, None, False),
    ("a month between the windows may be uncovered",         15,   36, 12, (0, 12), True),
    ("a month before the baseline may be uncovered",         3,    48, 12, (12, 24), True),
    ("the baseline begins before the history",               None, 23, 12, None, False),
    ("the window ends after the history",                    None, 73, 12, None, False),
    ("the baseline overlaps the window",                     None, 24, 12, (0, 13), False),
    ("the baseline ends where the window starts",            None, 24, 12, (0, 12), True),
    ("a baseline of no months",                              None, 24, 12, (5, 5), False),
    ("a baseline later than the window",                     None, 24, 12, (30, 42), False),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "uncovered", "end", "length", "against", "known"), KNOWN, ids=[c[0] for c in KNOWN])
def test_known_only_where_both_windows_are_covered(model, shows, uncovered, end, length, against, known):
    counts = np.full((1, 72), 4.0)
    if uncovered is not None:
        counts[0, uncovered] = np.nan
    said = posterior(model, counts, Windows(np.array([end]), length, against))
    assert said.known[0, 0] == known
    assert np.isnan(said.at_most(0.8)[0, 0]) == (not known)
    assert all(np.isnan(part[0, 0]) == (not known) for part in said.interval())
    assert np.isnan(said.observed[0, 0]) == (not known)


def test_twice_the_events_under_twice_the_effort_is_no_change(model):
    counts = simulate_regime(np.random.default_rng(4), POISSON, change_at_the_end(2.0), 200)
    effort = np.broadcast_to(change_at_the_end(2.0) * 30.0, counts.shape)
    said = posterior(model, counts, AT_THE_END, effort)
    assert said.observed.mean() == pytest.approx(1.0, abs=0.03)
    assert (said.at_least(1.2) < 0.25).mean() > 0.95
    assert (posterior(model, counts, AT_THE_END).at_least(1.2) > 0.9).mean() > 0.95


def test_the_unit_of_effort_does_not_matter(model):
    counts = simulate_regime(np.random.default_rng(4), POISSON, np.ones(72), 5)
    days = np.random.default_rng(1).integers(20, 40, counts.shape).astype(float)
    in_days, in_hours = (posterior(model, counts, AT_THE_END, effort) for effort in (days, days * 24.0))
    np.testing.assert_allclose(in_days.at_most(0.8), in_hours.at_most(0.8), atol=1e-5)


@pytest.mark.parametrize("effort", [0.0, np.nan], ids=["no effort", "effort unknown"])
def test_a_month_in_which_nobody_looked_is_not_covered(model, effort):
    looked = np.full((1, 72), 5.0)
    looked[0, 65] = effort
    assert not posterior(model, np.zeros((1, 72)), AT_THE_END, looked).known[0, 0]


def test_nothing_seen_in_the_baseline_gives_no_observed_ratio_but_a_posterior(model):
    said = posterior(model, np.zeros((1, 72)), AT_THE_END)
    assert np.isnan(said.observed[0, 0])
    assert 0.02 < said.at_most(0.8)[0, 0] < 0.7


WRONG = [
    ("a negative count", -np.ones((1, 72)), None),
    ("a negative effort", np.ones((1, 72)), -np.ones((1, 72))),
    ("effort of another shape", np.ones((1, 72)), np.ones((2, 72))),
]


@pytest.mark.parametrize(("shows", "counts", "effort"), WRONG, ids=[c[0] for c in WRONG])
def test_wrong_input_is_refused(model, shows, counts, effort):
    with pytest.raises(ValueError):
        posterior(model, counts, AT_THE_END, effort)


def test_what_is_stored_is_what_is_used(model):
    counts = simulate_regime(np.random.default_rng(4), REGIMES["typical"], np.ones(72), 40)
    again = TrendModel.from_dict(model.as_dict())
    assert again.as_dict() == model.as_dict()
    first, second = (posterior(each, counts, AT_THE_END).logits for each in (model, again))
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("against", [None, (0, 12)], ids=["the year before", "a fixed baseline"])
@pytest.mark.parametrize("regime", [POISSON, REGIMES["mild"]], ids=["chance alone", "mild"])
def test_a_flat_history_is_almost_never_called_achieved(model, regime, against):
    counts = simulate_regime(np.random.default_rng(8), regime, np.ones(36), 600)
    held = np.round(posterior(model, counts, Windows(np.arange(24, 37), 12, against)).at_most(0.8), 3) >= 0.9
    achieved = (held[:, 2:] & held[:, 1:-1] & held[:, :-2]).any(axis=1)
    assert achieved.mean() < 0.015


def test_a_fall_from_sixty_to_fifteen_that_holds_stays_found_four_years_later(model):
    level = np.concatenate([np.ones(24), np.full(60, 0.25)])
    counts = simulate_regime(np.random.default_rng(8), Regime(60.0, np.inf, 0.0, 0.0), level, 100)
    later = Windows(np.array([36, 48, 60, 72, 84]), 12, (12, 24))
    assert (posterior(model, counts, later).at_most(0.8) >= 0.9).all()


def areas(random, between, common):
    """Twelve areas of very different size: counts, and true ratios."""
    changes = common + random.normal(0.0, between, 12)
    sizes = np.exp(random.uniform(np.log(0.3), np.log(8.0), 12))
    series = [
        simulate_regime(random, Regime(float(size), 4.0, 0.4, 0.4), change_at_the_end(float(np.exp(change))), 1)
        for size, change in zip(sizes, changes, strict=True)
    ]
    return np.concatenate(series), changes


def test_areas_are_nearer_the_truth_when_they_inform_each_other(model):
    random = np.random.default_rng(3)
    off_alone, off_pooled, inside = [], [], []
    for _ in range(25):
        counts, changes = areas(random, 0.3, float(random.normal(0.0, 0.5)))
        low, middle, high = (np.log(part[:, 0]) for part in pooled(model, counts, AT_THE_END).leaning.interval())
        alone = np.log(posterior(model, counts, AT_THE_END).interval()[1][:, 0])
        off_pooled.append((middle - changes) ** 2)
        off_alone.append((alone - changes) ** 2)
        inside.append((low <= changes) & (changes <= high))
    assert np.mean(off_pooled) < 0.85 * np.mean(off_alone)
    assert 0.8 <= np.mean(inside) <= 0.98


def test_a_small_area_follows_the_rest_and_a_large_one_itself(model):
    fell = np.where(np.arange(72) < 60, 20.0, 5.0)
    small = np.where(np.arange(72) % 12 == 3, 1.0, 0.0)
    stayed = np.full(72, 20.0)
    counts = np.stack([fell, fell, fell, small, stayed])
    alone = posterior(model, counts, AT_THE_END).at_most(0.8)[:, 0]
    together = pooled(model, counts, AT_THE_END).leaning.at_most(0.8)[:, 0]
    assert together[3] > alone[3] + 0.1
    assert together[4] < 0.5
    assert together[0] > 0.9


def test_one_area_stands_on_its_own(model):
    counts = np.full((1, 72), 5.0)
    np.testing.assert_array_equal(
        pooled(model, counts, AT_THE_END).leaning.logits, posterior(model, counts, AT_THE_END).logits
    )


def test_an_area_never_covered_stays_unknown_and_spoils_no_other(model):
    counts = np.full((4, 72), 5.0)
    counts[3] = np.nan
    said = pooled(model, counts, AT_THE_END).leaning
    assert said.known[:, 0].tolist() == [True, True, True, False]
    assert (said.logits[:3] != posterior(model, counts, AT_THE_END).logits[:3]).any()


def attacks_on_civilians(reference_data: Path) -> np.ndarray:
    """Events a month in the Central African Republic, 1991-2022, shape (1, 384)."""
    counts = np.zeros((1, 384))
    with gzip.open(reference_data / "ged_car_23_1" / "GED_v23_1_country482_CAF.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["type_of_violence"] == "3":
                counts[0, (int(row["date_start"][:4]) - 1991) * 12 + int(row["date_start"][5:7]) - 1] += 1
    return counts


@pytest.mark.reference_data
def test_central_african_republic_as_a_careful_analyst_would_say(reference_data):
    full = calibrate(seed=1, simulations=100_000)  # a sixth of the shipped one, which takes half a minute
    counts = attacks_on_civilians(reference_data)
    years = [2013, 2014, 2015, 2016, 2017, 2020, 2021]
    ends = np.array([(year - 1990) * 12 for year in years])
    fell = dict(zip(years, posterior(full, counts, Windows(ends, 12)).at_most(0.8)[0].tolist(), strict=True))
    assert all(fell[year] < 0.25 for year in (2013, 2014, 2017, 2021)), fell
    assert all(fell[year] > 0.6 for year in (2015, 2016, 2020)), fell
    before_the_mission = Windows(ends, 12, ((2013 - 1991) * 12 + 8, (2014 - 1991) * 12 + 8))
    since = posterior(full, counts, before_the_mission)
    assert not since.known[0, 0]
    # Likely and not sure: attacks had swung as far by themselves in the years before.
    assert 0.75 < since.at_most(0.8)[0, years.index(2016)] < 0.95
