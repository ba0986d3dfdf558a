"""Lines of one file under the id of an earlier line: the same word for word counts once, all else is a fault."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from primacy.evidence.store.engines import connected
from primacy.framework.saying import Said, said
from primacy.places.files.rows import Rows

OTHERWISE = said("evidence/id-otherwise")
MOST_PARTS = 16  # lists of ids before they are merged into one

Hashes = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Repeated:
    """What was read so far of one file: a hash of each id and of its first line, so that millions need little memory.
    Two different ids of ten million share a hash with a chance of 3 in a million."""

    def __init__(self) -> None:
        self.alike = 0  # lines that were left out
        self._seen: list[tuple[Hashes, Hashes]] = []  # (ids in order, their lines)
        self._whole = WholeLines()

    def sort_out(self, rows: Rows, ids: Sequence[str], column: str, why: Said = OTHERWISE) -> None:
        """Leave out copies of earlier lines; reject lines that say something else under an earlier id. Empty ids pass.

        Lines that are faulty by now are not looked at: they count for nothing, and neither does what they repeat.
        """
        given = np.fromiter(map(bool, ids), dtype=np.bool_, count=len(rows))
        self._sort_out(rows, _hashes(ids), given, column, why)

    def sort_out_alike(self, rows: Rows, about: Sequence[str], given: Mask, column: str, why: Said) -> None:
        """The same where several columns together say what a line is about, for the lines that are `given`."""
        self._sort_out(rows, self._whole.hashes(rows, about), given, column, why)

    def _sort_out(self, rows: Rows, ids: Hashes, given: Mask, column: str, why: Said) -> None:
        asked = np.flatnonzero(rows.keep & given)
        items, lines = ids[asked], self._whole.hashes(rows)[asked]
        different, first, which = np.unique(items, return_index=True, return_inverse=True)
        before = lines[first]  # the first line in this batch
        told = np.zeros(len(different), dtype=np.bool_)
        for known, line in self._seen:  # in order on both sides: neighbours are found near each other in memory
            place = np.minimum(np.searchsorted(known, different), len(known) - 1)
            here = known[place] == different
            before, told = np.where(here, line[place], before), told | here
        if not told.all():
            self._remember(different[~told], before[~told])
        before, again = before[which], told[which]
        again |= np.arange(len(items)) != first[which]
        copies, others = np.zeros(len(rows), dtype=np.bool_), np.zeros(len(rows), dtype=np.bool_)
        copies[asked], others[asked] = again & (before == lines), again & (before != lines)
        self.alike += int(copies.sum())
        rows.leave_out(copies)
        rows.reject(others, why, column)

    def _remember(self, items: Hashes, lines: Hashes) -> None:
        """`items` in order."""
        self._seen.append((items, lines))
        if len(self._seen) > MOST_PARTS:
            items, lines = (np.concatenate(each) for each in zip(*self._seen, strict=True))
            order = np.argsort(items, kind="stable")
            self._seen = [(items[order], lines[order])]

    @property
    def notes(self) -> list[Said]:
        return said_again(self.alike)


class WholeLines:
    """Lines as they are written, each as one number, by the engine of the store."""

    def __init__(self) -> None:
        self._engine = connected()

    def hashes(self, rows: Rows, names: Sequence[str] = ()) -> Hashes:
        """One number for each row, of all that is written or of some columns without surrounding space. A sixth of
        the time that putting its fields together would take.
        """
        columns = [rows.column(name) for name in names if name in rows.text] if names else list(rows.text.values())
        table = pa.table(columns, names=[f"c{number}" for number in range(len(columns))])
        asked = f"SELECT hash({', '.join(table.column_names)}) AS line FROM rows"
        self._engine.register("rows", table)
        found: Hashes = self._engine.execute(asked).fetchnumpy()["line"].view(np.int64)
        return found


def said_again(count: int) -> list[Said]:
    """How many lines were left out because an earlier one says the same; nothing where none was."""
    return [said("evidence/lines-again", count=count)] if count else []


def _hashes(texts: Sequence[str]) -> Hashes:
    return np.fromiter(map(hash, texts), dtype=np.int64, count=len(texts))
