"""The spans of a calendar follow one another without a gap, and a feed says a day and nothing else."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from primacy.work.dated import VIEWS, Dated, by_day, span_of
from primacy.work.feed import feed

DAYS = st.dates(date(1995, 1, 1), date(2180, 1, 1))
WORDS = {"task": "Task due", "record": "Planned meeting"}


@given(st.sampled_from(VIEWS), DAYS)
def test_a_page_holds_its_day_and_the_pages_beside_it_touch_it(view: str, day: date) -> None:
    span = span_of(view, day)
    assert span.first <= day <= span.last
    for beside in (span_of(view, span.before), span_of(view, span.after)):
        assert beside.first <= span.last + timedelta(days=1)
        assert beside.last >= span.first - timedelta(days=1)
    assert span_of(view, span.before).day < span.day < span_of(view, span.after).day


@given(DAYS)
def test_weeks_begin_on_monday_and_a_month_has_all_its_days(day: date) -> None:
    span = span_of("month", day)
    assert {each[0].weekday() for each in span.weeks} == {0}
    assert sum(each.month == day.month for week in span.weeks for each in week) >= 28
    assert span_of("week", day).first.weekday() == 0


@pytest.mark.parametrize("view", ["year", "", "<script>"])
def test_a_view_that_there_is_not_is_a_month(view: str) -> None:
    assert span_of(view, date.max).view == "month"


def test_of_one_day_what_the_mission_has_stands_first() -> None:
    day = date(2026, 6, 3)
    rows = [Dated(day, kind, kind, title, "/") for kind, title in (("task", "b"), ("task", "a"), ("mission", "z"))]
    assert [each.title for each in by_day(rows)[day]] == ["z", "a", "b"]


SECRET = st.text("abcdefghij", min_size=6, max_size=12)


@given(SECRET, SECRET, DAYS)
def test_a_feed_says_a_day_and_a_neutral_title(title: str, key: str, day: date) -> None:
    told = [
        Dated(day, "task", key, f"T{title}", f"/at/{title}"),
        Dated(day, "record", "x", f"G{title}", "/", guarded=True),
    ]
    file = feed(told, name="Calendar", words=WORDS, secret="s", address="https://p.example/calendar/")
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert (event.decoded("dtstart"), str(event["summary"])) == (day, "Task due")
    for hidden in (f"T{title}", f"/at/{title}", f"G{title}", key):
        assert hidden.encode() not in file
    assert file == feed(told[::-1], name="Calendar", words=WORDS, secret="s", address="https://p.example/calendar/")
    other = feed(told, name="Calendar", words=WORDS, secret="t", address="https://p.example/calendar/")
    assert Calendar.from_ical(other).walk("VEVENT")[0]["uid"] != event["uid"]
