"""The value of an indicator over the grid, and the probability that it reaches a threshold."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from primacy.assessment.rules.grid import Bools, Floats, Ints
from primacy.framework.grammar import Indicator

if TYPE_CHECKING:
    from primacy.assessment.indicators.items import Items
    from primacy.assessment.indicators.looked import Looked

Reached = Callable[[float], tuple[Floats, Floats]]


@dataclass(frozen=True)
class Quantity:
    """`at_least(t)` gives the lower and upper bound of P(value >= t); `reason` says why they differ."""

    value: Floats
    at_least: Reached
    reason: tuple[str, ...]
    unit: str = ""
    discrete: bool = False
    known_items: Ints | None = None
    all_items: int | None = None
    numbers: Mapping[str, Any] = field(default_factory=dict)
    silent: tuple[str, ...] = ()
    above: Reached | None = None  # P(value > t), where it is not that of the next larger number
    corroborated: Callable[[float], Bools] | None = None  # whether two types of source say that it reaches t
    items: "Items | None" = None  # one by one, where it counts items
    size: float | None = None  # of a survey: how many were asked
    enough: float = 0.0  # how many ought to be
    off: float = 0.0  # of a figure without an error: how far it may be off, by how it went so far
    looked: "Looked | None" = None  # of a count: how hard it was looked for
    inside: Callable[[float, float], tuple[Floats, Floats]] | None = None
    by_nature: str = "grade"  # what leaves it open whether the value is right, where no error and no sample does

    @property
    def unsure_by(self) -> str:
        """What leaves it open whether the value is right: grade, error, sample, chance or range."""
        if self.items is not None:
            return "grade"
        return "error" if self.numbers.get("se") or self.off else "sample" if self.numbers.get("n") else self.by_nature

    def more_than(self, threshold: float) -> tuple[Floats, Floats]:
        return (self.above or (lambda t: self.at_least(math.nextafter(t, math.inf))))(threshold)

    def at_most(self, threshold: float) -> tuple[Floats, Floats]:
        low, high = self.more_than(threshold)
        return 1.0 - high, 1.0 - low

    def between(self, lower: float, upper: float) -> tuple[Floats, Floats]:
        """P(lower <= value <= upper)."""
        if self.inside is not None:
            return self.inside(lower, upper)
        reached, beyond = self.at_least(lower), self.more_than(upper)
        return np.maximum(0.0, reached[0] - beyond[1]), np.clip(reached[1] - beyond[0], 0.0, 1.0)


def unknown_quantity(size: int, reason: str, unit: str, all_items: int | None = None) -> Quantity:
    nothing = np.full(size, np.nan)
    return Quantity(
        nothing, lambda _: (np.zeros(size), np.ones(size)), (reason,) * size, unit, all_items=all_items,
        known_items=np.zeros(size, dtype=np.int64) if all_items is not None else None,
    )  # fmt: skip


def stated(value: Floats, sure: Floats, reasons: tuple[str, ...], indicator: Indicator) -> Quantity:
    """A stated value that is right with probability `sure`."""
    unknown = np.isnan(value)

    def at_least(threshold: float) -> tuple[Floats, Floats]:
        reached = np.where(value >= threshold, sure, 1.0 - sure)
        return np.where(unknown, 0.0, reached), np.where(unknown, 1.0, reached)

    def inside(lower: float, upper: float) -> tuple[Floats, Floats]:
        holds = np.where((value >= lower) & (value <= upper), sure, 1.0 - sure)
        return np.where(unknown, 0.0, holds), np.where(unknown, 1.0, holds)

    open_reasons = tuple(reason if u else "" for u, reason in zip(unknown, reasons, strict=True))
    return Quantity(value, at_least, open_reasons, indicator.unit or "", inside=inside)
