"""Columns of data points as importers make them: rows of one measure out of what its rows share."""

import re
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from primacy.evidence.columns import SCHEMA

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


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
    nothing = pa.nulls(len(value))
    arrays = [columns[field.name] if field.name in columns else nothing.cast(field.type) for field in SCHEMA]
    table = pa.Table.from_arrays(arrays, schema=SCHEMA)
    missing = np.isnan(value)
    return table.filter(pa.array(~missing)) if missing.any() else table


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


def nulls(values: pa.Array) -> Mask:
    return np.asarray(values.is_null().to_numpy(zero_copy_only=False), dtype=np.bool_)


def true(values: pa.Array) -> Mask:
    return np.asarray(pc.fill_null(values, False).to_numpy(zero_copy_only=False), dtype=np.bool_)
