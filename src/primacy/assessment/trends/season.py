"""Windows that are not whole years compare other months of the year: what the season alone made of that before."""

import numpy as np

from primacy.assessment.rules.grid import Floats, Ints

YEAR = 12
FEWEST_YEARS = 2
ALIKE = 0.10
"""A season that moves the ratio by less is not worth a sentence."""
DIGITS = 6


def same_months(baseline: tuple[int, int], window: tuple[int, int]) -> bool:
    """Whether both hold each month of the year alike often, so that the season cancels out."""
    return bool((_shares(baseline) == _shares(window)).all())


def season_ratio(counts: Floats, baseline: tuple[int, int], window: tuple[int, int]) -> float | None:
    """What the months of the window had in earlier years over what the months of the baseline had; None where one of
    them is known in fewer than two other years.

    Shapes   counts (m,): events a month, or a rate; their months are counted from a January
    Missing  NaN is a month not covered
    """
    others = np.arange(len(counts))
    apart = (others < window[0]) & ((others < baseline[0]) | (others >= baseline[1])) & ~np.isnan(counts)
    usual = np.full(YEAR, np.nan)
    for month in range(YEAR):
        seen = counts[apart & (others % YEAR == month)]
        if len(seen) >= FEWEST_YEARS:
            usual[month] = float(seen.sum()) / len(seen)
    above, below = (_usual(usual, span) for span in (window, baseline))
    if np.isnan(above) or np.isnan(below) or below <= 0:
        return None
    return round(above / below, DIGITS)


def _shares(span: tuple[int, int]) -> Floats:
    months: Ints = np.bincount(np.arange(*span) % YEAR, minlength=YEAR)
    shares: Floats = months.astype(np.float64) / (span[1] - span[0])
    return np.round(shares, DIGITS)


def _usual(usual: Floats, span: tuple[int, int]) -> float:
    return float(usual[np.arange(*span) % YEAR].sum() / (span[1] - span[0]))
