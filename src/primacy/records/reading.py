"""What the columns and cells of a brought table mean, so that each line can be typed into the form of a record. Pure.

Nothing is guessed that can mean two things: a day such as 03/04/2026 is read only where its column says which number
is the month.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from primacy.places.names import plain

Order = Literal["", "day first", "month first"]
THREE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
WHOLE = re.compile(r"[+-]?\d{1,15}(?:\.0+)?")
YES = frozenset({"yes", "true", "1", "x", "oui", "vrai", "نعم", "صحيح", "1 0"})
NO = frozenset({"no", "false", "0", "non", "faux", "لا", "خطا", "0 0"})


class Unreadable(ValueError):
    """A cell that cannot be read; the text is a key of the sentences in `queries.importing`."""


@dataclass(frozen=True)
class Outcome:
    """What a line of a table would become.

    what      new, change, same (nothing differs) or wrong
    faults    (what the field or column is called, why) of each thing that is wrong
    id        the record that it changes, in the version that was seen
    alike     [id, title] of records that may be of the same thing
    twice     an earlier line that says the same, 0 for none
    """

    line: int
    what: Literal["new", "change", "same", "wrong"]
    title: str = ""
    faults: Sequence[Sequence[str]] = ()
    id: str = ""
    version: int = 0
    alike: Sequence[Sequence[str]] = field(default=())
    twice: int = 0

    @property
    def good(self) -> bool:
        return self.what in ("new", "change")

    @property
    def doubtful(self) -> bool:
        """Whether somebody must look before it is imported: it may be written down already."""
        return self.what == "new" and bool(self.alike or self.twice)


def guessed(columns: Sequence[str], names: Mapping[str, Collection[str]]) -> list[str]:
    """For each column the field that it is taken for; "" for none. A field is found once.

    names   what each field may be called, in every language, as `plain` texts

    >>> guessed(["Place", "Day of it", "?"], {"area": ["place", "lieu"], "day": ["day"]})
    ['area', 'day', '']
    """
    said = [plain(each.replace("_", " ")) for each in columns]
    found = [""] * len(columns)
    free = dict(names)
    for exact in (True, False):
        for place, text in enumerate(said):
            if found[place] or not text:
                continue
            fits = [name for name, words in free.items() if any(_fits(text, each, exact) for each in words)]
            if fits:
                found[place] = fits[0] if exact else max(fits, key=lambda name: max(map(len, free[name])))
                free.pop(found[place])
    return found


def _fits(text: str, name: str, exact: bool) -> bool:
    return text == name if exact else bool(name) and set(name.split()) <= set(text.split())


def order_of(cells: Sequence[str]) -> Order:
    """Which number of a day is the month in a column, where one of its cells leaves no doubt and none contradicts."""
    parts = [(int(found[1]), int(found[2])) for each in cells if (found := THREE.fullmatch(each.strip()))]
    day_first, month_first = any(one > 12 for one, _ in parts), any(two > 12 for _, two in parts)
    return "" if day_first == month_first else "day first" if day_first else "month first"


def day_of(text: str, order: Order) -> str:
    """A day as 2026-06-03. Raises Unreadable.

    >>> day_of("3/6/2026", "day first"), day_of("2026-06-03", "")
    ('2026-06-03', '2026-06-03')
    """
    try:
        if found := ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        if found := THREE.fullmatch(text):
            one, two, year = int(found[1]), int(found[2]), int(found[3])
            if not order and one != two:
                raise Unreadable("unclear day")
            day, month = (two, one) if order == "month first" else (one, two)
            return date(year, month, day).isoformat()
    except Unreadable:
        raise
    except ValueError as error:
        raise Unreadable("no day") from error
    raise Unreadable("no day")


def number_of(text: str) -> str:
    """A whole number in digits. Raises Unreadable."""
    bare = text.replace("\u202f", "").replace("\u00a0", "")
    if not WHOLE.fullmatch(bare):
        raise Unreadable("no number")
    return bare.partition(".")[0]


def yes_or_no(text: str) -> bool:
    """Raises Unreadable."""
    said = plain(text)
    if said not in YES | NO:
        raise Unreadable("no yes or no")
    return said in YES


def word_of(text: str, words: Mapping[str, str]) -> str:
    """The value that a word of any language stands for, or that is written itself. Raises Unreadable.

    words   from `plain` words to values
    """
    if text in words.values():
        return text
    if (said := plain(text)) not in words:
        raise Unreadable("no such word")
    return words[said]


def of_dict(told: Mapping[str, Any]) -> Outcome:
    """An outcome from its plain data (`dataclasses.asdict`)."""
    return Outcome(**told)
