"""A mapping applied to a table: its lines become lines as a template has them, which are then checked alike.

A fault names the column of the table, not the field of the data point. Of a line with any fault nothing is taken.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Mapping_

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from primacy.evidence.bringing.personal import personal_text
from primacy.evidence.errors import BadInput, listed
from primacy.evidence.kinds import KINDS
from primacy.evidence.mapped.amounts import amount
from primacy.evidence.mapped.days import joined, period
from primacy.evidence.mapped.mapping import TEXTS, Day, Mapping, Measure, Text
from primacy.evidence.mapped.mapping_checks import dotted, used_columns
from primacy.framework.saying import Said, Words, said
from primacy.places.files.faults import Fault, Faults
from primacy.places.files.figures import tidied
from primacy.places.files.rows import Rows
from primacy.places.files.tables import TextTable
from primacy.places.names import plain

Mask = NDArray[np.bool_]
SMALL = {"share", "score", "stage", "points"}
CHECKED_FOR_PERSONS = ("item", "category", "actor", "target", "wave", "stratum", "group", "source", "origin", "unit")


def found_columns(mapping: Mapping, columns: Sequence[str]) -> tuple[dict[str, str], Faults]:
    """(the table's name of each column that the mapping reads, what is not there).

    A name is found as written, else without regard to case and accents, if only one column is called so.
    """
    by_plain: dict[str, list[str]] = {}
    for column in columns:
        by_plain.setdefault(plain(column), []).append(column)
    found: dict[str, str] = {}
    faults = Faults()
    for location, written in used_columns(mapping):
        alike = by_plain.get(plain(written), [])
        if written in columns or len(alike) == 1:
            found[written] = written if written in columns else alike[0]
        elif alike or written not in mapping.optional:
            key = "evidence/mapping.several" if alike else "evidence/mapping.no-column"
            faults.add(Fault(0, said(key, field=dotted(location)), written), new_line=not faults)
    return found, faults


def require_columns(mapping: Mapping, table: TextTable) -> dict[str, str]:
    """Raises BadInput with every column that the table lacks."""
    found, faults = found_columns(mapping, table.columns)
    if faults:
        names = listed(list(dict.fromkeys(fault.field for fault in faults)))
        where = said("places/at.line", file=table.source.label, line=table.header.lines)
        remedy = said("evidence/do.mapping-or-table", names=listed(list(table.columns), 12))
        raise BadInput(said("evidence/mapping.lacks", mapping=mapping.mapping, names=names), where, remedy, faults)
    return found


class Batch:
    """A batch of the table: the texts of its columns as the mapping names them, of the lines that it wants."""

    def __init__(self, rows: Rows, mapping: Mapping, columns: dict[str, str], *, machine: bool) -> None:
        self.rows, self.mapping, self.machine = rows, mapping, machine
        self._columns = columns
        self._missing = {"", *mapping.missing}
        self._texts: dict[str, list[str]] = {}
        self.set_aside: Mask = np.zeros(len(rows), dtype=np.bool_)  # lines that the mapping does not want
        for column, wanted in mapping.lines.only.items():
            self.set_aside |= ~self.one_of(column, wanted)
        for column, unwanted in mapping.lines.leave_out.items():
            self.set_aside |= self.one_of(column, unwanted)
        rows.leave_out(self.set_aside)

    def raw(self, column: str) -> list[str]:
        values: list[str] = self.rows.column(self._columns.get(column, column)).to_pylist()
        return values

    def text(self, column: str) -> list[str]:
        """A column as texts; words that mean nothing known are empty."""
        if column not in self._texts:
            self._texts[column] = ["" if value in self._missing else value for value in self.raw(column)]
        return self._texts[column]

    def joined(self, columns: Sequence[str]) -> list[str]:
        """Several columns as one text; empty where any of them is."""
        if len(columns) == 1:
            return self.text(columns[0])
        parts = zip(*map(self.text, columns), strict=True)
        return ["/".join(each) if all(each) else "" for each in parts]

    def kinds(self) -> list[str]:
        """The kind of each line; empty where it cannot be said."""
        kind = self.mapping.kind
        if kind.always:
            return [kind.always] * len(self.rows)
        alike = {plain(key): value for key, value in kind.values.items()}
        kept = kind.other == "keep" or not kind.values
        return [alike.get(plain(text), text if kept else "") for text in self.joined(kind.column)]

    def one_of(self, column: str, words: Sequence[str]) -> Mask:
        """Lines with one of the words in a column."""
        alike = {plain(word) for word in words} - {""}
        raw = self.raw(column)
        known = {value: value in words or plain(value) in alike for value in set(raw)}
        return np.array([known[value] for value in raw], dtype=np.bool_)


class Lines:
    """The lines of a batch as a template has them.

    values    column of the template -> text of each line
    said      column of the template -> column of the table; `written`: what stands there
    """

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.rows = Rows({}, batch.rows.line, batch.rows.keep.copy(), Faults())
        self.values: dict[str, list[str]] = {}
        self.said: dict[str, str] = {}
        self.written: dict[str, list[str]] = {}

    def copy(self) -> "Lines":
        """The same lines to go on with, with their faults known but not told again."""
        fresh = Lines(self.batch)
        fresh.rows.keep &= self.rows.ours
        fresh.rows.ours &= self.rows.ours
        fresh.rows.know(self.rows)
        fresh.values, fresh.said, fresh.written = dict(self.values), dict(self.said), dict(self.written)
        return fresh

    def finish(self) -> Rows:
        self._refuse_persons()
        self.rows.text = {name: pa.array(values, pa.string()) for name, values in self.values.items()}
        return self.rows

    def put(self, name: str, text: Text | None) -> None:
        if text is None:
            return
        self.said[name], self.written[name] = ", ".join(text.column), self.batch.joined(text.column or ("",))
        self.values[name] = self._translated(name, text)

    def _translated(self, name: str, text: Text) -> list[str]:
        """The text of each line; one that `values` does not name becomes what `other` says."""
        if not text.column:
            return [text.always] * len(self.rows)
        raw = self.batch.joined(text.column)
        if self.batch.machine:
            raw = [value.removeprefix("'") for value in raw]
        if not text.values:
            return raw
        alike = {plain(key): value for key, value in text.values.items()}
        means = {value: text.values.get(value, alike.get(plain(value))) for value in set(raw) if value} | {"": ""}
        strange = [index for index, value in enumerate(raw) if means[value] is None]
        if text.other == "leave-out":
            self.rows.leave_out(_at(strange, len(raw)))
        elif text.other == "refuse":
            for index in strange:
                self.reject(
                    index, said("evidence/not-in-mapping", column=name, names=listed(list(text.values), 6)), name
                )
        kept = text.other == "keep"
        return [(value if kept else "") if means[value] is None else means[value] or "" for value in raw]

    def put_group(self, groups: Mapping_[str, Text]) -> None:
        """Add `name=text` of each group to what is there."""
        told = [[each] if each else [] for each in self.values.get("group", [""] * len(self.rows))]
        for name, text in groups.items():
            self.written["group"] = self.batch.joined(text.column or ("",))
            for parts, value in zip(told, self._translated("group", text), strict=True):
                parts += [f"{name}={value}"] if value else []
        if groups:
            self.said["group"] = ", ".join(column for text in groups.values() for column in text.column)
            self.values["group"] = [";".join(parts) for parts in told]

    def put_days(self, date: Day, until: Day | None, entered: Day | None) -> None:
        self.values["date"], self.values["until"] = self._days("date", date)
        if until:
            same, (_, own) = self.values["until"], self._days("until", until)
            self.values["until"] = [each or other for each, other in zip(own, same, strict=True)]
        if entered:
            _, self.values["known"] = self._days("known", entered)

    def _days(self, name: str, day: Day) -> tuple[list[str], list[str]]:
        """First and last day of each line."""
        parts = [self.batch.text(column) for column in day.column]
        raw = parts[0] if len(parts) == 1 else [joined(each) for each in zip(*parts, strict=True)]
        self.said[name], self.written[name] = ", ".join(day.column), raw
        known = {value: period(value, day.forms, day.century) for value in set(raw) if value}
        start, end = [""] * len(raw), [""] * len(raw)
        for index, value in enumerate(raw):
            found, why = known[value] if value else (None, None)
            if found:
                start[index], end[index] = found[0].isoformat(), found[1].isoformat()
            elif why:
                self.reject(index, why.filled(column=name), name)
        return start, end

    def put_numbers(self, name: str, column: str, *, factor: float = 1.0, units: Sequence[str] = ()) -> None:
        """A column of numbers; `units` of each line say what is a share, and what may be more than a thousand."""
        raw = self.batch.text(column)
        self.said[name], self.written[name] = column, raw
        found = [""] * len(raw)
        for index, (value, unit) in enumerate(zip(raw, units or ["score"] * len(raw), strict=True)):
            if not value:
                continue
            found[index], why = amount(
                value, self.batch.mapping.numbers, factor=factor, share=unit == "share", machine=self.batch.machine,
                large=unit not in SMALL,
            )  # fmt: skip
            if why:
                self.reject(index, why.filled(column=name), name)
        self.values[name] = found

    def put_value(self, measure: Measure, units: Sequence[str]) -> None:
        """The value of each line: a number, or a text that stands for a number or stage. Lines without one leave."""
        assert measure.column is not None
        raw = self.batch.text(measure.column)
        alike = {plain(key): value for key, value in measure.values.items()}
        means = {value: measure.values.get(value, alike.get(plain(value))) for value in set(raw)}
        named = {
            index: means[value] or value for index, (value, unit) in enumerate(zip(raw, units, strict=True))
            if value and (means[value] is not None or (unit == "stage" and not value[:1].isdigit()))
        }  # fmt: skip
        numbers = Lines(self.batch)
        numbers.rows.leave_out(_at(list(named), len(raw)))
        numbers.rows.leave_out(~self.rows.ours)
        numbers.put_numbers("value", measure.column, factor=measure.factor, units=units)
        self.said["value"], self.written["value"] = measure.column, raw
        self.values["value"] = [named.get(index, value) for index, value in enumerate(numbers.values["value"])]
        wrong = {fault.line: fault.reason for fault in numbers.rows.faults}
        for index, line in enumerate(self.rows.line.tolist()):
            if line in wrong and index not in named:
                self.reject(index, wrong[line], "value")
        self.rows.leave_out(np.array([not value for value in raw], dtype=np.bool_))

    def _refuse_persons(self) -> None:
        """Refuse lines of which a text seems to name or reach a person; the text itself is not repeated."""
        for name in CHECKED_FOR_PERSONS:
            values = self.values.get(name, [])
            why = {value: personal_text(value) for value in set(values) if self.said.get(name)}
            for index, value in enumerate(values) if any(why.values()) else ():
                if why[value]:
                    self.written[name] = [""] * len(values)
                    self.reject(index, said(why[value], column=name), name)

    def reject(self, index: int, reason: Words, name: str) -> None:
        self.rows.reject_one(index, reason, name)

    def faults(self) -> Iterator[Fault]:
        """The faults in the words of the table: its columns, and what stands there."""
        at = {line: index for index, line in enumerate(self.rows.line.tolist())}
        for fault in self.rows.faults:
            written = self.written.get(fault.field)
            value = written[at[fault.line]] if written else fault.value
            stated = self.said.get(fault.field) or fault.field
            yield Fault(fault.line, _about(stated, fault), stated, value)


def shared_lines(batch: Batch) -> Lines:
    """What all measures of a line have in common; areas are texts as the table has them."""
    mapping, lines = batch.mapping, Lines(batch)
    for name in TEXTS:
        lines.put(name, getattr(mapping, name))
    lines.put_group(mapping.group)
    lines.put_days(mapping.date, mapping.until, mapping.entered)
    if place := mapping.place:
        if place.code:
            first = [next(filter(None, each), "") for each in zip(*map(batch.text, place.code), strict=True)]
            lines.said["area"], lines.written["area"], lines.values["area"] = ", ".join(place.code), first, first
        for name in ("latitude", "longitude"):
            if column := getattr(place, name):
                lines.put_numbers(name, column)
    if mapping.record:
        lines.values["record"] = [tidied(each) for each in batch.joined(mapping.record.id)]
        if mapping.item and mapping.item.column == mapping.record.id and not mapping.item.values:
            lines.values["item"] = lines.values["record"]  # the same with digits of any script
        lines.said["record"] = ", ".join(mapping.record.id)
        if mapping.record.revision:
            lines.put_numbers("revision", mapping.record.revision)
    lines.rows.text = {name: pa.array(values, pa.string()) for name, values in lines.values.items()}
    return lines


def lines_of(measure: Measure, shared: Lines) -> Lines:
    """One measure of each line that has it; what the measure says of its own goes before what all have in common."""
    lines, batch = shared.copy(), shared.batch
    for column, wanted in measure.where.items():
        lines.rows.leave_out(~batch.one_of(column, wanted))
    for name in ("measure", "unit", "item", "category", "target"):
        lines.put(name, getattr(measure, name))
    lines.put_group(measure.group)
    count = len(lines.rows)
    if measure.date:
        found, why = period(measure.date, ("month", "quarter", "year"))
        if not found:
            where = said("evidence/at.mapping", mapping=batch.mapping.mapping)
            what = why.filled(column=repr(measure.date)) if why else ""
            raise BadInput(what, where, said("evidence/do.period"))
        lines.values["date"], lines.values["until"] = ([each.isoformat()] * count for each in found)
    if measure.column is None:
        lines.values["value"] = [f"{measure.always:.15g}"] * count
        return lines
    kinds = lines.values["kind"]
    units = [
        KINDS[kind].measures.get(name, "") if kind in KINDS else ""
        for kind, name in zip(kinds, lines.values["measure"], strict=True)
    ]
    lines.put_value(measure, units)
    for name in ("low", "high", "se", "n"):
        if column := getattr(measure, name):
            lines.put_numbers(name, column, factor=1.0 if name == "n" else measure.factor, units=units)
    return lines


def _about(column: str, fault: Fault) -> Words:
    """The reason as a sentence about the column of the table."""
    named = isinstance(fault.reason, Said) and any(name == "column" for name, _ in fault.reason.values)
    return fault.reason.filled(column=column) if named and isinstance(fault.reason, Said) else fault.reason


def _at(places: Sequence[int], count: int) -> Mask:
    mask = np.zeros(count, dtype=np.bool_)
    mask[list(places)] = True
    return mask
