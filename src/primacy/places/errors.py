"""What goes wrong with a file from outside, said once: what, where, and what to do about it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from primacy.places.faults import Faults


LONGEST = 1_000  # letters of a sentence: what a file holds may be quoted in it


class BadInput(Exception):
    """Input that cannot be used. `str()` is one paragraph for the person who brought the file.

    what    what is wrong, as a sentence without its full stop
    where   file, line, column or field; empty when there is none
    remedy  what would make it work, as a sentence without its full stop
    faults  everything that was found wrong inside the file, where there is more than `what` says
    """

    def __init__(self, what: str, where: str = "", remedy: str = "", faults: "Faults | None" = None) -> None:
        self.what, self.where, self.remedy, self.faults = *map(_readable, (what, where, remedy)), faults
        super().__init__(self.what, self.where, self.remedy)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.remedy}." if self.remedy else ""
        return " ".join(f"{place}{self.what}.{advice}".split())


def _readable(text: str) -> str:
    text = printable(text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def printable(text: str) -> str:
    """Text without what controls a terminal or turns the direction of reading: a space stands for it."""
    return text if text.isprintable() else "".join(letter if letter.isprintable() else " " for letter in text)


def shortened(value: object, length: int = 60) -> str:
    """A value as a message may quote it: one line, printable, never long."""
    text = " ".join(printable(str(value)[: length * 4]).split())
    return text if len(text) <= length else f"{text[: length - 1]}…"


def listed(names: "list[str] | tuple[str, ...]", most: int = 8) -> str:
    """Names in one line; of many the first ones and how many more there are."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
