"""Data points by what a script asks for, page by page: filters and an order over the table of `as_shown`.

What is asked is compared with what is shown. Were it compared with what is kept, a coarsened row would give itself away
by answering to the very place, day or source that it hides. The same holds for the order in which rows come.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import BooleanValue, Table

from primacy.evidence.store.columns import SCHEMA

SHOWN = pa.schema([*SCHEMA, ("series", pa.string()), ("source_type", pa.string())])
KEY = ("date", "kind", "area", "item", "measure", "category")
"""The order in which rows come, the newest day first; rows that share all of these are told apart by the rest."""


@dataclass(frozen=True)
class Asked:
    """What rows must be like; None asks for nothing. `areas`: one of these, `category`: this one or below it."""

    kind: str | None = None
    category: str | None = None
    measure: str | None = None
    areas: tuple[str, ...] | None = None
    actor: str | None = None
    target: str | None = None
    group: str | None = None
    source: str | None = None
    series: str | None = None
    dataset: str | None = None
    item: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Position:
    """After which row to go on: its values of KEY, and how many rows with these same values were given already."""

    key: tuple[Any, ...]
    given: int


def points(rows: Table, asked: Asked) -> Table:
    """Of the rows as somebody sees them the ones asked for."""
    conditions = list(_conditions(rows, asked))
    return rows.filter(reduce(and_, conditions)) if conditions else rows


def page(found: Table, after: Position | None, size: int) -> Table:
    """So many rows after a position, in an order that is the same at every time."""
    skip = 0
    if after is not None:
        found, skip = found.filter(_from(found, after.key)), after.given
    return in_order(found).limit(size, offset=skip)


def in_order(found: Table) -> Table:
    """An order that is the same at every time: by KEY, and where that is the same by everything else."""
    rest = [name for name in SHOWN.names if name not in KEY]
    return found.order_by(found.date.desc(), *KEY[1:], *rest)


def position(rows: Sequence[Mapping[str, Any]], before: Position | None) -> Position:
    """Where a page ended."""
    key = tuple(rows[-1][name] for name in KEY)
    given = sum(tuple(row[name] for name in KEY) == key for row in rows)
    if before is not None and before.key == key:
        given += before.given
    return Position(key, given)


def _from(found: Table, key: Sequence[Any]) -> BooleanValue:
    """Rows at this key or after it."""
    day, *texts = key
    after: list[BooleanValue] = [found.date < ibis.literal(day)]
    same: BooleanValue = found.date == ibis.literal(day)
    for name, text in zip(KEY[1:], texts, strict=True):
        after.append(same & (found[name] > text))
        same &= found[name] == text
    return reduce(or_, after) | same


def _conditions(rows: Table, asked: Asked) -> Iterable[BooleanValue]:
    for name in ("kind", "measure", "actor", "target", "group", "source", "series", "dataset", "item"):
        if (wanted := getattr(asked, name)) is not None:
            yield rows[name] == wanted
    if asked.category is not None:
        yield (rows.category == asked.category) | rows.category.startswith(f"{asked.category}/")
    if asked.areas is not None:
        yield rows.area.isin(asked.areas)
    if asked.first is not None:
        yield rows.until >= ibis.literal(asked.first)
    if asked.last is not None:
        yield rows.date <= ibis.literal(asked.last)
