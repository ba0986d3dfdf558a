"""At which threshold a finding would flip: the curve of P over the threshold, and where it crosses a cut-off."""

from collections.abc import Callable, Sequence

import numpy as np

from primacy.assessment.belief import LIKELY, MET, UNLIKELY, Belief
from primacy.assessment.grid import Floats
from primacy.assessment.verdict import Verdict

Curve = Callable[[float], float]
STEPS = 200  # how far a threshold is moved, in hundredths of itself


def bucket(p: float) -> int:
    """Which of the four words a probability earns."""
    return 3 if p >= MET else 2 if p >= LIKELY else 0 if p <= UNLIKELY else 1


def flips_at(verdict: Verdict | None) -> float | None:
    """The threshold nearest to the one in force at which the part would be judged otherwise, else None."""
    if verdict is None or verdict.curve is None or verdict.threshold is None:
        return None
    threshold, here = verdict.threshold, bucket(round(verdict.curve(verdict.threshold), 3))
    step = max(abs(threshold), 1.0) / 100
    for distance in range(1, STEPS):
        for candidate in (threshold + distance * step, threshold - distance * step):
            if (candidate > 0 or threshold < 0) and bucket(round(verdict.curve(candidate), 3)) != here:
                return float(f"{candidate:.6g}")
    return None


def curve_of_each(
    elements: Sequence[tuple[Verdict, int]], combined: Belief, weights: Floats, asked: float
) -> Curve | None:
    """P that enough elements hold, over the threshold that they share; None where none of them has a curve.

    elements  each verdict with how many elements it stands for
    weights   of each element; `asked` is how much of the weight must hold (as a share where weights are shares)
    Missing   an element of which nothing is known counts as in the finding: as holding where it is not met all the same
    """
    if all(verdict.curve is None for verdict, _count in elements):
        return None
    unlikely = bool(combined.high[-1] <= UNLIKELY)

    def curve(threshold: float) -> float:
        found = [(_at(verdict, threshold, unlikely), count) for verdict, count in elements]
        values = np.array([p for p, count in found for _ in range(count)])
        order = np.argsort(-values, kind="stable")
        enough = np.cumsum(weights[order]) >= asked - 1e-9
        return float(values[order][int(enough.argmax())]) if enough.any() else 0.0

    return curve


def _at(verdict: Verdict, threshold: float, unlikely: bool) -> float:
    if verdict.curve is not None:
        return verdict.curve(threshold)
    return float(verdict.high[-1] if unlikely else verdict.low[-1])
