"""States of the evidence that were asked for lately, ready to be asked again: putting one together takes longer than
the question. Each thread keeps its own, because an engine serves one thread."""

import threading
from collections import OrderedDict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from primacy.evidence.shown.as_shown import as_shown
from primacy.evidence.shown.lately import kept_lately
from primacy.evidence.shown.points_asked import SHOWN, in_order
from primacy.evidence.store.store import Store
from primacy.places.at_hand import areas_of, changed

if TYPE_CHECKING:
    import ibis

MOST = 2  # states of each thread
FEW = 100_000  # rows that are kept as they are seen, about 40 MB; of more the files are read at each question


class _Kept(threading.local):
    def __init__(self) -> None:
        self.stores: dict[Path, Store] = {}
        self.of_packages: OrderedDict[tuple[Path, Path], Store] = OrderedDict()
        self.states: OrderedDict[Any, tuple[Store, ibis.Table]] = OrderedDict()


_KEPT = _Kept()


def store_at(evidence: Path) -> Store:
    """The store of this thread, which reads its list again when that has changed."""
    return _KEPT.stores.setdefault(evidence, Store(evidence))


def store_behind(evidence: Path, package: Path) -> Store:
    """The store of this thread for what lies behind one assessment: page after page is asked of the same rows."""
    return kept_lately(_KEPT.of_packages, (evidence, package), MOST, lambda: Store(evidence))


def settled(store: Store, now: datetime) -> datetime:
    """The last moment at which what is known changed: asked for then, the answer is that of now."""
    told = [
        moment
        for each in store.versions()
        for moment in (each.known, each.known_last, each.imported, each.withdrawn, *(mark.at for mark in each.marks))
        if moment is not None
    ]
    last = max(told, default=now)
    return last if last <= now else now


def seen_at(
    evidence: Path, places: Path, *, as_of: date, known: datetime, moment: datetime, details: bool
) -> tuple[Store, "ibis.Table"]:
    """The rows that count as of a day and a state of knowledge, without what was imported after a moment, as whoever
    has or lacks `details` may see them; and the store in whose engine they lie.

    Raises BadInput where rows that counted then were erased, or a file is damaged.
    """
    store = store_at(evidence).until(moment)
    rows_of = tuple((each.id, each.withdrawn, each.erased) for each in store.versions(known=known))
    key = (evidence, changed(places), as_of, known, moment, details, rows_of)

    def seen() -> tuple[Store, "ibis.Table"]:
        rows = store.rows(as_of=as_of, known=known)
        shown = as_shown(store, rows, areas_of(places), store.versions(known=known), details=details)
        shown, few = shown.select(*SHOWN.names), _few(store)
        return store, store.engine.view(in_order(shown) if few else shown, few=few)

    kept, rows = kept_lately(_KEPT.states, key, MOST, seen)
    kept.rows(as_of=as_of, known=known)  # refuses where a file was damaged since
    return kept, rows


def _few(store: Store) -> bool:
    return sum(each.rows for each in store.versions()) <= FEW
