"""`reaches`: a level is at or beyond a threshold, between two, or in a published band."""

import numpy as np

from primacy.assessment.level_verdict import judge
from primacy.assessment.quantities import quantity
from primacy.assessment.verdict import Call, Verdict

SENTENCE = "{label:label} {bound:phrase}"


def decide(call: Call) -> Verdict:
    found, asked = quantity(call.reading, call.others, area=call.area), call.parameters
    if asked.at_least is not None:
        return judge(call, found, found.at_least, call.number(asked.at_least), "at-least", sign=1)
    if asked.more_than is not None:
        return judge(call, found, found.more_than, call.number(asked.more_than), "more-than", sign=1)
    if asked.at_most is not None:
        return judge(call, found, found.at_most, call.number(asked.at_most), "at-most", sign=-1)
    if asked.band is not None:
        return judge(call, found, found.at_least, call.number(asked.band), "at-least", sign=1)
    lower, upper = (call.number(each) for each in asked.between)

    def inside(_: float) -> tuple[np.ndarray, np.ndarray]:
        above, below = found.at_least(lower), found.at_most(upper)
        return np.maximum(0.0, above[0] + below[0] - 1.0), np.minimum(above[1], below[1])

    return judge(call, found, inside, lower, "between", sign=1)
