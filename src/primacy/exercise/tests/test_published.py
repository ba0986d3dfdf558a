"""What is published of the country from outside: it rests on what truly happened, comes late or errs, and moves nothing."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pytest

from primacy.exercise.game import scenarios
from primacy.exercise.mission_file import OWN_BENCHMARKS
from primacy.exercise.observation import observing
from primacy.exercise.observation.council import rejections
from primacy.exercise.observation.covering import coverage
from primacy.exercise.observation.producers import producers
from primacy.exercise.observation.sheets import told_since
from primacy.exercise.observation.yearly import ACTIVE, forms, signatories
from primacy.exercise.tests.histories import Line, batches, history, lines, whole
from primacy.exercise.truth import Floats
from primacy.exercise.world.scenario import shocks
from primacy.exercise.world.violence import streams
from primacy.framework import load

PUBLISHED = ("conflict yearbook", "list of organisations", "issue coders", "forecasters", "council record")
NAMES = sorted(scenarios())
EVERY = pytest.mark.parametrize("scenario", NAMES)


def of_kind(kind: str, scenario: str) -> list[Line]:
    return [line for line in lines(scenario) if line.columns["kind"] == kind]


def truly_dead(scenario: str, category: str, target: str = "") -> Floats:
    """By month, of a form of organised violence, or of it against somebody."""
    truth, _made = whole(scenario)
    rows = [row for row in truth.rows_of("incident", "deaths") if truth.things[row].category == category]
    dead: Floats = truth.values[[row for row in rows if target in ("", truth.things[row].target)]].sum(axis=0)
    return dead


def in_year(scenario: str, dead: Floats, year: int) -> float:
    first = history(scenario).first
    month = 12 * (year - first.year) + 1 - first.month
    return float(dead[month : month + 12].sum())


# ---- beside all else


@EVERY
def test_whoever_publishes_moves_nothing_of_what_others_write(scenario: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """All else is the same to the letter and in the same order as without them."""
    for name in ("publish_years", "tell_by_the_year", "foretell", "list_vetoes"):
        monkeypatch.setattr(observing, name, lambda *given: None)
    without = list(observing.observe(history(scenario), whole(scenario)[1]))
    for bare, told in zip(without, batches(scenario), strict=True):
        assert set(told) - set(PUBLISHED) == set(bare)
        assert all(told[name].equals(table) for name, table in bare.items())


def test_no_rule_reads_what_is_published_from_outside() -> None:
    published = {line.columns["kind"] for scenario in NAMES for line in lines(scenario) if line.producer in PUBLISHED}
    read = {indicator.kind for entry in load(OWN_BENCHMARKS).measured for indicator in entry.indicators.values()}
    assert len(published) == 6
    assert not published & read


# ---- a year's totals


@EVERY
def test_a_yearbook_knows_of_fewer_dead_than_there_were_and_says_how_many_more_there_may_be(scenario: str) -> None:
    for category in sorted({each["category"] for each in streams().values() if each["category"].count("/") == 1}):
        for line in of_kind("violence-total", scenario):
            if line.columns["item"] != f"year/{category}" or line.measure != "deaths":
                continue
            truly = in_year(scenario, truly_dead(scenario, category), line.day.year)
            assert 0.2 * truly <= line.value <= truly
            assert float(line.extra["low"]) <= line.value <= float(line.extra["high"])


def test_where_less_may_be_said_a_yearbook_misses_more() -> None:
    """Monitors are barred in the fourth year."""
    dead = truly_dead("propaganda-of-peace", "violence/state-based")
    known = {
        line.day.year: line.value / in_year("propaganda-of-peace", dead, line.day.year)
        for line in of_kind("violence-total", "propaganda-of-peace")
        if line.columns["item"] == "year/violence/state-based" and line.measure == "deaths"
    }
    assert known[2024] < 0.8 * known[2021]


@EVERY
def test_an_edition_comes_at_once_and_months_after_its_year(scenario: str) -> None:
    editions: dict[int, set[date]] = {}
    for line in of_kind("violence-total", scenario):
        assert (line.day, line.extra["until"]) == (date(line.day.year, 1, 1), date(line.day.year, 12, 31))
        assert line.known > line.extra["until"] + timedelta(days=60)
        editions.setdefault(line.day.year, set()).add(line.known)
    assert list(editions) == [2020, 2021, 2022, 2023, 2024]
    assert all(len(days) == 1 for days in editions.values())


@EVERY
def test_a_conflict_is_active_in_a_year_of_so_many_dead(scenario: str) -> None:
    between = [line for line in of_kind("violence-total", scenario) if line.columns["item"].startswith("conflict/")]
    assert {line.measure for line in between} == {"deaths", "intensity"}
    assert min(line.value for line in between if line.measure == "deaths") >= ACTIVE
    assert {line.value for line in between if line.measure == "intensity"} <= {1.0, 2.0}


# ---- how fighting ended


def ends() -> Iterator[tuple[str, Line]]:
    return ((scenario, line) for scenario in NAMES for line in of_kind("conflict-end", scenario))


def test_fighting_ended_where_a_year_without_it_followed() -> None:
    assert {line.columns["category"] for _scenario, line in ends()} == {
        "conflict-end/peace-agreement", "conflict-end/low-activity",
    }  # fmt: skip
    for scenario, line in ends():
        sides = f"conflict/{line.columns['actor']}/{line.columns['target']}"
        active = {each.day.year for each in of_kind("violence-total", scenario) if each.columns["item"] == sides}
        year = int(line.columns["item"].rpartition("/")[2])
        assert year in active
        assert year + 1 not in active
        assert line.known > date(year + 1, 12, 31)


def test_only_whoever_signed_ended_fighting_by_the_agreement_and_on_its_day() -> None:
    for scenario, line in ends():
        if line.columns["category"] == "conflict-end/peace-agreement":
            played = history(scenario)
            assert line.columns["target"] in signatories(played)
            assert line.day == played.first_day(played.scenario.agreement)


# ---- lists, demands, vetoes


@EVERY
def test_only_armed_organisations_of_the_country_are_listed(scenario: str) -> None:
    codes = {each.code for each in history(scenario).country.organisations} | {"herder-militias", "farmer-militias"}
    listed = of_kind("organisation", scenario)
    assert {line.columns["actor"] for line in listed} <= codes
    assert {line.columns["category"] for line in listed} == {f"organisation/{how}" for how in forms().values()}


def test_a_list_forgets_somebody_now_and_then() -> None:
    told = [line for scenario in NAMES for line in of_kind("organisation", scenario)]
    assert len(told) < 6 * len(NAMES) * 5


def test_what_was_demanded_is_misread_as_often_as_is_said_of_the_coders() -> None:
    wrong = []
    for scenario in NAMES:
        truth, _made = whole(scenario)
        demands = {truth.things[row].item: truth.values[row] for row in truth.rows_of("conflict-issue", "raised")}
        for line in of_kind("conflict-issue", scenario):
            month = truth.month_of(line.day)
            wrong.append(line.value != np.nanmax(demands[line.columns["item"]][month : month + 12]))
    assert 0.0 < np.mean(wrong) < 2 * producers()["issue coders"].wrong


@EVERY
def test_the_council_rejects_drafts_on_what_happened(scenario: str) -> None:
    assert set(rejections()) <= set(shocks())
    played = history(scenario)
    brought = {(each.what, each.month) for each in played.scenario.shocks}
    for line in of_kind("veto", scenario):
        _draft, month, what = line.columns["item"].split("-", 2)
        assert (what, int(month)) in brought
        assert 0 < (line.day - played.first_day(int(month))).days < 60


def test_where_nothing_is_brought_before_it_the_council_rejects_nothing() -> None:
    assert not of_kind("veto", "steady-progress")


# ---- forecasts


@EVERY
def test_a_forecast_is_told_before_its_month_with_bounds_and_errs(scenario: str) -> None:
    dead, first = truly_dead(scenario, "violence/state-based"), history(scenario).first
    held = []
    for line in of_kind("forecast", scenario):
        assert line.known < line.day
        assert float(line.extra["low"]) <= line.value <= float(line.extra["high"])
        month = 12 * (line.day.year - first.year) + line.day.month - first.month
        if month < len(dead):
            held.append(float(line.extra["low"]) <= dead[month] <= float(line.extra["high"]))
    assert len(held) > 100
    assert 0.5 < np.mean(held) < 0.99


def test_nobody_who_forecasts_knows_what_is_to_come() -> None:
    """As the agreement comes fighting falls, and those who went on with what was said too much."""
    dead, month = truly_dead("steady-progress", "violence/state-based"), history().scenario.agreement + 6
    day = history().first_day(month)
    said = [line.value for line in of_kind("forecast", "steady-progress") if line.day == day]
    assert len(said) == 3
    assert np.mean(said) > 1.5 * dead[month]


def test_what_is_foretold_is_told_as_soon_as_it_is_written_down() -> None:
    day = history().last_day(41)
    told = [table for batch in batches() for name, table in told_since(None, batch, (day, day + timedelta(days=8))).items()
            if name == "forecasters"]  # fmt: skip
    written = [line for line in of_kind("forecast", "steady-progress") if line.known <= day + timedelta(days=8)]
    assert sum(table.num_rows for table in told) == len(written)
    assert max(line.day for line in written) > day + timedelta(days=60)


def test_a_release_that_foretells_covers_the_months_that_it_tells_of() -> None:
    ahead = (date(2023, 7, 1), date(2023, 9, 1))
    (one,) = coverage(
        producers()["forecasters"], {"forecast"}, ahead, history().country, (date(2023, 6, 1), date(2023, 6, 30))
    )
    assert (one.start, one.end, one.complete) == (*ahead, False)
