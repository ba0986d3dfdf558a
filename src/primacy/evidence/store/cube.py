"""The cube: events and effort summed by month and place, so that millions of rows are read as thousands of cells.

    month x area as claimed, with level x kind x measure x category x confidentiality x data set x month of knowledge
    -> sums of value, low and high; rows; rows longer than a month; rows without a value

Actor, target, group, item and origin stay on the rows: who asks for them reads the rows. States and estimates are not
added up and records change, so neither is in it. Each data set has a cube file of its own, written with its rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, NumericScalar, Table

from primacy.evidence.kinds import ADDED_UP
from primacy.evidence.store.built_once import built_once
from primacy.evidence.store.datasets import Coverage, DatasetVersion
from primacy.evidence.store.numbered_days import first_day, month_index
from primacy.evidence.store.reading import of_coverage, replacements, replacing

LONG_DAYS = 31  # a data point that covers more days does not say in which month it belongs
CELL = ("kind", "measure", "category", "month", "area", "level", "confidentiality", "dataset", "known_month")
SUMS = ("value", "low", "high", "rows", "uncertain", "absent")
COLUMNS = (*CELL, *SUMS)


def added_up(rows: Table) -> Table:
    """The rows that a cube holds."""
    return rows.filter(rows.kind.isin(ADDED_UP) & (rows.record == ""))


def from_month(rows: Table, since: date) -> Table:
    """Rows of the month of a day and later: what is earlier need not be looked at before it is summed."""
    return rows if since == date.min else rows.filter(rows.date >= ibis.literal(since.replace(day=1)))


def in_order(cells: Table) -> Table:
    """As they lie in a file, so that readers skip what they do not need: the same cells lie in it in the same way."""
    return cells.order_by(*CELL)


@built_once
def summed(rows: Table, *, breakdown: bool = True) -> Table:
    """The cells of rows of events and effort. `breakdown`: whether some may be of a group, women say, of an item."""
    rows = without_breakdown(rows) if breakdown else rows
    rows = rows.mutate(month=month_of(rows.date), known_month=month_of(rows.known))
    return rows.group_by(*CELL).agg(**sums(rows)).select(*COLUMNS)


def sums(rows: Table) -> dict[str, NumericScalar]:
    """What is added up of the rows of a cell, by the names of SUMS."""
    return {
        "value": rows.value.sum(),
        "low": rows.low.coalesce(rows.value).sum(),
        "high": rows.high.coalesce(rows.value).sum(),
        "rows": rows.count(),
        "uncertain": lasts_long(rows).cast("float64").sum(),
        "absent": rows.value.isnull().cast("float64").sum(),
    }


def lasts_long(rows: Table) -> BooleanValue:
    """Whether a data point does not say in which month it belongs."""
    return rows.until.delta(rows.date, unit="day") > LONG_DAYS


def month_of(days: ibis.Value) -> IntegerValue:
    """Months since January of the year 0, as `month_index` counts them."""
    return (days.year() * 12 + days.month() - 1).cast("int32")


def without_breakdown(rows: Table, *, by: str = "dataset") -> Table:
    """Rows of groups (women, men) left out where the item also has its total, so that nothing counts twice. What has
    another value in the column `by` stands for itself."""
    same = list(dict.fromkeys([by, "dataset", "item", "measure", "date"]))
    parted = rows.filter(rows.group != "").select(*same).distinct()
    totals = rows.filter(rows.group == "").semi_join(parted, same).select(*same).distinct().mutate(has_total=True)
    joined = rows.left_join(totals, same)
    return joined.filter((joined.group == "") | joined.has_total.isnull()).select(*rows.columns)


@dataclass(frozen=True)
class Loose:
    """Of one data set what its cube cannot tell apart, so that its rows are read: whole months, and a month of
    knowledge. `from_month` on, nothing of it counts."""

    months: frozenset[int]
    known_month: int | None
    from_month: int | None


def whole_cubes(versions: Sequence[DatasetVersion]) -> list[DatasetVersion]:
    """Versions whose cube can be read. Where a lineage has ids of its own, a newer release tells single items anew:
    of the older ones only rows can say what is left."""
    newest = {each.lineage: each.id for each in versions if each.own_ids}
    return [each for each in versions if each.cube and (not each.own_ids or newest[each.lineage] == each.id)]


def loose(
    cubes: Sequence[DatasetVersion], *, as_of: date, known: datetime, among: Sequence[DatasetVersion]
) -> dict[str, Loose]:
    """By data set: months that are cut by the day of the assessment or by what replaces them, and a month of knowledge
    that is cut by the moment. Data sets of which the cube says all are left out."""
    cut: dict[str, set[int]] = {each.id: set() for each in among}
    for older, coverage in replacements(among):
        cut[older.id] |= set(_cut_months(coverage))
    found: dict[str, Loose] = {}
    for each in cubes:
        late, limit = each.end is not None and each.end > as_of, None
        if late:
            limit = month_index(as_of) + 1
            if (as_of + timedelta(days=1)).day != 1:
                cut[each.id].add(limit - 1)
        unclear = each.known_last is not None and each.known_last > known
        if cut[each.id] or unclear or limit is not None:
            found[each.id] = Loose(frozenset(cut[each.id]), month_index(known.date()) if unclear else None, limit)
    return found


def _cut_months(coverage: Coverage) -> Iterator[int]:
    """The months that a coverage covers in part."""
    if coverage.start.day != 1:
        yield month_index(coverage.start)
    if (coverage.end + timedelta(days=1)).day != 1:
        yield month_index(coverage.end)


def counting(
    cells: Table, cubes: Sequence[DatasetVersion], versions: Sequence[DatasetVersion], cut: dict[str, Loose]
) -> Table:
    """Of the cells of `cubes` those that count among `versions` and are whole; the rest is in the rows that `left`
    gives."""
    cells = cells.filter(cells.dataset.isin([each.id for each in cubes]))
    for dataset, each in cut.items():
        mine = cells.dataset == dataset
        out: list[BooleanValue] = []
        if each.months:
            out.append(cells.month.isin(sorted(each.months)))
        if each.known_month is not None:
            out.append(cells.known_month >= each.known_month)
        if each.from_month is not None:
            out.append(cells.month >= each.from_month)
        cells = cells.filter(~(mine & reduce(or_, out)))
    covered = [_covered(cells, ids, coverage) for ids, coverage in replacing(versions)]
    return cells.filter(~reduce(or_, covered)) if covered else cells


def _bare(cubes: Sequence[DatasetVersion], versions: Sequence[DatasetVersion]) -> list[str]:
    """Data sets with something to add up whose cube is not read."""
    read = {each.id for each in cubes}
    return [each.id for each in versions if each.id not in read and each.cube != ""]


def tells_all(cubes: Sequence[DatasetVersion], versions: Sequence[DatasetVersion], cut: dict[str, Loose]) -> bool:
    """Whether the cells tell everything, so that no row has to be looked at."""
    months_cut = any(each.months or each.known_month is not None for each in cut.values())
    return bool(cubes) and not (_bare(cubes, versions) or any(each.records for each in versions) or months_cut)


@built_once
def _to_add_up(rows: Table) -> Table:
    return rows.filter(rows.kind.isin(ADDED_UP))


def left(
    rows: Table, cubes: Sequence[DatasetVersion], versions: Sequence[DatasetVersion], cut: dict[str, Loose]
) -> Table:
    """The rows in force that no whole cell tells: of data sets without a cube, of records, and of months that are
    cut."""
    if not cubes:
        return _to_add_up(rows)
    parts: list[BooleanValue] = [ibis.literal(False)]
    bare = _bare(cubes, versions)
    if bare:
        parts.append(rows.dataset.isin(bare) & (rows.record == ""))
    if any(each.records for each in versions):
        parts.append(rows.record != "")
    for dataset, each in cut.items():
        days = [(first_day(month), first_day(month + 1)) for month in sorted(each.months)]
        mine = [(rows.date >= ibis.literal(start)) & (rows.date < ibis.literal(end)) for start, end in days]
        if each.known_month is not None:
            mine.append(month_of(rows.known) == each.known_month)
        if mine:
            parts.append((rows.dataset == dataset) & (rows.record == "") & reduce(or_, mine))
    return rows.filter(rows.kind.isin(ADDED_UP) & reduce(or_, parts))


def _covered(cells: Table, older: list[str], coverage: Coverage) -> BooleanValue:
    months = cells.month.between(month_index(coverage.start), month_index(coverage.end))
    return cells.dataset.isin(older) & months & of_coverage(cells, coverage)
