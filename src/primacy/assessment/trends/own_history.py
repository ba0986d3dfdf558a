"""The mission's own history: every series of events that some rule counts, in each report area, month by month."""

from datetime import date, datetime

from primacy.assessment.assessing import prepare
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.indicators.selection import taken
from primacy.assessment.indicators.selectors import Selector, selectors_of
from primacy.assessment.inputs import Inputs
from primacy.assessment.rules.grid import Floats
from primacy.evidence.kinds import KINDS


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


def events_by_level(inputs: Inputs, *, as_of: date, known: datetime) -> dict[int, int]:
    """How many events that some rule counts there are at each confidentiality, whatever the level of the inputs."""
    indicators = (each for entry in inputs.framework.benchmarks.values() for each in entry.indicators.values())
    main = [selectors_of(each)["main"] for each in indicators if each.kind and KINDS[each.kind].nature == "event"]
    rows = inputs.store.rows(as_of=as_of, known=known)
    rows = taken(inputs.store, rows, {"events": [each for each in main if not each.detail]}, inputs.mission.names)
    counts = rows.group_by("confidentiality").agg(events=rows["item"].nunique())
    return {int(row["confidentiality"]): int(row["events"]) for row in inputs.store.fetch(counts).to_pylist()}
