"""How many people organised violence truly killed, stream by stream: summed while events pass, none of them kept."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from primacy.exercise.ledger.happening import actor_codes
from primacy.exercise.ledger.made import Family
from primacy.exercise.luck import luck
from primacy.exercise.observation.watching import Watch
from primacy.exercise.truth import Floats
from primacy.exercise.world.simulating import History
from primacy.exercise.world.violence import streams

FIGHTING = "violence/state-based"
ORGANISED = (FIGHTING, "violence/non-state", "violence/one-sided")  # the three forms that are told apart world-wide
KILLED = ("deaths", "civilian_deaths")


class Tolls:
    """(months,) the dead of each stream of organised violence in the whole country, and the civilians among them."""

    def __init__(self, months: int) -> None:
        self.of = {
            name: {measure: np.zeros(months) for measure in KILLED}
            for name, told in streams().items()
            if told["category"] in ORGANISED
        }

    def add(self, family: Family) -> None:
        for made in family:
            name = made.columns["item"][0]
            if made.kind == "incident" and made.measure in KILLED and name in self.of:
                self.of[name][made.measure] += made.values.sum(axis=0)


class Sides(NamedTuple):
    """Who kills whom, by what form of violence."""

    category: str
    actor: str
    target: str


@dataclass(frozen=True)
class Found:
    """(months,) what somebody far away found out of the dead of two sides."""

    deaths: Floats
    civilians: Floats


def find(producer: str, tolls: Tolls, watch: Watch) -> dict[Sides, Found]:
    """What a producer found out, who hears from every place the less the less may be said there."""
    told, history = watch.told[producer], watch.history
    share = np.clip(told.hears * np.minimum(1.0, 1.25 * watch.drivers.index(told.by, "")), 0.0, 1.0)
    found = {}
    for name, toll in tolls.of.items():
        chance = luck(history.seed, "found", producer, name)
        deaths = chance.binomial(toll["deaths"].astype(np.int64), share).astype(np.float64)
        of_civilians = np.divide(toll["civilian_deaths"], toll["deaths"], out=np.zeros_like(deaths),
                                 where=toll["deaths"] > 0)  # fmt: skip
        found[_sides(name, history)] = Found(deaths, np.round(deaths * of_civilians))
    return found


def _sides(stream: str, history: History) -> Sides:
    told, codes = streams()[stream], actor_codes(history.country)
    return Sides(told["category"], *(codes.get(told[side], told[side]) for side in ("actor", "target")))
