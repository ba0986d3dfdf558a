"""How long a condition has held, and how much longer it must, where a rule asks that it holds for some time."""

from collections.abc import Iterator
from dataclasses import replace

from primacy.assessment.finding import Phrase
from primacy.assessment.rules.belief import MET
from primacy.assessment.rules.walked import Walked
from primacy.framework.values import Span


def lasting(tree: Walked) -> list[Phrase]:
    """For each `sustained` that does not hold yet: at how many of its last points it holds, and how many more in a row
    would be enough."""
    found = []
    for node in _falling_short(tree):
        if not node.parts[0].belief.known[-1]:
            continue  # what is not known now has first to be known
        needed, span = node.rule.call.points
        held = _held(node.parts[0], span)
        more = replace(span, count=_more(held, needed))
        values = {"needed": needed, "of": str(span), "holds": sum(held), "more": str(more)}
        found.append(Phrase("enough.sustained", values))
    return found


def held_so_long(tree: Walked, leaf: int) -> list[Phrase]:
    """Where a leaf decides only because it must have held for some time: for how much of it it did.

    Its own sentence tells of today alone, and may read as if all were well.
    """
    found = []
    for node in _falling_short(tree):
        today = node.parts[0].belief.probability[-1] > node.belief.probability[-1]
        if today and any(each.leaf == leaf for each in node.nodes()):
            needed, span = node.rule.call.points
            values = {"needed": needed, "of": str(span), "holds": sum(_held(node.parts[0], span))}
            found.append(Phrase("finding.sustained", values))
    return found


def _falling_short(tree: Walked) -> Iterator[Walked]:
    """Each `sustained` among the conditions that does not hold, or not yet."""
    for node in tree.nodes():
        if node.rule.head == "sustained" and node.parts and node.role == "part" and node.belief.low[-1] < MET:
            yield node


def _held(part: Walked, span: Span) -> list[bool]:
    """Whether it was sure at each of the last points, the newest first."""
    low, step = part.belief.low, span.step_months
    return [bool(low[-1 - back * step] >= MET) if back * step < len(low) else False for back in range(span.points)]


def _more(held: list[bool], needed: int) -> int:
    """How many points to come must hold, if all do, so that enough of the last ones do."""
    return next(more for more in range(len(held) + 1) if more + sum(held[: len(held) - more]) >= needed)
