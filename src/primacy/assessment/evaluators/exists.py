"""`exists`: so many documents, bodies or events of a kind are there."""

from primacy.assessment.indicators.items import items
from primacy.assessment.indicators.quantities import count_of, quantity
from primacy.assessment.rules.level_verdict import judge
from primacy.assessment.rules.verdict import Call, Verdict


def decide(call: Call) -> Verdict:
    reading = call.reading
    if reading.nature in ("state", "event"):
        found = items(reading)
        counted = count_of(found if call.area is None else found.in_area(reading, call.area), reading)
    else:
        counted = quantity(reading, call.others, area=call.area)
    return judge(call, counted, counted.at_least, float(call.parameters.min), "at-least", sign=1)
