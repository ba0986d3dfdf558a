"""A change split into contributions of its causes that add up to it exactly.

Both assessments are computed again with one thing changed at a time, along two orders: the past is corrected first and
then time passes and is learnt of; or time passes first and the past is corrected last. What a cause contributes is the
mean of its two steps. In both orders time passes before what is new is learnt: of months to come nothing can be known.

Sources  Shapley 1953 (contributions that add up are means over orders); Mitchell, Cooper, Frank & Holmes 2022, JMLR 23
         (an order and its reverse stand for all); Frye, Rowat & Feige 2020, NeurIPS 33 (orders that respect causes).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

RULE, CALIBRATION, PLACES, LEVEL = "a changed rule", "another calibration", "changed places", "other rights to read"
TIME, CODE = "the passing of time", "another version of Primacy"
UNKNOWN = "insufficient evidence"
PARTS = 2000
"""Probabilities have three decimals and are means of two steps: contributions are whole numbers of this part of one."""


@dataclass(frozen=True)
class Stand:
    """How a benchmark stands in one replay. `probability` None: not known there."""

    status: str
    probability: float | None


@dataclass(frozen=True)
class Contribution:
    """What one cause did to a benchmark.

    probability  change of P, None where P is not known before or after; those of all causes add up to the change of P
    status       share of the way to the new status: negative where the cause led away from it; they add up to 1, and
                 to 0 where the status is the same
    """

    cause: str
    probability: float | None
    status: float


Path = Sequence[tuple[str, Stand]]
"""Steps of one order: the cause that was changed, and how the benchmark stands after it; the first has no cause."""


def orders(causes: Sequence[str]) -> tuple[list[str], list[str]]:
    """The order given and its reverse, but in both of them the last two keep theirs: first time, then what is new.

    `causes` end with those of these two that differ.
    """
    block = [each for each in causes if each in LEARNT]
    corrected = [each for each in causes if each not in LEARNT]
    return [*corrected, *block], [*block, *reversed(corrected)]


LEARNT = (TIME, "new evidence")


def contributions(paths: Sequence[Path], *, backwards: bool = False) -> tuple[Contribution, ...]:
    """What each cause contributes along two paths with the same ends, in the order of the first path.

    Where nothing is known after a step, P and the status stand where they stood, and the next step that makes something
    known has led there. `backwards`: the change is told from the end of the paths to their beginning.
    """
    first, last = paths[0][0][1], paths[0][-1][1]
    causes = list(dict.fromkeys(cause for cause, _ in paths[0][1:]))
    known = first.probability is not None and last.probability is not None
    chances = _summed(map(_steps_of_chance, paths)) if known else {}
    told = first.status if backwards else last.status
    shares = _summed(_steps_of_status(path, told) for path in paths)
    sign = -1 if backwards else 1
    return tuple(
        Contribution(cause, sign * chances[cause] / PARTS if known else None, sign * shares[cause] / len(paths))
        for cause in causes
    )


def _steps_of_chance(path: Path) -> Iterator[tuple[str, int]]:
    last = _thousandths(path[0][1].probability)
    for cause, stand in path[1:]:
        now = last if stand.probability is None else _thousandths(stand.probability)
        yield cause, now - last
        last = now


def _thousandths(probability: float | None) -> int:
    return round((probability or 0.0) * 1000)


def _steps_of_status(path: Path, told: str) -> Iterator[tuple[str, int]]:
    """Whether each step leads to a status (1) or away from it (-1)."""
    last, end = path[0][1].status, path[-1][1].status
    for cause, stand in path[1:]:
        now = last if stand.status == UNKNOWN != end else stand.status
        yield cause, (now == told) - (last == told)
        last = now


def _summed(paths: Iterator[Iterator[tuple[str, int]]]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for path in paths:
        for cause, step in path:
            found[cause] = found.get(cause, 0) + step
    return found


def main_cause(found: Sequence[Contribution]) -> str:
    """The cause that led furthest to the new status; among equals the one that moved P most, then the first."""
    best = max(found, key=lambda each: (each.status, abs(each.probability or 0.0)))
    return best.cause
