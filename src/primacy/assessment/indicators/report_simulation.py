"""Invented claims with graded reports on them, some of which only repeat others: the truth is known, the echoes hidden.

Each world has its own accuracy for each grade, near the table of grades, and its own rate of echoes. A claim is seen
by a few independent origins, each right as often as its grade is; every report may be told again by others, who add a
grade of their own that says nothing of what happened. What is wrong is repeated as often as what is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from primacy.assessment.indicators.fusion import Report
from primacy.assessment.indicators.grades import probability

GRADES = ("A1", "A2", "B2", "B3", "C2", "C3", "F6", "")
SPREAD = 20.0  # how near a world's accuracies are to the table: those of a Beta with so many observations
Claim = tuple[list[Report], bool]


@dataclass(frozen=True)
class World:
    """What a mission does not know: how often each grade is right, the rate of echoes, how often claims are true."""

    accuracy: Sequence[float]
    echo_rate: float
    true: float


def draw_world(random: np.random.Generator, echo_rate: float) -> World:
    """A world whose echo rate is the share of all reports that repeat another."""
    expected = np.array([min(max(probability(grade), 0.5), 0.95) for grade in GRADES])
    accuracy = np.clip(random.beta(SPREAD * expected, SPREAD * (1.0 - expected)), 0.35, 0.97)
    return World(accuracy.tolist(), echo_rate, float(random.uniform(0.35, 0.65)))


def draw_claims(random: np.random.Generator, world: World, claims: int, *, missing: float = 0.0) -> list[Claim]:
    """Claims with their reports and their truth; `missing`: the share of reports whose origin nobody recorded."""
    return [_claim(random, world, missing) for _ in range(claims)]


def _claim(random: np.random.Generator, world: World, missing: float) -> Claim:
    truth = bool(random.random() < world.true)
    reports = []
    for origin in range(1 + int(random.poisson(1.5))):
        grade = int(random.integers(len(GRADES)))
        says = truth if random.random() < world.accuracy[grade] else not truth
        reports.append(Report(says, GRADES[grade], f"o{origin}", f"o{origin}"))
        for echo in range(int(random.geometric(1.0 - world.echo_rate)) - 1):
            retold = GRADES[int(random.integers(len(GRADES)))]
            reports.append(Report(says, retold, f"e{origin}-{echo}", f"o{origin}"))
    hidden = random.random(len(reports)) < missing
    told = [
        Report(each.says, each.grade, each.source, None if unknown else each.origin)
        for each, unknown in zip(reports, hidden.tolist(), strict=True)
    ]
    return [told[place] for place in random.permutation(len(told)).tolist()], truth
