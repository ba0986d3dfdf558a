"""Decisions of a team: what the mission puts its effort in from the next month on, and what has come of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from primacy.exercise.game import Game
from primacy.exercise.world.scenario import Plan, Told, of_tasks
from primacy.exercise.world.state import TASKS
from primacy.framework.yaml_files import read_yaml

LEAST = 0.05  # of an even spread that a task keeps
TOLD = 0.005  # a smaller effect is none that anybody would see


class Option(Told):
    """One decision that can be taken."""

    tasks: Annotated[dict[str, float], AfterValidator(of_tasks)]
    about: dict[str, str]


@cache
def options() -> Mapping[str, Option]:
    told = read_yaml((Path(__file__).parent / "decisions.yaml").read_bytes())
    return {name: Option.model_validate(each) for name, each in told.items()}


def decided(game: Game, name: str) -> Game:
    """The same exercise with one more decision, in force from the next month; a second one of a month takes its place.

    Raises   KeyError where there is no such decision.
    """
    plan = in_force(game)
    option = options()[name]
    even = dict.fromkeys(TASKS, 1.0)
    before = even if not option.tasks else {task: len(TASKS) * plan.tasks.get(task, 0.0) / plan.whole for task in TASKS}
    tasks = {task: round(max(LEAST, before[task] + option.tasks.get(task, 0.0)), 4) for task in TASKS}
    earlier = tuple(each for each in game.decisions if each.from_ != game.months)
    new = Plan.model_validate({"from": game.months, "strength": plan.strength, "tasks": tasks, "named": name})
    return game.model_copy(update={"decisions": (*earlier, new)})


def in_force(game: Game) -> Plan:
    """What the mission does in the last month that has passed."""
    return game.scenario.in_force(game.months - 1, game.decisions)


@dataclass(frozen=True)
class Effect:
    """What one number of the world is, and what it would be had nothing been decided."""

    variable: str
    is_: float
    without: float


def effects(game: Game) -> list[Effect]:
    """The truth with the decisions and without, at the end of the last month, largest difference first.

    For facilitators: a team that plays sees only its evidence.
    """
    with_, without = game.history(), game.model_copy(update={"decisions": ()}).history()
    found = [
        Effect(name, float(with_.national[name][-1]), float(without.national[name][-1])) for name in with_.national
    ]
    people = with_.setting.people / with_.setting.people.sum()
    found += [
        Effect(name, float(people @ with_.local[name][:, -1]), float(people @ without.local[name][:, -1]))
        for name in with_.local
    ]
    return sorted(
        (each for each in found if abs(each.is_ - each.without) >= TOLD), key=lambda each: -abs(each.is_ - each.without)
    )
