"""Any table by a mapping: one that is given (`--mapping`), or one in `evidence/mappings`, known by its columns.

Data sheet
    Producer     as the mapping says; the mappings in `evidence/mappings` are for tables that a mission keeps itself
    Licence      as the mapping says
    Unit         one line of the table is up to one data point for each measure of the mapping
    Kinds        as the mapping says
    Place        P-code or name, names by level, or a point; what is not found is a fault of its line
    Known        the day in the column `entered`; without one as the mapping says, or `--known`, or the time of import.
                 A record that changed is known as it is now since the export
    Coverage     as the mapping says; else partial, for the months with lines
    Repeated     with `record`, a line twice word for word counts once; the same number with something else is a fault
    Lineage      mapping/MAPPING/NAME: a table imported again under its name replaces what it covers. With `record`
                 mapping/MAPPING, and the name where one is given: lines that changed become new revisions
    Left out     lines that speak of sexual violence in any of their columns, read or not (`protected.yaml`), counted
    Not used     columns that the mapping does not name; never names of persons, telephone numbers or addresses. An
                 actor, target or source that looks like a name is left out of its line, save of those under not_persons
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, time

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from primacy.evidence.bringing.formats import Reading, Records, Task
from primacy.evidence.bringing.locating import Locator
from primacy.evidence.bringing.lost_lines import LostLines
from primacy.evidence.errors import BadInput, listed, shortened
from primacy.evidence.importers._covering import Periods, resolved
from primacy.evidence.importers._guard import LIKE_PERSONS, Guard
from primacy.evidence.importers._numbered import Numbered
from primacy.evidence.importers._placing import Place, placed, placed_by_level
from primacy.evidence.importers._unread import Unread
from primacy.evidence.importers.csv_ import first_entry, points
from primacy.evidence.mapped.mapped import Batch, Lines, found_columns, lines_of, require_columns, shared_lines
from primacy.evidence.mapped.mapping import Mapping
from primacy.evidence.mapped.mapping import Place as Where
from primacy.evidence.mapped.mapping_files import shipped
from primacy.evidence.store.datasets import Coverage
from primacy.framework.saying import Said, said
from primacy.places.countries import iso3_of
from primacy.places.files.faults import Fault, Faults
from primacy.places.files.files import Source
from primacy.places.files.headers import by_its_columns
from primacy.places.files.json_rows import is_json
from primacy.places.files.opening import columns, header_lines, open_table, text_head
from primacy.places.files.rows import Rows
from primacy.places.files.tables import TextTable
from primacy.places.names import plain

FORMAT = "mapping"
GENERAL = True  # a format that is made for a source goes before it
ABOUT = "any table by a mapping: `--mapping FILE`, or one that is shipped (incident logs, activity and contact lists)"


def sniff(source: Source, head: bytes) -> Said | None:
    known = _known(source)
    return by_its_columns(known.recognise, said("evidence/what.mapping", name=known.mapping)) if known else None


def _known(source: Source) -> Mapping | None:
    """The shipped mapping whose columns a table has."""
    try:
        head = text_head(source)
        has = {plain(name) for name in _named(source, head)}
    except BadInput:
        return None
    fitting = [each for each in shipped().values() if {plain(name) for name in each.recognise} <= has]
    return max(fitting, key=lambda each: len(each.recognise), default=None)


def _named(source: Source, head: bytes) -> tuple[str, ...]:
    lines = header_lines(source, head)
    return open_table(source, lines=lines).columns if lines != (0, 0) else columns(head, source.label)


def read(source: Source, task: Task) -> Reading:
    mapping = task.mapping or _known(source)
    if mapping is None:
        raise BadInput(
            said("evidence/no-mapping-knows"), source.label, said("evidence/do.name-mapping")
        )  # fmt: skip
    return read_mapped(source, task, mapping)


def fits(source: Source, mapping: Mapping) -> bool:
    """Whether a sheet has every column that a mapping reads."""
    if mapping.table.sheet:
        return source.sheet == mapping.table.sheet
    return not source.hidden and not found_columns(mapping, _open(source, mapping).columns)[1]


def _open(source: Source, mapping: Mapping) -> TextTable:
    lines = mapping.table.lines
    if lines == (0, 0) and not source.sheet:
        head = text_head(source)
        if found_columns(mapping, columns(head, source.label))[1]:
            lines = header_lines(source, head)
    return open_table(source, lines=lines)


def read_mapped(source: Source, task: Task, mapping: Mapping, table: TextTable | None = None) -> Reading:
    """A table by a mapping; `table` where it is open already."""
    table = table or _open(source, mapping)
    names = require_columns(mapping, table)
    record = mapping.record
    reading = Reading(
        lineage=f"mapping/{mapping.mapping}" if record else f"mapping/{mapping.mapping}/NAME",
        producer=mapping.producer, source_type=mapping.source_type, licence=mapping.licence, citation=mapping.citation,
        known=_at_midnight(mapping), batches=iter(()), locator=Locator(task.areas), official_for=mapping.official_for,
        faults=table.faults, share=lambda: table.stream.guarded.share,
        records=Records(complete=mapping.export == "complete") if record else None,
        by_line=mapping.entered is not None,
    )  # fmt: skip
    reading.notes += _unused(mapping, table, names)
    reading.batches = _batches(table, task, mapping, names, reading)
    return reading


def _at_midnight(mapping: Mapping) -> datetime | None:
    return datetime.combine(mapping.known, time(), UTC) if mapping.known else None


def _unused(mapping: Mapping, table: TextTable, names: dict[str, str]) -> list[Said]:
    """Columns that are not used, save those that the mapping itself puts aside."""
    used = {
        *names.values(),
        *(name for name in table.columns if plain(name) in {plain(each) for each in mapping.never}),
    }
    unused = [name for name in table.columns if name not in used and not name.startswith("column ")]
    told = listed([shortened(name, 30) for name in unused])
    return [said("evidence/columns-not-used", names=told)] if unused else []


def _batches(
    table: TextTable, task: Task, mapping: Mapping, names: dict[str, str], reading: Reading
) -> Iterator[pa.Table]:
    periods, lost = Periods(), LostLines()
    machine = bool(table.source.sheet) or is_json(table.source.head())
    numbered = Numbered(mapping)
    coarser: Counter[str] = Counter()
    guard, unread = Guard(task.areas, _vouched(mapping)), Unread(mapping)
    for rows in table.batches():
        batch = Batch(rows, mapping, names, machine=machine)
        # Whatever stands on the line, read or not: a narrative may say of an attack what it was.
        guard.sexual_violence.leave_out(rows, batch.kinds(), map(rows.column, table.columns))
        if mapping.place and mapping.place.country:
            _leave_out_others(batch, mapping.place.country, task, reading)
        shared = shared_lines(batch)
        numbered.check(shared)
        if reading.records:
            reading.records.set_aside |= {shared.values["record"][at] for at in np.flatnonzero(batch.set_aside)}
        place, lowered = _placed(shared, task, mapping, reading.locator)
        coarser += lowered
        found = _points_of(shared, task, mapping, reading, place, lost, guard)
        guard.close_batch(found)
        if found.num_rows:
            unread.note(found)
            periods.note(found)
            if not mapping.record:  # an export of records is as old as what it brings anew
                reading.known = first_entry(reading.known, found)
            yield found
    reading.notes += table.notes + numbered.notes + guard.notes + unread.notes
    guard.require_rest(table)
    if coarser:
        names_of = listed([f"{shortened(name, 40)} ({count})" for name, count in coarser.most_common(8)])
        reading.notes.append(said("evidence/areas-above", count=coarser.total(), names=names_of))
    declared = _declared(mapping, reading.locator)
    reading.notes += lost.notes(declared)
    reading.coverage = lost.unknown(declared) or periods.partial(reading.locator.top(task.country))


def _vouched(mapping: Mapping) -> list[str]:
    """Fields of data points whose columns the mapping knows to hold no persons."""
    texts = ((name, getattr(mapping, name)) for name in LIKE_PERSONS)
    return [name for name, text in texts if text and text.column and set(text.column) <= set(mapping.not_persons)]


def _leave_out_others(batch: Batch, column: str, task: Task, reading: Reading) -> None:
    """Lines of other countries than the one wanted; where none is named it is the one wanted."""
    stated = [iso3_of(text) if text else "" for text in batch.text(column)]
    reading.countries |= set(stated) - {""}
    if task.country:
        others = np.array([each not in ("", task.country) for each in stated], dtype=np.bool_)
        reading.not_wanted += int((others & batch.rows.ours).sum())
        batch.rows.leave_out(others)


def _points_of(
    shared: Lines, task: Task, mapping: Mapping, reading: Reading, place: Place, lost: LostLines, guard: Guard
) -> pa.Table:  # fmt: skip
    """The data points of a batch, of lines that have no fault in any measure."""
    told: dict[Fault, None] = dict.fromkeys(shared.faults())
    untold = shared.rows.faults.not_kept
    tables: list[pa.Table] = []
    filled = ~shared.rows.ours
    for measure in mapping.measures:
        lines = lines_of(measure, shared)
        rows = lines.finish()
        found = points(rows, task, reading.locator, guard, place=place)
        tables.append(_with_records(found, shared))
        filled |= rows.ours
        told |= dict.fromkeys(lines.faults())
        untold += rows.faults.not_kept
    reading.not_filled += int((~filled).sum())
    wrong = {fault.line for fault in told}
    dates = Rows({"date": pa.array(shared.values["date"], pa.string())}, shared.rows.line, shared.rows.keep)
    lost.add(dates.days("date"), filled & shared.rows.ours, np.isin(shared.rows.line, sorted(wrong)))
    if reading.records and wrong:
        at = np.searchsorted(shared.rows.line, sorted(wrong)).tolist()
        reading.records.refused |= {shared.values["record"][index] for index in at}
    reading.faults.add_many(told, count=len(told) + untold, new_lines=len(wrong))
    together = pa.concat_tables(tables)
    return together.filter(pc.invert(pc.is_in(together.column("line"), pa.array(sorted(wrong), pa.int64()))))


def _with_records(found: pa.Table, shared: Lines) -> pa.Table:
    """The same with the number of its record, and of its revision where the table says it."""
    if "record" not in shared.values:
        return found
    at = pa.array(np.searchsorted(shared.rows.line, found.column("line").to_numpy()))
    found = found.append_column("record", shared.rows.text["record"].take(at))
    revision = shared.rows.text.get("revision")
    if revision is not None:
        numbers = pa.array([int(float(each)) if each else None for each in revision.take(at).to_pylist()], pa.int32())
        found = found.append_column("revision", numbers)
    return found


def _placed(shared: Lines, task: Task, mapping: Mapping, locator: Locator) -> tuple[Place, Counter[str]]:
    """(area and level of each line, the names that are not known of lines that got the area above)."""
    place = mapping.place
    if place is not None and len(place.code) > 1 and place.otherwise == "coarser" and len(locator.areas):
        codes = zip(*map(shared.batch.text, place.code), strict=True)
        finest = [
            next((code for code in each if code in locator.areas), next(filter(None, each), "")) for each in codes
        ]
        shared.rows.text["area"] = pa.array(finest, pa.string())
    unknown = _placed_anywhere(shared, place, locator) if place is not None and place.anywhere else Counter[str]()
    if place is None or not place.names:
        return placed(shared.rows, task, locator), unknown
    names = [(level, shared.batch.text(column)) for level, column in sorted(place.names.items())]
    column = place.names[max(place.names)]
    shared.said.setdefault("area", column)
    if not place.code:
        shared.written["area"] = shared.batch.text(column)
    found, lowered = placed_by_level(shared.rows, task, locator, names, coarser=place.otherwise == "coarser")
    return found, lowered + unknown


def _placed_anywhere(shared: Lines, place: Where, locator: Locator) -> Counter[str]:
    """Put names of areas of any level where nothing else says where; the names that mean no area, with their lines."""
    unknown: Counter[str] = Counter()
    written = shared.rows.column("area").to_pylist()
    at_point = shared.rows.column("longitude").to_pylist()
    stated = zip(*(shared.batch.text(column) for column in place.names.values()), strict=True)
    named = [any(each) for each in stated] or [False] * len(written)
    meant: dict[str, str] = {"": ""}
    for index, text in enumerate(shared.batch.text(place.anywhere or "")):
        if written[index] or at_point[index] or named[index] or not shared.rows.ours[index]:
            continue
        if text not in meant:
            meant[text] = locator.meant(text)
        written[index] = text if meant[text] else ""
        unknown[text] += bool(text and not meant[text])
    shared.rows.text["area"] = pa.array(written, pa.string())
    return +unknown


def _declared(mapping: Mapping, locator: Locator) -> list[Coverage]:
    faults = Faults()
    found: list[Coverage] = []
    for stated in mapping.coverage:
        coverage = Coverage(
            kind=stated.kind, categories=stated.categories, targets=("*",), actors=("*",), groups=("*",),
            areas=stated.areas, start=stated.start, end=stated.end, complete=stated.complete,
        )  # fmt: skip
        each = resolved(0, coverage, locator, faults)
        if isinstance(each, Fault):
            raise BadInput(
                each.saying, said("evidence/at.mapping", mapping=mapping.mapping), said("evidence/do.codes-here")
            )
        found.append(each)
    return found
