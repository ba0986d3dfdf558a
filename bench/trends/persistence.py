"""Real series, where the truth is unknown: of the falls that a rule finds, how many still hold a year later?"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from trends.peers import PEERS, YEAR

from primacy.assessment.trends.simulation import Floats
from primacy.assessment.trends.trend import TrendModel, Windows, posterior
from primacy.assessment.trends.trend_features import Bools

STEP = 6
FEWEST_BEFORE = 6
"""Events in the year before, without which nobody would ask for a fall."""
OURS = "this posterior, more than 90 %"
ASKED = ("lower than before", "Poisson test", "negative-binomial GLM", "effective sample size")


@dataclass
class Held:
    """How often a rule found a fall, and how often the next year still had a fifth fewer events than the baseline."""

    asked: int = 0
    found: int = 0
    held: int = 0

    @property
    def share(self) -> str:
        return f"{self.held / self.found:.2f} of {self.found}" if self.found else "none found"


def held(model: TrendModel, series: Iterable[Floats], *, backwards: bool = False) -> dict[str, Held]:
    """By rule, over windows every half year that end a year before the series does. The window of a series (months,)
    is compared with the year before; read backwards, a rise becomes a fall."""
    found = {name: Held() for name in (OURS, *ASKED)}
    for counts in series:
        _count(found, model, counts[::-1] if backwards else counts)
    return found


def _count(found: dict[str, Held], model: TrendModel, counts: Floats) -> None:
    ends = np.arange(3 * YEAR, counts.shape[0] - YEAR + 1, STEP)
    before = np.array([counts[end - 2 * YEAR : end - YEAR].sum() for end in ends])
    later = np.array([counts[end : end + YEAR].sum() for end in ends])
    asked = before >= FEWEST_BEFORE
    if not asked.any():
        return
    holds = later <= 0.8 * before
    said = posterior(model, counts[None, :], Windows(ends, YEAR)).at_most(0.8)[0] > 0.9
    cut = np.stack([counts[end - 2 * YEAR : end] for end in ends])
    longer = np.stack([counts[end - 3 * YEAR : end] for end in ends])
    answers: dict[str, Bools] = {OURS: said}
    for name in ASKED:
        answers[name] = PEERS[name](longer if name == "effective sample size" else cut)
    for name, answer in answers.items():
        each = found[name]
        each.asked += int(asked.sum())
        each.found += int((answer & asked).sum())
        each.held += int((answer & asked & holds).sum())
