"""Data points of any kind, one a line, as `primacy template` writes them: CSV typed by hand or made by other systems.

Data sheet
    Producer     whoever fills it in; comment lines above the header may say so (`# producer: ...`)
    Needed       kind, date, measure, value; item for states and estimates
    Also read    until, area (P-code or name) or longitude and latitude, actor, target, category, wave, stratum, group,
                 unit, low, high, se, n, grade, source, origin, confidentiality, note, known
    Value        a number; a share also as "45 %"; a stage also by its name (`adopted`)
    Dates        2024-12-31; none to come, but for estimates, `expected`, `due` and what `kinds.yaml` has under `ahead`
    Known        a register that notes when each line was entered says so in `known`: an assessment as of an earlier day
                 reads only what had been entered by then. Rows without it are as old as `--known` says, or their import
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
from functools import lru_cache

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
from primacy.evidence.importers._repeated import APART, Repeated
from primacy.evidence.kinds import KINDS
from primacy.evidence.shown.protected import refuse_fine_aggregates
from primacy.evidence.store.columns import SCHEMA
from primacy.evidence.store.datasets import Coverage
from primacy.framework.saying import Said, said
from primacy.places.files.faults import Fault
from primacy.places.files.figures import plain_number, tidied
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
NO_NUMBER = said("places/no-number", column="value")
LARGEST = 1e18
LONGEST_CURRENCY = 40
MOST_KEPT = 50_000  # texts: most come again
BELOW_A_THOUSAND = {"share", "score", "stage", "points"}
COUNTED = {"events", "persons", "items", "days", "interviews"}
ABOUT_WHAT = (
    "kind", "item", "measure", "date", "until", "area", "longitude", "latitude", "actor", "target", "category", "wave",
    "stratum", "group", "source", "origin",
)  # fmt: skip
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


def _same_thing(rows: Rows) -> list[str]:
    """What each line is about; empty where it names no item: then it is a thing of its own."""
    told = pc.binary_join_element_wise(*(rows.column(name) for name in ABOUT_WHAT), APART).to_pylist()
    return [each if item else "" for item, each in zip(rows.column("item").to_pylist(), told, strict=True)]


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
    kinds, measures = _kinds(rows), rows.column("measure").to_pylist()
    check_deeds(rows, kinds, measures)
    check_signs(rows, kinds, task)
    nature = [KINDS[kind].nature if kind in KINDS else "" for kind in kinds]
    told = [k in KINDS and not KINDS[k].may_lie_ahead(measure) for k, measure in zip(kinds, measures, strict=True)]
    start, end = _period(rows, np.array(told, dtype=np.bool_), task.today)
    entered = _entered(rows, start, task.today) if "known" in rows.text else None
    values, units = _values(rows, kinds, measures)
    thousands = np.array([_thousands(unit) for unit in units], dtype=np.bool_)
    numbers = {name: rows.numbers(name, large=thousands) for name in NUMBERS}
    rows.reject(numbers["low"] > numbers["high"], said("evidence/low-above-high", column="low"), "low")
    wrong_grade = ~_where(pc.match_substring_regex(rows.column("grade"), GRADE))
    rows.reject(wrong_grade, said("evidence/no-grade", column="grade"), "grade")
    secrecy = _secrecy(rows)
    items = _items(rows, kinds, nature)
    if repeated is not None:
        repeated.sort_out(rows, _same_thing(rows), "item", SAID_BEFORE)
    area, level = place or placed(rows, task, locator)
    refuse_fine_aggregates(rows, kinds, level)
    keep = pa.array(rows.keep)
    columns = {name: rows.column(name) for name in TEXTS} | {
        "kind": pa.array(kinds, pa.string()),
        "item": pa.array(items, pa.string()),
        "date": start,
        "until": end,
        "area": pa.array(area, pa.string()),
        "level": pa.array(level, pa.int8()),
        "measure": pa.array(measures, pa.string()),
        "unit": pa.array(units, pa.string()),
        "value": pa.array(values, mask=np.isnan(values)),
        "grade": rows.column("grade"),
        "confidentiality": pa.array(secrecy, pa.int8()),
        "group": pa.array([_ordered(each) for each in rows.column("group").to_pylist()], pa.string()),
        "line": pa.array(rows.line, pa.int64()),
    }
    columns |= {name: pa.array(each, mask=np.isnan(each)) for name, each in numbers.items()}
    if entered is not None:
        columns["known"] = entered.cast(SCHEMA.field("known").type)
    return pa.table({name: column.filter(keep) for name, column in columns.items()})


def _where(values: pa.Array) -> NDArray[np.bool_]:
    return np.array(pc.fill_null(values, False).to_numpy(zero_copy_only=False), dtype=np.bool_)


def _kinds(rows: Rows) -> list[str]:
    kinds: list[str] = rows.column("kind").to_pylist()
    unknown = np.array([each not in KINDS for each in kinds], dtype=np.bool_)
    rows.reject(unknown, said("evidence/kind-unknown", column="kind"), "kind")
    return kinds


def _period(rows: Rows, told: NDArray[np.bool_], today: date) -> tuple[pa.Array, pa.Array]:
    """From and until of each row. `told`: of what happened or is so, which has no day to come."""
    start = rows.dates("date", earliest=FIRST_DAY, latest=LAST_DAY)
    end = rows.dates("until", earliest=FIRST_DAY, latest=LAST_DAY)
    rows.reject(_where(start.is_null()), said("places/empty", column="date"), "date")
    end = pc.coalesce(end, start)
    rows.reject(_where(pc.less(end, start)), said("evidence/before-date", column="until"), "until")
    rows.reject(told & _where(pc.greater(start, pa.scalar(today))), said("places/in-future", column="date"), "date")
    return start, end


def _entered(rows: Rows, start: pa.Array, tomorrow: date) -> pa.Array:
    """The day on which each row was entered, at its end."""
    entered = rows.dates("known", earliest=FIRST_DAY, latest=LAST_DAY)
    rows.reject(_where(pc.greater(entered, pa.scalar(tomorrow))), said("places/in-future", column="known"), "known")
    rows.reject(_where(pc.less(entered, start)), said("evidence/known-before-date", column="known"), "known")
    return entered


def _values(rows: Rows, kinds: list[str], measures: list[str]) -> tuple[NDArray[np.float64], list[str]]:
    """Values and their units; a stage may be named, a share may be in per cent."""
    written = rows.column("value").to_pylist()
    units, categories = list(rows.column("unit").to_pylist()), rows.column("category").to_pylist()
    values = np.full(len(rows), np.nan)
    for index in map(int, np.flatnonzero(rows.ours)):
        kind = KINDS.get(kinds[index])
        if kind is None:
            continue
        measure = measures[index]
        if measure not in kind.measures:
            rows.reject_one(
                index, said("evidence/no-such-measure", kind=kind.name, names=tuple(kind.measures)), "measure"
            )
            continue
        unit = kind.measures[measure]
        if unit != "currency":
            if units[index] not in ("", unit):
                rows.reject_one(index, said("evidence/unit-of-measure", measure=measure, unit=unit), "unit")
            units[index] = unit
        elif len(units[index]) > LONGEST_CURRENCY:
            rows.reject_one(index, said("evidence/no-currency", column="unit"), "unit")
        category = categories[index]
        stage = kind.stage(measure, written[index], category)
        number, why = (stage, None) if stage is not None else _number(written[index], unit, point=rows.point)
        why = why or _unlikely(number, unit, kind.scheme(measure, category), kind.scores.get(measure))
        if why:
            rows.reject_one(index, _with_names(why, kind.scheme(measure, category)), "value")
        values[index] = number
    return values, units


@lru_cache(MOST_KEPT)
def _number(text: str, unit: str, *, point: bool) -> tuple[float, Said | None]:
    """(number, None) or (NaN, why it is none)."""
    bare = tidied(text)
    percent = unit == "share" and bare.endswith("%")
    plain, why = plain_number(bare.removesuffix("%") if percent else bare, large=_thousands(unit), point=point)
    if why or abs(float(plain)) > LARGEST:
        return np.nan, (why or said("evidence/too-many")).filled(column="value")
    return float(plain) / 100 if percent else float(plain), None


def _thousands(unit: str) -> bool:
    """Whether values of a unit may be more than a thousand: an amount in any currency may."""
    return unit not in BELOW_A_THOUSAND


def _with_names(why: Said, stages: tuple[str, ...]) -> Said:
    return said("evidence/no-stage-name", column="value", names=stages) if stages and why == NO_NUMBER else why


def _unlikely(number: float, unit: str, stages: tuple[str, ...], most: int | None) -> Said | None:
    """Why a value cannot be right; None if it can. `most`: of a score that coders give."""
    if most is not None and number not in range(most + 1):
        return said("evidence/no-score", column="value", most=most)
    if unit in COUNTED and number < 0:
        return said("evidence/not-below-zero", column="value", unit=unit)
    if unit == "share" and not 0 <= number <= 1:
        return said("evidence/no-share", column="value")
    if unit == "stage" and stages and number not in range(len(stages) + 1):
        return said("evidence/no-stage", column="value", most=len(stages), names=stages)
    return None


def _items(rows: Rows, kinds: list[str], nature: list[str]) -> list[str]:
    """Items as written. An event or effort without one is a thing of its own: its kind and line."""
    items: list[str] = rows.column("item").to_pylist()
    lacking = np.array([not item for item in items], dtype=np.bool_)
    must = np.array([each in ("state", "estimate") for each in nature], dtype=np.bool_)
    rows.reject(lacking & must, said("evidence/no-item", column="item"), "item")
    return [item or f"{kind}-{line}" for item, kind, line in zip(items, kinds, rows.line, strict=True)]


def _secrecy(rows: Rows) -> NDArray[np.int8]:
    written = rows.column("confidentiality").to_pylist()
    levels = [LEVELS_OF_SECRECY.get(tidied(each).lower(), -1) for each in written]
    found = np.array(levels, dtype=np.int8)
    rows.reject(found < 0, said("places/not-to", column="confidentiality", least=0, most=3), "confidentiality")
    return found


@lru_cache(MOST_KEPT)
def _ordered(group: str) -> str:
    return ";".join(sorted(part.strip() for part in group.split(";") if part.strip()))
