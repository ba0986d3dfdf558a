"""One cell corrected, everything else as it was."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.evidence.bringing.correcting import TableText, table_text
from primacy.places.files.files import Source

TEXT = 'kind,date,note\nincident,2026-13-05,"one, two"\nincident,2026-06-01,plain\n'
TABLE = TableText(("kind", "date", "note"), ",", TEXT)


def test_a_wrong_date_is_corrected_and_nothing_else() -> None:
    text, changed = TABLE.corrected({(2, 1): "2026-05-13"})
    assert changed == 1
    assert text == TEXT.replace("2026-13-05", "2026-05-13")


# what it shows, cells
LEFT_ALONE = [
    ("a cell that is not there", {(2, 9): "x"}),
    ("a line that is not there", {(99, 0): "x"}),
    ("what is right already", {(3, 1): "2026-06-01"}),
    ("nothing", {}),
]


@pytest.mark.parametrize(("shows", "cells"), LEFT_ALONE, ids=[each[0] for each in LEFT_ALONE])
def test_is_left_alone(shows, cells) -> None:
    assert TABLE.corrected(cells) == (TEXT, 0)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.integers(0, 2), st.integers(2, 3))
def test_every_other_cell_stays_whatever_is_written(value, place, line) -> None:
    text, _ = TABLE.corrected({(line, place): value.replace("\0", "")})
    before, after = (list(csv.reader(io.StringIO(each))) for each in (TEXT, text))
    assert len(before) == len(after)
    same = [
        (n, m) for n, row in enumerate(before) for m, cell in enumerate(row) if after[n][m] != cell
    ]  # fmt: skip
    assert same in ([], [(line - 1, place)])


def test_a_record_of_several_lines_is_not_touched() -> None:
    text = 'a,b\n"one\ntwo",2\n'
    assert TableText(("a", "b"), ",", text).cells(2) == {}


def test_only_plain_tables_are_corrected_on_the_page(tmp_path) -> None:
    plain, packed = tmp_path / "a.csv", tmp_path / "a.json"
    plain.write_bytes("kind;date\nincident;Été\n".encode("cp1252"))
    packed.write_text('[{"kind": "incident", "date": "2026-01-01"}]')
    found = table_text(Source(plain))
    assert found is not None
    assert found.cells(2) == {"kind": "incident", "date": "Été"}
    assert table_text(Source(packed)) is None
