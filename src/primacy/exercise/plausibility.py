"""How much simulated events are like real ones: dispersion, memory, season, and how many an event kills.

Numbers are of monthly series of whole areas and of single events; the same function reads real and simulated ones.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEAST = 1.0  # events a month below which a series says nothing of its shape
YEAR = 12
DEADLY = (1, 5, 25)


@dataclass(frozen=True)
class Shape:
    """Medians over series, and shares of single events.

    dispersion   variance over mean, of the months around their year's mean
    memory       correlation of a month with the next, around the mean of the year
    seasonal     how far the mean of the highest calendar month lies above that of the lowest, over the mean
    quiet        share of months without any event
    deadly       share of events that kill at least 1, 5 and 25
    """

    series: int
    dispersion: float
    memory: float
    seasonal: float
    quiet: float
    deadly: tuple[float, ...]


def shape(series: Floats, dead: Floats) -> Shape:
    """`series` (n, m): events by month, m a multiple of twelve, beginning in January; `dead`: of each single event."""
    wanted = series[series.mean(axis=1) >= LEAST]
    found = np.array([_of_one(each) for each in wanted]) if len(wanted) else np.full((1, 4), np.nan)
    deadly = tuple(float((dead >= least).mean()) if len(dead) else float("nan") for least in DEADLY)
    middle = np.median(found, axis=0)
    dispersion, memory, seasonal, quiet = middle.tolist()
    return Shape(len(wanted), dispersion, memory, seasonal, quiet, deadly)


def _of_one(counts: Floats) -> tuple[float, float, float, float]:
    years = counts.reshape(-1, YEAR)
    around = (years - years.mean(axis=1, keepdims=True)).ravel()
    mean = float(counts.mean())
    variance = float((around**2).sum() / max(1, len(around) - len(years)))
    memory = float((around[1:] * around[:-1]).mean() / around.var()) if around.any() else 0.0
    by_month = years.mean(axis=0)
    return variance / mean, memory, float(by_month.max() - by_month.min()) / mean, float((counts == 0).mean())
