"""Histories that several tests look at, made once a process."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from primacy.exercise.country.country import country
from primacy.exercise.game import Game, a_year_before, found_scenario, new_game
from primacy.exercise.ledger.made import Family, in_order
from primacy.exercise.ledger.making import make
from primacy.exercise.observation.observing import observe
from primacy.exercise.observation.sheets import SELDOM, WORDS, Batch
from primacy.exercise.truth import Floats, Thing, Truth
from primacy.exercise.world.simulating import History, simulate
from primacy.framework import Instance

FIRST = date(2020, 1, 1)
MONTHS = 60
TODAY = date(2026, 11, 26)


@cache
def history(scenario: str = "steady-progress", seed: int = 1) -> History:
    return simulate(country(1), found_scenario(scenario), seed=seed, months=MONTHS, first=FIRST)


@cache
def whole(scenario: str = "steady-progress", seed: int = 1) -> tuple[Truth, tuple[Family, ...]]:
    return make(history(scenario, seed))


def true_values(scenario: str = "steady-progress", seed: int = 1) -> Iterator[tuple[Thing, Floats, tuple[str, ...]]]:
    """Every thing with its values and those who may see it."""
    for family in whole(scenario, seed)[1]:
        for made, row in in_order(family):
            yield made.things[row], made.values[row], made.seen


@dataclass(frozen=True)
class Line:
    """One data point as a producer wrote it down on the day `known`."""

    producer: str
    known: date
    day: date
    columns: dict[str, str]
    measure: str
    value: float
    extra: dict[str, Any]


@cache
def batches(scenario: str = "steady-progress", seed: int = 1) -> tuple[Batch, ...]:
    return tuple(observe(history(scenario, seed), whole(scenario, seed)[1]))


@cache
def lines(scenario: str = "steady-progress", seed: int = 1) -> tuple[Line, ...]:
    return tuple(singly(batches(scenario, seed)))


def singly(told: Iterable[Batch]) -> Iterator[Line]:
    """Line by line what stands in the columns of batches."""
    for batch in told:
        for producer, table in batch.items():
            for row in table.to_pylist():
                extra = {name: row[name] for name in SELDOM if row[name]}
                extra |= {"until": row["until"]} if row["until"] != row["date"] else {}
                columns = {name: row[name] for name in (*WORDS, "item")}
                yield Line(producer, row["known"], row["date"], columns, row["measure"], row["value"], extra)


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
