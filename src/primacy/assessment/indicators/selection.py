"""Set-based queries for a whole round: every indicator says which data points it reads, few expressions fetch all.

Counts over time come from the cube (`cells`). What needs actors, targets, groups or items (states, estimates,
registers) comes from the rows: columns with few distinct values are matched against the filters once, and the small
table (combination, selector) is joined to the data points.
"""

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import ibis.expr.types as ir
import numpy as np

from primacy.assessment.indicators.cells import CODED, MONTHLY, Coded, Columns, filled_in, of_cells
from primacy.assessment.indicators.combinations import Pair, lent, pairs_in, selectors_in
from primacy.assessment.indicators.selectors import MATCHED, Selector
from primacy.evidence.store.built_once import built_once
from primacy.evidence.store.cube import month_of, sums, without_breakdown
from primacy.evidence.store.store import Store
from primacy.framework.filters import Expand

DETAIL = (
    "date", "until", "item", "area", "level", "kind", "actor", "target", "category", "wave", "stratum", "group",
    "measure", "value", "low", "high", "se", "n", "grade", "source", "origin", "dataset", "confidentiality",
)  # fmt: skip


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
    by_month = [each for each in selectors if each.of_cells]
    by_row = [each for each in selectors if not each.of_cells]
    monthly: Mapping[Selector, Columns] = {}
    more: dict[Selector, Columns] = {}
    detail: dict[Selector, Columns] = {}
    if by_month:
        monthly = of_cells(store, up_to(store.cells(as_of=as_of, known=known), level), by_month, expand)
    if by_row:
        more, detail = _of_rows(store, up_to(store.rows(as_of=as_of, known=known), level), by_row, expand)
    return Selected(ChainMap(more, monthly), detail)  # type: ignore[arg-type]


def up_to(rows: ir.Table, level: int | None) -> ir.Table:
    return rows if level is None else rows.filter(rows.confidentiality <= level)


def counted(store: Store, rows: ir.Table, wanted: Mapping[str, Iterable[Selector]], expand: Expand) -> dict[str, int]:
    """How many distinct items each benchmark reads."""
    names, selectors = list(wanted), selectors_in(wanted)
    readers: dict[Selector, list[int]] = {}
    for place, name in enumerate(names):
        for selector in dict.fromkeys(wanted[name]):
            readers.setdefault(selector, []).append(place)
    pairs = pairs_in(store, rows, selectors, expand, MATCHED)
    asked = sorted({(combination, place) for combination, number in pairs for place in readers[selectors[number]]})
    if not asked:
        return dict.fromkeys(names, 0)
    places = lent(store, [each for each, _ in asked], MATCHED, benchmark=[place for _, place in asked])
    found = store.columns(_counts(_matched(_filled(rows), places)))
    counts = dict(zip(found["benchmark"].tolist(), found["items"].tolist(), strict=True))
    return {name: counts.get(place, 0) for place, name in enumerate(names)}


@built_once
def _counts(chosen: ir.Table) -> ir.Table:
    return chosen.group_by("benchmark").agg(items=chosen.item.nunique())


def taken(store: Store, rows: ir.Table, wanted: Mapping[str, Iterable[Selector]], expand: Expand) -> ir.Table:
    """The data points that any selector takes, each once."""
    filled = _filled(rows)
    pairs = pairs_in(store, filled, selectors_in(wanted), expand, MATCHED)
    combinations = list(dict.fromkeys(each for each, _ in pairs))
    if not store.few:  # the rows lie in order of kind and measure: an engine skips those that have none of these
        kinds, measures = (sorted({each[MATCHED.index(name)] for each in combinations}) for name in ("kind", "measure"))
        filled = _filled(rows.filter(rows.kind.isin(kinds or [""]) & rows.measure.isin(measures or [""])))
    return filled.semi_join(lent(store, combinations, MATCHED), list(MATCHED))


@built_once
def _matched(rows: ir.Table, lent: ir.Table) -> ir.Table:
    return rows.join(lent, list(MATCHED))


@built_once
def _filled(rows: ir.Table) -> ir.Table:
    return rows.mutate(**{name: rows[name].fill_null("") for name in (*MATCHED, "area")})


def _of_rows(
    store: Store, rows: ir.Table, selectors: list[Selector], expand: Expand
) -> tuple[dict[Selector, Columns], dict[Selector, Columns]]:
    """(sums by month, rows) of the selectors that the cube cannot answer."""
    filled = _filled(rows)
    pairs = pairs_in(store, filled, selectors, expand, MATCHED)
    by_row = [pair for pair in pairs if selectors[pair[1]].detail]
    by_month = [pair for pair in pairs if not selectors[pair[1]].detail]
    monthly = _parted(store, _sums(_chosen(store, filled, by_month), by_month), MONTHLY, selectors) if by_month else {}
    monthly = {
        selector: {**columns, **{name: Coded.of(columns[name]) for name in CODED}}
        for selector, columns in monthly.items()
    }
    detail = _parted(store, _chosen(store, filled, by_row), DETAIL, selectors) if by_row else {}
    return monthly, detail


def _chosen(store: Store, rows: ir.Table, pairs: list[Pair]) -> ir.Table:
    """The data points joined to the selectors that take them."""
    taking = lent(store, [each for each, _ in pairs], MATCHED, selector=[place for _, place in pairs])
    return _matched(rows, taking)


def _sums(chosen: ir.Table, pairs: list[Pair]) -> ir.Table:
    return _summed(chosen, any(combination[MATCHED.index("group")] for combination, _ in pairs))


@built_once
def _summed(chosen: ir.Table, breakdown: bool) -> ir.Table:
    if breakdown:
        chosen = without_breakdown(chosen, by="selector")
    chosen = chosen.mutate(month=month_of(chosen.date))
    return chosen.group_by("selector", "month", "area", "dataset", "confidentiality").agg(**sums(chosen))


def _parted(
    store: Store, asked: ir.Table, names: Sequence[str], selectors: list[Selector]
) -> dict[Selector, Columns]:  # fmt: skip
    """The answer by selector, in an order that no engine and no order of the rows changes."""
    found = store.columns(_ordered(asked, tuple(names)))
    columns = {name: filled_in(column) for name, column in found.items()}
    order = columns["selector"]
    edges = np.searchsorted(order, np.arange(len(selectors) + 1)).tolist()
    return {
        selector: {name: columns[name][edges[number] : edges[number + 1]] for name in names}
        for number, selector in enumerate(selectors)
        if edges[number] < edges[number + 1]
    }


@built_once
def _ordered(asked: ir.Table, names: Sequence[str]) -> ir.Table:
    words = {name for name in names if asked[name].type().is_string()}
    asked = asked.select(
        "selector", **{name: asked[name].fill_null("") if name in words else asked[name] for name in names}
    )
    return asked.order_by("selector", *names)
