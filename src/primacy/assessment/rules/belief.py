"""What a rule is worth at every point of the grid, and how parts combine.

An unknown part is an interval from 0 to 1, so that every combination says by itself when the unknown does not matter:
`all` with one part known to fail fails, whatever the others are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from primacy.assessment.rules.grid import Bools, Floats, Ints

MET = 0.90
LIKELY = 0.75
UNLIKELY = 0.25
REASONS = ("changed", "stale", "thin", "not covered", "missing")  # a later one is named before an earlier one
_NAMED = ("", *REASONS)
_RANKS = {reason: rank for rank, reason in enumerate(_NAMED)}


@dataclass(frozen=True)
class Belief:
    """Shapes: all (g,). `low` and `high` bound P; they are equal where everything is known.

    `capped`: cannot be called met by itself. `direction`: P(nearer to the threshold than twelve months ago), NaN
    where not computed. `absent`: not applicable yet, left out of combinations. `setter` names the leaf that sets P, and
    `at` the point of the grid whose evidence it speaks of: an earlier one where a rule must have held for some time.
    """

    low: Floats
    high: Floats
    lower: Floats
    capped: Bools
    direction: Floats
    absent: Bools
    reason: tuple[str, ...]
    setter: np.ndarray[Any, np.dtype[np.int64]]
    at: np.ndarray[Any, np.dtype[np.int64]]

    @property
    def known(self) -> Bools:
        """Whether the interval is narrow enough to decide: a point, surely high, or surely low."""
        decided = (self.high - self.low < 1e-9) | (self.low >= MET) | (self.high <= UNLIKELY)
        return decided & ~self.absent

    @property
    def probability(self) -> Floats:
        """P rounded to three decimals, NaN where not known. An interval counts by its less favourable end."""
        p = np.where(self.high <= UNLIKELY, self.high, self.low)
        return np.where(self.known, np.round(p, 3), np.nan)


def point(
    probability: Floats, *, leaf: int, capped: Bools | bool = False, direction: Floats | None = None, reason: str = ""
) -> Belief:
    """A part whose P is known where it is not NaN, and unknown elsewhere for `reason`."""
    unknown = np.isnan(probability)
    low = np.where(unknown, 0.0, np.round(probability, 3))
    return interval(low, np.where(unknown, 1.0, low), leaf=leaf, capped=capped, direction=direction, reason=reason)


def interval(
    low: Floats,
    high: Floats,
    *,
    leaf: int,
    capped: Bools | bool = False,
    direction: Floats | None = None,
    reason: str | Sequence[str] = "",
) -> Belief:
    size = low.shape[0]
    reasons = (reason,) * size if isinstance(reason, str) else reason
    low, high = np.round(low, 3), np.round(high, 3)
    open_ = high - low >= 1e-9
    return Belief(
        low=low,
        high=high,
        lower=low,
        capped=np.broadcast_to(np.asarray(capped, dtype=bool), (size,)).copy(),
        direction=np.full(size, np.nan) if direction is None else np.round(direction, 3),
        absent=np.zeros(size, dtype=bool),
        reason=tuple([(each or "missing") if o else "" for each, o in zip(reasons, open_.tolist(), strict=True)])
        if open_.any()
        else ("",) * size,
        setter=np.full(size, leaf, dtype=np.int64),
        at=np.arange(size, dtype=np.int64),
    )


def all_of(parts: Sequence[Belief]) -> Belief:
    """The smallest P; the part that sets it hands on its direction. One capped part caps what all are needed for."""
    merged = _kth(parts, len(parts))
    present = np.array([~part.absent for part in parts])
    missing = np.where(present, 1.0 - np.array([part.lower for part in parts]), 0.0).sum(axis=0)
    return replace(merged, lower=np.maximum(0.0, 1.0 - missing))


def any_of(parts: Sequence[Belief]) -> Belief:
    """The largest P; capped unless an uncapped part reaches the cut-off by itself."""
    merged = _kth(parts, 1)
    lower = np.where([part.absent for part in parts], 0.0, [part.lower for part in parts]).max(axis=0)
    return replace(merged, lower=lower)


def k_of(parts: Sequence[Belief], k: int) -> Belief:
    """The k-th largest P; its lower bound is that of the k best parts holding together."""
    merged = _kth(parts, k)
    ordered = np.sort([np.where(part.absent, 0.0, part.lower) for part in parts], axis=0)[::-1][:k]
    return replace(merged, lower=np.maximum(0.0, 1.0 - (1.0 - ordered).sum(axis=0)))


def outweighing(parts: Sequence[Belief], weights: Floats, share: float) -> Belief:
    """The surest parts that together hold `share` of the weight are as sure as the least sure of them."""
    return _reaching(parts, weights / weights.sum(), np.full(len(parts[0].low), share))


def negated(part: Belief) -> Belief:
    return replace(
        part, low=1.0 - part.high, high=1.0 - part.low, lower=1.0 - part.high, direction=1.0 - part.direction
    )


def vetoed(part: Belief, veto: Belief) -> tuple[Belief, Bools]:
    """The part under a veto, and where the veto is unconfirmed (between one half and certain, or unknown)."""
    p = veto.probability
    acts = p >= MET
    unconfirmed = ~veto.absent & (np.isnan(p) | ((p >= 0.5) & (p < MET)))
    ceiling = np.where(acts, 1.0 - np.nan_to_num(p), 1.0)
    lowers = acts & (part.high > ceiling)
    return (
        replace(
            part,
            low=np.minimum(part.low, ceiling),
            high=np.minimum(part.high, ceiling),
            lower=np.minimum(part.lower, ceiling),
            capped=part.capped | unconfirmed,
            setter=np.where(lowers, veto.setter, part.setter),
            at=np.where(lowers, veto.at, part.at),
            direction=np.where(lowers, np.nan, part.direction),
        ),
        unconfirmed,
    )


def sustained(part: Belief, *, needed: int, points: int, step: int) -> Belief:
    """The rule held at `needed` of `points` points, `step` months apart, the point itself being the last.

    Points before the grid begins are unknown.
    """
    shifts = [_shifted(part, back * step) for back in range(points)]
    whole = all_of(shifts) if needed == points else k_of(shifts, needed)
    # Where today is as bad as the worst of the past, what is told is today.
    today = (part.low == whole.low) & (part.high == whole.high)
    return replace(whole, setter=np.where(today, part.setter, whole.setter), at=np.where(today, part.at, whole.at))


def _shifted(part: Belief, back: int) -> Belief:
    if back == 0:
        return part
    size = len(part.low)
    source = np.arange(size) - back
    outside = source < 0
    take = np.maximum(source, 0)
    return Belief(
        low=np.where(outside, 0.0, part.low[take]),
        high=np.where(outside, 1.0, part.high[take]),
        lower=np.where(outside, 0.0, part.lower[take]),
        capped=part.capped[take],
        direction=np.full(size, np.nan),
        absent=part.absent[take] & ~outside,
        reason=tuple("missing" if out else part.reason[t] for out, t in zip(outside, take, strict=True)),
        setter=part.setter[take],
        at=part.at[take],
    )


def _kth(parts: Sequence[Belief], k: int) -> Belief:
    """The k-th largest of the parts that are present, point by point."""
    present = np.sum([~part.absent for part in parts], axis=0)
    needed = np.minimum(k, present)
    return _reaching(parts, np.ones(len(parts)), needed.astype(np.float64), np.maximum(needed - 1, 0))


def _reaching(parts: Sequence[Belief], weights: Floats, needed: Floats, rank: Ints | None = None) -> Belief:
    """The part with which the weight is reached, the largest P taken first; low and high ends each by themselves.

    `rank`: which part in that order it is, where that is known because all weigh as much. Shape (g,).
    """
    lows, highs = np.array([part.low for part in parts]), np.array([part.high for part in parts])
    absent, capped = np.array([part.absent for part in parts]), np.array([part.capped for part in parts])
    points, present = np.arange(lows.shape[1]), (~absent).sum(axis=0)
    carried = np.where(absent, 0.0, weights[:, None])

    def reached(ends: Floats) -> Ints:
        order = np.lexsort((capped, np.where(absent, np.inf, -ends)), axis=0)
        at = rank
        if at is None:
            held = np.cumsum(np.take_along_axis(carried, order, axis=0), axis=0)
            at = np.argmax(held >= needed - 1e-9, axis=0)
        found: Ints = order[at, points]
        return found

    # Among equals the uncapped come first: `any` then needs no capped part, and `all` cannot do without one.
    by_low = reached(lows)
    by_high = by_low if np.array_equal(lows, highs) else reached(highs)
    low, high = np.where(present, lows[by_low, points], 0.0), np.where(present, highs[by_high, points], 0.0)
    sets = np.where(high <= UNLIKELY, by_high, by_low)
    # Enough uncapped parts reach the cut-off without the others, or it is capped.
    firm = np.where(~capped & (lows >= MET), carried, 0.0).sum(axis=0) >= needed - 1e-9
    return Belief(
        low=low,
        high=high,
        lower=low.copy(),
        capped=np.where(low >= MET, ~firm, capped[sets, points]) & (present > 0),
        direction=np.where(present, np.array([part.direction for part in parts])[sets, points], np.nan),
        absent=present == 0,
        reason=_worst(parts, absent, high - low >= 1e-9),
        setter=np.where(present, np.array([part.setter for part in parts])[sets, points], 0),
        at=np.where(present, np.array([part.at for part in parts])[sets, points], points),
    )


def _worst(parts: Sequence[Belief], absent: Bools, open_: Bools) -> tuple[str, ...]:
    """Of the reasons that the present parts give at each point the one that is named first; none where P is known."""
    if not open_.any():
        return ("",) * len(open_)
    ranks = np.array([[_RANKS[reason] for reason in part.reason] for part in parts])
    worst = np.where(absent | ~open_, 0, ranks).max(axis=0)
    return tuple(_NAMED[rank] for rank in worst.tolist())
