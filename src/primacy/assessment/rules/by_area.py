"""The one condition of a rule by which its areas are told: of the whole rule nothing can be said by area.

Mostly it is not the benchmark that is judged in an area but one of its conditions. Chosen is the one that decides the
benchmark, where it can be asked in each area by itself; else another that speaks for the rule, never one that an
alternative has made idle.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from primacy.assessment.rules.judging import Judging
from primacy.assessment.rules.sensitivity import bucket
from primacy.assessment.rules.verbs import verbs
from primacy.assessment.rules.verdict import Call, Verdict
from primacy.assessment.rules.walked import Walked


@dataclass(frozen=True)
class ByArea:
    """What is known of each area, or of areas that are counted together, and the indicators that it is known by."""

    indicators: tuple[str, ...]
    verdicts: tuple[tuple[tuple[str, ...], Verdict], ...]


def told_by_area(judging: Judging, setter: int) -> ByArea | None:
    """`setter`: the leaf that sets P of the rule. None where no condition can be told by area."""
    decided = bool(judging.tree.belief.known[-1])

    def rank(node: Walked) -> tuple[bool, bool, bool]:
        """The one that decides first; else one of which something is known; a verb before an `each` of areas."""
        return not (decided and node.leaf == setter), not node.belief.known[-1], node.rule.each is not None

    conditions = sorted(_speaking(judging.tree), key=rank)
    found = (_told(judging, each) for each in conditions)
    return next((each for each in found if each.verdicts), None)


def _speaking(node: Walked) -> Iterator[Walked]:
    """The leaves that speak for the rule: no vetoes, nothing under `not`, of alternatives those that decide alike."""
    if node.leaf >= 0:
        yield node
        return
    if node.rule.head == "not":
        return
    idle = node.rule.head == "any" and _word(node) >= 0
    for each in node.parts:
        if not idle or _word(each) == _word(node):
            yield from _speaking(each)


def _word(node: Walked) -> int:
    """Which word a condition earns on the assessment's day; -1 where it is not known."""
    p = float(node.belief.probability[-1])
    return -1 if p != p else bucket(p)


def _told(judging: Judging, node: Walked) -> ByArea:
    rule = node.rule
    indicators = tuple(dict.fromkeys(leaf.call.indicator for leaf in rule.leaves()))
    if rule.each is not None:
        own = tuple((codes, verdict) for codes, verdict, leaf in judging.areas if leaf == node.leaf)
        return ByArea(indicators, own)
    verb = verbs().get(rule.head)
    if verb is None or not hasattr(verb, "decide_areas") or not judging.round.report_areas:
        return ByArea(indicators, ())
    reading, others = judging.readings[rule.call.indicator], judging.readings
    call = Call(rule.head, rule.call, reading, others, judging.model, now_only=True)
    return ByArea(indicators, tuple(verb.decide_areas(call, judging.round.mission.report_level)))
