"""What goes wrong with a file from outside, said once: what, where, and what to do about it."""


class BadInput(Exception):
    """Input that cannot be used. `str()` is one paragraph for the person who brought the file.

    what    what is wrong, as a sentence without its full stop
    where   file, line, column or field; empty when there is none
    remedy  what would make it work, as a sentence without its full stop
    """

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(what, where, remedy)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.remedy}." if self.remedy else ""
        return " ".join(f"{place}{self.what}.{advice}".split())


def shortened(value: object, length: int = 60) -> str:
    """A value as a message may quote it: one line, printable, never long."""
    text = "".join(letter if letter.isprintable() else " " for letter in str(value)[: length * 4])
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1]}…"
