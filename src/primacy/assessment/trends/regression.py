"""Regression to the mean: how much fewer a series shows after a peak though nothing was done about it.

Who compares with a baseline at the height of violence gets a part of the fall for nothing: chance and short memory
fade, crises end by themselves. Part of a peak stays, because levels also jump and stay. How much comes back was read
from histories of the prior simulator whose level moves only as levels move by themselves (`simulate_prior`, not
changing): of a peak |z| above the months before it, on the log scale, the share 1 / (1 + KEPT |z| / noise^POWER) is
gone on average in the window, where `noise` is by how much chance and memory alone blur the mean of the baseline.

Source   Galton (1886), Journal of the Anthropological Institute 15; Barnett, van der Pols & Dobson (2005),
         International Journal of Epidemiology 34, on what it does to before-and-after comparisons.
"""

import numpy as np

from primacy.assessment.trends.simulation import LONGEST_HISTORY, Floats
from primacy.assessment.trends.trend_features import Bools

KEPT, POWER = 0.67, 0.7
"""Least squares of the log ratio of window to baseline on 400 layouts of 300 histories, those at a peak."""
LEAST_NOISE = 0.03
FEWEST_MONTHS = 12
YEAR = 12
PEAK = 0.9
"""A baseline is called a peak where at least a tenth would go away by itself."""
DIGITS = 6


def unchanged_ratio(counts: Floats, effort: Floats | None, baseline: tuple[int, int]) -> float | None:
    """The ratio to the baseline that an unchanged series with this history shows on average; None where less than a
    year before the baseline is known. Only months before and in the baseline are read.

    Shapes   counts (m,), effort (m,) or None
    Units    counts: events a month; effort: any unit
    Missing  NaN is a month not covered
    """
    start, end = baseline
    first = max(0, start - LONGEST_HISTORY)
    if not 0 <= start < end <= len(counts):
        return None
    looked = np.ones(len(counts)) if effort is None else effort
    events, exposure = counts[first:end], looked[first:end]
    covered = ~np.isnan(events) & ~np.isnan(exposure) & (exposure > 0)
    before = covered[: start - first]
    if before.sum() < FEWEST_MONTHS or not covered[start - first :].all():
        return None
    events = np.where(covered, events, 0.0)
    exposure = np.where(covered, exposure / exposure[covered].mean(), 0.0)
    above = _log_rate(events[start - first :], exposure[start - first :])
    peak = above - _log_rate(events[: start - first], exposure[: start - first])
    blur = max(_noise(events, exposure, covered, start - first, above), LEAST_NOISE)
    return round(float(np.exp(-peak / (1.0 + KEPT * abs(peak) / blur**POWER))), DIGITS)


def _log_rate(events: Floats, exposure: Floats) -> float:
    return float(np.log((events.sum() + 0.5) / exposure.sum()))


def _noise(events: Floats, exposure: Floats, covered: Bools, start: int, log_rate: float) -> float:
    """Standard deviation of the baseline's log mean by chance and short memory, as months move around yearly means."""
    rates = np.divide(events, exposure, out=np.zeros_like(events), where=exposure > 0)
    roots = 2.0 * np.sqrt(rates + 0.375)
    squares = products = freedom = 0.0
    for first, last in _years(start, len(events)):
        inside = covered[first:last]
        if not inside.any():
            continue
        residuals = np.where(inside, roots[first:last] - roots[first:last][inside].mean(), 0.0)
        squares += float((residuals**2).sum())
        products += float((residuals[1:] * residuals[:-1]).sum())
        freedom += max(float(inside.sum()) - 1.0, 0.0)
    spread = (squares + 1.0) / (freedom + 1.0)
    memory = min(max(products / (squares + 2.0) + 1.0 / YEAR, 0.0), 0.8)
    months, rate = len(events) - start, max(float(np.exp(log_rate)), 0.05)
    return float(np.sqrt(spread * (1.0 + memory) / (1.0 - memory) / months / rate))


def _years(start: int, end: int) -> list[tuple[int, int]]:
    """The baseline, and the years before it cut backwards from where it starts."""
    edges = sorted({0, *range(start, 0, -YEAR)})
    return [*zip(edges, [*edges[1:]], strict=False), (start, end)]
