"""Will a benchmark be met when it is due? A projection from how its probability went, with a calibration of its own.

P moves on the scale of log odds like a random walk, so what tells how it goes on is how far it is from the cut-off in
units of its own restlessness and the months that are left, where it stands, and where it has been. Which way it went in
the last year adds nothing to that. The weights were learnt from simulated histories of events whose later months are
known (`projection_learning.py`, seed 1; measured on others by `bench/on_track.py`); on other kinds of evidence nobody
has measured it. Met is P at the cut-off, or holding what was achieved.
"""

import math

import numpy as np

from primacy.assessment.rules.belief import MET
from primacy.assessment.rules.grid import Bools, Floats
from primacy.assessment.trends.logistic import log_odds, weighted

YEAR = 12
FARTHEST = 36
"""Months ahead up to which it was learnt; later ends are projected as these."""
EDGE = 0.002
"""Log odds are read between this and its complement: beyond them P says the same."""
LEAST_STEP = 0.12
"""The least that log odds are taken to move in a month."""
NEAREST = 1
WEIGHTS = (-1.735, 0.578, 2.824, -0.719, 0.152)


def signs(history: Floats, months: Floats) -> Floats:
    """What is read of histories of P that end now.

    Shapes   history (n, 13 or more), months (n,) left -> (n, 5): a constant; the distance from the cut-off, in steps as
             large as those of the last year, over the months left; P now; its peak in the last year; how much is left
    """
    last_year = history[:, -YEAR - 1 :]
    odds = log_odds(last_year, EDGE)
    restless = np.maximum(np.sqrt((np.diff(odds, axis=1) ** 2).mean(axis=1)), LEAST_STEP)
    ahead = np.clip(months, NEAREST, FARTHEST)
    gap = np.clip((odds[:, -1] - math.log(MET / (1.0 - MET))) / (restless * np.sqrt(ahead)), -6.0, 6.0)
    constant = np.ones(len(gap))
    found: Floats = np.stack([constant, gap, last_year[:, -1], last_year.max(axis=1), np.sqrt(ahead / YEAR)], axis=1)
    return found


def projected(history: Floats, months: Floats, weights: tuple[float, ...] = WEIGHTS) -> Floats:
    """P(met when due) for histories that are known throughout their last year. Shapes as of `signs`, -> (n,)."""
    total = weighted(signs(history, months), weights)
    probability: Floats = np.round(1.0 / (1.0 + np.exp(-np.clip(total, -30.0, 30.0))), 3)
    return probability


def projection(probability: Floats, capped: Bools, months: int) -> float | None:
    """From P over the grid (g,); None where it is due already, was not known for a year, or is capped: what rests on
    one kind of source is not met by more of the same."""
    last_year = probability[-YEAR - 1 :]
    if months < NEAREST or len(last_year) <= YEAR or bool(np.isnan(last_year).any()) or bool(capped[-1]):
        return None
    return float(projected(last_year[None, :], np.array([months], dtype=np.float64))[0])
