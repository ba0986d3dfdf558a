"""From a history to the truth: every thing of the ledger, and all that happened, with its value in each month."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from primacy.evidence.kinds import KINDS
from primacy.exercise.ledger import ways
from primacy.exercise.ledger.drivers import Drivers
from primacy.exercise.ledger.entries import COLUMNS, SPOKEN, Driven, Entry, Happens, Holder, Stages, entries
from primacy.exercise.ledger.happening import happenings
from primacy.exercise.ledger.holding import localities
from primacy.exercise.ledger.made import AT_ONCE, Family, Integers, Made, in_order
from primacy.exercise.luck import luck
from primacy.exercise.truth import Floats, Truth
from primacy.exercise.world.simulating import History

HELD = 0.97  # how long a seat stays with a group


def make(history: History) -> tuple[Truth, tuple[Family, ...]]:
    families = tuple(make_each(history))
    rows = [each for family in families for each in in_order(family)]
    return Truth(
        history.first, tuple(made.things[row] for made, row in rows),
        np.stack([made.values[row] for made, row in rows]), np.stack([made.underlying[row] for made, row in rows]),
    ), families  # fmt: skip


def make_each(history: History) -> Iterator[Family]:
    """The same family by family, for whoever needs no more than one of them at a time."""
    yield from happenings(history)
    yield from localities(history)
    drivers = Drivers(history)
    for name, told in entries().items():
        for number, entry in enumerate(told):
            yield from _entry(entry, f"{name}/{number}", history, drivers)


def _entry(entry: Entry, name: str, history: History, drivers: Drivers) -> Iterator[Family]:
    begins, ends = entry.begins(history.scenario), entry.ends(history.scenario)
    if begins >= history.months or ends <= 0:
        return
    repetitions = list(entry.repetitions(history.country))
    for first in range(0, len(repetitions), AT_ONCE):
        some = repetitions[first : first + AT_ONCE]
        sinces = np.full(len(some), max(0, begins))
        if entry.over:
            more = [luck(history.seed, name, each["item"], "over").integers(0, entry.over + 1) for each in some]
            sinces += np.array(more)
        family: list[Made] = []
        for since in np.unique(sinces[sinces < min(history.months, ends)]).tolist():
            of = np.flatnonzero(sinces == since)
            columns = {column: [some[place][column] for place in of.tolist()] for column in COLUMNS}
            family += _repetitions(_Making(entry, name, columns, of, since, ends, history, drivers))
        if family:
            yield family


@dataclass(frozen=True)
class _Making:
    """Repetitions of an entry that begin in the same month, and how their measures come about."""

    entry: Entry
    name: str
    columns: Mapping[str, Sequence[str]]
    of: Integers
    since: int
    ends: int
    history: History
    drivers: Drivers

    def chances(self, measure: str) -> ways.Chances:
        """Luck depends on what it is of, so that more items change no others."""
        rows = zip(*self.columns.values(), strict=True)
        return [luck(self.history.seed, self.name, *row, measure) for row in rows]

    def index(self, told: Driven) -> Floats:
        """(n, months)"""
        places = zip(self.columns["stratum"], self.columns["area"], strict=True)
        return self.drivers.indices(told.by, [stratum or area for stratum, area in places])

    def made(self, measure: str, values: Floats, below: Floats | None = None, **more: Any) -> Made:
        """Values of the months since their beginning, or of all months, as those of things."""
        shape = (len(self.of), self.history.months)
        whole = np.full(shape, np.nan)
        whole[:, shape[1] - values.shape[1] :] = values
        summed = KINDS[self.entry.kind].nature in ("event", "effort")
        there = self._there()
        under = np.full(shape, np.nan) if below is None else np.where(there, below, 0.0)
        return Made(self.entry.kind, measure, self.columns, self.of, np.where(there, whole, 0.0 if summed else np.nan),
                    under, self.entry.seen, self.entry.confidential, **more)  # fmt: skip

    def _there(self) -> Any:
        """(n, months): when things are there, and speak."""
        months = np.arange(self.history.months)
        there = np.tile((months >= self.since) & (months < self.ends), (len(self.of), 1))
        for each in self.history.scenario.silences if self.entry.kind in SPOKEN else ():
            silent = np.array([target == each.counterpart for target in self.columns["target"]])
            there[silent] &= (months < each.from_) | (months >= each.until)
        return there


def _repetitions(it: _Making) -> Iterator[Made]:
    entry, since, shape = it.entry, it.since, (len(it.of), it.history.months)
    if entry.expected:
        yield it.made("expected", np.ones(shape))
    if entry.due:
        least, most = entry.due.least, entry.due.most
        after = [float(since + int(each.integers(least, most + 1))) for each in it.chances("due")]
        yield it.made("due", np.repeat(np.array(after)[:, None], shape[1], axis=1))
    for measure, passes in entry.passes.items():
        values = ways.passing(passes, it.index(passes)[:, since:], it.chances(measure))
        yield it.made(measure, values, either=passes.values, once=passes.once)
    for measure, stages in entry.stages.items():
        reached = ways.stepping(stages, it.index(stages)[:, since:], it.chances(measure))
        yield it.made(measure, _numbered(it, measure, stages, reached))
    for measure, once in entry.reached.items():
        values = ways.reaching(once, it.index(once)[:, since:], it.chances(measure))
        yield it.made(measure, values, either=(0.0, 1.0), once=True)
    for measure, level in entry.level.items():
        values = ways.levelling(level, it.index(level), it.columns["group"], since, it.chances(measure))
        yield it.made(measure, values, whole=level.whole)
    for measure, value in entry.fixed.items():
        yield it.made(measure, np.full(shape, value))
    for measure, holders in entry.holders.items():
        yield from _held(it, measure, holders)
    if entry.events:
        yield from _events(it, entry.events)


def _held(it: _Making, measure: str, holders: tuple[Holder, ...]) -> Iterator[Made]:
    """One thing for each group that ever holds it, there in the months in which it does."""
    shares = [np.clip(ways.scaled(it.index(each), each.scale), 0.0, 1.0)[:, it.since :] for each in holders]
    holder = ways.sharing(shares, HELD, it.chances(measure))
    for number, group in enumerate([*(each.group for each in holders), it.entry.rest]):
        ever = (holder == number).any(axis=1)
        if group and ever.any():
            made = it.made(measure, np.where(holder == number, 1.0, np.nan))
            yield made.only(np.flatnonzero(ever), group=group)


def _events(it: _Making, told: Happens) -> Iterator[Made]:
    parts = {told.base: ways.counting(told, it.index(told), it.chances("events"), it.chances("counted"))}
    for measure, part in told.measures.items():
        counts, slow = parts[part.of or told.base]
        share = np.clip(ways.scaled(it.index(part), part.scale), 0.0, 1.0)
        parts[measure] = ways.parted(counts, share, it.chances(measure)), np.round(slow * share, 9)
    for measure, (counts, slow) in parts.items():
        yield it.made(measure, counts, slow)


def _numbered(it: _Making, measure: str, told: Stages, reached: Floats) -> Floats:
    """The numbers that the list of kinds gives these stages; not there before the first step."""
    kind = KINDS[it.entry.kind]
    found = np.empty(reached.shape)
    for category in dict.fromkeys(it.columns["category"]):
        numbers = [kind.stage(measure, step, category) for step in told.steps]
        if None in numbers:
            raise ValueError(f"{kind.name} {category}: not all of {', '.join(told.steps)} are stages of {measure}")
        nothing = 0.0 if it.entry.expected else np.nan  # of what is expected somebody says that it has not begun
        named = np.array([nothing, *(float(each) for each in numbers if each is not None)])
        rows = [place for place, own in enumerate(it.columns["category"]) if own == category]
        found[rows] = named[reached[rows].astype(np.int64)]
    return found
