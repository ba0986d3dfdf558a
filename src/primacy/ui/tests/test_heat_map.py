import pytest

from primacy.ui.heat_map import SHAPES, Cell, strip, years


def test_every_mark_has_a_shape_of_its_own():
    assert len(set(SHAPES.values())) == len(SHAPES)


def test_cells_stand_beside_one_another():
    drawn = strip([("full", "May"), ("missing", "June")])
    assert drawn.cells == (Cell(0, "full", "May"), Cell(16, "missing", "June"))


@pytest.mark.parametrize(("months", "wide"), [(1, 24), (24, 24), (36, 36)])
def test_few_months_are_not_drawn_larger_than_those_of_two_years(months, wide):
    drawn = strip([("full", "May")] * months)
    assert (drawn.width, drawn.height) == (16 * wide, 16)


def test_a_mark_without_a_shape_is_refused():
    with pytest.raises(KeyError):
        strip([("splendid", "May")])


YEARS = [
    ("a year that begins inside", ["2025-10-01", "2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01"], ["2025", "2026"]),
    ("no room for the first", ["2025-12-01", "2026-01-01", "2026-02-01"], ["", "2026"]),
    ("figures are larger, and need room, where many months stand", [f"{2021 + (m + 9) // 12}-{(m + 9) % 12 + 1:02}-01" for m in range(36)], ["", "2022", "2023", "2024"]),
    ("one year alone", ["2026-01-01", "2026-02-01"], ["2026"]),
    ("nothing", [], []),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "months", "named"), YEARS, ids=[case[0] for case in YEARS])
def test_years_are_named_where_there_is_room(shows, months, named):
    assert [each.words for each in years(months)] == named
