"""Questions to the data points: which of them, counted by month, place, kind, source and category, and page by page.

All on the table of `as_shown`, so that a question never learns more than its answer may show.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

import ibis
import numpy as np
from ibis.expr.types import Table
from numpy.typing import NDArray

from primacy.evidence.kinds import ADDED_UP
from primacy.evidence.shown.lately import kept_lately
from primacy.evidence.shown.points_asked import Asked, points
from primacy.evidence.store.cube import lasts_long, month_of
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.raster import NEVER_BY_PLACE, texts, wholes
from primacy.evidence.store.store import Store
from primacy.places.areas import Areas

PAGE = 25
KEYS = ("kind", "series", "category", "group")  # what is counted beside months and areas
ORDER = ("kind", "series", "line", "item", "measure", "group", "area", "category", "actor", "target", "until", "value",
         "source_type", "grade", "low", "high", "n", "origin", "source", "note", "dataset")  # fmt: skip
"""After the day. Rows alike in all of these look alike, so that their order among themselves does not matter."""
MOST_SUMMED = 8  # questions, each of some thousand cells
MOST_PAGED = 20  # pages of rows


@dataclass(frozen=True)
class Question:
    """Which data points. Empty fields ask for all.

    area       a P-code, with everything inside it
    series     lineage of a data set
    category   a path, with everything below it
    level      of confidentiality, exactly
    """

    kind: str = ""
    measure: str = ""
    area: str = ""
    series: str = ""
    category: str = ""
    since: date | None = None
    until: date | None = None
    level: int | None = None

    @property
    def adds_up(self) -> bool:
        """Whether the values of what is asked for may be added up: one measure of events or effort."""
        return bool(self.measure) and self.kind in ADDED_UP


@dataclass(frozen=True)
class Place:
    """A place in the order of rows from which to go on: a day, and how many rows of that day were seen."""

    day: date
    seen: int

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.seen}"

    @classmethod
    def read(cls, text: str) -> "Place":
        """Raises ValueError for what is none."""
        day, dot, seen = text.partition(".")
        if not dot or not seen.isdecimal() or not seen.isascii() or len(seen) > 9:
            raise ValueError(text)
        return cls(date.fromisoformat(day), int(seen))


Page = tuple[list[dict[str, Any]], Place | None]  # rows, newest first, and where the next page begins
Groups = Mapping[str, tuple[int, float]]  # key -> (rows, sum of values)


@dataclass(frozen=True)
class Sums:
    """Of each cell (month, area, key) the rows and the sum of their values. Shapes: all (cells,).

    month      the one in which a data point begins
    reached    the last month in which one of the cell ends; `of_long` the same of those that are longer than a month
    """

    month: NDArray[np.int64]
    area: Sequence[str]
    level: NDArray[np.int64]
    kind: Sequence[str]
    key: Sequence[str]
    rows: NDArray[np.int64]
    value: NDArray[np.float64]
    reached: NDArray[np.int64]
    of_long: NDArray[np.int64]

    @property
    def total(self) -> tuple[int, float]:
        """(rows, sum of values)."""
        return int(self.rows.sum()), float(self.value.sum())

    @cached_property
    def by_month(self) -> Mapping[int, tuple[int, float]]:
        found = _grouped(self.month, self.rows, self.value)
        return {int(month): cell for month, cell in found.items()}

    @cached_property
    def longer(self) -> Mapping[int, int]:
        """Month -> the last month of periods longer than a month that begin in it: their value is not of it alone."""
        return _latest(self.month, self.of_long)

    @cached_property
    def reached_into(self) -> frozenset[int]:
        """Months into which a data point of an earlier one reaches: what it tells may be of them."""
        last = _latest(self.month, self.reached)
        return frozenset(month for first, end in last.items() for month in range(first + 1, end + 1))

    def by_key(self) -> Groups:
        return _grouped(np.array(self.key, dtype=object), self.rows, self.value)

    def by_area(self, areas: Areas, level: int) -> Groups:
        """By the areas of one level; what is reliable only above it, or never told by place, counts nowhere."""
        above = {code: areas.ancestor(code, level) or "" for code in set(self.area)}
        cells = zip(self.area, self.level.tolist(), self.kind, strict=True)
        keys = [above[code] if n >= level and kind not in NEVER_BY_PLACE else "" for code, n, kind in cells]
        found = _grouped(np.array(keys, dtype=object), self.rows, self.value)
        return {code: cell for code, cell in found.items() if code}


def _grouped(
    keys: NDArray[Any], rows: NDArray[np.int64], value: NDArray[np.float64]
) -> Mapping[Any, tuple[int, float]]:
    counts: dict[Any, int] = {}
    totals: dict[Any, float] = {}
    for key, number, amount in zip(keys.tolist(), rows.tolist(), value.tolist(), strict=True):
        counts[key] = counts.get(key, 0) + number
        totals[key] = totals.get(key, 0.0) + amount
    return {key: (counts[key], totals[key]) for key in counts}


def _latest(month: NDArray[np.int64], end: NDArray[np.int64]) -> Mapping[int, int]:
    """The last end of what begins in a month and ends in a later one."""
    found: dict[int, int] = {}
    for first, last in zip(month.tolist(), end.tolist(), strict=True):
        if last > first:
            found[first] = max(last, found.get(first, last))
    return found


@dataclass(frozen=True)
class AtHand:
    """The data points of one state of the store as one class of viewers sees them."""

    store: Store
    shown: Table
    areas: Areas
    versions: Sequence[DatasetVersion]
    silent: Sequence[DatasetVersion]  # those whose silence may be told: all of their rows are shown
    as_of: date
    known: datetime
    of_kinds: dict[str, list[str]] = field(default_factory=dict)
    of_series: list[list[str]] = field(default_factory=list)
    summed: OrderedDict[tuple[Question, str], Sums] = field(default_factory=OrderedDict)
    paged: OrderedDict[tuple[Question, Place | None], Page] = field(default_factory=OrderedDict)

    def categories(self, kind: str) -> list[str]:
        """The categories that the rows of a kind have; asked of the engine once."""
        if kind not in self.of_kinds:
            of_kind = self.shown.filter(self.shown.kind == kind).select("category").distinct()
            self.of_kinds[kind] = sorted(filter(None, texts(self.store.columns_again(of_kind)["category"])))
        return self.of_kinds[kind]

    @property
    def told_series(self) -> list[str]:
        """The lineages that are told with their rows; asked of the engine once."""
        if not self.of_series:
            found = self.store.columns_again(self.shown.select("series").distinct())
            self.of_series.append(sorted(filter(None, texts(found["series"]))))
        return self.of_series[0]

    def found(self, question: Question) -> Table:
        """The rows that are asked for, as an expression."""
        return narrowed(self.shown, question, inside(self.areas, question.area))

    def sums(self, question: Question, *, by: str) -> Sums:
        """Those of the last few questions are kept: page after page is asked of one."""
        return kept_lately(
            self.summed, (question, by), MOST_SUMMED,
            lambda: sums(self.store, self.found(question), by=by, adds_up=question.adds_up),
        )  # fmt: skip

    def page(self, question: Question, place: Place | None) -> Page:
        """One page of rows; the last few are kept."""
        return kept_lately(
            self.paged, (question, place), MOST_PAGED, lambda: page(self.store, self.found(question), place)
        )


@dataclass(frozen=True)
class Explored:
    at_hand: AtHand
    rows: list[dict[str, Any]]
    next: Place | None
    sums: Sums


def narrowed(shown: Table, question: Question, inside: Sequence[str] = ()) -> Table:
    """The rows that a question asks for; `inside` are the codes of its area and of all in it."""
    area = tuple(inside) or (question.area,)
    asked = Asked(
        kind=question.kind or None, measure=question.measure or None, areas=area if question.area else None,
        series=question.series or None, category=question.category or None, last=question.until,
    )  # fmt: skip
    shown = points(shown, asked)
    if question.since is not None:
        shown = shown.filter(shown.date >= ibis.literal(question.since))
    if question.level is not None:
        shown = shown.filter(shown.confidentiality == question.level)
    return shown


def inside(areas: Areas, code: str) -> list[str]:
    """The codes of an area and of all in it, those of other editions that mean one of them now included."""
    return [code, *sorted(areas.descendants(code)), *areas.former_inside(code)] if code else []


def with_counted(rows: Table) -> Table:
    """Rows with `counted`: whether their value is added up. That of a group is not where its item has a total."""
    same = ["dataset", "item", "measure", "date"]
    parted = rows.filter(rows.group != "").select(*same).distinct()
    totals = rows.filter(rows.group == "").semi_join(parted, same).select(*same).distinct().mutate(has_total=True)
    joined = rows.left_join(totals, same)
    counted = (joined.group == "") | joined.has_total.isnull()
    return joined.mutate(counted=counted).select(*rows.columns, "counted")


def sums(store: Store, found: Table, *, by: str, adds_up: bool) -> Sums:
    """The cells of what was asked for, with one of KEYS beside month and area; `found` with `counted`."""
    end = month_of(found.until.coalesce(found.date))
    parts = found.mutate(
        month=month_of(found.date), key=found[by], reached=end, of_long=lasts_long(found).ifelse(end, 0)
    )
    value = parts.counted.ifelse(parts.value, 0.0).sum() if adds_up else ibis.literal(0.0)
    columns = store.columns(
        parts.group_by("month", "area", "level", "kind", "key").agg(
            rows=parts.count(), total=value, reached=parts.reached.max(), of_long=parts.of_long.max()
        )
    )
    return Sums(
        month=wholes(columns["month"]), area=texts(columns["area"]), level=wholes(columns["level"]),
        kind=texts(columns["kind"]), key=texts(columns["key"]), rows=wholes(columns["rows"]),
        value=np.ma.filled(np.ma.asarray(columns["total"]).astype(float), 0.0),
        reached=wholes(columns["reached"]), of_long=wholes(columns["of_long"]),
    )  # fmt: skip


def page(store: Store, found: Table, place: Place | None, size: int = PAGE) -> Page:
    """(rows, newest first, from a place on; the place after them, None where none are left)."""
    if place is not None:
        found = found.filter(found.date <= ibis.literal(place.day))
    ordered = found.order_by(found.date.desc(), *ORDER)
    listed = store.fetch(ordered.limit(size + 1, offset=place.seen if place else 0)).to_pylist()
    shown = listed[:size]
    if len(listed) <= size:
        return shown, None
    last = shown[-1]["date"]
    seen = sum(row["date"] == last for row in shown)
    return shown, Place(last, seen + (place.seen if place and place.day == last else 0))
