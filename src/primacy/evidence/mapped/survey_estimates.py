"""Estimates from a sample survey with their standard errors: weights, strata, stages of clusters, finite populations.

Variances are by linearisation (Taylor series): the mean of a domain is a ratio of two totals, and its variance that of
the total of what each respondent adds to it. Stages are nested; of a stage that took many of its units the finite
population correction is counted, and then the stage below it.

Source   Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, sections 4.3 and 5.6;
         Lumley (2010), Complex Surveys, chapters 2 and 3
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Stage:
    """One stage of sampling, for each respondent.

    unit      which unit of the stage the respondent belongs to, (n,)
    stratum   in which stratum that was drawn, (n,); all alike where there are none
    units     how many units the stratum (or the unit above) has in the population, (n,); NaN: very many
    """

    unit: Ints
    stratum: Ints
    units: Floats


@dataclass(frozen=True)
class Sample:
    """Who was asked: weights (n,), and stages from the widest to the narrowest."""

    weight: Floats
    stages: tuple[Stage, ...] = field(default=())

    @classmethod
    def drawn(
        cls, weight: Floats | None, *, strata: Sequence[Ints] = (), clusters: Sequence[Ints] = (),
        units: Sequence[Floats] = (), count: int = 0,
    ) -> "Sample":  # fmt: skip
        """A design as surveys describe it: respondents are the units where no clusters are named.

        Without weights they are the inverse of the shares drawn, where `units` say these, else all alike.
        """
        size = (
            len(weight) if weight is not None else max([count, *(len(each) for each in (*strata, *clusters, *units))])
        )
        drawn = list(clusters) or [np.arange(size, dtype=np.int64)]
        stages = tuple(
            Stage(
                unit, strata[n] if n < len(strata) else np.zeros(size, dtype=np.int64),
                units[n] if n < len(units) else np.full(size, np.nan),
            )
            for n, unit in enumerate(drawn)
        )  # fmt: skip
        return cls(_inverse_shares(stages, size) if weight is None else weight, stages)


class Estimate(NamedTuple):
    """A mean, or a share as the mean of noughts and ones.

    se       NaN where it cannot be said: fewer than two units were drawn
    n        respondents
    effect   design effect: its variance over that of a simple random sample of as many; NaN where that is 0
    """

    value: float
    se: float
    n: int
    effect: float


def mean(sample: Sample, values: Floats, inside: Mask | None = None) -> Estimate:
    """The weighted mean of a domain.

    Shapes   values (n,), inside (n,): who belongs to the domain; all where it is None
    Missing  respondents without a value (NaN) are outside the domain; none inside gives NaN
    Raises   ValueError if shapes differ or a weight is negative or missing
    """
    weight = sample.weight
    if values.shape != weight.shape or (inside is not None and inside.shape != weight.shape):
        raise ValueError(f"values {values.shape} and weights {weight.shape} differ in shape")
    if not (weight >= 0).all():
        raise ValueError("weights must be 0 or more")
    asked = np.isfinite(values) & (weight > 0)
    asked = asked if inside is None else asked & inside
    total, n = float(weight[asked].sum()), int(asked.sum())
    if not n:
        return Estimate(np.nan, np.nan, 0, np.nan)
    value = float((weight[asked] * values[asked]).sum() / total)
    away = np.where(asked, values - value, 0.0)
    variance = _variance(weight * np.nan_to_num(away) / total, sample.stages, np.ones(len(weight), dtype=bool))
    spread = float((weight[asked] * away[asked] ** 2).sum() / total) * n / (n - 1) if n > 1 else np.nan
    simple = spread / n
    effect = variance / simple if simple and np.isfinite(simple) else np.nan
    return Estimate(value, float(np.sqrt(variance)), n, float(effect))


def _variance(added: Floats, stages: Sequence[Stage], drawn: Mask) -> float:
    """Variance of the total of `added` over those `drawn`, by stages."""
    if not stages:
        return 0.0
    stage, below = stages[0], stages[1:]
    parts = [
        _of_stratum(added, stage, below, drawn & (stage.stratum == number))
        for number in np.unique(stage.stratum[drawn])
    ]
    return float(np.sum(parts))


def _of_stratum(added: Floats, stage: Stage, below: Sequence[Stage], here: Mask) -> float:
    units, which = np.unique(stage.unit[here], return_inverse=True)
    totals = np.bincount(which, weights=added[here])
    count = len(units)
    of = float(stage.units[here][0])
    share = count / of if np.isfinite(of) else 0.0
    if count == 1 and share < 1:
        # A unit that stands alone in its stratum says nothing of the spread there: it is compared with the whole.
        first = (1 - share) * float(totals[0]) ** 2 if here.sum() < len(added) else np.nan
    elif count == 1:
        first = 0.0
    else:
        first = (1 - share) * count / (count - 1) * float(((totals - totals.mean()) ** 2).sum())
    if not share or not below:
        return first  # of units drawn from very many, all that is below shows in the spread of their totals
    return first + share * sum(_variance(added, below, here & (stage.unit == unit)) for unit in units)


def _inverse_shares(stages: Sequence[Stage], size: int) -> Floats:
    """Weights of a design that says how many units there were at each stage."""
    weight = np.ones(size)
    above = np.zeros(size, dtype=np.int64)
    for stage in stages:
        if np.isfinite(stage.units).all():
            keys = np.stack([above, stage.stratum], axis=1)
            pairs = np.unique(np.column_stack([keys, stage.unit]), axis=0)
            groups, counts = np.unique(pairs[:, :2], axis=0, return_counts=True)
            drawn = {(int(a), int(s)): int(c) for (a, s), c in zip(groups, counts, strict=True)}
            weight *= stage.units / np.array([drawn[int(a), int(s)] for a, s in keys])
        above = stage.unit
    return weight


# ---- what may be told


@dataclass(frozen=True)
class Line(Generic[Key]):
    """Cells that add up to a published whole: `unseen` are respondents of it who are in none of the cells."""

    cells: tuple[Key, ...]
    whole: Key
    unseen: int = 0


def hidden(respondents: Mapping[Key, int], lines: Sequence[Line[Key]], least: int) -> set[Key]:
    """Cells that are not told: those with fewer than `least` respondents, and those that would give such a one away.

    Where the hidden cells of a line are one, or together fewer than `least`, subtraction from the whole would tell of
    them; then the smallest told cell of the line is hidden as well, until nothing more can be subtracted.
    """
    kept_back = {cell for cell, count in respondents.items() if 0 < count < least}
    changed = True
    while changed:
        changed = False
        for line in lines:
            if line.whole in kept_back:
                continue
            inside = [cell for cell in line.cells if respondents.get(cell, 0)]
            dark = [cell for cell in inside if cell in kept_back]
            if not dark:
                continue
            count = sum(respondents[cell] for cell in dark) + line.unseen
            told = sorted((respondents[cell], str(cell), cell) for cell in inside if cell not in kept_back)
            if told and (count < least or (len(dark) == 1 and not line.unseen)):
                kept_back.add(told[0][2])
                changed = True
    return kept_back
