"""Small charts of many places: one scale for all, and what nobody counted is not drawn as nothing."""

from dataclasses import replace

import pytest

from primacy.ui.pictures import Picture, begun
from primacy.ui.small_multiples import ABOVE, HEIGHT, WIDTH, draw

MONTHS = ("2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01")
COUNTRY = Picture("Attacks", "events", MONTHS, (12.0, 10.0, 4.0, 2.0), baseline=(0, 2), window=(2, 4))


def of(*areas):
    return draw(replace(COUNTRY, areas=tuple((f"A{n}", tuple(values)) for n, values in enumerate(areas))))


def test_a_series_that_is_not_told_by_area_has_no_small_charts():
    assert draw(COUNTRY) is None


def test_all_places_have_the_scale_of_the_greatest_month_of_any():
    drawn = of((10.0, 8.0, 2.0, 0.0), (2.0, 2.0, 2.0, 2.0))
    assert [number for _height, number in drawn.grid] == [0.0, 10.0]
    assert drawn.grid[0][0] == ABOVE + HEIGHT
    assert drawn.grid[-1][0] == ABOVE


CASES = [
    # what it shows                                   values                    before now  months that nobody covered
    ("the two means are those of whole periods",      (10.0, 8.0, 2.0, 0.0),    9.0, 1.0, ()),
    ("zero is known and draws no bar",                (0.0, 0.0, 0.0, 0.0),     0.0, 0.0, ()),
    ("a month nobody covered leaves its mean open",   (10.0, None, 2.0, 0.0),   None, 1.0, ((WIDTH / 4, WIDTH / 4),)),
    ("at the end too",                                (10.0, 8.0, 2.0, None),   9.0, None, ((WIDTH * 3 / 4, WIDTH / 4),)),
    ("nobody looked anywhere",                        (None,) * 4,              None, None, ((0.0, WIDTH),)),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "values", "before", "now", "unknown"), CASES, ids=[each[0] for each in CASES])
def test_one_place(shows, values, before, now, unknown):
    small = of(values, (1.0,) * 4).places[0]
    assert (small.before, small.now, small.unknown) == (before, now, unknown)
    assert len(small.lines) == sum(each is not None for each in (before, now))
    assert sum(bars.path.count("M") for bars in small.bars) == sum(bool(value) for value in values)


def test_bars_are_told_apart_as_in_the_large_chart():
    drawn = draw(replace(COUNTRY, areas=(("A", (5.0, 5.0, 5.0, 5.0)),), incomplete_from=3))
    assert [bars.kind for bars in drawn.places[0].bars] == ["baseline", "now", "incomplete"]


def test_months_before_anybody_looked_are_left_out_as_in_the_large_chart():
    late = Picture("Attacks", "", tuple(f"2025-{n:02}-01" for n in range(1, 10)), (None,) * 7 + (1.0, 2.0),
                   areas=(("A", (None,) * 7 + (1.0, 2.0)),))  # fmt: skip
    cut = begun(late)
    assert len(cut.areas[0][1]) == len(cut.months) == 5
