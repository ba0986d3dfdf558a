"""The months and places in which a data set claims to tell all."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from primacy.evidence.store.datasets import Coverage
from primacy.evidence.store.numbered_days import month_index
from primacy.places.areas import Areas

LEVELS = range(5)


def whole_months(coverage: Coverage) -> tuple[int, int]:
    """The first month that is covered whole, and the month after the last."""
    start = month_index(coverage.start) + (coverage.start.day != 1)
    return start, month_index(coverage.end + timedelta(days=1))


def covering(
    coverage: Coverage, areas: Areas, codes: Sequence[str], first: int, last: int, country: str
) -> NDArray[np.bool_]:  # fmt: skip
    """Which months, `first` to `last`, are covered whole: in the country, then in each area of `codes`.

    Shape (1 + len(codes), months). The country is covered where it is named, or where all its areas are.
    """
    start, stop = whole_months(coverage)
    inside = np.arange(first, last + 1)
    named = set(coverage.areas)
    everywhere = bool(named & {each for each in (country, areas.country) if each})
    parts = [
        everywhere or code in named or any(areas.ancestor(code, level) in named for level in LEVELS) for code in codes
    ]
    places = np.array([everywhere or (bool(parts) and all(parts)), *parts], dtype=bool)
    cells: NDArray[np.bool_] = places[:, None] & (inside >= start) & (inside < stop)
    return cells
