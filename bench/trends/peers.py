"""The rules in common use, each over many histories at once: has the last year fewer events than the year before?"""

import math
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from primacy.assessment.trends.simulation import Floats
from primacy.assessment.trends.trend_features import Bools

YEAR = 12
SIGNIFICANT = -1.645
"""One-sided 5 %: the level at which the peers say that a series has decreased."""
SIZES = np.exp(np.linspace(np.log(0.2), np.log(500.0), 40))
Peer = Callable[[Floats], Bools]


def lower_than_before(counts: Floats) -> Bools:
    """Fewer events in the last twelve months than in the twelve before."""
    lower: Bools = np.less(counts[:, -YEAR:].sum(axis=1), counts[:, -2 * YEAR : -YEAR].sum(axis=1))
    return lower


def poisson_test(counts: Floats) -> Bools:
    """Exact conditional test of two Poisson totals (Przyborowski & Wilenski 1940)."""
    now = counts[:, -YEAR:].sum(axis=1).astype(int)
    both = counts[:, -2 * YEAR :].sum(axis=1).astype(int)
    log_factorials = np.array([math.lgamma(n + 1.0) for n in range(int(both.max()) + 1)])
    found = []
    for few, n in zip(now.tolist(), both.tolist(), strict=True):
        k = np.arange(few + 1)
        logs = log_factorials[n] - log_factorials[k] - log_factorials[n - k] - n * math.log(2.0)
        found.append(bool(np.exp(logs).sum() < 0.05))
    return np.array(found)


def quasi_poisson(counts: Floats) -> Bools:
    """Log-linear model of the last two years, its error widened by Pearson's dispersion (McCullagh & Nelder 1989)."""
    before, now = _windows(counts)
    means = before.mean(axis=1) + 1e-9, now.mean(axis=1) + 1e-9
    parts = zip((before, now), means, strict=True)
    pearson = sum(((part - mean[:, None]) ** 2).sum(axis=1) / mean for part, mean in parts)
    dispersion = np.maximum(pearson / (2 * YEAR - 2), 1.0)
    error = np.sqrt(dispersion * (1.0 / (YEAR * means[0]) + 1.0 / (YEAR * means[1])))
    found: Bools = np.less(np.log(means[1] / means[0]) / error, SIGNIFICANT)
    return found


def negative_binomial(counts: Floats) -> Bools:
    """Negative-binomial model of the last two years, dispersion by maximum likelihood, Wald test."""
    before, now = _windows(counts)
    means = before.mean(axis=1) + 1e-9, now.mean(axis=1) + 1e-9
    most = int(counts[:, -2 * YEAR :].max())
    likelihood = np.empty((SIZES.shape[0], counts.shape[0]))
    for number, size in enumerate(SIZES.tolist()):
        rising = np.array([math.lgamma(count + size) - math.lgamma(size) for count in range(most + 1)])
        likelihood[number] = sum(
            rising[part.astype(int)].sum(axis=1)
            + part.sum(axis=1) * np.log(mean / (mean + size))
            + YEAR * size * np.log(size / (size + mean))
            for part, mean in zip((before, now), means, strict=True)
        )
    excess = 1.0 / SIZES[likelihood.argmax(axis=0)]
    error = np.sqrt((1.0 / means[0] + excess) / YEAR + (1.0 / means[1] + excess) / YEAR)
    found: Bools = np.less(np.log(means[1] / means[0]) / error, SIGNIFICANT)
    return found


def effective_sample_size(counts: Floats) -> Bools:
    """Two means of square roots, as many independent months as their memory leaves (Bayley & Hammersley 1946).

    Memory and spread come from the whole history but the change: each stretch has its own mean.
    """
    roots = np.sqrt(counts + 0.375)
    before, now = _windows(roots)
    rest = np.concatenate(
        [part - part.mean(axis=1, keepdims=True) for part in (roots[:, :-YEAR], now) if part.shape[1]], axis=1
    )
    total = (rest**2).sum(axis=1) + 1e-9
    memory = (rest[:, 1:] * rest[:, :-1]).sum(axis=1) / total + 2.0 / rest.shape[1]
    memory = np.clip(memory, 0.0, 0.95)
    months = YEAR * (1.0 - memory) / (1.0 + memory)
    error = np.sqrt(total / (rest.shape[1] - 2) * 2.0 / np.maximum(months, 1.0))
    found: Bools = np.less((now.mean(axis=1) - before.mean(axis=1)) / error, SIGNIFICANT)
    return found


def changepoints(counts: Floats) -> Bools:
    """`ruptures`: PELT on robust-scaled log counts; the last segment is new this year and lower than the one before."""
    import ruptures

    logs = np.log(counts + 1.0)
    middle = np.median(logs, axis=1, keepdims=True)
    scaled = (logs - middle) / np.maximum(1.4826 * np.median(np.abs(logs - middle), axis=1, keepdims=True), 0.3)
    found = []
    for row in scaled:
        ends = ruptures.Pelt(model="l2", min_size=3).fit(row).predict(pen=3.0 * math.log(row.shape[0]))
        edges = [0, *ends]
        late = len(ends) > 1 and edges[-2] >= row.shape[0] - YEAR - 3
        found.append(bool(late and row[edges[-2] :].mean() < row[edges[-3] : edges[-2]].mean()))
    return np.array(found)


def _windows(counts: Floats) -> tuple[Floats, Floats]:
    return counts[:, -2 * YEAR : -YEAR], counts[:, -YEAR:]


PEERS: dict[str, Peer] = {
    "lower than before": lower_than_before,
    "Poisson test": poisson_test,
    "quasi-Poisson": quasi_poisson,
    "negative-binomial GLM": negative_binomial,
    "effective sample size": effective_sample_size,
    **({"`ruptures`": changepoints} if find_spec("ruptures") else {}),
}
