"""Records that come again: what is new in an export of records that are kept elsewhere, as the next revisions of them.

A record is known by the number that its own table gives it. One that comes with other content is a newer revision; one
that comes as it was is nothing new; one that is absent was taken back only where the export says that it is complete.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from primacy.evidence.columns import NAMES, SCHEMA
from primacy.evidence.reading import WITHDRAWN

NOT_CONTENT = {"known", "dataset", "record", "revision", "line"}
CONTENT = tuple(name for name in NAMES if name not in NOT_CONTENT)
KEPT_IN_WITHDRAWAL = ("kind", "item", "date", "until", "area", "level", "confidentiality")


@dataclass(frozen=True)
class Known:
    """The newest revision of a record that is here: its number, a digest of its content, and one of its rows."""

    revision: int
    digest: str
    row: Mapping[str, object]

    @property
    def withdrawn(self) -> bool:
        return self.row["measure"] == WITHDRAWN


@dataclass
class Changes:
    """How many records an export brought anew, changed, left as they were, took back; of `older` a newer is here."""

    new: int = 0
    changed: int = 0
    same: int = 0
    withdrawn: int = 0
    older: int = 0

    def __str__(self) -> str:
        said = [
            (self.new, "new"), (self.changed, "changed"), (self.same, "as they were"),
            (self.withdrawn, "taken back because this complete export does not have them"),
            (self.older, "older than what is here"),
        ]  # fmt: skip
        return "records: " + ", ".join(f"{count} {what}" for count, what in said if count)


def known_records(batches: Iterable[pa.RecordBatch]) -> dict[str, Known]:
    """The newest revision of each record in the rows of all versions of a lineage."""
    rows: dict[str, list[Mapping[str, object]]] = {}
    newest: dict[str, int] = {}
    for batch in batches:
        for row in batch.to_pylist():
            record, revision = row["record"], row["revision"] or 0
            if not record or revision < newest.get(record, -1):
                continue
            if revision > newest.get(record, -1):
                rows[record], newest[record] = [], revision
            rows[record].append(row)
    return {record: Known(newest[record], digest(each), each[0]) for record, each in rows.items()}


def changes(rows: pa.Table, known: Mapping[str, Known], *, complete: bool) -> tuple[pa.Table, Changes]:
    """The rows that are new, with their revision, and what became of the records.

    rows   of one export, whole: text columns filled, `record` given, `revision` where the table says it (else null)
    """
    counted = Changes()
    by_record: dict[str, dict[int | None, list[dict[str, object]]]] = {}
    for row in rows.to_pylist():
        by_record.setdefault(row["record"], {}).setdefault(row["revision"], []).append(row)
    kept: list[dict[str, object]] = []
    for record, revisions in by_record.items():
        for said, content in sorted(revisions.items(), key=lambda each: each[0] or 0):
            kept += _revised(content, said, known.get(record), counted)
    if complete:
        for record, before in known.items():
            if record not in by_record and not before.withdrawn:
                counted.withdrawn += 1
                kept.append(_withdrawal(record, before))
    return pa.Table.from_pylist(kept, schema=SCHEMA), counted


def _revised(
    content: list[dict[str, object]], said: int | None, before: Known | None, counted: Changes
) -> list[dict[str, object]]:  # fmt: skip
    if before is None:
        counted.new += 1
        return [row | {"revision": 0 if said is None else said} for row in content]
    if digest(content) == before.digest:
        counted.same += 1
        return []
    if said is not None and said <= before.revision and not before.withdrawn:
        counted.older += 1
        return []
    counted.changed += 1
    following = before.revision + 1
    return [row | {"revision": following if said is None else max(said, following)} for row in content]


def _withdrawal(record: str, before: Known) -> dict[str, object]:
    texts = {field.name: "" for field in SCHEMA if pa.types.is_string(field.type)}
    kept = {name: before.row[name] for name in KEPT_IN_WITHDRAWAL}
    return texts | kept | {"measure": WITHDRAWN, "value": 1.0, "record": record, "revision": before.revision + 1}


def digest(rows: Iterable[Mapping[str, object]]) -> str:
    """The same for the same content, whatever the order of its rows."""
    said = sorted(json.dumps([row.get(name) for name in CONTENT], default=str, ensure_ascii=False) for row in rows)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
