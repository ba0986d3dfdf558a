"""What is asked of each different text once is the same as asked of every row."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from primacy.places.files.distinct import Distinct

TEXTS = st.lists(st.tuples(st.sampled_from(["", "incident", "figure"]), st.sampled_from(["", "events", "share"])))


@given(TEXTS)
def test_each_row_is_told_as_if_it_were_alone(rows: list[tuple[str, str]]) -> None:
    columns = [pa.array([row[place] for row in rows], pa.string()) for place in (0, 1)]
    found = Distinct(*columns)
    assert found.each(lambda one, other: len(one) + len(other), np.int64).tolist() == [len(a) + len(b) for a, b in rows]
    assert found.texts_of(lambda one, other: f"{one}/{other}").to_pylist() == [f"{a}/{b}" for a, b in rows]
    assert len(found.texts) == len(set(rows))


def test_a_single_column_is_distinct_by_itself() -> None:
    found = Distinct(pa.array(["CF11", "", "CF11"]))
    assert found.texts == [("CF11",), ("",)]
    assert found.among(np.array([False, True, True])) == [1, 0]
