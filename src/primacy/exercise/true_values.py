"""The true value of an indicator in every month: counts, shares of registers, levels. NaN where there is none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from primacy.exercise.true_items import TrueItems, by_item, items
from primacy.exercise.true_things import Look
from primacy.exercise.truth import Floats
from primacy.framework.mission import Baseline

YEAR = 12
Months = NDArray[np.int64]


def value(look: Look) -> Floats:
    """The value of an indicator in each month, for the area and element that are looked at."""
    asked = look.indicator
    if asked.aggregate == "share" and asked.of is not None and asked.register_ is None:
        return since(look, _share_of_counts(look))
    return since(look, _AGGREGATES[asked.aggregate](look))


def since(look: Look, values: Floats) -> Floats:
    """Nothing before the event since which it counts; sums begin there by themselves."""
    asked = look.indicator.since
    if asked is None or look.counts:
        return values
    begins = first_month(look)
    return np.where(np.arange(len(values)) >= begins, values, np.nan)


def first_month(look: Look) -> float:
    """The month from which an indicator counts: of all time, of the event that it names, or never."""
    asked = look.indicator.since
    if asked is None:
        return -np.inf
    day = look.world.mission.events.get(asked.event)
    if day is None:
        return np.inf
    return look.world.truth.month_of(day.fromordinal(day.toordinal() + int(asked.days)))


# ---- counts


def counted_rows(look: Look) -> list[int]:
    """The things whose counts add up: of groups only where there is no total, so that nothing counts twice."""
    rows = look.inside(look.rows())
    if "group" in look.indicator.where or (look.only is not None and look.only[0] == "group"):
        return rows
    whole = {replace(look.thing(row), group="") for row in rows if not look.thing(row).group}
    return [row for row in rows if not look.thing(row).group or replace(look.thing(row), group="") not in whole]


def happened(look: Look, *, underlying: bool = False) -> Floats | None:
    """Events in each month, or the underlying number where a thing has one; None where the world has no such thing.

    An area in which the world has none, while it has them elsewhere, has had none.
    """
    if not look.rows():
        return None
    truth, rows = look.world.truth, counted_rows(look)
    counts = np.nan_to_num(truth.values[rows])
    if underlying:
        known = ~np.isnan(truth.underlying[rows])
        stated = known.any(axis=1, keepdims=True)
        counts = np.where(stated, np.nan_to_num(truth.underlying[rows]), counts)
    total: Floats = counts.sum(axis=0) if rows else np.zeros(truth.months)
    return total


def has_underlying(look: Look) -> bool:
    """Whether each of its things has an underlying number."""
    known = ~np.isnan(look.world.truth.underlying[counted_rows(look)])
    return bool(known.any(axis=1).all())


def windowed(monthly: Floats, length: int, begins: float = -np.inf) -> Floats:
    """Sums over the window that ends with each month; NaN where it would begin before the world does."""
    ends = np.arange(1, len(monthly) + 1)
    starts = ends - length
    if np.isfinite(begins):
        starts = np.minimum(np.maximum(starts, int(begins)), ends)
    total = np.concatenate([[0.0], np.cumsum(monthly)])
    return np.where(starts >= 0, total[ends] - total[np.maximum(starts, 0)], np.nan)


def _window(look: Look) -> int:
    return YEAR if look.indicator.window is None else look.indicator.window.months


def _nothing(look: Look) -> Floats:
    return np.full(look.world.months, np.nan)


def _sum(look: Look, *, underlying: bool = False) -> Floats:
    monthly = happened(look, underlying=underlying)
    return _nothing(look) if monthly is None else windowed(monthly, _window(look), first_month(look))


def _rate(look: Look) -> Floats:
    """Underlying events a month. Effort belongs to whoever looks, not to what is so."""
    return _sum(look, underlying=True) / _window(look)


def _share_of_counts(look: Look) -> Floats:
    """One count out of another: of the underlying numbers where both have them, as a share of a sample speaks of what
    the sample is drawn from; else of what happened."""
    named = look.indicator.of or ""
    below = look.at(named if isinstance(named, str) else named[-1])
    above = look if look.kind is not None else look.at(named[0])
    if not above.rows() or (below.kind is not None and not below.rows()):
        return _nothing(look)
    both = below.counts and has_underlying(above) and has_underlying(below)
    whole = _sum(below, underlying=both) if below.counts else value(below)
    part = _sum(above, underlying=both)
    return np.divide(part, whole, out=_nothing(look), where=np.nan_to_num(whole) > 0)


# ---- items


def _items(look: Look) -> TrueItems | None:
    found = items(look)
    if found is None or not isinstance(look.indicator.of, str):
        return found
    whole = items(replace(look.at(look.indicator.of), area=None))
    return None if whole is None else found.among(whole)


def _share_of_register(look: Look) -> Floats:
    found = _items(look)
    return _nothing(look) if found is None else found.share()


def _distinct(look: Look) -> Floats:
    """How many items pass; without a condition how many there are, or were seen in the window."""
    if look.counts and not look.indicator.pass_:
        return _seen(look)
    found = items(look)
    if found is None:
        return _nothing(look)
    listed = found.value > 0 if look.measure == "expected" else found.there
    counted = found.passes if look.indicator.pass_ else listed
    count: Floats = counted.sum(axis=0).astype(np.float64)
    return count


def _seen(look: Look) -> Floats:
    """How many different items, actors or targets something happened to in the window."""
    rows = look.rows()
    if not rows:
        return _nothing(look)
    happenings = [np.nan_to_num(look.values(own)).sum(axis=0) for own in by_item(look, look.inside(rows)).values()]
    seen = [windowed(each, _window(look)) for each in happenings]
    return np.where(np.isnan(seen), np.nan, np.array(seen) > 0).sum(axis=0) if seen else np.zeros(look.world.months)


def _over_items(summary: Callable[[Floats], float]) -> Callable[[Look], Floats]:
    """Mean, largest, smallest or last of the items that have a value; of estimates of its questions."""

    def over(look: Look) -> Floats:
        if look.nature == "estimate":
            series = list(levels(look).values())
            return _summed_up(np.array(series), summary) if series else _nothing(look)
        found = items(look)
        if found is None or not found.names:
            return _nothing(look)
        return _summed_up(np.where(found.expected, found.value, np.nan), summary)

    return over


def _summed_up(series: Floats, summary: Callable[[Floats], float]) -> Floats:
    known = ~np.isnan(series)
    return np.array([summary(c[k]) if k.any() else np.nan for c, k in zip(series.T, known.T, strict=True)])


# ---- of two indicators


def _ratio(look: Look) -> Floats:
    above, below = (value(look.at(name)) for name in look.indicator.of or ())
    return np.divide(above, below, out=_nothing(look), where=np.nan_to_num(below) > 0)


def _difference(look: Look) -> Floats:
    if look.indicator.between is not None:
        return apart(look, look.indicator.between)
    first, second = (value(look.at(name)) for name in look.indicator.of or ())
    return first - second


# ---- levels of estimates


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
    rows = [row for row in rows if all(name in told or not getattr(look.thing(row), name) for name in ("group",))]
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
        return _nothing(look)
    weight = np.where(np.isnan(values), 0.0, np.array(weights or [1.0] * len(rows))[:, None])
    total = weight.sum(axis=0)
    return np.divide((np.nan_to_num(values) * weight).sum(axis=0), total, out=_nothing(look), where=total > 0)


def _inside(look: Look, rows: Sequence[int]) -> Floats:
    """The mean over the areas of the rows."""
    return _mean(look, rows, look.world.people([look.thing(row).area for row in rows]))


def _latest(look: Look) -> Floats:
    """The level; of several items that of the newest, none where several are as new."""
    found = list(levels(look).values())
    if not found:
        return _nothing(look)
    if len(found) == 1:
        return found[0]
    series = np.array(found)
    begins = np.argmax(~np.isnan(series), axis=1)
    chosen = _nothing(look)
    for month in range(series.shape[1]):
        there = np.flatnonzero(~np.isnan(series[:, month]) & (begins <= month))
        newest = there[begins[there] == begins[there].max()] if len(there) else there
        if len(newest) == 1:
            chosen[month] = series[newest[0], month]
    return chosen


def apart(look: Look, between: str | list[str]) -> Floats:
    """How far the highest and the lowest of groups, strata or areas lie apart; NaN where one of them has no level."""
    if between == "area":
        looks = [replace(look, area=code) for code in look.world.report_areas]
    elif isinstance(between, list):
        looks = [replace(look, only=("group", name)) for name in between]
    else:
        looks = [replace(look, only=(between, name)) for name in look.named(between) if ";" not in name]
    if len(looks) < 2:
        return _nothing(look)
    series = np.array([value(each) for each in looks])
    width: Floats = series.max(axis=0) - series.min(axis=0)
    return width


# ---- now against then


def then_of(look: Look, against: str) -> Months:
    """For each month the one that it is compared with, -1 for none: the end of the baseline, the month of an event or
    day, or a year before."""
    world, months = look.world, np.arange(look.world.months)
    if against not in ("baseline", "previous"):
        return np.full(len(months), month_named(look, against))
    signed = baselines(look) if against == "baseline" else []
    if not signed:
        return np.maximum(months - YEAR, -1)
    end = world.truth.month_of(signed[0].to)
    return np.where((end >= 0) & (months >= end), end, -1)


def baselines(look: Look) -> list[Baseline]:
    """Those of the entry and of the area that is looked at; the first decides."""
    chosen = look.world.mission.baselines_for(look.entry.id)
    if look.area is None:
        return chosen
    return [each for each in chosen if look.area in each.areas] or [each for each in chosen if not each.areas]


def month_named(look: Look, name: str) -> int:
    """The month of an event of the mission file or of a day as it is written; -1 for what has none."""
    try:
        day = date.fromisoformat(name)
    except ValueError:
        found = look.world.mission.events.get(name)
        if found is None:
            return -1
        day = found
    month = look.world.truth.month_of(day)
    return month if 0 <= month < look.world.months else -1


def moved(look: Look, against: str) -> Floats:
    """The value now less that of then. Of a register: of what is expected now, how much passed then."""
    looked = then_of(look, against)
    found = _items(look) if look.indicator.aggregate == "share" and look.indicator.register_ is not None else None
    if found is not None:
        return found.share() - found.share(looked)
    now = value(look)
    difference: Floats = now - np.where(looked >= 0, now[np.maximum(looked, 0)], np.nan)
    return difference


_AGGREGATES: Mapping[str, Callable[[Look], Floats]] = {
    "sum": _sum, "rate": _rate, "distinct": _distinct, "share": _share_of_register, "ratio": _ratio, "gap": _difference,
    "last": _over_items(lambda values: float(values[-1])), "mean": _over_items(lambda values: float(values.mean())),
    "max": _over_items(lambda values: float(values.max())), "min": _over_items(lambda values: float(values.min())),
    "latest": _latest, "weakest": _latest, "median_gap": _nothing,
}  # fmt: skip
