"""Places nobody has heard from: the areas of the report of which no evidence of any kind tells."""

from collections.abc import Sequence
from datetime import date, datetime

from primacy.evidence.lacking.gaps import Gaps
from primacy.evidence.lacking.gaps_at_hand import Asked, gaps_at_hand
from primacy.evidence.store.raster import COUNTRY
from primacy.framework import Instance, Mission
from primacy.places.coarseness import DISTRICT_AND_WEEK

MONTHS = 3  # with the one that runs: at least two whole ones


def unheard(instance: Instance, mission: Mission, *, as_of: date, known: datetime, level: int | None) -> list[str]:
    """The codes of these areas, by the end of a day and with what was known at a moment.

    A complete data set without a line on a place is not heard from it: that nothing was told of it is the point.

    level   data points above this confidentiality are not counted
    """
    asked = Asked.of(as_of, MONTHS, mission.country, min(mission.report_level, DISTRICT_AND_WEEK.level), level, {})
    return silent(gaps_at_hand(instance.evidence, instance.places, asked, known=known))


def silent(found: Gaps) -> list[str]:
    """Areas without a data point in any of the months; none where nothing at all is told by place."""
    if not found.placed.any():
        return []
    told: Sequence[int] = found.rows.sum(axis=(0, 2)).tolist()
    return [code for code, rows in zip(found.areas, told, strict=True) if code != COUNTRY and not rows]
