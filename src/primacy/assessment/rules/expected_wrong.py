"""Of so many findings, how many are wrong: what their probabilities leave open, added up.

A probability of 0.93 that a rule holds is one of 0.07 that it does not, so among many findings some are wrong, and how
many is known beforehand, though not which.

Source   Mueller, Parmigiani & Rice (2007), Bayesian Statistics 8: the posterior expected false discovery rate.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from primacy.assessment.finding import Finding

JUDGED = {"met": ("met",), "not met": ("not met", "reversed")}
"""Statuses that say yes or no; those between claim nothing that could be wrong."""
DIGITS = 2


@dataclass(frozen=True)
class Wrong:
    """`expected` of `findings` are wrong."""

    findings: int
    expected: float


def expected_wrong(findings: Iterable[Finding]) -> Mapping[str, Wrong]:
    """By `met` and `not met` (reversed included) how many have a probability and how many of them are wrong."""
    known = [each for each in findings if each.probability is not None]
    found = {}
    for name, statuses in JUDGED.items():
        holds = [each.probability for each in known if each.status in statuses and each.probability is not None]
        left_open = sum(1.0 - p if name == "met" else p for p in holds)
        found[name] = Wrong(len(holds), round(left_open, DIGITS))
    return found
