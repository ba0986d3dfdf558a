"""Columns of data points as importers make them: rows of one measure out of what its rows share."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from primacy.evidence.store.columns import SCHEMA

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Column = Any  # one text or number for all rows, or an array with one value for each


def measured(
    shared: Mapping[str, pa.Array], measure: str, unit: str | pa.Array, value: Floats, *,
    low: Floats | None = None, high: Floats | None = None,
) -> pa.Table:  # fmt: skip
    """Rows of one measure; where the source has no value there is no row."""
    columns = dict(shared)
    units = same(unit, len(value)) if isinstance(unit, str) else unit
    columns |= {"measure": same(measure, len(value)), "unit": units, "value": number(value)}
    if low is not None and high is not None:
        columns |= {"low": number(low), "high": number(high)}
    table = table_of(columns, len(value))
    missing = np.isnan(value)
    return table.filter(pa.array(~missing)) if missing.any() else table


def table_of(columns: Mapping[str, Column], count: int) -> pa.Table:
    """Rows with all columns of the schema; those that are not among `columns` are missing."""
    return pa.Table.from_arrays([_column(columns.get(each.name), each.type, count) for each in SCHEMA], schema=SCHEMA)


def _column(values: Column, kind: pa.DataType, count: int) -> pa.Array | pa.ChunkedArray:
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return values.cast(kind)
    if isinstance(values, np.ndarray):
        return pa.array(values, kind, mask=np.isnan(values) if pa.types.is_floating(kind) else None)
    return pa.repeat(pa.scalar(values, kind), count)


def path_part(text: str, longest: int = 60) -> str:
    """A name as one part of the path of a category or item: small letters and figures of any script, parted by -.

    >>> path_part("Cereals and tubers"), path_part(" Health, purpose unspecified "), path_part("--")
    ('cereals-and-tubers', 'health-purpose-unspecified', '')
    """
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")[:longest].rstrip("-")


def number(values: Floats) -> pa.Array:
    return pa.array(values, pa.float64(), mask=np.isnan(values))


def same(text: str, count: int) -> pa.Array:
    """One text, so many times."""
    return pa.repeat(pa.scalar(text, pa.string()), count)


def one_of(texts: Sequence[str], places: NDArray[Any]) -> pa.Array:
    """Of few texts one for each row, by its place among them."""
    return pa.array(texts, pa.string()).take(pa.array(places.astype(np.int32)))


def nulls(values: pa.Array) -> Mask:
    return np.asarray(values.is_null().to_numpy(zero_copy_only=False), dtype=np.bool_)


def true(values: pa.Array) -> Mask:
    return np.asarray(pc.fill_null(values, False).to_numpy(zero_copy_only=False), dtype=np.bool_)
