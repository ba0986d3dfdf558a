"""Have events ceased? The posterior of the underlying count in a window, with the over-dispersion it has shown."""

import math

import numpy as np

from primacy.assessment.trends.simulation import LONGEST_HISTORY, Floats
from primacy.assessment.trends.trend_posterior import DIGITS, Windows

YEAR = 12
MEDIAN = 2.0 / 3.0
"""At most n events are as likely as not where n + 2/3 are expected (Choi 1994, Proc. Amer. Math. Soc. 121)."""
FEWEST_MONTHS = 6
MOST_MEMORY = 0.8
LARGE_SHAPE = 2000.0


def ceases_probability(counts: Floats, windows: Windows, at_most: float, exposure: Floats | None = None) -> Floats:
    """P(the underlying level of each window is one at which at most `at_most` events are at least as likely as not).

    `at_most` is in events per window. The level is the expected count; gamma posterior from the prior of Jeffreys, its
    counts divided by the factor by which chance is multiplied at that level (negative binomial, with short memory). The
    factor is learnt from the window and up to five years before it, so it uses no month after the window's end. No
    event in the window gives about 0.75 for `at_most` 0 in any length of window: silence alone never proves an end.

    Shapes   counts (s, m), exposure (m,) -> (s, g)
    Units    exposure: the share of a month's events that is known; all of them where it is not given
    Missing  NaN where a month of the window is not covered or the window begins before the history.
    Raises   ValueError if `at_most` is negative.
    """
    if at_most < 0:
        raise ValueError(f"a number of events is not negative: {at_most}")
    probability = np.full((counts.shape[0], windows.ends.shape[0]), np.nan)
    for column, end in enumerate(windows.ends.tolist()):
        start = end - windows.length
        if start < 0 or end > counts.shape[1]:
            continue
        for row in np.flatnonzero(~np.isnan(counts[:, start:end]).any(axis=1)).tolist():
            history = counts[row, max(0, end - max(LONGEST_HISTORY, windows.length)) : end]
            known = 1.0 if exposure is None else float(exposure[start:end].sum() / windows.length)
            probability[row, column] = _at_most(history, windows.length, at_most, known)
    return probability


def unless_clustered(seen: float, at_most: float) -> float:
    """The same probability of a window in which all is known, had events come one by one and never in bursts."""
    return round(gamma_share(0.5 + seen, at_most + MEDIAN), DIGITS)


def quiet_months(counts: Floats, end: int, length: int, at_most: float, asked: float) -> int | None:
    """With how many more months without any event the probability is as high as asked; None: not in five years."""
    longer = np.concatenate([counts[:end], np.zeros(LONGEST_HISTORY)])
    windows = Windows(np.arange(end + 1, end + LONGEST_HISTORY + 1), length)
    shown = np.flatnonzero(ceases_probability(longer[None, :], windows, at_most)[0].round(3) >= asked)
    return int(shown[0]) + 1 if len(shown) else None


def _at_most(history: Floats, length: int, at_most: float, known: float) -> float:
    seen = float(history[-length:].sum())
    level = (max(seen, at_most) + 0.5) / length
    excess, memory = _clustering(history)
    blur = (1.0 + excess * level) * (1.0 + memory) / (1.0 - memory)
    return round(gamma_share(0.5 + seen / blur, (at_most + MEDIAN) * known / blur), DIGITS)


def _clustering(history: Floats) -> tuple[float, float]:
    """Excess of the negative binomial (1 / size) and month-to-month correlation, by moments around yearly means."""
    covered = history[~np.isnan(history)]
    blocks = [covered[max(0, end - YEAR) : end] for end in range(covered.shape[0], 0, -YEAR)]
    blocks = [block for block in blocks if block.shape[0] >= FEWEST_MONTHS and block.sum() > 0]
    if not blocks:
        return 0.0, 0.0
    squares = sum(float(block.var(ddof=1)) * block.shape[0] for block in blocks)
    chance = sum(float(block.sum()) for block in blocks)
    level = sum(float(block.mean()) ** 2 * block.shape[0] for block in blocks)
    products = sum(float(((block[1:] - block.mean()) * (block[:-1] - block.mean())).sum()) for block in blocks)
    spread = sum(float(((block - block.mean()) ** 2).sum()) for block in blocks)
    memory = products / spread + 1.0 / YEAR if spread > 0 else 0.0
    return max((squares - chance) / level, 0.0), min(max(memory, 0.0), MOST_MEMORY)


def gamma_share(shape: float, upto: float) -> float:
    """P(X <= upto) for a gamma variable of this shape and scale 1: the regularised lower incomplete gamma function.

    Source   Abramowitz & Stegun (1964) 6.5.29 (series) and 6.5.31 (continued fraction); Wilson & Hilferty (1931)
             for large shapes.
    """
    if upto <= 0:
        return 0.0
    if shape > LARGE_SHAPE:
        ninth = 1.0 / (9.0 * shape)
        return 0.5 * math.erfc(-((upto / shape) ** (1.0 / 3.0) - 1.0 + ninth) / math.sqrt(2.0 * ninth))
    front = math.exp(shape * math.log(upto) - upto - math.lgamma(shape))
    return front * _series(shape, upto) if upto < shape + 1.0 else 1.0 - front * _fraction(shape, upto)


def _series(shape: float, upto: float) -> float:
    term = total = 1.0 / shape
    step = shape
    while term > total * 1e-15:
        step += 1.0
        term *= upto / step
        total += term
    return total


def _fraction(shape: float, upto: float) -> float:
    """Continued fraction by the method of Lentz."""
    b = upto + 1.0 - shape
    c, d = 1e300, 1.0 / b
    value = d
    for number in range(1, 1000):
        a = -number * (number - shape)
        b += 2.0
        d = 1.0 / (a * d + b)
        c = b + a / c
        value *= c * d
        if abs(c * d - 1.0) < 1e-15:
            break
    return value
