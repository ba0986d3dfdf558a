"""Data points by chance: events at a rate and totals around a level, month by month; the same chance every time."""

import random
from collections.abc import Iterator, Mapping

from primacy.web.sample.country import country
from primacy.web.sample.dates import Calendar
from primacy.web.sample.lines import Description, Line, columns_of, repetitions

Steps = Mapping[int, float]
"""A level from a month on: `{-60: 7, -46: 4}` is seven a month, and four from month -46 to the last."""

SPREAD = 0.07  # of a monthly total around its level, as a share of it
SEVERITIES = (1, 3, 9)  # points: minor, serious, heavy weapons or an advance
TOTALS_DAY = 28


def drawn(description: Description, calendar: Calendar) -> Iterator[Line]:
    """Events: `rate` says how many a month to expect; `in` names the data set that has them all, `also` others with the
    share that they have of them.

    `each` are measures of value 1 (else `events`), `deaths` the mean number killed, `severity` the weights of 1, 3 and
    9 points, `notes` what a reporter may have written, `late` the share that only the second release knows.
    """
    for names, _ in repetitions(description.get("for", {})):
        columns = columns_of(description, names)
        chance = random.Random(f"{columns}")  # noqa: S311 - invented events
        rate: Steps = _of(names, description, "rate")
        for month in range(min(rate), 0):
            for number in range(poisson(chance, _level(rate, month))):
                yield from _event(description, calendar, columns, chance, month, number)


def _event(
    description: Description,
    calendar: Calendar,
    columns: Mapping[str, str],
    chance: random.Random,
    month: int,
    number: int,
) -> Iterator[Line]:
    """One event in a district of its area, with all that is counted of it."""
    area = chance.choice(country().inside(columns["area"]))
    what = columns["category"].split("/")[-1]
    own = {**columns, "area": area, "item": f"{what}-{area}{month:+d}-{number}"}
    known_to = [
        *description["in"],
        *(name for name, share in description.get("also", {}).items() if chance.random() < share),
    ]
    day = calendar.day(month, chance.randint(1, 28))
    late = chance.random() < description.get("late", 0)
    own["note"] = chance.choice(description.get("notes", [""]))
    for measure, value in _counted(description, chance):
        yield from (Line(dataset, month, day, own, measure, value, late=late) for dataset in known_to)


def _counted(description: Description, chance: random.Random) -> Iterator[tuple[str, int]]:
    for measure in description.get("each", ["events"]):
        yield measure, 1
    if "severity" in description:
        yield "severity", chance.choices(SEVERITIES, description["severity"])[0]
    if "deaths" in description:
        yield "deaths", poisson(chance, description["deaths"])


def totals(description: Description, calendar: Calendar) -> Iterator[Line]:
    """Monthly totals around a `level`: patrol-days, movements, registrations. `shares` gives each measure its part."""
    for names, _ in repetitions(description.get("for", {})):
        columns = columns_of(description, names)
        chance = random.Random(f"{columns}")  # noqa: S311 - invented totals
        level: Steps = _of(names, description, "level")
        for month in range(min(level), 0):
            whole = round(_level(level, month) * chance.uniform(1 - SPREAD, 1 + SPREAD))
            own = {**columns, "item": f"{columns['kind']}-{columns.get('area', '')}{month:+d}"}
            day = calendar.day(month, TOTALS_DAY)
            for measure, share in description["shares"].items():
                yield Line(description["in"][0], month, day, own, measure, round(whole * share))


def _of(names: Mapping[str, str], description: Description, key: str) -> Steps:
    """The steps of one repetition: those of `except` where it has some."""
    other = (steps for name, steps in description.get("except", {}).items() if name in names.values())
    found: Steps = next(other, description[key])
    return found


def _level(steps: Steps, month: int) -> float:
    return steps[max(start for start in steps if start <= month)]


def poisson(chance: random.Random, mean: float) -> int:
    """A Poisson number by counting exponential waiting times; enough for means below a hundred."""
    number, passed = 0, chance.expovariate(1.0)
    while passed < mean:
        number, passed = number + 1, passed + chance.expovariate(1.0)
    return number
