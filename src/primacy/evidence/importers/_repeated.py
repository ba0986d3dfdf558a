"""Lines of one file under the id of an earlier line: the same word for word counts once, all else is a fault."""

from collections.abc import Sequence

import numpy as np
import pyarrow.compute as pc

from primacy.places.rows import Rows

APART = "\x1f"  # a letter that no table has
OTHERWISE = "this id stands on an earlier line too, which says otherwise"


class Repeated:
    """What was read so far of one file, by id."""

    def __init__(self) -> None:
        self.alike = 0  # lines that were left out
        self._seen: dict[str, int] = {}  # id -> hash of its first line

    def sort_out(self, rows: Rows, ids: Sequence[str], column: str, why: str = OTHERWISE) -> None:
        """Leave out copies of earlier lines; reject lines that say something else under an earlier id. Empty ids pass.

        Lines that are faulty by now are not looked at: they count for nothing, and neither does what they repeat.
        """
        copies = np.zeros(len(rows), dtype=np.bool_)
        others = np.zeros(len(rows), dtype=np.bool_)
        for place, (item, whole) in enumerate(zip(ids, _whole(rows), strict=True)):
            if not item or not rows.keep[place]:
                continue
            if item not in self._seen:
                self._seen[item] = whole
            else:
                copies[place], others[place] = self._seen[item] == whole, self._seen[item] != whole
        self.alike += int(copies.sum())
        rows.leave_out(copies)
        rows.reject(others, why, column)

    @property
    def notes(self) -> list[str]:
        if not self.alike:
            return []
        lines = "1 line repeats" if self.alike == 1 else f"{self.alike} lines repeat"
        return [f"{lines} an earlier line word for word: counted once"]


def _whole(rows: Rows) -> list[int]:
    """A hash of each line as it is written."""
    return [hash(line) for line in pc.binary_join_element_wise(*rows.text.values(), APART).to_pylist()]
