"""What happened, as things: the events of each stream by district, with their dead; and how hard the mission looked."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from primacy.exercise.country.geography import Country
from primacy.exercise.luck import luck
from primacy.exercise.observation.producers import producers
from primacy.exercise.truth import Floats, Thing
from primacy.exercise.world.simulating import History
from primacy.exercise.world.violence import streams

ROLES = {"constructive": "signatory", "obstructing": "obstructing signatory", "outside": "armed outside"}
PATROL_DAYS = 70.0  # a month and district, at full effort where everything can be reached
MONITOR_DAYS = 45.0
LISTENING = 300.0  # outlet-days a month
TRIED = 1900.0  # interviews of a survey round
HEAVY = 1.15  # shape of the number of dead: most attacks kill few, some very many (Clauset, Young & Gleditsch 2007)
MOST = 200


class Dead(NamedTuple):
    """The dead of each event, and the civilians among them, one after another; `begins`: where each month begins."""

    whole: Floats
    civilians: Floats
    begins: NDArray[np.int64]

    def monthly(self, dead: Floats) -> Floats:
        """Sums of one of the two by month."""
        sums = np.concatenate([[0.0], np.cumsum(dead)])
        months: Floats = np.diff(sums[np.append(self.begins, len(dead))])
        return months


class Found(NamedTuple):
    """What happened of one measure: how often it did, how often it was to be expected, who may hear of it."""

    thing: Thing
    values: Floats
    underlying: Floats
    seen: tuple[str, ...]
    dead: Dead | None = None


def actor_codes(country: Country) -> dict[str, str]:
    """The codes of the parties of the simulation."""
    by_role = {each.role: each.code for each in country.organisations}
    return {party: by_role[role] for party, role in ROLES.items()}


def happenings(history: History) -> Iterator[Found]:
    codes = actor_codes(history.country)
    for row, (name, told) in enumerate(streams().items()):
        actor, target = (codes.get(told.get(side, ""), told.get(side, "")) for side in ("actor", "target"))
        for place, district in enumerate(history.country.districts):
            counts, slow = history.happened[row, place], history.slow[row, place]
            words = {
                "category": told["category"],
                "area": district.code,
                "actor": actor,
                "target": target,
                "item": name,
            }
            dead = None
            if told.get("deaths"):
                fate = (luck(history.seed, word, name, district.code) for word in ("dead", "civilians"))
                dead = _dead(told, counts, *fate)
            severe = luck(history.seed, "severe", name, district.code) if told.get("severe") else None
            for measure, values, below in _measures(told, counts, slow, dead, severe):
                thing = Thing(told["kind"], measure, **words)
                yield Found(thing, values, below, tuple(told["seen"]), dead if measure == "events" else None)
    yield from _effort(history)


def _measures(
    told: Mapping[str, Any], counts: Floats, slow: Floats, dead: Dead | None, severe: np.random.Generator | None
) -> Iterator[tuple[str, Floats, Floats]]:
    yield "events", counts, slow
    if dead is not None:
        mean = told["deaths"]
        yield "deaths", dead.monthly(dead.whole), slow * mean
        yield "civilian_deaths", dead.monthly(dead.civilians), slow * mean * told["civilians"]
    if severe is not None:
        grave = severe.binomial(counts.astype(np.int64), told["severe"]).astype(np.float64)
        yield "severity", counts + 2.0 * grave, slow * (1.0 + 2.0 * told["severe"])
        yield "verified", counts, slow


def _dead(told: Mapping[str, Any], counts: Floats, chance: np.random.Generator, killed: np.random.Generator) -> Dead:
    whole = deaths(int(counts.sum()), told["deaths"], chance)
    civilians = killed.binomial(whole.astype(np.int64), told["civilians"]).astype(np.float64)
    begins = np.concatenate([[0], np.cumsum(counts.astype(np.int64))[:-1]])
    return Dead(whole, civilians, begins)


def deaths(events: int, mean: float, chance: np.random.Generator) -> Floats:
    """The dead of each of so many events: half of them none or few, with a heavy tail (Pareto)."""
    drawn = chance.random((events, 2))
    heavy = np.minimum(((1.0 - drawn[:, 0]) ** (-1.0 / HEAVY) - 1.0) * mean * 0.28, MOST).round(9)
    found: Floats = np.floor(heavy + drawn[:, 1])
    return found


def _effort(history: History) -> Iterator[Found]:
    watching = 0.25 + 0.75 * history.effort["patrols"]
    monitoring = 0.25 + 0.75 * np.maximum(history.effort["human-rights"], history.effort["verification"])
    free = history.national["candour"]
    for place, district in enumerate(history.country.districts):
        reach = history.local["reach"][place]
        uneven = [_uneven(history, 0.08, each, district.code) for each in ("patrols", "monitors")]
        days = np.round(PATROL_DAYS * watching * (0.35 + 0.65 * reach) * (0.6 + 0.4 * free) * uneven[0])
        yield Found(Thing("patrol-days", "days", area=district.code), days, days, ("patrol log",))
        days = np.round(MONITOR_DAYS * monitoring * (0.3 + 0.7 * reach) * free * uneven[1])
        yield Found(Thing("monitors", "days", area=district.code), days, days, ("monitors",))
    heard = np.round(LISTENING * (0.6 + 0.4 * free) * _uneven(history, 0.05, "listening"))
    yield Found(Thing("media-monitoring", "days"), heard, heard, ("media monitoring",))
    poll = producers()["poll"]
    rounds = np.arange(history.months) % poll.every == poll.offset
    tried = np.round(rounds * TRIED * free * _uneven(history, 0.05, "interviews"))
    yield Found(Thing("interviews", "tried"), tried, tried, ("poll",))


def _uneven(history: History, spread: float, *words: str) -> Floats:
    """Factors around 1, month by month."""
    found: Floats = np.exp(spread * luck(history.seed, "effort", *words).standard_normal(history.months)).round(9)
    return found
