"""Which combinations of kind, measure, category, actor, target and group each selector takes.

Combinations are few, thousands where data points are millions: they are matched against the filters here, and the
engine gets the small table of those that match.
"""

from collections.abc import Iterable, Mapping, Sequence

import ibis.expr.types as ir

from primacy.assessment.indicators.selectors import Selector
from primacy.evidence.store.built_once import built_once
from primacy.evidence.store.store import Store
from primacy.framework.filters import Expand

Combination = tuple[str, ...]
Pair = tuple[Combination, int]  # a combination, and the place of a selector that takes it


def pairs_in(
    store: Store, rows: ir.Table, selectors: Sequence[Selector], expand: Expand, columns: Sequence[str]
) -> list[Pair]:
    """Every combination of `columns` in the rows with each selector that takes it."""
    by_kind: dict[str, list[tuple[Selector, int]]] = {}
    for place, selector in enumerate(selectors):
        by_kind.setdefault(selector.kind, []).append((selector, place))
    if not store.few:
        rows = _of_kinds(rows, tuple(sorted(by_kind)))
    found = store.columns_again(_different(rows, tuple(columns)))
    pairs: list[Pair] = []
    for combination in zip(*(found[column] for column in columns), strict=True):
        named = dict(zip(columns, combination, strict=True))
        pairs += [(combination, place) for each, place in by_kind.get(named["kind"], ()) if each.takes(named, expand)]
    return pairs


@built_once
def _of_kinds(rows: ir.Table, kinds: Sequence[str]) -> ir.Table:
    return rows.filter(rows.kind.isin(kinds or [""]))


@built_once
def _different(rows: ir.Table, columns: Sequence[str]) -> ir.Table:
    return rows.select(*columns).distinct().order_by(*columns)


def lent(
    store: Store, combinations: Sequence[Combination], columns: Sequence[str], **numbers: Sequence[int]
) -> ir.Table:
    """Combinations as a table of the engine, with whole numbers beside them."""
    told: Mapping[str, Sequence[str]] = {name: [each[i] for each in combinations] for i, name in enumerate(columns)}
    return store.lend({**told, **numbers})


def selectors_in(wanted: Mapping[str, Iterable[Selector]]) -> list[Selector]:
    """All selectors, each once."""
    return list(dict.fromkeys(each for group in wanted.values() for each in group))
