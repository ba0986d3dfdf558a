"""Alarm: has a series of counts begun to rise? Cumulative sums on square-root counts, with a budget of false alarms."""

import numpy as np

from primacy.assessment.trends.simulation import Floats
from primacy.assessment.trends.trend_features import Bools, medians

REFERENCE = 60
"""Months before the one judged from which its level and spread are read."""
FEWEST_MONTHS = 12
ALLOWANCE = 0.75
"""Half the shift to be found, in standard deviations: what is taken off each month."""
RELEASE = 0.5
"""Share of the height under which the sum has to fall for an alarm to end: a rise that flickers is one alarm."""
HEIGHTS = {0.023: 16.0, 0.046: 12.0, 0.09: 8.0, 0.128: 6.0, 0.2: 4.1, 0.26: 3.0, 0.38: 2.0, 0.52: 1.5, 0.73: 1.0}
"""False alarms a year, and the height of the sum with which no regime of the fixed test simulator has more."""
LEAST_SPREAD = 1.0
"""Standard deviation of 2 sqrt(count + 3/8) where chance is all there is (Anscombe 1948, Biometrika 35)."""


def alarms(counts: Floats, false_alarms_a_year: float) -> Bools:
    """Whether the alarm stands at each month, from that month and those before it.

    Each month's square root is compared with the median of up to five years before it, in units of their spread; what
    exceeds the allowance is summed, never below zero; an alarm begins where the sum passes the height that keeps false
    alarms to the budget, and ends where it falls under half of that. The sum is held at half as much again, so that an
    alarm ends soon after the rise does.

    Shapes   counts (s, m) -> (s, m)
    Missing  a month that is not covered (NaN) leaves the sum as it was; no alarm before twelve covered months.
    Raises   ValueError if the budget is not above 0.
    Source   Page (1954), Biometrika 41; Rossi, Lampugnani & Marchi (1999), Statistics in Medicine 18, for counts.
    """
    height = height_for(false_alarms_a_year)
    steps = np.nan_to_num(_deviations(counts) - ALLOWANCE)
    total = np.zeros(counts.shape[0])
    stands: Bools = np.zeros(counts.shape[0], dtype=np.bool_)
    raised = np.zeros(counts.shape, dtype=np.bool_)
    for month in range(counts.shape[1]):
        total = np.minimum(np.maximum(total + steps[:, month], 0.0), 1.5 * height)
        stands = total > np.where(stands, RELEASE * height, height)
        raised[:, month] = stands
    return raised


def height_for(false_alarms_a_year: float) -> float:
    """The height that keeps false alarms to the budget, between those found by simulation (`HEIGHTS`)."""
    if not false_alarms_a_year > 0:
        raise ValueError(f"a budget of false alarms is above 0, not {false_alarms_a_year}")
    budgets = np.log(np.array(sorted(HEIGHTS)))
    heights = np.array([HEIGHTS[budget] for budget in sorted(HEIGHTS)])
    return float(np.interp(np.log(false_alarms_a_year), budgets, heights))


def onsets(raised: Bools) -> Bools:
    """Months in which an alarm begins (s, m)."""
    begun = raised.copy()
    begun[:, 1:] &= ~raised[:, :-1]
    return begun


def _deviations(counts: Floats) -> Floats:
    """How far each month is above the level of the months before it, in standard deviations; NaN where unknown."""
    roots = 2.0 * np.sqrt(counts + 0.375)
    deviations = np.full(counts.shape, np.nan)
    for month in range(FEWEST_MONTHS, counts.shape[1]):
        before = roots[:, max(0, month - REFERENCE) : month]
        covered = ~np.isnan(before)
        months = covered.sum(axis=1)
        enough = months >= FEWEST_MONTHS
        if not enough.any():
            continue
        own, seen = before[enough], months[enough]
        level = medians(own, seen)
        squares = np.where(covered[enough], (own - level[:, None]) ** 2, 0.0).sum(axis=1)
        spread = np.sqrt(squares / seen * (seen + 1) / seen)
        deviations[enough, month] = (roots[enough, month] - level) / np.maximum(spread, LEAST_SPREAD)
    return deviations
