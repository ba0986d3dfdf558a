"""What is wrong inside a file: every fault is counted, the first ones are kept with their line, field and value."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from primacy.places.errors import shortened

MOST_KEPT = 100_000  # nobody mends more by hand, and a hostile file must not fill the memory
LONGEST_VALUE = 300


class Fault(NamedTuple):
    """One thing that is wrong: why, and where. Line 0 is the file as a whole; the value is as it was written."""

    line: int
    reason: str
    field: str = ""
    value: str = ""

    def __str__(self) -> str:
        return f"{self.reason}: {shortened(self.value)!r}" if self.value else self.reason


class Faults:
    """The faults of one file.

    unit    what `line` counts: lines of a table, features of a map, files of a folder
    lines   how many lines have at least one
    count   how many faults there are, kept or not
    """

    def __init__(self, unit: str = "line") -> None:
        self.unit = unit
        self.lines = 0
        self.count = 0
        self._kept: list[Fault] = []

    def __bool__(self) -> bool:
        return self.count > 0

    def __iter__(self) -> Iterator[Fault]:
        """The faults that were kept, in the order of the file."""
        return iter(sorted(self._kept, key=lambda each: each.line))

    @property
    def first(self) -> Fault | None:
        return min(self._kept, key=lambda each: each.line, default=None)

    @property
    def not_kept(self) -> int:
        return self.count - len(self._kept)

    def room(self) -> int:
        """How many more faults are kept; those beyond are only counted."""
        return max(0, MOST_KEPT - len(self._kept))

    def add(self, fault: Fault, *, new_line: bool = True) -> None:
        """`new_line` is false for a further fault of a line that has one."""
        self.count += 1
        self.lines += new_line
        if self.room():
            self._kept.append(fault._replace(value=fault.value[:LONGEST_VALUE]))

    def add_many(self, faults: Iterable[Fault], *, count: int, new_lines: int) -> None:
        """`count` faults at once, of which `faults` has at least those that there is `room` for."""
        self.count += count
        self.lines += new_lines
        for fault in faults:
            if not self.room():
                return
            self._kept.append(fault._replace(value=fault.value[:LONGEST_VALUE]))

    def place(self, fault: Fault) -> str:
        """Where a fault is, for people, up to its colon; empty for one of the file as a whole."""
        places = [f"{self.unit} {fault.line}" if fault.line else "", fault.field]
        said = ", ".join(place for place in places if place)
        return f"{said}: " if said else ""

    def said(self, fault: Fault) -> str:
        """One fault for people, with its line."""
        return f"{self.unit} {fault.line}: {fault}" if fault.line else str(fault)

    def shown(self, most: int) -> list[dict[str, Any]]:
        """The first ones as plain data for a page or a script."""
        kept = [each for each, _ in zip(self, range(most), strict=False)]
        return [each._asdict() | {"value": shortened(each.value)} for each in kept]
