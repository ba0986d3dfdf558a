"""What one series of data sets tells of and where its silence means none: kinds or areas by months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from primacy.evidence.lacking.whole_months import covering
from primacy.evidence.store.cube import month_of
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.raster import Bools, Ints, Raster, texts, wholes
from primacy.evidence.store.store import Store
from primacy.places.areas import Areas

MOST_MONTHS = 60
FULL, SILENT, OPEN, MISSING = "full", "quiet", "open", "missing"


@dataclass(frozen=True)
class CoverageMap:
    """Shapes of `rows` and `covered`: (kinds, areas, months); the first area is the whole country.

    rows      data points of the series that count, dated in the month
    covered   one of its complete data sets covers the month there: silence means none
    """

    kinds: tuple[str, ...]
    areas: tuple[str, ...]
    months: tuple[int, ...]
    rows: Ints
    covered: Bools

    def mark(self, kind: int, area: int, month: int) -> str:
        """`full` told and complete; `quiet` complete and silent: none happened; `open` told, yet silence is unknown;
        `missing` nothing told and nothing covered."""
        told, covered = self.rows[kind, area, month] > 0, bool(self.covered[kind, area, month])
        if told:
            return FULL if covered else OPEN
        return SILENT if covered else MISSING


def coverage_map(
    store: Store, versions: Sequence[DatasetVersion], areas: Areas, *, level: int, known: datetime, upto: date,
    secrecy: int | None = None,
) -> CoverageMap | None:  # fmt: skip
    """Of the versions of one lineage in force; None where they tell of no day.

    level     of the areas; `upto` is the last day to show
    secrecy   rows above this confidentiality are left out; silence is then taken for nothing
    """
    ends = [min(each.end, upto) for each in versions if each.end]
    starts = [each.start for each in versions if each.start]
    if not ends or not starts:
        return None
    last = max(ends)
    span = (last.year - min(starts).year) * 12 + last.month - min(starts).month + 1
    raster = Raster(areas, as_of=last, months=max(1, min(span, MOST_MONTHS)), report_level=level)
    rows = store.rows(as_of=upto, known=known)
    rows = rows.filter(rows.dataset.isin([each.id for each in versions]))
    if secrecy is not None:
        rows = rows.filter(rows.confidentiality <= secrecy)
    by_month = rows.mutate(month=month_of(rows.date))
    counted = by_month.group_by("kind", "area", "level", "month").agg(rows=by_month.count())
    found = store.columns(counted)
    within = (wholes(found["month"]) >= raster.first) & (wholes(found["month"]) <= raster.last)
    kinds = raster.kinds_of([each for each, yes in zip(texts(found["kind"]), within, strict=True) if yes])
    codes = [each for each, yes in zip(texts(found["area"]), within, strict=True) if yes]
    places = raster.areas_of(kinds, codes, wholes(found["level"])[within])
    sums = raster.summed(kinds, places, wholes(found["month"])[within] - raster.first, wholes(found["rows"])[within])
    covered = np.zeros(raster.shape, dtype=bool)
    for version in versions if secrecy is None else ():
        for each in version.coverage:
            if each.complete and each.kind in raster.kinds:
                covered[raster.kinds.index(each.kind)] |= covering(
                    each, areas, raster.areas[1:], raster.first, raster.last, areas.country or ""
                )
    told = [place for place in range(len(raster.kinds)) if sums[place].any() or covered[place].any()]
    if not told:
        return None
    return CoverageMap(
        tuple(raster.kinds[place] for place in told), raster.areas, tuple(range(raster.first, raster.last + 1)),
        sums[told], covered[told],
    )  # fmt: skip
