"""Reporting delay: what is not in yet is left out or allowed for, and never read as a fall."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from primacy.assessment.assessing import assess
from primacy.assessment.indicators.still_reported import still_reported
from primacy.assessment.packages import package
from primacy.assessment.tests.building import SUBJECT, Judge, Setting, framework, store
from primacy.assessment.told.sentences import say_all
from primacy.assessment.trends.trend import TrendModel
from primacy.evidence.lacking.being_reported import BeingReported, incomplete
from primacy.evidence.lacking.delays import Delay
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.numbered_days import first_day, month_index

MAY = month_index(date(2026, 5, 1))
FALL = """
indicators: {attacks: {kind: incident, measure: events, aggregate: sum}}
rule: {falls: {indicator: attacks, by: 20 %, window: 3 months, against: previous}}
thresholds: {}
"""
CEASE = """
indicators: {attacks: {kind: incident, measure: events, aggregate: sum}}
rule: {ceases: {indicator: attacks, at_most: 3, window: 3 months}}
thresholds: {}
"""


def lagging(lag: int, *, a_month: int = 24, spread: int = 40) -> dict[str, Any]:
    """A flat series from 2022 to mid-2026, each event known `lag` days later, give or take half of `spread`."""
    points = []
    for number in range((2026 - 2022) * 12 + 6):
        month = month_index(date(2022, 1, 1)) + number
        for event in range(a_month):
            day = first_day(month) + timedelta(days=event * 28 // a_month)
            known = day + timedelta(
                days=max(0, lag - spread // 2 + (event * 7 + number * 5) % a_month * spread // a_month)
            )
            points.append(f"{day} {number}-{event} events=1 known={known}")
    return {"kind": "incident", "covers": "2022-01-01 to 2026-12-31", "points": points, "known": "2022-01-01"}


def at(day: date) -> dict[str, Any]:
    """A back-test: the knowledge of the day that is judged."""
    return {"as_of": day, "known": datetime(day.year, day.month, day.day, 12, tzinfo=UTC)}


REPLAYED = [(30, "2026-06-30"), (45, "2025-09-30"), (45, "2026-03-31"), (45, "2026-06-30")]


@pytest.mark.parametrize(("lag", "day"), REPLAYED, ids=[f"{lag} days, {day}" for lag, day in REPLAYED])
def test_a_back_test_on_lagged_data_does_not_call_a_fall_that_is_only_delay(judge: Judge, lag: int, day: str) -> None:
    finding = judge(FALL, [lagging(lag)], **at(date.fromisoformat(day)))
    assert finding.probability is not None
    assert finding.probability < 0.6
    assert finding.status not in ("met", "progressing")
    assert "incomplete months" in finding.flags


def test_with_all_of_it_known_the_same_series_is_read_to_its_end(judge: Judge) -> None:
    finding = judge(FALL, [lagging(45)], as_of=date(2026, 6, 30), known=datetime(2026, 11, 1, tzinfo=UTC))
    assert "reporting" not in finding.numbers
    assert finding.numbers["events"] == 3 * 24


def test_the_finding_says_which_months_and_how_much_of_them_is_in(judge: Judge) -> None:
    finding = judge(FALL, [lagging(55)], **at(date(2026, 6, 30)))
    told = finding.numbers["reporting"]
    assert told["left-out months"] == 2
    assert told["left-out share"] < 0.5
    assert 0.5 <= told["allowed-for share"] < 1.0
    text = say_all(finding.sentence, framework=framework({SUBJECT: FALL}))
    assert "from May 2026 on reports are still coming in" in text
    assert "left out" in text


def test_what_is_left_out_is_drawn_as_incomplete(judge: Judge) -> None:
    (chart,) = judge(FALL, [lagging(55)], **at(date(2026, 6, 30))).charts
    assert chart.months[chart.incomplete_from] == "2026-05-01"
    assert None not in chart.values[-3:]


def test_silence_of_months_still_reported_is_no_end_of_events(judge: Judge) -> None:
    now, later = at(date(2026, 6, 30)), {"as_of": date(2026, 6, 30), "known": datetime(2026, 12, 1, tzinfo=UTC)}
    slow = lagging(80, a_month=12, spread=4)
    assert judge(CEASE, [slow], **now).probability < 0.25
    assert judge(CEASE, [slow], **later).probability < 0.25


def test_what_is_too_old_when_more_than_a_quarter_of_a_year_is_not_in(judge: Judge) -> None:
    finding = judge(FALL, [lagging(150)], **at(date(2026, 6, 30)))
    assert (finding.status, finding.reason) == ("insufficient evidence", "stale")


def test_a_package_carries_what_was_not_in_and_verifies(model: TrendModel, tmp_path: Path) -> None:
    setting = Setting(model, {SUBJECT: FALL}, [lagging(55)], **at(date(2026, 6, 30)))
    inputs, path = setting.inputs(), tmp_path / "package.zip"
    package.write(path, inputs, assess(inputs, as_of=setting.as_of, known=setting.known))
    assert "2026-05" in package.part_of(path, "reporting.json")
    assert package.verify(path).differences == ()


def test_what_one_store_taught_is_not_said_of_another(model: TrendModel) -> None:
    setting = Setting(model, {SUBJECT: FALL}, [lagging(55)], **at(date(2026, 6, 30)))
    inputs = setting.inputs()
    assert inputs.still_reported(setting.known)
    assert replace(inputs, store=store([])).still_reported(setting.known) == ()


# ---- a month that is over, of which nobody can know yet how hard was looked

RATE_FALLS = """
indicators: {attacks: {kind: incident, measure: events, aggregate: rate, effort: patrol-days}}
rule: {falls: {indicator: attacks, by: 20 %, window: 12 months, against: previous}}
thresholds: {}
"""
PATROLLED = [
    # what it shows                                            patrols told up to  status                     reason         flagged
    ("all of it is in",                                        "2026-06",          "met",                   None,          False),
    ("the last month cannot be in on the day that ends it",    "2026-05",          "met",                   None,          True),
    ("two months that are not in are more than lateness",      "2026-04",          "insufficient evidence", "not covered", False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("shows", "until", "status", "reason", "flagged"), PATROLLED, ids=[case[0] for case in PATROLLED]
)
def test_effort_of_the_last_month_is_waited_for(
    judge: Judge, shows: str, until: str, status: str, reason: str | None, flagged: bool
) -> None:
    events = ["2022-01..2025-05 events=40,44,36,42", "2025-06..2026-06 events=2,1,3"]
    evidence: list[dict[str, Any]] = [
        {"kind": "incident", "covers": "2022-01-01 to 2026-06-30", "monthly": events},
        {
            "kind": "patrol-days", "covers": "2022-01-01 to 2026-06-30",
            "monthly": ["2022-01..2025-05 days=500", f"2025-06..{until} days=900"],
        },
    ]  # fmt: skip
    finding = judge(RATE_FALLS, evidence, as_of=date(2026, 6, 30), known=datetime(2026, 6, 30, 23, tzinfo=UTC))
    assert (finding.status, finding.reason) == (status, reason)
    assert ("incomplete months" in finding.flags) is flagged


TOLD_IN_PART = [
    # what it shows                                                of the patrols                           flagged
    ("a file that is complete to the end of the month",            {"covers": "2022-01-01 to 2026-06-30"},  False),
    ("one that is complete to the twelfth day",                    {"covers": "2022-01-01 to 2026-06-12"},  True),
    ("one that says nothing and became known on the twelfth day",  {"known": "2026-06-12"},                 True),
    ("one that became known on the last day",                      {"known": "2026-06-30"},                 False),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "told", "flagged"), TOLD_IN_PART, ids=[case[0] for case in TOLD_IN_PART])
def test_the_effort_of_a_few_days_does_not_stand_for_that_of_their_month(
    judge: Judge, shows: str, told: dict[str, str], flagged: bool
) -> None:
    """As many attacks as ever under as many patrols as ever: the twelve days of June that are told are no fewer."""
    june = "360" if flagged else "900"
    evidence: list[dict[str, Any]] = [
        {"kind": "incident", "covers": "2022-01-01 to 2026-06-30", "monthly": ["2022-01..2026-06 events=40,44,36,42"]},
        {"kind": "patrol-days", "monthly": ["2022-01..2026-05 days=900", f"2026-06..2026-06 days={june}"], **told},
    ]
    rises = RATE_FALLS.replace("falls", "rises").replace("12 months", "3 months")
    finding = judge(rises, evidence, as_of=date(2026, 6, 30), known=datetime(2026, 6, 30, 23, tzinfo=UTC))
    assert ("incomplete months" in finding.flags) is flagged
    assert "effort" not in finding.numbers  # 21 % fewer patrol-days would have a say


def test_of_what_has_ceased_a_month_that_is_not_in_is_said_too(judge: Judge) -> None:
    def flags(until: str) -> tuple[str, ...]:
        quiet = {"kind": "incident", "covers": f"2022-01-01 to {until}", "monthly": ["2022-01..2024-12 events=9"]}
        return judge(CEASE, [quiet], as_of=date(2026, 6, 30), known=datetime(2026, 6, 30, 23, tzinfo=UTC)).flags

    assert "incomplete months" in flags("2026-05-31")
    assert "incomplete months" not in flags("2026-06-30")


# ---- shares by month


def release(known: str, end: str) -> DatasetVersion:
    moment = datetime.fromisoformat(known).replace(tzinfo=UTC)
    return DatasetVersion(
        name="x", lineage="x", format="csv", known=moment, imported=moment, end=date.fromisoformat(end)
    )  # fmt: skip


def test_of_releases_each_month_has_had_those_that_came_after_the_first_to_reach_it() -> None:
    delay = Delay("x", "incident", 500, {}, 10, (0.6, 0.9, 1.0))
    monthly = [release(f"2026-0{n}-20", f"2026-0{n - 1}-28") for n in range(3, 7)]
    found = incomplete(delay, monthly, datetime(2026, 6, 25, tzinfo=UTC))
    assert found == {MAY: 0.6, MAY - 1: 0.9}


def test_by_days_a_month_is_known_as_far_as_its_days_are_old() -> None:
    delay = Delay("x", "incident", 500, {}, 10, (0.0,) * 30 + (1.0,), by_days=True)  # all known after thirty days
    found = incomplete(delay, [release("2026-06-16", "2026-06-10")], datetime(2026, 6, 16, tzinfo=UTC))
    assert found[MAY] == pytest.approx(17 / 31, abs=1e-3)  # the days up to the seventeenth
    assert found[MAY + 1] == 0.0
    assert set(found) == {MAY, MAY + 1}


OWNERS = ["a"] * 6
CASES = [
    # what it shows                                      shares of months 0-5               owners    left out from
    ("little of the last two",                           {3: 0.9, 4: 0.4, 5: 0.1},          OWNERS,                           4),
    ("most of the last two",                             {4: 0.8, 5: 0.6},                  OWNERS,                           6),
    ("months that nobody covers do not come in between", {3: 0.4, 4: 0.1},                  ["a"] * 5 + [""],                 3),
    ("what a source left open long ago is not the end",  {2: 0.1},                          ["a"] * 3 + ["b"] * 3,            6),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "shares", "owners", "first"), CASES, ids=[case[0] for case in CASES])
def test_which_months_are_left_out(shows: str, shares: dict[int, float], owners: list[str], first: int) -> None:
    found = still_reported([BeingReported("a", "incident", 90, shares)], "incident", owners, 0)
    assert found is not None
    assert found.left_out_from == first


def test_windows_end_before_what_is_left_out_but_not_where_it_would_be_much() -> None:
    found = still_reported([BeingReported("a", "incident", 90, {4: 0.4, 5: 0.1})], "incident", OWNERS, 0)
    assert found is not None
    np.testing.assert_array_equal(found.ends(np.array([3, 4, 5, 6, 7, 8])), [3, 4, 4, 4, 4, 8])


def test_plain_numbers_and_back() -> None:
    told = BeingReported("a", "incident", 90, {MAY: 0.4})
    assert told.as_dict()["shares"] == {"2026-05": 0.4}
    assert BeingReported.from_dict(told.as_dict()) == told
