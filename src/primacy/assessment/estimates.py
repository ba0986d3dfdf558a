"""Estimates and their differences: now against then, group against group, each with its own error."""

import math
from dataclasses import replace

import numpy as np

from primacy.assessment import shares
from primacy.assessment.grid import Floats, Grid
from primacy.assessment.quantities import latest_estimate, quantity
from primacy.assessment.verdict import Call
from primacy.framework.mission import Baseline

YEAR = 12


def difference_at_least(now: Floats, then: Floats, error: Floats, sure: Floats, by: float) -> Floats:
    """P(now - then >= by), NaN where one is unknown. Without an error: as sure as the reports are."""
    moved = now - then
    stated = np.where(moved >= by - 1e-9, sure, 1.0 - sure)
    p = np.where(error > 0, shares.normal_at_least(moved, np.nan_to_num(error), by), stated)
    return np.where(np.isnan(moved), np.nan, p)


def now_and_then(call: Call) -> tuple[Floats, Floats, Floats, Floats, bool]:
    """Value now, value then, error of the difference, P(true), and whether there was no baseline to use.

    Then is the end of the baseline; `previous` is the wave before, of anything else the value a year earlier.
    """
    estimated = call.reading.nature == "estimate"
    baselines = call.reading.round.mission.baselines_for(call.reading.benchmark.id)
    provisional = call.parameters.against == "baseline" and not baselines
    if estimated:
        value, error, _, sure, _ = latest_estimate(call.reading, area=call.area)
    else:
        found = quantity(call.reading, call.others, area=call.area)
        value, error, sure = found.value, np.full(call.size, np.nan), np.full(call.size, 0.905)
    if call.parameters.against == "baseline" and baselines:
        then, then_error = _at(call, baselines[0], estimated)
        return value, np.full(call.size, then), _joined(error, then_error), sure, False
    if estimated:
        then_values, then_errors = _wave_before(call)
        return value, then_values, np.sqrt(np.nan_to_num(error) ** 2 + then_errors**2), sure, provisional
    shifted = np.concatenate([np.full(YEAR, np.nan), value[:-YEAR]])
    return value, shifted, error, sure, provisional


def _joined(error: Floats, other: float) -> Floats:
    return np.sqrt(np.nan_to_num(error) ** 2 + (0.0 if math.isnan(other) else other) ** 2)


def _at(call: Call, baseline: Baseline, estimated: bool) -> tuple[float, float]:
    """The value at the end of the baseline: the whole indicator judged on that day."""
    earlier = replace(call.reading.round, grid=Grid(baseline.to))
    reading = replace(call.reading, round=earlier)
    if estimated:
        value, error, *_ = latest_estimate(reading, area=call.area)
        return float(value[-1]), float(error[-1])
    others = {id: replace(each, round=earlier) for id, each in call.others.items()}
    return float(quantity(reading, others, area=call.area).value[-1]), math.nan


def _wave_before(call: Call) -> tuple[Floats, Floats]:
    """The estimate that was the newest before the present one became so."""
    value, error, *_ = latest_estimate(call.reading, area=call.area)
    then, then_error = np.full(call.size, np.nan), np.zeros(call.size)
    before, before_error = math.nan, 0.0
    for point in range(1, call.size):
        if not math.isnan(value[point - 1]) and value[point] != value[point - 1]:
            before, before_error = float(value[point - 1]), float(np.nan_to_num(error[point - 1]))
        then[point], then_error[point] = before, before_error
    return then, then_error


def by_part(call: Call, between: str | list[str]) -> dict[str, tuple[Floats, Floats, Floats, bool]]:
    """Value, error and P(true) of each group, stratum or area that is compared, and whether it is too old."""
    reading = call.reading
    if between == "area":
        parts = {code: latest_estimate(reading, area=code) for code in reading.round.report_areas}
    elif isinstance(between, list):
        parts = {name: latest_estimate(replace(reading, only=("group", name))) for name in between}
    else:
        names = sorted({str(each) for each in reading.rows[between]} - {""})
        parts = {name: latest_estimate(replace(reading, only=(between, name))) for name in names if ";" not in name}
    return {name: (value, error, sure, bool(stale[-1])) for name, (value, error, _, sure, stale) in parts.items()}
