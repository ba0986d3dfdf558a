"""Where the names of columns stand."""

import pytest

from primacy.places.files.headings import Merge, headings

DATA = ["2024-05-01", "West", "1", "2"]
NAMES = ["Date", "Place", "Killed", "Injured"]
UPPER = ["Date", "Place", "Casualties", ""]
LOWER = ["", "", "Killed", "Injured"]
OVER = Merge(0, 2, 0, 3)  # Casualties over two columns
JOINED = ("Date", "Place", "Casualties / Killed", "Casualties / Injured")

FOUND = [
    ("the first row", [NAMES, DATA], [], (0, 0, tuple(NAMES))),
    ("below a title", [["Incidents in May"], [], NAMES, DATA], [], (2, 2, tuple(NAMES))),
    ("below a title over all columns", [["Title", "", "", ""], NAMES, DATA], [Merge(0, 0, 0, 3)], (1, 1, tuple(NAMES))),
    ("two rows, the upper one merged", [UPPER, LOWER, DATA], [OVER], (0, 1, JOINED)),
    ("two rows, single names merged downwards", [UPPER, LOWER, DATA],
     [OVER, Merge(0, 0, 1, 0), Merge(0, 1, 1, 1)], (0, 1, JOINED)),
    ("a heading above names that stand in the lower row", [["", "", "Casualties", ""], NAMES, DATA], [OVER],
     (0, 1, JOINED)),
    ("years as names of columns", [["Place", "2019", "2020"], ["West", "1", "2"]], [], None),
    ("one wide column of merged cells", [["Date", "Place", "", "Killed"], ["2024-05-01", "West", "", "1"]],
     [Merge(0, 1, 0, 2), Merge(1, 1, 1, 2)], (0, 0, ("Date", "Place", "Place", "Killed"))),
    ("figures alone", [["1", "2"], ["3", "4"]], [], None),
    ("a remark", [["Fill in the other sheet"]], [], None),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "rows", "merges", "expected"), FOUND, ids=[case[0] for case in FOUND])
def test_headings(
    shows: str, rows: list[list[str]], merges: list[Merge], expected: tuple[int, int, tuple[str, ...]] | None
) -> None:
    found = headings(rows, merges)
    assert (None if found is None else (found.first, found.last, found.names)) == expected


TWO_ROWS = [
    # what it shows, rows, last row that names the columns
    ("headings over some columns, no cells drawn as one", [["Where", "", "Victims", ""], ["A", "B", "Killed", "Injured"], ["x", "y", "1", "2"]], 1),
    ("a row of data of nothing but words", [["Name", "", "Town"], ["Ann", "Bo", "X"], ["Cy", "Di", "Y"]], 0),
    ("data below a heading without a name", [["Name", "", "Age"], ["Ann", "b", "3"], ["Cy", "d", "4"]], 0),
    ("nothing below", [["Where", "", "Victims", ""], []], 0),
    ("one row below", [["Where", "", "Victims", ""], ["A", "B", "Killed", "Injured"]], 0),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "rows", "last"), TWO_ROWS, ids=[case[0] for case in TWO_ROWS])
def test_headings_in_two_rows_of_a_plain_table(shows: str, rows: list[list[str]], last: int) -> None:
    found = headings(rows)
    assert found is not None
    assert found.last == last
