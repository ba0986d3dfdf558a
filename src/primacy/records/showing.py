"""What of records is asked for and shown: plain values, made by queries and read by pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from primacy.records.declaring import OF_THE_PLACE, RecordType
from primacy.records.feeding import Fed
from primacy.records.telling import Row


@dataclass(frozen=True)
class Asked:
    """What somebody asks of a list.

    chosen   by the names of filters (`Field.filters`)
    area     and all that lies in it
    own      only what this person wrote
    state    of `review.py`, or `mine` for what waits for this person
    sort     a field of the list, `day` or `area`, with a minus for the other direction
    """

    text: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    area: str = ""
    own: bool = False
    state: str = ""
    sort: str = ""
    archived: bool = False
    tag: str = ""


@dataclass(frozen=True)
class Shown:
    """A record as a person may see it.

    exact     with details; else day and place are those of its week and district
    related   by field the related records that this person sees too, None for those hidden from them
    """

    type: RecordType
    record: Any
    exact: bool
    day: date | None
    area: str
    title: str
    related: Mapping[str, "Shown | None"] = field(default_factory=dict)

    @property
    def reference(self) -> str:
        return f"{self.type.key}/{self.record.pk}"

    @property
    def id(self) -> UUID:
        return self.record.pk  # type: ignore[no-any-return]

    def value(self, name: str) -> Any:
        """A field as it may be shown: the name of a choice, the related record, None for what is hidden."""
        if name in OF_THE_PLACE:
            return self.day if name == "day" else self.area
        if name in self.type.hidden and not self.exact:
            return None
        if self.record._meta.get_field(name).is_relation:
            return self.related.get(name)
        display = getattr(self.record, f"get_{name}_display", None)
        return display() if display else getattr(self.record, name)


@dataclass(frozen=True)
class Difference:
    """One field that differs between two versions, as a person reads it."""

    name: str
    label: Any
    before: Any
    after: Any


@dataclass(frozen=True)
class Feeds:
    """The data points of a record as it stands, what reads them, and whether they have reached the evidence.

    published   whether they count: else they will once they are published
    """

    rows: list[Row]
    entries: list[Fed]
    waiting: bool
    published: bool
