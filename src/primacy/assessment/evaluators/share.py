"""`share`: a part of a whole is at least, or at most, so large."""

from primacy.assessment.indicators.quantities import quantity
from primacy.assessment.rules.level_verdict import judge
from primacy.assessment.rules.verdict import Call, Verdict


def decide(call: Call) -> Verdict:
    found, asked = quantity(call.reading, call.others, area=call.area), call.parameters
    if asked.at_least is not None:
        return judge(call, found, found.at_least, _threshold(call, asked.at_least), "at-least", sign=1)
    return judge(call, found, found.at_most, _threshold(call, asked.at_most), "at-most", sign=-1)


def _threshold(call: Call, asked: object) -> float:
    """A number, or what another indicator says (the quota in an agreement) with a number to fall back on."""
    if not isinstance(asked, dict):
        return call.number(asked)
    value = quantity(call.others[asked["from"]], call.others).value[-1]
    return call.number(asked["else"]) if value != value else float(value)
