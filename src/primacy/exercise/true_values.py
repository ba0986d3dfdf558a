"""The true value of an indicator in every month: counts, shares of registers, levels. NaN where there is none."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from primacy.exercise.true_items import TrueItems, by_item, items
from primacy.exercise.true_levels import latest, levels
from primacy.exercise.true_periods import YEAR, first_month, then_of, windowed
from primacy.exercise.true_things import Look
from primacy.exercise.truth import Floats


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
    """One count out of another, as they happened in the window: a share of the contacts of half a year is one of those
    that took place, however many the year usually brings."""
    named = look.indicator.of or ""
    below = look.at(named if isinstance(named, str) else named[-1])
    above = look if look.kind is not None else look.at(named[0])
    if not above.rows() or (below.kind is not None and not below.rows()):
        return _nothing(look)
    whole = _sum(below) if below.counts else value(below)
    return np.divide(_sum(above), whole, out=_nothing(look), where=np.nan_to_num(whole) > 0)


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
        known = found.value
        if look.indicator.register_ is not None and look.kind is not None:
            # Of what is expected and not there nothing was done, where it is told how much of it was.
            nothing = 0.0 if look.kind.measures.get(look.measure) in ("share", "items") else np.nan
            known = np.where(found.there, known, nothing)
        return _summed_up(np.where(found.expected, known, np.nan), summary)

    return over


def _summed_up(series: Floats, summary: Callable[[Floats], float]) -> Floats:
    known = ~np.isnan(series)
    return np.array([summary(c[k]) if k.any() else np.nan for c, k in zip(series.T, known.T, strict=True)])


# ---- of two indicators


def _ratio(look: Look) -> Floats:
    """One by the other; of two counts of items how many of the second are in the first."""
    parts = [look.at(name) for name in look.indicator.of or ()]
    above, below = (value(each) for each in parts)
    if all(each.indicator.aggregate == "distinct" and each.indicator.pass_ for each in parts):
        part, whole = (items(each) for each in parts)
        if part is not None and whole is not None and parts[0].kind == parts[1].kind:
            passing = {name: whole.passes[row] for row, name in enumerate(whole.names)}
            none = np.zeros(look.world.months, dtype=bool)
            inside = [own & passing.get(name, none) for name, own in zip(part.names, part.passes, strict=True)]
            above = np.sum(inside, axis=0).astype(np.float64) if inside else np.zeros(look.world.months)
    return np.divide(above, below, out=_nothing(look), where=np.nan_to_num(below) > 0)


def _difference(look: Look) -> Floats:
    if look.indicator.between is not None:
        return apart(look, look.indicator.between)
    first, second = (value(look.at(name)) for name in look.indicator.of or ())
    return first - second


# ---- how far apart, and how far moved


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


def moved(look: Look, against: str) -> Floats:
    """The value now less that of then. Of a register: of what is expected now, how much passed then."""
    now = value(look)
    looked = then_of(look, against, now)
    found = _items(look) if look.indicator.aggregate == "share" and look.indicator.register_ is not None else None
    if found is not None:
        return found.share() - found.share(looked)
    difference: Floats = now - np.where(looked >= 0, now[np.maximum(looked, 0)], np.nan)
    return difference


_AGGREGATES: Mapping[str, Callable[[Look], Floats]] = {
    "sum": _sum, "rate": _rate, "distinct": _distinct, "share": _share_of_register, "ratio": _ratio, "gap": _difference,
    "last": _over_items(lambda values: float(values[-1])), "mean": _over_items(lambda values: float(values.mean())),
    "max": _over_items(lambda values: float(values.max())), "min": _over_items(lambda values: float(values.min())),
    "latest": latest, "weakest": latest, "median_gap": _nothing,
}  # fmt: skip
