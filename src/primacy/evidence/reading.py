"""Which data points count as of a day and a state of knowledge: one expression, the same on every engine."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import reduce
from operator import or_

import ibis
from ibis.expr.types import BooleanValue, Table

from primacy.evidence.columns import NAMES
from primacy.evidence.datasets import Coverage, DatasetVersion
from primacy.places.countries import countries, country_of, iso3_of

# A record that was taken back sends one row of this measure as its last revision.
WITHDRAWN = "withdrawn"


def in_force(rows: Table, versions: Sequence[DatasetVersion], *, as_of: date, known: datetime) -> Table:
    """Rows of `versions` (all in force at `known`, oldest first) that count; see `Store.rows`."""
    at = ibis.literal(known, type="timestamp('UTC')")
    rows = rows.filter(rows.known <= at)
    covered = [_covered(rows, *each) for each in replacements(versions)]
    if covered:
        rows = rows.filter(~reduce(or_, covered))
    rows = _newest_revisions(rows)
    return rows.filter(rows.date <= ibis.literal(as_of)).select(*NAMES)


def replaced(rows: Table, older: Sequence[DatasetVersion], newer: DatasetVersion) -> Table:
    """(dataset, rows) of older versions of one lineage that a newer one covers."""
    covered = [_covered(rows, each, coverage) for each in older for coverage in newer.coverage]
    found = rows.filter(reduce(or_, covered) if covered else ibis.literal(False))
    return found.group_by("dataset").agg(rows=found.count())


def replacements(versions: Sequence[DatasetVersion]) -> Iterator[tuple[DatasetVersion, Coverage]]:
    """(older version, coverage of a newer one of its lineage), where the two overlap in time."""
    for place, older in enumerate(versions):
        for newer in versions[place + 1 :]:
            if newer.lineage != older.lineage or newer.by_record:
                continue
            for coverage in newer.coverage:
                if older.start and older.end and older.start <= coverage.end and coverage.start <= older.end:
                    yield older, coverage


def _covered(rows: Table, older: DatasetVersion, coverage: Coverage) -> BooleanValue:
    """Rows of the older version that the coverage of a newer one replaces as a whole."""
    match = (rows.dataset == older.id) & (rows.kind == coverage.kind)
    match &= rows.date.between(ibis.literal(coverage.start), ibis.literal(coverage.end))
    match &= reduce(or_, [_inside(rows, area) for area in coverage.areas])
    if coverage.categories is not None:
        paths = [(rows.category == path) | rows.category.startswith(f"{path}/") for path in coverage.categories]
        match &= reduce(or_, paths)
    return match


def _inside(rows: Table, area: str) -> BooleanValue:
    """A country stands for all of it, under its alpha-2 or alpha-3 code; any other area for itself."""
    iso3 = country_of(area)
    country = countries().get(iso3)
    if area not in (iso3, country.iso2 if country else iso3):
        return rows.area == area
    inside = rows.area.startswith(iso3)
    if country:
        # "CO" is Colombia, "COD" is not in it.
        others = sorted(each for each in countries() if each.startswith(country.iso2) and each != iso3_of(area))
        inside |= rows.area.startswith(country.iso2) & ~rows.area.substr(0, 3).isin(others or ["-"])
    return inside


def _newest_revisions(rows: Table) -> Table:
    """Of each record only its newest revision, and nothing of records that were taken back."""
    newest = rows.filter(rows.record != "").group_by("record").agg(newest=rows.revision.max())
    newest = newest.rename(newest_record="record")
    joined = rows.left_join(newest, rows.record == newest.newest_record)
    return joined.filter((joined.record == "") | (joined.revision == joined.newest)).filter(joined.measure != WITHDRAWN)
