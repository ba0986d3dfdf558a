"""A whole rule, asked of one area, actor or item, as one verdict."""

from dataclasses import replace

from primacy.assessment.finding import Phrase
from primacy.assessment.rules.belief import Belief
from primacy.assessment.rules.lasting import held_so_long
from primacy.assessment.rules.verdict import Verdict
from primacy.assessment.rules.walked import Walked

INSIDE = -1  # the place of a leaf inside an `each`, among those of the finding


def as_one(tree: Walked) -> Verdict:
    """What the rule is worth, told by the condition that is as likely as the whole.

    Where none is, an earlier time or a veto decides: the first condition is told, and how long it held.
    """
    belief = tree.belief
    verdicts = [each.verdict for each in tree.nodes() if each.verdict is not None]
    decisive = next((each for each in verdicts if as_likely(each, belief)), None)
    told, lasted = decisive or verdicts[0], held_so_long(tree, INSIDE)
    return replace(
        told,
        low=belief.low,
        high=belief.high,
        capped=belief.capped,
        reasons=belief.reason,
        direction=belief.direction,  # of the rule, not of the one condition that is told
        sentence=Phrase("finding.lead", {"sentence": told.sentence, "why": lasted[0]}) if lasted else told.sentence,
        flags=verdicts[0].flags,
        provisional=verdicts[0].provisional,
        doubt=None if decisive is None else decisive.doubt,
        bounds=None,
        enough=None,
    )


def as_likely(verdict: Verdict, belief: Belief) -> bool:
    """Whether a verdict is worth the same as a rule, on the assessment's day."""
    ends = round(float(verdict.low[-1]), 3), round(float(verdict.high[-1]), 3)
    return ends == (round(float(belief.low[-1]), 3), round(float(belief.high[-1]), 3))
