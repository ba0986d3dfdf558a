"""The oracle: who knows the parameters of the fixed simulator computes the posterior itself, by numerical Bayes.

The disturbance is a hidden chain on a grid (Tauchen 1986, Economics Letters 20); likelihoods are summed over all its
paths by the forward and backward recursions (Rabiner 1989, Proceedings of the IEEE 77). No method that has to learn
dispersion, memory and spread from the series itself can do better on average.
"""

import math

import numpy as np

from primacy.assessment.trends.simulation import LARGE_CHANGES, SMALL_CHANGES, Floats, Regime

YEAR = 12
STATES = 25
WIDEST = 3.5
"""The grid of the disturbance reaches so many of its standard deviations to each side."""
CHANGES = np.linspace(-5.0, 5.0, 101)
LEVELS = np.linspace(-2.4, 2.4, 41)
"""Log ratios that are weighed, and logs of the level over the regime's mean where the level is not known either."""


def fell(counts: Floats, regime: Regime, *, level_known: bool) -> Floats:
    """P(the level of the last twelve months is at most 0.8 of that before), (n,), for counts (n, months).

    `level_known`: whether even the mean is told. The prior on the change is that of the prior simulator.
    """
    grid = _grid(regime)
    levels = np.zeros(1) if level_known else LEVELS
    most = int(counts.max())
    before = _before(counts[:, :-YEAR].astype(int), regime, levels, grid, most)
    said = np.empty(counts.shape[0])
    wide = CHANGES if level_known else np.linspace(LEVELS[0] + CHANGES[0], LEVELS[-1] + CHANGES[-1], 149)
    after = _after(counts[:, -YEAR:].astype(int), regime, wide, grid, most)
    prior = _neutral(wide[None, :] - levels[:, None])
    low = wide[None, :] - levels[:, None] <= math.log(0.8)
    for row in range(counts.shape[0]):
        weight = (before[row] @ after[row].T) * prior
        said[row] = weight[low].sum() / weight.sum()
    return said


def _neutral(change: Floats) -> Floats:
    """Density of the change in the prior simulator: hardly any, ordinary, very large."""
    shares = ((SMALL_CHANGES, 0.06), (LARGE_CHANGES, 2.0), (1.0 - SMALL_CHANGES - LARGE_CHANGES, 1.0))
    # A grid step is wider than the small changes: they are widened to it, well inside what is no fall.
    return sum(  # type: ignore[return-value]
        share * np.exp(-0.5 * (change / max(spread, 0.08)) ** 2) / max(spread, 0.08) for share, spread in shares
    )


def _grid(regime: Regime) -> tuple[Floats, Floats, Floats]:
    """States of the disturbance (k,), chances at the start (k,), and chances from one month to the next (k, k)."""
    states = np.linspace(-WIDEST, WIDEST, STATES) * regime.disturbance
    start = np.exp(-0.5 * (states / regime.disturbance) ** 2)
    innovation = regime.disturbance * math.sqrt(1.0 - regime.memory**2)
    step = np.exp(-0.5 * ((states[None, :] - regime.memory * states[:, None]) / innovation) ** 2)
    return states, start / start.sum(), step / step.sum(axis=1, keepdims=True)


def _likelihood(regime: Regime, levels: Floats, states: Floats, most: int) -> Floats:
    """Negative-binomial chance of each count, (most + 1, levels, states), each count scaled by its greatest."""
    mean = regime.mean * np.exp(levels[:, None] + states[None, :] - regime.disturbance**2 / 2)
    count = np.arange(most + 1)[:, None, None]
    logs = regime.size * np.log(regime.size / (regime.size + mean)) + count * np.log(mean / (regime.size + mean))
    return np.exp(logs - logs.max(axis=(1, 2), keepdims=True))  # type: ignore[no-any-return]


def _before(
    counts: np.ndarray, regime: Regime, levels: Floats, grid: tuple[Floats, Floats, Floats], most: int
) -> Floats:
    """Joint chance of the months before the window, each level, and each state (n, levels, k) just before it."""
    states, start, step = grid
    table = _likelihood(regime, levels, states, most)
    joint = np.broadcast_to(start, (counts.shape[0], levels.shape[0], STATES))
    for month in range(counts.shape[1]):
        joint = (joint @ step if month else joint) * table[counts[:, month]]
        joint = joint / joint.max(axis=(1, 2), keepdims=True)
    return joint


def _after(
    counts: np.ndarray, regime: Regime, levels: Floats, grid: tuple[Floats, Floats, Floats], most: int
) -> Floats:
    """Chance of the window's months, given each level in it and each state in the month before it (n, levels, k)."""
    states, _, step = grid
    table = _likelihood(regime, levels, states, most)
    chance = np.ones((counts.shape[0], levels.shape[0], STATES))
    for month in reversed(range(counts.shape[1])):
        chance = (chance * table[counts[:, month]]) @ step.T
        chance = chance / chance.max(axis=(1, 2), keepdims=True)
    return chance
