"""The ways in which measures come about, each a pure function of what drives them and of chance.

Shapes   an index is (n, months), one row for each thing; each has chances of its own
"""

import math
from collections.abc import Sequence

import numpy as np

from primacy.exercise.ledger.entries import Happens, Level, Passes, Reached, Stages
from primacy.exercise.truth import Floats

DRAG = 2.0  # how much more often a step succeeds where everything helps than on average
Chances = Sequence[np.random.Generator]


def _normals(chances: Chances, number: int) -> Floats:
    """(n, number): standard normal numbers, each row by its own chance."""
    return np.stack([chance.standard_normal(number) for chance in chances])


def scaled(index: Floats, scale: tuple[float, float]) -> Floats:
    low, high = scale
    found: Floats = np.round(low + (high - low) * index, 9)
    return found


def normal(values: Floats) -> Floats:
    """The standard normal distribution function."""
    erf = np.fromiter(map(math.erf, (values / math.sqrt(2.0)).ravel().tolist()), np.float64, values.size)
    found: Floats = 0.5 * (1.0 + erf.reshape(values.shape))
    return found


def wandering(fresh: Floats, hold: float) -> Floats:
    """Standard normal numbers with memory `hold`, from such without."""
    found = np.empty_like(fresh)
    value = found[:, 0] = fresh[:, 0]
    for month in range(1, fresh.shape[1]):
        value = found[:, month] = hold * value + math.sqrt(1.0 - hold * hold) * fresh[:, month]
    return found


def _own(months: int, hold: float, chances: Chances) -> Floats:
    """Numbers between 0 and 1 with memory, one for each thing and month."""
    found: Floats = np.round(normal(wandering(_normals(chances, months), hold)), 9)
    return found


def sharing(shares: Sequence[Floats], hold: float, chances: Chances) -> Floats:
    """Which of the groups holds it in each month, counted from 0; their number where none of them does."""
    own = _own(shares[0].shape[1], hold, chances)
    found: Floats = (own[None] >= np.cumsum(np.stack(shares), axis=0)).sum(axis=0).astype(np.float64)
    return found


def passing(told: Passes, index: Floats, chances: Chances) -> Floats:
    """Whether it holds in each month; over many items the share that holds is the scaled index."""
    share = np.clip(scaled(index, told.scale), 0.0, 1.0)
    holds = _own(index.shape[1], told.hold, chances) < share
    if told.once:
        holds = np.maximum.accumulate(holds, axis=1)
    return np.where(holds, told.values[1], told.values[0])


def stepping(told: Stages, index: Floats, chances: Chances) -> Floats:
    """Which step is reached, counted from 1; 0 before the first."""
    luck = np.stack([chance.random((index.shape[1], 2)) for chance in chances])
    drive = np.clip(scaled(index, told.scale), 0.0, 1.0)
    reached, found = np.zeros(len(index)), np.empty(index.shape)
    for month in range(index.shape[1]):
        on = (reached < len(told.steps)) & (luck[:, month, 0] < told.pace * DRAG * drive[:, month])
        back = ~on & (reached > 1) & (luck[:, month, 1] < told.back * DRAG * (1.0 - drive[:, month]))
        reached = found[:, month] = reached + on - back
    return found


def reaching(told: Reached, index: Floats, chances: Chances) -> Floats:
    """0 until it happens, then 1 for good."""
    hazard = told.pace * DRAG * np.clip(scaled(index, told.scale), 0.0, 1.0)
    happens = np.stack([chance.random(index.shape[1]) for chance in chances]) < hazard
    found: Floats = np.maximum.accumulate(happens.astype(np.float64), axis=1)
    return found


def levelling(told: Level, index: Floats, groups: Sequence[str], since: int, chances: Chances) -> Floats:
    """The true level. `whole`: rounded, as scores and counts are; `once`: as it was in its first month, for good."""
    offset = np.array([float(sum(shift for name, shift in told.offsets.items() if name in each)) for each in groups])
    fresh = _normals(chances, 1 + index.shape[1])
    own = told.spread * fresh[:, :1] + told.noise * wandering(fresh[:, 1:], 0.7)
    level = scaled(index, told.scale) + offset[:, None] + own
    low, high = min(told.scale), max(told.scale)
    bounded = np.clip(level if not told.once else np.broadcast_to(level[:, since, None], level.shape), low, high)
    found: Floats = np.round(bounded, 0 if told.whole else 6)
    return found


def counting(told: Happens, index: Floats, chances: Chances, counted: Chances) -> tuple[Floats, Floats]:
    """Numbers that happened, and the expected number that lies under them, month by month.

    What disturbs and what is counted have luck of their own, so that a longer history begins like a shorter one.
    """
    slow = np.clip(told.often * scaled(index, told.scale), 0.0, None)
    fresh = _normals(chances, index.shape[1])
    disturbed = np.exp(told.spread * wandering(fresh, 0.5) - told.spread**2 / 2.0)
    rates = np.round(slow * disturbed, 9)
    happened = np.stack([chance.poisson(rate) for chance, rate in zip(counted, rates, strict=True)])
    return happened.astype(np.float64), np.round(slow, 9)


def parted(counts: Floats, share: Floats, chances: Chances) -> Floats:
    """So many of the events, each by its share."""
    whole, bounded = counts.astype(np.int64), np.clip(share, 0.0, 1.0)
    parts = [chance.binomial(n, p) for chance, n, p in zip(chances, whole, bounded, strict=True)]
    return np.stack(parts).astype(np.float64)
