"""What happened to a record, in one order, page by page. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Place:
    """Where a page of the timeline begins: before this moment, and of one moment before this key."""

    at: datetime
    key: str

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.key}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """None for what is no place."""
        at, _, key = text.partition("~")
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            return None
        return cls(moment, key) if moment.tzinfo is not None else None


@dataclass(frozen=True)
class Happening:
    """what    a word of `templatetags/beside.py`, which says it in the reader's language
    by      who did it
    text    what it was about, as its reader may know it; `more` a reason or a number beside it
    link    where it leads, with its words
    """

    at: datetime
    key: str
    what: str
    by: str = ""
    text: str = ""
    more: str = ""
    link: str = ""

    @property
    def place(self) -> Place:
        return Place(self.at, self.key)


def page_of(found: Iterable[Happening], *, before: Place | None, size: int) -> tuple[list[Happening], Place | None]:
    """The newest ones before a place, and where the next page begins; None where there is no more.

    Every source gives its newest `size + 1` that are not after the place.
    """
    ordered = sorted(found, key=lambda each: (each.at, each.key), reverse=True)
    if before is not None:
        ordered = [each for each in ordered if (each.at, each.key) < (before.at, before.key)]
    page = ordered[:size]
    return page, page[-1].place if len(ordered) > size else None
