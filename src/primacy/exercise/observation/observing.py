"""From true things to the lines that producers write of them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from primacy.evidence.kinds import KINDS, LISTING
from primacy.exercise.ledger.drivers import Drivers
from primacy.exercise.ledger.happening import Dead
from primacy.exercise.ledger.making import Made
from primacy.exercise.luck import luck
from primacy.exercise.observation.line import Line
from primacy.exercise.observation.producers import Producer, producers
from primacy.exercise.observation.reporting import reported
from primacy.exercise.truth import Floats
from primacy.exercise.world.simulating import History

ONE_BY_ONE = ("incident", "violation", "contact", "session")  # written down event by event; others as monthly totals
BLUR = {"share": 0.03, "score": 0.28, "points": 0.8, "days": 2.0, "persons": 0.3, "number": 0.25, "currency": 0.02}
MOST_SCORE = 3.0
SMALL = 30
EVERYTHING = 0.95  # a register that hears so much keeps all that it is about
UNEVEN = 0.05  # how far the share that is registered goes up and down
INDEX = 0.03  # error of a published index, as a share of its value
MOST_MONTHS = 5  # after which even what stays so is looked at again
WEEKS = (33, 61)  # days between which an event lies of which no more is known
NEVER_BELOW = ("days", "persons", "items", "share", "currency")


def observe(history: History, made: Iterable[Made]) -> Iterator[Line]:
    """All lines of all producers, in no particular order of days.

    `made`: as they come, one after another; all measures of the same events follow each other.
    """
    drivers = Drivers(history)
    told = producers()
    seen = (each for each in made if each.thing.kind not in history.scenario.unrecorded)
    for key, group in groupby(seen, _counted_together):
        if key is not None:
            yield from _happened(list(group), history, drivers)
            continue
        for each in group:
            for name in each.seen:
                yield from _looks(name, told[name], each, history, drivers)
    yield from reported(history)


def _counted_together(made: Made) -> tuple[str, ...] | None:
    """Of what events a thing counts something, where they are written down one by one."""
    thing = made.thing
    if thing.kind not in ONE_BY_ONE:
        return None
    return (thing.kind, thing.item, thing.category, thing.area, thing.actor, thing.target)


# ---- states, estimates and totals


def _looks(name: str, producer: Producer, made: Made, history: History, drivers: Drivers) -> Iterator[Line]:
    thing = made.thing
    chance = luck(history.seed, "seen", name, *(str(each) for each in vars(thing).values()))
    nature = KINDS[thing.kind].nature
    if thing.measure in LISTING:
        yield from _listed(name, producer, made, history, chance)
        return
    if nature in ("event", "effort"):
        yield from _totals(name, producer, made, drivers, history)
        return
    months = _months(producer, made)
    if not len(months):
        return
    drawn = chance.random((history.months, 3 + 3 * max(1, len(producer.coders))))[months]
    noticed = drawn[:, 0] < _seen(producer, made, drivers, history.months)[months]
    days = (12 + np.floor(15.0 * drawn[:, 1])).astype(np.int64).tolist()
    late = _delays(name, producer, months, history.seed, drawn[:, 2])
    grade = "" if producer.coders or nature == "estimate" else producer.grade
    readings = _readings(producer, made, made.values[months], months, drivers, drawn[:, 3:])
    by_source = [(_columns(made, source or producer.name), values, extras) for source, values, extras in readings]
    told_so = -MOST_MONTHS
    for place, month in enumerate(months.tolist()):
        if not noticed[place] or (made.once and month - told_so < MOST_MONTHS):
            continue
        day = history.first_day(month) + timedelta(days=days[place])
        known = day + timedelta(days=1 + late[place])
        for columns, values, extras in by_source:
            yield Line(name, known, day, columns, thing.measure, values[place], grade, extras[place] if extras else {})
            if made.once and values[place]:
                told_so = month


def _delays(name: str, producer: Producer, months: NDArray[np.int64], seed: int, drawn: Floats) -> list[int]:
    """Days until it is written down; the answers of one round of a survey all come at once."""
    if producer.asked:
        return [_wave(seed, name, month, producer.delay) for month in months.tolist()]
    late: list[int] = waiting(producer.delay, drawn).tolist()
    return late


@lru_cache(1000)
def _wave(seed: int, name: str, month: int, mean: float) -> int:
    return int(luck(seed, "wave", name, month).exponential(mean))


def waiting(mean: float, drawn: Floats) -> NDArray[np.int64]:
    """Whole days of exponential waiting times, from uniform numbers."""
    return np.floor((-mean * np.log1p(-drawn)).round(9)).astype(np.int64)


def bell(one: Floats, other: Floats) -> Floats:
    """Standard normal numbers from two uniform ones each (Box & Muller 1958)."""
    found: Floats = (np.sqrt(-2.0 * np.log1p(-one)) * np.cos(2.0 * np.pi * other)).round(9)
    return found


def _months(producer: Producer, made: Made) -> NDArray[np.int64]:
    """When it is looked at: by the rhythm, and at each step of a stage."""
    there = np.flatnonzero(~np.isnan(made.values))
    if not len(there):
        return there
    since = int(there[0])
    phase = producer.offset if producer.asked or producer.offset else since % producer.every
    wanted = (there - phase) % producer.every == 0
    if _is_stage(made.thing.kind, made.thing.measure, made.thing.category):
        before = np.concatenate([[np.nan], made.values[:-1]])
        wanted |= made.values[there] != before[there]
    looked: NDArray[np.int64] = there[wanted]
    return looked


@lru_cache(1000)
def _is_stage(kind: str, measure: str, category: str) -> bool:
    return bool(KINDS[kind].scheme(measure, category))


def _seen(producer: Producer, made: Made, drivers: Drivers, months: int, best: float | None = None) -> Floats:
    best = producer.sees if best is None else best
    if not producer.by:
        return np.full(months, best)
    place = made.thing.area or made.thing.stratum
    return np.round(best * np.minimum(1.0, 1.25 * drivers.index(producer.by, place)), 9)


Readings = list[tuple[str, list[float], list[dict[str, Any]]]]
"""For each source its values, look by look, and what it says of their uncertainty."""


def _readings(
    producer: Producer,
    made: Made,
    true: Floats,
    months: NDArray[np.int64],
    drivers: Drivers,
    drawn: Floats,
) -> Readings:
    """One reading of each look, or one of each coder."""
    thing = made.thing
    if producer.asked and thing.kind == "survey":
        return [_asked(producer, made, true, months, drivers, drawn)]
    return [
        (coder, _read(producer, made, true, drawn[:, 3 * place : 3 * place + 3]).tolist(), [])
        for place, coder in enumerate(producer.coders or ("",))
    ]


def _read(producer: Producer, made: Made, true: Floats, drawn: Floats) -> Floats:
    """What one reader makes of the true values; `drawn` (n, 3) is chance."""
    thing = made.thing
    unit = KINDS[thing.kind].measures[thing.measure]
    wrong, off = drawn[:, 0] < producer.wrong, bell(drawn[:, 1], drawn[:, 2])
    error = producer.blur * BLUR.get(unit, 0.0) * off
    if made.either is not None:
        low, high = made.either
        wrong &= ~((true == high) & made.once)
        return np.where(wrong, np.where(true == high, low, high), true)
    if _is_stage(thing.kind, thing.measure, thing.category):
        return np.where(wrong, np.maximum(np.minimum(1.0, true), true - 1.0), true)
    if thing.kind == "index":
        error = producer.blur * INDEX * true * off
    values = true + error * (true if unit == "currency" else 1.0)
    if producer.coders:
        return np.clip(np.round(values), 0.0, MOST_SCORE)
    if made.whole or unit in ("days", "persons", "number"):
        values = np.round(values)
    if unit in NEVER_BELOW:
        values = np.maximum(0.0, values)
    if unit == "share":
        values = np.minimum(1.0, values)
    return np.round(values, 4)


def _asked(
    producer: Producer,
    made: Made,
    true: Floats,
    months: NDArray[np.int64],
    drivers: Drivers,
    drawn: Floats,
) -> tuple[str, list[float], list[dict[str, Any]]]:
    """Estimates of a survey. Where people fear to speak they praise, and the error of the sample does not tell it."""
    thing = made.thing
    share = 0.22 if thing.stratum or thing.area else 0.45 if thing.group else 1.0
    n = np.maximum(SMALL, np.round(producer.asked * share * (0.9 + 0.15 * drawn[:, 0])))
    scale = 100.0 if thing.measure == "points" else 1.0
    p = np.clip(true, 0.015, 0.985) if scale == 1.0 else np.full(len(true), 0.5)
    se = np.sqrt(p * (1.0 - p) / n * producer.design) * (0.6 * scale if scale > 1.0 else 1.0)
    fear = 0.06 * (1.0 - drivers.index({"candour": 1.0}, "")[months]) ** 2 * scale
    value = true + fear + se * bell(drawn[:, 1], drawn[:, 2])
    if thing.measure == "share":
        value = np.clip(value, 0.0, 1.0)
    extras = [
        {"se": round(error, 4), "n": size, "wave": f"{month:03}"}
        for error, size, month in zip(se.tolist(), n.tolist(), months.tolist(), strict=True)
    ]
    return "", np.round(value, 4).tolist(), extras


def _listed(name: str, producer: Producer, made: Made, history: History, chance: np.random.Generator) -> Iterator[Line]:
    """What ought to be, said once: that it is expected, and by when it is due."""
    there = np.flatnonzero(~np.isnan(made.values))
    if not len(there) or name != made.seen[0]:
        return
    day = history.first_day(int(there[0])) + timedelta(days=2)
    extra: dict[str, Any] = {}
    value = 1.0
    if made.thing.measure == "due":
        extra["until"] = history.last_day(int(made.values[there[0]]))
    known = day + timedelta(days=int(chance.integers(1, 9)))
    yield Line(name, known, day, _columns(made, producer.name), made.thing.measure, value, producer.grade, extra)


def _totals(name: str, producer: Producer, made: Made, drivers: Drivers, history: History) -> Iterator[Line]:
    """Monthly numbers: what was registered of what happened. All measures of a thing are of the same cases."""
    thing = made.thing
    chance = luck(history.seed, "registered", name, thing.kind, thing.item, thing.category, thing.area)
    heard, drawn = _seen(producer, made, drivers, history.months, producer.hears), chance.random((history.months, 3))
    uneven, late = bell(drawn[:, 0], drawn[:, 1]), waiting(producer.delay, drawn[:, 2]).tolist()
    whole = thing.kind == "payment" or producer.hears >= EVERYTHING
    for month in np.flatnonzero(made.values > 0).tolist():
        share = 1.0 if whole else min(1.0, max(0.0, heard[month] + UNEVEN * uneven[month]))
        if not (value := float(round(made.values[month] * share))):
            continue
        day = history.last_day(month)
        columns = _columns(made, producer.name) | {"item": f"{thing.item or thing.kind}-{thing.area}-{month:03}"}
        yield Line(name, day + timedelta(days=1 + late[month]), day, columns, thing.measure, value, producer.grade)


def _columns(made: Made, source: str) -> dict[str, str]:
    thing = made.thing
    return {
        "kind": thing.kind, "item": thing.item, "category": thing.category, "area": thing.area, "actor": thing.actor,
        "target": thing.target, "group": thing.group, "stratum": thing.stratum, "source": source,
        "confidentiality": str(made.confidential),
    }  # fmt: skip


# ---- events one by one


def _happened(counted: Sequence[Made], history: History, drivers: Drivers) -> Iterator[Line]:
    """Each event with all that is counted of it; the first of the measures counts them all."""
    made, *parts = counted
    thing, dead = made.thing, made.dead
    chance = luck(history.seed, "events", thing.kind, thing.item, thing.category, thing.area, thing.target, thing.actor)
    told = {name: producers()[name] for name in made.seen}
    heard = {name: _seen(each, made, drivers, history.months, each.hears) for name, each in told.items()}
    for month in np.flatnonzero(made.values > 0).tolist():
        number = int(made.values[month])
        days, first = np.sort(chance.integers(0, 28, number)).tolist(), history.first_day(month)
        for event in range(number):
            found = {thing.measure: 1.0} | _counted(parts, dead, month, event, number)
            day = first + timedelta(days=days[event])
            item = f"{thing.item}-{thing.area[3:]}-{month:03}-{event}"
            for name in [name for name in told if chance.random() < _notice(heard[name][month], found)]:
                yield from _event(name, told[name], made, item, day, found, history.first, chance)


def _notice(share: float, counted: dict[str, float]) -> float:
    """Deadly events are heard of more often."""
    return float(min(1.0, share * (1.15 if counted.get("deaths", 0.0) >= 2 else 0.95)))


def _counted(parts: Sequence[Made], dead: Dead | None, month: int, event: int, number: int) -> dict[str, float]:
    """What is counted of one event besides itself."""
    found = {}
    for each in parts:
        measure, value = each.thing.measure, float(each.values[month])
        if measure == "severity":
            found[measure] = 3.0 if event < round((value - number) / 2.0) else 1.0
        elif measure not in ("deaths", "civilian_deaths"):
            found[measure] = 1.0 if event < value else 0.0
    if dead is not None:
        place = int(dead.begins[month]) + event
        found["deaths"], found["civilian_deaths"] = float(dead.whole[place]), float(dead.civilians[place])
    return {measure: value for measure, value in found.items() if value}


def _event(
    name: str,
    producer: Producer,
    made: Made,
    item: str,
    day: date,
    counted: dict[str, float],
    first: date,
    chance: np.random.Generator,
) -> Iterator[Line]:
    thing = made.thing
    columns = _columns(made, producer.name) | {"item": item}
    extra: dict[str, Any] = {}
    if chance.random() < producer.coarse and len(thing.area) > 5:
        columns["area"] = thing.area[:5]
    if thing.actor and chance.random() < producer.unknown:
        columns["actor"] = "unknown"
    if chance.random() < producer.echo:
        extra["origin"] = f"{made.seen[0]} {item}"
    known = day + timedelta(days=1 + int(chance.exponential(producer.delay)))
    begun = day
    if producer.vague and chance.random() < producer.vague:
        begun, extra["until"] = max(first, day - timedelta(days=int(chance.integers(*WEEKS)))), day
    for measure, value in counted.items():
        if measure == "verified" and producer.type != "monitor":
            continue
        more = dict(extra)
        if measure == "deaths" and value >= 3 and chance.random() < 0.4:
            more |= {"low": max(0.0, round(value * 0.7)), "high": round(value * 1.4)}
        yield Line(name, known, begun, columns, measure, value, producer.grade, more)
