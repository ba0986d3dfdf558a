import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.ui.csv_cells import COMPUTED, as_written, csv_line, safe_cell


@given(st.text(max_size=40))
def test_no_text_begins_as_a_formula_does(text):
    assert not COMPUTED.match(safe_cell(text))
    assert as_written(safe_cell(text)) == text or text.startswith("'")


@pytest.mark.parametrize(
    ("value", "cell"),
    [(-3.5, "-3.5"), (None, ""), ("=1+1", "'=1+1"), ("  @x", "'  @x"),
     ("＝1+1", "'＝1+1"), ("\ufeff\u200b=1", "'\ufeff\u200b=1"), ("\xa0+1", "'\xa0+1"), ("Kaga-Bandoro", "Kaga-Bandoro"), ({"deaths": 2.0}, "deaths=2.0")],
    ids=["a negative number stays one", "nothing is empty", "a formula", "a formula behind blanks", "a wide sign", "behind what nobody sees", "behind a blank that breaks no line",
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


@pytest.mark.parametrize("separator", [";", "\t"])
def test_where_another_sign_separates_cells_no_cell_begins_as_a_formula_either(separator):
    """A spreadsheet of a country that writes 1,5 for a half takes a comma for no end of a cell."""
    cells = [f"a{separator}=1+1", "plain", f'"{separator}@x']
    (read,) = csv.reader(io.StringIO(csv_line(cells), newline=""), delimiter=separator)
    assert not [cell for cell in read if COMPUTED.match(cell.strip('"'))]
