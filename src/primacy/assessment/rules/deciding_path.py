"""The way from the parts of a rule to its P on the assessment's day, as a tree that a reader can follow."""

import math

from primacy.assessment.finding import Phrase, Step
from primacy.assessment.rules.earlier import Earlier, point_of
from primacy.assessment.rules.walked import Walked
from primacy.assessment.told.rule_phrases import each_phrase, leaf_phrase
from primacy.assessment.told.wording import rounded_phrase


def path(earlier: Earlier) -> Step:
    """The whole tree. What sets P is followed from the top: the part whose leaf the combination took over.

    Below what must have held for some time, everything is told of the month that decides.
    """
    tree = earlier.judging.tree
    return _step(earlier, tree, len(tree.belief.low) - 1, chosen=True, setter=int(tree.belief.setter[-1]))


def _step(earlier: Earlier, node: Walked, point: int, *, chosen: bool, setter: int) -> Step:
    belief = node.belief
    p, absent = float(belief.probability[point]), bool(belief.absent[point])
    lasting = node.rule.head == "sustained" and node.leaf < 0 and bool(node.parts)
    inside = point_of(node, point) if lasting else point
    # An `each` is one condition: its areas or actors are told beside, not as steps.
    parts = () if node.leaf >= 0 else node.parts
    below = [*((each, inside) for each in parts), *((each, point) for each in node.vetoes)]
    return Step(
        what=_what(earlier, node, inside),
        role=node.role,
        probability=None if math.isnan(p) else round(p, 3),
        low=round(float(belief.low[point]), 3), high=round(float(belief.high[point]), 3),
        lower=round(float(belief.lower[point]), 3), capped=bool(belief.capped[point]),
        sets=chosen and not absent and not math.isnan(p), waits=absent, part=node.leaf if node.leaf >= 0 else None,
        then=_then(earlier, node, point),
        steps=tuple(
            _step(earlier, each, at, chosen=chosen and _holds(each, setter), setter=setter) for each, at in below
        ),
    )  # fmt: skip


def _then(earlier: Earlier, node: Walked, point: int) -> Phrase | None:
    """What a condition was, where another day than that of the assessment is told."""
    day = earlier.day(point)
    if day is None or node.leaf < 0:
        return None
    return Phrase("finding.then", {"day": day, "sentence": rounded_phrase(earlier.leaf(node, point).verdict.sentence)})


def _holds(node: Walked, leaf: int) -> bool:
    return any(each.leaf == leaf for each in node.nodes())


def _what(earlier: Earlier, node: Walked, inside: int) -> Phrase:
    entry, rule = earlier.judging.benchmark, node.rule
    if rule.each is not None:
        return each_phrase(entry, rule, leaf_phrase(entry, rule))
    if rule.is_leaf:
        return leaf_phrase(entry, rule)
    match rule.head:
        case "k_of":
            return Phrase("path.k_of", {"k": rule.call.k, "n": len(rule.call.of)})
        case "sustained":
            needed, span = rule.call.points
            values, day = {"needed": needed, "span": str(span)}, earlier.day(inside)
            if day is not None:
                return Phrase("path.sustained.then", {**values, "day": day})
            return Phrase("path.sustained", values)
    return Phrase(f"path.{rule.head}")
