"""Many histories, judged as a mission would have judged them, beside what was so."""

import multiprocessing
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from primacy.assessment.assessing import assess
from primacy.assessment.finding_json import as_tree
from primacy.assessment.inputs import Inputs
from primacy.assessment.trends.trend import TrendModel
from primacy.evidence.bringing.importing import import_files
from primacy.exercise.country.country import Country, country
from primacy.exercise.country.writing import write_boundaries, write_population
from primacy.exercise.game import Game, found_scenario, new_game, scenarios
from primacy.exercise.ledger.making import make
from primacy.exercise.mission_file import mission_of
from primacy.exercise.observation.observing import observe
from primacy.exercise.observation.stores import store_of
from primacy.exercise.score_records import Record, record
from primacy.exercise.score_told import told
from primacy.exercise.true_rules import judged, of_code
from primacy.exercise.true_things import World
from primacy.exercise.world.simulating import simulate
from primacy.framework import Framework, Instance, load
from primacy.places.areas import Areas

LAND = 1  # the seed of the country; histories differ by their own
PLAYED = 36  # months since the deployment
YEAR = 12


@dataclass(frozen=True)
class Rehearsed:
    """One history: its records, and for each benchmark whether it truly held, month by month."""

    name: str
    records: tuple[Record, ...]
    courses: dict[str, list[int]]


def told_together(found: Sequence[Rehearsed]) -> str:
    """The tables of many histories, in Markdown."""
    courses = {(each.name, id): course for each in found for id, course in each.courses.items()}
    return told(records_of(found), courses)


def records_of(found: Sequence[Rehearsed]) -> list[Record]:
    return [record for each in found for record in each.records]


def rehearse(game: Game, months: Sequence[int], *, framework: Framework, areas: Areas, model: TrendModel) -> Rehearsed:
    """Judge one history at the ends of these months, each with what was known a week later."""
    land = country(LAND, game.scale)
    history = simulate(
        land, game.scenario, seed=game.seed, months=game.months, first=game.first, decisions=game.decisions
    )
    truth, made = make(history)
    mission = mission_of(history, game.months)
    world = World(truth, framework, mission, areas)
    lines = list(observe(history, made))
    store = store_of(lines, land, covered=(game.first, game.today))
    inputs = Inputs(framework, mission, store, areas, model)
    name = f"{game.scenario.name}/{game.seed}"
    records = tuple(
        each
        for month in months
        for each in _month(inputs, world, game.model_copy(update={"months": month + 1}), month, name)
    )
    courses = {id: [int(code) for code in judged(world, id).course] for id in framework.benchmarks}
    return Rehearsed(name, records, courses)


def games_of(histories: int, named: Sequence[str] = (), *, begin: date) -> tuple[list[Game], list[int]]:
    """So many exercises, each scenario in turn with seeds of its own, and the months at whose ends they are judged.

    Raises   BadInput where a scenario is not there.
    """
    chosen = [found_scenario(each) for each in (named or scenarios())]
    games = [
        new_game(chosen[number % len(chosen)], seed=1 + number // len(chosen), scale=1.0, months=PLAYED, begin=begin)
        for number in range(histories)
    ]
    last = games[0].months - 1
    return games, [last - YEAR, last]


def rehearse_many(
    games: Sequence[Game], months: Sequence[int], *, model: TrendModel, processes: int = 1
) -> Iterator[Rehearsed]:
    """Each history judged, in the order of the games, on so many processors; whoever stops asking stops them."""
    if processes == 1:
        _prepare(months, model.as_dict())
        yield from map(_of_game, games)
        return
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _prepare, (months, model.as_dict()))
    try:
        yield from pool.map(_of_game, games)
    finally:
        pool.shutdown(cancel_futures=True)


_AT_HAND: dict[str, Any] = {}


def _prepare(months: Sequence[int], model: dict[str, Any]) -> None:
    """What a process needs once for all of its histories."""
    _AT_HAND.update(months=months, framework=load(), areas=areas_of(country(LAND)), model=TrendModel.from_dict(model))


def _of_game(game: Game) -> Rehearsed:
    known = {name: _AT_HAND[name] for name in ("framework", "areas", "model")}
    return rehearse(game, _AT_HAND["months"], **known)


def areas_of(land: Country) -> Areas:
    """The places of the country as its boundary and population files give them."""
    with tempfile.TemporaryDirectory() as scratch:
        instance = Instance(Path(scratch) / "instance")
        for folder in (instance.places, instance.evidence):
            folder.mkdir(parents=True)
        instance.mission_file.write_text(f"country: {land.code}\n", "utf-8")
        files = [write_boundaries(land, Path(scratch)), write_population(land, Path(scratch), 2020)]
        import_files(files, instance=instance)
        return Areas.load(instance.places)


def _month(inputs: Inputs, world: World, game: Game, month: int, name: str) -> Iterator[Record]:
    for finding in assess(inputs, as_of=game.today, known=game.reported, bare=True).findings:
        benchmark = inputs.framework.benchmarks[finding.benchmark]
        found = judged(world, finding.benchmark)
        yield record(
            as_tree(finding), benchmark, of_code(int(found.course[month])), found.leaves_at(month),
            history=name, scenario=game.scenario.name, month=month,
        )  # fmt: skip
