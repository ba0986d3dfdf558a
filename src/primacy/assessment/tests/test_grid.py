"""The points of time at which every rule is judged."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.rules.grid import DEEPER, REPORTED, Grid
from primacy.evidence.store.numbered_days import day_number, first_day, last_day, month_index

DAYS = st.dates(date(1990, 1, 1), date(2080, 12, 31))


@given(DAYS)
def test_the_last_point_is_the_day_itself_and_those_before_are_month_ends(day: date) -> None:
    grid = Grid(day)
    assert len(grid) == REPORTED + DEEPER
    assert grid.days[-1] == day
    assert all((each + timedelta(days=1)).day == 1 for each in grid.days[:-1])
    assert sorted(set(grid.days)) == list(grid.days)
    assert [month_index(b) - month_index(a) for a, b in zip(grid.days, grid.days[1:], strict=False)] == [1] * (
        len(grid) - 1
    )


@given(DAYS)
def test_a_month_counts_when_it_is_over(day: date) -> None:
    grid = Grid(day)
    assert last_day(int(grid.ends[-1]) - 1) <= day < last_day(int(grid.ends[-1]))
    assert grid.has_incomplete_month == (last_day(month_index(day)) != day)


@pytest.mark.parametrize(("month", "first", "last"), [(2024 * 12 + 1, date(2024, 2, 1), date(2024, 2, 29))])
def test_months_are_those_of_the_calendar(month: int, first: date, last: date) -> None:
    assert (first_day(month), last_day(month)) == (first, last)
    assert day_number(date(1970, 1, 2)) == 1
