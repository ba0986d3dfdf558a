"""Which data points count as of a day and a state of knowledge: one expression, the same on every engine."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import reduce
from operator import or_

import ibis
from ibis.expr.types import BooleanValue, Table

from primacy.evidence.store.built_once import built_once
from primacy.evidence.store.columns import NAMES
from primacy.evidence.store.datasets import Coverage, DatasetVersion
from primacy.places.countries import countries, country_of, iso3_of

# A record that was taken back sends one row of this measure as its last revision.
WITHDRAWN = "withdrawn"


@built_once
def of_versions(rows: Table, ids: Sequence[str]) -> Table:
    return rows.filter(rows.dataset.isin(ids or [""]))


Covered = tuple[tuple[str, ...], Coverage]  # ids of versions, and what a newer one covers


def in_force(rows: Table, versions: Sequence[DatasetVersion], *, as_of: date, known: datetime) -> Table:
    """Rows of `versions` (all in force at `known`, oldest first) that count; see `Store.rows`."""
    releases = Counter(each.lineage for each in versions if each.own_ids)
    told_anew_by_item = tuple(
        (each.id, each.lineage) for each in versions if each.own_ids and releases[each.lineage] > 1
    )
    covered = tuple((tuple(older), coverage) for older, coverage in replacing(versions))
    return _in_force(rows, covered, told_anew_by_item, any(each.records for each in versions), as_of, known)


@built_once
def _in_force(
    rows: Table, covered: Sequence[Covered], several: Sequence[tuple[str, str]], records: bool, as_of: date,
    known: datetime,
) -> Table:  # fmt: skip
    at = ibis.literal(known, type="timestamp('UTC')")
    rows = rows.filter(rows.known <= at)
    if covered:
        rows = rows.filter(~reduce(or_, [_covered(rows, older, coverage) for older, coverage in covered]))
    rows = _told_once(rows, several)
    if records:
        rows = _newest_revisions(rows)
    return rows.filter(rows.date <= ibis.literal(as_of)).select(*NAMES)


def replaced(rows: Table, older: Sequence[DatasetVersion], newer: DatasetVersion) -> Table:
    """(dataset, rows) of older versions that a newer one takes the place of."""
    covered = [_covered(rows, (each.id,), coverage) for each in older for coverage in told_anew(newer, each)]
    found = rows.filter(reduce(or_, covered) if covered else ibis.literal(False))
    return found.group_by("dataset").agg(rows=found.count())


def told_anew(newer: DatasetVersion, older: DatasetVersion) -> Sequence[Coverage]:
    """Where a newer version takes the place of an older one as a whole.

    Where a source gives its items ids that last, single items are told anew by their ids (`_told_once`). Files of one
    release are then parts of it, whose items add up, and a file that does not claim to be complete (a selection, or one
    of which many lines were rejected) silences nothing that an earlier file told.
    """
    if newer.lineage != older.lineage or newer.by_record or (newer.own_ids and newer.known == older.known):
        return ()
    return [each for each in newer.coverage if each.complete or not newer.own_ids]


def replacements(versions: Sequence[DatasetVersion]) -> Iterator[tuple[DatasetVersion, Coverage]]:
    """(older version, coverage of a newer one of its lineage), where the two overlap in time."""
    for place, older in enumerate(versions):
        for newer in versions[place + 1 :]:
            for coverage in told_anew(newer, older):
                if older.start and older.end and older.start <= coverage.end and coverage.start <= older.end:
                    yield older, coverage


def replacing(versions: Sequence[DatasetVersion]) -> Iterator[tuple[list[str], Coverage]]:
    """Each coverage of a newer version with the ids of all older ones that it replaces."""
    grouped: dict[int, tuple[list[str], Coverage]] = {}
    for older, coverage in replacements(versions):
        grouped.setdefault(id(coverage), ([], coverage))[0].append(older.id)
    yield from grouped.values()


def _covered(rows: Table, older: Sequence[str], coverage: Coverage) -> BooleanValue:
    """Rows of older versions that the coverage of a newer one replaces as a whole."""
    days = rows.date.between(ibis.literal(coverage.start), ibis.literal(coverage.end))
    return rows.dataset.isin(older) & days & of_coverage(rows, coverage)


def of_coverage(rows: Table, coverage: Coverage) -> BooleanValue:
    """Rows, or cells of the cube, of the kind, areas and categories of a coverage."""
    match = (rows.kind == coverage.kind) & reduce(or_, [_inside(rows, area) for area in coverage.areas])
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


def _told_once(rows: Table, several: Sequence[tuple[str, str]]) -> Table:
    """Of items with ids of their source's own only what the newest version of the lineage says, wherever it puts them.

    A release may tell of more than it covers, and may move an event to another day or place: both would count twice.
    `several`: (id, lineage) of versions of which there are several in a lineage.
    """
    if not several:
        return rows
    aged = _with_ages(rows, several)
    newest = {lineage: id for id, lineage in several}
    oldest = {lineage: id for id, lineage in reversed(several)}
    replaceable = aged.dataset.isin([id for id, _ in several if id not in newest.values()])
    # One side is small: a yearly release leaves little of the older ones, and single months follow it.
    older = aged.filter(replaceable)
    newer = aged.filter(aged.dataset.isin([id for id, _ in several if id not in oldest.values()]))
    newer = newer.select(newer_series="series", newer_kind="kind", newer_item="item", newer_age="age")
    again = [
        older.series == newer.newer_series, older.kind == newer.newer_kind, older.item == newer.newer_item,
        older.age < newer.newer_age,
    ]  # fmt: skip
    return aged.filter(~replaceable).select(*NAMES).union(older.anti_join(newer, again).select(*NAMES))


def _with_ages(rows: Table, several: Sequence[tuple[str, str]]) -> Table:
    """Rows with `series`, the number of their lineage, and `age`, which grows with each release; -1 for others."""
    lineages = list(dict.fromkeys(lineage for _, lineage in several))
    age = rows.dataset.cases(*((id, number) for number, (id, _) in enumerate(several)), else_=-1)
    series = rows.dataset.cases(*((id, lineages.index(lineage)) for id, lineage in several), else_=-1)
    return rows.mutate(age=age, series=series)


def _newest_revisions(rows: Table) -> Table:
    """Of each record only its newest revision, and nothing of records that were taken back."""
    newest = rows.filter(rows.record != "").group_by("record").agg(newest=rows.revision.max())
    newest = newest.rename(newest_record="record")
    joined = rows.left_join(newest, rows.record == newest.newest_record)
    return joined.filter((joined.record == "") | (joined.revision == joined.newest)).filter(joined.measure != WITHDRAWN)
