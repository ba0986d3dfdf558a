"""Yes, no and unknown over the months of a world, and how they combine: Kleene's logic of three values.

A course has one entry a month: 1 it holds, 0 it does not, -1 unknown, -2 it is not asked for yet.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Course = NDArray[np.int8]
NO, YES, UNKNOWN, ABSENT = 0, 1, -1, -2


def course(holds: NDArray[np.bool_], known: NDArray[np.bool_]) -> Course:
    return np.where(known, np.where(holds, YES, NO), UNKNOWN).astype(np.int8)


def all_unknown(months: int) -> Course:
    return np.full(months, UNKNOWN, dtype=np.int8)


def all_of(parts: Sequence[Course]) -> Course:
    return k_of(parts, len(parts))


def any_of(parts: Sequence[Course]) -> Course:
    return k_of(parts, 1)


def k_of(parts: Sequence[Course], k: int) -> Course:
    """So many hold, of those that are asked for already: of fewer than that all."""
    stack = np.array(parts)
    present = (stack != ABSENT).sum(axis=0)
    yes, unknown = (stack == YES).sum(axis=0), (stack == UNKNOWN).sum(axis=0)
    needed = np.minimum(k, present)
    found = np.where(yes >= needed, YES, np.where(yes + unknown < needed, NO, UNKNOWN))
    return np.where(present == 0, ABSENT, found).astype(np.int8)


def negated(part: Course) -> Course:
    return np.where(part >= 0, 1 - part, part).astype(np.int8)


def counted(parts: Sequence[Course], needed: int) -> Course:
    """So many hold; where more are asked for than there are, they do not."""
    stack = np.array(parts)
    yes, open_ = (stack == YES).sum(axis=0), (stack < 0).sum(axis=0)
    return np.where(yes >= needed, YES, np.where(yes + open_ < needed, NO, UNKNOWN)).astype(np.int8)


def of_weights(parts: Sequence[Course], weights: Sequence[float], share: float) -> Course:
    """Those that hold carry so much of the weight."""
    if not parts:
        raise ValueError("nothing to weigh")
    stack, weight = np.array(parts), np.array(weights)[:, None] / sum(weights)
    yes = np.where(stack == YES, weight, 0.0).sum(axis=0)
    open_ = np.where(stack < 0, weight, 0.0).sum(axis=0)
    return np.where(yes >= share - 1e-9, YES, np.where(yes + open_ < share - 1e-9, NO, UNKNOWN)).astype(np.int8)


def sustained(part: Course, *, needed: int, points: int, step: int) -> Course:
    """It held at so many of the points, the month itself being the last. Before the world begins nothing is known."""
    months = len(part)
    before = all_unknown(points * step)
    longer = np.concatenate([before, part])
    shifted = [longer[len(before) - back * step :][:months] for back in range(points)]
    return k_of(shifted, needed)


def under_veto(part: Course, veto: Course) -> Course:
    """A veto that holds undoes it. One that nothing is known of undoes nothing: the world has no such thing."""
    return np.where((veto == YES) & (part != ABSENT), NO, part).astype(np.int8)
