"""Records that come again: what is new in an export of records that are kept elsewhere, as the next revisions of them.

A record is known by the number that its own table gives it. One that comes with other content is a newer revision; one
that comes as it was is nothing new; one that is absent was taken back only where the export says that it is complete.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from primacy.evidence.kinds import KINDS
from primacy.evidence.store.columns import NAMES, SCHEMA
from primacy.evidence.store.reading import WITHDRAWN
from primacy.evidence.store.spooling import known_by
from primacy.framework.saying import Said, said

NOT_CONTENT = {"known", "dataset", "record", "revision", "line"}
CONTENT = tuple(name for name in NAMES if name not in NOT_CONTENT)
KEPT_IN_WITHDRAWAL = ("kind", "item", "date", "until", "area", "level", "confidentiality")
HALF_A_YEAR = 183  # days: nobody corrects most days of a log by so much
NOTHING, BETWEEN = "\x1e", "\x1f"  # control characters, which no text of a table has


@dataclass(frozen=True)
class Known:
    """The newest revision of a record that is here: its number, a digest of its content, where a row of it is."""

    revision: int
    digest: bytes
    withdrawn: bool
    rows: pa.Table
    place: int


@dataclass
class Changes:
    """How many records an export brought anew, changed, left as they were, took back; of `older` a newer is here."""

    new: int = 0
    changed: int = 0
    same: int = 0
    withdrawn: int = 0
    older: int = 0

    def note(self) -> Said:
        told = [
            (self.new, said("evidence/records.new", count=self.new)),
            (self.changed, said("evidence/records.changed", count=self.changed)),
            (self.same, said("evidence/records.same", count=self.same)),
            (self.withdrawn, said("evidence/records.taken-back", count=self.withdrawn)),
            (self.older, said("evidence/records.older", count=self.older)),
        ]
        return said("evidence/records.counted", told=[each for count, each in told if count])


def known_records(tables: Iterable[pa.Table]) -> dict[str, Known]:
    """The newest revision of each record in the rows of all versions of a lineage."""
    newest: dict[str, Known] = {}
    for table in tables:
        kept = table.select([*KEPT_IN_WITHDRAWAL, "measure"])
        for (record, revision), (digest, places) in _revisions(table).items():
            before = newest.get(record)
            if record and (before is None or (revision or 0) > before.revision):
                withdrawn = kept.column("measure")[places[0]].as_py() == WITHDRAWN
                newest[record] = Known(revision or 0, digest, withdrawn, kept, places[0])
    return newest


def changes(
    rows: pa.Table, known: Mapping[str, Known], *, complete: bool, there: Collection[str] = (),
    set_aside: Collection[str] = (),
) -> tuple[pa.Table, Changes]:  # fmt: skip
    """The rows that are new, with their revision, and what became of the records.

    rows       of one export, whole: text columns filled, `record` given, `revision` where the table says it (else null)
    there      records of which nothing could be read: they are not absent
    set_aside  records that came as what does not count: taken back, unless another line tells of them
    """
    counted = Changes()
    places: list[int] = []
    numbers: list[int] = []
    found = _revisions(rows)
    for (record, stated), (digest, at) in found.items():
        number = _next(stated, digest, known.get(record), counted)
        if number is not None:
            places += at
            numbers += [number] * len(at)
    kept = rows.take(pa.array(places, pa.int64()))
    kept = kept.set_column(NAMES.index("revision"), SCHEMA.field("revision"), pa.array(numbers, pa.int32()))
    absent = set(known) if complete else set(known) & set(set_aside)
    absent -= {record for record, _ in found} | set(there)
    gone = [_withdrawal(record, known[record]) for record in sorted(absent) if not known[record].withdrawn]
    if gone:
        counted.withdrawn = len(gone)
        kept = pa.concat_tables([kept, pa.Table.from_pylist(gone, schema=SCHEMA)])
    return kept, counted


def known_since(rows: pa.Table, known: Mapping[str, Known], at: datetime) -> pa.Table:
    """Rows of which new records were known since the day on which they were entered, where they say so; whatever
    changed or was taken back is known since the export, which came `at` a time: until then it was known as it was."""
    new = pa.array([record not in known for record in rows.column("record").to_pylist()], pa.bool_())
    field = SCHEMA.field("known")
    entered = pc.if_else(new, rows.column("known"), pa.scalar(None, field.type))
    return known_by(rows.set_column(NAMES.index("known"), field, entered), at)


def of_other_times(rows: pa.Table, known: Mapping[str, Known]) -> tuple[int, list[str]]:
    """How many records of events that are here come again, and which of them half a year or more from their day: a log
    whose numbers start again, where these are most.

    rows   as of `changes`
    """
    events, found = {name for name, each in KINDS.items() if each.nature == "event"}, {}
    for record, kind, day in zip(*(rows.column(name).to_pylist() for name in ("record", "kind", "date")), strict=True):
        before = known.get(record)
        if kind in events and day is not None and before is not None and not before.withdrawn:
            found[record] = abs((day - before.rows.column("date")[before.place].as_py()).days) >= HALF_A_YEAR
    return len(found), sorted(record for record, moved in found.items() if moved)


def told_alike(rows: pa.Table, lineage: str, known: Mapping[str, Known], other: str) -> tuple[int, int]:
    """How many numbers of records the rows of a lineage share with another, and how many of these records are the same
    there: of one kind, day and area.

    rows, known   of the one as of `changes`, of the other as `known_records` gives them
    """
    told: dict[str, tuple[object, ...]] = {}
    columns = (rows.column(name).to_pylist() for name in ("record", "kind", "date", "area"))
    for record, *about in zip(*columns, strict=True):
        told.setdefault(record.removeprefix(f"{lineage}/"), tuple(about))
    shared = {number: found for number in told if (found := known.get(f"{other}/{number}")) and not found.withdrawn}
    there = {
        number: tuple(each.rows.column(name)[each.place].as_py() for name in ("kind", "date", "area"))
        for number, each in shared.items()
    }
    return len(shared), sum(told[number] == about for number, about in there.items())


def _next(stated: int | None, digest: bytes, before: Known | None, counted: Changes) -> int | None:
    """The number of a revision that is new; None where it is here, or a newer one is."""
    if before is None:
        counted.new += 1
        return stated or 0
    if digest == before.digest:
        counted.same += 1
        return None
    if stated is not None and stated <= before.revision and not before.withdrawn:
        counted.older += 1
        return None
    counted.changed += 1
    return max(stated or 0, before.revision + 1)


def _withdrawal(record: str, before: Known) -> dict[str, object]:
    texts = {field.name: "" for field in SCHEMA if pa.types.is_string(field.type)}
    kept = {name: before.rows.column(name)[before.place].as_py() for name in KEPT_IN_WITHDRAWAL}
    return texts | kept | {"measure": WITHDRAWN, "value": 1.0, "record": record, "revision": before.revision + 1}


def _revisions(rows: pa.Table) -> dict[tuple[str, int | None], tuple[bytes, list[int]]]:
    """(record, revision) -> digest of its content, whatever the order of its rows, and where these are."""
    texts = [pc.fill_null(pc.cast(rows.column(name), pa.string()), NOTHING) for name in CONTENT]
    content = pc.binary_join_element_wise(*texts, BETWEEN).to_pylist()
    places: dict[tuple[str, int | None], list[int]] = {}
    keys = zip(rows.column("record").to_pylist(), rows.column("revision").to_pylist(), strict=True)
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    return {
        key: (hashlib.sha256("\n".join(sorted(content[place] for place in at)).encode()).digest(), at)
        for key, at in sorted(places.items(), key=lambda each: (each[0][0], each[0][1] or 0))
    }
