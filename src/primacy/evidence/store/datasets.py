"""What is known of a dataset version: where it comes from, when it was known, and what its silence means."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    field_validator,
    model_serializer,
    model_validator,
)

from primacy.framework.grammar import SourceType
from primacy.framework.saying import ENGLISH, Said, of_plain, plain, told

Names = tuple[str, ...]
Note = Annotated[InstanceOf[Said] | str, BeforeValidator(of_plain), PlainSerializer(plain)]
"""Kept as plain data; a text where an older Primacy wrote it."""


class Coverage(BaseModel):
    """One kind that a version covers: inside `complete` coverage silence is zero, everywhere else it is unknown.

    categories           None: all of the kind
    targets, actors, groups   None: does not tell them apart; ["*"]: every one that is named
    areas                P-codes; the code of the country stands for all of it
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    categories: Names | None = None
    targets: Names | None = None
    actors: Names | None = None
    groups: Names | None = None
    areas: Names = Field(min_length=1)
    start: date
    end: date
    complete: bool

    @model_validator(mode="after")
    def _ordered(self) -> "Coverage":
        if self.end < self.start:
            raise ValueError(f"coverage ends ({self.end}) before it starts ({self.start})")
        return self


class Mark(BaseModel):
    """From when on a version is the official source on a topic, or no longer is, and who said so."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    topic: str  # a kind, or a kind and a category: incident/violence/one-sided
    at: datetime
    by: str = ""
    ends: bool = False
    because: str = ""

    @model_serializer(mode="wrap")
    def _without_an_absent_reason(self, written: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """What was marked before there were reasons is written as it was, to the same bytes."""
        content: dict[str, Any] = written(self)
        return content if self.because else {name: each for name, each in content.items() if name != "because"}


class DatasetVersion(BaseModel):
    """One import, or one saving of records: immutable but for its withdrawal and its marks.

    `id` is empty until the store has seen the rows; `rows`, `items`, `start` and `end` are counted by the store.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = ""
    name: str
    lineage: str
    format: str
    producer: str = ""
    source_type: SourceType = "producer"
    licence: str = ""
    closed: bool = False  # its licence forbids to pass its rows on
    citation: str = ""
    file: str = ""
    file_hash: str = ""
    known: datetime
    imported: datetime
    imported_by: str = ""
    rows: int = 0
    items: int = 0
    rejected: int = 0
    start: date | None = None
    end: date | None = None
    coverage: tuple[Coverage, ...] = ()
    withdrawn: datetime | None = None
    withdrawn_because: str = ""
    withdrawn_by: str = ""
    erased: datetime | None = None  # its rows were taken out for good
    erased_because: str = ""
    erased_by: str = ""
    parts: Names = ()  # Parquet files in the store's folder `rows`
    cube: str | None = None  # the file of its sums in the folder `cube`; empty where there is nothing to add up
    records: bool = True  # whether rows belong to records, which have revisions
    known_last: datetime | None = None  # where rows have a time of knowledge of their own, the last of them
    official_for: Names = ()  # kinds of which it is the official source, as it says itself
    marks: tuple[Mark, ...] = ()  # what people said of that later, each with its time
    own_ids: bool = False  # an item of a newer version of the lineage is told anew there, wherever it lies
    notes: tuple[Note, ...] = ()  # what was said of its reading
    told_after: int | None = None  # in a replay with hindsight: days after which everything is taken as told
    by_record: bool = False  # its rows are new revisions of records: it replaces nothing as a whole
    told: str = ""  # of savings of records the sum of what their rows tell (`content.told_by`), put together or not

    @field_validator("id")
    @classmethod
    def _hexadecimal(cls, value: str) -> str:
        if value and not re.fullmatch(r"[0-9a-f]{12}", value):
            raise ValueError("an id is twelve hexadecimal digits")
        return value

    @field_validator("known", "imported", "withdrawn", "known_last", "erased")
    @classmethod
    def _in_utc(cls, value: datetime | None) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone")
        return value.astimezone(UTC)

    @property
    def official_topics(self) -> Names:
        """What it is the official source for, all its marks counted."""
        said = dict.fromkeys(self.official_for)
        for mark in sorted(self.marks, key=lambda each: each.at):
            if mark.ends:
                said.pop(mark.topic, None)
            else:
                said[mark.topic] = None
        return tuple(said)

    def as_told(self, language: str = ENGLISH) -> dict[str, Any]:
        """As plain data for scripts, its notes in a language."""
        return self.model_dump(mode="json") | {"notes": [told(each, language) for each in self.notes]}

    def as_known(self, known: datetime) -> "DatasetVersion":
        """Without the marks that were made later, and without coverage of days that it had not told of."""
        told = tuple(mark for mark in self.marks if mark.at <= known)
        coverage = self.coverage
        if self.told_after is not None:
            last = (known - timedelta(days=self.told_after)).date()
            begun = (each for each in coverage if each.start <= last)
            coverage = tuple(each.model_copy(update={"end": min(each.end, last)}) for each in begun)
        if len(told) == len(self.marks) and coverage == self.coverage:
            return self
        return self.model_copy(update={"marks": told, "coverage": coverage})

    def in_force(self, known: datetime) -> bool:
        """Known by then, and not withdrawn by then."""
        return self.known <= known and (self.withdrawn is None or self.withdrawn > known)
