"""How much simulated events are like real ones: dispersion, memory, season, and how many an event kills.

Numbers are of monthly series of areas and of single events; the same function reads real and simulated ones. How even
a series is and how many of its months are quiet depends on how much happens in it, so that only areas with about as
many events a month are held against one another.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEAST, MOST = 1.0, 3.0  # events a month of a series that is looked at, as of most areas in files of real events
YEAR = 12
SPAN = 5  # years of a series that are looked at: those in which most happened
DEADLY = (2, 5, 25)
LIKE = "like real"


@dataclass(frozen=True)
class Shape:
    """Medians over series, and shares of single events; NaN of what there is none of.

    level        events a month
    dispersion   variance over mean, of the months around their year's mean
    memory       correlation of a month with the next, around the mean of the year
    seasonal     how far the mean of the highest calendar month lies above that of the lowest, over the mean
    quiet        share of months without any event
    deadly       of events that kill, the share that kills at least 2, 5 and 25
    """

    series: int
    level: float
    dispersion: float
    memory: float
    seasonal: float
    quiet: float
    deadly: tuple[float, ...]


@dataclass(frozen=True)
class Verdict:
    """One figure of simulated events, the lowest and the highest of real ones, and what that says."""

    what: str
    simulated: float
    low: float
    high: float
    words: str


ATTACKS = ("fewer such attacks", "more such attacks")
FIGURES: Mapping[str, tuple[Callable[[Shape], float], str, str]] = {
    # name                              a figure of a shape           below all real ones, above all real ones
    "events a month of an area":        (lambda each: each.level,      "calmer areas", "busier areas"),
    "variance over mean":               (lambda each: each.dispersion, "steadier months", "more uneven months"),
    "memory from month to month":       (lambda each: each.memory,     "shorter memory", "longer memory"),
    "season":                           (lambda each: each.seasonal,   "a weaker season", "a stronger season"),
    "quiet months":                     (lambda each: each.quiet,      "fewer quiet months", "more quiet months"),
    "of deadly events, 2 dead or more":  (lambda each: each.deadly[0], *ATTACKS),
    "of deadly events, 5 dead or more":  (lambda each: each.deadly[1], *ATTACKS),
    "of deadly events, 25 dead or more": (lambda each: each.deadly[2], *ATTACKS),
}  # fmt: skip


def verdicts(simulated: Shape, real: Sequence[Shape]) -> Iterator[Verdict]:
    """Every figure in words: whether it lies among those of real files, or on which side of all of them.

    A file without series of this level says nothing of their figures. What no file says anything of is said as such.
    """
    for what, (figure, below, above) in FIGURES.items():
        value, others = figure(simulated), [each for each in map(figure, real) if not np.isnan(each)]
        low, high = (min(others), max(others)) if others else (float("nan"), float("nan"))
        yield Verdict(what, value, low, high, _words(value, low, high, below, above))


def _words(value: float, low: float, high: float, below: str, above: str) -> str:
    if np.isnan(value) or np.isnan(low):
        return "nothing to compare with"
    if low <= value <= high:
        return LIKE
    return f"outside the real range: {below if value < low else above} than in any real file"


def shape(series: Floats, dead: Floats) -> Shape:
    """`series` (n, m): events by month, m a multiple of twelve, beginning in January; `dead`: of each single event."""
    busiest = np.array([_busiest(each) for each in series]).reshape(len(series), -1)
    level = busiest.mean(axis=1)
    wanted = busiest[(level >= LEAST) & (level <= MOST)]
    dead = dead[dead > 0]
    found = np.array([_of_one(each) for each in wanted]) if len(wanted) else np.full((1, 5), np.nan)
    deadly = tuple(float((dead >= least).mean()) if len(dead) else float("nan") for least in DEADLY)
    middle, dispersion, memory, seasonal, quiet = np.median(found, axis=0).tolist()
    return Shape(len(wanted), middle, dispersion, memory, seasonal, quiet, deadly)


def _busiest(counts: Floats) -> Floats:
    """The consecutive years with the most events; all of a series that has no more years."""
    years = counts.reshape(-1, YEAR)
    span = min(SPAN, len(years))
    sums = [float(years[at : at + span].sum()) for at in range(len(years) - span + 1)]
    at = int(np.argmax(sums))
    return years[at : at + span].ravel()


def _of_one(counts: Floats) -> tuple[float, float, float, float, float]:
    years = counts.reshape(-1, YEAR)
    around = (years - years.mean(axis=1, keepdims=True)).ravel()
    mean = float(counts.mean())
    variance = float((around**2).sum() / max(1, len(around) - len(years)))
    memory = float((around[1:] * around[:-1]).mean() / around.var()) if around.any() else 0.0
    by_month = years.mean(axis=0)
    seasonal = float(by_month.max() - by_month.min()) / mean
    return mean, variance / mean, memory, seasonal, float((counts == 0).mean())
