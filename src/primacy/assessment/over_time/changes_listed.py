"""Changes between two assessments for the terminal and for scripts."""

from collections.abc import Iterator, Sequence
from typing import Any

from primacy.assessment.over_time.attributing import Contribution
from primacy.assessment.over_time.changes import Change

Tree = dict[str, Any]


def as_tree(changes: Sequence[Change]) -> Tree:
    """`changes` of status; `moved`: where only the probability differs."""
    return {
        "changes": [_tree(each) for each in changes if each.of_status],
        "moved": [_tree(each) for each in changes if not each.of_status],
    }


def _tree(change: Change) -> Tree:
    before, after = change.probability
    return {
        "benchmark": change.benchmark, "before": change.before, "after": change.after, "cause": change.cause,
        "probability": {"before": before, "after": after, "change": change.difference},
        "contributions": [
            {"cause": each.cause, "probability": each.probability, "status": each.status}
            for each in change.contributions
        ],
        "not_replayed": change.not_replayed,
    }  # fmt: skip


def lines(changes: Sequence[Change]) -> Iterator[str]:
    """Each change with its cause, and below it the contributions where there are several."""
    for each in changes:
        if each.of_status:
            yield f"{each.benchmark:<6} {each.before} -> {each.after} ({each.cause}){_chances(each)}"
            yield from _parts(each)
    moved = [each for each in changes if not each.of_status]
    if moved:
        yield "Same status, another probability:"
    for each in moved:
        yield f"{each.benchmark:<6} {each.after}{_chances(each)}"
        yield from _parts(each)


def _chances(change: Change) -> str:
    before, after = ("unknown" if each is None else f"{each:.1%}" for each in change.probability)
    return f"  P {before} -> {after}"


def _parts(change: Change) -> Iterator[str]:
    if change.not_replayed is not None:
        yield f"         cannot be computed again here: {change.not_replayed}"
    for each in change.contributions:
        if each.probability or each.status:
            yield f"         {_said(each):<28} {each.cause}"


def _said(part: Contribution) -> str:
    chance = "" if part.probability is None else f"{100 * part.probability:+.2f} points"
    return f"{chance:>14}  {f'{part.status:+.0%} of the way' if part.status else ''}"
