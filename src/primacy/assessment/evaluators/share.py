"""`share`: a part of a whole is at least, or at most, so large."""

import math
from dataclasses import replace

from primacy.assessment.finding import Phrase
from primacy.assessment.indicators.quantities import quantity
from primacy.assessment.rules.level_verdict import judge
from primacy.assessment.rules.verdict import Call, Verdict


def decide(call: Call) -> Verdict:
    found, asked = quantity(call.reading, call.others, area=call.area), call.parameters
    if asked.at_least is not None:
        threshold, named = _threshold(call, asked.at_least)
        judged = judge(call, found, found.at_least, threshold, "at-least", sign=1)
    else:
        threshold, named = _threshold(call, asked.at_most)
        judged = judge(call, found, found.at_most, threshold, "at-most", sign=-1)
    known = not math.isnan(float(found.value[-1]))
    return replace(judged, beside=(*named, *judged.beside)) if named and known else judged


def _threshold(call: Call, asked: object) -> tuple[float, tuple[Phrase, ...]]:
    """A number, or what another indicator says (the quota in an agreement) with a number to fall back on; and where it
    is the other's, whose number it is, because the rule shows the one to fall back on."""
    if not isinstance(asked, dict):
        return call.number(asked), ()
    value = float(quantity(call.others[asked["from"]], call.others).value[-1])
    otherwise = call.number(asked["else"])
    if math.isnan(value):
        return otherwise, ()
    source = f"{call.reading.benchmark.id}/{asked['from']}"
    said = {"label": call.label, "source": source, "threshold": value, "otherwise": otherwise}
    return value, (Phrase("level.named", said),)
