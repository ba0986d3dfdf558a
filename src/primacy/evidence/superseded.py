"""What of a version no longer counts because a later one took its place, and which one did."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from primacy.evidence.datasets import DatasetVersion
from primacy.evidence.store import Store


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


def counting_again(before: dict[str, list[Taken]], after: dict[str, list[Taken]]) -> dict[str, int]:
    """Version id -> how many of its rows count again now: what a withdrawal brings back into force."""
    still = {id: sum(each.rows for each in taken) for id, taken in after.items()}
    gone = {id: sum(each.rows for each in taken) for id, taken in before.items()}
    return {id: back for id, rows in gone.items() if (back := rows - still.get(id, 0)) > 0}


def said(version: DatasetVersion, taken: list[Taken]) -> str:
    """In one sentence without its full stop; empty where all of it counts."""
    gone = sum(each.rows for each in taken)
    if not gone:
        return ""
    names = "; ".join(f"{each.rows} rows by {each.later.name} ({each.later.id})" for each in taken)
    return f"{'wholly' if gone >= version.rows else 'partly'} replaced: {names}"
