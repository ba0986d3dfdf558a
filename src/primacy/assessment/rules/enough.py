"""How much evidence would be enough: observations, errors, items, reports. Computed from what decides, never guessed.

Each answers: what would have to be there for P to reach the cut-off, all else staying as it is. None: nothing would.
"""

import math
from collections.abc import Sequence

from primacy.assessment.indicators import grades, shares
from primacy.assessment.rules.belief import MET

Z_MET = 1.2815515655446004  # the standard normal quantile of MET
MOST = 1_000_000


def observations(share: float, asked: float, *, sign: int = 1) -> int | None:
    """How large a sample shows that the true share is at least `asked` (`sign` -1: at most), were `share` of it so.

    Source   Beta posterior with the prior of Jeffreys, as for any share of a sample (`shares.py`).
    """
    if (share - asked) * sign <= 0:
        return None

    def shown(size: int) -> bool:
        return _share_shown(share * size, size, asked, sign)

    above = 1
    while not shown(above):
        above *= 2
        if above > MOST:
            return None
    below = above // 2
    while above - below > 1:
        middle = (above + below) // 2
        below, above = (below, middle) if shown(middle) else (middle, above)
    return above


def cases(size: int, asked: float, *, sign: int = 1) -> int | None:
    """How many of `size` observations must be so, at least (`sign` -1: at most), to show that the share is."""
    counts = range(size + 1) if sign > 0 else range(size, -1, -1)
    low, high = 0, size
    if not _share_shown(counts[high], size, asked, sign):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _share_shown(counts[middle], size, asked, sign) else (middle + 1, high)
    return counts[low]


def _share_shown(successes: float, size: int, asked: float, sign: int) -> bool:
    p = shares.sample_share_at_least(successes, size, asked)
    return round(p if sign > 0 else 1.0 - p, 3) >= MET


def value_shown(asked: float, error: float, *, sign: int = 1) -> float:
    """The estimate which, with such a standard error, shows that the true value is at or beyond `asked`."""
    return asked + sign * Z_MET * error


def error_shown(value: float, asked: float, *, sign: int = 1) -> float | None:
    """The standard error with which an estimate of this value shows it; None where the value lies on the wrong side."""
    return (value - asked) * sign / Z_MET if (value - asked) * sign > 0 else None


def interviews(size: float, error: float, needed: float) -> int:
    """How many interviews bring the standard error down to what is needed, with the same design (its effect stays).

    Source   Kish (1965), Survey Sampling: the variance falls with the number of interviews.
    """
    return math.ceil(size * (error / needed) ** 2 - 1e-9)


def further_report(p: float) -> str | None:
    """The weakest grade of one more independent report that says the same, with which P reaches the cut-off; from a
    source that is fairly reliable at least."""
    if p >= MET:
        return None
    for grade in _GRADES:
        if round(grades.together([p, grades.probability(grade)]), 3) >= MET:
            return grade
    return None


ASKED_FOR = "ABC"  # nobody is sent for the word of a source that is seldom reliable


def _rising() -> list[str]:
    """Grades that speak for a report, the weakest first; of equals the one with the better known source."""
    named = [r + c for r in ASKED_FOR for c in grades.CREDIBILITY if c != "6"]
    return sorted((each for each in named if grades.probability(each) > 0.5), key=lambda g: (grades.probability(g), g))


_GRADES = tuple(_rising())


def items_short(passing: Sequence[float], needed: int) -> int:
    """How many more items must pass so that `needed` do, each likelier than not. `passing`: P of the known items."""
    return max(0, needed - sum(p >= 0.5 for p in passing))


def items_weak(passing: Sequence[float], needed: int) -> list[float]:
    """P of those of the surest `needed` items that are not sure enough."""
    return [p for p in sorted(passing, reverse=True)[:needed] if p < MET]


def weight_short(passes: Sequence[float], weights: Sequence[float], asked: float) -> float:
    """How much more of the whole weight (as a share of it) must lie with those that pass."""
    held = sum(w for p, w in zip(passes, weights, strict=True) if p >= 0.5)
    return max(0.0, asked - held / sum(weights))
