"""Will a benchmark be met when it is due? A projection from how its probability went, with a calibration of its own.

P moves on the scale of log odds like a random walk with some drift, so three things tell how it goes on: how far it is
from the cut-off in units of its own restlessness and the months that are left, which way it went in the last year, and
where it stands. Their weights were learnt from simulated histories of events whose later months are known (`learn`,
`bench/on_track.py`); on other kinds of evidence nobody has measured it.
"""

import math

import numpy as np

from primacy.assessment.belief import MET
from primacy.assessment.grid import Bools, Floats

YEAR = 12
FARTHEST = 36
"""Months ahead up to which it was learnt; later ends are projected as these."""
EDGE = 0.002
"""Log odds are read between this and its complement: beyond them P says the same."""
LEAST_STEP = 0.12
"""The least that log odds are taken to move in a month."""
NEAREST = 1
WEIGHTS = (-0.6589, 0.6094, 0.01053, 2.772, 0.1047)


def signs(history: Floats, months: Floats) -> Floats:
    """What is read of histories of P that end now.

    Shapes   history (n, 13 or more), months (n,) left -> (n, 5): a constant, distance, way of the last year, both for
             the months left, and how much is left
    """
    odds = _odds(history[:, -YEAR - 1 :])
    steps = np.diff(odds, axis=1)
    restless = np.maximum(np.sqrt((steps**2).mean(axis=1)), LEAST_STEP)
    ahead = np.clip(months, NEAREST, FARTHEST)
    reach = restless * np.sqrt(ahead)
    gap = (odds[:, -1] - math.log(MET / (1.0 - MET))) / reach
    way = steps.mean(axis=1) * np.sqrt(ahead) / restless
    found: Floats = np.stack(
        [np.ones(len(gap)), np.clip(gap, -6.0, 6.0), np.clip(way, -4.0, 4.0), odds[:, -1] / 6.0,
         np.sqrt(ahead / YEAR)], axis=1
    )  # fmt: skip
    return found


def _odds(p: Floats) -> Floats:
    inside = np.clip(p, EDGE, 1.0 - EDGE)
    odds: Floats = np.log(inside / (1.0 - inside))
    return odds


def projected(history: Floats, months: Floats, weights: tuple[float, ...] = WEIGHTS) -> Floats:
    """P(met when due) for histories that are known throughout their last year. Shapes as of `signs`, -> (n,)."""
    read = signs(history, months)
    total = np.zeros(len(read))
    for column, weight in enumerate(weights):  # one after the other: a matrix product sums in an order of its own
        total += weight * read[:, column]
    probability: Floats = np.round(1.0 / (1.0 + np.exp(-np.clip(total, -30.0, 30.0))), 3)
    return probability


def projection(probability: Floats, capped: Bools, months: int) -> float | None:
    """From P over the grid (g,); None where it is due already, was not known for a year, or is capped: what rests on
    one kind of source is not met by more of the same."""
    last_year = probability[-YEAR - 1 :]
    if months < NEAREST or len(last_year) <= YEAR or bool(np.isnan(last_year).any()) or bool(capped[-1]):
        return None
    return float(projected(last_year[None, :], np.array([months], dtype=np.float64))[0])
