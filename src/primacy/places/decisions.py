"""What people decided a written name means, and the names that still wait for somebody to decide.

Two small files in the folder `places` of an instance, both to be read and corrected with any editor:

    decisions.csv   written, code (or none), by, at: what is decided; of several lines on one name the last counts
    review.csv      written, file, at: names that an import could not place for sure
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from primacy.framework.saying import said
from primacy.places.errors import BadInput
from primacy.places.files.replacing import replace
from primacy.places.names import plain
from primacy.ui.csv_cells import as_written, safe_cell

DECISIONS, REVIEW = "decisions.csv", "review.csv"
NONE = "none"  # decided: it is no area of this country
MOST_WAITING = 10_000
LARGEST = 10_000_000  # bytes


@dataclass(frozen=True)
class Decision:
    """One line of decisions.csv."""

    written: str
    code: str
    by: str
    at: str


@dataclass(frozen=True)
class Waiting:
    """One line of review.csv."""

    written: str
    file: str
    at: str


def decisions(folder: Path) -> list[Decision]:
    """Every decision, the oldest first. Raises BadInput where the file has not the columns."""
    return [Decision(*row) for row in _rows(folder / DECISIONS, ("written", "code", "by", "at"))]


def decided(folder: Path) -> Mapping[str, str]:
    """Plain name -> P-code or `none`."""
    return {plain(each.written): each.code for each in decisions(folder) if plain(each.written)}


def decide(folder: Path, choices: Iterable[tuple[str, str]], *, by: str, at: datetime) -> None:
    """Add decisions (written, P-code or `none`)."""
    moment = _moment(at)
    lines = [*decisions(folder), *(Decision(written, code, by, moment) for written, code in choices)]
    _write(folder / DECISIONS, ("written", "code", "by", "at"), [(e.written, e.code, e.by, e.at) for e in lines])


def waiting(folder: Path) -> list[Waiting]:
    """Names that wait for a decision, in the order of their coming."""
    known = decided(folder)
    listed = [Waiting(*row) for row in _rows(folder / REVIEW, ("written", "file", "at"))]
    return [each for each in listed if plain(each.written) not in known]


def ask(folder: Path, names: Iterable[str], *, file: str, at: datetime) -> None:
    """Put names on the list for review, each once; those decided leave it."""
    before = waiting(folder)
    known = {plain(each.written) for each in before} | set(decided(folder))
    fresh = {plain(name): Waiting(name, file, _moment(at)) for name in names if plain(name) not in known | {""}}
    if fresh:
        lines = [*before, *fresh.values()][:MOST_WAITING]
        _write(folder / REVIEW, ("written", "file", "at"), [(each.written, each.file, each.at) for each in lines])


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _rows(path: Path, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    if not path.is_file():
        return []
    if path.stat().st_size > LARGEST:
        raise BadInput(said("places/decisions-too-large"), str(path), said("places/do.take-out"))
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(said("places/decisions-no-csv"), str(path), said("places/do.save-csv")) from error
    if rows and not set(columns) <= set(rows[0]):
        raise BadInput(said("places/decisions-lack", names=tuple(columns)), str(path), said("places/do.these-columns"))
    return [tuple(as_written((row[name] or "").strip()) for name in columns) for row in rows]


def _write(path: Path, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    replace(path, lambda fresh: fresh.write_text(text.getvalue(), encoding="utf-8"))
