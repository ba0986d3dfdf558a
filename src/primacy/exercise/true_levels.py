"""True levels of estimates: of the whole country, of an area, a stratum or a group, question by question."""

from collections.abc import Sequence

import numpy as np

from primacy.exercise.true_things import Look
from primacy.exercise.truth import Floats


def levels(look: Look) -> dict[str, Floats]:
    """The true level of each question or item that has one, in order."""
    rows = look.rows()
    names = sorted({look.thing(row).item for row in rows})
    found = {name: level(look, [row for row in rows if look.thing(row).item == name]) for name in names}
    return {name: values for name, values in found.items() if not np.isnan(values).all()}


def level(look: Look, rows: Sequence[int]) -> Floats:
    """The level in the area, of the element of the `each`, or of everybody.

    What is stated for the place itself counts; of an area else its stratum; else the mean over what lies inside, by
    people where those are known.
    """
    world, told = look.world, {*look.indicator.where, look.only[0] if look.only else ""}
    rows = [row for row in rows if "group" in told or not look.thing(row).group]
    of_all = [row for row in rows if "stratum" in told or not look.thing(row).stratum]
    if look.only is not None and look.only[0] == "stratum":
        return _mean(look, of_all)
    if look.area is None:
        own = [row for row in of_all if look.thing(row).area in world.whole]
        return _mean(look, own) if own else _inside(look, of_all)
    own = [row for row in of_all if look.thing(row).area == look.area]
    called = set((area.names if (area := world.areas.area(look.area)) else {}).values())
    of_stratum = [row for row in rows if look.thing(row).stratum and look.thing(row).stratum in called]
    return _mean(look, own or of_stratum) if own or of_stratum else _inside(look, look.inside(of_all))


def _mean(look: Look, rows: Sequence[int], weights: Sequence[float] | None = None) -> Floats:
    values = look.values(rows)
    if not rows:
        return np.full(look.world.months, np.nan)
    weight = np.where(np.isnan(values), 0.0, np.array(weights or [1.0] * len(rows))[:, None])
    total = weight.sum(axis=0)
    nothing = np.full(look.world.months, np.nan)
    mean: Floats = np.divide((np.nan_to_num(values) * weight).sum(axis=0), total, out=nothing, where=total > 0)
    return mean


def _inside(look: Look, rows: Sequence[int]) -> Floats:
    """The mean over the areas of the rows."""
    return _mean(look, rows, look.world.people([look.thing(row).area for row in rows]))


def latest(look: Look) -> Floats:
    """The level; of several items that of the newest, none where several are as new."""
    found = list(levels(look).values())
    if not found:
        return np.full(look.world.months, np.nan)
    if len(found) == 1:
        return found[0]
    series = np.array(found)
    begins = np.argmax(~np.isnan(series), axis=1)
    chosen = np.full(look.world.months, np.nan)
    for month in range(series.shape[1]):
        there = np.flatnonzero(~np.isnan(series[:, month]) & (begins <= month))
        newest = there[begins[there] == begins[there].max()] if len(there) else there
        if len(newest) == 1:
            chosen[month] = series[newest[0], month]
    return chosen
