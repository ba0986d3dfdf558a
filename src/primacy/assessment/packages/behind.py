"""The data points behind a finding: from the finding to each row, and from the row to its line in the source file."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from primacy.assessment.assessing import rows_of
from primacy.assessment.packages.package import part_of
from primacy.evidence.store.store import Store
from primacy.framework import Framework, Mission

KEYS = ("dataset", "item", "line", "date", "until", "area", "level", "kind", "category", "actor", "target", "grade",
        "source", "note", "confidentiality")  # fmt: skip


@dataclass(frozen=True)
class Behind:
    """One page of rows, newest first: the columns of KEYS, with `values` by measure; and how many there are in all."""

    rows: list[dict[str, Any]]
    total: int


def behind(package: Path, store: Store, benchmark: str, *, page: int, size: int) -> Behind:
    """What the indicators of a benchmark read in a stored assessment; the measures of one item are one row."""
    framework = Framework.from_dict(json.loads(part_of(package, "framework.json")))
    mission = Mission.model_validate(json.loads(part_of(package, "mission.json")))
    head = json.loads(part_of(package, "package.json"))
    rows = rows_of(
        framework, mission, store, benchmark, as_of=date.fromisoformat(head["as_of"]),
        known=datetime.fromisoformat(head["known"]), level=head["level"],
    )  # fmt: skip
    grouped = rows.group_by(list(KEYS)).agg(measures=rows.measure.collect(), values=rows.value.collect())
    total = store.fetch(grouped.count().as_table()).column(0)[0].as_py()
    ordered = grouped.order_by(grouped.date.desc(), "dataset", "line", "item")
    listed = store.fetch(ordered.limit(size, offset=(page - 1) * size)).to_pylist()
    return Behind(
        [{**row, "values": dict(sorted(zip(row.pop("measures"), row["values"], strict=True)))} for row in listed], total
    )
