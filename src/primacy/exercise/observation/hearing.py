"""Events that producers write down one by one, each with all that is counted of it."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from primacy.exercise.ledger.made import Family, Made
from primacy.exercise.luck import luck
from primacy.exercise.observation.watching import Watch, words_of

WEEKS = (33, 61)  # days between which an event lies of which no more is known
PROVINCE = 5  # letters of the code of a province
KILLED = ("deaths", "civilian_deaths")
DEADLY = 2.0  # dead from which on an event is heard of more often
UNSURE, HOW_OFTEN = 3.0, 0.4  # dead from which on their number may be told with bounds, and how often it is


def hear(family: Family, watch: Watch) -> None:
    """All measures of some events; the first of them counts them all."""
    made, *parts = family
    shares = {name: watch.shares(name, made, watch.told[name].hears).tolist() for name in made.seen}
    for row in np.flatnonzero((made.values > 0).any(axis=1)).tolist():
        _hear(row, made, parts, {name: each[row] for name, each in shares.items()}, watch)


def _hear(row: int, made: Made, parts: Sequence[Made], shares: Mapping[str, list[float]], watch: Watch) -> None:
    told = {name: column[row] for name, column in made.columns.items()}
    words = [told[name] for name in ("item", "category", "area", "target", "actor")]
    chance = luck(watch.history.seed, "events", made.kind, *words)
    hearers = {name: _Hearer(name, made, row, watch, chance) for name in made.seen}
    for month in np.flatnonzero(made.values[row] > 0).tolist():
        number, first = int(made.values[row, month]), int(watch.first_days[month])
        days = sorted(chance.integers(0, 28, number).tolist())
        item = f"{told['item']}-{told['area'][3:]}-{month:03}-"
        for event, found in enumerate(_counted(row, made, parts, month, number)):
            often = 1.15 if found.get("deaths", 0.0) >= DEADLY else 0.95
            heard = [name for name, share in shares.items() if chance.random() < min(1.0, share[month] * often)]
            for name in heard:
                hearers[name].write(f"{item}{event}", first + days[event], found)


def _counted(row: int, made: Made, parts: Sequence[Made], month: int, number: int) -> list[dict[str, float]]:
    """What is counted of each of the events of a month, itself first."""
    found = [{made.measure: 1.0} for _ in range(number)]
    for each in parts:
        value = float(each.values[row, month])
        if each.measure == "severity":
            grave = round((value - number) / 2.0)
            for event, counted in enumerate(found):
                counted["severity"] = 3.0 if event < grave else 1.0
        elif each.measure not in KILLED:
            for counted in found[: math.ceil(value)]:
                counted[each.measure] = 1.0
    if dead := made.dead.get(row):
        events = slice(int(dead.begins[month]), int(dead.begins[month]) + number)
        for measure, killed in zip(KILLED, (dead.whole, dead.civilians), strict=True):
            for counted, persons in zip(found, killed[events].tolist(), strict=True):
                if persons:
                    counted[measure] = persons
    return found


class _Hearer:
    """A producer that writes down what it heard of the events of one thing."""

    def __init__(self, name: str, made: Made, row: int, watch: Watch, chance: np.random.Generator) -> None:
        self._producer = watch.told[name]
        self._sheet, self._chance, self._first = watch.sheets[name], chance, int(watch.first_days[0])
        self._before = made.seen[0]  # whose words it may repeat
        kind, area, actor, *words = words_of(made, row, self._producer.name, self._producer.grade)
        self._names_actors = bool(actor)
        places, names = (area, area[:PROVINCE]), (actor, "unknown")
        self._words = [[self._sheet.say((kind, place, name, *words)) for name in names] for place in places]

    def write(self, item: str, day: int, counted: dict[str, float]) -> None:
        producer, chance = self._producer, self._chance
        coarse = chance.random() < producer.coarse  # of a whole province it is the same area
        unknown = self._names_actors and chance.random() < producer.unknown
        echo = chance.random() < producer.echo
        known = day + 1 + int(chance.exponential(producer.delay))
        vague = bool(producer.vague) and chance.random() < producer.vague
        begun = max(self._first, day - int(chance.integers(*WEEKS))) if vague else day
        if "verified" in counted and producer.type != "monitor":
            counted = {measure: value for measure, value in counted.items() if measure != "verified"}
        self._sheet.add(self._words[coarse][unknown], item, begun, known, counted)
        if echo:
            self._sheet.add_seldom("origin", f"{self._before} {item}", range(-len(counted), 0))
        if vague:
            self._sheet.add_until(day, len(counted))
        deaths = counted.get("deaths", 0.0)
        if deaths >= UNSURE and chance.random() < HOW_OFTEN:
            line = [*counted].index("deaths") - len(counted)
            self._sheet.add_seldom("low", str(max(0.0, round(deaths * 0.7))), [line])
            self._sheet.add_seldom("high", str(round(deaths * 1.4)), [line])
