"""What of a version no longer counts because a later one took its place, and which one did."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.store import Store
from primacy.framework.saying import Said, said


class Taken(NamedTuple):
    """How many rows of a version stopped counting when a later version came."""

    later: DatasetVersion
    rows: int


def superseded(store: Store, *, known: datetime, lineages: Iterable[str] | None = None) -> dict[str, list[Taken]]:
    """Version id -> by which later ones of its lineage its rows were replaced; `lineages` None: of all."""
    series: dict[str, list[DatasetVersion]] = {}
    wanted = None if lineages is None else set(lineages)
    for each in store.versions(known=known):
        if each.erased is None and (wanted is None or each.lineage in wanted):
            series.setdefault(each.lineage, []).append(each)
    found: dict[str, list[Taken]] = {}
    for versions in series.values():
        before = {versions[0].id: versions[0].rows}
        for place, later in enumerate(versions[1:], 1):
            after = store.counting(versions[: place + 1])
            for older, rows in before.items():
                if gone := rows - after.get(older, 0):
                    found.setdefault(older, []).append(Taken(later, gone))
            before = after
    return found


def silenced_by(store: Store, version: DatasetVersion) -> dict[str, int]:
    """How many rows of which older versions a version that is about to be stored takes the place of as a whole:
    id -> rows. Some of them may have stopped counting before."""
    from primacy.evidence.store.reading import replaced  # loads ibis

    older = _before(store, version)
    if not older:
        return {}
    counted = store.fetch(replaced(store.told_by(older), older, version))
    return {row["dataset"]: row["rows"] for row in counted.to_pylist()}


def replaced_by(store: Store, version: DatasetVersion) -> dict[str, int]:
    """How many rows of which older versions stopped counting when `version` came: id -> rows."""
    older = _before(store, version)
    if not older or version.by_record:
        return {}
    before, after = store.counting(older), store.counting([*older, version])
    return {id: gone for id, rows in before.items() if (gone := rows - after.get(id, 0))}


def _before(store: Store, version: DatasetVersion) -> list[DatasetVersion]:
    """The versions of the same lineage that counted when it came."""
    known = [each for each in store.versions(known=version.known) if each.id != version.id]
    mine = [each for each in known if each.lineage == version.lineage]
    return [each for each in mine if (each.known, each.imported) <= (version.known, version.imported)]


def counting_again(before: dict[str, list[Taken]], after: dict[str, list[Taken]]) -> dict[str, int]:
    """Version id -> how many of its rows count again now: what a withdrawal brings back into force."""
    still = {id: sum(each.rows for each in taken) for id, taken in after.items()}
    gone = {id: sum(each.rows for each in taken) for id, taken in before.items()}
    return {id: back for id, rows in gone.items() if (back := rows - still.get(id, 0)) > 0}


def replaced(version: DatasetVersion, taken: Sequence[Taken]) -> Said | None:
    """In one sentence without its full stop; None where all of it counts."""
    gone = sum(each.rows for each in taken)
    if not gone:
        return None
    by = [said("evidence/datasets.replaced-by", rows=e.rows, name=e.later.name, dataset=e.later.id) for e in taken]
    wholly = gone >= version.rows
    return said("evidence/datasets.wholly-replaced" if wholly else "evidence/datasets.partly-replaced", by=by)
