"""From which state of knowledge a viewer may ask."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, dates

from primacy.evidence.queries import _moment

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
# what it shows, day, details, moment
CASES = [
    ("a day at its end", date(2026, 5, 13), True, datetime(2026, 5, 14, tzinfo=UTC)),
    ("its whole week for who may not see details", date(2026, 5, 13), False, datetime(2026, 5, 18, tzinfo=UTC)),
    ("a week that goes on ends now", date(2026, 6, 30), False, NOW),
    ("a day to come is now", date.max, True, NOW),
]


@pytest.mark.parametrize(("shows", "day", "details", "moment"), CASES, ids=[each[0] for each in CASES])
def test_the_moment_of_a_day(shows, day, details, moment) -> None:
    assert _moment(day, NOW, details=details) == moment


@given(day=dates(), details=booleans())
def test_any_day_is_a_moment_that_has_come_and_holds_the_whole_day(day, details) -> None:
    moment = _moment(day, NOW, details=details)
    assert moment <= NOW
    assert moment.date() >= min(day, NOW.date())
