"""How confidential the rows of data sets are, and how many there are up to a level: what the files of a version hold
never changes, so it is asked once."""

from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from primacy.evidence.store.datasets import DatasetVersion

if TYPE_CHECKING:
    from primacy.evidence.store.store import Store

Bounds = dict[str, tuple[int, int]]  # id -> the lowest and the highest of its rows
MOST_KNOWN = 5000  # versions that a process remembers
Key = tuple[Path, str, tuple[str, ...]]
Asked = TypeVar("Asked")
Told = TypeVar("Told")
_KNOWN: dict[Key, tuple[int, int] | None] = {}


@dataclass(frozen=True)
class Extent:
    """Of the rows of a version up to a level of confidentiality: how many, of how many items, and from when to when."""

    rows: int = 0
    items: int = 0
    start: date | None = None
    end: date | None = None


_EXTENTS: dict[tuple[int, Key], Extent | None] = {}


def bounds(store: "Store", versions: Sequence[DatasetVersion]) -> Bounds:
    """Of each version that has rows, read now."""
    if not versions:
        return {}
    rows = store.told_by(versions)
    level = rows.confidentiality
    found = store.fetch(rows.group_by("dataset").agg(lowest=level.min(), highest=level.max())).to_pylist()
    return {row["dataset"]: (row["lowest"] or 0, row["highest"] or 0) for row in found}


def remembered(store: "Store", home: Path, versions: Sequence[DatasetVersion]) -> Bounds:
    """The same for a store in a folder, of which only what is new is read."""
    keys: dict[str, Key] = {each.id: (home, each.id, tuple(each.parts)) for each in versions}
    return _remembered(_KNOWN, keys, versions, lambda new: bounds(store, new))


def extents(store: "Store", home: Path, versions: Sequence[DatasetVersion], level: int) -> dict[str, Extent]:
    """Of each version that has rows up to a level; of these too only what is new is read."""

    def read(new: Sequence[DatasetVersion]) -> dict[str, Extent]:
        if not new:
            return {}
        rows = store.told_by(new)
        rows = rows.filter(rows.confidentiality <= level)
        found = rows.group_by("dataset").agg(
            rows=rows.count(), items=rows.item.nunique(), start=rows.date.min(), end=rows.until.max()
        )
        return {row.pop("dataset"): Extent(**row) for row in store.fetch(found).to_pylist()}

    keys = {each.id: (level, (home, each.id, tuple(each.parts))) for each in versions}
    return _remembered(_EXTENTS, keys, versions, read)


def _remembered(
    kept: MutableMapping[Asked, Told | None], keys: dict[str, Asked], versions: Sequence[DatasetVersion],
    read: Callable[[Sequence[DatasetVersion]], dict[str, Told]],
) -> dict[str, Told]:  # fmt: skip
    new = [each for each in versions if keys[each.id] not in kept]
    found = read(new)
    while len(kept) > MOST_KNOWN:
        kept.pop(next(iter(kept)))
    kept.update({keys[each.id]: found.get(each.id) for each in new})
    told = {each.id: kept.get(keys[each.id]) for each in versions}
    return {id: one for id, one in told.items() if one is not None}
