"""What a condition was at an earlier point of the grid, told as of that day.

Where a rule must have held for some time, an earlier month may decide. A verdict over the grid explains its last point
alone, so the condition is judged again as of that month, with all that is known today.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from primacy.assessment.rules.belief import Belief
from primacy.assessment.rules.grid import Bools, Grid
from primacy.assessment.rules.judging import Judging, Leaf, Prerequisite
from primacy.assessment.rules.walked import Walked


@dataclass(frozen=True)
class Decisive:
    """The leaf that sets P as it stood when it does; `day` is None where that is the assessment's own.

    `today`: the leaf that sets P of today alone, which is another where it must have held for some time.
    """

    leaf: Leaf
    today: Leaf
    day: str | None = None


@dataclass(frozen=True)
class Earlier:
    """The conditions of one judgement at any point of its grid; each is judged again at most once for each point."""

    judging: Judging
    known: dict[tuple[int, int], Leaf] = field(default_factory=dict, compare=False, repr=False)
    asked: dict[int, Judging] = field(default_factory=dict, compare=False, repr=False)

    def day(self, point: int) -> str | None:
        """The day of a point of the grid; None of the assessment's own."""
        days = self.judging.round.grid.days
        return None if point == len(days) - 1 else days[point].isoformat()

    def leaf(self, node: Walked, point: int) -> Leaf:
        """A leaf, or an `each`, as it stood at a point."""
        if self.day(point) is None:
            return self.judging.leaves[node.leaf]
        if (node.leaf, point) not in self.known:
            again = self._as_of(point)
            begun = len(again.leaves)
            again.judge(node.rule, role=node.role)
            self.known[node.leaf, point] = again.leaves[begun]
        return self.known[node.leaf, point]

    def decisive(self, belief: Belief) -> Decisive | None:
        """What sets P; None where the rule has no leaf."""
        if not self.judging.leaves:
            return None
        place, point = int(belief.setter[-1]), int(belief.at[-1])
        own = self.judging.leaves[place]
        node = next((each for each in self.judging.tree.nodes() if each.leaf == place), None)
        if node is None or self.day(point) is None:
            return Decisive(own, own)
        return Decisive(self.leaf(node, point), self._today(node, point) or own, self.day(point))

    def _today(self, leaf: Walked, point: int) -> Leaf | None:
        """What sets P of today, of the innermost condition that must have held for some time and fails by a point."""
        holding = [
            each for each in self.judging.tree.nodes()
            if each.rule.head == "sustained" and each.parts and int(each.belief.at[-1]) == point
            and any(below is leaf for below in each.nodes())
        ]  # fmt: skip
        return self.judging.leaves[int(holding[-1].parts[0].belief.setter[-1])] if holding else None

    def _as_of(self, point: int) -> Judging:
        if point not in self.asked:
            judging = self.judging
            round_ = replace(judging.round, grid=Grid(judging.round.grid.days[point]), memory={})
            readings = {id: replace(each, round=round_) for id, each in judging.readings.items()}
            after = {name: _up_to(each, point) for name, each in judging.prerequisites.items()}
            self.asked[point] = Judging(round_, judging.benchmark, readings, judging.model, after)
        return self.asked[point]


def _up_to(prerequisite: Prerequisite, point: int) -> Prerequisite:
    """The same over a grid that ends at a point."""

    def cut(over: Bools) -> Bools:
        return over[np.maximum(np.arange(len(over)) - (len(over) - 1 - point), 0)]

    return replace(prerequisite, met=cut(prerequisite.met), known=cut(prerequisite.known))


def point_of(node: Walked, point: int) -> int:
    """The point at which what must be sustained decides about a point: the point itself, or one before it."""
    part, (_needed, span) = node.parts[0].belief, node.rule.call.points
    before = [point - back * span.step_months for back in range(span.points)]

    def decides(at: int) -> bool:
        ends = ("low", "high", "setter", "at")
        return at >= 0 and all(getattr(part, end)[at] == getattr(node.belief, end)[point] for end in ends)

    return next((at for at in before if decides(at)), point)
