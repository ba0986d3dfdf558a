"""Why a condition is not sure enough to be met although its figure is what is asked for."""

from primacy.assessment.finding import Phrase
from primacy.assessment.rules.belief import MET
from primacy.assessment.rules.grid import Floats


def doubt(cause: str, low: Floats, high: Floats, *, holds: bool, n: float | None = None) -> Phrase | None:
    """The cause in words: grade, error, sample (of `n` cases), chance, range or coders.

    None where P is not known, where it is sure, and where the figure is not what is asked for and so says why not.
    """
    p = round(float(low[-1]), 3)
    if not holds or p >= MET or float(high[-1] - low[-1]) >= 1e-9:
        return None
    values = {"probability": p, "threshold": MET}
    return Phrase(f"doubt.{cause}", values if n is None else {**values, "n": n})
