"""Decisions of a team: what the mission puts its effort in from the next month on, and what has truly come of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

import numpy as np
from pydantic import AfterValidator

from primacy.exercise.game import Game
from primacy.exercise.world.scenario import Plan, Texts, Told, of_tasks
from primacy.exercise.world.simulating import History
from primacy.exercise.world.state import TASKS, variables
from primacy.exercise.world.violence import streams
from primacy.framework.yaml_files import read_yaml

LEAST = 0.05  # of an even spread that a task keeps
TOLD = 0.005  # a smaller effect is none that anybody would see
HALF = 12  # months after which about half has come of what a decision does in two years; little before half of them


class Option(Told):
    """One decision that can be taken.

    `moves`: variables of the world and events, by the names that people have for them, which it is meant to move.
    `look_at`: benchmarks whose evidence would show it.
    """

    tasks: Annotated[dict[str, float], AfterValidator(of_tasks)]
    about: Texts
    moves: tuple[str, ...] = ()
    look_at: tuple[str, ...] = ()


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


def without(game: Game, left_out: Plan) -> Game:
    """The same exercise had one decision not been taken: later ones are taken as they were, on top of what was then."""
    bare = game.model_copy(update={"decisions": ()})
    for each in game.decisions:
        if each != left_out:
            bare = decided(bare.model_copy(update={"months": each.from_}), each.named)
    return bare.model_copy(update={"months": game.months})


@dataclass(frozen=True)
class Effect:
    """What something of the world truly is, and what it would be without a decision.

    `name`: of a variable of the world, or what events are called; a level lies between 0 and 1 and is that of the last
    month, `events` are all since the decision.
    """

    name: str
    is_: float
    without: float
    events: bool = False
    meant: bool = False

    @property
    def seen(self) -> bool:
        """Whether there is an effect at all, of which it is worth to speak."""
        return abs(self.is_ - self.without) >= (0.5 if self.events else TOLD)

    @property
    def size(self) -> float:
        """For an order: levels by their difference, events by its share of them."""
        apart = abs(self.is_ - self.without)
        return apart / max(1.0, self.is_, self.without) if self.events else apart


def effects(game: Game) -> list[tuple[Plan, list[Effect]]]:
    """Of each decision that has come into force: the same history with it and without it, with the same luck.

    What it was meant to move comes first, then the largest; what moved too little to speak of is left out, unless it
    was meant. For facilitators: a team that plays sees only its evidence.
    """
    begun = [each for each in game.decisions if each.from_ < game.months]
    return list(_effects(game, begun, game.history())) if begun else []


def _effects(game: Game, begun: Sequence[Plan], history: History) -> Iterator[tuple[Plan, list[Effect]]]:
    for each in begun:
        other = without(game, each).history(beside=history)
        apart = _apart(history, other, each.from_, options()[each.named].moves)
        told = (one for one in apart if one.seen or one.meant)
        yield each, sorted(told, key=lambda one: (not one.meant, -one.size))


def _apart(history: History, other: History, since: int, moves: tuple[str, ...]) -> Iterator[Effect]:
    people = history.setting.people / history.setting.people.sum()
    for name in (*variables()["national"], *variables()["local"]):
        one, two = (each.national.get(name) for each in (history, other))
        if one is None or two is None:
            one, two = people @ history.local[name], people @ other.local[name]
        yield Effect(name, float(one[-1]), float(two[-1]), meant=name in moves)
    for called in dict.fromkeys(told["called"] for told in streams().values()):
        rows = [row for row, told in enumerate(streams().values()) if told["called"] == called]
        is_, was = (_since(each, rows, since) for each in (history, other))
        yield Effect(called, is_, was, events=True, meant=called in moves)


def _since(history: History, rows: list[int], since: int) -> float:
    return float(np.sum(history.happened[rows][:, :, since:]))
