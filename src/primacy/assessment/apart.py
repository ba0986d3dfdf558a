"""How far groups, strata or areas lie apart in an estimate: the widest pair, with the error of both."""

from dataclasses import dataclass, replace

import numpy as np

from primacy.assessment import shares
from primacy.assessment.estimate import Estimate, latest_estimate
from primacy.assessment.grid import Floats
from primacy.assessment.reading import Reading


@dataclass(frozen=True)
class Apart:
    """Shapes (g,). `width` NaN where a part is not known; `pair` names the highest and the lowest of the last point."""

    width: Floats
    error: Floats
    sure: Floats
    pair: tuple[str, str]
    parts: int
    stale: bool

    def within(self, at_most: float) -> Floats:
        """P(the true difference lies within so much on both sides), NaN where unknown."""
        error = np.nan_to_num(self.error)
        # Same distance, other side: the pair may in truth lie the other way round.
        inside = shares.normal_at_least(self.width, error, -at_most) - shares.normal_at_least(
            self.width, error, at_most
        )
        stated = np.where(self.width <= at_most + 1e-9, self.sure, 1.0 - self.sure)
        return np.where(np.isnan(self.width), np.nan, np.where(error > 0, np.maximum(0.0, inside), stated))


def apart(reading: Reading, between: str | list[str]) -> Apart:
    """`between` names groups, or is `area`, `group` or `stratum`: all of them that are on record."""
    parts = _parts(reading, between)
    size, asked = len(reading.round.grid), len(between) if isinstance(between, list) else 2
    width, error, sure = (np.full(size, np.nan) for _ in range(3))
    stale = any(bool(part.stale[-1]) for part in parts.values())
    if len(parts) < asked:
        return Apart(width, error, sure, ("", ""), len(parts), stale)
    values, errors, sures = (
        np.array([getattr(part, each) for part in parts.values()]) for each in ("value", "error", "sure")
    )
    known = ~np.isnan(values).any(axis=0)
    top, bottom, points = np.argmax(values, axis=0), np.argmin(values, axis=0), np.arange(size)
    names = list(parts)
    return Apart(
        width=np.where(known, values[top, points] - values[bottom, points], np.nan),
        error=np.hypot(np.nan_to_num(errors[top, points]), np.nan_to_num(errors[bottom, points])),
        sure=np.minimum(sures[top, points], sures[bottom, points]),
        pair=(names[int(top[-1])], names[int(bottom[-1])]) if known[-1] else ("", ""),
        parts=len(parts), stale=stale,
    )  # fmt: skip


def _parts(reading: Reading, between: str | list[str]) -> dict[str, Estimate]:
    """The newest estimate of each group, stratum or area that is compared."""
    if between == "area":
        return {code: latest_estimate(reading, area=code) for code in reading.round.report_areas}
    if isinstance(between, list):
        return {name: latest_estimate(replace(reading, only=("group", name))) for name in between}
    names = sorted({str(each) for each in reading.rows[between]} - {""})
    return {name: latest_estimate(replace(reading, only=(between, name))) for name in names if ";" not in name}
