"""An expression is built once for the same tables and values, and anew for others."""

import ibis
import pytest

from primacy.evidence.store.built_once import built_once

COLUMNS = {"kind": "string", "value": "float64"}
BUILT: list[object] = []


@built_once
def above(rows: ibis.Table, limit: float, *, kinds: tuple[str, ...] = ()) -> ibis.Table:
    BUILT.append(limit)
    return rows.filter((rows.value > limit) & rows.kind.isin(kinds or ("",)))


def table(name: str = "table_1", columns: dict[str, str] = COLUMNS) -> ibis.Table:
    return ibis.table(columns, name=name)


@pytest.mark.parametrize(
    ("other", "limit", "kinds"),
    [
        (table("table_2"), 1.0, ("incident",)),
        (table(columns={**COLUMNS, "more": "string"}), 1.0, ("incident",)),
        (table(), 2.0, ("incident",)),
        (table(), 1, ("incident",)),
        (table(), 1.0, ("sign",)),
    ],
    ids=["another table", "other columns", "another value", "a value of another type", "another named value"],
)
def test_what_differs_is_built_anew_and_what_is_the_same_is_not(
    other: ibis.Table, limit: float, kinds: tuple[str, ...]
) -> None:
    first = above(table(), 1.0, kinds=("incident",))
    BUILT.clear()
    assert above(table(), 1.0, kinds=("incident",)).op() is first.op()
    assert BUILT == []
    assert not above(other, limit, kinds=kinds).equals(first)
