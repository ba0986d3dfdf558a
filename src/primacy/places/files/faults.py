"""What is wrong inside a file: every fault is counted, the first ones are kept with their line, field and value."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from primacy.framework.saying import ENGLISH, Words, said, told
from primacy.places.errors import shortened

MOST_KEPT = 100_000  # nobody mends more by hand, and a hostile file must not fill the memory
LONGEST_VALUE = 300


class Fault(NamedTuple):
    """One thing that is wrong: why, and where. Line 0 is the file as a whole; the value is as it was written."""

    line: int
    reason: Words
    field: str = ""
    value: str = ""

    @property
    def saying(self) -> Words:
        """Why, with the value."""
        if not self.value:
            return self.reason
        return said("places/of-value", reason=self.reason, value=repr(shortened(self.value)))

    def told(self, language: str = ENGLISH) -> str:
        return told(self.saying, language)

    def __str__(self) -> str:
        return self.told()


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

    def said(self, fault: Fault) -> Words:
        """One fault for people, with its line; without one, it is of the file as a whole."""
        if not fault.line:
            return fault.saying
        return said(f"places/on-{self.unit}", line=fault.line, fault=fault.saying)

    def placed(self, fault: Fault) -> Words:
        """The same with its field."""
        if not fault.field:
            return self.said(fault)
        at = {"field": fault.field, "fault": fault.saying}
        return (
            said(f"places/on-{self.unit}-field", line=fault.line, **at) if fault.line else said("places/of-field", **at)
        )

    def shown(self, most: int) -> list[dict[str, Any]]:
        """The first ones as plain data for a page or a script; the reason still without a language."""
        kept = [each for each, _ in zip(self, range(most), strict=False)]
        return [each._asdict() | {"value": shortened(each.value)} for each in kept]
