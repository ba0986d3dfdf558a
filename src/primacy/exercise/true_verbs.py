"""What each verb of a rule truly asks: one entry for each, from a look at the truth to yes, no or unknown by month."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from primacy.exercise.true_items import items, stage
from primacy.exercise.true_levels import levels
from primacy.exercise.true_logic import Course, all_unknown, course, of_weights
from primacy.exercise.true_periods import baselines, month_named, windowed
from primacy.exercise.true_things import Look
from primacy.exercise.true_values import apart, happened, moved, value
from primacy.exercise.truth import Floats
from primacy.framework.values import Comparison, comparison

SLACK = 1e-9
WHOLE_POINTS = 0.5  # what a coder who knows all calls a level that lies between two points
Bools = NDArray[np.bool_]


def verdict(look: Look, verb: str, asked: Any) -> Course:
    """Whether the condition truly holds in each month. Of the questions of a survey the weakest decides."""
    if look.nature == "estimate" and look.indicator.aggregate == "weakest" and look.question is None:
        questions = list(levels(replace(look, area=None, only=None)))
        if len(questions) > 1:
            return _weakest([VERBS[verb](replace(look, question=each), asked) for each in questions])
    return VERBS[verb](look, asked)


def _weakest(courses: list[Course]) -> Course:
    """It holds where it holds on all questions that are asked."""
    stack = np.array(courses)
    return np.where((stack < 0).all(axis=0), np.int8(-1), np.where((stack == 0).any(axis=0), 0, 1)).astype(np.int8)


def _at_least(values: Floats, threshold: Floats | float) -> Course:
    return course(values >= threshold - SLACK, ~np.isnan(values))


def _at_most(values: Floats, threshold: Floats | float) -> Course:
    return course(values <= threshold + SLACK, ~np.isnan(values))


# ---- levels and counts


def reaches(look: Look, asked: Any) -> Course:
    """A level at or beyond a threshold, between two, or in a band."""
    found = value(look)
    if asked.at_most is not None:
        return _at_most(found, look.number(asked.at_most))
    if asked.more_than is not None:
        return course(found > look.number(asked.more_than) + SLACK, ~np.isnan(found))
    if asked.between is not None:
        low, high = (look.number(each) for each in asked.between)
        return course((found >= low - SLACK) & (found <= high + SLACK), ~np.isnan(found))
    return _at_least(found, look.number(asked.at_least if asked.band is None else asked.band))


def share(look: Look, asked: Any) -> Course:
    """A part of a whole; the threshold may be what another indicator says."""
    found = value(look)
    if asked.at_least is not None:
        return _at_least(found, _asked(look, asked.at_least))
    return _at_most(found, _asked(look, asked.at_most))


def _asked(look: Look, given: Any) -> Floats | float:
    if not isinstance(given, Mapping):
        return look.number(given)
    said = value(replace(look.at(str(given["from"])), area=None, only=None))
    return np.where(np.isnan(said), look.number(given["else"]), said)


def believes(look: Look, asked: Any) -> Course:
    """The true level, which a survey only estimates."""
    found = value(look)
    if asked.at_least is not None:
        return _at_least(found, look.number(asked.at_least))
    return _at_most(found, look.number(asked.at_most))


def shifts(look: Look, asked: Any) -> Course:
    """The level moved by so much; negative: it lost no more than so much."""
    return _at_least(moved(look, asked.against), look.number(asked.by))


def gap(look: Look, asked: Any) -> Course:
    """Groups, strata or areas lie no further apart."""
    return _at_most(apart(look, asked.between), look.number(asked.at_most))


def scored(look: Look, asked: Any) -> Course:
    """The mean over items of the whole points that each truly deserves: scores of a scheme are whole points, and a
    level of 1.6 is a 2 to whoever knows all about it."""
    found = items(look)
    if found is None:
        return all_unknown(look.world.months)
    points, known = np.floor(found.value + WHOLE_POINTS), ~np.isnan(found.value)
    count = known.sum(axis=0)
    mean = np.where(known, points, 0.0).sum(axis=0) / np.where(count > 0, count, np.nan)
    return _at_least(mean, look.number(asked.at_least))


# ---- what is there


def exists(look: Look, asked: Any) -> Course:
    """So many documents, bodies or events of a kind are there."""
    if look.nature not in ("state", "event"):
        return _at_least(value(look), float(asked.min))
    found = items(look)
    if found is None:
        return all_unknown(look.world.months)
    there = found.value > 0 if look.measure == "expected" else found.there & found.passes
    return _at_least(there.sum(axis=0).astype(np.float64), float(asked.min))


def sequence(look: Look, asked: Any) -> Course:
    """Steps were taken, in order and in time, up to the one that is asked for."""
    rows, months = look.inside(look.rows()), look.world.months
    if not rows:
        return all_unknown(months)
    taken = {step: _taken(look, rows, stage(look, step)) for step in asked.steps}
    place = asked.steps.index(asked.reached)
    days = [day for step in asked.steps[place:] if (day := taken[step]) < months]
    now = np.arange(months)
    reached = now >= min(days, default=months)
    if asked.in_order:
        reached &= np.array([_in_order([taken[step] for step in asked.steps], int(month)) for month in now], dtype=bool)
    if asked.by is not None:
        due = _deadline(look, str(asked.by))
        if due is None:
            return course(reached, np.zeros(months, dtype=bool))
        reached &= min(days, default=months) <= due
    return course(reached, np.ones(months, dtype=bool))


def _taken(look: Look, rows: list[int], number: int) -> int:
    """The first month in which any body stood at a step; beyond the last where none did."""
    at = np.flatnonzero((look.values(rows) == number).any(axis=0))
    return int(at[0]) if len(at) else look.world.months


def _in_order(taken: list[int], month: int) -> bool:
    """The steps taken by a month were taken in their order; one that was left out is no breach."""
    known = [each for each in taken if each <= month]
    return known == sorted(known)


def _deadline(look: Look, by: str) -> int | None:
    """The month of an event, of a day, or of the end of the horizon (`due`); None where nobody says."""
    if by == "due":
        horizon = look.world.mission.horizon(look.entry.id, look.entry.term)
        return None if horizon is None else look.world.truth.month_of(horizon[1])
    return month_named(look, by)


def covers(look: Look, asked: Any) -> Course:
    """The areas that pass hold so much of the people, or of the areas where their people are not known."""
    codes = look.world.report_areas
    test = comparison(asked.pass_["value"]) if "value" in asked.pass_ else Comparison(">=", "1")
    passing = [_area_passes(replace(look, area=code), test) for code in codes]
    people = look.world.people(codes) if asked.weight == "population" else None
    return of_weights(passing, people or [1.0] * len(codes), look.number(asked.at_least))


def _area_passes(look: Look, test: Comparison) -> Course:
    """Whether an area passes: by its own state where the indicator says what passes, else by its value."""
    if look.indicator.by == "area" and look.indicator.pass_:
        found = items(look)
        months = look.world.months
        if found is None:
            return all_unknown(months)
        own: Bools = np.logical_or.reduce(found.passes, axis=0, initial=False)
        return course(np.broadcast_to(own, (months,)), np.ones(months, dtype=bool))
    found_value, right = value(look), look.number(test.right)
    holds = [test.holds(each, right) for each in np.round(found_value, 9).tolist()]
    return course(np.array(holds, dtype=bool), ~np.isnan(found_value))


# ---- trends: the underlying number of events


def falls(look: Look, asked: Any) -> Course:
    """The underlying number is lower than then by at least so much; from nothing it cannot fall."""
    now, then = _now_and_then(look, asked)
    lower = (now <= then * (1.0 - look.number(asked.by)) + SLACK) & (then > 0)
    return course(lower, ~np.isnan(now - then))


def rises(look: Look, asked: Any) -> Course:
    """The underlying number is higher than then by at least so much; nothing at all is no rise."""
    now, then = _now_and_then(look, asked)
    higher = (now >= then * (1.0 + look.number(asked.by)) - SLACK) & (now > 0)
    return course(higher, ~np.isnan(now - then))


def _now_and_then(look: Look, asked: Any) -> tuple[Floats, Floats]:
    """Underlying events a month in the window that ends with each month, and in what it is compared with."""
    monthly = happened(look, underlying=True)
    if monthly is None:
        nothing = np.full(look.world.months, np.nan)
        return nothing, nothing
    length = asked.window.months
    now = windowed(monthly, length) / length
    just_before = np.concatenate([np.full(length, np.nan), now])[: len(now)]
    if asked.against == "previous":
        return now, just_before
    if asked.against == "baseline":
        signed = baselines(look)
        if not signed:
            return now, just_before
        truth = look.world.truth
        start, stop = truth.month_of(signed[0].from_), truth.month_of(signed[0].to) + 1
    else:
        month = month_named(look, asked.against)
        stop = -1 if month is None else month
        start = stop - length
    return now, _mean_of(monthly, start, stop, length)


def _mean_of(monthly: Floats, start: int, stop: int, length: int) -> Floats:
    """The mean over a fixed period, for the windows that do not overlap it."""
    months = np.arange(len(monthly))
    if start < 0 or stop > len(monthly) or stop <= start:
        return np.full(len(monthly), np.nan)
    return np.where(months - length + 1 >= stop, monthly[start:stop].sum() / (stop - start), np.nan)


def ceases(look: Look, asked: Any) -> Course:
    """No more than so many in the window, of the underlying number."""
    monthly = happened(look, underlying=True)
    if monthly is None:
        return all_unknown(look.world.months)
    return _at_most(windowed(monthly, asked.window.months), look.number(asked.at_most))


VERBS: Mapping[str, Callable[[Look, Any], Course]] = {
    "falls": falls, "rises": rises, "ceases": ceases, "reaches": reaches, "share": share, "covers": covers,
    "exists": exists, "sequence": sequence, "believes": believes, "shifts": shifts, "gap": gap, "scored": scored,
}  # fmt: skip
