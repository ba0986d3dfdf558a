"""What speaks of sexual violence: never kept by place, so it is left out of tables of every form, counted and said.

`protected.yaml` has the words and the kinds that may use them. Only the kind of the adviser's aggregates may carry it,
for the country or its first level (safety.md).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from primacy.framework.saying import Said, said
from primacy.framework.yaml_files import read_yaml
from primacy.places.files.rows import Rows

Mask = NDArray[np.bool_]
MOST_REMEMBERED = 50_000
END = "(?:[^a-z]|$)"
COMMON = {"violence", "violences", "against", "عنف", "العنف", "ضد"}  # of no help in a quick look
MARKS = "[\u0300-\u036f\u0640\u064b-\u0655]"  # accents written apart, Arabic vowel marks and lengthening
JOINED = re.compile(
    "^(?:[\u0648\u0641]?(?:[\u0628\u0643]?\u0627\u0644|\u0644\u0644)|[\u0648\u0641]?[\u0628\u0644\u0643]|[\u0648\u0641])(?=[\u0621-\u064a]{3})"
)
"""What Arabic writes before a word as one with it: and, so, in, for, like, and the article."""
SAME_LETTERS: dict[str, str] = {"ى": "ي", "ة": "ه"}


@cache
def table() -> Mapping[str, Any]:
    content: Mapping[str, Any] = read_yaml((Path(__file__).parent / "protected.yaml").read_bytes())
    return content


def _words_of(text: str) -> list[str]:
    """The words of a text in small letters without accents: `Agression_sexuelle`, `d'un viol`."""
    bare = re.sub(MARKS, "", unicodedata.normalize("NFKD", text).casefold()).translate(
        {ord(letter): same for letter, same in SAME_LETTERS.items()}
    )
    words = re.sub(r"[\W_]+", " ", bare).split()
    return [JOINED.sub("", word) for word in words]


@cache
def _phrases(key: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The entries of a list by their first word."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for entry in table()[key]:
        words = tuple(_words_of(entry))
        found[words[0]] = (*found.get(words[0], ()), words)
    return found


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(entry.rstrip("*") for entry in table()["words"] if entry.endswith("*"))


@cache
def _quick() -> str:
    """One word of each entry, by which the engine finds the few texts whose entries are worth comparing."""
    stated = {_telling(_words_of(entry)) + "*" * entry.endswith("*") for entry in table()["words"]}
    return "|".join(word.rstrip("*") + END * (word[-1] != "*") for word in sorted(stated))


def _telling(words: list[str]) -> str:
    """The longest word of an entry that is not everywhere."""
    return max((each for each in words if each not in COMMON), key=len)


@lru_cache(MOST_REMEMBERED)
def speaks_of_it(text: str) -> bool:
    """Whether a text speaks of sexual violence.

    >>> speaks_of_it("one-sided/rape"), speaks_of_it("d'un viol"), speaks_of_it("Violence"), speaks_of_it("grapes")
    (True, True, False, False)
    """
    words, place = _words_of(text), 0
    while place < len(words):
        if harmless := _said("other_sense", words, place):
            place += harmless
            continue
        if words[place].startswith(_beginnings()) or _said("words", words, place):
            return True
        place += 1
    return False


def _said(key: str, words: Sequence[str], place: int) -> int:
    """How many words of an entry of a list stand at a place; 0 if none does."""
    for phrase in _phrases(key).get(words[place], ()):
        if tuple(words[place : place + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def may_say(kind: str) -> bool:
    """Whether a kind may use the words: one about texts, bodies, programmes or goods."""
    return kind in _may_say()


@cache
def _may_say() -> frozenset[str]:
    return frozenset(table()["may_say"])


def spoken_of(columns: Iterable[pa.Array], count: int) -> Mask:
    """The rows of which any of the columns speaks of it."""
    found = np.zeros(count, dtype=np.bool_)
    for column in columns:
        coded = column.dictionary_encode()
        likely = pc.fill_null(pc.match_substring_regex(_bare(coded.dictionary), _quick()), False)
        hits = np.flatnonzero(likely.to_numpy(zero_copy_only=False)).tolist()
        saying = [index for index in hits if speaks_of_it(coded.dictionary[index].as_py())]
        if saying:
            found |= np.isin(coded.indices.fill_null(-1).to_numpy(zero_copy_only=False), saying)
    return found


def _bare(column: pa.Array) -> pa.Array:
    """Texts in small letters without accents."""
    bare = pc.utf8_lower(pc.replace_substring_regex(pc.utf8_normalize(column, "NFKD"), MARKS, ""))
    for letter, same in SAME_LETTERS.items():
        bare = pc.replace_substring(bare, letter, same)
    return bare


class LeftOut:
    """The lines of one file that speak of it: which, batch by batch, and how many in all."""

    def __init__(self) -> None:
        self.count = 0
        self._lines: set[int] = set()  # of the batch at hand

    def leave_out(self, rows: Rows, kinds: Sequence[str], columns: Iterable[pa.Array]) -> None:
        """Leave the rows out that speak of it; they are no faults, so that no list of faults tells where they are."""
        asked = np.array([not may_say(kind) for kind in kinds], dtype=np.bool_) & rows.ours
        if asked.any():
            hit = spoken_of(columns, len(rows)) & asked
            self._lines.update(rows.line[hit].tolist())
            rows.leave_out(hit)

    def close_batch(self) -> None:
        """A line may be several data points: it is counted once."""
        self.count += len(self._lines)
        self._lines.clear()

    @property
    def notes(self) -> list[Said]:
        if not self.count:
            return []
        return [said("evidence/sexual-violence-aggregate", count=self.count, kind=table()["aggregate"])]


def left_out(count: int) -> list[Said]:
    """How many events were left out, and where they belong; nothing where none was."""
    return [said("evidence/sexual-violence", count=count)] if count else []


def refuse_fine_aggregates(rows: Rows, level: NDArray[np.int8]) -> None:
    """Aggregates of the adviser are for the country or its first level: finer ones are faults."""
    aggregate = pc.equal(rows.column("kind"), table()["aggregate"]).to_numpy(zero_copy_only=False)
    rows.reject(aggregate & (level > table()["finest_level"]), said("evidence/crsv-place"), "kind")
