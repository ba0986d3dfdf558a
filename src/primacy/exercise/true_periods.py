"""Windows of months, and the months with which a rule compares: baselines, events, the year before."""

import numpy as np
from numpy.typing import NDArray

from primacy.exercise.true_things import Look
from primacy.exercise.truth import Floats
from primacy.framework.mission import Baseline
from primacy.framework.values import day_named

YEAR = 12
Months = NDArray[np.int64]


def windowed(monthly: Floats, length: int, begins: float = -np.inf) -> Floats:
    """Sums over the window that ends with each month; NaN where it would begin before the world does."""
    ends = np.arange(1, len(monthly) + 1)
    starts = ends - length
    if np.isfinite(begins):
        starts = np.minimum(np.maximum(starts, int(begins)), ends)
    total = np.concatenate([[0.0], np.cumsum(monthly)])
    return np.where(starts >= 0, total[ends] - total[np.maximum(starts, 0)], np.nan)


def first_month(look: Look) -> float:
    """The month from which an indicator counts: of all time, of the event that it names, or never."""
    asked = look.indicator.since
    if asked is None:
        return -np.inf
    day = look.world.mission.events.get(asked.event)
    if day is None:
        return np.inf
    return look.world.truth.month_of(day.fromordinal(day.toordinal() + int(asked.days)))


def then_of(look: Look, against: str, now: Floats) -> Months:
    """For each month the one that it is compared with, -1 for none: the end of the baseline, the month of an event or
    day, else what was before. `now` are the values of the indicator."""
    world, months = look.world, np.arange(look.world.months)
    if against not in ("baseline", "previous"):
        month = month_named(look, against)
        inside = month is not None and 0 <= month < len(months)
        return np.where(inside & (months >= (month or 0)), month or 0, -1)
    signed = baselines(look) if against == "baseline" else []
    if not signed:
        return before(now) if look.nature == "estimate" else np.maximum(months - YEAR, -1)
    end = world.truth.month_of(signed[0].to)
    return np.where((end >= 0) & (months >= end), end, -1)


def before(levels: Floats) -> Months:
    """For each month the last one before the present level, and no later than a year before; -1 where it was never
    otherwise. The wave before a survey, the election before an election."""
    changes = np.concatenate([[False], (np.diff(levels) != 0) & ~np.isnan(levels[:-1])])
    months = np.arange(len(levels))
    last = np.maximum.accumulate(np.where(changes, months, 0)) - 1
    return np.where(last >= 0, np.maximum(np.minimum(last, months - YEAR), -1), -1)


def baselines(look: Look) -> list[Baseline]:
    """Those of the entry and of the area that is looked at; the first decides."""
    chosen = look.world.mission.baselines_for(look.entry.id)
    if look.area is None:
        return chosen
    return [each for each in chosen if look.area in each.areas] or [each for each in chosen if not each.areas]


def month_named(look: Look, name: str) -> int | None:
    """The month of an event of the mission file or of a day as it is written, inside the world or not; None for what
    has none."""
    day = day_named(name) or look.world.mission.events.get(name)
    return None if day is None else look.world.truth.month_of(day)
