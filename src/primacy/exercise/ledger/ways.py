"""The ways in which measures come about, each a pure function of what drives it and of chance."""

import math
from collections.abc import Sequence

import numpy as np

from primacy.exercise.ledger.entries import Happens, Level, Passes, Reached, Stages
from primacy.exercise.truth import Floats

DRAG = 2.0  # how much more often a step succeeds where everything helps than on average


def scaled(index: Floats, scale: tuple[float, float]) -> Floats:
    low, high = scale
    found: Floats = np.round(low + (high - low) * index, 9)
    return found


def normal(values: Floats) -> Floats:
    """The standard normal distribution function."""
    return np.array([0.5 * (1.0 + math.erf(each / math.sqrt(2.0))) for each in values])


def wandering(months: int, hold: float, chance: np.random.Generator) -> Floats:
    """Standard normal numbers with memory `hold`."""
    fresh = chance.standard_normal(months)
    found = np.empty(months)
    value = fresh[0]
    for month in range(months):
        value = fresh[0] if month == 0 else hold * value + math.sqrt(1.0 - hold * hold) * fresh[month]
        found[month] = value
    return found


def sharing(shares: Sequence[Floats], hold: float, chance: np.random.Generator) -> Floats:
    """Which of the groups holds it in each month, counted from 0; their number where none of them does."""
    own = np.round(normal(wandering(len(shares[0]), hold, chance)), 9)
    found: Floats = (own[None, :] >= np.cumsum(np.stack(shares), axis=0)).sum(axis=0).astype(np.float64)
    return found


def passing(told: Passes, index: Floats, chance: np.random.Generator) -> Floats:
    """Whether it holds in each month; over many items the share that holds is the scaled index."""
    share = np.clip(scaled(index, told.scale), 0.0, 1.0)
    own = np.round(normal(wandering(len(index), told.hold, chance)), 9)
    holds = own < share
    if told.once:
        holds = np.maximum.accumulate(holds)
    return np.where(holds, told.values[1], told.values[0])


def stepping(told: Stages, index: Floats, chance: np.random.Generator) -> Floats:
    """Which step is reached, counted from 1; 0 before the first."""
    luck = chance.random((len(index), 2))
    reached, found = 0, np.empty(len(index))
    for month, drive in enumerate(np.clip(scaled(index, told.scale), 0.0, 1.0)):
        if reached < len(told.steps) and luck[month, 0] < told.pace * DRAG * drive:
            reached += 1
        elif reached > 1 and luck[month, 1] < told.back * DRAG * (1.0 - drive):
            reached -= 1
        found[month] = reached
    return found


def reaching(told: Reached, index: Floats, chance: np.random.Generator) -> Floats:
    """0 until it happens, then 1 for good."""
    hazard = told.pace * DRAG * np.clip(scaled(index, told.scale), 0.0, 1.0)
    return np.maximum.accumulate((chance.random(len(index)) < hazard).astype(np.float64))


def levelling(told: Level, index: Floats, group: str, since: int, chance: np.random.Generator) -> Floats:
    """The true level. `whole`: rounded, as scores and counts are; `once`: as it was in its first month, for good."""
    offset = sum(shift for name, shift in told.offsets.items() if name in group)
    own = told.spread * chance.standard_normal() + told.noise * wandering(len(index), 0.7, chance)
    level = scaled(index, told.scale) + offset + own
    low, high = min(told.scale), max(told.scale)
    bounded = np.clip(level, low, high) if not told.once else np.full(len(index), np.clip(level[since], low, high))
    return np.round(bounded, 0 if told.whole else 6)


def counting(
    told: Happens, index: Floats, chance: np.random.Generator, counted: np.random.Generator
) -> tuple[Floats, Floats]:
    """Numbers that happened, and the expected number that lies under them, month by month.

    What disturbs and what is counted have luck of their own, so that a longer history begins like a shorter one.
    """
    slow = np.clip(told.often * scaled(index, told.scale), 0.0, None)
    disturbed = np.exp(told.spread * wandering(len(index), 0.5, chance) - told.spread**2 / 2.0)
    return counted.poisson(np.round(slow * disturbed, 9)).astype(np.float64), np.round(slow, 9)


def parted(counts: Floats, share: Floats, chance: np.random.Generator) -> Floats:
    return chance.binomial(counts.astype(np.int64), np.clip(share, 0.0, 1.0)).astype(np.float64)
