"""What is known of a dataset version: where it comes from, when it was known, and what its silence means."""

import re
from datetime import UTC, date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

SourceType = Literal["producer", "monitor", "survey", "register", "media", "expert"]
Names = tuple[str, ...]


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


class DatasetVersion(BaseModel):
    """One import, or one saving of records: immutable but for its withdrawal.

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
    parts: Names = ()  # Parquet files in the store's folder `rows`
    official_for: Names = ()  # kinds of which it is the official source
    notes: Names = Field(default=())
    by_record: bool = False  # its rows are new revisions of records: it replaces nothing as a whole

    @field_validator("id")
    @classmethod
    def _hexadecimal(cls, value: str) -> str:
        if value and not re.fullmatch(r"[0-9a-f]{12}", value):
            raise ValueError("an id is twelve hexadecimal digits")
        return value

    @field_validator("known", "imported", "withdrawn")
    @classmethod
    def _in_utc(cls, value: datetime | None) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone")
        return value.astimezone(UTC)

    def in_force(self, known: datetime) -> bool:
        """Known by then, and not withdrawn by then."""
        return self.known <= known and (self.withdrawn is None or self.withdrawn > known)
