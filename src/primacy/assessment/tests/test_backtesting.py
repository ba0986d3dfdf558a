"""A backtest judges each month as an assessment of that day with that K would; with a lag, nothing is known early."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from primacy.assessment.assessing import assess, rows_read
from primacy.assessment.inputs import Inputs
from primacy.assessment.over_time.backtest_told import Told
from primacy.assessment.over_time.backtesting import Month, Standing, days, knowledge_at, lag_of, replay, standing
from primacy.assessment.over_time.reversals import events_of, records
from primacy.assessment.tests.building import SUBJECT, Setting, mission
from primacy.assessment.trends.trend import TrendModel
from primacy.evidence.errors import BadInput
from primacy.evidence.store.hindsight import lagged

LAW = """
indicators: {law: {kind: law, measure: stage, aggregate: distinct, pass: {stage: adopted}, fresh: 10 years}}
rule: {exists: {indicator: law, min: 1}}
"""
FALLS = """
indicators: {attacks: {kind: incident, measure: events, aggregate: sum}}
rule: {falls: {indicator: attacks, by: 20 %, window: 12 months, against: previous}}
"""
SURVEY = """
indicators: {trust: {kind: survey, measure: share, aggregate: latest}}
rule: {believes: {indicator: trust, at_least: 50 %}}
"""
BENCHMARKS = {SUBJECT: LAW, "O2.S8": FALLS, "O2.M2": SURVEY}
EVIDENCE = [
    {"kind": "law", "data": "first", "known": "2024-02-10", "points": ["2024-02-01 L stage=3", "2024-03-05 L stage=4 grade=A1 known=2024-03-20"]},
    {"kind": "incident", "known": "2024-01-05", "covers": "2018-01-01 to 2023-12-31", "lineage": "events",
     "monthly": ["2018-01..2022-12 events=20,25,18", "2023-01..2023-12 events=3,2,4"]},
    {"kind": "incident", "known": "2024-04-05", "covers": "2018-01-01 to 2024-03-31", "lineage": "events",
     "monthly": ["2018-01..2022-12 events=20,25,18", "2023-01..2024-03 events=19,22,24"]},
]  # fmt: skip
MISSION = {"horizons": {"medium": ["2024-03-15", "2024-06-30"]}, "events": {"agreement": "2024-02-20"}}
ASKED = days(date(2024, 1, 31), date(2024, 5, 31), "1m")


def inputs(model: TrendModel) -> Inputs:
    return Setting(model, BENCHMARKS, EVIDENCE, mission=MISSION).inputs()


def assessed(given: Inputs, day: date) -> dict[str, Standing]:
    whole = assess(given, as_of=day, known=knowledge_at(day))
    return {each.benchmark: standing(each) for each in whole.findings}


def test_each_month_is_what_an_assessment_of_that_day_says(model: TrendModel) -> None:
    given = inputs(model)
    months = replay(lambda day: given, given.store, ASKED)
    assert [each.as_of for each in months] == ASKED
    for month in months:
        assert month.standings == assessed(given, month.as_of)
    assert len({month.standings["O2.M2"].status for month in months}) == 2  # its horizon begins on the way
    assert len({month.standings["O2.S8"].status for month in months}) > 1  # the release was revised on the way


def test_with_a_lag_each_month_is_an_assessment_of_the_lagged_evidence(model: TrendModel) -> None:
    given = inputs(model)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    store = lagged(rows_read(given, as_of=ASKED[-1], known=now), given.store.versions(known=now), 45)
    months = replay(lambda day: given, store, ASKED[:3])
    for month in months:
        assert month.standings == assessed(replace(given, store=store), month.as_of)
        assert all("with hindsight" in each.flags for each in month.standings.values())
    # Two months are not in yet; they are late, not missing.
    assert months[0].standings["O2.S8"].status not in ("insufficient evidence",)


@pytest.mark.parametrize(("lag", "day"), [(0, date(2024, 3, 5)), (45, date(2024, 2, 29)), (400, date(2024, 12, 31))])
def test_nothing_is_known_before_its_day_and_the_lag(model: TrendModel, lag: int, day: date) -> None:
    given = inputs(model)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    store = lagged(rows_read(given, as_of=date(2025, 1, 1), known=now), given.store.versions(known=now), lag)
    known = knowledge_at(day)
    told = store.fetch(store.rows(as_of=date(2025, 1, 1), known=known).select("date"))["date"].to_pylist()
    last = (known - timedelta(days=lag)).date()
    assert all(each <= last for each in told)
    assert all(each.end <= last for version in store.versions(known=known) for each in version.coverage)


STEPS = [
    # what it shows                             from              to                every  days
    ("ends of months stay ends of months",      date(2024, 1, 31), date(2024, 4, 30), "1m", ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]),
    ("the same day of every month",             date(2024, 1, 15), date(2024, 3, 20), "1m", ["2024-01-15", "2024-02-15", "2024-03-15"]),
    ("a month without that day gives its last", date(2023, 1, 30), date(2023, 3, 30), "1m", ["2023-01-30", "2023-02-28", "2023-03-30"]),
    ("quarters",                                date(2023, 3, 31), date(2023, 12, 31), "3m", ["2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31"]),
    ("one day",                                 date(2023, 3, 31), date(2023, 3, 31), "1y", ["2023-03-31"]),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "first", "last", "every", "expected"), STEPS, ids=[case[0] for case in STEPS])
def test_which_days_are_judged(shows: str, first: date, last: date, every: str, expected: Sequence[str]) -> None:
    assert [each.isoformat() for each in days(first, last, every)] == expected


@pytest.mark.parametrize(
    "ask",
    [
        lambda: days(date(2024, 1, 1), date(2023, 1, 1), "1m"),
        lambda: days(date(2023, 1, 1), date(2024, 1, 1), "0m"),
        lambda: days(date(2023, 1, 1), date(2024, 1, 1), "monthly"),
        lambda: lag_of("lagged"),
        lambda: lag_of("perfect"),
        lambda: events_of(["relapse"], mission()),
        lambda: events_of(["relapse=soon"], mission()),
    ],
)
def test_what_makes_no_sense_is_refused(ask: Any) -> None:
    with pytest.raises(BadInput):
        ask()


# ---- reversals


def history(*statuses: str, signs: Sequence[int] = ()) -> list[Month]:
    """Months from January 2020 on, with these statuses of one benchmark."""
    return [
        Month(
            day, knowledge_at(day),
            {SUBJECT: Standing(status, None, 0.5, ("unconfirmed sign",) if place in signs else ())},
        )
        for place, (day, status) in enumerate(
            zip(days(date(2020, 1, 31), date(2029, 12, 31), "1m"), statuses, strict=False)
        )
    ]  # fmt: skip


REVERSALS = [
    # what it shows                          months                                                     calls                             false a year, flips
    ("a loss that lasts",                    ["met"] * 6 + ["reversed"] * 18,                           [("2020-07-31", "status", False)], 0.0, 1),
    ("a loss that was none",                 ["met"] * 6 + ["reversed"] * 3 + ["met"] * 16,             [("2020-07-31", "status", True)], 1.0, 2),
    ("too near the end to tell",             ["met"] * 20 + ["reversed"] * 4,                           [("2021-09-30", "status", None)], 0.0, 1),
    ("never anything",                       ["met"] * 25,                                              [], 0.0, 0),
    ("what was reversed at the first month", ["reversed"] * 25,                                         [], 0.0, 0),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "months", "calls", "rate", "flips"), REVERSALS, ids=[c[0] for c in REVERSALS])
def test_reversals(shows: str, months: list[str], calls: list[Any], rate: float, flips: int) -> None:
    (found,) = records(history(*months), {})
    assert [(each.as_of.isoformat(), each.kind, each.false) for each in found.calls] == calls
    assert (found.false_a_year["status"], found.flips) == (pytest.approx(rate, abs=0.08), flips)


def test_a_sign_is_false_where_nothing_was_lost_in_the_year_after() -> None:
    (none,) = records(history(*["met"] * 30, signs=[3, 4]), {})
    (lost,) = records(history(*["met"] * 8, *["reversed"] * 22, signs=[3, 4]), {})
    assert [(each.kind, each.false) for each in none.calls] == [("sign", True)]
    assert [(each.kind, each.false) for each in lost.calls] == [("sign", False), ("status", False)]


@pytest.mark.parametrize(
    ("day", "months"),
    [(date(2020, 12, 19), 5), (date(2020, 3, 1), -4), (date(2025, 1, 1), None)],
    ids=["called before", "called after", "nothing near"],
)
def test_how_long_before_an_event_a_reversal_was_called(day: date, months: int | None) -> None:
    (found,) = records(history(*["met"] * 6, *["reversed"] * 18), {"relapse": day})
    assert [each.months for each in found.leads] == [months]


def test_the_same_in_every_form(model: TrendModel) -> None:
    told = Told(history(*["met"] * 6, *["reversed"] * 18), "lagged:45d", "1m", {"relapse": date(2020, 12, 19)})
    tree, lines = told.as_tree(), list(told.lines())
    assert tree["backtest"]["with_hindsight"]
    assert tree["benchmarks"][0]["statuses"] == ["met"] * 6 + ["reversed"] * 18
    assert any(line.startswith(f"{SUBJECT:<7}MMMMMMRRRRRR RRRRRRRRRRRR") for line in lines)
    assert any("relapse" in line and "5 months before" in line for line in lines)
    assert "WITH HINDSIGHT" in lines[0]
    rows = list(csv.DictReader(io.StringIO(told.csv())))
    assert [row["status"] for row in rows] == tree["benchmarks"][0]["statuses"]
    assert {row["knowledge"] for row in rows} == {"lagged:45d"}
