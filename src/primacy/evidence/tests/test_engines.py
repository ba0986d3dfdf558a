"""Answers as arrays, the same from every engine."""

from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pytest

from primacy.evidence.store.engines import as_arrays

TIMES = pa.timestamp("us", tz="UTC")
COLUMNS = [
    # what it shows                    column                                                      as told
    ("whole numbers",                  pa.array([3, 1, 2], pa.int32()),                            [3, 1, 2]),
    ("a number that is missing",       pa.array([0.5, None, 2.0]),                                 [0.5, None, 2.0]),
    ("truths",                         pa.array([True, None, False]),                              [True, None, False]),
    ("days",                           pa.array([date(1969, 12, 31), None]),              [date(1969, 12, 31), None]),
    ("times",                          pa.array([datetime(2024, 5, 1, 12, tzinfo=UTC)], TIMES),
                                                                                  [datetime(2024, 5, 1, 12, tzinfo=UTC).replace(tzinfo=None)]),
    ("texts that repeat",              pa.array(["a", "", "a", "ب"]),                              ["a", "", "a", "ب"]),
    ("a text that is missing",         pa.array(["a", None, "b"]),                                 ["a", None, "b"]),
    ("nothing but what is missing",    pa.array([None, None], pa.string()),                        [None, None]),
    ("no row at all",                  pa.array([], pa.string()),                                  []),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "column", "told"), COLUMNS, ids=[case[0] for case in COLUMNS])
def test_a_column_becomes_an_array_masked_where_a_value_is_missing(
    shows: str, column: pa.Array, told: list[object]
) -> None:
    in_parts = pa.chunked_array([column[:1], column[1:]])
    cut = pa.chunked_array([pa.concat_arrays([column, column])[len(column) :]])  # as a reader hands on a part
    for each in (in_parts, cut):
        found = as_arrays(pa.table({"x": each}))["x"]
        assert found.tolist() == told
        assert np.ma.is_masked(found) == (None in told)


def test_a_text_is_one_object_however_often_it_comes() -> None:
    first, second = as_arrays(pa.table({"x": ["government", "government"]}))["x"]
    assert first is second
