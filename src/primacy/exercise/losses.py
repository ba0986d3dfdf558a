"""How soon a loss is noticed: from the month in which what had held truly holds no longer to the first word of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from primacy.exercise.score_records import Record
from primacy.exercise.scoring import Rate, grouped, rate

HELD = 3  # months for which it must have held before it counts as lost
WORDS = ("not met", "reversed")
WARNING = "at risk"
YEAR = 12


@dataclass(frozen=True)
class Loss:
    """A benchmark that truly held for three months or more and then did not.

    told       whether it was called met while it held
    noticed    months until its status was not met or reversed; None: not before it held again, nor by the end
    warned     the same, or until its finding was flagged as at risk
    """

    history: str
    benchmark: str
    month: int
    told: bool
    noticed: int | None
    warned: int | None


@dataclass(frozen=True)
class Noticing:
    """Over all losses of what had been called met. `within`: share noticed in so many months; `false_a_year`: how often
    a met benchmark was called lost while it held all the time, for each year in which it was called met and held."""

    losses: int
    told: int
    within: Mapping[int, Rate]
    warned_within: Mapping[int, Rate]
    median: float | None
    false: int
    held_years: float

    @property
    def false_a_year(self) -> float | None:
        return self.false / self.held_years if self.held_years else None


Courses = Mapping[tuple[str, str], Sequence[int]]
"""For each (history, benchmark) whether it truly held, month by month from the first on: 1, 0, negative: unknown."""


def losses(records: Sequence[Record], courses: Courses) -> list[Loss]:
    """Every loss after which something was said, by history and benchmark."""
    found: list[Loss] = []
    for (history, benchmark), told in _series(records).items():
        course = courses[history, benchmark]
        found += [each for start, end in _runs(course) if (each := _loss(told, course, start, end)) is not None]
    return found


def _series(records: Sequence[Record]) -> dict[tuple[str, str], list[Record]]:
    """The findings of each benchmark in each history, by month."""
    return {
        (history, benchmark): sorted(own, key=lambda r: r.month)
        for history, each in sorted(grouped(records, lambda r: r.history).items())
        for benchmark, own in sorted(grouped(each, lambda r: r.benchmark).items())
    }


def _stretches(course: Sequence[int]) -> list[tuple[int, int]]:
    """The stretches of months in which it held: the first month and the one after the last."""
    found, start = [], None
    for month, code in enumerate([*course, 0]):
        if code == 1:
            start = month if start is None else start
        elif start is not None:
            found.append((start, month))
            start = None
    return found


def _runs(course: Sequence[int]) -> list[tuple[int, int]]:
    """The stretches that were long enough to be lost, and after which it did not hold."""
    return [(a, b) for a, b in _stretches(course) if b - a >= HELD and b < len(course) and course[b] == 0]


def _loss(told: Sequence[Record], course: Sequence[int], start: int, lost: int) -> Loss | None:
    again = next((month for month in range(lost, len(course)) if course[month] == 1), len(course))
    after = [each for each in told if lost <= each.month < again]
    if not after:
        return None
    before = [each for each in told if start <= each.month < lost]
    noticed = next((r.month - lost for r in after if r.status in WORDS), None)
    warned = next((r.month - lost for r in after if r.status in WORDS or WARNING in r.flags), None)
    met = any(r.status == "met" for r in before)
    return Loss(after[0].history, after[0].benchmark, lost, met, noticed, warned)


def noticing(records: Sequence[Record], courses: Courses, within: Sequence[int] = (3, 6, 12)) -> Noticing:
    """How soon what was called met and is lost is said to be lost, and how often something is said to be lost that
    is not."""
    found = losses(records, courses)
    of_met = [each for each in found if each.told]
    waited = sorted(each.noticed for each in of_met if each.noticed is not None)
    # The median over all of them, those that nobody noticed counted as the longest.
    middle = (len(of_met) - 1) // 2
    false, months = _false(records, courses)
    return Noticing(
        losses=len(found), told=len(of_met),
        within={n: rate([(e.history, e.noticed is not None and e.noticed <= n) for e in of_met]) for n in within},
        warned_within={n: rate([(e.history, e.warned is not None and e.warned <= n) for e in of_met]) for n in within},
        median=float(waited[middle]) if of_met and middle < len(waited) else None,
        false=false, held_years=months / YEAR,
    )  # fmt: skip


def _false(records: Sequence[Record], courses: Courses) -> tuple[int, int]:
    """How often what had been called met was called lost while it held all along, and over how many months it held and
    had been called met."""
    calls = months = 0
    for key, told in _series(records).items():
        for start, end in _stretches(courses[key]):
            inside = [each for each in told if start <= each.month < end]
            first = next((place for place, each in enumerate(inside) if each.status == "met"), len(inside))
            for before, each in pairwise(inside[first:]):
                months += each.month - before.month
                calls += each.status in WORDS and before.status not in WORDS
    return calls, months
