"""Lines that producers wrote down, column by column: so they are sifted and put in order by the hundred thousand.

One row of a table is one data point as a producer wrote it down on the day `known`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from primacy.exercise.truth import Floats

Words: TypeAlias = tuple[str, ...]  # in the order of WORDS

WORDS = (
    "kind", "area", "actor", "target", "category", "stratum", "group", "grade", "source", "confidentiality",
)  # fmt: skip
SELDOM = ("wave", "low", "high", "se", "n", "origin")  # as they are written; empty in most lines
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Lines:
    """Lines of one measure.

    of      of what thing each line is, as `Made.of`
    items   the item of each line
    which   which of the words each line says
    more    texts of columns that are seldom filled, one for each line
    """

    of: Integers
    words: Sequence[Words]
    items: NDArray[np.object_]
    which: Integers
    measure: str
    days: Integers
    known: Integers
    values: Floats
    more: Mapping[str, Sequence[str]] = field(default_factory=dict)
    until: Integers | None = None

    def only(self, places: Integers) -> "Lines":
        """Some of the lines; of such as say nothing else."""
        names = ("of", "items", "which", "days", "known", "values")
        return replace(self, **{name: getattr(self, name)[places] for name in names})


class Sheet:
    """The lines of one producer, as they come. Days are numbers of days since the beginning of 1970."""

    def __init__(self) -> None:
        self._words: list[Words] = []
        self._items: list[str] = []
        self._measures: list[str] = []
        self._parts: list[tuple[Integers, Integers, Integers, Floats]] = []  # which words, days, known, values
        self._which: list[int] = []
        self._days: list[int] = []
        self._known: list[int] = []
        self._values: list[float] = []
        self._until: dict[int, int] = {}  # by line, where it is another than the day
        self._seldom: dict[str, dict[int, str]] = {name: {} for name in SELDOM}

    def __len__(self) -> int:
        return len(self._measures)

    def say(self, words: Words) -> int:
        """The number of some words, for lines that say them."""
        self._words.append(words)
        return len(self._words) - 1

    def add(self, words: int, item: str, day: int, known: int, values: Mapping[str, float]) -> None:
        """Lines with the same words, item and days, one for each measure."""
        lines = len(values)
        self._which += [words] * lines
        self._items += [item] * lines
        self._measures += values
        self._days += [day] * lines
        self._known += [known] * lines
        self._values += values.values()

    def add_seldom(self, name: str, text: str, lines: Iterable[int]) -> None:
        """What some lines say besides; the last line is -1."""
        self._seldom[name].update(dict.fromkeys((len(self) + line for line in lines), text))

    def add_until(self, day: int, lines: int) -> None:
        """So many of the last lines are of the days until this one."""
        self._until.update(dict.fromkeys(range(len(self) - lines, len(self)), day))

    def add_all(self, parts: Sequence[Lines]) -> None:
        """Lines of several measures of the same things: thing by thing, and of each its measures as they come."""
        self._close()
        order = np.argsort(np.concatenate([each.of for each in parts]), kind="stable")
        begins = np.cumsum([len(self._words), *(len(each.words) for each in parts)]).tolist()
        which = np.concatenate([each.which + begin for each, begin in zip(parts, begins, strict=False)])
        columns = [np.concatenate([getattr(each, name) for each in parts]) for name in ("days", "known", "values")]
        measures = np.repeat(np.array([each.measure for each in parts], dtype=object), [len(each.of) for each in parts])
        items = np.concatenate([each.items for each in parts])
        self._add_more(parts, order)
        days, known, values = (column[order] for column in columns)
        self._parts.append((which[order], days, known, values))
        self._measures += measures[order].tolist()
        self._items += items[order].tolist()
        for each in parts:
            self._words += each.words

    def _add_more(self, parts: Sequence[Lines], order: Integers) -> None:
        """What lines say besides, at the places where they come to stand after all that stand here."""
        if not any(each.more or each.until is not None for each in parts):
            return
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order)) + len(self)
        begin = 0
        for each in parts:
            own = place[begin : begin + len(each.of)].tolist()
            for name, texts in each.more.items():
                self._seldom[name].update(zip(own, texts, strict=True))
            if each.until is not None:
                self._until.update(zip(own, each.until.tolist(), strict=True))
            begin += len(own)

    def _close(self) -> None:
        """What came line by line, in the form of what came in one piece."""
        numbers = [np.array(each, dtype=np.int64) for each in (self._which, self._days, self._known)]
        if self._which:
            self._parts.append((*numbers, np.array(self._values)))  # type: ignore[arg-type]
        for each in (self._which, self._days, self._known, self._values):
            each.clear()

    def table(self) -> pa.Table:
        """The lines so far."""
        self._close()
        which, days, known, values = (np.concatenate(each) for each in zip(*self._parts, strict=True))
        of_line = pa.array(which.astype(np.int32))
        columns: dict[str, Any] = {
            name: pa.array(texts, pa.string()).dictionary_encode().take(of_line)
            for name, texts in zip(WORDS, zip(*self._words, strict=True), strict=True)
        }
        until = days.copy()
        until[list(self._until)] = list(self._until.values())
        columns |= {
            "item": pa.array(self._items, pa.string()),
            "measure": pa.array(self._measures, pa.string()).dictionary_encode(),
            "date": pa.array(days.astype(np.int32), pa.date32()),
            "until": pa.array(until.astype(np.int32), pa.date32()),
            "known": pa.array(known.astype(np.int32), pa.date32()),
            "value": pa.array(values),
        }
        columns |= {name: _sparse(told, len(self)) for name, told in self._seldom.items()}
        return pa.table(columns)


def _sparse(told: Mapping[int, str], lines: int) -> pa.Array:
    """Few texts among many that are empty."""
    texts = ["", *told.values()]
    places = np.zeros(lines, dtype=np.int32)
    places[list(told)] = np.arange(1, len(texts), dtype=np.int32)
    return pa.DictionaryArray.from_arrays(places, pa.array(texts, pa.string()))


class Sheets:
    """The lines of all producers, as they come."""

    def __init__(self) -> None:
        self._of: dict[str, Sheet] = {}

    def __len__(self) -> int:
        return sum(map(len, self._of.values()))

    def __getitem__(self, producer: str) -> Sheet:
        if producer not in self._of:
            self._of[producer] = Sheet()
        return self._of[producer]

    def tables(self) -> dict[str, pa.Table]:
        """The lines of each producer that wrote any."""
        return {producer: sheet.table() for producer, sheet in self._of.items() if len(sheet)}


Batch: TypeAlias = Mapping[str, pa.Table]
"""Lines by producer."""


def told_since(already: tuple[date, date] | None, batch: Batch, until: tuple[date, date]) -> Batch:
    """What is of days until one, or was foretold, and was written down by another (`until`), and was not yet so by then
    (`already`)."""
    found = {}
    for name, lines in batch.items():
        wanted = _told(lines, until)
        if already:
            wanted = pc.and_not(wanted, _told(lines, already))
        found[name] = lines.filter(wanted)
    return {name: lines for name, lines in found.items() if lines.num_rows}


def _told(lines: pa.Table, until: tuple[date, date]) -> pa.ChunkedArray:
    """A forecast is of a day to come, and is told as soon as it is written down."""
    day, known = until
    of, written = lines.column("date"), lines.column("known")
    passed = pc.or_(pc.less_equal(of, day), pc.less(written, of))
    return pc.and_(passed, pc.less_equal(written, known))
