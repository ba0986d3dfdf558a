"""One set-based query for a whole round: every indicator says which data points it reads, one expression fetches all.

Columns with few distinct values (kind, measure, category, actor, target, group) are matched against the filters once;
the result is a small table (combination, selector) that is joined to the data points. Counts over time come back summed
by month and area; what needs its items (states, estimates, registers) comes back row by row. DuckDB runs the
expression; any other engine of ibis can.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np

from primacy.evidence.kinds import KINDS
from primacy.evidence.store import Store
from primacy.framework.grammar import Indicator

MATCHED = ("kind", "measure", "category", "actor", "target", "group")
MONTHLY = (
    "month",
    "area",
    "level",
    "dataset",
    "confidentiality",
    "value",
    "low",
    "high",
    "items",
    "uncertain",
    "absent",
)
DETAIL = (
    "date", "until", "item", "area", "level", "kind", "actor", "target", "category", "wave", "stratum", "group",
    "measure", "value", "low", "high", "se", "n", "grade", "source", "origin", "dataset", "confidentiality",
)  # fmt: skip
LONG_DAYS = 31  # a data point that covers more days does not say in which month it belongs
ROW_FILTERS = {"item", "stratum", "wave", "source"}

Columns = dict[str, np.ndarray[Any, Any]]
Expand = Callable[[str], list[str]]


@dataclass(frozen=True)
class Selector:
    """Which data points one reading takes. `measures` empty means any; `detail` asks for rows instead of sums."""

    kind: str
    measures: frozenset[str]
    where: tuple[tuple[str, Any], ...]
    except_: tuple[tuple[str, Any], ...]
    detail: bool

    @cached_property
    def _hash(self) -> int:
        return hash((self.kind, self.measures, repr(self.where), repr(self.except_), self.detail))

    def __hash__(self) -> int:
        return self._hash

    def takes(self, combination: Mapping[str, str], expand: Expand) -> bool:
        if combination["kind"] != self.kind or (self.measures and combination["measure"] not in self.measures):
            return False
        inside = all(
            matches(combination[column], wanted, column, expand) for column, wanted in self.where if column in MATCHED
        )
        excluded = any(
            matches(combination[column], wanted, column, expand) for column, wanted in self.except_ if column in MATCHED
        )
        return inside and not excluded


def matches(value: str, wanted: Any, column: str, expand: Expand) -> bool:
    """Whether a value passes a filter: a value, a list (or), `{not: ...}`; categories match by path, groups by part."""
    if isinstance(wanted, dict):
        if set(wanted) != {"not"}:
            raise ValueError(f"the filter on {column} has {', '.join(wanted)}; only `not` is possible here")
        return not matches(value, wanted["not"], column, expand)
    if isinstance(wanted, list):
        return any(matches(value, each, column, expand) for each in wanted)
    if isinstance(wanted, str) and wanted.startswith("mission."):
        return any(matches(value, each, column, expand) for each in expand(wanted))
    if column == "category":
        return value == wanted or value.startswith(f"{wanted}/")
    if column == "group":
        return wanted == value or set(str(wanted).split(";")) <= set(value.split(";"))
    return value == str(wanted)


def selectors_of(indicator: Indicator, *, by_row: bool = False) -> dict[str, Selector]:
    """The readings that an indicator needs, by role: `main`, and `register` and `effort` where it names them."""
    if indicator.kind is None:
        return {}
    main = _main(indicator, indicator.kind, by_row)
    wanted = {"main": main}
    if indicator.register_ is not None and indicator.register_ in KINDS and indicator.register_ != indicator.kind:
        wanted["register"] = Selector(indicator.register_, frozenset({"expected"}), (), (), detail=True)
    if indicator.effort is not None:
        wanted["effort"] = Selector(indicator.effort, frozenset(), (), (), detail=False)
    return wanted


def _main(indicator: Indicator, kind: str, by_row: bool) -> Selector:
    where, except_ = tuple(indicator.where.items()), tuple(indicator.except_.items())
    if KINDS[kind].nature in ("event", "effort"):
        by_row = (
            by_row
            or indicator.register_ is not None
            or bool(indicator.pass_)
            or indicator.aggregate in ("distinct", "median_gap")
            or bool(ROW_FILTERS & set(indicator.where))
        )
        measures = frozenset({indicator.measure or next(iter(KINDS[kind].measures))})
        return Selector(kind, measures, where, except_, detail=by_row)
    measure = indicator.measure or indicator.pass_.get("measure")
    return Selector(kind, frozenset({measure, "expected", "due"}) if measure else frozenset(), where, except_, True)


@dataclass(frozen=True)
class Selected:
    """What came back. Keys are selectors; columns as named in MONTHLY and DETAIL."""

    monthly: Mapping[Selector, Columns] = field(default_factory=dict)
    detail: Mapping[Selector, Columns] = field(default_factory=dict)
    items: Mapping[str, int] = field(default_factory=dict)


def select(store: Store, rows: ir.Table, wanted: Mapping[str, Iterable[Selector]], expand: Expand) -> Selected:
    """Run the one expression. `wanted` gives the selectors of each benchmark; `items` counts its distinct items."""
    selectors = list(dict.fromkeys(each for group in wanted.values() for each in group))
    numbered = {selector: number for number, selector in enumerate(selectors)}
    filled = _filled(rows)
    pairs = _pairs(store, filled, numbered, expand)
    if not pairs:
        return Selected(items=dict.fromkeys(wanted, 0))
    totals = {name: len(selectors) + index for index, name in enumerate(wanted)}
    for name, group in wanted.items():
        mine = {numbered[each] for each in group}
        seen: dict[tuple[str, ...], Mapping[str, str]] = {}
        for combination, number in pairs:
            if number in mine:
                seen[tuple(combination[column] for column in MATCHED)] = combination
        pairs += [(combination, totals[name]) for combination in seen.values()]
    shapes = {number: "rows" if selector.detail else "sums" for selector, number in numbered.items()}
    columns = store.columns(answer(store, filled, pairs, shapes))
    return _sorted_out({name: _filled_in(column) for name, column in columns.items()}, selectors, totals)


def taken(store: Store, rows: ir.Table, wanted: Mapping[str, Iterable[Selector]], expand: Expand) -> ir.Table:
    """The data points that any selector takes, each once."""
    selectors = dict.fromkeys(each for group in wanted.values() for each in group)
    filled = _filled(rows)
    pairs = _pairs(store, filled, {selector: number for number, selector in enumerate(selectors)}, expand)
    combinations = dict.fromkeys(tuple(combination[column] for column in MATCHED) for combination, _ in pairs)
    lent = store.lend({column: [each[i] for each in combinations] for i, column in enumerate(MATCHED)})
    return filled.semi_join(lent, list(MATCHED))


def _filled(rows: ir.Table) -> ir.Table:
    return rows.mutate(**{name: rows[name].fill_null("") for name in (*MATCHED, "area")})


def _pairs(
    store: Store, rows: ir.Table, numbered: Mapping[Selector, int], expand: Expand
) -> list[tuple[Mapping[str, str], int]]:
    """Every (combination, selector) that match. Combinations are few: thousands where data points are millions."""
    columns = store.columns_again(rows.select(*MATCHED).distinct().order_by(*MATCHED))
    combinations = [dict(zip(MATCHED, each, strict=True)) for each in zip(*(columns[c] for c in MATCHED), strict=True)]
    by_kind: dict[str, list[tuple[Selector, int]]] = {}
    for selector, number in numbered.items():
        by_kind.setdefault(selector.kind, []).append((selector, number))
    return [
        (combination, number)
        for combination in combinations
        for selector, number in by_kind.get(combination["kind"], ())
        if selector.takes(combination, expand)
    ]


def answer(store: Store, rows: ir.Table, pairs: list[tuple[Any, int]], shapes: Mapping[int, str]) -> ir.Table:
    """The expression itself: data points joined to (combination, selector), summed by month, kept, or counted."""
    mapping = store.lend(
        {
            **{column: [combination[column] for combination, _ in pairs] for column in MATCHED},
            "selector": [number for _, number in pairs],
            "shape": [shapes.get(number, "count") for _, number in pairs],
        }
    )
    chosen = rows.join(mapping, list(MATCHED))
    chosen = chosen.mutate(
        month=(chosen.date.year() * 12 + chosen.date.month() - 1).cast("int32"),
        low=chosen.low.coalesce(chosen.value),
        high=chosen.high.coalesce(chosen.value),
    )
    text = {name: ibis.literal("") for name in DETAIL if name not in ("date", "until", "level", "confidentiality")}
    numbers = ("value", "low", "high", "se", "n")
    sums = _without_breakdown(chosen.filter(chosen["shape"] == "sums"), pairs)
    sums = sums.group_by("selector", "month", "area", "level", "dataset", "confidentiality").agg(
        value=sums.value.sum(), low=sums.low.sum(), high=sums.high.sum(), items=sums.item.nunique(),
        uncertain=(sums.until.delta(sums.date, unit="day") > LONG_DAYS).cast("int64").sum(),
        absent=sums.value.isnull().cast("int64").sum(),
    )  # fmt: skip
    as_sums = sums.select(
        "selector", "month", "level", "confidentiality", "area", "dataset", "value", "low", "high", "items",
        "uncertain", "absent", date=ibis.null("date"), until=ibis.null("date"),
        se=ibis.null("float64"), n=ibis.null("float64"),
        **{name: value for name, value in text.items() if name not in (*numbers, "area", "dataset")},
    )  # fmt: skip
    detail, words = chosen.filter(chosen["shape"] == "rows"), set(text) - set(numbers)
    as_rows = detail.select(
        "selector", month=detail.month, items=ibis.literal(1, "int64"), uncertain=ibis.literal(0, "int64"),
        absent=ibis.literal(0, "int64"),
        **{name: detail[name].fill_null("") if name in words else detail[name] for name in DETAIL},
    )  # fmt: skip
    order = ["selector", "month", "items", "uncertain", "absent", *DETAIL]
    return as_sums.select(*order).union(as_rows.select(*order)).union(_counted(chosen, order)).order_by(*order)


def _without_breakdown(rows: ir.Table, pairs: list[tuple[Any, int]]) -> ir.Table:
    """Rows of groups (women, men) left out where the item also has its total, so that nothing counts twice."""
    if all(not combination["group"] for combination, _ in pairs):
        return rows
    same = ibis.window(group_by=[rows["selector"], rows["dataset"], rows["item"], rows["measure"], rows["date"]])
    marked = rows.mutate(has_total=(rows["group"] == "").cast("int8").max().over(same))
    return marked.filter((marked["group"] == "") | (marked.has_total == 0)).drop("has_total")


def _counted(chosen: ir.Table, order: list[str]) -> ir.Table:
    """Distinct items of each benchmark, in the shape of the other parts."""
    counts = chosen.filter(chosen["shape"] == "count").group_by("selector").agg(items=chosen.item.nunique())
    empty = {"month": ibis.literal(0, "int32"), "uncertain": ibis.literal(0, "int64"),
             "absent": ibis.literal(0, "int64"), "level": ibis.null("int8"),
             "confidentiality": ibis.null("int8"), "date": ibis.null("date"), "until": ibis.null("date")}  # fmt: skip
    floats = dict.fromkeys(("value", "low", "high", "se", "n"), ibis.null("float64"))
    words = {name: ibis.literal("") for name in order if name not in {*empty, *floats, "selector", "items"}}
    return counts.select("selector", "items", **empty, **floats, **words).select(*order)


def _sorted_out(columns: Columns, selectors: list[Selector], totals: Mapping[str, int]) -> Selected:
    order = columns["selector"]
    starts = {int(number): slice(*np.searchsorted(order, [number, number + 1])) for number in np.unique(order)}
    monthly: dict[Selector, Columns] = {}
    detail: dict[Selector, Columns] = {}
    for number, selector in enumerate(selectors):
        if number in starts:
            names = DETAIL if selector.detail else MONTHLY
            part = {name: columns[name][starts[number]] for name in names}
            (detail if selector.detail else monthly)[selector] = part
    items = {name: int(columns["items"][starts[n]].sum()) if n in starts else 0 for name, n in totals.items()}
    return Selected(monthly, detail, items)


def _filled_in(column: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Days as numbers, -1 where there is none; numbers that are missing NaN, whole ones 0; text as it is."""
    missing = np.ma.getmaskarray(column)
    match np.ma.getdata(column):
        case days if days.dtype.kind == "M":
            return np.where(missing, -1, days.astype("datetime64[D]").astype(np.int64))
        case numbers if numbers.dtype.kind == "f":
            return np.where(missing, np.nan, numbers).astype(np.float64)
        case whole if whole.dtype.kind == "i":
            return np.where(missing, 0, whole).astype(np.int64)
        case text:
            return text
