"""The way from the parts of a rule to its P on the assessment's day, as a tree that a reader can follow."""

import math

from primacy.assessment.finding import Phrase, Step
from primacy.assessment.rules.walked import Walked
from primacy.assessment.told.rule_phrases import each_phrase, leaf_phrase
from primacy.framework.entries import Measured


def path(entry: Measured, tree: Walked) -> Step:
    """The whole tree. What sets P is followed from the top: the part whose leaf the combination took over."""
    return _step(entry, tree, chosen=True, setter=int(tree.belief.setter[-1]))


def _step(entry: Measured, node: Walked, *, chosen: bool, setter: int) -> Step:
    belief = node.belief
    p, absent = float(belief.probability[-1]), bool(belief.absent[-1])
    # An `each` is one condition: its areas or actors are told beside, not as steps.
    below = node.vetoes if node.leaf >= 0 else node.below
    return Step(
        what=_what(entry, node),
        role=node.role,
        probability=None if math.isnan(p) else round(p, 3),
        low=round(float(belief.low[-1]), 3), high=round(float(belief.high[-1]), 3),
        lower=round(float(belief.lower[-1]), 3), capped=bool(belief.capped[-1]),
        sets=chosen and not absent and not math.isnan(p), waits=absent, part=node.leaf if node.leaf >= 0 else None,
        steps=tuple(_step(entry, each, chosen=chosen and _holds(each, setter), setter=setter) for each in below),
    )  # fmt: skip


def _holds(node: Walked, leaf: int) -> bool:
    return any(each.leaf == leaf for each in node.nodes())


def _what(entry: Measured, node: Walked) -> Phrase:
    rule = node.rule
    if rule.each is not None:
        return each_phrase(entry, rule, leaf_phrase(entry, rule))
    if rule.is_leaf:
        return leaf_phrase(entry, rule)
    match rule.head:
        case "k_of":
            return Phrase("path.k_of", {"k": rule.call.k, "n": len(rule.call.of)})
        case "sustained":
            needed, span = rule.call.points
            return Phrase("path.sustained", {"needed": needed, "span": str(span)})
    return Phrase(f"path.{rule.head}")
