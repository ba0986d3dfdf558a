"""Towns and villages: points with the names that people give them, so that a written name finds its area.

A name counts only where it is the same, but for accents, articles and words like "village": there are too many
settlements to take one that is merely alike for another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from primacy.places.files.kept import keep_table, kept_table
from primacy.places.matching import SAME_BUT_FOR_WORDS
from primacy.places.names import bare, plain

SETTLEMENTS = "settlements.parquet"
SCHEMA = pa.schema([
    ("id", pa.string()), ("names", pa.list_(pa.string())), ("longitude", pa.float64()), ("latitude", pa.float64()),
])  # fmt: skip


@dataclass(frozen=True)
class Settlement:
    """A place of the source's own number, its official name first; degrees, WGS 84."""

    id: str
    names: tuple[str, ...]
    longitude: float
    latitude: float


def read_settlements(folder: Path) -> list[Settlement]:
    """Those that were imported; none where nothing was."""
    path = folder / SETTLEMENTS
    rows = kept_table(path, SCHEMA).to_pylist() if path.is_file() else []
    return [Settlement(each["id"], tuple(each["names"]), each["longitude"], each["latitude"]) for each in rows]


def keep_settlements(folder: Path, found: Iterable[Settlement]) -> bool:
    """Add settlements; one of the same number replaces the older one. Returns whether anything changed."""
    before = {each.id: each for each in read_settlements(folder)}
    after = before | {each.id: each for each in found}
    if after == before:
        return False
    listed = [after[id] for id in sorted(after)]
    columns = {name: [getattr(each, name) for each in listed] for name in SCHEMA.names}
    keep_table(pa.table(columns, schema=SCHEMA), folder / SETTLEMENTS)
    return True


class Gazetteer:
    """Names of settlements, and the areas in which those of a name lie."""

    def __init__(self, settlements: Iterable[tuple[Settlement, str]] = ()) -> None:
        """`settlements` are (settlement, P-code of the area around it)."""
        self._settlements = list(settlements)

    @cached_property
    def _by_name(self) -> dict[str, dict[str, float]]:
        """Name -> area -> likeness: 1 for the plain name, less for what is left of it without kind and article."""
        found: dict[str, dict[str, float]] = {}
        for settlement, code in self._settlements:
            for name in settlement.names:
                found.setdefault(bare(name), {}).setdefault(code, SAME_BUT_FOR_WORDS)
                found.setdefault(plain(name), {})[code] = 1.0
        return found

    def ranked(self, text: str) -> list[tuple[str, float]]:
        """(code, likeness) of the areas in which a settlement of this name lies, best first."""
        found = {code: min(score, SAME_BUT_FOR_WORDS) for code, score in self._by_name.get(bare(text), {}).items()}
        found |= self._by_name.get(plain(text), {})
        return sorted(found.items(), key=lambda each: (-each[1], each[0]))
