"""How many independent cases a share of a summed count is worth.

The dead of one massacre are not so many independent cases: who killed the first killed the others. Months are taken as
clusters, and the share is as uncertain as its ratio differs from month to month.

Source   Cochran, Sampling Techniques (3rd ed., 1977), 6.4 (variance of a ratio) and 9.3 (clusters); Kish, Survey
         Sampling (1965), 8.2, for shares of none or all, where months cannot differ.
"""

import numpy as np

from primacy.assessment.indicators.reading import Reading
from primacy.assessment.rules.grid import Floats, Ints
from primacy.evidence.kinds import KINDS

ONE_BY_ONE = ("events", "items")  # units whose every row is a case by itself


def in_bulk(reading: Reading) -> bool:
    """Whether one event may count many times over: deaths, people, money."""
    if reading.derived or reading.main.detail or reading.nature != "event":
        return False
    return KINDS[reading.main.kind].measures.get(reading.indicator.measure or "", "events") not in ONE_BY_ONE


def cases(part: Reading, whole: Reading, *, area: str | None = None) -> Floats:
    """Independent cases at each point of the grid, at most the count itself. Shape (g,); 0 where nothing is counted."""
    a, b = part.monthly(area=area), whole.monthly(area=area)
    stop = np.clip(whole.ends(area=area), 0, whole.round.months)
    start = np.maximum(whole.window_starts(stop), 0)
    return worth(a, b, start, stop)


def worth(part: Floats, whole: Floats, start: Ints, stop: Ints) -> Floats:
    """The same from monthly counts, part and whole (m,), and half-open windows (g,)."""

    def over_window(monthly: Floats) -> Floats:
        running = np.concatenate([[0.0], np.cumsum(monthly)])
        total: Floats = running[stop] - running[start]
        return total

    counted, squares = over_window(whole), over_window(whole * whole)
    months = over_window((whole > 0).astype(np.float64))
    share = np.divide(over_window(part), counted, out=np.zeros_like(counted), where=counted > 0)
    apart = over_window(part * part) - 2 * share * over_window(part * whole) + share * share * squares
    variance = np.divide(
        apart * months, (months - 1) * counted**2, out=np.zeros_like(counted), where=(months > 1) & (counted > 0)
    )
    mixed = (share > 0) & (share < 1) & (months > 1)
    kish = np.divide(counted**2, squares, out=np.zeros_like(counted), where=squares > 0)
    found = np.divide(share * (1 - share), variance, out=counted.copy(), where=variance > 1e-12)
    result: Floats = np.minimum(counted, np.where(mixed, np.maximum(found, 1.0), kish))
    return result
