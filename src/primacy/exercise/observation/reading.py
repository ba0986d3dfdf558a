"""What one reader makes of true values, and what a survey finds."""

import numpy as np
from numpy.typing import NDArray

from primacy.evidence.kinds import KINDS
from primacy.exercise.ledger.made import Made
from primacy.exercise.observation.producers import Producer
from primacy.exercise.observation.watching import bell
from primacy.exercise.truth import Floats

BLUR = {"share": 0.03, "score": 0.28, "points": 0.8, "days": 2.0, "persons": 0.3, "number": 0.25, "currency": 0.02}
MOST_SCORE = 3.0
SMALL = 30
INDEX = 0.03  # error of a published index, as a share of its value
NEVER_BELOW = ("days", "persons", "items", "share", "currency")


def read(producer: Producer, made: Made, true: Floats, stage: NDArray[np.bool_], drawn: Floats) -> Floats:
    """What one reader makes of true values.

    Shapes   true, stage (whether a value is the number of one) (n,); drawn: chance (n, 3)
    """
    wrong, off = drawn[:, 0] < producer.wrong, bell(drawn[:, 1], drawn[:, 2])
    if made.either is not None:
        low, high = made.either
        if made.once:
            wrong &= true != high
        return np.where(wrong, np.where(true == high, low, high), true)
    values = _level(producer, made, true, off)
    if not stage.any():
        return values
    return np.where(stage, np.where(wrong, np.maximum(np.minimum(1.0, true), true - 1.0), true), values)


def _level(producer: Producer, made: Made, true: Floats, off: Floats) -> Floats:
    """A quantity, with an error in its unit."""
    unit = KINDS[made.kind].measures[made.measure]
    error = producer.blur * BLUR.get(unit, 0.0) * off
    if made.kind == "index":
        error = producer.blur * INDEX * true * off
    values = true + error * (true if unit == "currency" else 1.0)
    if producer.coders:
        return np.clip(np.round(values), 0.0, MOST_SCORE)
    if made.whole or unit in ("days", "persons", "number"):
        values = np.round(values)
    if unit in NEVER_BELOW:
        values = np.maximum(0.0, values)
    if unit == "share":
        values = np.minimum(1.0, values)
    return np.round(values, 4)


def asked(
    producer: Producer, made: Made, true: Floats, share: Floats, candour: Floats, drawn: Floats
) -> tuple[Floats, Floats, Floats]:
    """Estimates of a survey, their standard errors, and how many people answered.

    Where people fear to speak they praise, and the error of the sample does not tell it.
    Shapes   true, share (of the people asked who are of the group), candour (n,); drawn: chance (n, 3)
    """
    n = np.maximum(SMALL, np.round(producer.asked * share * (0.9 + 0.15 * drawn[:, 0])))
    scale = 100.0 if made.measure == "points" else 1.0
    p = np.clip(true, 0.015, 0.985) if scale == 1.0 else np.full(len(true), 0.5)
    se = np.sqrt(p * (1.0 - p) / n * producer.design) * (0.6 * scale if scale > 1.0 else 1.0)
    fear = 0.06 * (1.0 - candour) ** 2 * scale
    value = true + fear + se * bell(drawn[:, 1], drawn[:, 2])
    if made.measure == "share":
        value = np.clip(value, 0.0, 1.0)
    return np.round(value, 4), se, n
