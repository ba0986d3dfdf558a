"""Sums by month and place, fetched once for all indicators, of which each takes the slices that it reads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir
import numpy as np

from primacy.assessment.indicators.combinations import lent, pairs_in
from primacy.assessment.indicators.selectors import IN_CUBE, Selector
from primacy.evidence.store.built_once import built_once
from primacy.evidence.store.store import Store
from primacy.framework.filters import Expand

CODED = ("area", "dataset")
MONTHLY = ("month", "area", "dataset", "confidentiality", "value", "low", "high", "uncertain", "absent")

Columns = Mapping[str, Any]  # arrays; of sums by month, area and data set are Coded


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


def of_cells(store: Store, cells: ir.Table, selectors: list[Selector], expand: Expand) -> Mapping[Selector, Columns]:
    """The cells that each selector takes. All are fetched once, in an order in which each combination is a slice."""
    pairs = pairs_in(store, cells, selectors, expand, IN_CUBE)
    if not pairs:
        return {}
    combinations = list(dict.fromkeys(combination for combination, _ in pairs))
    codes = {combination: code for code, combination in enumerate(combinations)}
    numbered = [lent(store, combinations, IN_CUBE, code=list(codes.values()))]
    names: dict[str, tuple[str, ...]] = {}
    for column in CODED:
        found = store.columns_again(_different(cells, column))[column].tolist()
        names[column] = tuple(found)
        numbered.append(store.lend({column: found, f"{column}_code": list(range(len(found)))}))
    chosen = _coded(cells, *numbered)
    columns = {name: filled_in(column) for name, column in store.columns(chosen).items()}
    order = _order([columns[name] for name in ("code", "month", "area_code", "dataset_code", "confidentiality",
                                               "known_month")], columns["value"])  # fmt: skip
    edges = np.concatenate([[0], np.cumsum(np.bincount(columns["code"], minlength=len(codes)))]).tolist()
    taking: dict[Selector, list[slice]] = {}
    for combination, number in pairs:
        code = codes[combination]
        taking.setdefault(selectors[number], []).append(slice(edges[code], edges[code + 1]))
    return Cells(columns, order, names, taking)


@built_once
def _different(cells: ir.Table, column: str) -> ir.Table:
    return cells.select(column).distinct().order_by(column)


@built_once
def _coded(cells: ir.Table, combinations: ir.Table, areas: ir.Table, datasets: ir.Table) -> ir.Table:
    """The cells that some selector takes, with numbers in place of texts."""
    chosen = cells.join(combinations, list(IN_CUBE))
    for column, numbers in zip(CODED, (areas, datasets), strict=True):
        chosen = chosen.join(numbers, column)
    return chosen.select("code", "known_month", *(f"{name}_code" if name in CODED else name for name in MONTHLY))


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
        packed *= most - least + 1
        packed += key
        packed -= least
    order = np.argsort(packed, kind="stable")
    ordered = packed[order]
    if (ordered[1:] == ordered[:-1]).any():
        return np.lexsort([value, packed])
    return order


class Cells(Mapping[Selector, Columns]):
    """All cells, their order, and of each selector the slices of it that it takes: put in order and together when
    they are asked for."""

    def __init__(
        self, columns: dict[str, np.ndarray[Any, Any]], order: np.ndarray[Any, Any],
        names: Mapping[str, tuple[str, ...]], taking: Mapping[Selector, list[slice]],
    ) -> None:  # fmt: skip
        self._columns, self._order, self._names, self._taking = columns, order, names, taking
        self._in_order: dict[str, np.ndarray[Any, Any]] = {}

    def __getitem__(self, selector: Selector) -> Columns:
        if selector not in self._taking:
            raise KeyError(selector)
        return Picked(self, selector)

    def column(self, selector: Selector, name: str) -> Any:
        """One column of what a selector takes."""
        if name not in self._in_order:
            self._in_order[name] = self._columns.pop(f"{name}_code" if name in CODED else name)[self._order]
        parts = [self._in_order[name][each] for each in self._taking[selector]]
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


def filled_in(column: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
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
