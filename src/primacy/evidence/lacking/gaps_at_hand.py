"""Gaps, delays and coverage that were asked for lately: they rest on the evidence alone, and reading it takes long."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import TypeVar, cast

from primacy.evidence.lacking.coverage_map import CoverageMap, coverage_map
from primacy.evidence.lacking.delays import Delay, delays
from primacy.evidence.lacking.gaps import Gaps, gaps
from primacy.evidence.shown.points_at_hand import settled, store_at
from primacy.evidence.store.series import Series
from primacy.evidence.store.store import Store
from primacy.places.at_hand import areas_of, changed

MOST = 12  # of a country with a hundred areas about 10 MB each


@dataclass(frozen=True)
class Asked:
    """What is asked: see `gaps.gaps`. `level`: nothing is counted above this confidentiality; None: everything is."""

    as_of: date
    months: int
    country: str
    report_level: int
    level: int | None
    enough: tuple[tuple[str, int], ...]

    @classmethod
    def of(
        cls, as_of: date, months: int, country: str, report_level: int, level: int | None, enough: Mapping[str, int]
    ) -> "Asked":
        return cls(as_of, months, country, report_level, level, tuple(sorted(enough.items())))


_KEPT: OrderedDict[object, object] = OrderedDict()
_LOCK = Lock()
Told = TypeVar("Told")


def gaps_at_hand(evidence: Path, places: Path, asked: Asked, *, known: datetime) -> Gaps:
    """With what was known at a moment.

    Raises BadInput where rows that counted then were erased, or a file is damaged.
    """
    return _kept(
        evidence, (changed(places), asked), known,
        lambda store: gaps(
            store, areas_of(places), as_of=asked.as_of, known=known, months=asked.months, country=asked.country,
            report_level=asked.report_level, level=asked.level, enough=dict(asked.enough),
        ),
    )  # fmt: skip


def delays_at_hand(evidence: Path, level: int | None, *, known: datetime) -> tuple[Delay, ...]:
    """Likewise."""
    return _kept(evidence, level, known, lambda store: tuple(delays(store, known=known, level=level)))


def coverage_at_hand(
    evidence: Path, places: Path, mine: Series, *, level: int, known: datetime, upto: date, secrecy: int | None
) -> CoverageMap | None:
    """Of the versions of one lineage in force, likewise."""
    return _kept(
        evidence, (changed(places), mine.lineage, level, upto, secrecy), known,
        lambda store: coverage_map(
            store, mine.versions, areas_of(places), level=level, known=known, upto=upto, secrecy=secrecy
        ),
    )  # fmt: skip


def _kept(evidence: Path, asked: Hashable, known: datetime, make: Callable[[Store], Told]) -> Told:
    """The same until something becomes known, is withdrawn or erased, or a day begins."""
    store = store_at(evidence)
    rows_of = tuple((each.id, each.withdrawn, each.erased) for each in store.versions(known=known))
    key = (evidence, asked, settled(store, known), known.date(), rows_of)
    with _LOCK:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return cast(Told, _KEPT[key])
    told = make(Store(evidence))  # of its own: what an engine is asked stays in it
    with _LOCK:
        _KEPT[key] = told
        while len(_KEPT) > MOST:
            _KEPT.popitem(last=False)
    return told
