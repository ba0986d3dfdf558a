"""Learns the strengths of the prior from real series: they are moved until simulated series look like the real ones.

What is compared are moments in which each habit shows: how far neighbouring months differ (clustering), how much
farther months a quarter apart differ (disturbance), how alike near months are (memory), how alike months are over the
whole history and how far years lie apart (wandering), and how many months of busy years are empty (silence).

Method   Simulated moments (McFadden 1989, Econometrica 57; Gouriéroux, Monfort & Renault 1993, Journal of Applied
         Econometrics 8) with a normal prior on the strengths around the shipped ones: few series have uncertain
         moments, so they move little. For moments of clustered counts see Zeger (1988), Biometrika 75.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from primacy.assessment.trends.prior import SHIPPED, Prior
from primacy.assessment.trends.simulation import Floats, simulate_series

YEAR = 12
LEAST_MEAN, BUSY_MEAN, FEWEST_YEARS = 1.0, 3.0, 3
"""Events a month in a year that is read, and in one whose empty months count; the years that a series needs."""
LONGEST = 20 * YEAR
"""Months that are read of a series, the latest: what is older belongs to another time."""
SEED = 20
SIMULATED = 2000
"""Simulated series, about, that stand beside the real ones."""
ROUNDS = 4
ALIKE = 2.0
"""Areas of one country share their weather: two of them are taken to tell what one tells."""
LOOSE = {"size": 0.5, "memory": 0.6, "disturbance": 0.35, "wandering": 0.3, "silent": 0.1}
"""Standard deviation of each strength around the shipped one: of its logarithm; of log odds (memory); of a share."""
FARTHEST = 2.0
"""No strength leaves the shipped one by more than so many of those standard deviations: beyond lies no experience."""
HABITS = tuple(each.name for each in fields(Prior))


@dataclass(frozen=True)
class Learnt:
    """The learnt prior, and what it rests on: how many series, and their years with an event a month or more."""

    prior: Prior
    series: int
    years: int


def learn(series: Sequence[Floats], shipped: Prior = SHIPPED) -> Learnt:
    """The prior of these series, each of events a month (months,), NaN where not covered: the same for the same series.

    Only the longest covered stretch of each is read, in whole years. Without a usable series it is the shipped prior.
    """
    usable = [stretch for stretch in map(_whole_years, series) if _years_read(stretch) >= FEWEST_YEARS]
    if not usable:
        return Learnt(shipped, 0, 0)
    wanted, certain = _averaged([_moments(each[None, :]) for each in usable])
    origin, loose = _place_of(shipped), np.array([LOOSE[name] for name in HABITS])
    slopes = np.stack([_slope(origin, step, usable) for step in np.diag(loose)])
    place = origin
    for _ in range(ROUNDS):
        now, spread = _simulated(place, usable)
        trust = certain / (ALIKE * np.maximum(spread, 1e-3) ** 2)
        pull = slopes @ (trust * (wanted - now)) + (origin - place) / loose**2
        stiff = (slopes * trust) @ slopes.T + np.diag(1.0 / loose**2)
        moved = place + np.linalg.solve(stiff, pull)
        place = np.clip(moved, origin - FARTHEST * loose, origin + FARTHEST * loose)
        place[-1] = max(place[-1], 0.0)
    return Learnt(_rounded(_prior_at(place)), len(usable), sum(map(_years_read, usable)))


def _slope(origin: Floats, step: Floats, usable: list[Floats]) -> Floats:
    """How much each moment changes with one strength (moments,); a share that is 0 is stepped up alone."""
    below = origin if step[-1] > origin[-1] else origin - step
    difference = _simulated(origin + step, usable)[0] - _simulated(below, usable)[0]
    slope: Floats = difference / (origin + step - below).sum()
    return slope


def _place_of(prior: Prior) -> Floats:
    """The strengths where steps are free: logarithms, log odds of the memory, the share of silence itself."""
    odds = prior.memory / (1.0 - prior.memory)
    logs = np.log([prior.size, odds, prior.disturbance, prior.wandering])
    return np.append(logs, prior.silent)


def _prior_at(place: Floats) -> Prior:
    size, odds, disturbance, wandering = np.exp(place[:-1]).tolist()
    return Prior(size, odds / (1.0 + odds), disturbance, wandering, max(float(place[-1]), 0.0))


def _rounded(prior: Prior) -> Prior:
    """Three significant digits of each: more nobody learns from a few decades."""
    return Prior(*(float(f"{getattr(prior, name):.2e}") for name in HABITS))


def _whole_years(counts: Floats) -> Floats:
    """The longest stretch of covered months, cut to whole years that end with it."""
    covered = np.concatenate([[False], ~np.isnan(counts), [False]])
    edges = np.flatnonzero(covered[1:] != covered[:-1])
    if not edges.shape[0]:
        return np.zeros(0)
    starts, ends = edges[::2], edges[1::2]
    longest = int((ends - starts).argmax())
    months = min(int(ends[longest] - starts[longest]), LONGEST) // YEAR * YEAR
    return counts[int(ends[longest]) - months : int(ends[longest])]


def _years_read(counts: Floats) -> int:
    return int((counts.reshape(-1, YEAR).mean(axis=1) >= LEAST_MEAN).sum())


def _simulated(place: Floats, usable: list[Floats]) -> tuple[Floats, Floats]:
    """Mean and spread of each moment over simulated series as long and as large as the real ones."""
    random, prior = np.random.default_rng(SEED), _prior_at(place)
    copies = max(SIMULATED // len(usable), 4)
    rows = [_moments(simulate_series(random, prior, np.full(copies, each.mean()), each.shape[0])) for each in usable]
    whole = np.concatenate(rows)
    return _averaged(rows)[0], np.nanstd(whole, axis=0)


def _averaged(moments: list[Floats]) -> tuple[Floats, Floats]:
    """Mean of each moment over the series in which it can be read, and how many these are; 0 where there are none."""
    whole = np.concatenate(moments)
    read = (~np.isnan(whole)).sum(axis=0).astype(np.float64)
    return np.nansum(whole, axis=0) / np.maximum(read, 1.0), read


def _moments(counts: Floats) -> Floats:
    """The moments of each series (n, 7), from its years with an event a month or more; NaN where there are none."""
    years = counts.reshape(counts.shape[0], -1, YEAR)
    means = years.mean(axis=2)
    read, busy = means >= LEAST_MEAN, means >= BUSY_MEAN
    squares = (read * means**2).sum(axis=1)

    def apart(lag: int) -> Floats:
        """Half the squared difference of months so far apart, beyond chance, relative to the squared mean."""
        half = ((years[:, :, lag:] - years[:, :, :-lag]) ** 2).mean(axis=2) / 2.0
        return _share((read * (half - means)).sum(axis=1), squares)

    roots = 2.0 * np.sqrt(counts + 0.375)
    by_year = roots.reshape(years.shape)
    rest = by_year - by_year.mean(axis=2, keepdims=True)
    inside = (read[:, :, None] * rest**2).sum(axis=(1, 2))

    def alike(lag: int) -> Floats:
        """Correlation of months so far apart around their year's mean."""
        return _share((read[:, :, None] * rest[:, :, lag:] * rest[:, :, :-lag]).sum(axis=(1, 2)), inside)

    off = roots - roots.mean(axis=1, keepdims=True)
    levels = np.log(years.sum(axis=2) + 0.5)
    middle = _share((read * levels).sum(axis=1), read.sum(axis=1))
    scatter = _share((read * (levels - middle[:, None]) ** 2).sum(axis=1), read.sum(axis=1))
    near = apart(1)
    columns = [
        np.log(np.maximum(near, 0.0) + 0.05),
        np.clip(apart(3) - near, -1.0, 2.0),
        alike(1),
        alike(2),
        _share((off[:, 1:] * off[:, :-1]).sum(axis=1), (off**2).sum(axis=1)),
        np.log(scatter + 0.05),
        _share((busy * (years == 0).mean(axis=2)).sum(axis=1), busy.sum(axis=1)),
    ]
    return np.stack(columns, axis=1)


def _share(above: Floats, below: Floats) -> Floats:
    """above / below, NaN where nothing is below."""
    share: Floats = np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)
    return share
