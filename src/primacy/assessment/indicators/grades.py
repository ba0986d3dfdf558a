"""From the grade of a report to the probability that it is true.

Grades are those of the admiralty system: reliability of the source A-F, credibility of the information 1-6.
"""

from collections.abc import Iterable
from functools import lru_cache

CREDIBILITY = {"1": 0.95, "2": 0.85, "3": 0.60, "4": 0.35, "5": 0.10, "6": 0.50}
RELIABILITY = {"A": 1.0, "B": 0.9, "C": 0.75, "D": 0.5, "E": 0.25, "F": 0.5}
UNGRADED = (0.60, 0.5)
OFFICIAL = "B1"
INDEPENDENT_AT_MOST = 3


def probability(grade: str) -> float:
    """P(true) of one report: credibility, shrunk towards one half by the reliability of its source.

    An empty or unreadable grade counts as ungraded.
    """
    reliability, credibility = grade[:1].upper(), grade[1:2]
    if reliability in RELIABILITY and credibility in CREDIBILITY:
        believed, weight = CREDIBILITY[credibility], RELIABILITY[reliability]
    else:
        believed, weight = UNGRADED
    return 0.5 + (believed - 0.5) * weight


def together(probabilities: Iterable[float]) -> float:
    """P(true) of independent reports of the same thing, by multiplying odds; the strongest three count."""
    return _together(tuple(probabilities))


@lru_cache(10_000)
def _together(probabilities: tuple[float, ...]) -> float:
    strongest = sorted(probabilities, key=lambda p: abs(p - 0.5), reverse=True)[:INDEPENDENT_AT_MOST]
    odds = 1.0
    for each in strongest:
        odds *= each / (1.0 - each)
    return round(odds / (1.0 + odds), 9)
