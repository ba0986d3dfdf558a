"""Rows of a table while they are checked: text by column, the line of each, and every fault that is found."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from primacy.framework.saying import Words, said
from primacy.places.files import figures
from primacy.places.files.faults import Fault, Faults

DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?$"
Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass
class Rows:
    """A batch of rows. `keep` marks those still wanted; of the others all faults are told, to be mended at once.

    point   whether a point in a number can only stand before decimals, as in tables parted by commas
    """

    text: dict[str, pa.Array]
    line: Integers
    keep: Mask
    faults: Faults = field(default_factory=Faults)
    point: bool = True

    def __post_init__(self) -> None:
        self.ours: Mask = self.keep.copy()  # the rows that concern us, right or wrong
        self._wrong: dict[str, Mask] = {}  # by column: one fault for each field is enough
        self._trimmed: dict[str, tuple[pa.Array, pa.Array]] = {}  # by column: as it is written, and without space

    def __len__(self) -> int:
        return len(self.line)

    def only(self, wanted: Mask) -> "Rows":
        """The rows marked in `wanted`; the others leave without being faults."""
        if wanted.all():
            return self
        chosen = pa.array(wanted)
        text = {name: column.filter(chosen) for name, column in self.text.items()}
        return Rows(text, self.line[wanted], self.keep[wanted], self.faults, self.point)

    def leave_out(self, where: Mask) -> None:
        """Rows that say nothing to us: neither kept nor faults."""
        self.keep &= ~where
        self.ours &= ~where

    def column(self, name: str) -> pa.Array:
        """The text of a column without surrounding space; an absent column is all empty."""
        if name not in self.text:
            return pa.array([""] * len(self), pa.string())
        written, trimmed = self._trimmed.get(name, (None, None))
        if written is not self.text[name]:  # importers may put another column in its place
            written, trimmed = self.text[name], pc.utf8_trim_whitespace(self.text[name])
            self._trimmed[name] = written, trimmed
        return trimmed

    def reject(self, where: Mask, reason: Words, column: str = "") -> None:
        """Drop the rows marked in `where`, each with the reason and its text in `column`."""
        hit = where & self.ours
        if column:
            hit &= ~self._wrong_in(column)
            self._wrong[column] |= hit
        count = int(hit.sum())
        if not count:
            return
        places = np.flatnonzero(hit)[: self.faults.room()]
        values = self.text[column].take(pa.array(places)).to_pylist() if column in self.text else [""] * len(places)
        told = (
            Fault(line, reason, column, value)
            for line, value in zip(self.line[places].tolist(), values, strict=True)
        )  # fmt: skip
        self.faults.add_many(told, count=count, new_lines=int((hit & self.keep).sum()))
        self.keep &= ~hit

    def reject_one(self, index: int, reason: Words, column: str = "") -> None:
        """The same for one row, whose reason is its own."""
        if not self.ours[index] or (column and self._wrong_in(column)[index]):
            return
        if column:
            self._wrong[column][index] = True
        value = self.text[column][index].as_py() if column in self.text and self.faults.room() else ""
        self.faults.add(Fault(int(self.line[index]), reason, column, value), new_line=bool(self.keep[index]))
        self.keep[index] = False

    def know(self, other: "Rows") -> None:
        """Take fields that are wrong in `other`, which has the same rows, for told: here they are no faults again."""
        self._wrong |= {name: mask.copy() for name, mask in other._wrong.items()}

    def _wrong_in(self, column: str) -> Mask:
        if column not in self._wrong:
            self._wrong[column] = np.zeros(len(self), dtype=np.bool_)
        return self._wrong[column]

    def numbers(
        self, name: str, *, least: float | None = None, most: float | None = None, large: bool | Mask = False
    ) -> NDArray[np.float64]:
        """A column as numbers. Empty is NaN; what is no number, below `least` or above `most`, rejects its row.

        large   whether its numbers may be thousands, for all rows or for each: then 1,234 is sent back
        """
        if not pc.any(pc.not_equal(self.column(name), "")).as_py():
            return np.full(len(self), np.nan)
        numbers = _all_plain(self.column(name)) if self.point else None
        if numbers is None:
            numbers = self._read_numbers(name, np.broadcast_to(np.asarray(large, dtype=np.bool_), len(self)))
        self.reject(np.isinf(numbers), said("places/no-number", column=name), name)
        if least is not None:
            self.reject(numbers < least, said("places/below", column=name, least=f"{least:g}"), name)
        if most is not None:
            self.reject(numbers > most, said("places/above", column=name, most=f"{most:g}"), name)
        return numbers

    def _read_numbers(self, name: str, large: Mask) -> NDArray[np.float64]:
        """A column of which some fields are empty, written as people write, or no number at all."""
        text = self.column(name)
        plain = _mask(pc.match_substring_regex(text, figures.NUMBER))
        if not self.point:
            plain &= ~(large & _mask(pc.match_substring_regex(text, figures.THOUSANDS_OR_DECIMALS)))
        values = pc.cast(pc.if_else(pa.array(plain), text, pa.scalar(None, pa.string())), pa.float64())
        numbers: NDArray[np.float64] = values.to_numpy(zero_copy_only=False).astype(np.float64)
        for index in np.flatnonzero(self.ours & ~plain & _mask(pc.not_equal(text, ""))):
            found, why = figures.plain_number(text[int(index)].as_py(), large=bool(large[index]), point=self.point)
            if why:
                self.reject_one(int(index), why.filled(column=name), name)
            else:
                numbers[index] = float(found)
        return numbers

    def days(self, name: str) -> pa.Array:
        """A column as days, a time of day dropped; null where it is empty or none can be read from it."""
        text = self.column(name)
        shaped = pc.match_substring_regex(text, DATE)
        days = pc.if_else(shaped, pc.utf8_slice_codeunits(text, 0, 10), pa.scalar(None, pa.string()))
        try:
            found = pc.cast(days, pa.date32())
        except pa.ArrowInvalid:
            found = pa.array([_day(each) for each in days.to_pylist()], pa.date32())
        other = np.flatnonzero(~_mask(shaped) & _mask(pc.not_equal(text, "")))
        if not len(other):
            return found
        read = found.to_numpy(zero_copy_only=False).astype("datetime64[D]")
        for index in other:
            meant = figures.day(text[int(index)].as_py())[0]
            read[index] = np.datetime64(meant) if meant else np.datetime64("NaT")
        return pa.array(read, pa.date32())

    def dates(self, name: str, *, earliest: date, latest: date) -> pa.Array:
        """A column as days. Empty is null; what is no day, or is outside the period, rejects its row."""
        text, found = self.column(name), self.days(name)
        for index in np.flatnonzero(self.ours & _mask(pc.and_(pc.is_null(found), pc.not_equal(text, "")))):
            why = figures.day(text[int(index)].as_py())[1] or figures.NO_DATE
            self.reject_one(int(index), why.filled(column=name), name)
        outside = pc.or_(pc.less(found, pa.scalar(earliest)), pc.greater(found, pa.scalar(latest)))
        self.reject(
            _mask(pc.fill_null(outside, False)),
            said("places/not-between", column=name, least=earliest, most=latest),
            name,
        )
        return found


def _all_plain(text: pa.Array) -> NDArray[np.float64] | None:
    """A column of nothing but numbers as programs write them, in a tenth of the time; None for any other."""
    try:
        numbers: NDArray[np.float64] = pc.cast(text, pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        return None
    return numbers.copy() if np.isfinite(numbers).all() else None


def _mask(values: pa.Array) -> Mask:
    return np.array(values.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
