"""Exact probabilities that a share reaches a threshold: over known items, over a sample, over weighted areas."""

import math

import numpy as np

from primacy.assessment.rules.grid import Floats


def needed_for(share: float, items: int) -> int:
    """The least count that makes the share: 80 % of 7 is 6, whatever the rounding of the threshold."""
    return math.ceil(share * items - 1e-9)


def more_than(share: float, items: int) -> int:
    """The least count above the share: more than 20 % of 10 is 3."""
    return math.floor(share * items + 1e-9) + 1


def at_least_weight(passes: Floats, weights: Floats, share: float) -> Floats:
    """P(areas that pass hold at least `share` of the weight). Shapes: passes (n, g), weights (n,) -> (g,).

    As sure as the least sure of the areas that it takes, the surest taken first; see `Items.at_least`.
    """
    order = np.argsort(-passes, axis=0, kind="stable")
    held = np.cumsum(weights[order], axis=0)
    enough = held >= share * weights.sum() - 1e-9 * weights.sum()
    first = np.argmax(enough, axis=0)
    columns = np.arange(passes.shape[1])
    return np.where(enough.any(axis=0), passes[order[first, columns], columns], 0.0)


def sample_share_at_least(successes: float, size: float, share: float) -> float:
    """P(true share >= share) after `successes` of `size`, with the prior Beta(1/2, 1/2) (Jeffreys)."""
    if share <= 0.0:
        return 1.0
    if share >= 1.0:
        return 0.0
    return 1.0 - beta_at_most(share, successes + 0.5, size - successes + 0.5)


def beta_at_most(x: float, a: float, b: float) -> float:
    """Distribution function of Beta(a, b) at x, by its continued fraction.

    Source   Abramowitz & Stegun 26.5.8, evaluated by Lentz's method.
    """
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    if x > (a + 1.0) / (a + b + 2.0):
        return 1.0 - beta_at_most(1.0 - x, b, a)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(log_front) / a * _beta_fraction(x, a, b)


def _beta_fraction(x: float, a: float, b: float) -> float:
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    result = d
    for m in range(1, 400):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0)),
        ):
            d = 1.0 + numerator * d
            d = 1.0 / (d if abs(d) > tiny else tiny)
            c = 1.0 + numerator / c
            c = c if abs(c) > tiny else tiny
            result *= d * c
        if abs(d * c - 1.0) < 1e-12:
            break
    return result


def normal_at_least(value: Floats, error: Floats, threshold: float) -> Floats:
    """P(true value >= threshold) of an estimate with its standard error; error 0 gives 0 or 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(error > 0, (value - threshold) / error, np.where(value >= threshold, np.inf, -np.inf))
    return np.array(
        [0.5 * math.erfc(-at / math.sqrt(2.0)) if math.isfinite(at) else float(at > 0) for at in z.tolist()]
    )
