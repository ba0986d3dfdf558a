"""Trends of areas: each area's change is drawn towards that of the rest of the country, as far as the areas agree.

A small area's own history says little; that of the others says what is likely. Two-level normal model on log ratios
(Rubin 1981, Journal of Educational Statistics 6; Efron & Morris 1975, JASA 70): the change of an area is that of the
rest plus a deviation of its own, whose spread between areas is learnt from all of them under a half-normal prior
(Gelman 2006, Bayesian Analysis 1) and summed over rather than fixed. The rest leaves the area itself out, so that no
event counts twice.
"""

import math
from dataclasses import dataclass

import numpy as np

from primacy.assessment.trends.simulation import Floats
from primacy.assessment.trends.trend_features import Bools
from primacy.assessment.trends.trend_posterior import DIGITS, TrendModel, TrendPosterior, Windows, posterior

BETWEEN_AREAS = (0.45, 0.6, 0.8, 1.0, 1.3)
"""Standard deviations of the areas' own deviations that are weighed. Less is left out: an area's own posterior already
draws towards no change, so that areas always look more alike than they are, and intervals would come out too narrow."""
STEPS = (0.15, 0.175, 0.2, 0.25, 0.3)
TYPICAL_BETWEEN = 0.5
BEYOND = 0.3
"""Where the mass outside the outermost thresholds is taken to lie, on the log scale."""
LEAST_INFORMATION = 0.02
LEAST_VARIANCE = 1e-6  # of a posterior whose whole mass lies between two thresholds
LEAST_SHARE = 1e-9


@dataclass(frozen=True)
class _Normal:
    """Mean and variance of log ratios, each (a, g)."""

    mean: Floats
    variance: Floats


@dataclass(frozen=True)
class Pooled:
    """Of each area what its own months say, and the same informed by the other areas."""

    own: TrendPosterior
    leaning: TrendPosterior


def pooled(model: TrendModel, counts: Floats, windows: Windows, exposure: Floats | None = None) -> Pooled:
    """Posterior of each area's ratio, informed by the other areas. Same meaning and shapes as `posterior`.

    An area stands on its own where it is the only one, or where the rest is not known at that window.

    Shapes   counts (a, m), exposure (a, m), the same in all areas -> (a, g)
    Missing  NaN is a month not covered; the rest is not covered in a month that any area with coverage lacks.
    """
    both_sides = None if exposure is None else np.concatenate([exposure, exposure])
    own, rest = _halves(posterior(model, np.concatenate([counts, _rest(counts)]), windows, both_sides))
    both: Bools = np.array(own.known & rest.known, dtype=np.bool_)
    if counts.shape[0] < 2 or not both.any():
        return Pooled(own, own)
    observed = _without_prior(_moments(own), model, windows)
    others = _moments(rest)
    logits = own.logits.copy()
    for column in np.flatnonzero(both.any(axis=0)).tolist():
        rows = both[:, column]
        logits[rows, column] = _logits(
            _Normal(observed.mean[rows, column], observed.variance[rows, column]),
            _Normal(others.mean[rows, column], others.variance[rows, column]),
            own.thresholds,
        )
    return Pooled(own, TrendPosterior(own.known, own.observed, own.thresholds, logits))


def _halves(both: TrendPosterior) -> tuple[TrendPosterior, TrendPosterior]:
    size = both.known.shape[0] // 2
    return both.only(slice(size)), both.only(slice(size, None))


def _rest(counts: Floats) -> Floats:
    """For each area the sum of all others (a, m); areas that are never covered are left out."""
    ever: Bools = np.logical_not(np.isnan(counts).all(axis=1))
    total = counts[ever].sum(axis=0)
    rest: Floats = np.where(ever[:, None], total - counts, total)
    return rest if ever.sum() > 1 else np.full(counts.shape, np.nan)


def _moments(posterior_: TrendPosterior) -> _Normal:
    """Mean and variance of each posterior, its mass taken to lie midway between thresholds."""
    places = posterior_.thresholds
    middles = np.concatenate([[places[0] - BEYOND], (places[1:] + places[:-1]) / 2, [places[-1] + BEYOND]])
    below = 1.0 / (1.0 + np.exp(-np.clip(posterior_.logits, -40.0, 40.0)))
    edges = np.concatenate([np.zeros((*below.shape[:-1], 1)), below, np.ones((*below.shape[:-1], 1))], axis=-1)
    mass = np.diff(edges, axis=-1)
    mean = (mass * middles).sum(axis=-1)
    variance = (mass * (middles - mean[..., None]) ** 2).sum(axis=-1)
    return _Normal(mean, np.maximum(variance, LEAST_VARIANCE))


def _without_prior(own: _Normal, model: TrendModel, windows: Windows) -> _Normal:
    """What the area's own history says, without the neutral prior that the model has built in."""
    middles = [end - windows.length / 2 - sum(windows.baseline(end)) / 2 for end in windows.ends.tolist()]
    prior = model.prior_variance[0] + model.prior_variance[1] * np.maximum(np.array(middles), 0.0)
    information = np.maximum(1.0 / own.variance - 1.0 / prior, LEAST_INFORMATION)
    return _Normal(own.mean / own.variance / information, 1.0 / information)


def _logits(observed: _Normal, others: _Normal, places: Floats) -> Floats:
    """Log odds of each area's ratio at or below each threshold (a, k), summed over the spread between areas."""
    between = np.array(BETWEEN_AREAS)
    prior = others.variance[:, None] + between**2
    total = observed.variance[:, None] + prior
    fit = -0.5 * (np.log(total) + (observed.mean - others.mean)[:, None] ** 2 / total)
    heights: Floats = fit.sum(axis=0) - 0.5 * (between / TYPICAL_BETWEEN) ** 2 + np.log(STEPS)
    chances = np.exp(heights - heights.max())
    weights = (chances / chances.sum()).tolist()
    share = prior / total
    mean = others.mean[:, None] + share * (observed.mean - others.mean)[:, None]
    spread = np.sqrt(share * observed.variance[:, None])
    below: Floats = np.zeros((observed.mean.shape[0], places.shape[0]))
    for number in range(between.shape[0]):
        below += weights[number] * _normal_share((places - mean[:, number, None]) / spread[:, number, None])
    inside = np.minimum(np.maximum(below, LEAST_SHARE), 1.0 - LEAST_SHARE)
    odds: Floats = np.log(inside / (1.0 - inside)).astype(np.float64)
    return np.round(odds, DIGITS)


def _normal_share(place: Floats) -> Floats:
    """The standard normal distribution function."""
    halves = [0.5 * math.erfc(-value / math.sqrt(2.0)) for value in place.ravel().tolist()]
    return np.array(halves).reshape(place.shape)
