"""Worlds in which assumptions of the prior are broken, and worlds fitted to real series in which nothing changes."""

import numpy as np

from primacy.assessment.trends.simulation import Floats, Regime, simulate_regime

FITTED_MONTHS = 72
LEAST_MEAN = 0.5


def zeros(random: np.random.Generator, counts: Floats) -> Floats:
    """Zero inflation: one month in ten lost."""
    kept: Floats = np.where(random.random(counts.shape) < 0.1, counts * 0.0, counts)
    return kept


def bursts(random: np.random.Generator, counts: Floats) -> Floats:
    """In one month of thirty five times the usual number of events on top."""
    size = random.poisson(np.broadcast_to(5.0 * np.nanmean(counts, axis=1, keepdims=True), counts.shape))
    burst: Floats = counts + size * (random.random(counts.shape) < 1 / 30)
    return burst


def switching(random: np.random.Generator, counts: Floats) -> Floats:
    """Two states that last six months on average; in one of them only four events of ten happen."""
    state = np.empty(counts.shape, dtype=np.bool_)
    state[:, 0] = random.random(counts.shape[0]) < 0.5
    for month in range(1, counts.shape[1]):
        state[:, month] = state[:, month - 1] ^ (random.random(counts.shape[0]) < 1 / 6)
    return _thinned(random, counts, np.where(state, 1.0, 0.4))


def heavy_tails(random: np.random.Generator, counts: Floats) -> Floats:
    """Every month times a number with Student's tails (three degrees of freedom) on the log scale."""
    factor = np.exp(np.clip(0.4 * random.standard_t(3, counts.shape), -3.0, 3.0))
    heavy: Floats = np.round(counts * factor)
    return heavy


def effort_trend(random: np.random.Generator, counts: Floats) -> Floats:
    """Who reports looks less and less: at the end three events of ten are missed."""
    return _thinned(random, counts, np.broadcast_to(effort_left(counts.shape[1]), counts.shape))


def effort_left(months: int) -> Floats:
    """The share of events that is still seen, month by month (months,)."""
    return np.linspace(1.0, 0.7, months)


def _thinned(random: np.random.Generator, counts: Floats, share: Floats) -> Floats:
    covered = ~np.isnan(counts)
    kept: Floats = np.where(covered, random.binomial(np.where(covered, counts, 0.0).astype(np.int64), share), np.nan)
    return kept


BROKEN = {
    "zero inflation: one month in ten lost": zeros,
    "bursts in one month of thirty": bursts,
    "regime switching: half the time four events of ten, six months each": switching,
    "heavy tails: Student's, three degrees of freedom": heavy_tails,
    "trend in effort: at the end three events of ten missed, and nobody recorded it": effort_trend,
}


def null_worlds(random: np.random.Generator, counts: Floats, histories: int) -> list[Floats]:
    """For each six years of a real series (months,), a world with its mean, clustering, memory and spread where the
    level never changes: (histories, 72) each. Moments of disturbed counts: Zeger (1988), Biometrika 75."""
    worlds = []
    for end in range(FITTED_MONTHS, counts.shape[0] + 1, 2 * 12):
        regime = _fitted(counts[end - FITTED_MONTHS : end])
        if regime is not None:
            worlds.append(simulate_regime(random, regime, np.ones(FITTED_MONTHS), histories))
    return worlds


def _fitted(counts: Floats) -> Regime | None:
    mean = float(counts.mean())
    if mean < LEAST_MEAN:
        return None
    rest = counts - mean
    excess = max(float((rest**2).mean()) - mean, 0.0) / mean**2
    first, second = (max(float((rest[lag:] * rest[:-lag]).mean()), 0.0) / mean**2 for lag in (1, 2))
    lasting = np.log1p(first)
    memory = float(np.clip(np.log1p(second) / lasting, 0.1, 0.9)) if lasting > 0.01 else 0.1
    variance = float(min(lasting / memory, np.log1p(excess)))
    clustered = np.exp(np.log1p(excess) - variance) - 1.0
    return Regime(
        mean, float(1.0 / clustered) if clustered > 1e-3 else np.inf, memory, max(float(np.sqrt(variance)), 0.05)
    )
