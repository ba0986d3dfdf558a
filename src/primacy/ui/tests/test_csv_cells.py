import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.ui.csv_cells import FORMULA_STARTS, csv_line, safe_cell


@given(st.text(max_size=40))
def test_no_text_begins_as_a_formula_does(text):
    assert not safe_cell(text).lstrip(" ").startswith(FORMULA_STARTS)


@pytest.mark.parametrize(
    ("value", "cell"),
    [(-3.5, "-3.5"), (None, ""), ("=1+1", "'=1+1"), ("  @x", "'  @x"),
     ("Kaga-Bandoro", "Kaga-Bandoro"), ({"deaths": 2.0}, "deaths=2.0")],
    ids=["a negative number stays one", "nothing is empty", "a formula", "a formula behind blanks",
         "a plain name", "measures"],
)  # fmt: skip
def test_a_cell_says_what_was_meant(value, cell):
    assert safe_cell(value) == cell


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=10), min_size=2, max_size=5
    )
)
def test_a_line_reads_back_as_the_cells_it_was_made_of(cells):
    (read,) = csv.reader(io.StringIO(csv_line(cells), newline=""))
    assert read == [safe_cell(cell) for cell in cells]
