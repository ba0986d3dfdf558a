"""Items of states and estimates at the end of each month: told not long ago, too old, or expected and never told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir
import numpy as np

from primacy.evidence.kinds import ADDED_UP, KINDS, LISTING
from primacy.evidence.store.raster import Bools, Ints, Raster, texts, wholes
from primacy.evidence.store.store import Store

NEVER = -1_000_000  # days since 1970: nothing was told yet
READ = ("kind", "item", "date", "area", "level", "group", "measure", "value", "n", "origin", "source", "dataset")
Columns = Mapping[str, Any]


@dataclass(frozen=True)
class Freshness:
    """Shapes: (kinds, areas, months). `rows` are dated in the month; `origins` and `thin` are of what is fresh."""

    rows: Ints
    fresh: Ints
    stale: Ints
    missing: Ints
    origins: Ints
    thin: Bools


def freshness(store: Store, rows: ir.Table, raster: Raster, enough: Mapping[str, int]) -> Freshness:
    """`rows` that count; of events among them nothing is said. `enough`: see `gaps`."""
    found = store.columns(rows.filter(~rows.kind.isin(ADDED_UP)).select(*READ))
    kind, days = raster.kinds_of(found["kind"].tolist()), found["date"].astype("datetime64[D]").astype(np.int64)
    month = found["date"].astype("datetime64[M]").astype(np.int64) + 1970 * 12 - raster.first
    kind, days, month = (np.ma.getdata(each) for each in (kind, days, month))
    area = raster.areas_of(kind, texts(found["area"]), wholes(found["level"]))
    measures = np.array(texts(found["measure"]), dtype=object)
    told = ~np.isin(measures, LISTING)
    inside = (month >= 0) & told
    series, count = _series(kind, found)
    of_series, place = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    of_series[series] = kind
    np.maximum.at(place, series, area)  # an item that is placed anywhere stands there
    last = _last(raster, series[told], count, days[told], month[told])
    shelf = _shelf(raster)
    heard = last > NEVER
    fresh = heard & (raster.ends - last <= shelf[of_series][:, None])
    listed = measures == "expected"
    wanted = np.ma.filled(np.ma.asarray(found["value"], dtype=np.float64), 1.0) > 0
    # A later day is the greater number, and of one day "expected" is greater than "no longer".
    said = _last(raster, series[listed], count, (2 * days + wanted)[listed], month[listed])
    expected = (said > NEVER) & (said % 2 == 1)
    fresh_items, stale, missing = (
        _items(raster, of_series, place, each) for each in (fresh, heard & ~fresh, expected & ~heard)
    )
    points = _Points(kind[told], area[told], days[told], _origins(found)[told], _answers(found)[told])
    least = np.array([enough.get(each, 0) for each in raster.kinds], dtype=np.int64)
    origins, thin = _resting_on(raster, points, shelf, least)
    rows = raster.summed(kind[inside], area[inside], month[inside])
    return Freshness(rows, fresh_items, stale, missing, origins, thin)


def _shelf(raster: Raster) -> Ints:
    """Days for which each kind is believed; very many where it never grows old."""
    return np.array([KINDS[each].shelf_life or 10**6 for each in raster.kinds], dtype=np.int64)


def _series(kind: Ints, found: Columns) -> tuple[Ints, int]:
    """The number of the series of each row: an item of a state; an item in a place and a group of an estimate."""
    estimates = [KINDS[each].nature == "estimate" for each in found["kind"].tolist()]
    columns = zip(kind.tolist(), *(texts(found[name]) for name in ("item", "area", "group")), strict=True)
    keys = [key if estimate else key[:2] for key, estimate in zip(columns, estimates, strict=True)]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return np.array([numbers[key] for key in keys], dtype=np.int64), len(numbers)


def _last(raster: Raster, series: Ints, count: int, days: Ints, month: Ints) -> Ints:
    """The greatest of `days` of each series up to the end of each month. Shape (series, months)."""
    last = np.full((count, len(raster.ends)), NEVER, dtype=np.int64)
    np.maximum.at(last, (series, np.maximum(month, 0)), days)
    heard: Ints = np.maximum.accumulate(last, axis=1)
    return heard


def _items(raster: Raster, kinds: Ints, places: Ints, holds: Bools) -> Ints:
    """How many series of each cell something holds of. Shapes: holds (series, months)."""
    sums = np.zeros(raster.shape, dtype=np.int64)
    np.add.at(sums, (kinds, places), holds.astype(np.int64))
    sums[:, 0] = sums.sum(axis=1)
    return sums


def _origins(found: Columns) -> Ints:
    """The number of who says so: the origin cluster, else the source, else the data set."""
    names = zip(*(texts(found[name]) for name in ("origin", "source", "dataset")), strict=True)
    said = [next(filter(None, each), "") for each in names]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(said))}
    return np.array([numbers[each] for each in said], dtype=np.int64)


def _answers(found: Columns) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """How many answers each row rests on; one that does not say passes."""
    said = np.ma.filled(np.ma.asarray(found["n"], dtype=np.float64), np.inf)
    return np.where(np.isnan(said), np.inf, said)


@dataclass(frozen=True)
class _Points:
    """Rows that tell how something is. Shapes: all (n,)."""

    kind: Ints
    area: Ints
    days: Ints
    origin: Ints
    answers: "np.ndarray[Any, np.dtype[np.float64]]"


def _resting_on(raster: Raster, points: _Points, shelf: Ints, least: Ints) -> tuple[Ints, Bools]:
    """How many origins the fresh rows of each cell have, and whether all of them rest on fewer than `least`."""
    origins, thin = np.zeros(raster.shape, dtype=np.int64), np.zeros(raster.shape, dtype=bool)
    for month, end in enumerate(raster.ends.tolist()):
        now = (points.days <= end) & (end - points.days <= shelf[points.kind])
        kind, area, origin = points.kind[now], points.area[now], points.origin[now]
        placed = area > 0  # what lies in an area counts for the country too
        told = [
            np.concatenate([kind[placed], kind]), np.concatenate([area[placed], 0 * area]),
            np.concatenate([origin[placed], origin]),
        ]  # fmt: skip
        of_kind, where, _ = np.unique(np.stack(told), axis=1)
        np.add.at(origins[:, :, month], (of_kind, where), 1)
        many = points.answers[now] >= least[kind]
        sure = np.zeros(raster.shape[:2], dtype=bool)
        sure[kind[many], area[many]] = sure[kind[many], 0] = True
        few = np.zeros(raster.shape[:2], dtype=bool)
        few[kind, area] = few[kind, 0] = True
        thin[:, :, month] = few & ~sure
    return origins, thin
