"""Simulated histories of P whose later months are known, and the weights of a projection learnt from them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from primacy.assessment.over_time.projecting import FARTHEST, YEAR, signs
from primacy.assessment.rules.belief import MET
from primacy.assessment.rules.grid import REPORTED, Bools, Floats, Ints
from primacy.assessment.rules.statuses import HOLDS, achieved_before
from primacy.assessment.trends.logistic import learnt
from primacy.assessment.trends.simulation import Layout, simulate_prior
from primacy.assessment.trends.trend_posterior import TrendModel, Windows, posterior

FALLS_BY = 0.8
"""The rule whose P is simulated: a fall by a fifth against a fixed baseline, in windows of a year."""
LAYOUTS = 24


@dataclass(frozen=True)
class Cases:
    """Histories of P that end on some day, the months left, and whether it was met when they were over."""

    history: Floats
    months: Floats
    met: Floats

    def only(self, chosen: Bools) -> "Cases":
        return Cases(self.history[chosen], self.months[chosen], self.met[chosen])


def simulate_cases(model: TrendModel, *, seed: int, histories: int) -> Cases:
    """Cases of `histories` series of the prior, each asked on one day with one number of months left.

    Only days on which it is open are asked: neither met yet nor out of the question.
    """
    random = np.random.default_rng(seed)
    parts = list(_of_layouts(random, model, histories))
    whole = Cases(
        np.concatenate([each.history for each in parts]),
        np.concatenate([each.months for each in parts]),
        np.concatenate([each.met for each in parts]),
    )
    now = whole.history[:, -1]
    return whole.only(~np.isnan(whole.history).any(axis=1) & (now < MET) & (now > 0.02))


def _of_layouts(random: np.random.Generator, model: TrendModel, histories: int) -> Iterator[Cases]:
    for _ in range(LAYOUTS):
        gap = int(random.integers(YEAR + FARTHEST, YEAR + FARTHEST + 36))
        layout = Layout(int(random.integers(0, 61)), 12, gap, YEAR)
        counts = simulate_prior(random, layout, histories // LAYOUTS).counts
        first = layout.baseline_end + YEAR
        ends: Ints = np.arange(first, layout.months + 1)
        windows = Windows(ends, YEAR, (layout.baseline_start, layout.baseline_end))
        p = np.round(posterior(model, counts, windows).at_most(FALLS_BY), 3)
        ahead = random.integers(1, FARTHEST + 1, len(p))
        months = (len(ends) - 1 - ahead)[:, None] + np.arange(-YEAR, 1)
        history = np.take_along_axis(p, months, axis=1)
        yield Cases(history, ahead.astype(np.float64), _met(p).astype(np.float64))


def _met(p: Floats) -> Bools:
    """Whether each history (n, g) ends met: at the cut-off, or holding what was achieved in the last three years."""
    strong = p >= MET
    achieved = [achieved_before(each)[-1] for each in strong[:, -REPORTED:]]
    met: Bools = strong[:, -1] | (np.array(achieved) & (p[:, -1] > HOLDS))
    return met


def learn(cases: Cases) -> tuple[float, ...]:
    """Weights of `projecting.signs`."""
    return learnt(signs(cases.history, cases.months), cases.met)
