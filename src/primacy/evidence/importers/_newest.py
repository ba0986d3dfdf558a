"""Of lines under one id the one that was changed last, for sources that say when they changed a line.

The file is read twice: rows that were passed on cannot be taken back. Of the first reading a number is kept for each
line, and the texts of ids that stand on several.
"""

import numpy as np

from primacy.evidence.importers._repeated import Repeated
from primacy.framework.saying import Said, Words, said
from primacy.places.files.files import Source
from primacy.places.files.rows import Rows
from primacy.places.files.tables import TextTable


class Newest:
    """Which line counts of each id that stands on several."""

    def __init__(self, key: str, ages: dict[str, float]) -> None:
        self.older = 0  # lines that a newer one replaces
        self._key, self._age = key, ""
        self._ages = ages  # id that stands on several lines -> its newest age
        self._repeated = Repeated()

    @classmethod
    def of(cls, source: Source, needed: tuple[str, ...], what: Words, *, key: str, age: str) -> "Newest":
        """Read a file for ids that stand on several lines. `age` grows with every change of a line."""
        table = TextTable(source)
        table.need(needed, what)
        found = cls(key, {})
        if age not in table.columns:
            return found
        found._age = age
        hashes = [np.array([hash(each) for each in rows.column(key).to_pylist()], np.int64) for rows in table.batches()]
        ids, counts = np.unique(np.concatenate(hashes or [np.empty(0, np.int64)]), return_counts=True)
        several = set(ids[counts > 1].tolist())
        if several:
            for rows in TextTable(source).batches():
                for item, stamp in zip(rows.column(key).to_pylist(), _plain(rows, age), strict=True):
                    if hash(item) in several:
                        found._ages[item] = max(stamp, found._ages.get(item, -np.inf))
        return found

    def sort_out(self, rows: Rows) -> None:
        """Leave out lines that a newer one replaces, and copies; two contents of the same age are a fault."""
        ids = rows.column(self._key).to_pylist()
        if self._ages:
            stamps = _plain(rows, self._age)
            older = np.array(
                [stamp < self._ages.get(item, -np.inf) for item, stamp in zip(ids, stamps, strict=True)], dtype=np.bool_
            )
            self.older += int((older & rows.ours).sum())
            rows.leave_out(older)
        self._repeated.sort_out(rows, ids, self._key)

    @property
    def notes(self) -> list[Said]:
        return self._repeated.notes + ([said("evidence/lines-older", count=self.older)] if self.older else [])


def _plain(rows: Rows, column: str) -> list[float]:
    """The numbers of a column without faults; what is none is older than all others."""
    return [_number(each) for each in rows.column(column).to_pylist()]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -np.inf
