"""Set-based queries for a whole round: every indicator says which data points it reads, few expressions fetch all.

Counts over time come from the cube: its cells are fetched once, whatever the number of indicators, and each indicator
takes the slices that it reads. What needs actors, targets, groups or items (states, estimates, registers) comes from
the rows: columns with few distinct values are matched against the filters once, and the small table (combination,
selector) is joined to the data points.
"""

from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np

from primacy.evidence.cube import LONG_DAYS
from primacy.evidence.kinds import KINDS
from primacy.evidence.store import Store
from primacy.framework.grammar import Indicator

MATCHED = ("kind", "measure", "category", "actor", "target", "group")
IN_CUBE = ("kind", "measure", "category")
CODED = ("area", "dataset")
MONTHLY = ("month", "area", "dataset", "confidentiality", "value", "low", "high", "uncertain", "absent")
DETAIL = (
    "date", "until", "item", "area", "level", "kind", "actor", "target", "category", "wave", "stratum", "group",
    "measure", "value", "low", "high", "se", "n", "grade", "source", "origin", "dataset", "confidentiality",
)  # fmt: skip
ROW_FILTERS = {"item", "stratum", "wave", "source"}

Columns = Mapping[str, Any]  # arrays; of sums by month, area and data set are Coded
Expand = Callable[[str], list[str]]


@dataclass(frozen=True, eq=False)
class Coded:
    """A column of few different texts: which there are, and in each row the number of its text."""

    names: tuple[str, ...]
    codes: np.ndarray[Any, Any]

    @classmethod
    def of(cls, texts: np.ndarray[Any, Any]) -> "Coded":
        names = tuple(dict.fromkeys(texts.tolist()))
        numbers = {name: number for number, name in enumerate(names)}
        return cls(names, np.fromiter((numbers[each] for each in texts.tolist()), dtype=np.int32, count=len(texts)))

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, picked: Any) -> "Coded":
        return Coded(self.names, self.codes[picked])

    def present(self) -> list[str]:
        """The texts that some row has."""
        return [self.names[number] for number in np.unique(self.codes).tolist()]

    def mapped(self, value: Callable[[str], Any], dtype: Any = None) -> np.ndarray[Any, Any]:
        """A value for each row, asked once of each text."""
        found: np.ndarray[Any, Any] = np.array([value(name) for name in self.names], dtype=dtype)[self.codes]
        return found


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

    @property
    def of_cells(self) -> bool:
        """Whether the cube has all that it asks for."""
        asked = {column for column, _ in (*self.where, *self.except_)}
        return not self.detail and not asked & (set(MATCHED) - set(IN_CUBE))

    def takes(self, combination: Mapping[str, str], expand: Expand) -> bool:
        if combination["kind"] != self.kind or (self.measures and combination["measure"] not in self.measures):
            return False
        inside = all(
            matches(combination[column], wanted, column, expand)
            for column, wanted in self.where
            if column in combination
        )
        excluded = any(
            matches(combination[column], wanted, column, expand)
            for column, wanted in self.except_
            if column in combination
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


def select(
    store: Store, wanted: Iterable[Selector], expand: Expand, *, as_of: date, known: datetime, level: int | None = None
) -> Selected:
    """Fetch what the selectors take; `level` leaves out what is more confidential."""
    selectors = list(dict.fromkeys(wanted))
    of_cells = [each for each in selectors if each.of_cells]
    of_rows = [each for each in selectors if not each.of_cells]
    monthly: Mapping[Selector, Columns] = {}
    more: dict[Selector, Columns] = {}
    detail: dict[Selector, Columns] = {}
    if of_cells:
        monthly = _of_cells(store, up_to(store.cells(as_of=as_of, known=known), level), of_cells, expand)
    if of_rows:
        more, detail = _of_rows(store, up_to(store.rows(as_of=as_of, known=known), level), of_rows, expand)
    return Selected(ChainMap(more, monthly), detail)  # type: ignore[arg-type]


def up_to(rows: ir.Table, level: int | None) -> ir.Table:
    return rows if level is None else rows.filter(rows.confidentiality <= level)


def counted(
    store: Store, rows: ir.Table, wanted: Mapping[str, Iterable[Selector]], expand: Expand
) -> dict[str, int]:  # fmt: skip
    """How many distinct items each benchmark reads."""
    names = list(wanted)
    pairs = _pairs(store, rows, {each: number for number, each in enumerate(selectors_in(wanted))}, expand, MATCHED)
    of_selector: dict[int, list[Mapping[str, str]]] = {}
    for combination, number in pairs:
        of_selector.setdefault(number, []).append(combination)
    numbers = {each: number for number, each in enumerate(selectors_in(wanted))}
    asked = {
        (tuple(combination[column] for column in MATCHED), place)
        for place, name in enumerate(names)
        for selector in wanted[name]
        for combination in of_selector.get(numbers[selector], ())
    }
    if not asked:
        return dict.fromkeys(names, 0)
    ordered = sorted(asked)
    lent = store.lend(
        {column: [each[0][i] for each in ordered] for i, column in enumerate(MATCHED)}
        | {"benchmark": [each[1] for each in ordered]}
    )
    chosen = _filled(rows).join(lent, list(MATCHED))
    found = store.columns(chosen.group_by("benchmark").agg(items=chosen.item.nunique()))
    counts = dict(zip(found["benchmark"].tolist(), found["items"].tolist(), strict=True))
    return {name: counts.get(place, 0) for place, name in enumerate(names)}


def selectors_in(wanted: Mapping[str, Iterable[Selector]]) -> list[Selector]:
    """All selectors, each once."""
    return list(dict.fromkeys(each for group in wanted.values() for each in group))


def taken(store: Store, rows: ir.Table, wanted: Mapping[str, Iterable[Selector]], expand: Expand) -> ir.Table:
    """The data points that any selector takes, each once."""
    filled = _filled(rows)
    numbered = {selector: number for number, selector in enumerate(selectors_in(wanted))}
    pairs = _pairs(store, filled, numbered, expand, MATCHED)
    combinations = dict.fromkeys(tuple(combination[column] for column in MATCHED) for combination, _ in pairs)
    lent = store.lend({column: [each[i] for each in combinations] for i, column in enumerate(MATCHED)})
    return filled.semi_join(lent, list(MATCHED))


def _filled(rows: ir.Table) -> ir.Table:
    return rows.mutate(**{name: rows[name].fill_null("") for name in (*MATCHED, "area")})


def _pairs(
    store: Store, rows: ir.Table, numbered: Mapping[Selector, int], expand: Expand, columns: Sequence[str]
) -> list[tuple[Mapping[str, str], int]]:
    """Every (combination, selector) that match. Combinations are few: thousands where data points are millions."""
    by_kind: dict[str, list[tuple[Selector, int]]] = {}
    for selector, number in numbered.items():
        by_kind.setdefault(selector.kind, []).append((selector, number))
    rows = rows.filter(rows.kind.isin(sorted(by_kind) or [""]))
    found = store.columns_again(rows.select(*columns).distinct().order_by(*columns))
    combinations = [dict(zip(columns, each, strict=True)) for each in zip(*(found[c] for c in columns), strict=True)]
    return [
        (combination, number)
        for combination in combinations
        for selector, number in by_kind.get(combination["kind"], ())
        if selector.takes(combination, expand)
    ]


# ---- from the cube


def _of_cells(store: Store, cells: ir.Table, selectors: list[Selector], expand: Expand) -> Mapping[Selector, Columns]:
    """The cells that each selector takes. All are fetched once, in an order in which each combination is a slice."""
    numbered = {selector: number for number, selector in enumerate(selectors)}
    pairs = _pairs(store, cells, numbered, expand, IN_CUBE) if selectors else []
    if not pairs:
        return {}
    combinations = list(dict.fromkeys(tuple(combination[column] for column in IN_CUBE) for combination, _ in pairs))
    codes = {combination: code for code, combination in enumerate(combinations)}
    lent = store.lend({column: [each[i] for each in combinations] for i, column in enumerate(IN_CUBE)}
                      | {"code": list(codes.values())})  # fmt: skip
    chosen = cells.join(lent, list(IN_CUBE))
    names: dict[str, tuple[str, ...]] = {}
    for column in CODED:
        found = store.columns_again(cells.select(column).distinct().order_by(column))[column].tolist()
        names[column] = tuple(found)
        numbers = store.lend({column: found, f"{column}_code": list(range(len(found)))})
        chosen = chosen.join(numbers, column)
    chosen = chosen.select("code", "known_month", *(f"{name}_code" if name in CODED else name for name in MONTHLY))
    columns = {name: _filled_in(column) for name, column in store.columns(chosen).items()}
    order = _order([columns[name] for name in ("code", "month", "area_code", "dataset_code", "confidentiality",
                                               "known_month")], columns["value"])  # fmt: skip
    columns = {name: column[order] for name, column in columns.items()}
    edges = np.searchsorted(columns["code"], np.arange(len(codes) + 1)).tolist()
    taking: dict[Selector, list[slice]] = {}
    for combination, number in pairs:
        code = codes[tuple(combination[column] for column in IN_CUBE)]
        taking.setdefault(selectors[number], []).append(slice(edges[code], edges[code + 1]))
    return Cells(columns, names, taking)


def _order(keys: Sequence[np.ndarray[Any, Any]], value: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The order by whole numbers, the first counting most, and then by a value: the same whatever came back first.

    They are packed into one number where they fit, which sorts many times faster.
    """
    packed, size = np.zeros(len(value), dtype=np.int64), 1
    for key in keys:
        least, most = (int(key.min()), int(key.max())) if len(key) else (0, 0)
        size *= most - least + 1
        if size >= 2**62:
            return np.lexsort([value, *reversed(keys)])
        packed = packed * (most - least + 1) + (key.astype(np.int64) - least)
    order = np.argsort(packed, kind="stable")
    ordered = packed[order]
    if (ordered[1:] == ordered[:-1]).any():
        return np.lexsort([value, packed])
    return order


class Cells(Mapping[Selector, Columns]):
    """All cells, and of each selector the slices that it takes: put together when they are asked for."""

    def __init__(
        self, columns: Columns, names: Mapping[str, tuple[str, ...]], taking: Mapping[Selector, list[slice]]
    ) -> None:
        self._columns, self._names, self._taking = columns, names, taking

    def __getitem__(self, selector: Selector) -> Columns:
        if selector not in self._taking:
            raise KeyError(selector)
        return Picked(self, selector)

    def column(self, selector: Selector, name: str) -> Any:
        """One column of what a selector takes."""
        parts = [self._columns[f"{name}_code" if name in CODED else name][each] for each in self._taking[selector]]
        joined = parts[0] if len(parts) == 1 else np.concatenate(parts)
        return Coded(self._names[name], joined) if name in CODED else joined

    def __contains__(self, selector: object) -> bool:
        return selector in self._taking

    def __iter__(self) -> Iterator[Selector]:
        return iter(self._taking)

    def __len__(self) -> int:
        return len(self._taking)


class Picked(Mapping[str, Any]):
    """The columns of one selector, each put together when it is asked for."""

    def __init__(self, cells: Cells, selector: Selector) -> None:
        self._cells, self._selector = cells, selector

    def __getitem__(self, name: str) -> Any:
        return self._cells.column(self._selector, name)

    def __iter__(self) -> Iterator[str]:
        return iter(MONTHLY)

    def __len__(self) -> int:
        return len(MONTHLY)


# ---- from the rows


def _of_rows(
    store: Store, rows: ir.Table, selectors: list[Selector], expand: Expand
) -> tuple[dict[Selector, Columns], dict[Selector, Columns]]:
    """(sums by month, rows) of the selectors that the cube cannot answer."""
    filled = _filled(rows)
    numbered = {selector: number for number, selector in enumerate(selectors)}
    pairs = _pairs(store, filled, numbered, expand, MATCHED) if selectors else []
    by_row = [pair for pair in pairs if selectors[pair[1]].detail]
    by_month = [pair for pair in pairs if not selectors[pair[1]].detail]
    monthly = _parted(store, _sums(_chosen(store, filled, by_month), by_month), MONTHLY, selectors) if by_month else {}
    monthly = {
        selector: {**columns, **{name: Coded.of(columns[name]) for name in CODED}}
        for selector, columns in monthly.items()
    }
    detail = _parted(store, _chosen(store, filled, by_row), DETAIL, selectors) if by_row else {}
    return monthly, detail


def _chosen(store: Store, rows: ir.Table, pairs: list[tuple[Mapping[str, str], int]]) -> ir.Table:
    """The data points joined to the selectors that take them."""
    lent = store.lend(
        {column: [combination[column] for combination, _ in pairs] for column in MATCHED}
        | {"selector": [number for _, number in pairs]}
    )
    return rows.join(lent, list(MATCHED))


def _sums(chosen: ir.Table, pairs: list[tuple[Mapping[str, str], int]]) -> ir.Table:
    chosen = _without_breakdown(chosen, pairs)
    chosen = chosen.mutate(
        month=(chosen.date.year() * 12 + chosen.date.month() - 1).cast("int32"),
        low=chosen.low.coalesce(chosen.value), high=chosen.high.coalesce(chosen.value),
    )  # fmt: skip
    return chosen.group_by("selector", "month", "area", "dataset", "confidentiality").agg(
        value=chosen.value.sum(), low=chosen.low.sum(), high=chosen.high.sum(),
        uncertain=(chosen.until.delta(chosen.date, unit="day") > LONG_DAYS).cast("int64").sum(),
        absent=chosen.value.isnull().cast("int64").sum(),
    )  # fmt: skip


def _without_breakdown(rows: ir.Table, pairs: list[tuple[Any, int]]) -> ir.Table:
    """Rows of groups (women, men) left out where the item also has its total, so that nothing counts twice."""
    if all(not combination["group"] for combination, _ in pairs):
        return rows
    same = ibis.window(group_by=[rows["selector"], rows["dataset"], rows["item"], rows["measure"], rows["date"]])
    marked = rows.mutate(has_total=(rows["group"] == "").cast("int8").max().over(same))
    return marked.filter((marked["group"] == "") | (marked.has_total == 0)).drop("has_total")


def _parted(
    store: Store, asked: ir.Table, names: Sequence[str], selectors: list[Selector]
) -> dict[Selector, Columns]:  # fmt: skip
    """The answer by selector, in an order that no engine and no order of the rows changes."""
    words = {name for name in names if asked[name].type().is_string()}
    asked = asked.select(
        "selector", **{name: asked[name].fill_null("") if name in words else asked[name] for name in names}
    )
    found = store.columns(asked.order_by("selector", *names))
    columns = {name: _filled_in(column) for name, column in found.items()}
    order = columns["selector"]
    edges = np.searchsorted(order, np.arange(len(selectors) + 1)).tolist()
    return {
        selector: {name: columns[name][edges[number] : edges[number + 1]] for name in names}
        for number, selector in enumerate(selectors)
        if edges[number] < edges[number + 1]
    }


def _filled_in(column: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Days as numbers, -1 where there is none; numbers that are missing NaN, whole ones 0; text as it is."""
    data = np.ma.getdata(column)
    if data.dtype.kind in "fi" and not np.ma.is_masked(column):
        return data
    missing = np.ma.getmaskarray(column)
    match data:
        case days if days.dtype.kind == "M":
            return np.where(missing, -1, days.astype("datetime64[D]").astype(np.int64))
        case numbers if numbers.dtype.kind == "f":
            return np.where(missing, np.nan, numbers).astype(np.float64)
        case whole if whole.dtype.kind == "i":
            return np.where(missing, 0, whole).astype(np.int64)
        case text:
            return text
