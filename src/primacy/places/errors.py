"""What goes wrong with a file from outside, said once: what, where, and what to do about it, in any language."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from primacy.framework.saying import ENGLISH, Said, Words, printable, quoted, said

if TYPE_CHECKING:
    from primacy.places.files.faults import Faults

BLANKS = re.compile(r"[ \t-\r]+")  # and no space that must not break
__all__ = ["BadInput", "listed", "printable", "shortened"]


class BadInput(Exception):
    """Input that cannot be used. `told` is one paragraph for the person who brought the file, `str()` its English.

    what    what is wrong, as a sentence without its full stop
    where   file, line, column or field; empty when there is none
    remedy  what would make it work, as a sentence without its full stop
    faults  everything that was found wrong inside the file, where there is more than `what` says
    """

    def __init__(self, what: Words, where: Words = "", remedy: Words = "", faults: "Faults | None" = None) -> None:
        self.what, self.where, self.remedy, self.faults = *map(_readable, (what, where, remedy)), faults
        super().__init__(self.what, self.where, self.remedy)

    @property
    def saying(self) -> Said:
        """The paragraph before it has a language."""
        parts = {"where": self.where, "remedy": self.remedy}
        given = {name: part for name, part in parts.items() if part}
        return said("-".join(["places/whole", *given]), what=self.what, **given)

    @property
    def sayings(self) -> tuple[Said, ...]:
        """The same, and whatever else belongs to it."""
        return (self.saying,)

    def told(self, language: str = ENGLISH) -> str:
        return " ".join(BLANKS.sub(" ", each.told(language)).strip() for each in self.sayings)

    def __str__(self) -> str:
        return self.told()


def _readable(words: Words) -> Words:
    return words if isinstance(words, Said) else quoted(words)


def shortened(value: object, length: int = 60) -> str:
    """A value as a message may quote it: one line, printable, never long."""
    text = " ".join(printable(str(value)[: length * 4]).split())
    return text if len(text) <= length else f"{text[: length - 1]}…"


def listed(names: Sequence[Words], most: int = 8) -> Said:
    """Names in one line; of many the first ones and how many more there are."""
    shown = tuple(names[:most])
    if len(names) <= most:
        return said("places/names", names=shown)
    return said("places/names-and-more", names=shown, more=len(names) - most)
