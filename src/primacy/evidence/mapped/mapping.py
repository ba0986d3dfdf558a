"""The grammar of a mapping: how the columns of any table become data points. YAML, one mapping a file.

Where a field asks for a text, `Name` means the column of that name, `{column: Name, values: {yes: 1}}` a column whose
texts are translated, `{always: text}` the same text on every line, and a list of columns their texts joined by "/".
A value `ASK` is a question that nobody has answered yet: a mapping with one is refused.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from primacy.framework.grammar import SourceType
from primacy.framework.saying import Unfit, said

DateForm = Literal[
    "year-month-day", "day-month-year", "month-day-year", "month", "quarter", "year", "serial", "serial-1904"
]
QUESTION = "ASK"
IsoDay = date  # inside the models below `date` is a field
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "percent": 0.01, "per-mille": 0.001}


def _text(value: object) -> object:
    """Plain words of YAML as the text that a table has: 2024, true, 2024-05-01."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float | date) else value


def _list(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


Word = Annotated[str, BeforeValidator(_text), Field(min_length=1)]
Words = Annotated[tuple[Word, ...], BeforeValidator(_list)]
Translations = dict[Word, Annotated[str, BeforeValidator(_text)]]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Strict):
    """A text of each line: from a column (or several, joined), translated where `values` says so, or always the same.

    other   what becomes of a text that `values` does not name: its line is refused or left out, or it is kept or empty
    """

    column: Words = ()
    always: Annotated[str, BeforeValidator(_text)] = ""
    values: Translations = {}
    other: Literal["refuse", "leave-out", "keep", "empty"] = "refuse"

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"column": value}

    @model_validator(mode="after")
    def _one(self) -> "Text":
        if bool(self.column) == bool(self.always):
            raise Unfit(said("evidence/mapping.column-or-always"))
        if self.always and self.values:
            raise Unfit(said("evidence/mapping.values-of-column"))
        return self


class Kind(Text):
    """The same, but a plain word is the kind itself."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"always": value}


class Day(Strict):
    """A day or period. Days that begin with their year are always understood; of others `forms` says the order.

    forms     tried in turn: day-month-year, month-day-year, year-month-day, month, quarter, year, serial (a number of
              days as spreadsheets keep it), serial-1904; months may be written in English, French and Arabic
    century   2000 where years have two digits
    """

    column: Words
    forms: Annotated[tuple[DateForm, ...], BeforeValidator(_list)] = ("year-month-day",)
    century: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"column": value}


class Place(Strict):
    """Where: a column of P-codes or names, names by level, or a point. A line without any is the whole country.

    country     a column of codes or names of countries: lines of other countries than the mission's are left out
    code        of several columns, the finest first, the first that says anything
    anywhere    a column of names of areas of any level, for lines of which nothing else says where; a name that is not
                found counts for the country
    otherwise   of a name that is not found: the line is refused, or gets the coarser area whose name was found
    """

    country: Word | None = None
    code: Words = ()
    names: dict[int, Word] = {}
    latitude: Word | None = None
    longitude: Word | None = None
    anywhere: Word | None = None
    otherwise: Literal["refuse", "coarser"] = "refuse"

    @model_validator(mode="after")
    def _whole(self) -> "Place":
        if bool(self.latitude) != bool(self.longitude):
            raise Unfit(said("evidence/mapping.point-whole"))
        if not (self.code or self.names or self.latitude or self.anywhere or self.country):
            raise Unfit(said("evidence/mapping.some-place"))
        if any(not 0 < level <= 4 for level in self.names):
            raise Unfit(said("evidence/mapping.levels"))
        return self


class Measure(Strict):
    """One measure of each line, from a column or always the same; what it says of its own goes before the mapping's.

    measure   a word of the kind, or a column with its translation where each line says its measure
    scale     a number or word by which the column is multiplied; percent makes a share of it
    values    texts that stand for a number or a stage: {yes: 1, adopted: adopted}
    where     only lines with one of these texts in these columns
    date      of a column that belongs to a period: "2020", "2020-05", "2020-Q1"
    """

    measure: Kind
    column: Word | None = None
    always: float | None = None
    unit: Kind | None = None
    scale: float | Literal["thousand", "million", "billion", "percent", "per-mille"] = 1.0
    values: Translations = {}
    low: Word | None = None
    high: Word | None = None
    se: Word | None = None
    n: Word | None = None
    item: Text | None = None
    category: Text | None = None
    target: Text | None = None
    group: dict[str, Kind] = {}
    where: dict[str, Words] = {}
    date: Annotated[str, BeforeValidator(_text)] = ""

    @model_validator(mode="after")
    def _one(self) -> "Measure":
        if (self.column is None) == (self.always is None):
            raise Unfit(said("evidence/mapping.column-or-always"))
        return self

    @property
    def factor(self) -> float:
        return SCALES[self.scale] if isinstance(self.scale, str) else self.scale


class Numbers(Strict):
    """How numbers are written. Without it a number that may mean two things is sent back."""

    decimal: Literal[".", ","] = "."
    thousands: Literal["", ",", ".", " ", "'"] = ""

    @model_validator(mode="after")
    def _apart(self) -> "Numbers":
        if self.decimal == self.thousands:
            raise Unfit(said("evidence/mapping.same-mark"))
        return self


class Table(Strict):
    """Which sheet, and the line that names the columns (or the first and last of several); else they are looked for."""

    sheet: str = ""
    header: Annotated[tuple[int, ...], BeforeValidator(_list), Field(max_length=2)] = ()

    @property
    def lines(self) -> tuple[int, int]:
        return (self.header[0], self.header[-1]) if self.header else (0, 0)


class Record(Strict):
    """The table's own number of each line, and of its revision: an import again updates what changed."""

    id: Words
    revision: Word | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"id": value}


class Covered(Strict):
    """What the table covers. Complete means: what it does not list did not happen."""

    kind: str
    areas: Words
    start: date = Field(alias="from")
    end: date = Field(alias="to")
    complete: bool
    categories: Words | None = None

    @model_validator(mode="after")
    def _ordered(self) -> "Covered":
        if self.end < self.start:
            raise Unfit(said("evidence/mapping.ends-before"))
        return self


class Lines(Strict):
    """Lines to read, by the texts in their columns."""

    only: dict[str, Words] = {}
    leave_out: dict[str, Words] = {}


class Mapping(Strict):
    """One mapping; `docs/how-to/map-a-file.md` shows how to write one."""

    mapping: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,60}$")]
    about: str = ""
    recognise: Words = ()  # columns by which a shipped mapping knows its file
    table: Table = Table()
    lines: Lines = Lines()
    numbers: Numbers | None = None
    missing: Annotated[tuple[str, ...], BeforeValidator(_list)] = ()

    kind: Kind
    item: Text | None = None
    date: Day
    until: Day | None = None
    entered: Day | None = None  # from when on the mission knew the line; of a period its last day
    place: Place | None = None
    category: Text | None = None
    actor: Text | None = None
    target: Text | None = None
    group: dict[str, Text] = {}
    wave: Text | None = None
    stratum: Text | None = None
    grade: Text | None = None
    source: Text | None = None
    origin: Text | None = None
    confidentiality: Kind | None = None
    measures: Annotated[tuple[Measure, ...], BeforeValidator(_list), Field(min_length=1)]

    record: Record | None = None
    export: Literal["complete", "partial"] = "partial"
    coverage: tuple[Covered, ...] = ()
    producer: str = ""
    source_type: SourceType = "producer"
    licence: str = ""
    citation: str = ""
    known: IsoDay | None = None  # of lines that do not say when they were entered
    official_for: Words = ()
    never: Words = ()  # columns that must not leave the file
    optional: Words = ()  # columns that may be absent, as if they were empty
    not_persons: Words = ()  # columns that are called like a person's and hold none

    def texts(self) -> dict[str, Text]:
        """The fields of a data point that are read as texts, by name."""
        found = {name: getattr(self, name) for name in TEXTS if getattr(self, name)}
        return found | {f"group.{name}": text for name, text in self.group.items()}


TEXTS = (
    "kind", "item", "category", "actor", "target", "wave", "stratum", "grade", "source", "origin", "confidentiality",
)  # fmt: skip
