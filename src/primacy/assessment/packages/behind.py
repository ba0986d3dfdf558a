"""The data points behind a finding: from the finding to each row, and from the row to its line in the source file."""

import json
from collections import Counter, OrderedDict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, reduce
from itertools import accumulate
from operator import or_
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import ibis
import ibis.expr.types as ir

from primacy.assessment.assessing import rows_of
from primacy.assessment.indicators.beside import COMPARED, EFFORT, with_role
from primacy.assessment.packages.package import part_of
from primacy.evidence.shown.lately import kept_lately
from primacy.evidence.store.cube import month_of
from primacy.evidence.store.numbered_days import first_day, last_day
from primacy.evidence.store.store import Store
from primacy.framework import Framework, Mission
from primacy.places.areas import Areas

KEYS = ("dataset", "item", "line", "date", "until", "area", "level", "kind", "category", "actor", "target", "grade",
        "source", "note", "confidentiality")  # fmt: skip
PAGES_KEPT = 100  # of the rows behind findings, each of some dozen
COUNTS_KEPT = 100  # of findings, each of some hundred months
ROWS_KEPT = 4  # expressions of each store, which are asked for page after page
_KEPT: OrderedDict[Hashable, "Behind"] = OrderedDict()
_COUNTS: OrderedDict[Hashable, "Sequence[Cell]"] = OrderedDict()
_ROWS: WeakKeyDictionary[Store, OrderedDict[Hashable, ir.Table]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Behind:
    """One page of rows: the columns of KEYS, with `values` by measure and `role`; and how many there are in all.

    First what decides, then what is only compared, then effort, each with the newest first. `compared` and `effort`
    are how many rows of these there are among the total.
    """

    rows: list[dict[str, Any]]
    total: int
    compared: int = 0
    effort: int = 0

    @property
    def deciding(self) -> int:
        return self.total - self.compared - self.effort


def behind(package: Path, store: Store, benchmark: str, *, page: int, size: int) -> Behind:
    """What the indicators of a benchmark read in a stored assessment; the measures of one item are one row.

    Raises BadInput where rows that counted then were erased, or a file is damaged.
    """
    asked = _asked(package, store, benchmark)
    return kept_lately(_KEPT, (*asked, page, size), PAGES_KEPT, lambda: _listed(asked, store, page, size))


def all_behind(package: Path, store: Store, benchmark: str, *, size: int) -> Iterator[dict[str, Any]]:
    """All rows as `behind` lists them, `size` at a time, for who takes them along. Raises as `behind` does."""
    asked, page = _asked(package, store, benchmark), 1
    while rows := _listed(asked, store, page, size).rows:
        yield from rows
        page += 1


def _asked(package: Path, store: Store, benchmark: str) -> "Asked":
    judged = _judged_by(package)
    store.rows(as_of=judged.as_of, known=judged.known)  # refuses where a file was damaged since
    versions = tuple((each.id, each.withdrawn, each.erased) for each in store.versions(known=judged.known))
    return package, versions, benchmark  # what versions tell never changes


Asked = tuple[Path, Hashable, str]  # the package, the versions that count, the benchmark
Cell = tuple[int, int, int]  # a role, a month, how many rows of the list stand there


def _listed(asked: Asked, store: Store, page: int, size: int) -> Behind:
    """Read are the months that the page lies in; of many data points to count them takes longer than to list a page."""
    own = _ROWS.setdefault(store, OrderedDict())  # an engine serves one thread
    rows = kept_lately(own, asked, ROWS_KEPT, lambda: _rows(asked, store))
    cells = kept_lately(_COUNTS, asked, COUNTS_KEPT, lambda: _counted(rows, store))
    wanted, before = _cells_of(cells, (page - 1) * size, size)
    listed = store.fetch(_in_order(rows, wanted).limit(size, offset=before)).to_pylist() if wanted else []
    by_role: Counter[int] = Counter()
    for role, _month, count in cells:
        by_role[role] += count
    return Behind([_row(**each) for each in listed], by_role.total(), by_role[COMPARED], by_role[EFFORT])


def _rows(asked: Asked, store: Store) -> ir.Table:
    """The rows behind a finding with their role."""
    package, _versions, benchmark = asked
    by = _judged_by(package)
    rows = rows_of(by.framework, by.mission, store, benchmark, as_of=by.as_of, known=by.known, level=by.level)
    entry = next(each for each in by.framework.measured if each.id == benchmark)
    return with_role(rows, entry, store, by.mission, by.areas, as_of=by.as_of, known=by.known)


def _counted(rows: ir.Table, store: Store) -> Sequence[Cell]:
    """How many stand in the list by role and month, in its order."""
    grouped = rows.group_by(list(KEYS)).agg(role=rows.role.min())
    months = grouped.mutate(month=month_of(grouped.date)).group_by("role", "month").agg(count=ibis._.count())
    found = [(each["role"], each["month"], each["count"]) for each in store.fetch(months).to_pylist()]
    return sorted(found, key=lambda each: (each[0], -each[1]))


def _cells_of(cells: Sequence[Cell], start: int, size: int) -> tuple[list[Cell], int]:
    """(the cells in which the rows from `start` on lie, how many rows of these come before it).

    >>> _cells_of([(0, 9, 30), (0, 8, 30), (1, 9, 5)], 50, 50)
    ([(0, 8, 30), (1, 9, 5)], 20)
    """
    ends = list(accumulate(count for _role, _month, count in cells))
    wanted = [place for place, end in enumerate(ends) if end > start and end - cells[place][2] < start + size]
    return [cells[place] for place in wanted], start - (ends[wanted[0]] - cells[wanted[0]][2]) if wanted else 0


def _in_order(rows: ir.Table, cells: Sequence[Cell]) -> ir.Table:
    """The rows of some cells as they are listed: what decides first, then the newest, the measures of an item together.
    The days are asked for first, because rows lie in their order and others need not be read."""
    months: dict[int, list[int]] = {}
    for role, month, _count in cells:
        months.setdefault(role, []).append(month)
    ends = {role: (first_day(min(each)), last_day(max(each))) for role, each in months.items()}
    days = {role: list(map(ibis.literal, each)) for role, each in ends.items()}
    rows = rows.filter(reduce(or_, [rows.date.between(*each) for each in days.values()]))
    grouped = rows.group_by(list(KEYS)).agg(
        measures=rows.measure.collect(), values=rows.value.collect(), role=rows.role.min()
    )
    inside = [(grouped.role == role) & grouped.date.between(*each) for role, each in days.items()]
    grouped = grouped.filter(reduce(or_, inside))
    return grouped.order_by("role", grouped.date.desc(), "dataset", "line", "item")


def _row(*, measures: list[str], values: list[float], **row: Any) -> dict[str, Any]:
    return {**row, "values": dict(sorted(zip(measures, values, strict=True)))}


@dataclass(frozen=True)
class _JudgedBy:
    framework: Framework
    mission: Mission
    areas: Areas
    as_of: date
    known: datetime
    level: int


@lru_cache(maxsize=4)
def _judged_by(package: Path) -> _JudgedBy:
    """A package never changes, and to read a framework takes longer than to ask for a page of rows."""
    head = json.loads(part_of(package, "package.json"))
    return _JudgedBy(
        Framework.from_dict(json.loads(part_of(package, "framework.json"))),
        Mission.model_validate(json.loads(part_of(package, "mission.json"))),
        Areas.from_dict(json.loads(part_of(package, "places.json"))),
        date.fromisoformat(head["as_of"]), datetime.fromisoformat(head["known"]), head["level"],
    )  # fmt: skip
