"""How finely a place and a day may be shown, by the confidentiality of what happened there and by who looks.

Place, day and "field report" together may point at the only person who can have told. So below need to know the place
is coarsened to the district and the day to its week, for everybody who may not see details; conflict-related sexual
violence is told by quarter and first level to everybody. The table is the one place that says so; whatever shows or
hands out data points asks `coarseness`.

Source   design of safety: re-identification, conflict-related sexual violence
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from primacy.places.areas import Areas

Span = Literal["day", "week", "quarter"]
SPANS: tuple[Span, ...] = ("day", "week", "quarter")  # from fine to coarse
DEEPEST = 9  # a level that no area reaches: as fine as it was claimed


@dataclass(frozen=True)
class Coarseness:
    """The finest that may be shown.

    level   of the area; a point is shown only where the area is shown as finely as it was claimed
    span    of the day: the day itself, else the first and last day of its week or quarter
    names   whether what names one item may be shown: its id, its note, its source, its line in a file
    """

    level: int = DEEPEST
    span: Span = "day"
    names: bool = True

    @property
    def exact(self) -> bool:
        return self == Coarseness()

    def and_also(self, other: "Coarseness") -> "Coarseness":
        """What both of them allow."""
        return Coarseness(
            min(self.level, other.level), max(self.span, other.span, key=SPANS.index), self.names and other.names
        )

    def area(self, code: str, areas: Areas, *, level: int | None = None) -> str:
        """The area to show instead of `code`.

        `level` is that of the data point, for codes of which nothing is known: these are shown only where they are
        coarse enough by it, else the country is, because the area that such a code lies in is not known.
        """
        if self.level == DEEPEST:
            return code
        if current := areas.current(code):
            return areas.ancestor(current, self.level) or current
        return code if level is not None and level <= self.level else (areas.country or "")

    def point(self, lon: float, lat: float) -> tuple[float, float] | None:
        """The point where it may be shown; a rounded one would be finer than a district, or outside of it."""
        return (lon, lat) if self.level == DEEPEST else None

    def days(self, day: date, until: date) -> tuple[date, date]:
        """The first and the last day to show for a period."""
        return _first(day, self.span), _last(until, self.span)


AS_CLAIMED = Coarseness()
DISTRICT_AND_WEEK = Coarseness(level=2, span="week", names=False)
WITHOUT_DETAILS = {0: AS_CLAIMED, 1: DISTRICT_AND_WEEK, 2: DISTRICT_AND_WEEK, 3: DISTRICT_AND_WEEK}
KNOWN_TO_EXIST = 1  # Internal: up to here every member may know that something is known of a district and a week
BY_KIND = {"crsv-aggregate": Coarseness(level=1, span="quarter", names=True)}  # for everybody


def coarseness(confidentiality: int, *, details: bool, kind: str = "") -> Coarseness:
    """The finest that a viewer may see of a data point.

    confidentiality   0 Unclassified to 3 Strictly Confidential; one that is not known counts as the highest
    details           whether this viewer may see evidence line by line (right `evidence.detail`)
    """
    own = AS_CLAIMED if details else WITHOUT_DETAILS.get(confidentiality, DISTRICT_AND_WEEK)
    return own.and_also(BY_KIND.get(kind, AS_CLAIMED))


def _first(day: date, span: Span) -> date:
    if span == "week":
        return day - timedelta(days=day.weekday())
    if span == "quarter":
        return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return day


def _last(day: date, span: Span) -> date:
    if span == "week":
        return _first(day, span) + timedelta(days=6)
    if span == "quarter":
        return _first(_first(day, span) + timedelta(days=100), span) - timedelta(days=1)
    return day
