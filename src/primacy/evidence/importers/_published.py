"""Tables as institutes publish them: which shape a file has, which of its rows concern us, and what they become.

A format may have several shapes of table. Each row belongs to one or more countries; the rows of the country that is
wanted become data points, and the others are counted. A shape declares which kinds it covers, always as partial: what
such a table does not list is not therefore zero.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.bringing.locating import Codes, Locator
from primacy.evidence.errors import NothingToImport, listed
from primacy.evidence.importers._columns import Mask
from primacy.evidence.store.datasets import Coverage
from primacy.framework.grammar import SourceType
from primacy.framework.saying import Said, Words, said
from primacy.places.countries import by_number, countries, iso3_of
from primacy.places.errors import BadInput
from primacy.places.files.files import Source
from primacy.places.files.headers import by_its_columns, header
from primacy.places.files.rows import Rows
from primacy.places.files.tables import TextTable

Names = tuple[str, ...]
YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
FIRST_DAY = date(1900, 1, 1)


@dataclass
class Part:
    """Rows of a batch that concern us, each with its one country and the code of that country's area."""

    rows: Rows
    country: Codes
    area: Codes
    task: Task
    locator: Locator
    columns: Names
    file: str = ""
    notes: list[Said] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows)

    def text(self, name: str) -> Codes:
        """A column as texts without surrounding space."""
        return np.array(self.rows.column(name).to_pylist(), dtype=object)

    def only(self, wanted: Mask) -> "Part":
        """The rows marked in `wanted`; the others leave without being faults."""
        return Part(
            self.rows.only(wanted), self.country[wanted], self.area[wanted], self.task, self.locator, self.columns,
            self.file, self.notes,
        )  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """One shape of table of a source.

    what       what such a file is, for messages
    needed     columns that tell it from every other table
    lineage    the series of releases that it is one of
    covers     kind -> categories (None: all of the kind) that a release covers
    period     the columns whose years are the period of the file; none: that of its data points
    countries  ISO alpha-3 codes of each row of a batch
    points     the data points of rows that concern us
    released   the day on which a release was published, from its file's name and its first version; None if not known
    remark     what to say of rows that cannot be placed in a country; None if there is nothing to say
    nothing    why no file of this shape has data points; then it has no `points`
    """

    what: Said
    needed: Names
    lineage: str = ""
    covers: Mapping[str, Names | None] = field(default_factory=dict)
    period: Names = ()
    countries: Callable[[Rows, Task], list[Names]] = lambda rows, task: [()] * len(rows)
    points: Callable[[Part], Iterator[pa.Table]] | None = None
    released: Callable[[str, str], date | None] = lambda name, version: None
    version: str = ""
    remark: Callable[[Rows, Task], Said | None] = lambda rows, task: None
    nothing: Words = ""


@dataclass(frozen=True)
class Publisher:
    """Who publishes the tables of a format, and under which terms."""

    name: str
    licence: str
    citation: str
    source_type: SourceType = "producer"


def recognised(source: Source, head: bytes, shapes: Sequence[Shape]) -> Said | None:
    """Why a file is one of the shapes; None if it is none."""
    try:
        found = _shape(header(head, source.label).columns, shapes)
    except BadInput:
        return None
    return by_its_columns(found.needed, found.what) if found else None


def _shape(columns: Sequence[str], shapes: Sequence[Shape]) -> Shape | None:
    return next((shape for shape in shapes if set(shape.needed) <= set(columns)), None)


def read_shape(source: Source, task: Task, shapes: Sequence[Shape], publisher: Publisher) -> Reading:
    """The rows of a file in one of the shapes. Raises BadInput if it is in none, or can have no data points."""
    table = TextTable(source)
    shape = _shape(table.columns, shapes)
    if shape is None:
        known = listed([each.what for each in shapes])
        raise BadInput(said("evidence/no-known-table", names=known), source.label, said("places/do.as-published"))
    if shape.points is None:
        raise NothingToImport(
            said("evidence/shape-of-nothing", what=shape.what, nothing=shape.nothing),
            source.label,
            said("evidence/do.data-themselves"),
        )
    table.need(shape.needed, shape.what)
    reading = Reading(
        lineage=shape.lineage, producer=publisher.name, source_type=publisher.source_type, licence=publisher.licence,
        citation=publisher.citation, known=None, batches=iter(()), locator=Locator(task.areas), faults=table.faults,
        share=lambda: table.stream.guarded.share,
    )  # fmt: skip
    reading.batches = _batches(table, shape, task, reading)
    return reading


def _batches(table: TextTable, shape: Shape, task: Task, reading: Reading) -> Iterator[pa.Table]:
    years: set[str] = set()
    wanted: set[str] = set()
    versions: set[str] = set()
    for rows in table.batches():
        years |= _years(rows, shape.period)
        versions |= set(rows.column(shape.version).to_pylist()) if shape.version else set()
        remark = shape.remark(rows, task)
        reading.notes += [remark] if remark and remark not in reading.notes else []
        part = _ours(rows, shape.countries(rows, task), task, reading, table)
        if not len(part):
            continue
        assert shape.points is not None
        tables = [each for each in shape.points(part) if each.num_rows]
        reading.notes += [note for note in part.notes if note not in reading.notes]
        if tables:
            wanted |= set(part.country[part.rows.keep])
            points = pa.concat_tables(tables)
            first_last = pc.min_max(points.column("date")).as_py()
            years |= {f"{day:%Y}" for day in first_last.values()} if not shape.period else set()
            yield points
    reading.notes += table.notes
    published = shape.released(table.source.name, max(versions - {""}, default=""))
    reading.known = datetime.combine(published, time(), UTC) if published else None
    reading.coverage = _coverage(shape, years, wanted, reading.locator)


def _years(rows: Rows, columns: Names) -> set[str]:
    found = [pc.struct_field(pc.extract_regex(rows.column(name), pattern=YEAR), "year") for name in columns]
    return {year for years in found for year in pc.unique(years).to_pylist()} - {None}


def _ours(rows: Rows, places: list[Names], task: Task, reading: Reading, table: TextTable) -> Part:
    """The rows of the country that is wanted or, where none is, each row once for each of its countries."""
    reading.countries |= {code for codes in places for code in codes}
    if task.country:
        ours = np.array([task.country in codes for codes in places], dtype=np.bool_)
        reading.not_wanted += int((~ours).sum())
        rows = rows.only(ours)
        country = np.full(len(rows), task.country, dtype=object)
    else:
        index = [place for place, codes in enumerate(places) for _ in codes]
        nowhere = sum(not codes for codes in places)
        reading.notes += [said("evidence/lines-without-country", count=nowhere)] if nowhere else []
        text = {name: column.take(pa.array(index, pa.int64())) for name, column in rows.text.items()}
        chosen = np.array(index, dtype=np.int64)
        rows = Rows(text, rows.line[chosen], rows.keep[chosen], rows.faults, rows.point)
        country = np.array([code for codes in places for code in codes], dtype=object)
    area = np.array([reading.locator.country_code(code) for code in country], dtype=object)
    return Part(rows, country, area, task, reading.locator, table.columns, table.source.name)


def _coverage(shape: Shape, years: set[str], wanted: set[str], locator: Locator) -> list[Coverage]:
    if not years or not wanted:
        return []
    start, end = date(int(min(years)), 1, 1), date(int(max(years)), 12, 31)
    areas = tuple(sorted(locator.country_code(each) for each in wanted))
    return [
        Coverage(kind=kind, categories=categories, areas=areas, start=start, end=end, complete=False)
        for kind, categories in shape.covers.items()
    ]


# ---- of which country a row is


def of_numbers(column: str) -> Callable[[Rows, Task], list[Names]]:
    """Countries by their Gleditsch-Ward numbers, several in a field parted by commas; former states are none."""
    return lambda rows, task: _translated(rows, column, lambda text: by_number().get(whole_number(text), ""))


def of_names(
    column: str, parted_by: str = ",", also: Mapping[str, str] = MappingProxyType({})
) -> Callable[[Rows, Task], list[Names]]:
    """Countries by their names or codes, and by what else the source calls them; what is no country is none."""
    return lambda rows, task: _translated(
        rows, column, lambda text: also[text] if text in also else _code(text), parted_by
    )


def _code(text: str) -> str:
    """The code of a country; a code of up to three letters that is not listed is that of a practice country."""
    code = iso3_of(text)
    return code if code in countries() or len(code) <= 3 else ""


def _translated(rows: Rows, column: str, meant: Callable[[str], str], parted_by: str = ",") -> list[Names]:
    written = rows.column(column).to_pylist()
    known = {text: _codes(text, meant, parted_by) for text in set(written)}
    return [known[text] for text in written]


def _codes(text: str, meant: Callable[[str], str], parted_by: str) -> Names:
    """The countries in a field; a whole field that is one name ("Macedonia, FYR") is not parted."""
    whole = meant(text)
    pieces = [text] if whole in countries() or not parted_by else text.split(parted_by)
    return tuple(dict.fromkeys(filter(None, (meant(each.strip()) for each in pieces))))


def whole_number(text: str) -> int:
    """A whole number, also written 482.0; -1 for anything else."""
    bare = text.strip().removesuffix(".0")
    return int(bare) if re.fullmatch(r"[0-9]{1,9}", bare) else -1
