"""What aid becomes: projects, what is approved for them, and what is promised and paid, each counted once.

The amount of a project in several places is counted once, in the narrowest area that holds them all: to split it among
them would make up how much went where.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from primacy.evidence.importers._columns import path_part
from primacy.evidence.store.columns import SCHEMA

SEVERAL = "several-sectors"
COLUMNS = (
    "kind", "item", "date", "until", "area", "level", "actor", "category", "measure", "unit", "value", "source",
    "origin", "line", "note",
)  # fmt: skip
SCHEMA_OF_AID = pa.schema([SCHEMA.field(name) for name in COLUMNS])


@dataclass(frozen=True)
class Project:
    """One project or activity, as far as it is told."""

    id: str
    line: int
    area: str
    level: int
    start: date
    start_until: date | None = None  # where only the year of the start is known
    end: date | None = None  # the day on which it ended, not one that is planned
    running: bool = True  # whether it ran once it had started
    sector: str = ""
    actor: str = ""  # who gives
    approved: float | None = None
    currency: str = ""
    places: int = 0


@dataclass(frozen=True)
class Transfer:
    """Money promised or paid. `parts` are (sector, amount), which add up to it."""

    id: str
    line: int
    how: str  # aid-committed, aid-disbursed, aid-spent
    day: date
    until: date
    area: str
    level: int
    currency: str
    parts: tuple[tuple[str, float], ...]
    actor: str = ""
    places: int = 0


@dataclass
class Points:
    """Rows of a batch. `source` and `origin` are those of all of them."""

    source: str
    origin: str
    rows: list[dict[str, Any]] = field(default_factory=list)

    def add_project(self, project: Project, today: date) -> None:
        """`expected` from the start; `running` 1 from the start and 0 from the end; `approved` where it is told."""
        shared = {
            "item": project.id, "line": project.line, "area": project.area, "level": project.level,
            "actor": project.actor, "note": _note(project.places),
        }  # fmt: skip
        begun = {"date": project.start, "until": project.start_until or project.start}
        programme = {"kind": "programme", "category": _path("programme/aid", project.sector), "unit": "items"}
        self._add(shared, programme, begun, measure="expected", value=1.0)
        if project.running and project.start <= today:
            self._add(shared, programme, begun, measure="running", value=1.0)
            if project.end is not None and project.start < project.end <= today:
                ended = {"date": project.end, "until": project.end}
                self._add(shared, programme, ended, measure="running", value=0.0)
        if project.approved is not None:
            line = {
                "kind": "budget-line",
                "category": _path("budget-line/aid", project.sector),
                "unit": project.currency,
            }
            self._add(shared, line, begun, measure="approved", value=project.approved)

    def add_transfer(self, transfer: Transfer) -> None:
        """`amount` for each sector, and one `events` for the transfer, in its largest sector."""
        shared = {
            "kind": "payment", "item": transfer.id, "line": transfer.line, "date": transfer.day,
            "until": transfer.until, "area": transfer.area, "level": transfer.level, "actor": transfer.actor,
            "note": _note(transfer.places),
        }  # fmt: skip
        largest = max(transfer.parts, key=lambda part: abs(part[1]))[0]
        category = _path(f"payment/{transfer.how}", largest)
        self._add(shared, {"category": category, "unit": "events"}, measure="events", value=1.0)
        for sector, amount in transfer.parts:
            category = _path(f"payment/{transfer.how}", sector)
            self._add(shared, {"category": category, "unit": transfer.currency}, measure="amount", value=amount)

    def _add(self, *parts: dict[str, Any], **rest: Any) -> None:
        row: dict[str, Any] = {"source": self.source, "origin": self.origin}
        for part in parts:
            row |= part
        self.rows.append(row | rest)

    def taken(self) -> pa.Table:
        """The rows so far, which are then forgotten."""
        rows, self.rows = self.rows, []
        return pa.Table.from_pylist(rows, schema=SCHEMA_OF_AID)


def sector_of(names: Iterable[str]) -> str:
    """The sector of a project, or that it has several."""
    found = sorted({path_part(name) for name in names} - {""})
    return SEVERAL if len(found) > 1 else next(iter(found), "")


def _path(category: str, sector: str) -> str:
    return f"{category}/{sector}" if sector else category


def _note(places: int) -> str:
    return f"counted once for all of its {places} places" if places > 1 else ""
