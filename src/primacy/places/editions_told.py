"""Codes of other editions of the boundaries, in words."""

from collections.abc import Iterable
from datetime import date

from primacy.framework.saying import Said, said
from primacy.places.areas import Areas
from primacy.places.editions import UNSAID
from primacy.places.errors import listed


def edition(day: date) -> Said:
    """The boundaries of one edition."""
    return said("places/edition-undated") if day == UNSAID else said("places/edition", day=day.isoformat())


def editions(days: Iterable[date]) -> Said:
    return listed([edition(day) for day in days])


def instead(code: str, areas: Areas) -> Said | None:
    """What to write instead of a code that is no area now; None where nothing is known of it."""
    day, now = areas.other_edition(code), areas.current(code)
    if day is not None and now:
        return said("places/do.code-of-today", edition=edition(day), code=now, area=areas.name(now))
    return said("places/do.code-like", editions=editions(areas.days)) if areas.looks_like_code(code) else None
