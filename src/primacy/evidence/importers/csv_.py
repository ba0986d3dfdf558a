"""Data points of any kind, one a line, as `primacy template` writes them: CSV typed by hand or made by other systems.

Data sheet
    Producer     whoever fills it in; comment lines above the header may say so (`# producer: ...`)
    Needed       kind, date, measure, value; item for states and estimates
    Also read    until, area (P-code or name) or longitude and latitude, actor, target, category, wave, stratum, group,
                 unit, low, high, se, n, grade, source, origin, confidentiality, note
    Value        a number; a share also as "45 %"; a stage also by its name (`adopted`)
    Dates        2024-12-31
    Separator    comma, semicolon (then 0,5 is a number too), tab or |
    Comments     lines that begin with #. Above the header these are understood:
                 # producer: TEXT
                 # source type: producer | monitor | survey | register | media | expert
                 # licence: TEXT
                 # citation: TEXT
                 # official for: KIND, KIND
                 # coverage: KIND; AREA, AREA; 2024-01-01 to 2024-12-31; complete or partial; CATEGORY, CATEGORY
    Coverage     as the comments say; else partial, for the months from the first to the last date of each kind
    Lineage      csv/NAME: a file imported again under the same name replaces what it covers
    Not filled   a line without a value says nothing and is left out: an untouched template imports nothing
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from primacy.evidence.columns import SCHEMA
from primacy.evidence.datasets import Coverage
from primacy.evidence.errors import BadInput, shortened
from primacy.evidence.formats import Reading, Task
from primacy.evidence.importers._comments import Comments, understood
from primacy.evidence.kinds import KINDS
from primacy.evidence.locating import Codes, Locator
from primacy.places.files import Source
from primacy.places.tables import Rows, TextTable, header

FORMAT = "csv"
ABOUT = "data points of any kind, one a line, as `primacy template KIND` writes them"
NEEDED = ("kind", "date", "measure", "value")
TEXTS = ("item", "actor", "target", "category", "wave", "stratum", "group", "source", "origin", "note")
NUMBERS = ("low", "high", "se", "n")
READ = {*NEEDED, *TEXTS, *NUMBERS, "until", "area", "longitude", "latitude", "unit", "grade", "confidentiality"}
GRADE = r"^([A-F][1-6]?|[1-6])?$"
LEVELS_OF_SECRECY = {
    "": 0, "unclassified": 0, "internal": 1, "confidential": 2, "strictly confidential": 3,
    "0": 0, "1": 1, "2": 2, "3": 3,
}  # fmt: skip
COUNTED = {"events", "persons", "items", "days", "interviews"}
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


def sniff(source: Source, head: bytes) -> bool:
    try:
        return set(NEEDED) <= set(header(head, source.label).columns)
    except BadInput:
        return False


def read(source: Source, task: Task) -> Reading:
    table = TextTable(source)
    table.need(NEEDED, "a table of data points")
    said = understood(table.header.comments, source.label)
    reading = Reading(
        lineage="csv/NAME", producer=said.producer, source_type=said.source_type,
        licence=said.licence, citation=said.citation, known=None, batches=iter(()), locator=Locator(task.areas),
        official_for=said.official_for, share=lambda: table.stream.guarded.share,
    )  # fmt: skip
    known = READ | set(SCHEMA.names)
    unused = [name for name in table.columns if name not in known and not name.startswith("column ")]
    if unused:
        reading.notes.append(f"columns not used: {', '.join(shortened(name, 30) for name in unused[:8])}")
    reading.batches = _batches(table, task, reading, said)
    return reading


def _batches(table: TextTable, task: Task, reading: Reading, said: Comments) -> Iterator[pa.Table]:
    comma = table.header.delimiter == ";"
    periods: dict[str, tuple[date, date]] = {}
    named: dict[str, dict[str, bool]] = {}
    areas: set[str] = set()
    for rows in table.batches():
        reading.not_filled += _leave_out_unfilled(rows)
        points = _points(rows, task, reading, comma=comma)
        reading.rejected += rows.rejected
        if points.num_rows:
            _note_period(points, periods, named)
            areas |= set(pc.unique(points.column("area")).to_pylist()) - {""}
            yield points
    reading.rejected += table.rejected
    top = reading.locator.top(task.country)
    where = (top,) if top else tuple(sorted(areas)) or ("",)
    reading.coverage = [_resolved(each, reading.locator, table.source.label) for each in said.coverage] or [
        _months_of(kind, first, last, where, named[kind]) for kind, (first, last) in sorted(periods.items())
    ]


def _months_of(kind: str, first: date, last: date, areas: tuple[str, ...], named: dict[str, bool]) -> Coverage:
    """Partial coverage of a kind for the months in which a file has lines of it."""
    told = {f"{column}s": ("*",) if there else None for column, there in named.items()}
    end = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    return Coverage(kind=kind, areas=areas, start=first.replace(day=1), end=end, complete=False, **told)


def _resolved(coverage: Coverage, locator: Locator, label: str) -> Coverage:
    """Coverage with P-codes instead of names; an area below the country with everything inside it."""
    codes: set[str] = set()
    for written in coverage.areas:
        code = locator.coverage_code(written)
        if code is None:
            what = f"declares coverage of '{shortened(written)}', which is no area here"
            raise BadInput(what, label, "Write a P-code")
        codes |= {code} if not locator.areas.level_of(code) else {code, *locator.areas.descendants(code)}
    return coverage.model_copy(update={"areas": tuple(sorted(codes))})


def _leave_out_unfilled(rows: Rows) -> int:
    empty = np.asarray(pc.equal(rows.column("value"), "").to_numpy(zero_copy_only=False), dtype=np.bool_)
    rows.keep &= ~empty
    return int(empty.sum())


def _points(rows: Rows, task: Task, reading: Reading, *, comma: bool) -> pa.Table:
    """The usable rows of a batch as data points; the others are marked in `rows` with their reason."""
    kinds, measures = _kinds(rows), rows.column("measure").to_pylist()
    start = rows.dates("date", earliest=FIRST_DAY, latest=LAST_DAY)
    end = rows.dates("until", earliest=FIRST_DAY, latest=LAST_DAY)
    nature = [KINDS[kind].nature if kind in KINDS else "" for kind in kinds]
    rows.reject(_where(start.is_null()), "date is empty")
    end = pc.coalesce(end, start)
    rows.reject(_where(pc.fill_null(pc.less(end, start), False)), "until is before date", "until")
    happened = np.array([each in ("event", "effort") for each in nature], dtype=np.bool_)
    future = _where(pc.fill_null(pc.greater(start, pa.scalar(task.today)), False))
    rows.reject(happened & future, "date is in the future", "date")
    values, units = _values(rows, kinds, measures, comma=comma)
    numbers = {name: rows.numbers(name, comma=comma) for name in NUMBERS}
    wrong_grade = ~_where(pc.match_substring_regex(rows.column("grade"), GRADE))
    rows.reject(wrong_grade, "grade is not a letter A-F and a number 1-6, such as B2", "grade")
    secrecy = _secrecy(rows)
    items = _items(rows, kinds, nature)
    area, level = _areas(rows, task, reading.locator)
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
    return pa.table({name: column.filter(keep) for name, column in columns.items()})


def _where(values: pa.Array) -> NDArray[np.bool_]:
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _kinds(rows: Rows) -> list[str]:
    kinds: list[str] = rows.column("kind").to_pylist()
    unknown = np.array([each not in KINDS for each in kinds], dtype=np.bool_)
    rows.reject(unknown, "kind is not in the list of kinds", "kind")
    return kinds


def _values(rows: Rows, kinds: list[str], measures: list[str], *, comma: bool) -> tuple[NDArray[np.float64], list[str]]:
    """Values and their units; a stage may be named, a share may be in per cent."""
    written = rows.column("value").to_pylist()
    units, categories = list(rows.column("unit").to_pylist()), rows.column("category").to_pylist()
    values = np.full(len(rows), np.nan)
    for index in map(int, np.flatnonzero(rows.keep)):
        kind, measure = KINDS[kinds[index]], measures[index]
        if measure not in kind.measures:
            has = ", ".join(kind.measures)
            _refuse(rows, index, f"{kind.name} has no measure '{shortened(measure)}' (it has {has})")
            continue
        unit = kind.measures[measure]
        if unit != "currency":
            if units[index] not in ("", unit):
                _refuse(rows, index, f"{measure} is in {unit}, not in '{shortened(units[index])}'")
                continue
            units[index] = unit
        text = written[index]
        category = categories[index]
        number = kind.stage(measure, text, category) or _number(text, comma=comma, share=unit == "share")
        reason = _unlikely(number, unit, kind.scheme(measure, category))
        if reason or number is None:
            _refuse(rows, index, f"{reason}: '{shortened(written[index])}'")
            continue
        values[index] = number
    return values, units


def _number(text: str, *, comma: bool, share: bool) -> float | None:
    bare = text.replace(",", ".") if comma else text
    percent = share and bare.endswith("%")
    bare = bare.removesuffix("%").strip() if percent else bare
    if not re.fullmatch(r"[-+]?(\d{1,18}\.?\d{0,18}|\.\d{1,18})([eE][-+]?\d{1,2})?", bare, re.ASCII):
        return None
    return float(bare) / 100 if percent else float(bare)


def _unlikely(number: float | None, unit: str, stages: tuple[str, ...]) -> str:
    """Why a value cannot be right; empty if it can."""
    if number is None:
        return f"value is neither a number nor one of {', '.join(stages)}" if stages else "value is no number"
    if unit in COUNTED and number < 0:
        return f"value is below 0, which {unit} cannot be"
    if unit == "share" and not 0 <= number <= 1:
        return "value is no share: write 0.45 or 45 %"
    if unit == "stage" and stages and number not in range(len(stages) + 1):
        return f"value is no stage: write 0 to {len(stages)} or one of {', '.join(stages)}"
    return ""


def _refuse(rows: Rows, index: int, reason: str) -> None:
    where = np.zeros(len(rows), dtype=np.bool_)
    where[index] = True
    rows.reject(where, reason)


def _items(rows: Rows, kinds: list[str], nature: list[str]) -> list[str]:
    """Items as written. An event or effort without one is a thing of its own: its kind and line."""
    items: list[str] = rows.column("item").to_pylist()
    lacking = np.array([not item for item in items], dtype=np.bool_)
    must = np.array([each in ("state", "estimate") for each in nature], dtype=np.bool_)
    rows.reject(lacking & must, "item is empty: say which one this is about")
    return [item or f"{kind}-{line}" for item, kind, line in zip(items, kinds, rows.line, strict=True)]


def _secrecy(rows: Rows) -> NDArray[np.int8]:
    written = rows.column("confidentiality").to_pylist()
    levels = [LEVELS_OF_SECRECY.get(each.lower(), -1) for each in written]
    found = np.array(levels, dtype=np.int8)
    rows.reject(found < 0, "confidentiality is not 0 to 3", "confidentiality")
    return found


def _areas(rows: Rows, task: Task, locator: Locator) -> tuple[Codes, NDArray[np.int8]]:
    """P-codes of kept rows: from the point, else from a P-code or a name; an unknown place rejects its row."""
    written = rows.column("area").to_pylist()
    lon, lat = rows.numbers("longitude"), rows.numbers("latitude")
    rows.reject(np.abs(lon) > 180, "longitude is not between -180 and 180", "longitude")
    rows.reject(np.abs(lat) > 90, "latitude is not between -90 and 90", "latitude")
    area = np.full(len(rows), "", dtype=object)
    level = np.zeros(len(rows), dtype=np.int8)
    top = locator.top(task.country)
    nameless = np.array([not each for each in written], dtype=np.bool_)
    by_point = rows.keep & nameless & np.isfinite(lon) & np.isfinite(lat)
    area[by_point] = locator.areas.locate(lon[by_point], lat[by_point])
    if len(locator.areas):
        rows.reject(by_point & (area == ""), "the point lies outside the boundaries", "longitude")
    locator.found.by_point += int((by_point & (area != "")).sum())
    for index in np.flatnonzero(rows.keep & ~(by_point & (area != ""))):
        if written[index] and not len(locator.areas):
            locator.found.without_boundaries += int(written[index] not in (top, task.country))
            area[index] = top or written[index]
        elif written[index]:
            code = locator.code(written[index])
            if code is None:
                near = locator.areas.match_name(written[index])
                guess = f"; did you mean {locator.areas.name(near[0][0])} ({near[0][0]})" if near else ""
                said = f"area '{shortened(written[index])}' is no P-code and no known name"
                _refuse(rows, int(index), f"{said}{guess}")
                continue
            area[index] = code
        else:
            locator.found.country_only += 1
            area[index] = top
    level[:] = [locator.areas.level_of(each) or 0 for each in area]
    return area, level


def _ordered(group: str) -> str:
    return ";".join(sorted(part.strip() for part in group.split(";") if part.strip()))


def _note_period(points: pa.Table, periods: dict[str, tuple[date, date]], named: dict[str, dict[str, bool]]) -> None:
    """Remember from when to when each kind has lines, and whether they tell targets, actors and groups apart."""
    for kind in pc.unique(points.column("kind")).to_pylist():
        of_kind = points.filter(pc.equal(points.column("kind"), kind))
        first, last = pc.min(of_kind.column("date")).as_py(), pc.max(of_kind.column("date")).as_py()
        before = periods.get(kind, (first, last))
        periods[kind] = min(first, before[0]), max(last, before[1])
        told = named.setdefault(kind, {"target": False, "actor": False, "group": False})
        for column in told:
            told[column] |= pc.any(pc.not_equal(of_kind.column(column), "")).as_py() or False
