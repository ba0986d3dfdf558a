"""How far groups, strata or areas lie apart in an estimate: the widest pair, with the error of both."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from primacy.assessment.indicators import shares
from primacy.assessment.indicators.estimate import Estimate, latest_estimate
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.rules.grid import Floats

DRAWS, SEED = 600, 11
SPREADS = np.array([0.0, 0.35, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0])  # in errors of a part


@dataclass(frozen=True)
class Several:
    """Estimates of three parts or more and their errors (k, g).

    The widest of several differences is wider than the true one, because what lies apart by chance is chosen: each
    estimate is drawn towards their mean by how much of their spread the errors explain. How far the parts truly
    spread is not known; every spread counts by its likelihood (Gelman et al., Bayesian Data Analysis, ch. 5.4).
    """

    values: Floats
    errors: Floats

    def within(self, at_most: float) -> Floats:
        """P(the widest pair truly lies within so much), NaN where a part has no error of its own. -> (g,)"""
        found = np.full(self.values.shape[1], np.nan)
        for points, drawn in self._drawn:
            found[points] = drawn.within(at_most)
        return found

    @cached_property
    def _drawn(self) -> list[tuple[list[int], "_Drawn"]]:
        """The points at which everything is told, by what is told: an estimate stands until the next one."""
        told = (np.nan_to_num(self.errors) > 0).all(axis=0) & ~np.isnan(self.values).any(axis=0)
        alike: dict[bytes, list[int]] = {}
        for point in np.flatnonzero(told).tolist():
            alike.setdefault(np.array([self.values[:, point], self.errors[:, point]]).tobytes(), []).append(point)
        first = [(points, points[0]) for points in alike.values()]
        return [(points, _drawn_together(self.values[:, one], self.errors[:, one])) for points, one in first]


@dataclass(frozen=True)
class _Drawn:
    """For each spread that the parts may truly have its weight, and how wide they lie in each draw (draws last)."""

    weight: Floats
    widths: Floats

    def within(self, at_most: float) -> float:
        """P over all spreads."""
        inside = (self.widths <= at_most).mean(axis=1)
        return float(round((self.weight * inside).sum() / self.weight.sum(), 9))


def _drawn_together(values: Floats, errors: Floats) -> _Drawn:
    """What the estimates of one point leave open."""
    spreads = SPREADS * float(np.sqrt((errors**2).mean()))
    variance = errors[None, :] ** 2 + spreads[:, None] ** 2
    mean = (values / variance).sum(axis=1) / (1.0 / variance).sum(axis=1)
    fit = -0.5 * (np.log(variance) + (values - mean[:, None]) ** 2 / variance).sum(axis=1)
    fit -= 0.5 * np.log((1.0 / variance).sum(axis=1))
    weight = np.exp(fit - fit.max())
    kept = spreads[:, None] ** 2 / variance
    drawn = mean[:, None] + kept * (values - mean[:, None])
    sure = np.sqrt(kept) * errors  # (spreads, parts): what is left open of each part
    true = drawn[:, None, :] + sure[:, None, :] * _normals(len(values))[None, :, :]
    return _Drawn(weight, true.max(axis=2) - true.min(axis=2))


@lru_cache(32)
def _normals(parts: int) -> Floats:
    """The same standard normal numbers for every finding: (draws, parts)."""
    found: Floats = np.random.Generator(np.random.PCG64(SEED)).standard_normal((DRAWS, parts)).round(6)
    return found


@dataclass(frozen=True)
class Apart:
    """Shapes (g,). `width` NaN where a part is not known; `pair` names the highest and the lowest of the last point."""

    width: Floats
    error: Floats
    sure: Floats
    pair: tuple[str, str]
    parts: int
    stale: bool
    several: Several | None = None  # the estimates of more than two parts

    def within(self, at_most: float) -> Floats:
        """P(the true difference lies within so much on both sides), NaN where unknown."""
        if self.several is not None:
            drawn = self.several.within(at_most)
            return np.where(np.isnan(self.width), np.nan, np.where(np.isnan(drawn), self._of_pair(at_most), drawn))
        return self._of_pair(at_most)

    def _of_pair(self, at_most: float) -> Floats:
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
        parts=len(parts), stale=stale, several=Several(values, errors) if len(parts) > 2 else None,
    )  # fmt: skip


def _parts(reading: Reading, between: str | list[str]) -> dict[str, Estimate]:
    """The newest estimate of each group, stratum or area that is compared."""
    if between == "area":
        return {code: latest_estimate(reading, area=code) for code in reading.round.report_areas}
    if isinstance(between, list):
        return {name: latest_estimate(replace(reading, only=("group", name))) for name in between}
    names = sorted({str(each) for each in reading.rows[between]} - {""})
    return {name: latest_estimate(replace(reading, only=(between, name))) for name in names if ";" not in name}
