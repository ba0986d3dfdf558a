"""From true things to the lines that producers write of them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np

from primacy.evidence.kinds import KINDS, LISTING
from primacy.exercise.ledger.drivers import Drivers
from primacy.exercise.ledger.happening import dead_of_each
from primacy.exercise.ledger.making import Made
from primacy.exercise.luck import luck
from primacy.exercise.observation.producers import Producer, producers
from primacy.exercise.truth import Floats, Truth
from primacy.exercise.world.simulating import History

ONE_BY_ONE = ("incident", "violation", "contact", "session")  # written down event by event; others as monthly totals
BLUR = {"share": 0.03, "score": 0.28, "points": 0.8, "days": 2.0, "persons": 0.3, "number": 0.25, "currency": 0.02}
MOST_SCORE = 3.0
SMALL = 30
MOST_MONTHS = 5  # after which even what stays so is looked at again
NEVER_BELOW = ("days", "persons", "items", "share", "currency")


@dataclass(frozen=True)
class Line:
    """One data point as a producer wrote it down on the day `known`."""

    producer: str
    known: date
    day: date
    columns: dict[str, str]
    measure: str
    value: float
    grade: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def observe(history: History, truth: Truth, made: Sequence[Made]) -> Iterator[Line]:
    """All lines of all producers, in no particular order of days."""
    drivers = Drivers(history)
    told = producers()
    events: dict[tuple[str, ...], dict[str, Floats]] = {}
    for each in made:
        thing = each.thing
        if thing.kind in ONE_BY_ONE:
            key = (thing.kind, thing.item, thing.category, thing.area, thing.actor, thing.target)
            events.setdefault(key, {})[thing.measure] = each.values
            if thing.measure == "events":
                events[key]["seen"] = each  # type: ignore[assignment]
            continue
        for name in each.seen:
            yield from _looks(name, told[name], each, history, truth, drivers)
    for measures in events.values():
        yield from _happened(measures, history, truth, drivers)


# ---- states, estimates and totals


def _looks(
    name: str, producer: Producer, made: Made, history: History, truth: Truth, drivers: Drivers
) -> Iterator[Line]:
    thing = made.thing
    chance = luck(history.seed, "seen", name, *(str(each) for each in vars(thing).values()))
    nature = KINDS[thing.kind].nature
    if thing.measure in LISTING:
        yield from _listed(name, producer, made, truth, chance)
        return
    if nature in ("event", "effort"):
        yield from _totals(name, producer, made, truth, drivers, chance)
        return
    months = _months(producer, made, history.months, staged=_is_stage(made))
    seen = _seen(producer, made, drivers, history.months)
    told_so = -MOST_MONTHS
    for month in months:
        if chance.random() >= seen[month] or (made.once and month - told_so < MOST_MONTHS):
            continue
        day = truth.first_day(month) + timedelta(days=int(chance.integers(12, 27)))
        late = luck(history.seed, "wave", name, month) if producer.asked else chance
        known = day + timedelta(days=1 + int(late.exponential(producer.delay)))
        for source, value, extra in _readings(producer, made, float(made.values[month]), month, drivers, chance):
            grade = "" if producer.coders or nature == "estimate" else producer.grade
            columns = _columns(made, source or producer.name)
            yield Line(name, known, day, columns, thing.measure, value, grade, extra)
            if made.once and value:
                told_so = month


def _months(producer: Producer, made: Made, months: int, *, staged: bool) -> list[int]:
    """When it is looked at: by the rhythm, and at each step of a stage."""
    there = np.flatnonzero(~np.isnan(made.values))
    if not len(there):
        return []
    since = int(there[0])
    phase = producer.offset if producer.asked or producer.offset else since % producer.every
    rhythm = {int(month) for month in there if (month - phase) % producer.every == 0}
    if staged:
        steps = {int(month) for month in there if month == since or made.values[month] != made.values[month - 1]}
        rhythm |= steps
    return sorted(rhythm)


def _is_stage(made: Made) -> bool:
    return bool(KINDS[made.thing.kind].scheme(made.thing.measure, made.thing.category))


def _seen(producer: Producer, made: Made, drivers: Drivers, months: int, best: float | None = None) -> Floats:
    best = producer.sees if best is None else best
    if not producer.by:
        return np.full(months, best)
    place = made.thing.area or made.thing.stratum
    return np.round(best * np.minimum(1.0, 1.25 * drivers.index(producer.by, place)), 9)


def _readings(
    producer: Producer, made: Made, true: float, month: int, drivers: Drivers, chance: np.random.Generator
) -> Iterator[tuple[str, float, dict[str, Any]]]:
    """Source, value and its uncertainty: one reading, or one of each coder."""
    thing = made.thing
    unit = KINDS[thing.kind].measures[thing.measure]
    if producer.asked and thing.kind == "survey":
        yield "", *_asked(producer, made, true, month, drivers, chance)
        return
    for coder in producer.coders or ("",):
        if made.either is not None:
            low, high = made.either
            wrong = chance.random() < (0.0 if made.once and true == high else producer.wrong)
            value = (low if true == high else high) if wrong else true
        elif _is_stage(made):
            value = max(min(1.0, true), true - 1.0) if chance.random() < producer.wrong else true
        else:
            value = true + producer.blur * BLUR.get(unit, 0.0) * float(chance.standard_normal()) * (
                true if unit == "currency" else 1.0
            )
        if producer.coders:
            value = min(MOST_SCORE, max(0.0, round(value)))
        elif unit in ("days", "persons", "number") and thing.kind != "figure":
            value = float(round(value))
        if unit in NEVER_BELOW:
            value = max(0.0, value)
        if unit == "share":
            value = min(1.0, value)
        yield coder, round(value, 4), {}


def _asked(
    producer: Producer, made: Made, true: float, month: int, drivers: Drivers, chance: np.random.Generator
) -> tuple[float, dict[str, Any]]:
    """The estimate of a survey. Where people fear to speak they praise, and the error of the sample does not tell it."""
    thing = made.thing
    share = 1.0
    if thing.stratum or thing.area:
        share = 0.22
    elif thing.group:
        share = 0.45
    n = max(SMALL, round(producer.asked * share * float(chance.uniform(0.9, 1.05))))
    scale = 100.0 if thing.measure == "points" else 1.0
    p = min(0.985, max(0.015, true / scale)) if scale == 1.0 else 0.5
    se = math.sqrt(p * (1.0 - p) / n * producer.design) * (scale * 0.6 if scale > 1 else 1.0)
    fear = 0.06 * float(1.0 - drivers.index({"candour": 1.0}, "")[month]) ** 2 * scale
    value = true + fear + se * float(chance.standard_normal())
    if thing.measure == "share":
        value = min(1.0, max(0.0, value))
    wave = f"{month:03}"
    return round(value, 4), {"se": round(se, 4), "n": n, "wave": wave}


def _listed(name: str, producer: Producer, made: Made, truth: Truth, chance: np.random.Generator) -> Iterator[Line]:
    """What ought to be, said once: that it is expected, and by when it is due."""
    there = np.flatnonzero(~np.isnan(made.values))
    if not len(there) or name != made.seen[0]:
        return
    day = truth.first_day(int(there[0])) + timedelta(days=2)
    extra: dict[str, Any] = {}
    value = 1.0
    if made.thing.measure == "due":
        extra["until"] = truth.last_day(int(made.values[there[0]]))
    known = day + timedelta(days=int(chance.integers(1, 9)))
    yield Line(name, known, day, _columns(made, producer.name), made.thing.measure, value, producer.grade, extra)


def _totals(
    name: str, producer: Producer, made: Made, truth: Truth, drivers: Drivers, chance: np.random.Generator
) -> Iterator[Line]:
    """Monthly numbers: what was registered of what happened, without the months that were never sent."""
    heard = _seen(producer, made, drivers, truth.months, producer.hears)
    for month in np.flatnonzero(made.values > 0):
        whole = float(made.values[month])
        if made.thing.kind == "payment" or producer.hears >= 0.97:
            value = whole
        else:
            value = float(chance.binomial(int(whole), min(1.0, heard[month])))
        if not value:
            continue
        day = truth.last_day(int(month))
        known = day + timedelta(days=1 + int(chance.exponential(producer.delay)))
        columns = _columns(made, producer.name) | {
            "item": f"{made.thing.item or made.thing.kind}-{made.thing.area}-{month:03}"
        }
        yield Line(name, known, day, columns, made.thing.measure, value, producer.grade)


def _columns(made: Made, source: str) -> dict[str, str]:
    thing = made.thing
    return {
        "kind": thing.kind, "item": thing.item, "category": thing.category, "area": thing.area, "actor": thing.actor,
        "target": thing.target, "group": thing.group, "stratum": thing.stratum, "source": source,
        "confidentiality": str(made.confidential),
    }  # fmt: skip


# ---- events one by one


def _happened(measures: dict[str, Floats], history: History, truth: Truth, drivers: Drivers) -> Iterator[Line]:
    made: Made = measures.pop("seen")  # type: ignore[assignment]
    thing = made.thing
    chance = luck(history.seed, "events", thing.kind, thing.item, thing.category, thing.area, thing.target, thing.actor)
    dead = dead_of_each(history, thing.item, thing.area) if "deaths" in measures else None
    told = {name: producers()[name] for name in made.seen}
    heard = {name: _seen(each, made, drivers, history.months, each.hears) for name, each in told.items()}
    for month in np.flatnonzero(made.values > 0):
        number = int(made.values[month])
        days = np.sort(chance.integers(0, 28, number))
        for event in range(number):
            counted = _counted(measures, dead, int(month), event, number)
            day = truth.first_day(int(month)) + timedelta(days=int(days[event]))
            known_to = [name for name in told if chance.random() < _notice(heard[name][month], counted)]
            if not known_to:
                continue
            item = f"{thing.item}-{thing.area[3:]}-{month:03}-{event}"
            for name in known_to:
                yield from _event(name, told[name], made, item, day, counted, chance)


def _notice(share: float, counted: dict[str, float]) -> float:
    """Deadly events are heard of more often."""
    return float(min(1.0, share * (1.15 if counted.get("deaths", 0.0) >= 2 else 0.95)))


def _counted(
    measures: dict[str, Floats], dead: Sequence[tuple[Floats, Floats]] | None, month: int, event: int, number: int
) -> dict[str, float]:
    found = {"events": 1.0}
    for name, values in measures.items():
        if name in ("events", "deaths", "civilian_deaths"):
            continue
        if name == "severity":
            grave = round((float(values[month]) - number) / 2.0)
            found[name] = 3.0 if event < grave else 1.0
        else:
            found[name] = 1.0 if event < values[month] else 0.0
    if dead is not None:
        found["deaths"], found["civilian_deaths"] = float(dead[month][0][event]), float(dead[month][1][event])
    return {name: value for name, value in found.items() if value or name == "events"}


def _event(
    name: str,
    producer: Producer,
    made: Made,
    item: str,
    day: date,
    counted: dict[str, float],
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
    for measure, value in counted.items():
        if measure == "verified" and producer.type != "monitor":
            continue
        more = dict(extra)
        if measure == "deaths" and value >= 3 and chance.random() < 0.4:
            more |= {"low": max(0.0, round(value * 0.7)), "high": round(value * 1.4)}
        yield Line(name, known, day, columns, measure, value, producer.grade, more)
