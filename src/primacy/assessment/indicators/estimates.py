"""Differences: now against then, each with its own error and its own unknown part."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from primacy.assessment.indicators import shares
from primacy.assessment.indicators.estimate import Estimate, enough_of, items_of, latest_estimate, mean_error
from primacy.assessment.indicators.quantities import quantity
from primacy.assessment.indicators.quantity import Quantity
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.rules.grid import Bools, Floats, Grid
from primacy.assessment.rules.verdict import Call
from primacy.framework.mission import Baseline

YEAR = 12
EVEN = 0.5
Bounds = tuple[Floats, Floats]


@dataclass(frozen=True)
class Move:
    """A level now and then. `reached(by)` bounds P(now - then >= by); `nearer` is P(more than a year ago)."""

    now: Floats
    then: Floats
    error: Floats
    off: Floats  # what the difference may be off where no error is stated; else 0 or not known
    reached: Callable[[float], Bounds]
    nearer: Floats
    thin: Bools
    provisional: bool  # compared with the time just before: what stays as it is has not moved, and is not lost
    unsure_by: str = "error"  # what leaves it open whether it moved so far


def moved(call: Call) -> Move:
    """Then is the end of the baseline; `previous` is the wave before, of anything else the value a year earlier."""
    signed = call.reading.round.mission.baselines_for(call.reading.benchmark.id)
    baseline = signed[0] if signed and call.parameters.against == "baseline" else None
    of = _estimate_moved if call.reading.nature == "estimate" else _quantity_moved
    return of(call, baseline)


def _before(reading: Reading, baseline: Baseline) -> Reading:
    """The same indicator, judged whole on the last day of the baseline."""
    return replace(reading, round=replace(reading.round, grid=Grid(baseline.to)))


def _a_year_earlier(values: Floats) -> Floats:
    return np.concatenate([np.full(YEAR, np.nan), values[:-YEAR]])


# ---- estimates


def _estimate_moved(call: Call, baseline: Baseline | None) -> Move:
    several = call.reading.indicator.aggregate == "mean" and len(items_of(call.reading)) > 1
    level = (_mean_level if several else _level)(call, baseline)

    def reached(by: float) -> Bounds:
        p = difference_at_least(level.now, level.then, level.off, level.sure, by)
        return np.where(np.isnan(p), 0.0, p), np.where(np.isnan(p), 1.0, p)

    nearer = nearer_than(level.now, _a_year_earlier(level.now), level.off, level.sure)
    unstated = np.where(level.error > 0, 0.0, level.off)
    unsure_by = "error" if level.off[-1] > 0 else "grade"
    return Move(level.now, level.then, level.error, unstated, reached, nearer, level.thin, baseline is None, unsure_by)


@dataclass(frozen=True)
class _Level:
    """An estimate now and then, the stated error of their difference, how far that may be off with or without one,
    P(true) where no error is stated (else 1), and where one of them is thin."""

    now: Floats
    then: Floats
    error: Floats
    off: Floats
    sure: Floats
    thin: Bools


def _level(call: Call, baseline: Baseline | None) -> _Level:
    found, enough = latest_estimate(call.reading, area=call.area), enough_of(call.reading)
    if baseline is not None:
        earlier = latest_estimate(_before(call.reading, baseline), area=call.area)
        small = np.full(call.size, bool(earlier.thin(enough)[-1]))
        then, then_error = np.full(call.size, earlier.value[-1]), np.full(call.size, earlier.error[-1])
        then_off = np.full(call.size, earlier.off[-1])
    else:
        then, then_error, small = _wave_before(found, enough)
        then_off = np.where(then_error > 0, 0.0, found.off)
    thin = found.thin(enough) | small
    error = np.hypot(np.nan_to_num(found.error), np.nan_to_num(then_error))
    off = np.hypot(error, np.hypot(np.nan_to_num(found.off), np.nan_to_num(then_off)))
    sure = np.where(np.nan_to_num(found.error) > 0, 1.0, found.sure)
    return _Level(np.where(thin, np.nan, found.value), then, error, off, sure, thin)


def _mean_level(call: Call, baseline: Baseline | None) -> _Level:
    """Over the items that are known both now and then: a question that was not asked before moves nothing."""
    each = [
        _level(replace(call, reading=replace(call.reading, question=name)), baseline) for name in items_of(call.reading)
    ]
    now, then, errors, offs, sure = (
        np.array([getattr(level, name) for level in each]) for name in ("now", "then", "error", "off", "sure")
    )
    both = ~np.isnan(now) & ~np.isnan(then)
    counted = np.where(both.any(axis=0), both, ~np.isnan(now))  # where nothing can be compared, what is known now
    thin = ~counted.any(axis=0) & np.logical_or.reduce([level.thin for level in each])
    return _Level(
        _mean(now, counted), _mean(then, both), np.nan_to_num(mean_error(errors, both)),
        np.nan_to_num(mean_error(offs, both)),
        np.fmin.reduce(np.where(counted, sure, np.nan)), thin,
    )  # fmt: skip


def _mean(values: Floats, counted: Bools) -> Floats:
    count = counted.sum(axis=0)
    return np.where(count > 0, np.where(counted, values, 0.0).sum(axis=0) / np.maximum(count, 1), np.nan)


def difference_at_least(now: Floats, then: Floats, error: Floats, sure: Floats, by: float) -> Floats:
    """P(now - then >= by), NaN where one is unknown: by the error, and no surer than the reports are."""
    difference = now - then
    by_error = shares.normal_at_least(difference, np.nan_to_num(error), by)
    p = np.where(error > 0, by_error, difference >= by - 1e-9)
    edge = np.maximum(sure, 1.0 - sure)
    p = np.clip(np.where(sure < EVEN, 1.0 - p, p), 1.0 - edge, edge)
    return np.where(np.isnan(difference), np.nan, p)


def nearer_than(now: Floats, then: Floats, error: Floats, sure: Floats) -> Floats:
    """P(now is more than then): what has not moved is no nearer, however sure it is."""
    p = difference_at_least(now, then, error, sure, 0.0)
    return np.where((now == then) & ~(error > 0), 0.5, p)


def _wave_before(found: Estimate, enough: float) -> tuple[Floats, Floats, Bools]:
    """Value, error and thinness of the estimate that was the newest before the present one became so."""
    size = len(found.value)
    then, error, thin = np.full(size, np.nan), np.zeros(size), np.zeros(size, dtype=bool)
    few, before = found.thin(enough), -1
    for point in range(1, size):
        if found.row[point - 1] >= 0 and found.row[point] != found.row[point - 1]:
            before = point - 1
        if before >= 0:
            then[point], error[point] = found.value[before], np.nan_to_num(found.error[before])
            thin[point] = few[before]
    return then, error, thin


# ---- shares, means and other quantities


def _quantity_moved(call: Call, baseline: Baseline | None) -> Move:
    """Then as a level that is to be passed: grades and unknown items of now count as they do for any level."""
    found = quantity(call.reading, call.others, area=call.area)
    if baseline is not None:
        others = {id: _before(each, baseline) for id, each in call.others.items()}
        earlier = quantity(_before(call.reading, baseline), others, area=call.area)
        then, open_ = (np.full(call.size, each[-1]) for each in (earlier.value, _open(earlier)))
    else:
        then, open_ = _a_year_earlier(found.value), _a_year_earlier(_open(found))

    def reached(by: float) -> Bounds:
        return _passed(found, then + open_ + by)[0], _passed(found, then + by)[1]

    year = _a_year_earlier(found.value)
    sure = np.where(np.isnan(found.value - year), np.nan, _passed(found, found.value)[0])
    nothing, never = np.full(call.size, np.nan), np.zeros(call.size, dtype=bool)
    nearer = nearer_than(found.value, year, nothing, sure)
    unsure_by = "chance" if found.unsure_by == "sample" else found.unsure_by
    return Move(found.value, then, nothing, nothing, reached, nearer, never, baseline is None, unsure_by)


def _open(found: Quantity) -> Floats:
    """How much higher a share may be by its unknown items."""
    if found.known_items is None or not found.all_items:
        return np.zeros(len(found.value))
    return (found.all_items - found.known_items) / found.all_items


def _passed(found: Quantity, levels: Floats) -> Bounds:
    """Bounds of P(the quantity reaches the level of that point); open where the level is unknown."""
    low, high = np.zeros(len(levels)), np.ones(len(levels))
    for level in np.unique(levels[~np.isnan(levels)]):
        here, (lower, upper) = levels == level, found.at_least(float(level))
        low[here], high[here] = lower[here], upper[here]
    return low, high
