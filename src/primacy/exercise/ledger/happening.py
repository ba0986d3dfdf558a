"""What happened, as things: the events of each stream by district, with their dead; and how hard the mission looked."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from primacy.exercise.country.geography import Country
from primacy.exercise.ledger.made import AT_ONCE, Dead, Family, Made, columns_of
from primacy.exercise.ledger.ways import parted
from primacy.exercise.luck import luck
from primacy.exercise.observation.producers import producers
from primacy.exercise.truth import Floats
from primacy.exercise.world.simulating import History
from primacy.exercise.world.violence import streams

ROLES = {"constructive": "signatory", "obstructing": "obstructing signatory", "outside": "armed outside"}
PATROL_DAYS = 70.0  # a month and district, at full effort where everything can be reached
MONITOR_DAYS = 45.0
LISTENING = 300.0  # outlet-days a month
TRIED = 1900.0  # interviews of a survey round
HEAVY = 1.15  # shape of the number of dead: most attacks kill few, some very many (Clauset, Young & Gleditsch 2007)
MOST = 200


def actor_codes(country: Country) -> dict[str, str]:
    """The codes of the parties of the simulation."""
    by_role = {each.role: each.code for each in country.organisations}
    return {party: by_role[role] for party, role in ROLES.items()}


def happenings(history: History) -> Iterator[Family]:
    codes = actor_codes(history.country)
    districts = [each.code for each in history.country.districts]
    for row, (name, told) in enumerate(streams().items()):
        actor, target = (codes.get(told.get(side, ""), told.get(side, "")) for side in ("actor", "target"))
        for first in range(0, len(districts), AT_ONCE):
            some = slice(first, first + AT_ONCE)
            same = {"item": name, "category": told["category"], "actor": actor, "target": target}
            yield list(_stream(history, name, told, same, row, some, districts[some]))
    yield from _efforts(history, districts)


def _stream(
    history: History, name: str, told: Mapping[str, Any], same: Mapping[str, str], row: int, some: slice,
    districts: list[str],
) -> Iterator[Made]:  # fmt: skip
    """One stream in some districts: how often, and what else is counted of each time."""
    counts, slow = history.happened[row, some], history.slow[row, some]
    columns, of = columns_of(districts, **same), np.arange(len(districts))
    seen = tuple(told["seen"])
    if told.get("deaths"):
        dead = [_dead(told, each, history.seed, name, code) for each, code in zip(counts, districts, strict=True)]
        mean = told["deaths"]
        whole = np.stack([each.monthly(each.whole) for each in dead])
        civilians = np.stack([each.monthly(each.civilians) for each in dead])
        yield Made(told["kind"], "events", columns, of, counts, slow, seen, dead=dict(enumerate(dead)))
        yield Made(told["kind"], "deaths", columns, of, whole, slow * mean, seen)
        yield Made(told["kind"], "civilian_deaths", columns, of, civilians, slow * mean * told["civilians"], seen)
        return
    yield Made(told["kind"], "events", columns, of, counts, slow, seen)
    if severe := told.get("severe"):
        chances = [luck(history.seed, "severe", name, code) for code in districts]
        grave = parted(counts, np.full(counts.shape, severe), chances)
        yield Made(told["kind"], "severity", columns, of, counts + 2.0 * grave, slow * (1.0 + 2.0 * severe), seen)
        yield Made(told["kind"], "verified", columns, of, counts, slow, seen)


def _dead(told: Mapping[str, Any], counts: Floats, seed: int, name: str, code: str) -> Dead:
    if not counts.any():
        return Dead(np.zeros(0), np.zeros(0), np.zeros(len(counts), np.int64))
    whole = deaths(int(counts.sum()), told["deaths"], luck(seed, "dead", name, code))
    killed = luck(seed, "civilians", name, code)
    civilians = killed.binomial(whole.astype(np.int64), told["civilians"]).astype(np.float64)
    begins = np.concatenate([[0], np.cumsum(counts.astype(np.int64))[:-1]])
    return Dead(whole, civilians, begins)


def deaths(events: int, mean: float, chance: np.random.Generator) -> Floats:
    """The dead of each of so many events: half of them none or few, with a heavy tail (Pareto)."""
    drawn = chance.random((events, 2))
    heavy = np.minimum(((1.0 - drawn[:, 0]) ** (-1.0 / HEAVY) - 1.0) * mean * 0.28, MOST).round(9)
    found: Floats = np.floor(heavy + drawn[:, 1])
    return found


def _efforts(history: History, districts: list[str]) -> Iterator[Family]:
    for first in range(0, len(districts), AT_ONCE):
        yield list(_effort(history, slice(first, first + AT_ONCE), districts[first : first + AT_ONCE]))
    free = history.national["candour"]
    heard = np.round(LISTENING * (0.6 + 0.4 * free) * _uneven(history, 0.05, "listening"))
    poll = producers()["poll"]
    rounds = np.arange(history.months) % poll.every == poll.offset
    tried = np.round(rounds * TRIED * free * _uneven(history, 0.05, "interviews"))
    national, of = columns_of([""]), np.arange(1)
    yield [Made("media-monitoring", "days", national, of, heard[None], heard[None], ("media monitoring",))]
    yield [Made("interviews", "tried", national, of, tried[None], tried[None], ("poll",))]


def _effort(history: History, some: slice, districts: list[str]) -> Iterator[Made]:
    """How many days were spent in some districts looking, as far as one can get there and is let."""
    watching = 0.25 + 0.75 * history.effort["patrols"]
    monitoring = 0.25 + 0.75 * np.maximum(history.effort["human-rights"], history.effort["verification"])
    free, reach = history.national["candour"], history.local["reach"][some]
    uneven = {
        each: np.stack([_uneven(history, 0.08, each, code) for code in districts]) for each in ("patrols", "monitors")
    }
    columns, of = columns_of(districts), np.arange(len(districts))
    days = np.round(PATROL_DAYS * watching * (0.35 + 0.65 * reach) * (0.6 + 0.4 * free) * uneven["patrols"])
    yield Made("patrol-days", "days", columns, of, days, days, ("patrol log",))
    days = np.round(MONITOR_DAYS * monitoring * (0.3 + 0.7 * reach) * free * uneven["monitors"])
    yield Made("monitors", "days", columns, of, days, days, ("monitors",))


def _uneven(history: History, spread: float, *words: str) -> Floats:
    """Factors around 1, month by month."""
    found: Floats = np.exp(spread * luck(history.seed, "effort", *words).standard_normal(history.months)).round(9)
    return found
