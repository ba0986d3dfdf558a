"""The data points behind a finding: from the finding to each row, and from the row to its line in the source file."""

import json
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from primacy.assessment.assessing import rows_of
from primacy.assessment.indicators.beside import COMPARED, EFFORT, with_role
from primacy.assessment.packages.package import part_of
from primacy.evidence.shown.lately import kept_lately
from primacy.evidence.store.store import Store
from primacy.framework import Framework, Mission
from primacy.places.areas import Areas

KEYS = ("dataset", "item", "line", "date", "until", "area", "level", "kind", "category", "actor", "target", "grade",
        "source", "note", "confidentiality")  # fmt: skip
PAGES_KEPT = 100  # of the rows behind findings, each of some dozen
_KEPT: OrderedDict[Hashable, "Behind"] = OrderedDict()


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
    judged = _judged_by(package)
    store.rows(as_of=judged.as_of, known=judged.known)  # refuses where a file was damaged since
    versions = tuple((each.id, each.withdrawn, each.erased) for each in store.versions(known=judged.known))
    asked = (package, versions, benchmark, page, size)  # what versions tell never changes
    return kept_lately(_KEPT, asked, PAGES_KEPT, lambda: _listed(package, store, benchmark, page, size))


def _listed(package: Path, store: Store, benchmark: str, page: int, size: int) -> Behind:
    by = _judged_by(package)
    rows = rows_of(by.framework, by.mission, store, benchmark, as_of=by.as_of, known=by.known, level=by.level)
    entry = next(each for each in by.framework.measured if each.id == benchmark)
    rows = with_role(rows, entry, store, by.mission, by.areas, as_of=by.as_of, known=by.known)
    grouped = rows.group_by(list(KEYS)).agg(
        measures=rows.measure.collect(), values=rows.value.collect(), role=rows.role.min()
    )
    ordered = grouped.order_by("role", grouped.date.desc(), "dataset", "line", "item")
    listed = store.fetch(ordered.limit(size, offset=(page - 1) * size)).to_pylist()
    counted = store.fetch(grouped.group_by("role").agg(count=grouped.count())).to_pylist()
    by_role = {each["role"]: each["count"] for each in counted}
    total = sum(by_role.values())
    return Behind([_row(**each) for each in listed], total, by_role.get(COMPARED, 0), by_role.get(EFFORT, 0))


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
