"""Counts that are not exactly known, drawn a few times: deaths between low and high, months still being reported.

Multiple imputation (Rubin 1987, Multiple Imputation for Nonresponse in Surveys): each draw is one complete history that
could be true; every draw is judged and the probabilities are averaged, so that a wide range makes a finding less sure.
Draws are not left to chance. In each quarter of a year they are spread evenly over the range, in an order that differs
from quarter to quarter (Latin hypercube; McKay, Beckman & Conover 1979, Technometrics 21): the errors of one quarter go
together, because the same sources tell of the same fighting, and those of different quarters do not.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from statistics import NormalDist

import numpy as np

from primacy.assessment.indicators.reading import Reading
from primacy.assessment.indicators.still_reported import StillReported
from primacy.assessment.rules.grid import Floats
from primacy.assessment.trends.trend_posterior import TrendPosterior

DRAWS = 8
QUARTER = 3
CLUSTERING = 5.0
"""Variance over mean of monthly counts: so many events tell as much as one that stands alone."""
DIGITS = 9
LEAST_SHARE = 0.02


@dataclass(frozen=True)
class Draw:
    """One history that could be true (m,), and the share of its events that is known where not all are."""

    counts: Floats
    exposure: Floats | None


def draws(reading: Reading, counts: Floats, *, area: str | None = None) -> tuple[Draw, ...]:
    """The histories that a series could be; the series alone where it is exactly known.

    Shapes   counts (m,): as counted, NaN where not covered
    """
    ranges = _ranges(reading, area)
    partly = reading.still_reported(area=area)
    if ranges is None and partly is None:
        return (Draw(counts, None),)
    first = reading.round.first_month
    found = []
    for number in range(DRAWS):
        drawn = counts
        if ranges is not None:
            places = np.array([place(first + month, number) for month in range(len(counts))])
            drawn = np.where(np.isnan(counts), np.nan, triangle(*ranges, places))
        found.append(Draw(drawn, None if partly is None else _exposure(partly, number)))
    return tuple(found)


def _ranges(reading: Reading, area: str | None) -> tuple[Floats, Floats, Floats] | None:
    """Low, best and high by month; None where no estimate has a range, as counts of events never have."""
    if reading.nature != "event" or reading.indicator.measure in (None, "events"):
        return None
    best = reading.monthly(area=area)
    low, high = reading.monthly(column="low", area=area), reading.monthly(column="high", area=area)
    low, high = np.minimum(low, best), np.maximum(high, best)
    return (low, best, high) if (low < high).any() else None


def triangle(low: Floats, mode: Floats, high: Floats, places: Floats) -> Floats:
    """The quantile of a triangular distribution; the value itself where low equals high."""
    width = np.where(high > low, high - low, 1.0)
    rising = low + np.sqrt(places * width * (mode - low))
    falling = high - np.sqrt((1.0 - places) * width * (high - mode))
    inside = np.where(places * width < mode - low, rising, falling)
    drawn: Floats = np.where(high > low, inside, mode)
    return np.round(drawn, DIGITS)


def place(month: int, draw: int) -> float:
    """Where in its range a month lies in a draw, between 0 and 1: each of the draws once in every quarter."""
    return (_order(month // QUARTER)[draw] + 0.5) / DRAWS


@cache
def _order(quarter: int) -> tuple[int, ...]:
    """An order of the draws that is the quarter's own, and the same on every machine."""
    keys = [hashlib.sha256(f"{quarter}:{number}".encode()).digest() for number in range(DRAWS)]
    return tuple(sorted(range(DRAWS), key=keys.__getitem__))


@cache
def _normal_places() -> tuple[float, ...]:
    return tuple(round(NormalDist().inv_cdf((number + 0.5) / DRAWS), 6) for number in range(DRAWS))


def _exposure(partly: StillReported, draw: int) -> Floats:
    """The share known of each month in one draw: the estimate, and on the logistic scale as much more or less as an
    estimate from so many events may be wrong. What is wrong in it is wrong in all months alike."""
    share = np.clip(partly.share, LEAST_SHARE, 1.0)
    open_ = share < 1.0
    inner = np.where(open_, share, 0.5)
    size = np.maximum(partly.events / CLUSTERING, 1.0)
    spread = 1.0 / np.sqrt(size * inner * (1.0 - inner))
    odds = inner / (1.0 - inner) * np.exp(_normal_places()[draw] * spread)
    exposure: Floats = np.where(open_, odds / (1.0 + odds), 1.0)
    return np.round(exposure, DIGITS)


def together(
    of_areas: Mapping[str, Sequence[Draw]], groups: Sequence[Sequence[str]], partly: StillReported | None
) -> tuple[Draw, ...]:
    """The histories of many areas at once, counts (a, m) of each group summed; what is known is that of the country."""
    several = partly is not None or any(len(each) > 1 for each in of_areas.values())
    found = []
    for number in range(DRAWS if several else 1):
        drawn = {code: each[number % len(each)].counts for code, each in of_areas.items()}
        counts = np.array([sum(drawn[code] for code in group) for group in groups])
        found.append(Draw(counts, None if partly is None else _exposure(partly, number)))
    return tuple(found)


def judged(histories: Sequence[Draw], judge: Callable[[Draw], TrendPosterior]) -> TrendPosterior:
    """The posterior over all draws: the mean of their probabilities, and of the ratios observed in them."""
    return averaged([judge(each) for each in histories])


def averaged(found: Sequence[TrendPosterior]) -> TrendPosterior:
    """The mean of several that are as likely as one another; known where the first is."""
    if len(found) == 1:
        return found[0]
    first = found[0]
    below = reduce(np.add, [1.0 / (1.0 + np.exp(-np.clip(each.logits, -40.0, 40.0))) for each in found]) / len(found)
    inside = np.clip(below, 1e-9, 1.0 - 1e-9)
    logits = np.round(np.log(inside / (1.0 - inside)), DIGITS)
    observed = np.round(reduce(np.add, [each.observed for each in found]) / len(found), DIGITS)
    return TrendPosterior(first.known, observed, first.thresholds, np.maximum.accumulate(logits, axis=-1))
