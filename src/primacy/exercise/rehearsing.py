"""Many histories, judged as a mission would have judged them, beside what was so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from primacy.assessment.assessing import assess
from primacy.assessment.finding_json import as_tree
from primacy.assessment.inputs import Inputs
from primacy.assessment.trend import TrendModel
from primacy.exercise.country.country import country
from primacy.exercise.game import Game
from primacy.exercise.ledger.making import make
from primacy.exercise.mission_file import mission
from primacy.exercise.observation.observing import observe
from primacy.exercise.observation.stores import store_of
from primacy.exercise.score_records import Record, record
from primacy.exercise.true_rules import judged, of_code
from primacy.exercise.true_things import World
from primacy.exercise.world.simulating import simulate
from primacy.framework import Framework, Mission
from primacy.places.areas import Areas

LAND = 1  # the seed of the country; histories differ by their own


@dataclass(frozen=True)
class Rehearsed:
    """One history: its records, and for each benchmark whether it truly held, month by month."""

    name: str
    records: tuple[Record, ...]
    courses: dict[str, list[int]]


def rehearse(game: Game, months: Sequence[int], *, framework: Framework, areas: Areas, model: TrendModel) -> Rehearsed:
    """Judge one history at the ends of these months, each with what was known a week later."""
    land = country(LAND, game.scale)
    history = simulate(
        land, game.scenario, seed=game.seed, months=game.months, first=game.first, decisions=game.decisions
    )
    truth, made = make(history)
    told = Mission.model_validate(mission(history, game.months))
    world = World(truth, framework, told, areas)
    lines = list(observe(history, truth, made))
    store = store_of(lines, land, covered=(game.first, game.today))
    inputs = Inputs(framework, told, store, areas, model)
    name = f"{game.scenario.name}/{game.seed}"
    records = tuple(
        each
        for month in months
        for each in _month(inputs, world, game.model_copy(update={"months": month + 1}), month, name)
    )
    courses = {id: [int(code) for code in judged(world, id).course] for id in framework.benchmarks}
    return Rehearsed(name, records, courses)


def _month(inputs: Inputs, world: World, game: Game, month: int, name: str) -> Iterator[Record]:
    known = datetime.combine(game.told, time(), UTC)
    for finding in assess(inputs, as_of=game.today, known=known).findings:
        benchmark = inputs.framework.benchmarks[finding.benchmark]
        found = judged(world, finding.benchmark)
        yield record(
            as_tree(finding), benchmark, of_code(int(found.course[month])), found.leaves_at(month),
            history=name, scenario=game.scenario.name, month=month,
        )  # fmt: skip
