"""What is published of whole years: a yearbook's totals of organised violence, the ends of fighting that it dates, the
armed organisations that are listed, and what parties demanded, as coders read it.

A yearbook knows what its readers found of what truly happened, months after the year is over. As the real ones do, it
calls a conflict active in a year of 25 dead, and an episode over once a whole year had fewer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from primacy.evidence.store.numbered_days import month_index
from primacy.exercise.ledger.happening import actor_codes
from primacy.exercise.ledger.made import Family, Made
from primacy.exercise.luck import luck
from primacy.exercise.observation.sheets import WORDS
from primacy.exercise.observation.tolls import FIGHTING, ORGANISED, Found, Sides, Tolls, find
from primacy.exercise.observation.watching import Watch, words_of
from primacy.exercise.world.simulating import History
from primacy.framework.yaml_files import read_yaml

YEARBOOK, LISTED = "conflict yearbook", "list of organisations"
OF_YEARS = ("conflict-issue",)  # kinds of the ledger that are told by the year
ACTIVE, WAR = 25.0, 1000.0  # dead of a year from which on fighting counts as a conflict, and as a war
MONTHS = 12
EDITED = 60  # days after a year in which no edition of it comes out
LOW, HIGH = 0.85, (1.15, 1.8)  # bounds of what was found; the higher one grows with what may have been missed
WITHIN = f"{FIGHTING}/intrastate"


class Year(NamedTuple):
    """A calendar year that the history holds whole, its months, its days as numbers, and the day of its edition."""

    number: int
    months: slice
    first: int
    last: int
    known: int


def years(producer: str, watch: Watch) -> list[Year]:
    """Of a year that had begun before the history did nobody knows enough."""
    history, found = watch.history, []
    for month in range(-(month_index(history.first) % MONTHS) % MONTHS, history.months - MONTHS + 1, MONTHS):
        number, last = history.first_day(month).year, int(watch.last_days[month + MONTHS - 1])
        chance = luck(history.seed, "edition", producer, number)
        known = last + EDITED + int(chance.exponential(watch.told[producer].delay))
        found.append(Year(number, slice(month, month + MONTHS), int(watch.first_days[month]), last, known))
    return found


def publish_years(tolls: Tolls, watch: Watch) -> None:
    """The yearbook and the list of organisations, edition by edition."""
    found, editions = find(YEARBOOK, tolls, watch), years(YEARBOOK, watch)
    for year in editions:
        _totals(year, found, watch)
        _conflicts(year, found, watch)
    for sides in (each for each in found if each.category == FIGHTING):
        _ends(sides, found[sides], editions, watch)
    _organisations(found, watch)


@dataclass(frozen=True)
class _Line:
    """Lines that a producer writes of the days of a period, all of one thing."""

    producer: str
    kind: str
    item: str
    category: str
    actor: str = ""
    target: str = ""

    def write(
        self, watch: Watch, days: tuple[int, int], known: int, values: Mapping[str, float],
        bounds: tuple[float, float] | None = None,
    ) -> None:  # fmt: skip
        """`bounds` are those of the first of the values."""
        told = watch.told[self.producer]
        words = {
            "kind": self.kind, "category": self.category, "actor": self.actor, "target": self.target,
            "grade": told.grade if self.kind == "conflict-end" else "", "source": told.name, "confidentiality": "1",
        }  # fmt: skip
        sheet = watch.sheets[self.producer]
        sheet.add(sheet.say(tuple(words.get(each, "") for each in WORDS)), self.item, days[0], known, values)
        sheet.add_until(days[1], len(values))
        for name, bound in zip(("low", "high"), bounds or (), strict=False):
            sheet.add_seldom(name, f"{bound:g}", [-len(values)])


# ---- totals of a year


def _totals(year: Year, found: Mapping[Sides, Found], watch: Watch) -> None:
    """The dead of each form of violence, and of all of them, with bounds; in how many conflicts they died."""
    for category in ("violence", *ORGANISED):
        own = [each for sides, each in found.items() if sides.category.startswith(category)]
        deaths = sum(float(each.deaths[year.months].sum()) for each in own)
        counted = {
            "deaths": deaths,
            "civilian_deaths": sum(float(each.civilians[year.months].sum()) for each in own),
            "dyads": float(sum(_active(each, year) for each in own)),
        }
        line = _Line(YEARBOOK, "violence-total", f"year/{category}", category)
        line.write(watch, (year.first, year.last), year.known, counted, _bounds(deaths, year, watch))


def _bounds(deaths: float, year: Year, watch: Watch) -> tuple[float, float]:
    """Where less may be said more may have been missed."""
    candour = float(watch.drivers.index({"candour": 1.0}, "")[year.months].mean())
    return float(np.floor(LOW * deaths)), float(np.ceil((HIGH[0] + (HIGH[1] - HIGH[0]) * (1.0 - candour)) * deaths))


def _conflicts(year: Year, found: Mapping[Sides, Found], watch: Watch) -> None:
    """The dead of each two sides between which the year was an active one, and of those who attack civilians."""
    for sides, each in found.items():
        if not _active(each, year):
            continue
        deaths = float(each.deaths[year.months].sum())
        counted = {"deaths": deaths}
        if sides.category == FIGHTING:
            counted["intensity"] = 2.0 if deaths >= WAR else 1.0
        category = WITHIN if sides.category == FIGHTING else sides.category
        line = _Line(YEARBOOK, "violence-total", f"conflict/{sides.actor}/{sides.target}", category, *sides[1:])
        line.write(watch, (year.first, year.last), year.known, counted, _bounds(deaths, year, watch))


def _active(found: Found, year: Year) -> bool:
    return float(found.deaths[year.months].sum()) >= ACTIVE


# ---- how fighting ended


def _ends(sides: Sides, found: Found, editions: list[Year], watch: Watch) -> None:
    """Each last active year before one that was not: said in the edition that knows of both."""
    for year, after in pairwise(editions):
        if not _active(found, year) or _active(found, after):
            continue
        how, days = _ended(sides, found, year, after, watch)
        line = _Line(YEARBOOK, "conflict-end", f"episode/{sides.actor}/{sides.target}/{year.number}",
                     f"conflict-end/{how}", *sides[1:])  # fmt: skip
        line.write(watch, days, after.known, {"events": 1.0})


def _ended(sides: Sides, found: Found, year: Year, after: Year, watch: Watch) -> tuple[str, tuple[int, int]]:
    """By the agreement, on its day, where the two signed it in that year or the quiet one; else in the last month in
    which somebody was known to have died: its day is not known."""
    signed = watch.history.scenario.agreement
    if sides.target in signatories(watch.history) and year.months.start <= signed < after.months.stop:
        day = int(watch.first_days[signed])
        return "peace-agreement", (day, day)
    month = year.months.start + int(np.flatnonzero(found.deaths[year.months] > 0)[-1])
    return "low-activity", (int(watch.first_days[month]), int(watch.last_days[month]))


def signatories(history: History) -> tuple[str, ...]:
    codes = actor_codes(history.country)
    return tuple(codes[party] for party in ("constructive", "obstructing"))


# ---- lists


@cache
def forms() -> Mapping[str, str]:
    """How parties of the streams are organised."""
    told: Mapping[str, str] = read_yaml((Path(__file__).parent / "organisations.yaml").read_bytes())
    return told


def _organisations(found: Mapping[Sides, Found], watch: Watch) -> None:
    """Whoever ever took part in what made a conflict active, as far as it was found; each edition lists them anew, and
    now and then forgets one."""
    form = {actor_codes(watch.history.country).get(party, party): how for party, how in forms().items()}
    listed: dict[str, None] = {}
    for year in years(LISTED, watch):
        for sides, each in found.items():
            if _active(each, year):
                listed |= dict.fromkeys(code for code in sides[1:] if code in form)
        for code in listed:
            if luck(watch.history.seed, LISTED, code, year.number).random() >= watch.told[LISTED].sees:
                continue
            line = _Line(LISTED, "organisation", f"organisation/{code}", f"organisation/{form[code]}", code)
            line.write(watch, (year.last, year.last), year.known, {"listed": 1.0})


# ---- what the ledger holds month by month, told by the year


def tell_by_the_year(family: Family, watch: Watch) -> None:
    """Whether something was so in any month of a year, as somebody read it who now and then misreads."""
    for made in family:
        for name in made.seen:
            for year in years(name, watch):
                for row in range(len(made)):
                    _tell(name, made, row, year, watch)


def _tell(name: str, made: Made, row: int, year: Year, watch: Watch) -> None:
    producer, sheet = watch.told[name], watch.sheets[name]
    values, item = made.values[row, year.months], made.columns["item"][row]
    seen, wrong = luck(watch.history.seed, "coded", name, item, year.number).random(2)
    if np.isnan(values).all() or seen >= producer.sees:
        return
    so = float(np.nanmax(values))
    read = 1.0 - so if wrong < producer.wrong else so
    words = sheet.say(words_of(made, row, producer.name, ""))
    sheet.add(words, item, year.first, year.known, {made.measure: read})
    sheet.add_until(year.last, 1)
