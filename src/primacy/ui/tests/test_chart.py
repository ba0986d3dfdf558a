from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.ui.chart import LETTER, Series, Wording, begun, draw, ticks

SAY = Wording(month=lambda m: m[:7], figure=lambda v: f"{v:g}", baseline=lambda v: f"baseline {v}",
              window=lambda v: f"now {v}", needed=lambda v: f"asked for {v}")  # fmt: skip


def months(count: int) -> list[str]:
    return [f"{2020 + m // 12}-{m % 12 + 1:02}-01" for m in range(count)]


VALUES = st.lists(st.none() | st.floats(0, 1e6), min_size=1, max_size=130)


@given(VALUES)
def test_each_known_month_has_one_bar_and_each_unknown_month_is_hatched(values):
    drawn = draw(Series(months(len(values)), values), SAY, id="x")
    assert len(drawn.bars) == sum(value is not None for value in values)
    hatched = sum(box.width for box in drawn.unknown)
    step = (drawn.grid[0].x2 - drawn.grid[0].x1) / len(values)
    assert hatched == pytest.approx(step * sum(value is None for value in values), abs=1)


@given(VALUES)
def test_nothing_is_drawn_outside_the_picture(values):
    drawn = draw(Series(months(len(values)), values, needed=10.0), SAY, id="x")
    for box in (*drawn.bars, *drawn.unknown):
        assert 0 <= box.x <= box.x + box.width <= drawn.width
        assert 0 <= box.y <= box.y + box.height <= drawn.height + 0.1


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 100))
def test_names_of_lines_never_touch_each_other(baseline, window, needed):
    series = Series(months(24), [50.0] * 24, (0, 12), (12, 24), baseline, window, None, needed)
    ys = sorted(text.y for text in draw(series, SAY, id="x").texts if text.kind)
    assert len(ys) == 3
    assert all(lower - upper >= 14.9 for upper, lower in pairwise(ys))


@given(st.floats(1e-6, 1e9))
def test_the_axis_begins_at_zero_and_reaches_the_greatest_value(top):
    marks = ticks(top)
    assert marks[0] == 0
    assert marks[-1] >= top * 0.999
    assert 2 <= len(marks) <= 8


def test_bars_of_window_baseline_and_incomplete_months_are_told_apart():
    drawn = draw(Series(months(4), [1.0, 2.0, 3.0, 4.0], (0, 1), (2, 4), incomplete_from=3), SAY, id="x")
    assert [box.kind for box in drawn.bars] == ["base", "", "now", "now incomplete"]


def test_months_and_values_of_different_length_are_refused():
    with pytest.raises(ValueError, match="each month"):
        draw(Series(months(2), [1.0]), SAY, id="x")


@given(VALUES, st.integers(0, 30))
def test_months_before_anybody_looked_are_left_out_and_nothing_else_is(values, empty):
    whole = Series(months(len(values) + empty), [None] * empty + values)
    shown = begun(whole)
    assert [each for each in shown.values if each is not None] == [each for each in values if each is not None]
    assert len(shown.months) == len(shown.values)
    assert list(shown.months) == list(whole.months)[-len(shown.months) :]


def test_the_windows_move_with_the_months_that_are_left_out():
    shown = begun(Series(months(20), [None] * 10 + [1.0] * 10, (10, 14), (15, 19), incomplete_from=19))
    assert (shown.baseline, shown.window, shown.incomplete_from) == ((3, 7), (8, 12), 12)
    assert shown.values[shown.baseline[0]] == 1.0


LONG = replace(SAY, month=lambda m: f"a month of many letters {m[:4]}", figure=lambda v: f"{v:g} of a hundred")


@pytest.mark.parametrize("width", [330, 720], ids=["phone", "desk"])
@pytest.mark.parametrize("wording", [SAY, LONG], ids=["short names", "long names"])
@pytest.mark.parametrize("count", [1, 7, 24, 61, 130])
def test_names_of_months_neither_touch_nor_leave_the_picture(count, wording, width):
    drawn = draw(Series(months(count), [50.0] * count), wording, id="x", width=width)
    named = [text for text in drawn.texts if text.y > drawn.height - 20]
    left = {"end": 1.0, "middle": 0.5}
    spans = [(t.x - left[t.anchor] * LETTER * len(t.words), t.x + (1 - left[t.anchor]) * LETTER * len(t.words))
             for t in named]  # fmt: skip
    assert named[-1].words == wording.month(months(count)[-1])
    assert all(start >= -0.1 and end <= width for start, end in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))


def test_the_figures_of_the_axis_have_room_in_every_language():
    drawn = draw(Series(months(12), [50.0] * 12), LONG, id="x")
    figures = [text for text in drawn.texts if text.anchor == "end" and text.y <= drawn.height - 26 + 4]
    assert figures
    assert all(text.x - LETTER * len(text.words) >= 0 for text in figures)


def test_a_change_of_level_is_an_upright_line_at_its_month_and_moves_with_what_is_cut_off():
    series = Series(months(40), [None] * 10 + [5.0] * 30, changes=(12, 25))
    drawn = draw(begun(series), SAY, id="x")
    months_left = [box.x for box in drawn.bars]
    step = months_left[1] - months_left[0]
    for line, month in zip(drawn.changes, (2, 15), strict=True):  # the bars begin at the eleventh month
        assert 0 < months_left[month] - line.x < step / 4
        assert line.y + line.height == drawn.grid[0].y
