"""Where a month without data points means that nothing happened: the months of one kind that are covered whole."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from primacy.evidence.lacking.whole_months import covering
from primacy.evidence.store.datasets import DatasetVersion
from primacy.places.areas import Areas


def covered_months(
    versions: Sequence[DatasetVersion], areas: Areas, codes: Sequence[str], *, kind: str, category: str, series: str,
    first: int, last: int, country: str,
) -> NDArray[np.bool_]:  # fmt: skip
    """Shape (1 + len(codes), months): of the country and of each area whether silence is zero in a month.

    category   what was asked for: a data set that covers some other categories alone says nothing of it
    series     a lineage; empty for all
    """
    found = np.zeros((1 + len(codes), last - first + 1), dtype=bool)
    for version in versions:
        if series and version.lineage != series:
            continue
        for each in version.coverage:
            if each.complete and each.kind == kind and _speaks_of(each.categories, category):
                found |= covering(each, areas, codes, first, last, country)
    return found


def _speaks_of(covered: Collection[str] | None, asked: str) -> bool:
    """Whether what is covered holds all of what is asked for."""
    return covered is None or any(asked == path or asked.startswith(f"{path}/") for path in covered if asked)
