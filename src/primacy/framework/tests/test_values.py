"""Numbers, lengths of time and comparisons as planners write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.framework.values import comparison, k_of_n_span, moment, number, span

NUMBERS = [
    ("80 %", 0.8),
    ("−5 %", -0.05),
    ("80%", 0.8),
    (" 12 ", 12.0),
    ("0.5", 0.5),
    (3, 3.0),
    ("-2.5", -2.5),
    ("+7 %", 0.07),
    ("100 %", 1.0),
]


@pytest.mark.parametrize(("text", "value"), NUMBERS, ids=[f"{text!r} is {value}" for text, value in NUMBERS])
def test_a_number_or_a_percentage(text: str | float, value: float) -> None:
    assert number(text) == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["", "many", "1,5", "80 percent", "% 80", "1 2", True, "0x10", float("nan"), float("inf")]
)
def test_what_is_no_number_is_named(text: str | float) -> None:
    with pytest.raises(ValueError, match="is no number"):
        number(text)


SPANS = [
    # text          days     months points step
    ("45 days",     45.0,    2,     45,    1),
    ("30 days",     30.0,    1,     30,    1),
    ("1 week",      7.0,     1,     1,     1),
    ("12 months",   365.25,  12,    12,    1),
    ("1 month",     30.4375, 1,     1,     1),
    ("4 quarters",  365.25,  12,    4,     3),
    ("2 years",     730.5,   24,    2,     12),
]  # fmt: skip


@pytest.mark.parametrize(("text", "days", "months", "points", "step"), SPANS, ids=[case[0] for case in SPANS])
def test_a_length_of_time(text: str, days: float, months: int, points: int, step: int) -> None:
    found = span(text)
    assert (found.days, found.months, found.points, found.step_months) == (days, months, points, step)
    assert str(found) == text


@given(st.integers(1, 5000))
def test_a_window_of_days_never_loses_part_of_a_month(days: int) -> None:
    assert span(f"{days} days").months * 30.4375 >= days - 1e-6


@pytest.mark.parametrize("text", ["", "soon", "12", "months 12", "1.5 years", "-3 days", "3 fortnights"])
def test_what_is_no_length_of_time_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="is no length of time"):
        span(text)


def test_so_many_of_so_many_years() -> None:
    needed, years = k_of_n_span("2 of 3 years")
    assert (needed, str(years)) == (2, "3 years")
    with pytest.raises(ValueError, match="how many of how many"):
        k_of_n_span("3 years")


COMPARISONS = [
    (">= 2", 2, True),
    (">= 2", 1.9, False),
    ("<= due", 5, True),
    ("> 1", 1, False),
    ("< 1", 0.5, True),
    ("== 3", 3, True),
]


@pytest.mark.parametrize(("text", "left", "holds"), COMPARISONS)
def test_a_comparison(text: str, left: float, holds: bool) -> None:
    found = comparison(text)
    right = 10.0 if found.right == "due" else number(found.right)
    assert found.holds(left, right) is holds
    assert str(found) == text


@pytest.mark.parametrize("text", ["2", "=> 2", ">=", "at least 2"])
def test_what_is_no_comparison_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="is no comparison"):
        comparison(text)


MOMENTS = [
    # text                       event          days from it
    ("polling_day",              "polling_day", 0.0),
    ("polling_day + 6 months",   "polling_day", 182.625),
    ("polling_day - 30 days",    "polling_day", -30.0),
    (" agreement+1 week ",       "agreement",   7.0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "event", "days"), MOMENTS, ids=[each[0] for each in MOMENTS])
def test_a_moment_is_an_event_or_so_long_beside_it(text: str, event: str, days: float) -> None:
    found = moment(text)
    assert (found.event, found.days) == (event, days)
    assert moment(str(found)) == found


@pytest.mark.parametrize("text", ["", "6 months", "polling_day +", "polling_day + soon", "2026-01-01"])
def test_what_is_no_moment_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no (moment|length of time)"):
        moment(text)
