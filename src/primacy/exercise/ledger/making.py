"""From a history to the truth: every thing of the ledger, and all that happened, with its value in each month."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from primacy.evidence.kinds import KINDS
from primacy.exercise.ledger import ways
from primacy.exercise.ledger.drivers import Drivers
from primacy.exercise.ledger.entries import Entry, entries
from primacy.exercise.ledger.happening import happenings
from primacy.exercise.ledger.holding import localities
from primacy.exercise.luck import luck
from primacy.exercise.truth import Floats, Thing, Truth
from primacy.exercise.world.simulating import History


@dataclass(frozen=True)
class Made:
    """One thing with its values, and the producers that may see it."""

    thing: Thing
    values: Floats
    underlying: Floats
    seen: tuple[str, ...]
    confidential: int = 1


def make(history: History) -> tuple[Truth, tuple[Made, ...]]:
    made = tuple(_all(history))
    return Truth(
        history.first, tuple(each.thing for each in made),
        np.stack([each.values for each in made]), np.stack([each.underlying for each in made]),
    ), made  # fmt: skip


def _all(history: History) -> Iterator[Made]:
    nothing = np.full(history.months, np.nan)
    for thing, values, underlying, seen in happenings(history):
        yield Made(thing, values, underlying, seen)
    for thing, values, seen in localities(history):
        yield Made(thing, values, nothing, seen)
    drivers = Drivers(history)
    for name, told in entries().items():
        for number, entry in enumerate(told):
            yield from _entry(entry, f"{name}/{number}", history, drivers)


def _entry(entry: Entry, name: str, history: History, drivers: Drivers) -> Iterator[Made]:
    begins, ends = entry.begins(history.scenario), entry.ends(history.scenario)
    months = np.arange(history.months)
    there = (months >= begins) & (months < ends)
    if not there.any():
        return
    nothing = np.full(history.months, np.nan)
    summed = KINDS[entry.kind].nature in ("event", "effort")
    for columns in entry.repetitions(history.country):
        place = columns["stratum"] or columns["area"]
        for measure, values, underlying in _measures(entry, name, columns, begins, place, history, drivers):
            shown = np.where(there, values, 0.0 if summed else np.nan)
            below = np.where(there, underlying, 0.0) if summed else nothing
            thing = Thing(entry.kind, measure, **columns)
            yield Made(thing, shown, below, entry.seen, entry.confidential)


def _measures(
    entry: Entry, name: str, columns: dict[str, str], begins: int, place: str, history: History, drivers: Drivers
) -> Iterator[tuple[str, Floats, Floats]]:
    """Each measure of one repetition; luck depends on what it is of, so that more items change no others."""
    nothing = np.full(history.months, np.nan)
    since = max(begins, 0)

    def chance(measure: str) -> np.random.Generator:
        return luck(history.seed, name, *columns.values(), measure)

    def later(values: Floats) -> Floats:
        """Values that begin with the thing itself, put to its months."""
        return np.concatenate([np.full(since, values[0] if len(values) else 0.0), values])[: history.months]

    if entry.expected:
        yield "expected", np.ones(history.months), nothing
    if entry.due:
        months = int(chance("due").integers(entry.due.least, entry.due.most + 1))
        yield "due", np.full(history.months, float(since + months)), nothing
    for measure, passes in entry.passes.items():
        yield measure, later(ways.passing(passes, drivers.index(passes.by, place)[since:], chance(measure))), nothing
    for measure, stages in entry.stages.items():
        reached = ways.stepping(stages, drivers.index(stages.by, place)[since:], chance(measure))
        yield measure, later(_numbered(entry, columns, measure, stages.steps, reached)), nothing
    for measure, once in entry.reached.items():
        yield measure, later(ways.reaching(once, drivers.index(once.by, place)[since:], chance(measure))), nothing
    for measure, level in entry.level.items():
        yield measure, ways.levelling(level, drivers.index(level.by, place), columns["group"], chance(measure)), nothing
    for measure, value in entry.fixed.items():
        yield measure, np.full(history.months, value), nothing
    if entry.events:
        index = drivers.index(entry.events.by, place)
        counts, slow = ways.counting(entry.events, index, chance("events"))
        yield "events", counts, slow
        for measure, part in entry.events.measures.items():
            share = ways.scaled(drivers.index(part.by, place), part.scale)
            yield measure, ways.parted(counts, share, chance(measure)), np.round(slow * np.clip(share, 0.0, 1.0), 9)


def _numbered(entry: Entry, columns: dict[str, str], measure: str, steps: tuple[str, ...], reached: Floats) -> Floats:
    """The numbers that the list of kinds gives these stages; not there before the first step."""
    kind = KINDS[entry.kind]
    numbers = [kind.stage(measure, step, columns["category"]) for step in steps]
    if None in numbers:
        raise ValueError(f"{entry.kind} {columns['category']}: not all of {', '.join(steps)} are stages of {measure}")
    return np.array([np.nan, *map(float, numbers)])[reached.astype(int)]  # type: ignore[arg-type]
