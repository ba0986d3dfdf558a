"""A file looked at before it is imported: its format and why, its first lines as they would be understood, what is
wrong with which line. Nothing is stored."""

from collections.abc import Mapping as ByName
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from primacy.evidence.bringing.choosing import Chosen, Taken, choose
from primacy.evidence.bringing.correcting import TableText, table_text
from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.bringing.imported_points import MOST_REJECTED
from primacy.evidence.bringing.mission_country import mission_country
from primacy.evidence.bringing.remedies import bare, remedies
from primacy.evidence.errors import BadInput
from primacy.evidence.mapped.mapping import Mapping
from primacy.evidence.shown.on_pages import on_page
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance
from primacy.framework.loading import load
from primacy.framework.saying import Said, Words
from primacy.framework.signs import all_signs
from primacy.places.areas import Areas
from primacy.places.files.faults import Fault, Faults

MOST_ROWS = 50_000  # read for a preview: of a longer file the beginning is looked at
SHOWN_LINES = 12
SHOWN_FAULTS = 40
PLACES = ("boundaries", "population")  # formats that say where things are


@dataclass(frozen=True)
class Part:
    """One file or sheet, and why it is taken for its format; None where the person said so."""

    label: str
    format: str
    why: Said | None


@dataclass(frozen=True)
class Wrong:
    """One fault, with the cells of its line where they can be corrected one by one."""

    fault: Fault
    cells: ByName[str, str] = field(default_factory=dict)
    column: int | None = None  # which of the file's columns is wrong


@dataclass(frozen=True)
class Preview:
    """What an import would do.

    lines    (line of the file, its data points as columns), the first ones
    whole    whether the file was read to its end, so that nothing else is wrong with it
    error    why nothing of it can be imported
    """

    parts: tuple[Part, ...] = ()
    passed_over: tuple[Words, ...] = ()
    lines: tuple[tuple[int, tuple[ByName[str, Any], ...]], ...] = ()
    wrong: tuple[Wrong, ...] = ()
    wrong_lines: int = 0
    faults: int = 0
    remedies: tuple[Said, ...] = ()  # of faults, each with its lines
    rows: int = 0
    good_lines: int = 0  # that these rows come from: one line may hold several
    start: date | None = None
    end: date | None = None
    whole: bool = True
    notes: tuple[Said, ...] = ()
    by_name: ByName[str, int] = field(default_factory=dict)
    not_found: ByName[str, int] = field(default_factory=dict)
    unsure: tuple[str, ...] = ()  # names of places to decide on
    error: BadInput | None = None
    places: bool = False  # boundaries or population: they are not listed here
    correctable: bool = False

    @property
    def too_many_wrong(self) -> bool:
        """Whether so much is unusable that an import would refuse the file as a whole."""
        return self.whole and self.wrong_lines > MOST_REJECTED * (self.good_lines + self.wrong_lines)


def preview(
    path: Path, *, instance: Instance, format: str = "", mapping: Mapping | None = None, today: date
) -> Preview:
    """Look at a file as `import_files` would read it."""
    try:
        chosen = choose([path], "mapping" if mapping else format or None, mapping)
    except BadInput as error:
        return _refused(Preview(), error, None)
    parts = tuple(Part(source.label, importer.FORMAT, why) for source, importer, why in chosen.wanted)
    told = [each for each in chosen.wanted if each[1].FORMAT not in PLACES]
    if not told:
        return Preview(parts, tuple(chosen.passed_over), places=True)
    return _looked_at(chosen, parts, told[0], instance, mapping, today)


def _looked_at(
    chosen: Chosen, parts: tuple[Part, ...], told: Taken, instance: Instance, mapping: Mapping | None, today: date,
) -> Preview:  # fmt: skip
    source, importer, _why = told
    text = table_text(source) if len(chosen.wanted) == 1 else None
    known = Preview(parts, tuple(chosen.passed_over), correctable=text is not None)
    task = Task(
        Areas.load(instance.places), mission_country(instance), today + timedelta(days=1),
        Store(instance.evidence).areas_of, mapping, lambda: all_signs(load(instance.overlay, today)),
    )  # fmt: skip
    try:
        reading: Reading = importer.read(source, task)
        rows, whole = _rows(reading)
    except BadInput as error:
        return _refused(known, error, text)
    found = reading.locator.found
    days = [row["date"] for row in rows if row["date"]]
    return replace(
        known, lines=_lines(rows), wrong=_wrong(reading.faults, text), wrong_lines=reading.faults.lines,
        faults=reading.faults.count, remedies=tuple(remedies(reading.faults, reading.faults.unit)), rows=len(rows),
        good_lines=len({row["line"] for row in rows}), start=min(days, default=None), end=max(days, default=None),
        whole=whole, notes=(*reading.locator.place_notes(), *reading.notes),
        unsure=tuple(sorted(reading.locator.unsure)),
        by_name={f"{name} → {code}": count for (name, code), count in found.by_name.most_common(12)},
        not_found=dict(found.not_found.most_common(12)),
    )  # fmt: skip


def _rows(reading: Reading) -> tuple[list[dict[str, Any]], bool]:
    """(the first rows, whether these are all)."""
    rows: list[dict[str, Any]] = []
    batches = iter(reading.batches)
    for table in batches:
        rows += table.slice(0, MOST_ROWS - len(rows)).to_pylist()
        if len(rows) >= MOST_ROWS:
            if close := getattr(batches, "close", None):
                close()
            return rows, False
    return rows, True


def _lines(rows: Sequence[dict[str, Any]]) -> tuple[tuple[int, tuple[ByName[str, Any], ...]], ...]:
    grouped: dict[int, list[ByName[str, Any]]] = {}
    for row in rows:
        line = row.get("line") or 0
        if line not in grouped and len(grouped) == SHOWN_LINES:
            break
        grouped.setdefault(line, []).append(row)
    return tuple((line, tuple(points)) for line, points in sorted(grouped.items()))


def _wrong(faults: Faults | None, text: TableText | None) -> tuple[Wrong, ...]:
    if not faults:
        return ()
    shown = [bare(fault) for fault, _ in zip(faults, range(SHOWN_FAULTS), strict=False)]
    return tuple(_with_cells(fault, text) for fault in shown)


def _with_cells(fault: Fault, text: TableText | None) -> Wrong:
    if text is None or fault.field not in text.columns or not (cells := text.cells(fault.line)):
        return Wrong(fault)
    return Wrong(fault, cells, text.columns.index(fault.field))


def _refused(known: Preview, error: BadInput, text: TableText | None) -> Preview:
    """What is shown of a file of which nothing can be imported."""
    faults = error.faults
    if not faults:
        return replace(known, error=error)
    do = tuple(remedies(faults, faults.unit, error.remedy, as_told=on_page))
    return replace(known, error=error, wrong=_wrong(faults, text), faults=faults.count, remedies=do)
