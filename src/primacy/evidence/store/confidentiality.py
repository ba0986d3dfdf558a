"""How confidential the rows of data sets are: what the files of a version hold never changes, so it is asked once."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from primacy.evidence.store.datasets import DatasetVersion

if TYPE_CHECKING:
    from primacy.evidence.store.store import Store

Bounds = dict[str, tuple[int, int]]  # id -> the lowest and the highest of its rows
MOST_KNOWN = 5000  # versions that a process remembers
_KNOWN: dict[tuple[Path, str, tuple[str, ...]], tuple[int, int] | None] = {}


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
    keys = {each.id: (home, each.id, tuple(each.parts)) for each in versions}
    new = [each for each in versions if keys[each.id] not in _KNOWN]
    found = bounds(store, new)
    while len(_KNOWN) > MOST_KNOWN:
        _KNOWN.pop(next(iter(_KNOWN)))
    _KNOWN.update({keys[each.id]: found.get(each.id) for each in new})
    told = {each.id: _KNOWN.get(keys[each.id]) for each in versions}
    return {id: pair for id, pair in told.items() if pair is not None}
