"""Simulated countries of many areas, and how much less sure one of many areas is than its own months say.

Habits are drawn evenly over their whole range, not as often as they are met, and levels never wander by themselves, so
that whatever swings without a cause counts as habit. That was chosen, with seeds 1 to 3 of the fixed test simulator,
among mixtures with wandering countries, as the one that holds the rate of false discoveries there;
bench/allowances.py shows it on other seeds.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from primacy.assessment.rules.grid import Floats
from primacy.assessment.trends.false_discovery import signs, swings
from primacy.assessment.trends.logistic import learnt
from primacy.assessment.trends.simulation import Histories, Layout, Regime, simulate_country
from primacy.assessment.trends.trend_posterior import TrendModel, Windows, posterior

LAYOUT = Layout(48, 12, 0, 12)
BY = 0.2
FEWEST_AREAS, MOST_AREAS = 8, 60
LOWEST_MEAN, HIGHEST_MEAN = 0.3, 60.0
MOST_MEMORY, MOST_DISTURBANCE = 0.9, 1.2
LEAST_SIZE, MOST_SIZE, NO_CLUSTERS = 0.8, 40.0, 0.1


@dataclass(frozen=True)
class Cases:
    """Areas of many countries, each asked whether it rose and whether it fell: what its own months say, how much it
    swings anyway, and whether it was so; each (n,)."""

    alone: Floats
    swing: Floats
    true: Floats


def draw_country(random: np.random.Generator) -> Histories:
    """One country with habits of its own."""
    size = np.exp(random.uniform(np.log(LEAST_SIZE), np.log(MOST_SIZE)))
    habits = Regime(
        float(np.exp(random.uniform(np.log(LOWEST_MEAN), np.log(HIGHEST_MEAN)))),
        np.inf if random.random() < NO_CLUSTERS else float(size),
        float(random.uniform(0.0, MOST_MEMORY)),
        float(random.uniform(0.0, MOST_DISTURBANCE)),
    )
    areas = int(random.integers(FEWEST_AREAS, MOST_AREAS + 1))
    return simulate_country(random, LAYOUT, areas, habits)


def simulate_cases(model: TrendModel, *, seed: int, countries: int) -> Cases:
    """Cases of so many countries."""
    parts = list(_of_countries(np.random.default_rng(seed), model, countries))
    return Cases(*(np.concatenate([getattr(each, name) for each in parts]) for name in ("alone", "swing", "true")))


def _of_countries(random: np.random.Generator, model: TrendModel, countries: int) -> Iterator[Cases]:
    drawn = [draw_country(random) for _ in range(countries)]
    windows = Windows(np.array([LAYOUT.months]), LAYOUT.window)
    said = posterior(model, np.concatenate([each.counts for each in drawn]), windows)
    risen, fallen = 1.0 - said.at_most(1.0 + BY)[:, 0], said.at_most(1.0 - BY)[:, 0]
    first = 0
    for each in drawn:
        own = slice(first, first + len(each.counts))
        first = own.stop
        swing = swings(each.counts, LAYOUT.window_start, LAYOUT.window)
        yield Cases(risen[own], swing, (each.log_ratio >= np.log(1.0 + BY)).astype(np.float64))
        yield Cases(fallen[own], swing, (each.log_ratio <= np.log(1.0 - BY)).astype(np.float64))


def learn(cases: Cases) -> tuple[float, ...]:
    """Weights of `false_discovery.signs`."""
    return learnt(signs(cases.alone, cases.swing), cases.true)
