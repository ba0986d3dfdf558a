"""Vetoes in the Security Council, for the country that the draft was about, as the table of its subjects has it."""

from collections.abc import Callable, Iterator
from datetime import date

import numpy as np
import pyarrow as pa

from primacy.evidence.bringing.formats import Task
from primacy.evidence.importers import _points
from primacy.evidence.importers._points import Days, Points, joined
from primacy.evidence.importers._published import Names, Part, Shape, of_names
from primacy.framework.saying import said
from primacy.places.files.rows import Rows

EARLIEST = date(1946, 1, 1)
ALSO = {  # subjects of the table that are countries under other names; the one Congo of its years is today's DR Congo
    "Macedonia": "MKD", "Bosnia": "BIH", "Congo": "COD", "Rhodesia": "ZWE", "Malasyia": "MYS", "Palestine": "PSE",
    "US": "", "USSR": "", "Greek Civil War": "GRC", "Korean War": "KOR",
}  # fmt: skip
MEMBERS = {
    "china": "China", "france": "France", "russian_federation_or_USSR": "Russia",
    "united_kingdom_of_great_britain_and_northern_ireland": "United Kingdom", "united_states_of_america": "USA",
}  # fmt: skip
DayReader = Callable[[Rows, date], Days]


def _about(column: str) -> Callable[[Rows, Task], list[Names]]:
    """The countries of a subject such as Israel-Lebanon; a subject that is no country has none."""
    return of_names(column, "-", ALSO)


def by_scholars(part: Part) -> Iterator[pa.Table]:
    """The table with one column for each vetoing member; it writes days month first."""
    day = _points.month_first(part.rows, "date", earliest=EARLIEST, latest=part.task.today)
    voted = zip(*(part.text(f"member_veto{n}") for n in (1, 2, 3)), strict=True)
    yield _vetoes(part, day, "draft", ["; ".join(filter(None, each)) for each in voted])


def by_the_hub(part: Part) -> Iterator[pa.Table]:
    """The hub's table: a column for each permanent member that says whether it voted against."""
    day = _points.days(part.rows.dates("Date", earliest=EARLIEST, latest=part.task.today))
    part.rows.reject(np.isnat(day), said("places/empty", column="Date"), "Date")
    columns = {name: part.text(column) for column, name in MEMBERS.items()}
    against = [
        "; ".join(name for name, stated in columns.items() if stated[place] not in ("", "0", "0.0", "False", "No"))
        for place in range(len(part))
    ]
    yield _vetoes(part, day, "draft_resolution_number", against)


def _vetoes(part: Part, day: Days, symbol: str, against: list[str]) -> pa.Table:
    part.rows.reject(part.text(symbol) == "", said("places/empty", column=symbol), symbol)
    points = Points(
        part.rows, "veto", item=joined("un/veto/", part.text(symbol)), date=day, until=day, area=part.area,
        actor=np.array(against, dtype=object), category="veto", source="United Nations", origin="un",
    )  # fmt: skip
    return points.of("events", 1.0)


SHAPES = (
    Shape(
        what=said("evidence/what.vetoes"),
        needed=("date", "draft", "meeting_record", "crisis_topic", "member_veto1", "member_veto2", "member_veto3"),
        lineage="un/vetoes", covers={"veto": None}, period=("date",), countries=_about("crisis_topic"),
        points=by_scholars,
    ),
    Shape(
        what=said("evidence/what.hub-vetoes"),
        needed=("Date", "topic", "draft_resolution_number", "number_of_vetoes", *MEMBERS),
        lineage="un/vetoes", covers={"veto": None}, period=("Date",), countries=_about("topic"), points=by_the_hub,
    ),
)  # fmt: skip
