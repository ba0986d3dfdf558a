"""What differs between two assessments, and why: each change with what every cause contributed to it."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from primacy.assessment.finding import Finding, Phrase
from primacy.assessment.over_time.attributing import Contribution, contributions, main_cause
from primacy.assessment.over_time.replaying import Replay, Side

RESTRICTED = "partly restricted"
UNCAUSED = "not replayed"
"""Stands for the cause where one of the two cannot be computed again."""


@dataclass(frozen=True)
class Change:
    """A benchmark whose status or probability differs.

    cause         the one that led furthest to the new status, `not replayed` where that cannot be told, and empty where
                  it was not asked for
    probability   before and after; None where it is not known
    contributions of all causes; they add up to the change
    not_replayed  why there are none
    """

    benchmark: str
    before: str
    after: str
    cause: str
    sentence: Phrase
    probability: tuple[float | None, float | None] = (None, None)
    contributions: tuple[Contribution, ...] = ()
    not_replayed: str | None = None

    @property
    def of_status(self) -> bool:
        return self.before != self.after

    @property
    def difference(self) -> float | None:
        """The change of P; None where it is not known before or after."""
        before, after = self.probability
        return None if before is None or after is None else round(after - before, 3)

    def explained(self, parts: tuple[Contribution, ...], not_replayed: str | None = None) -> "Change":
        cause = main_cause(parts) if parts else UNCAUSED
        return dataclasses.replace(self, cause=cause, contributions=parts, not_replayed=not_replayed)


def listed(before: Sequence[Finding], after: Sequence[Finding]) -> list[Change]:
    """Every benchmark of both whose status or probability differs, in the framework's order, without causes."""
    earlier = {each.benchmark: each for each in before}
    found = []
    for new in after:
        old = earlier.get(new.benchmark)
        if old is not None and (old.status, old.probability) != (new.status, new.probability):
            chances = old.probability, new.probability
            found.append(Change(new.benchmark, old.status, new.status, "", new.lead, chances))
    return found


def compare(before: Side, after: Side, *, progress: Callable[[float], None] | None = None) -> list[Change]:
    """The same with what each cause contributed."""
    differing = listed(before.assessment.findings, after.assessment.findings)
    closed = {each.benchmark for side in (before, after) for each in side.assessment.findings if each.carried}
    only = [each.benchmark for each in differing if each.benchmark not in closed]
    backwards = _order(after) < _order(before)
    first, last = (after, before) if backwards else (before, after)
    paths = Replay(first, last, only).paths(progress) if only else {}
    return [
        each.explained(contributions(paths[each.benchmark], backwards=backwards))
        if each.benchmark in paths
        else each.explained((), RESTRICTED)
        for each in differing
    ]


def _order(side: Side) -> tuple[str, str]:
    """What was known first comes first, then the earlier day."""
    return side.known.isoformat(), side.as_of.isoformat()
