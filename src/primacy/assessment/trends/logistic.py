"""Logistic regression: what the weights of a projection are learnt by, and how they are put to use."""

import numpy as np

from primacy.assessment.rules.grid import Floats

STEPS = 60
RIDGE = 1.0


def log_odds(p: Floats, edge: float) -> Floats:
    """Log odds, read between `edge` and its complement; NaN stays NaN."""
    inside = np.clip(p, edge, 1.0 - edge)
    odds: Floats = np.log(inside / (1.0 - inside))
    return odds


def weighted(read: Floats, weights: tuple[float, ...]) -> Floats:
    """Log odds (n,) of what is read (n, k), by as many weights."""
    total = np.zeros(len(read))
    for column, weight in enumerate(weights):  # one after the other: a matrix product sums in an order of its own
        total += weight * read[:, column]
    return total


def learnt(read: Floats, true: Floats) -> tuple[float, ...]:
    """Weights (k,) for what is read (n, k) of cases that were so (1) or not (0), to four digits: Newton's steps with a
    small ridge."""
    weights = np.zeros(read.shape[1])
    for _ in range(STEPS):
        p = 1.0 / (1.0 + np.exp(-np.clip(read @ weights, -30.0, 30.0)))
        slope = read.T @ (true - p) - RIDGE * weights
        curve = (read * (p * (1.0 - p))[:, None]).T @ read + RIDGE * np.eye(read.shape[1])
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-8:
            break
    return tuple(float(f"{each:.4g}") for each in weights.tolist())
