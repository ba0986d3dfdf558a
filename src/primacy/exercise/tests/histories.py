"""Histories that several tests look at, made once a process."""

from datetime import date
from functools import cache
from pathlib import Path

from primacy.exercise.observation.line import Line

from primacy.exercise.country.country import country
from primacy.exercise.game import Game, a_year_before, found_scenario, new_game
from primacy.exercise.ledger.making import Made, make
from primacy.exercise.observation.observing import observe
from primacy.exercise.truth import Truth
from primacy.exercise.world.simulating import History, simulate
from primacy.framework import Instance

FIRST = date(2020, 1, 1)
MONTHS = 60
TODAY = date(2026, 11, 26)


@cache
def history(scenario: str = "steady-progress", seed: int = 1) -> History:
    return simulate(country(1), found_scenario(scenario), seed=seed, months=MONTHS, first=FIRST)


@cache
def whole(scenario: str = "steady-progress", seed: int = 1) -> tuple[Truth, tuple[Made, ...]]:
    return make(history(scenario, seed))


@cache
def lines(scenario: str = "steady-progress", seed: int = 1) -> tuple[Line, ...]:
    _truth, made = whole(scenario, seed)
    return tuple(observe(history(scenario, seed), made))


def game(months: int = 6) -> Game:
    """A short exercise, the mission just deployed."""
    return new_game(found_scenario("steady-progress"), seed=1, scale=1.0, months=months, begin=a_year_before(TODAY))


def empty(folder: Path, country: str = "XXX") -> Instance:
    """An instance with nothing in it but the country of its mission."""
    instance = Instance(folder)
    for each in (instance.overlay, instance.places, instance.evidence):
        each.mkdir(parents=True)
    instance.mission_file.write_text(f"country: {country}\n", "utf-8")
    return instance
