"""Lines with numbers of their own: each has one, and one number stands for one line."""

import numpy as np

from primacy.evidence.importers._repeated import WholeLines, said_again
from primacy.evidence.mapped.mapped import Lines
from primacy.evidence.mapped.mapping import Mapping
from primacy.framework.saying import Said, said


class Numbered:
    """What was read so far of one table: by number and revision, a hash of the line as it is written."""

    def __init__(self, mapping: Mapping) -> None:
        self._wanted = mapping.record is not None
        self._several = not all(measure.measure.always for measure in mapping.measures)  # lines that share a record
        self._whole = WholeLines()
        self._seen: dict[tuple[str, str], int] = {}
        self._alike = 0

    def check(self, shared: Lines) -> None:
        """Refuse lines without a number, or with that of a line that says otherwise; leave out what is said again."""
        if not self._wanted:
            return
        numbers = shared.values["record"]
        revisions = shared.values.get("revision", [""] * len(numbers))
        lines = self._whole.hashes(shared.batch.rows).tolist()
        again = np.zeros(len(numbers), dtype=np.bool_)
        for index in np.flatnonzero(shared.rows.ours).tolist():
            key, line = (numbers[index], revisions[index]), lines[index]
            first = self._seen.get(key)
            if not numbers[index]:
                shared.reject(index, said("evidence/own-number", column="record"), "record")
            elif first is None:
                self._seen[key] = line
            elif first == line:
                again[index] = not self._several
            elif not self._several:
                shared.reject(index, said("evidence/number-otherwise", column="record"), "record")
        shared.rows.leave_out(again)
        self._alike += int(again.sum())

    @property
    def notes(self) -> list[Said]:
        return said_again(self._alike)
