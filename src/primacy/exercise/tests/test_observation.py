"""What is seen of the world: never more than there is, late, with holes where nobody may go, and errors of known size."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from primacy.exercise.country.country import country
from primacy.exercise.ledger.making import make
from primacy.exercise.observation import observing
from primacy.exercise.observation.observing import observe
from primacy.exercise.observation.producers import producers
from primacy.exercise.observation.reporting import signs
from primacy.exercise.observation.sheets import told_since
from primacy.exercise.observation.stores import store_of
from primacy.exercise.observation.tables import write_release
from primacy.exercise.tests.histories import FIRST, Line, batches, history, lines, singly, true_values, whole
from primacy.exercise.world.scenario import Scenario, shocks
from primacy.exercise.world.simulating import simulate
from primacy.framework import load


def test_the_same_seed_gives_the_same_lines(tmp_path) -> None:  # type: ignore[no-untyped-def]
    folders = [tmp_path / name for name in ("one", "other")]
    again = observe(history(), whole()[1])
    for folder, told in zip(folders, (again, batches()), strict=True):
        folder.mkdir()
        write_release(folder, told, country(1), covered=(FIRST, whole()[0].last_day(59)))
    files = [{path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders]
    assert files[0] == files[1]


@pytest.mark.parametrize("scenario", ["steady-progress", "relapse-in-one-province"])
def test_a_longer_history_begins_like_a_shorter_one(scenario: str) -> None:
    """What was told of earlier months does not change because time went on."""
    short = simulate(country(1), history(scenario).scenario, seed=1, months=45, first=FIRST)
    truth, made = make(short)
    whole_truth, _made = whole(scenario)
    same = {thing: row for row, thing in enumerate(whole_truth.things)}
    for row, thing in enumerate(truth.things):
        np.testing.assert_array_equal(truth.values[row], whole_truth.values[same[thing], :45], err_msg=str(thing))
    until = truth.last_day(43)
    told = {str(line) for line in singly(observe(short, made)) if _over(line) <= until}
    later = {str(line) for line in lines(scenario) if _over(line) <= until}
    assert told == later


def _over(line: Line) -> date:
    """When what a line tells of was over: a year with its last day, an episode with the quiet year that shows its end."""
    kind = line.columns["kind"]
    if kind == "conflict-end":
        return date(line.day.year + 1, 12, 31)
    of_year: date = line.extra["until"] if kind in ("violence-total", "conflict-issue") else line.day
    return of_year


def test_nobody_knows_a_thing_before_it_happens_and_foretells_it_only_before() -> None:
    foretold = {line.columns["kind"] for line in lines() if line.known <= line.day}
    assert foretold == {"forecast"}
    assert all(line.known < line.day for line in lines() if line.columns["kind"] == "forecast")


def test_most_events_are_heard_of_and_none_that_did_not_happen() -> None:
    truth, _made = whole()
    happened = sum(
        truth.values[row].sum()
        for row, thing in enumerate(truth.things)
        if thing.kind == "incident" and thing.measure == "events" and thing.category == "violence/one-sided"
    )
    heard = {
        line.columns["item"]
        for line in lines()
        if line.producer == "operations centre" and line.columns["category"] == "violence/one-sided"
    }
    assert 0.5 * happened < len(heard) <= happened


def test_where_monitors_are_barred_less_is_heard_of_as_much() -> None:
    """The counts of a mission fall although nothing got better: its effort falls with them, and is on record."""
    barred = history().scenario.model_copy(update={"name": "barred", "shocks": ()})
    told = barred.model_dump(by_alias=True) | {"shocks": [{"month": 40, "what": "monitors-barred"}]}
    struck = simulate(country(1), Scenario.model_validate(told), seed=1, months=52, first=FIRST)
    truth, made = make(struck)
    days = Counter[str]()
    for line in singly(observe(struck, made)):
        month = truth.month_of(line.day)
        if line.producer == "monitors":
            days["before" if 28 <= month < 40 else "after" if month >= 40 else ""] += line.value
    assert days["after"] < 0.8 * days["before"]


def test_every_producer_writes_something_and_none_is_unknown() -> None:
    told = Counter(line.producer for line in lines())
    assert set(told) | {"observers", "council record"} == set(producers())


def test_readings_are_wrong_as_often_as_it_is_said_of_the_producer() -> None:
    truth, _made = whole()
    states = {
        (thing.item, thing.measure): values
        for thing, values, seen in true_values()
        if "attendance register" in seen and thing.measure == "days_at_post"
    }
    wrong = [
        line.value != states[line.columns["item"], line.measure][truth.month_of(line.day)]
        for line in lines()
        if line.producer == "attendance register" and line.measure == "days_at_post"
    ]
    assert np.mean(wrong) == pytest.approx(producers()["attendance register"].wrong, abs=0.015)


def test_estimates_lie_around_the_truth_as_their_errors_say() -> None:
    truth, _made = whole()
    levels = {
        (thing.item, thing.group, thing.stratum, thing.area): values
        for thing, values, seen in true_values()
        if "poll" in seen and thing.measure == "share"
    }
    apart = [
        (line.value - levels[key][truth.month_of(line.day)]) / float(line.extra["se"])
        for line in lines()
        if line.producer == "poll" and line.measure == "share" and "se" in line.extra
        and (key := (line.columns["item"], line.columns["group"], line.columns["stratum"], line.columns["area"])) in levels
    ]  # fmt: skip
    assert abs(np.mean(apart)) < 0.3
    assert np.std(apart) == pytest.approx(1.0, abs=0.15)


def test_all_answers_of_a_round_come_at_once() -> None:
    waves: dict[str, set[int]] = {}
    for line in lines():
        if line.producer == "poll" and "wave" in line.extra:
            waves.setdefault(line.extra["wave"], set()).add((line.known - line.day).days)
    assert waves
    assert all(len(days) == 1 for days in waves.values())


def test_two_coders_give_whole_points() -> None:
    scores = [line for line in lines() if line.producer == "two coders"]
    assert {line.columns["source"] for line in scores} == {"coder 1", "coder 2"}
    assert {line.value for line in scores} <= {0.0, 1.0, 2.0, 3.0}


def test_a_release_tells_only_what_was_known(tmp_path) -> None:  # type: ignore[no-untyped-def]
    until = whole()[0].last_day(29)
    known = [told_since(None, batch, (until, until + timedelta(days=8))) for batch in batches()]
    files = write_release(tmp_path, known, country(1), covered=(FIRST, until))
    assert files
    for path in files:
        text = path.read_text("utf-8")
        assert text.startswith("# Invented for practice")
        covers = [line for line in text.splitlines() if line.startswith("# coverage")]
        assert covers
        if "Forecasts" not in path.name:  # which are of months to come
            assert all(f"to {until};" in line for line in covers)


def test_a_store_in_memory_holds_every_line() -> None:
    store = store_of(batches(), country(1), covered=(FIRST, whole()[0].last_day(59)))
    assert sum(version.rows for version in store.versions()) == len(lines())
    official = {name for version in store.versions() for name in version.official_for}
    assert official == {"incident", "incident/speech/hate"}, "of what is said on the outlets who watches them"


def test_every_sign_that_a_shock_shows_is_one_of_the_framework() -> None:
    known = {
        f"{benchmark.id}/{entry.sign.id}"
        for benchmark in load().benchmarks.values()
        for entry in benchmark.reversal
        if entry.sign is not None
    }
    for shock, told in signs().items():
        assert shock in shocks()
        assert set(told["signs"]) <= known
        assert set(told["seen"]) <= set(producers())


def test_signs_are_reported_and_never_confirmed_by_an_exercise() -> None:
    told = [line for line in lines("relapse-in-one-province") if line.columns["kind"] == "sign"]
    assert {line.columns["item"] for line in told} >= {"O2.S1/withdrawal"}
    assert {line.measure for line in told} == {"seen"}


def test_of_effort_that_nobody_writes_down_there_is_no_line_and_no_coverage() -> None:
    told = lines("contested-election")
    assert history("contested-election").scenario.unrecorded == ("media-monitoring",)
    assert any(made.kind == "media-monitoring" for family in whole("contested-election")[1] for made in family)
    assert {"patrol-days", "monitors"} <= {line.columns["kind"] for line in told}
    store = store_of(
        batches("contested-election"), country(1), covered=(FIRST, whole("contested-election")[0].last_day(59))
    )
    covered = {each.kind for version in store.versions() for each in version.coverage}
    assert "patrol-days" in covered
    assert "media-monitoring" not in {line.columns["kind"] for line in told} | covered


def test_a_release_is_written_in_batches_of_all_producers_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more lines are held in memory than a batch and what is made at once, and none is lost between two."""
    contents, most = [], []
    for at_once in (10**6, 700):
        monkeypatch.setattr(observing, "AT_ONCE", at_once)
        told = list(observe(history(), whole()[1]))
        most.append(max(sum(table.num_rows for table in batch.values()) for batch in told))
        (folder := tmp_path / str(at_once)).mkdir()
        files = write_release(folder, told, country(1), covered=(FIRST, whole()[0].last_day(59)))
        contents.append({each.name: sorted(each.read_text("utf-8").splitlines()) for each in files})
    assert most[1] < most[0] / 5
    assert contents[0] == contents[1]
