"""What lines of any table may never bring into data points: sexual violence by place, and persons.

Formats with codebooks of their own (UCDP, ACLED, PA-X) do without: there it is known what each column says.
"""

from collections import Counter
from collections.abc import Collection

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from primacy.evidence.bringing.personal import personal_text, place_names
from primacy.evidence.bringing.persons import of_places
from primacy.evidence.errors import NothingToImport
from primacy.evidence.shown.protected import LeftOut
from primacy.framework.saying import Said, said
from primacy.places.areas import Areas
from primacy.places.files.rows import Rows
from primacy.places.files.tables import TextTable
from primacy.places.names import plain

TEXTS = ("item", "category", "actor", "target", "wave", "stratum", "group", "source", "origin", "unit", "note")
LIKE_PERSONS = ("actor", "target", "source")  # where a text that only looks like a name is not kept
LONGEST_ITEM, LONGEST = 1_000, 50_000  # letters of a text of a line: of more, a quotation mark is missing, or worse
WORTH_A_LOOK = r"[\s@._+]|^00"  # of a text without any of these there is nothing to find


class Guard:
    """Checks the lines of one file.

    vouched   columns of data points of which somebody said that they hold no persons: there, looks are not enough
    """

    def __init__(self, areas: Areas, vouched: Collection[str] = ()) -> None:
        self.sexual_violence = LeftOut()
        self._vouched = frozenset(vouched)
        self._places = place_names(areas)
        self._words = {word for name in self._places for word in name.split()}
        self._looking = {name: set[int]() for name in LIKE_PERSONS}  # lines of the batch at hand
        self._counted: Counter[str] = Counter()
        self._rows = 0

    def check(self, rows: Rows) -> None:
        """Leave out what speaks of sexual violence, refuse lines that name a person, empty what looks like a name."""
        given = [name for name in TEXTS if name in rows.text]
        for name in given:
            _refuse_too_long(rows, name)
        self.sexual_violence.leave_out(rows, rows.column("kind").to_pylist(), map(rows.column, given))
        for name in given:
            self._check_persons(rows, name)

    def _check_persons(self, rows: Rows, name: str) -> None:
        column = rows.column(name)
        texts = pc.unique(column.filter(_worth(column))).to_pylist()
        why = {text: reason for text in texts if (reason := personal_text(text)) and plain(text) not in self._places}
        like = [text for text in texts if name in LIKE_PERSONS and text not in why and self._looks_like_a_person(text)]
        if like:
            looking = _among(column, like)
            self._looking[name] |= set(rows.line[looking & rows.ours].tolist())
            if name not in self._vouched:
                rows.text[name] = pc.if_else(pa.array(looking), "", column)
        if why:
            stated, named = column.to_pylist(), _among(column, list(why))
            rows.text[name] = pc.if_else(pa.array(named), "", rows.column(name))  # no list of faults repeats it
            for index in np.flatnonzero(named & rows.ours).tolist():
                rows.reject_one(index, said(why[stated[index]], column=name), name)

    def _looks_like_a_person(self, text: str) -> bool:
        return of_places(text, self._places, self._words) == "perhaps"

    def close_batch(self, found: pa.Table) -> None:
        """A line may be several data points: it is counted once."""
        self._rows += found.num_rows
        self.sexual_violence.close_batch()
        for name, lines in self._looking.items():
            self._counted[name] += len(lines)
            lines.clear()

    @property
    def notes(self) -> list[Said]:
        looking = {name: count for name in LIKE_PERSONS if (count := self._counted[name])}
        return [
            *self.sexual_violence.notes,
            *(
                said("evidence/person-left-out", column=name, count=count)
                for name, count in looking.items() if name not in self._vouched
            ),
            *(
                said("evidence/person-kept", column=name, count=count)
                for name, count in looking.items() if name in self._vouched
            ),
        ]  # fmt: skip

    def require_rest(self, table: TextTable) -> None:
        """Raises NothingToImport where all that the file holds was left out."""
        if self.sexual_violence.count and not self._rows and not table.faults:
            raise NothingToImport(
                said("evidence/only-sexual-violence"), table.source.label,
                said("evidence/do.to-adviser"),
            )  # fmt: skip


def _refuse_too_long(rows: Rows, name: str) -> None:
    """Lines whose text is longer than any that people write; what it said is not repeated in a list of faults."""
    most = LONGEST_ITEM if name == "item" else LONGEST
    column = rows.column(name)
    letters = pc.utf8_length(column)
    long = pc.fill_null(pc.greater(letters, most), False)
    if not pc.any(long).as_py():
        return
    counted = letters.to_pylist()
    rows.text[name] = pc.if_else(long, "", column)
    for index in np.flatnonzero(long.to_numpy(zero_copy_only=False) & rows.ours).tolist():
        rows.reject_one(index, said("evidence/too-long", column=name, count=counted[index], most=most), name)


def _worth(column: pa.Array) -> pa.Array:
    return pc.fill_null(pc.match_substring_regex(column, WORTH_A_LOOK), False)


def _among(column: pa.Array, texts: list[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    found = pc.is_in(column, pa.array(texts, pa.string()))
    return np.array(found.to_numpy(zero_copy_only=False), dtype=np.bool_)
