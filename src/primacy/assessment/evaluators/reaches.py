"""`reaches`: a level is at or beyond a threshold, between two, or in a published band."""

from primacy.assessment.indicators.quantities import quantity
from primacy.assessment.rules.level_verdict import judge
from primacy.assessment.rules.verdict import Call, Verdict


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
    return judge(call, found, lambda t: found.between(t, upper), lower, "between", sign=1)
