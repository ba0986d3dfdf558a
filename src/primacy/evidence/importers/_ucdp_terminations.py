"""UCDP Conflict Termination: the years of a dyad, and in the last year of each episode how it ended.

The end of an episode is an event with a day; the source writes days 12/31/88 and puts a point for a day it does not
know. Then the year of the row is the period.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa

from primacy.evidence.importers import _points
from primacy.evidence.importers._columns import Mask
from primacy.evidence.importers._groups import groups
from primacy.evidence.importers._points import Points, bare, joined, looked_up
from primacy.evidence.importers._published import Part, Shape, of_numbers
from primacy.evidence.importers._ucdp_releases import published
from primacy.evidence.importers._ucdp_violence import FIRST_YEAR, intensity
from primacy.framework.saying import said

OUTCOMES = {
    "1": "peace-agreement", "2": "ceasefire", "3": "victory-of-the-government", "4": "victory-of-the-rebels",
    "5": "low-activity", "6": "a-party-ceased-to-exist", "": "not-coded",
}  # fmt: skip
PRECISE = ("1", "2")  # the day, or nearly


def episodes(part: Part) -> Iterator[pa.Table]:
    """How intense each year was and, where an episode ended in it, its end."""
    rows = part.rows
    dyad = bare(part.text("dyad_id"))
    rows.reject(dyad == "", said("places/empty", column="dyad_id"), "dyad_id")
    start, end = _points.years(rows, "year", earliest=FIRST_YEAR, latest=part.task.today)
    over = bare(part.text("dyadterm")) == "1"
    outcome = bare(part.text("outcome"))
    rows.reject(
        over & ~np.isin(outcome, list(OUTCOMES)), said("places/not-to", column="outcome", least=1, most=6), "outcome"
    )
    day = _days(part, start, over)
    yield intensity(part, joined("ucdp/dyad/", dyad))
    known = ~np.isnat(day)
    precise = known & np.isin(bare(part.text("ependprec")), PRECISE)
    points = Points(
        rows, "conflict-end", item=joined("ucdp/episode/", bare(part.text("dyadep_id"))),
        date=np.where(known, day, start), until=np.where(known, day, end), area=part.area,
        category=joined("conflict-end/", looked_up(outcome, OUTCOMES)), source="UCDP", origin="ucdp",
        actor=groups(part.text("side_a")), target=groups(part.text("side_b")),
        note=np.where(precise, "", "period uncertain").astype(object),
    )  # fmt: skip
    yield points.of("events", np.where(over, 1.0, np.nan))


def _days(part: Part, year: _points.Days, over: Mask) -> _points.Days:
    """Days written 12/31/88, in the century of the row's year; no time where the source knows none."""
    found: list[date | None] = [None] * len(part)
    text = part.text("ependdate")
    for place in np.flatnonzero(over & ~np.isin(text, ("", "."))).tolist():
        found[place] = _day(text[place], int(str(year[place])[:4]))
        if found[place] is None:
            part.rows.reject_one(place, said("evidence/no-day-of-year", column="ependdate"), "ependdate")
    return np.array(found, dtype="datetime64[D]")


def _day(text: str, year: int) -> date | None:
    """A day 12/31/88 in the year of the row or the one before or after; None if it is none."""
    pieces = text.split("/")
    if len(pieces) != 3 or not all(each.isdecimal() for each in pieces):
        return None
    near = [each for each in (year, year - 1, year + 1) if each % 100 == int(pieces[2])]
    try:
        return date(near[0], int(pieces[0]), int(pieces[1])) if near else None
    except ValueError:
        return None


SHAPES = (
    Shape(
        what=said("evidence/what.ucdp-terminations"),
        needed=("dyadep_id", "dyadterm", "ependdate", "ependprec", "outcome", "dyad_id", "year", "gwno_loc", "side_a",
                "side_b", "intensity_level", "type_of_conflict"),
        lineage="ucdp-termination",
        covers={"violence-total": ("violence/state-based",), "conflict-end": None}, period=("year",),
        countries=of_numbers("gwno_loc"), points=episodes, released=published, version="version",
    ),
)  # fmt: skip
