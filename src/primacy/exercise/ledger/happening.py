"""What happened, as things: the events of each stream by district, with their dead; and how hard the mission looked."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from primacy.exercise.country.geography import Country
from primacy.exercise.luck import luck
from primacy.exercise.truth import Floats, Thing
from primacy.exercise.world.simulating import History
from primacy.exercise.world.violence import streams

ROLES = {"constructive": "signatory", "obstructing": "obstructing signatory", "outside": "armed outside"}
PATROL_DAYS = 70.0  # a month and district, at full effort where everything can be reached
MONITOR_DAYS = 45.0
LISTENING = 300.0  # outlet-days a month
HEAVY = 1.15  # shape of the number of dead: most attacks kill few, some very many (Clauset, Young & Gleditsch 2007)
MOST = 200
Found = tuple[Thing, Floats, Floats, tuple[str, ...]]


def actor_codes(country: Country) -> dict[str, str]:
    """The codes of the parties of the simulation."""
    by_role = {each.role: each.code for each in country.organisations}
    return {party: by_role[role] for party, role in ROLES.items()}


def happenings(history: History) -> Iterator[Found]:
    codes = actor_codes(history.country)
    for row, (name, told) in enumerate(streams().items()):
        actor, target = (codes.get(told.get(side, ""), told.get(side, "")) for side in ("actor", "target"))
        seen = tuple(told["seen"])
        for place, district in enumerate(history.country.districts):
            counts, slow = history.happened[row, place], history.slow[row, place]
            words = {
                "category": told["category"],
                "area": district.code,
                "actor": actor,
                "target": target,
                "item": name,
            }
            yield Thing(told["kind"], "events", **words), counts, slow, seen
            for measure, values, below in _measures(told, name, history, district.code, counts, slow):
                yield Thing(told["kind"], measure, **words), values, below, seen
    yield from _effort(history)


def _measures(
    told: Mapping[str, Any], name: str, history: History, district: str, counts: Floats, slow: Floats
) -> Iterator[tuple[str, Floats, Floats]]:
    if mean := told.get("deaths"):
        dead = dead_of_each(history, name, district)
        yield "deaths", np.array([each[0].sum() for each in dead]), slow * mean
        yield "civilian_deaths", np.array([each[1].sum() for each in dead]), slow * mean * told["civilians"]
    if severe := told.get("severe"):
        chance = luck(history.seed, "severe", name, district)
        grave = chance.binomial(counts.astype(np.int64), severe).astype(np.float64)
        yield "severity", counts + 2.0 * grave, slow * (1.0 + 2.0 * severe)
        yield "verified", counts, slow


def dead_of_each(history: History, stream: str, district: str) -> list[tuple[Floats, Floats]]:
    """For each month the dead, and the civilians among them, of each event of a stream in a district."""
    told = streams()[stream]
    counts = history.happened[list(streams()).index(stream), _place(history.country, district)]
    chance = luck(history.seed, "dead", stream, district)
    found = []
    for number in counts:
        dead = deaths(int(number), told["deaths"], chance)
        found.append((dead, chance.binomial(dead.astype(np.int64), told["civilians"]).astype(np.float64)))
    return found


def _place(country: Country, district: str) -> int:
    return next(place for place, each in enumerate(country.districts) if each.code == district)


def deaths(events: int, mean: float, chance: np.random.Generator) -> Floats:
    """The dead of each of so many events: half of them none or few, with a heavy tail."""
    if not events:
        return np.zeros(0)
    heavy = np.minimum(chance.pareto(HEAVY, events) * mean * 0.28, MOST)
    found: Floats = np.floor(heavy + chance.random(events))
    return found


def _effort(history: History) -> Iterator[Found]:
    chance = luck(history.seed, "effort")
    watching = 0.25 + 0.75 * history.effort["patrols"]
    monitoring = 0.25 + 0.75 * np.maximum(history.effort["human-rights"], history.effort["verification"])
    free = history.national["candour"]
    for place, district in enumerate(history.country.districts):
        reach = history.local["reach"][place]
        uneven = np.exp(0.08 * chance.standard_normal((2, history.months)))
        days = np.round(PATROL_DAYS * watching * (0.35 + 0.65 * reach) * (0.6 + 0.4 * free) * uneven[0])
        yield Thing("patrol-days", "days", area=district.code), days, days, ("patrol log",)
        days = np.round(MONITOR_DAYS * monitoring * (0.3 + 0.7 * reach) * free * uneven[1])
        yield Thing("monitors", "days", area=district.code), days, days, ("monitors",)
    heard = np.round(LISTENING * (0.6 + 0.4 * free) * np.exp(0.05 * chance.standard_normal(history.months)))
    yield Thing("media-monitoring", "days"), heard, heard, ("media monitoring",)
