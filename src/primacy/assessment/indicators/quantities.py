"""The value of an indicator at every point of the grid, and the probability that it reaches a threshold.

Each aggregate of the grammar is one function here; `quantity` finds it by name.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise

import numpy as np

from primacy.assessment.indicators import clusters, shares
from primacy.assessment.indicators.apart import apart
from primacy.assessment.indicators.counts import counted, rate, sum_in_window
from primacy.assessment.indicators.estimate import enough_of, latest_estimate
from primacy.assessment.indicators.items import Items, items
from primacy.assessment.indicators.quantity import Quantity, stated, unknown_quantity
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.rules.grid import Floats
from primacy.evidence.kinds import KINDS

ENOUGH = 5  # observations below which a share of a sample is thin
KNOWN_SHARE = 0.3  # of a register, below which nothing is said
NO_PAUSES = (np.zeros(0), np.zeros(0))
SETTLED = 0.95  # how sure a published figure without an error is
PASSES = 0.5  # P from which an item is counted among those that pass


def quantity(reading: Reading, others: Mapping[str, Reading], *, area: str | None = None) -> Quantity:
    """The indicator's value, for one area or for the country. `others` are the benchmark's other indicators."""
    aggregate = reading.indicator.aggregate
    if aggregate == "share" and reading.indicator.of is not None and reading.indicator.register_ is None:
        return _share_of_counts(reading, others, area)
    return _AGGREGATES[aggregate](reading, others, area)


def _share_of_counts(reading: Reading, others: Mapping[str, Reading], area: str | None) -> Quantity:
    """One count as a share of another, as a sample: Beta(1/2, 1/2)."""
    named = reading.indicator.of
    below = others[named if isinstance(named, str) else named[-1]]  # type: ignore[index]
    above = _summed(reading) if reading.indicator.kind else others[str(named[0])]  # type: ignore[index]
    whole = quantity(below, others, area=area)
    part = quantity(above if below.derived else replace(above, counted_with=below.main), others, area=area)
    enough = next(iter(reading.indicator.enough.values()), ENOUGH)
    unknown = np.array([bool(a or b) for a, b in zip(part.reason, whole.reason, strict=True)])
    thin = ~(whole.value >= enough) | unknown
    value = np.divide(part.value, whole.value, out=np.full(len(thin), np.nan), where=whole.value > 0)
    size = np.nan_to_num(whole.value)
    if clusters.in_bulk(above) and clusters.in_bulk(below):
        size = np.minimum(size, clusters.cases(above, below, area=area))

    def at_least(threshold: float) -> tuple[Floats, Floats]:
        reached = np.array(
            [
                math.nan if t else shares.sample_share_at_least(min(share, 1.0) * n, n, threshold)
                for share, n, t in zip(np.nan_to_num(value), size, thin, strict=True)
            ]
        )
        return np.where(thin, 0.0, reached), np.where(thin, 1.0, reached)

    reasons = tuple(
        "" if not t else whole_reason or part_reason or ("thin" if size > 0 else "missing")
        for t, whole_reason, part_reason, size in zip(thin, whole.reason, part.reason, whole.value, strict=True)
    )
    return Quantity(value, at_least, reasons, "share", numbers={"n": float(size[-1])})


def _summed(reading: Reading) -> Reading:
    return replace(reading, indicator=reading.indicator.model_copy(update={"aggregate": "sum", "of": None}))


# ---- items


def _share_of_register(reading: Reading, others: Mapping[str, Reading], area: str | None) -> Quantity:
    found = items(reading)
    if isinstance(reading.indicator.of, str):
        found = _among(found, others[reading.indicator.of])
    return share_of(found if area is None else found.in_area(reading, area), reading)


def _among(found: Items, whole: Reading) -> Items:
    """Those items alone that pass another indicator today: of the trained, how many are active."""
    others = items(whole)
    passing = {name for name, p in zip(others.names, others.passes[:, -1], strict=True) if p >= PASSES}
    return found.only(np.array([name in passing for name in found.names], dtype=bool))


def share_of(found: Items, reading: Reading) -> Quantity:
    """Share of expected items that pass: exact over the known, bounds over the unknown."""
    size = len(reading.round.grid)
    count = len(found.names)
    if count == 0:
        return unknown_quantity(size, "missing", "share", all_items=0)
    known = (~found.unknown).sum(axis=0)
    with np.errstate(invalid="ignore"):
        value = np.where(known > 0, np.where(found.unknown, 0.0, found.passes >= 0.5).sum(axis=0) / count, np.nan)
    bare = known < KNOWN_SHARE * count

    def reached(needed: int) -> tuple[Floats, Floats]:
        low, high = found.at_least(needed)
        return np.where(bare, 0.0, low), np.where(bare, 1.0, high)

    stale = found.any_stale()
    if reading.nature in ("event", "effort") and reading.why_unknown() == "stale":
        stale = stale | ~reading.covered_now()
    reasons = tuple("" if k == count else ("stale" if s else "missing") for k, s in zip(known, stale, strict=True))
    silent = tuple(name for name, unknown in zip(found.names, found.unknown[:, -1], strict=True) if unknown)
    return Quantity(
        value, lambda t: reached(shares.needed_for(t, count)), reasons, "share", True, known, count, silent=silent,
        above=lambda t: reached(shares.more_than(t, count)),
        corroborated=lambda t: found.corroborated(shares.needed_for(t, count)), items=found,
    )  # fmt: skip


def _distinct(reading: Reading, others: Mapping[str, Reading], area: str | None) -> Quantity:
    """Number of different items that pass, or of different items, actors or targets seen in the window."""
    if reading.indicator.pass_:
        found = items(reading)
        if area is not None:
            found = found.in_area(reading, area)
        return count_of(found, reading)
    rows, grid = reading.rows, reading.round.grid.numbers
    stated = reading.nature in ("state", "estimate")
    days = (
        reading.fresh_days if stated else 365.25 if reading.indicator.window is None else reading.indicator.window.days
    )
    names = rows[reading.indicator.by]
    keep = np.array(
        [bool(n) and (area is None or reading.within(a, area)) for n, a in zip(names, rows["area"], strict=True)],
        dtype=bool,
    )
    value = np.array(
        [
            len({str(n) for n, d, k in zip(names, rows["date"], keep, strict=True) if k and today - days < d <= today})
            for today in grid
        ],
        dtype=np.float64,
    )
    return counted(value, reading.window_covered(area=area), reading)


def count_of(found: Items, reading: Reading) -> Quantity:
    """How many items pass. Nothing reported is a failure only where a complete data set covers the kind."""
    size = len(reading.round.grid)
    windowed = reading.nature in ("event", "effort") and reading.indicator.window is not None
    complete = reading.window_covered() if windowed else reading.covered_now()
    known = ~found.unknown
    value = np.where(known.any(axis=0) | complete, np.where(known, found.passes >= 0.5, False).sum(axis=0), np.nan)

    def at_least(threshold: float) -> tuple[Floats, Floats]:
        low, high = found.at_least(math.ceil(threshold - 1e-9)) if found.names else (np.zeros(size), np.zeros(size))
        return low, np.where(complete | (known.any(axis=0) & ~found.unknown.any(axis=0)), high, 1.0)

    stale = found.any_stale()
    return Quantity(
        value, at_least, tuple("stale" if s else "missing" for s in stale), "items", True, known.sum(axis=0),
        corroborated=lambda t: found.corroborated(math.ceil(t - 1e-9)), items=found,
    )  # fmt: skip


def _over_items(reading: Reading, area: str | None, summary: Callable[[Floats], float]) -> Quantity:
    """Mean, largest, smallest or last value over the items that are known."""
    if reading.nature == "estimate":
        return _latest(reading, {}, area)
    found = items(reading)
    if area is not None:
        found = found.in_area(reading, area)
    size = len(reading.round.grid)
    if not found.names:
        return unknown_quantity(size, "missing", reading.indicator.unit or "")
    value = np.array([summary(v[~np.isnan(v)]) if (~np.isnan(v)).any() else np.nan for v in found.value.T])
    sure = np.array([_mean(np.maximum(p, 1 - p)[~np.isnan(p)]) for p in found.passes.T])
    reasons = tuple("stale" if s else "missing" for s in found.any_stale())
    if reading.indicator.register_ is None or not np.isnan(found.value).any():
        return stated(value, sure, reasons, reading.indicator)
    return _open_ended(found, value, sure, reasons, reading, summary)


def _open_ended(
    found: Items, value: Floats, sure: Floats, reasons: tuple[str, ...], reading: Reading,
    summary: Callable[[Floats], float],
) -> Quantity:  # fmt: skip
    """Over a register: what is not known of an expected item may be as low or as high as it can."""
    unit = KINDS[reading.main.kind].measures.get(reading.indicator.measure or "", "")
    ends = (0.0, 1.0) if unit in ("share", "items") else (-math.inf, math.inf)
    lowest, highest = (
        np.array([summary(np.where(np.isnan(v), end, v)) for v in found.value.T], dtype=np.float64) for end in ends
    )
    nothing = np.isnan(value)

    def at_least(threshold: float) -> tuple[Floats, Floats]:
        low, high = (np.where(each >= threshold, sure, 1.0 - sure) for each in (lowest, highest))
        return np.where(nothing, 0.0, low), np.where(nothing, 1.0, high)

    why = tuple(reason if lo < hi else "" for lo, hi, reason in zip(lowest, highest, reasons, strict=True))
    return Quantity(value, at_least, why, reading.indicator.unit or "")


def _mean(values: Floats) -> float:
    return float(values.sum() / len(values)) if len(values) else math.nan


def _last(reading: Reading, others: Mapping[str, Reading], area: str | None) -> Quantity:
    return _over_items(reading, area, lambda values: float(values[-1]))


def _mean_of(reading: Reading, others: Mapping[str, Reading], area: str | None) -> Quantity:
    return _over_items(reading, area, _mean)


def _largest(reading: Reading, others: Mapping[str, Reading], area: str | None) -> Quantity:
    return _over_items(reading, area, lambda values: float(values.max()))


def _smallest(reading: Reading, others: Mapping[str, Reading], area: str | None) -> Quantity:
    return _over_items(reading, area, lambda values: float(values.min()))


def _median_gap(reading: Reading, others: Mapping[str, Reading], area: str | None) -> Quantity:
    """Median days between consecutive events of each item (or counterpart), over the window.

    Reports of one item on one day are one event, whoever made them.
    """
    rows, grid = reading.rows, reading.round.grid.numbers
    days = 365.25 if reading.indicator.window is None else reading.indicator.window.days
    events = sorted(
        {
            (str(owner), int(day), str(item))
            for owner, day, item, place in zip(
                rows[reading.indicator.by], rows["date"], rows["item"], rows["area"], strict=True
            )
            if area is None or reading.within(place, area)
        }
    )
    pauses = [(now, now - before) for (one, before, _), (other, now, _) in pairwise(events) if one == other]
    ends, lengths = (np.array(each, dtype=np.float64) for each in zip(*pauses, strict=True)) if pauses else NO_PAUSES
    value = np.full(len(grid), np.nan)
    for point, today in enumerate(grid):
        inside = (ends <= today) & (ends - lengths > today - days)
        value[point] = float(np.median(lengths[inside])) if inside.any() else np.nan
    return stated(value, np.full(len(grid), SETTLED), ("missing",) * len(grid), reading.indicator)


# ---- of other indicators, and estimates


def _ratio(reading: Reading, others: Mapping[str, Reading], area: str | None) -> Quantity:
    """One indicator by another. Of two counts of the same items it is the share of the second's that are in the first:
    what is outside of the whole makes up for nothing inside of it."""
    parts = [others[name] for name in reading.indicator.of or ()]
    above, below = (quantity(each, others, area=area) for each in parts)
    over = above.value
    if above.items is not None and below.items is not None and _same_items(*parts):
        over = np.where(np.isnan(over), np.nan, _passing_in_both(above.items, below.items))
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(below.value > 0, over / below.value, np.nan)
    reasons = tuple(a or b or "missing" for a, b in zip(above.reason, below.reason, strict=True))
    return stated(value, np.full(len(value), SETTLED), reasons, reading.indicator)


def _same_items(one: Reading, other: Reading) -> bool:
    return (one.main.kind, one.indicator.by) == (other.main.kind, other.indicator.by)


def _passing_in_both(part: Items, whole: Items) -> Floats:
    """How many items pass both, at each point. Shape (g,)."""
    rows = {name: row for row, name in enumerate(part.names)}
    pairs = [(rows[name], row) for row, name in enumerate(whole.names) if name in rows]
    mine, theirs = (np.array(each, dtype=np.int64) for each in (zip(*pairs, strict=True) if pairs else ((), ())))
    passing = (np.nan_to_num(part.passes[mine]) >= PASSES) & (np.nan_to_num(whole.passes[theirs]) >= PASSES)
    count: Floats = passing.sum(axis=0).astype(np.float64)
    return count


def _latest(reading: Reading, others: Mapping[str, Reading], area: str | None) -> Quantity:
    """The newest estimate that is still fresh, with its error; without one, as sure as its way and its grade let it."""
    found = latest_estimate(reading, area=area)
    thin = found.thin(enough_of(reading))
    unknown = np.isnan(found.value) | thin

    def at_least(threshold: float) -> tuple[Floats, Floats]:
        reached = found.at_least(threshold)
        return np.where(unknown, 0.0, reached), np.where(unknown, 1.0, reached)

    reasons = tuple(
        "thin" if t else "stale" if s else "missing" if u else ""
        for t, s, u in zip(thin, found.stale, unknown, strict=True)
    )
    numbers = {"se": float(found.error[-1])} if found.error[-1] > 0 else {}
    return Quantity(
        np.where(thin, np.nan, found.value), at_least, reasons, reading.indicator.unit or "", numbers=numbers,
        size=float(found.size[-1]), enough=enough_of(reading), off=float(np.nan_to_num(found.off[-1])),
    )  # fmt: skip


def _difference(reading: Reading, others: Mapping[str, Reading], area: str | None) -> Quantity:
    """Difference between two other indicators, or between the highest and lowest group of an estimate."""
    if reading.indicator.between is not None:
        return _between_groups(reading, reading.indicator.between)
    first, second = (quantity(others[name], others, area=area) for name in reading.indicator.of or ())
    reasons = tuple(a or b or "missing" for a, b in zip(first.reason, second.reason, strict=True))
    return stated(first.value - second.value, np.full(len(first.value), SETTLED), reasons, reading.indicator)


def _between_groups(reading: Reading, between: str | list[str]) -> Quantity:
    found = apart(reading, between)
    unknown, why = np.isnan(found.width), "stale" if found.stale else "missing"

    def wider(threshold: float) -> tuple[Floats, Floats]:
        p = 1.0 - found.within(threshold)
        return np.where(unknown, 0.0, p), np.where(unknown, 1.0, p)

    numbers = {"se": float(found.error[-1])} if found.error[-1] > 0 else {}
    return Quantity(
        found.width, lambda t: wider(math.nextafter(t, -math.inf)), tuple(why if u else "" for u in unknown),
        reading.indicator.unit or "", numbers=numbers, above=wider,
    )  # fmt: skip


_AGGREGATES: Mapping[str, Callable[[Reading, Mapping[str, Reading], str | None], Quantity]] = {
    "sum": sum_in_window, "rate": rate, "distinct": _distinct, "last": _last, "share": _share_of_register,
    "ratio": _ratio,
    "mean": _mean_of, "max": _largest, "min": _smallest, "gap": _difference, "median_gap": _median_gap,
    "latest": _latest, "weakest": _latest,
}  # fmt: skip
