"""Data points of any kind, one a line, as `primacy template` writes them: CSV typed by hand or made by other systems.

Data sheet
    Producer     whoever fills it in; comment lines above the header may say so (`# producer: ...`)
    Needed       kind, date, measure, value; item for states and estimates
    Also read    until, area (P-code or name) or longitude and latitude, actor, target, category, wave, stratum, group,
                 unit, low, high, se, n, grade, source, origin, confidentiality, note, known
    Value        a number; a share also as "45 %"; a stage also by its name (`adopted`)
    Dates        2024-12-31; none to come, but for estimates, `expected`, `due` and what `kinds.yaml` has under `ahead`
    Known        a register that notes when each line was entered says so in `known`: an assessment as of an earlier day
                 reads only what had been entered by then. Rows without it are as old as `--known` says or their import.
                 What may have a day to come may be known before it
    Numbers      0.5 or 0,5; 1 234; 1,234 is sent back where it may be more than a thousand
    Separator    comma, semicolon, tab or |
    Comments     lines that begin with #. Above the header these are understood:
                 # producer: TEXT
                 # source type: producer | monitor | survey | register | media | expert
                 # licence: TEXT
                 # citation: TEXT
                 # official for: KIND, KIND/CATEGORY
                 # no persons: actor, target, source
                 # coverage: KIND; AREA, AREA; 2024-01-01 to 2024-12-31; complete or partial; CATEGORY, CATEGORY
    Coverage     as the comments say; else partial, for the months from the first to the last date of each kind
    Lineage      csv/NAME: a file imported again under the same name replaces what it covers
    Repeated     a line twice word for word counts once where it names an item; the same item, day, measure and source
                 with something else is a fault
    Left out     what speaks of sexual violence (`protected.yaml`), counted in a note; the kind crsv-aggregate may carry
                 it, for the country or its first level
    Persons      a text that names or reaches a person refuses its line; an actor, target or source that only looks like
                 a name is left out of its line, unless `# no persons: actor` says that the column has none
    Signs        a line of kind sign reports `seen` of a sign of the framework; `confirmed` is a deed on the site
    Not filled   a line without a value says nothing and is left out: an untouched template imports nothing
"""

from collections.abc import Iterator
from datetime import date, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.bringing.locating import Locator
from primacy.evidence.bringing.lost_lines import LostLines
from primacy.evidence.bringing.reported_signs import check_deeds, check_signs
from primacy.evidence.errors import BadInput, listed, shortened
from primacy.evidence.importers._comments import Comments, understood
from primacy.evidence.importers._covering import Periods, resolved
from primacy.evidence.importers._guard import Guard
from primacy.evidence.importers._placing import Place, placed
from primacy.evidence.importers._repeated import Repeated
from primacy.evidence.importers._valued import values_of
from primacy.evidence.kinds import KINDS
from primacy.evidence.shown.protected import refuse_fine_aggregates
from primacy.evidence.store.columns import SCHEMA
from primacy.evidence.store.datasets import Coverage
from primacy.framework.saying import Said, said
from primacy.places.files.distinct import Distinct
from primacy.places.files.faults import Fault
from primacy.places.files.figures import tidied
from primacy.places.files.files import Source
from primacy.places.files.headers import known_by
from primacy.places.files.opening import open_table
from primacy.places.files.rows import Rows
from primacy.places.files.tables import TextTable

FORMAT = "csv"
ABOUT = "data points of any kind, one a line, as `primacy template KIND` writes them"
WHAT = said("evidence/what.points")
NEEDED = ("kind", "date", "measure", "value")
TEXTS = ("item", "actor", "target", "category", "wave", "stratum", "group", "source", "origin", "note")
NUMBERS = ("low", "high", "se", "n")
READ = {
    *NEEDED, *TEXTS, *NUMBERS, "known", "until", "area", "longitude", "latitude", "unit", "grade", "confidentiality",
}  # fmt: skip
GRADE = r"^([A-F][1-6]?|[1-6])?$"
LEVELS_OF_SECRECY = {
    "": 0, "unclassified": 0, "internal": 1, "confidential": 2, "strictly confidential": 3,
    "0": 0, "1": 1, "2": 2, "3": 3,
}  # fmt: skip
ABOUT_WHAT = (
    "kind", "item", "measure", "date", "until", "area", "longitude", "latitude", "actor", "target", "category", "wave",
    "stratum", "group", "source", "origin",
)  # fmt: skip
UNKNOWN = said("evidence/kind-unknown", column="kind")
SAID_BEFORE = said("evidence/item-otherwise")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


def sniff(source: Source, head: bytes) -> Said | None:
    return known_by(head, source.label, NEEDED, WHAT)


def read(source: Source, task: Task) -> Reading:
    table = open_table(source)
    table.need(NEEDED, WHAT)
    stated = understood(table.header.comments, table.faults)
    reading = Reading(
        lineage="csv/NAME", producer=stated.producer, source_type=stated.source_type,
        licence=stated.licence, citation=stated.citation, known=None, batches=iter(()), locator=Locator(task.areas),
        official_for=stated.official_for, faults=table.faults, share=lambda: table.stream.guarded.share,
        by_line="known" in table.columns,
    )  # fmt: skip
    known = READ | set(SCHEMA.names)
    unused = [name for name in table.columns if name not in known and not name.startswith("column ")]
    if unused:
        reading.notes.append(said("evidence/columns-not-used", names=listed([shortened(name, 30) for name in unused])))
    reading.batches = _batches(table, task, reading, stated)
    return reading


def _batches(table: TextTable, task: Task, reading: Reading, stated: Comments) -> Iterator[pa.Table]:
    unclear = table.faults.first  # a declaration above the columns
    periods, repeated, lost = Periods(), Repeated(), LostLines()
    guard = Guard(task.areas, stated.no_persons)
    for rows in table.batches():
        reading.not_filled += _leave_out_unfilled(rows)
        found = points(rows, task, reading.locator, guard, repeated=repeated)
        lost.add(rows.days("date"), rows.ours, ~rows.keep)
        guard.close_batch(found)
        if found.num_rows:
            periods.note(found)
            reading.known = first_entry(reading.known, found)
            yield found
    reading.notes += table.notes + repeated.notes + guard.notes
    guard.require_rest(table)
    declared = [resolved(line, each, reading.locator, table.faults) for line, each in stated.coverage]
    unclear = unclear or next((each for each in declared if isinstance(each, Fault)), None)
    if unclear:
        raise BadInput(
            unclear.saying, said("places/at.line", file=table.source.label, line=unclear.line),
            said("evidence/do.correct-comments"), table.faults,
        )  # fmt: skip
    said_so = [each for each in declared if isinstance(each, Coverage)]
    reading.notes += lost.notes(said_so)
    reading.coverage = lost.unknown(said_so) or periods.partial(reading.locator.top(task.country))


def first_entry(before: datetime | None, rows: pa.Table) -> datetime | None:
    """When the register began to know: its version is as old as its first entry."""
    if "known" not in rows.column_names:
        return before
    first: datetime | None = pc.min(rows.column("known")).as_py()
    return min(filter(None, (before, first)), default=None)


def _leave_out_unfilled(rows: Rows) -> int:
    empty = _where(pc.equal(rows.column("value"), ""))
    rows.leave_out(empty)
    return int(empty.sum())


def points(
    rows: Rows,
    task: Task,
    locator: Locator,
    guard: Guard,
    *,
    place: Place | None = None,
    repeated: Repeated | None = None,
) -> pa.Table:
    """The usable rows of a batch as data points; what is wrong with the others is among the faults.

    guard      keeps out what no data point may tell
    place      (area, level) of each row, where it is known already
    repeated   what earlier lines of the file said, where a line may repeat them
    """
    guard.check(rows)
    measured = Distinct(rows.column("kind"), rows.column("measure"))
    rows.reject(~measured.each(lambda kind, _: kind in KINDS, np.bool_), UNKNOWN, "kind")
    check_deeds(rows, measured)
    check_signs(rows, task)
    told = measured.each(_told, np.bool_)
    start, end = _period(rows, told, task.today)
    entered = _entered(rows, start, told, task.today) if "known" in rows.text else None
    values, units, thousands = values_of(rows)
    numbers = {name: rows.numbers(name, large=thousands) for name in NUMBERS}
    rows.reject(numbers["low"] > numbers["high"], said("evidence/low-above-high", column="low"), "low")
    wrong_grade = ~_where(pc.match_substring_regex(rows.column("grade"), GRADE))
    rows.reject(wrong_grade, said("evidence/no-grade", column="grade"), "grade")
    secrecy = _secrecy(rows)
    items = _items(rows, measured)
    if repeated is not None:
        named = _where(pc.not_equal(rows.column("item"), ""))
        repeated.sort_out_alike(rows, ABOUT_WHAT, named, "item", SAID_BEFORE)
    area, level = place or placed(rows, task, locator)
    refuse_fine_aggregates(rows, level)
    keep = pa.array(rows.keep)
    columns = {name: rows.column(name) for name in TEXTS} | {
        "kind": rows.column("kind"),
        "item": items,
        "date": start,
        "until": end,
        "area": pa.array(area, pa.string()),
        "level": pa.array(level, pa.int8()),
        "measure": rows.column("measure"),
        "unit": units,
        "value": pa.array(values, mask=np.isnan(values)),
        "grade": rows.column("grade"),
        "confidentiality": pa.array(secrecy, pa.int8()),
        "group": Distinct(rows.column("group")).texts_of(_ordered),
        "line": pa.array(rows.line, pa.int64()),
    }
    columns |= {name: pa.array(each, mask=np.isnan(each)) for name, each in numbers.items()}
    if entered is not None:
        columns["known"] = entered.cast(SCHEMA.field("known").type)
    return pa.table({name: column.filter(keep) for name, column in columns.items()})


def _where(values: pa.Array) -> NDArray[np.bool_]:
    return np.array(pc.fill_null(values, False).to_numpy(zero_copy_only=False), dtype=np.bool_)


def _told(kind: str, measure: str) -> bool:
    """Whether it happened or is so, and has no day to come."""
    return kind in KINDS and not KINDS[kind].may_lie_ahead(measure)


def _period(rows: Rows, told: NDArray[np.bool_], today: date) -> tuple[pa.Array, pa.Array]:
    """From and until of each row. `told`: of what happened or is so, which has no day to come."""
    start = rows.dates("date", earliest=FIRST_DAY, latest=LAST_DAY)
    end = rows.dates("until", earliest=FIRST_DAY, latest=LAST_DAY)
    rows.reject(_where(start.is_null()), said("places/empty", column="date"), "date")
    end = pc.coalesce(end, start)
    rows.reject(_where(pc.less(end, start)), said("evidence/before-date", column="until"), "until")
    rows.reject(told & _where(pc.greater(start, pa.scalar(today))), said("places/in-future", column="date"), "date")
    return start, end


def _entered(rows: Rows, start: pa.Array, told: NDArray[np.bool_], tomorrow: date) -> pa.Array:
    """The day on which each row was entered, at its end: what happened or is so (`told`) not before it was."""
    entered = rows.dates("known", earliest=FIRST_DAY, latest=LAST_DAY)
    rows.reject(_where(pc.greater(entered, pa.scalar(tomorrow))), said("places/in-future", column="known"), "known")
    rows.reject(told & _where(pc.less(entered, start)), said("evidence/known-before-date", column="known"), "known")
    return entered


def _items(rows: Rows, measured: Distinct) -> pa.Array:
    """Items as written. An event or effort without one is a thing of its own: its kind and line."""
    items = rows.column("item")
    lacking = _where(pc.equal(items, ""))
    if not lacking.any():
        return items
    must = measured.each(lambda kind, _: kind in KINDS and KINDS[kind].nature in ("state", "estimate"), np.bool_)
    rows.reject(lacking & must, said("evidence/no-item", column="item"), "item")
    lines = pa.array(rows.line, pa.int64()).cast(pa.string())
    return pc.if_else(pa.array(lacking), pc.binary_join_element_wise(rows.column("kind"), lines, "-"), items)


def _secrecy(rows: Rows) -> NDArray[np.int8]:
    written = Distinct(rows.column("confidentiality"))
    found = written.each(lambda text: LEVELS_OF_SECRECY.get(tidied(text).lower(), -1), np.int8)
    rows.reject(found < 0, said("places/not-to", column="confidentiality", least=0, most=3), "confidentiality")
    return found


def _ordered(group: str) -> str:
    return ";".join(sorted(part.strip() for part in group.split(";") if part.strip()))
