"""The mission's own history: every series of events that some rule counts, in each report area, month by month."""

from datetime import date, datetime

from primacy.assessment.assessing import prepare
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.indicators.selectors import Selector
from primacy.assessment.inputs import Inputs
from primacy.assessment.rules.grid import Floats


def own_series(inputs: Inputs, *, as_of: date, known: datetime) -> list[Floats]:
    """Events a month (months,) up to the last month that has ended, NaN where not covered; each series once.

    Areas of the mission's report level; where no boundaries are known, the country.
    """
    round_, by_row = prepare(inputs, as_of=as_of, known=known)
    areas: list[str | None] = [*round_.report_areas] or [None]
    ended = round_.months - (1 if round_.grid.has_incomplete_month else 0)
    read: set[Selector] = set()
    found: list[Floats] = []
    for entry in inputs.framework.benchmarks.values():
        for id, indicator in entry.indicators.items():
            reading = Reading(round_, entry, id, indicator, (entry.id, id) in by_row)
            if reading.nature != "event" or reading.main.detail or reading.main in read:
                continue
            read.add(reading.main)
            found += [reading.counted(area=area)[:ended] for area in areas]
    return list({counts.tobytes(): counts for counts in found}.values())  # two rules may count the same
