"""`believes`: a survey says so, with its error: P(the true value is at or beyond the threshold)."""

from primacy.assessment.indicators.quantities import quantity
from primacy.assessment.rules.level_verdict import judge
from primacy.assessment.rules.verdict import Call, Verdict


def decide(call: Call) -> Verdict:
    found, asked = quantity(call.reading, call.others, area=call.area), call.parameters
    if asked.at_least is not None:
        return judge(call, found, found.at_least, call.number(asked.at_least), "at-least", sign=1)
    return judge(call, found, found.at_most, call.number(asked.at_most), "at-most", sign=-1)
