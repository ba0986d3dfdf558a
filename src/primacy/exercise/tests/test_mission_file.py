"""The mission file of an exercise: days of the process stand fast while time passes."""

from datetime import date, timedelta
from itertools import pairwise, takewhile
from types import SimpleNamespace
from typing import cast

import pytest

from primacy.evidence.store.numbered_days import last_day, month_index
from primacy.exercise.game import found_scenario, scenarios
from primacy.exercise.mission_file import OBJECTIVES, departure, milestones, mission, next_milestone, stage
from primacy.exercise.tests.histories import FIRST, history
from primacy.exercise.world.simulating import History


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


STAGES = [
    # scenario                       months  stage                                    next
    ("steady-progress",              60,     "implementation of the agreement",       "start of the election campaign"),
    ("steady-progress",              65,     "vote held, end of the transition ahead", "last ruling on election complaints"),
    ("steady-progress",              66,     "vote held, end of the transition ahead", "change of government"),
    ("steady-progress",              68,     "after the transition",                  "renewal of the mandate"),
    ("contested-election",           60,     "after the transition",                  "yearly review of the agreement"),
    ("security-without-legitimacy",  60,     "after the transition",                  "yearly review of the agreement"),
    ("early-withdrawal",             46,     "vote held, end of the transition ahead", "change of government"),
    ("early-withdrawal",             60,     "departure of the mission",              "yearly review of the agreement"),
    ("early-withdrawal",             66,     "departure of the mission",              "departure of the last staff"),
    ("early-withdrawal",             72,     "after the departure of the mission",    "yearly review of the agreement"),
]  # fmt: skip


def timed(scenario: str) -> History:
    """As much of a history as days are told from: nothing is simulated."""
    return cast(History, SimpleNamespace(first=FIRST, scenario=found_scenario(scenario)))


@pytest.mark.parametrize(("scenario", "months", "standing", "next_"), STAGES)
def test_the_political_line_fits_what_its_scenario_has_come_to(
    scenario: str, months: int, standing: str, next_: str
) -> None:
    found, today = timed(scenario), last_day(month_index(FIRST) + months - 1)
    assert (stage(found, today), next_milestone(found, today)[1]) == (standing, next_)


def test_no_objective_asks_for_a_vote_that_was_held() -> None:
    line = mission(history("contested-election"), 60)["political_line"]
    assert line["objectives"] == OBJECTIVES["after the transition"]
    assert not any(each.startswith("A vote") for each in line["objectives"])


@pytest.mark.parametrize("scenario", sorted(scenarios()))
def test_whoever_looks_at_the_end_of_each_month_reads_everything_that_comes_once(scenario: str) -> None:
    found = timed(scenario)
    ends = [last_day(month_index(FIRST) + month) for month in range(24, 90)]
    once = {what for day, what in takewhile(lambda each: each[0] < ends[-1], milestones(found)) if day > ends[0]}
    assert {next_milestone(found, day)[1] for day in ends} == once


def test_a_mandate_that_ends_with_the_mission_is_renewed_no_more() -> None:
    found = history("early-withdrawal")
    leaves = departure(found)
    assert leaves is not None
    renewed = [day for day, what in takewhile(lambda each: each[0].year < 2030, milestones(found)) if "renewal" in what]
    assert renewed
    assert max(renewed) < leaves
    mandate = mission(found, 60)["mandate"]
    assert mandate["renewal"] is None
    assert all(day < leaves for day in mandate["reports"])
    assert departure(timed("steady-progress")) is None
