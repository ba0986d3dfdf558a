"""What a count may have missed because it was looked for less than before.

That nobody told of a breach says little in a month in which monitors are barred. How hard was looked in the window is
held against the hardest year so far. What that does to the share that is noticed is not known; as for rates
(`monitoring_effort.py`) nothing, its square root and all of it are as likely as each other. Of what happened, with the
prior of Jeffreys for how often it does, the unnoticed number is then negative binomial. Where that leaves no sure
answer, what it did to the count stays open: between nothing missed, and all that so much less looking may miss.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from primacy.assessment.indicators.monitoring_effort import CHANGE
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.rules.belief import MET
from primacy.assessment.rules.grid import Bools, Floats

YEAR = 12
JEFFREYS = 0.5
DIGITS = 9


@dataclass(frozen=True)
class Looked:
    """Shapes (g,). `share`: how hard was looked beside the hardest year, 1 where as hard; `known`: False where that was
    written down of other months and not of these; `unknown`: whether it is asked for and nobody ever wrote it down."""

    share: Floats
    known: Bools
    unknown: bool = False

    @classmethod
    def whole(cls, size: int, *, unknown: bool = False) -> Self:
        """Where it was looked as hard as ever, or nobody asks."""
        return cls(np.ones(size), np.ones(size, dtype=bool), unknown)

    @property
    def less(self) -> bool:
        """Whether it was looked less in the window of the assessment's day."""
        return bool(self.share[-1] < 1.0)

    def at_least(self, seen: Floats, threshold: float) -> tuple[Floats, Floats]:
        """Bounds of P(so many happened), given those that were noticed."""
        shares = zip(np.nan_to_num(seen).tolist(), self.share.tolist(), strict=True)
        low, high = zip(*(_at_least(count, share, threshold) for count, share in shares), strict=True)
        return np.array(low), np.array(high)


def unheard_of(reading: Reading, area: str | None) -> Looked:
    size = len(reading.round.grid)
    if reading.indicator.effort is None or reading.derived or reading.unset:
        return Looked.whole(size)
    effort = reading.counted("effort", area=area)
    if np.isnan(effort).all():
        return Looked.whole(size, unknown=True)
    stop = np.clip(reading.ends(area=area), 0, len(effort))
    start = np.maximum(reading.window_starts(stop), 0)
    now = np.array(
        [effort[a:b].mean() if b > a else np.nan for a, b in zip(start.tolist(), stop.tolist(), strict=True)]
    )
    share = np.minimum(1.0, np.divide(now, hardest := _hardest(effort)[stop], out=np.ones(size), where=hardest > 0))
    share = np.where(share >= 1.0 - CHANGE, 1.0, np.round(share, DIGITS))
    return Looked(np.where(np.isnan(share), 1.0, share), ~np.isnan(now))


def _hardest(effort: Floats) -> Floats:
    """For each number of months the mean of the hardest year within them; 0 before there is one. Shape (m + 1,)."""
    found = np.zeros(len(effort) + 1)
    for end in range(YEAR, len(effort) + 1):
        mean = effort[end - YEAR : end].mean()
        found[end] = max(found[end - 1], 0.0 if np.isnan(mean) else float(mean))
    return found


def _at_least(seen: float, share: float, threshold: float) -> tuple[float, float]:
    if seen >= threshold:
        return 1.0, 1.0
    if share >= 1.0:
        return 0.0, 0.0
    missing = max(1, int(np.ceil(threshold - seen - 1e-9)))
    all_of_it, half_of_it = (_unnoticed(missing, seen + JEFFREYS, kept) for kept in (share, float(np.sqrt(share))))
    p = round((all_of_it + half_of_it) / 3.0, DIGITS)
    return (p, p) if p <= 1.0 - MET else (0.0, round(all_of_it, DIGITS))


def _unnoticed(missing: int, shape: float, kept: float) -> float:
    """P(at least so many were missed) where each is noticed with probability `kept`."""
    if kept <= 0.0:
        return 1.0
    term: float = kept**shape
    below: float = term
    for count in range(1, missing):
        term *= (shape + count - 1) / count * (1.0 - kept)
        below += term
    return max(0.0, 1.0 - below)
