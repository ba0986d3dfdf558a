"""Two coders score an item apart from each other, and a third person settles what they differ on.

Until both have scored, nobody but the coder sees a score: the second is not led by the first. Then both scores become
data points at once, each under a label that is the same for the same coder and says no name.
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from primacy.assessment.indicators.coding import SETTLED_BY
from primacy.framework import Framework

KIND, MEASURE = "rubric", "score"
SCORES = (0, 1, 2, 3)
CODERS = 2


@dataclass(frozen=True)
class Scheme:
    """What is scored for a benchmark: an indicator and the category of its data points."""

    benchmark: str
    indicator: str
    category: str


@dataclass(frozen=True)
class Coded:
    """An item with the scores that a viewer may see. `given`: how many there are; `mine`: whether one is the viewer's.

    state    open: a coder is missing; agreed; differ: a third person is to settle it; settled
    """

    id: int
    category: str
    item: str
    area: str
    day: date
    given: int
    mine: bool
    scores: tuple[tuple[int, str], ...]  # score and reason
    settled: int | None

    @property
    def state(self) -> str:
        if self.given < CODERS:
            return "open"
        if self.settled is not None:
            return "settled"
        return "agreed" if len({score for score, _why in self.scores}) == 1 else "differ"

    @property
    def waits(self) -> bool:
        """Whether the viewer may score it: as a coder, or as the third person."""
        return not self.mine and self.state in ("open", "differ")


def schemes(framework: Framework) -> Iterator[Scheme]:
    """Every rubric that a rule of a benchmark asks coders about, in the framework's order."""
    seen = set()
    for benchmark in framework.benchmarks.values():
        for leaf in benchmark.rule.leaves():
            indicator = benchmark.indicators.get(leaf.call.indicator)
            if leaf.head != "scored" or indicator is None or indicator.kind != KIND:
                continue
            category = indicator.where.get("category")
            if isinstance(category, str) and category not in seen:
                seen.add(category)
                yield Scheme(benchmark.id, leaf.call.indicator, category)


def label_of(name: str, secret: str, *, role: str = "coder") -> str:
    """The label under which somebody scores: always the same, and no way back to the name without the secret."""
    digest = hmac.new(secret.encode(), f"coder {name}".encode(), hashlib.sha256).hexdigest()
    return f"{role} {digest[:8]}"


def point(coded: Coded, score: int, label: str, *, settles: bool = False) -> dict[str, Any]:
    """One score as a data point without its place; that of the third person stands in a category of its own."""
    return {
        "kind": KIND, "item": coded.item, "date": coded.day, "until": coded.day,
        "category": coded.category + (SETTLED_BY if settles else ""), "measure": MEASURE, "value": float(score),
        "unit": "points", "source": label, "origin": label,
    }  # fmt: skip
