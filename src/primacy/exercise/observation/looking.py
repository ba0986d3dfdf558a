"""What producers see of states, levels and totals: at their rhythm, late, in part, not without errors."""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from primacy.evidence.kinds import KINDS, LISTING
from primacy.evidence.store.numbered_days import day_number
from primacy.exercise.ledger.made import Family, Made
from primacy.exercise.luck import luck
from primacy.exercise.observation.producers import Producer
from primacy.exercise.observation.reading import asked, read
from primacy.exercise.observation.sheets import Lines
from primacy.exercise.observation.watching import Watch, bell, waiting, words_of
from primacy.exercise.truth import Floats

EVERYTHING = 0.95  # a register that hears so much keeps all that it is about
UNEVEN = 0.05  # how far the share that is registered goes up and down
MOST_MONTHS = 5  # after which even what stays so is looked at again
Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]


def look(family: Family, watch: Watch) -> None:
    """What each producer writes down of some things, thing by thing."""
    for name in dict.fromkeys(name for made in family for name in made.seen):
        parts = [part for made in family if name in made.seen for part in _looks(name, made, watch)]
        if parts:
            watch.sheets[name].add_all(parts)


def _looks(name: str, made: Made, watch: Watch) -> Iterator[Lines]:
    nature = KINDS[made.kind].nature
    if made.measure in LISTING:
        if name == made.seen[0]:
            yield _listed(name, made, watch)
    elif nature in ("event", "effort"):
        yield _registered(name, made, watch)
    else:
        yield from _seen(name, made, watch)


# ---- states and estimates


def _seen(name: str, made: Made, watch: Watch) -> Iterator[Lines]:
    producer, history = watch.told[name], watch.history
    stage = _stages(made)
    wanted = _wanted(producer, made, stage)
    rows = np.flatnonzero(wanted.any(axis=1))
    if not len(rows):
        return
    made, stage, wanted = made.only(rows), stage[rows], wanted[rows]
    sources = producer.coders or (producer.name,)
    many = len(sources)
    drawn = np.stack([
        luck(history.seed, "seen", name, made.kind, made.measure, *told).random((history.months, 3 + 3 * many))
        for told in zip(*made.columns.values(), strict=True)
    ])  # fmt: skip
    row, month = np.nonzero(wanted & (drawn[:, :, 0] < watch.shares(name, made, producer.sees)))
    drawn = drawn[row, month]
    more: dict[str, list[str]] = {}
    if producer.asked and made.kind == "survey":
        readings, more = _answers(producer, made, row, month, watch, drawn[:, 3:])
    else:
        true, readers = made.values[row, month], [drawn[:, 3 * place : 3 * place + 3] for place in range(1, 1 + many)]
        readings = np.stack([read(producer, made, true, stage[row], own) for own in readers], axis=1)
    days = watch.first_days[month] + 12 + np.floor(15.0 * drawn[:, 1]).astype(np.int64)
    known = days + 1 + _delays(name, producer, month, history.seed, drawn[:, 2])
    grade = "" if producer.coders or KINDS[made.kind].nature == "estimate" else producer.grade
    words = [words_of(made, each, source, grade) for each in range(len(made)) for source in sources]
    items = np.array(made.columns["item"], dtype=object)[row]
    which = (row[:, None] * many + np.arange(many)).ravel()
    found = Lines(
        made.of[row].repeat(many), words, items.repeat(many), which, made.measure, days.repeat(many),
        known.repeat(many), readings.ravel(), more,
    )  # fmt: skip
    yield found.only(_not_yet_told(row, month, readings[:, 0])) if made.once else found


def _answers(
    producer: Producer, made: Made, row: Integers, month: Integers, watch: Watch, drawn: Floats
) -> tuple[Floats, dict[str, list[str]]]:
    """What a survey finds, and what it says of its uncertainty."""
    candour = watch.drivers.index({"candour": 1.0}, "")[month]
    values, se, n = asked(producer, made, made.values[row, month], _of_the_people(made)[row], candour, drawn)
    errors, sizes = [str(round(each, 4)) for each in se.tolist()], [str(each) for each in n.tolist()]
    return values[:, None], {"se": errors, "n": sizes, "wave": [f"{each:03}" for each in month.tolist()]}


def _stages(made: Made) -> Mask:
    """Which rows hold numbers of stages."""
    return np.array([_is_stage(made.kind, made.measure, each) for each in made.columns["category"]], dtype=np.bool_)


@lru_cache(1000)
def _is_stage(kind: str, measure: str, category: str) -> bool:
    return bool(KINDS[kind].scheme(measure, category))


def _wanted(producer: Producer, made: Made, stage: Mask) -> Mask:
    """(n, months): when things are looked at: by the rhythm, and at each step of a stage."""
    there = ~np.isnan(made.values)
    phase = there.argmax(axis=1) % producer.every
    if producer.asked or producer.offset:
        phase[:] = producer.offset
    rhythm = (np.arange(there.shape[1]) - phase[:, None]) % producer.every == 0
    before = np.concatenate([np.full((len(made), 1), np.nan), made.values[:, :-1]], axis=1)
    found: Mask = there & (rhythm | (stage[:, None] & (made.values != before)))
    return found


def _delays(name: str, producer: Producer, month: Integers, seed: int, drawn: Floats) -> Integers:
    """Days until it is written down; the answers of one round of a survey all come at once."""
    if not producer.asked:
        return waiting(producer.delay, drawn)
    rounds, which = np.unique(month, return_inverse=True)
    days = [_wave(seed, name, each, producer.delay) for each in rounds.tolist()]
    return np.array(days, dtype=np.int64)[which]


@lru_cache(1000)
def _wave(seed: int, name: str, month: int, mean: float) -> int:
    return int(luck(seed, "wave", name, month).exponential(mean))


def _of_the_people(made: Made) -> Floats:
    """The share of those asked who are of the group or live in the place of each row."""
    rows = zip(made.columns["stratum"], made.columns["area"], made.columns["group"], strict=True)
    return np.array([0.22 if stratum or area else 0.45 if group else 1.0 for stratum, area, group in rows])


def _not_yet_told(row: Integers, month: Integers, values: Floats) -> Integers:
    """Which looks are written down of what stays so once it is: after it was told, none for some months."""
    told: dict[int, int] = {}
    found = []
    for place, (each, now, value) in enumerate(zip(row.tolist(), month.tolist(), values.tolist(), strict=True)):
        if now - told.get(each, -MOST_MONTHS) < MOST_MONTHS:
            continue
        found.append(place)
        if value:
            told[each] = now
    return np.array(found, dtype=np.int64)


# ---- what ought to be, and monthly totals


def _listed(name: str, made: Made, watch: Watch) -> Lines:
    """What ought to be, said once: that it is expected, and by when it is due."""
    producer, history = watch.told[name], watch.history
    there = ~np.isnan(made.values)
    rows = np.flatnonzero(there.any(axis=1))
    made, first = made.only(rows), there[rows].argmax(axis=1)
    words = [words_of(made, row, producer.name, producer.grade) for row in range(len(made))]
    late = [
        int(luck(history.seed, "seen", name, made.kind, made.measure, *told).integers(1, 9))
        for told in zip(*made.columns.values(), strict=True)
    ]
    days = watch.first_days[first] + 2
    until = None
    if made.measure == "due":
        due = made.values[np.arange(len(made)), first].astype(np.int64).tolist()
        until = np.array([day_number(history.last_day(month)) for month in due])
    items, lines = np.array(made.columns["item"], dtype=object), np.arange(len(made))
    known = days + np.array(late, dtype=np.int64)
    return Lines(made.of, words, items, lines, made.measure, days, known, np.ones(len(made)), until=until)


def _registered(name: str, made: Made, watch: Watch) -> Lines:
    """Monthly numbers: what was registered of what happened. All measures of a thing are of the same cases."""
    producer, history = watch.told[name], watch.history
    columns = [made.columns[each] for each in ("item", "category", "area")]
    drawn = np.stack([
        luck(history.seed, "registered", name, made.kind, *told).random((history.months, 3))
        for told in zip(*columns, strict=True)
    ])  # fmt: skip
    values = made.values
    if made.kind != "payment" and producer.hears < EVERYTHING:
        share = watch.shares(name, made, producer.hears) + UNEVEN * bell(drawn[:, :, 0], drawn[:, :, 1])
        values = made.values * np.clip(share, 0.0, 1.0)
    values = np.round(values)
    row, month = np.nonzero(values > 0)
    days = watch.last_days[month]
    words = [words_of(made, each, producer.name, producer.grade) for each in range(len(made))]
    named = [
        f"{item or made.kind}-{area}-" for item, area in zip(made.columns["item"], made.columns["area"], strict=True)
    ]
    items = [f"{named[each]}{now:03}" for each, now in zip(row.tolist(), month.tolist(), strict=True)]
    known = days + 1 + waiting(producer.delay, drawn[row, month, 2])
    return Lines(
        made.of[row], words, np.array(items, dtype=object), row, made.measure, days, known, values[row, month]
    )  # fmt: skip
