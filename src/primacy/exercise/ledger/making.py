"""From a history to the truth: every thing of the ledger, and all that happened, with its value in each month."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from primacy.evidence.kinds import KINDS
from primacy.exercise.ledger import ways
from primacy.exercise.ledger.drivers import Drivers
from primacy.exercise.ledger.entries import SPOKEN, Driven, Entry, Happens, Holder, entries
from primacy.exercise.ledger.happening import Dead, happenings
from primacy.exercise.ledger.holding import localities
from primacy.exercise.luck import luck
from primacy.exercise.truth import Floats, Thing, Truth
from primacy.exercise.world.simulating import History

HELD = 0.97  # how long a seat stays with a group


@dataclass(frozen=True)
class Made:
    """One thing with its values, and the producers that may see it."""

    thing: Thing
    values: Floats
    underlying: Floats
    seen: tuple[str, ...]
    confidential: int = 1
    either: tuple[float, float] | None = None  # the two values that it can have, where it is one of two
    once: bool = False  # what has happened stays so
    whole: bool = False  # its values are whole numbers, and are told as such
    dead: Dead | None = None  # of each event, where events kill


def make(history: History) -> tuple[Truth, tuple[Made, ...]]:
    made = tuple(make_each(history))
    return Truth(
        history.first, tuple(each.thing for each in made),
        np.stack([each.values for each in made]), np.stack([each.underlying for each in made]),
    ), made  # fmt: skip


def make_each(history: History) -> Iterator[Made]:
    """The same one by one, for whoever needs no more than one of them at a time."""
    nothing = np.full(history.months, np.nan)
    for each in happenings(history):
        yield Made(each.thing, each.values, each.underlying, each.seen, dead=each.dead)
    for thing, values, seen in localities(history):
        yield Made(thing, values, nothing, seen)
    drivers = Drivers(history)
    for name, told in entries().items():
        for number, entry in enumerate(told):
            yield from _entry(entry, f"{name}/{number}", history, drivers)


def _entry(entry: Entry, name: str, history: History, drivers: Drivers) -> Iterator[Made]:
    begins, ends = entry.begins(history.scenario), entry.ends(history.scenario)
    if begins >= history.months or ends <= 0:
        return
    for columns in entry.repetitions(history.country):
        since = max(0, begins)
        if entry.over:
            since += int(luck(history.seed, name, columns["item"], "over").integers(0, entry.over + 1))
        if since < min(history.months, ends):
            yield from _repetition(_Made(entry, name, columns, since, ends, history, drivers))


@dataclass(frozen=True)
class _Made:
    """One repetition of an entry, and how its measures come about."""

    entry: Entry
    name: str
    columns: dict[str, str]
    since: int
    ends: int
    history: History
    drivers: Drivers

    def chance(self, measure: str) -> np.random.Generator:
        """Luck depends on what it is of, so that more items change no others."""
        return luck(self.history.seed, self.name, *self.columns.values(), measure)

    def index(self, told: Driven) -> Floats:
        return self.drivers.index(told.by, self.columns["stratum"] or self.columns["area"])

    def made(self, measure: str, values: Floats, below: Floats | None = None, **more: Any) -> Made:
        """Values of the months since its beginning, or of all months, as those of a thing."""
        whole = values if len(values) == self.history.months else np.concatenate([np.full(self.since, np.nan), values])
        summed = KINDS[self.entry.kind].nature in ("event", "effort")
        months = np.arange(self.history.months)
        there = (months >= self.since) & (months < self.ends)
        if self.entry.kind in SPOKEN:
            for each in self.history.scenario.silences:
                if each.counterpart == self.columns["target"]:
                    there &= (months < each.from_) | (months >= each.until)
        columns = self.columns | more.pop("columns", {})
        under = np.full(self.history.months, np.nan) if below is None else np.where(there, below, 0.0)
        thing = Thing(self.entry.kind, measure, **columns)
        return Made(thing, np.where(there, whole, 0.0 if summed else np.nan), under, self.entry.seen,
                    self.entry.confidential, **more)  # fmt: skip


def _repetition(it: _Made) -> Iterator[Made]:
    entry, months, since = it.entry, it.history.months, it.since
    if entry.expected:
        yield it.made("expected", np.ones(months))
    if entry.due:
        after = int(it.chance("due").integers(entry.due.least, entry.due.most + 1))
        yield it.made("due", np.full(months, float(since + after)))
    for measure, passes in entry.passes.items():
        values = ways.passing(passes, it.index(passes)[since:], it.chance(measure))
        yield it.made(measure, values, either=passes.values, once=passes.once)
    for measure, stages in entry.stages.items():
        reached = ways.stepping(stages, it.index(stages)[since:], it.chance(measure))
        yield it.made(measure, _numbered(entry, it.columns, measure, stages.steps, reached))
    for measure, once in entry.reached.items():
        values = ways.reaching(once, it.index(once)[since:], it.chance(measure))
        yield it.made(measure, values, either=(0.0, 1.0), once=True)
    for measure, level in entry.level.items():
        values = ways.levelling(level, it.index(level), it.columns["group"], since, it.chance(measure))
        yield it.made(measure, values, whole=level.whole)
    for measure, value in entry.fixed.items():
        yield it.made(measure, np.full(months, value))
    for measure, holders in entry.holders.items():
        yield from _held(it, measure, holders)
    if entry.events:
        yield from _events(it, entry.events)


def _held(it: _Made, measure: str, holders: tuple[Holder, ...]) -> Iterator[Made]:
    """One thing for each group, there in the months in which the group holds it."""
    shares = [np.clip(ways.scaled(it.index(each), each.scale), 0.0, 1.0)[it.since :] for each in holders]
    holder = ways.sharing(shares, HELD, it.chance(measure))
    for number, group in enumerate([*(each.group for each in holders), it.entry.rest]):
        if group and (holder == number).any():
            yield it.made(measure, np.where(holder == number, 1.0, np.nan), columns={"group": group})


def _events(it: _Made, told: Happens) -> Iterator[Made]:
    parts = {told.base: ways.counting(told, it.index(told), it.chance("events"), it.chance("counted"))}
    for measure, part in told.measures.items():
        counts, slow = parts[part.of or told.base]
        share = np.clip(ways.scaled(it.index(part), part.scale), 0.0, 1.0)
        parts[measure] = ways.parted(counts, share, it.chance(measure)), np.round(slow * share, 9)
    for measure, (counts, slow) in parts.items():
        yield it.made(measure, counts, slow)


def _numbered(entry: Entry, columns: dict[str, str], measure: str, steps: tuple[str, ...], reached: Floats) -> Floats:
    """The numbers that the list of kinds gives these stages; not there before the first step."""
    kind = KINDS[entry.kind]
    numbers = [kind.stage(measure, step, columns["category"]) for step in steps]
    if None in numbers:
        raise ValueError(f"{entry.kind} {columns['category']}: not all of {', '.join(steps)} are stages of {measure}")
    nothing = 0.0 if entry.expected else np.nan  # of what is expected somebody says that it has not begun
    named: Floats = np.array([nothing, *(float(each) for each in numbers if each is not None)])
    found: Floats = named[reached.astype(np.int64)]
    return found
