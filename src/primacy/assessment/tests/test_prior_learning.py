"""What is learnt of a mission's own series: the direction in which they differ, little from few, nothing from none."""

import numpy as np
import pytest

from primacy.assessment.trends import prior_learning
from primacy.assessment.trends.prior import SHIPPED, Prior
from primacy.assessment.trends.prior_learning import FARTHEST, LOOSE, learn
from primacy.assessment.trends.simulation import simulate_series


@pytest.fixture(autouse=True)
def _few_simulations(monkeypatch):
    monkeypatch.setattr(prior_learning, "SIMULATED", 500)


def series_of(prior, number, years=10, seed=3):
    random = np.random.default_rng(seed)
    means = np.exp(random.uniform(0.5, 3.5, number))
    return list(simulate_series(random, prior, means, years * 12))


HABITS = [
    ("clustered by chance", Prior(size=1.5), "size", -1),
    ("hardly disturbed", Prior(disturbance=0.4), "disturbance", -1),
    ("wildly disturbed", Prior(disturbance=2.4), "disturbance", 1),
    ("wandering far", Prior(wandering=2.0), "wandering", 1),
    ("silent in many months", Prior(silent=0.6), "silent", 1),
]


@pytest.mark.parametrize(("shows", "true", "habit", "sign"), HABITS, ids=[c[0] for c in HABITS])
def test_many_series_move_the_strength_of_their_habit_in_its_direction(shows, true, habit, sign):
    learnt = learn(series_of(true, 40))
    assert learnt.series >= 35
    assert sign * (getattr(learnt.prior, habit) - getattr(SHIPPED, habit)) > 0.03


def test_few_series_move_less_than_many():
    wild = Prior(disturbance=2.4)
    few, many = (learn(series_of(wild, number)).prior.disturbance for number in (2, 40))
    assert SHIPPED.disturbance <= few < many


def test_the_same_series_teach_the_same_whatever_comes_after_their_end_is_uncovered():
    series = series_of(SHIPPED, 3)
    longer = [np.append(each, [np.nan, np.nan]) for each in series]
    assert learn(series) == learn(series) == learn(longer)


UNUSABLE = [
    ("no series", []),
    ("nothing covered", [np.full(60, np.nan)]),
    ("too short", [np.full(30, 9.0)]),
    ("hardly an event", [np.tile([1.0, 0.0, 0.0, 0.0], 30)]),
]


@pytest.mark.parametrize(("shows", "series"), UNUSABLE, ids=[c[0] for c in UNUSABLE])
def test_without_a_usable_series_the_shipped_prior_stays(shows, series):
    learnt = learn(series)
    assert (learnt.prior, learnt.series, learnt.years) == (SHIPPED, 0, 0)


def test_no_strength_leaves_what_was_tried():
    extreme = [np.tile([0.0, 0.0, 900.0, 1.0, 0.0, 0.0, 400.0, 0.0, 2.0, 0.0, 0.0, 0.0], 12)] * 30
    prior = learn(extreme).prior
    for habit in ("size", "disturbance", "wandering"):
        moved = abs(np.log(getattr(prior, habit) / getattr(SHIPPED, habit)))
        assert moved <= FARTHEST * LOOSE[habit] + 0.01
    assert 0.0 <= prior.silent <= FARTHEST * LOOSE["silent"]
    assert 0.0 < prior.memory < 1.0
