"""The mission file of an exercise: days of the process stand fast while time passes."""

from datetime import date, timedelta
from itertools import pairwise, takewhile

import pytest

from primacy.exercise.game import scenarios
from primacy.exercise.mission_file import milestones, mission, next_milestone
from primacy.exercise.tests.histories import history


@pytest.mark.parametrize("scenario", sorted(scenarios()))
def test_the_next_milestone_comes_nearer_and_when_its_day_has_passed_the_following_one_is_next(scenario: str) -> None:
    found = history(scenario)
    lines = [mission(found, months) for months in range(40, 60)]
    told = [(each["practice_day"], each["political_line"]["next_on"], each["political_line"]["next"]) for each in lines]
    assert all(on > today for today, on, _what in told)
    for (_today, on, what), (later, then, which) in pairwise(told):
        assert (then, which) == (on, what) if on > later else then > on
    assert len({on for _today, on, _what in told}) >= 2


def test_milestones_are_days_of_the_process_in_order() -> None:
    found = history()
    first = list(takewhile(lambda each: each[0] < date(2027, 1, 1), milestones(found)))
    days = [day for day, _what in first]
    assert days == sorted(days)
    assert {what for _day, what in first} == {
        "signature of the agreement", "yearly review of the agreement", "renewal of the mandate",
        "start of the election campaign", "polling day", "last ruling on election complaints", "change of government",
        "end of the transition",
    }  # fmt: skip
    events = mission(found, 50)["events"]
    assert (events["polling_day"], "polling day") in first
    assert (events["agreement"], "signature of the agreement") in first


def test_on_its_day_a_milestone_is_no_longer_to_come() -> None:
    found = history()
    on, _what = next_milestone(found, date(2024, 1, 1))
    assert next_milestone(found, on - timedelta(days=1))[0] == on
    assert next_milestone(found, on)[0] > on
