"""Which of many areas stand out, when so many are looked at that some would by chance.

With a probability for each area the share of wrong ones among those named can be held: areas are named from the surest
down for as long as the mean of what their probabilities leave open is within a rate. That holds only if they are
right among many areas of one country, and three things make them too sure there: leaning on the rest of the country
draws areas in which nothing changed towards the few in which it did; few areas change, fewer than among the histories
that the posterior was learnt from; and where violence swings by itself it does so everywhere. So areas are named by
what their own months say, made less sure the more they swing anyway: by chance, and by the habits that the past of all
areas of the country tells. How much less was learnt from simulated countries (`false_discovery_learning.py`, seed 1);
docs/benchmarks.md says what it holds.

Source   Mueller, Parmigiani & Rice (2007), Bayesian Statistics 8 (posterior expected false discovery rate);
         Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, for what it controls;
         DerSimonian & Laird (1986), Controlled Clinical Trials 7, for spread beyond chance.
"""

from collections.abc import Sequence

import numpy as np

from primacy.assessment.rules.grid import Floats
from primacy.assessment.trends.logistic import log_odds, weighted

RATE = 0.10
"""The share of wrong ones among areas named that is held."""
LEFT_OPEN = 0.07
"""What the probabilities of those named may leave open on average: measured, so that `RATE` holds where probabilities
are right on average over countries but not in each kind of country."""
EDGE = 0.001
"""Log odds are read between this and its complement."""
WEIGHTS = (-0.204, 1.42, -1.374, -1.032)
"""Of a constant, the log odds of the area by itself, how much it swings anyway, and both multiplied."""
UNTOLD = 0.8
"""How much an area swings where the past is too short to tell: three areas of four swing less."""
LEAST_VARIANCE = 0.1
DIGITS = 6


def swings(counts: Floats, end: int, length: int) -> Floats:
    """Standard deviation of the log ratio of neighbouring windows of each area where nothing changed.

    It is what chance adds at the area's own mean, and what the habits of the country add to that, which all areas and
    all of the past before the window tell together.

    Shapes   counts (a, m) -> (a,)
    Units    end: the month after the last that is read, where the window begins; length: months of the window
    Missing  a stretch with a month that is NaN is left out; `UNTOLD` where no two neighbours are left, or no month
    """
    stretches = max(end, 0) // length
    past = counts[:, max(end, 0) - stretches * length : max(end, 0)]
    totals = past.reshape(counts.shape[0], stretches, length).sum(axis=2) + 0.5
    ratio = np.log(totals[:, 1:] / totals[:, :-1])
    told = ~np.isnan(ratio)
    if not told.any():
        return np.full(counts.shape[0], UNTOLD)
    chance = (1.0 / totals[:, 1:] + 1.0 / totals[:, :-1])[told]
    weight = 1.0 / (chance + LEAST_VARIANCE)
    habits = max(float((weight * (ratio[told] ** 2 - chance)).sum() / weight.sum()), 0.0)
    months = (~np.isnan(past)).sum(axis=1)
    usual = length * np.nansum(past, axis=1) / np.maximum(months, 1)
    found: Floats = np.where(months > 0, np.round(np.sqrt(habits + 2.0 / (usual + 0.5)), DIGITS), UNTOLD)
    return found


def signs(alone: Floats, swing: Floats) -> Floats:
    """What is read of areas: a constant, the log odds of each by itself, its swing, and both multiplied; (n, 4)."""
    odds = log_odds(alone, EDGE)
    found: Floats = np.stack([np.ones_like(odds), odds, swing, swing * odds], axis=1)
    return found


def among_many(alone: Floats, swing: Floats, weights: tuple[float, ...] = WEIGHTS) -> Floats:
    """P of each area (n,), from P by its own months alone, where it is one of many of a country; NaN stays NaN.

    Never more than P alone; 0 where an area swings so much that the surer it looked the less it would count.
    """
    total = weighted(signs(alone, swing), weights)
    p = np.minimum(np.round(1.0 / (1.0 + np.exp(-total)), DIGITS), alone)
    found: Floats = np.where((weights[1] + weights[3] * swing > 0.0) | np.isnan(alone), p, 0.0)
    return found


def discoveries(probabilities: Sequence[float], rate: float = LEFT_OPEN) -> list[int]:
    """Places of the largest set of which at most `rate` is expected to be wrong, in the order given; NaN is never one.

    Raises   ValueError if the rate is not between 0 and 1
    """
    if not 0 < rate < 1:
        raise ValueError(f"a rate of false discoveries lies between 0 and 1, not {rate}")
    known = [place for place, p in enumerate(probabilities) if p == p]
    surest_first = sorted(known, key=lambda place: (-probabilities[place], place))
    named, left_open = 0, 0.0
    for count, place in enumerate(surest_first, 1):
        left_open += 1.0 - probabilities[place]
        if left_open / count <= rate + 1e-9:
            named = count
    return sorted(surest_first[:named])
