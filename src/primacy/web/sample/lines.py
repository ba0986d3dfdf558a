"""From short descriptions to data points: what holds for each place, item or coder, and in which months.

A description has the columns of a data point, `in` (the data sets that say so), `for` (what it is repeated over; its
values fill the braces of the columns), `measures`, and `except` (measures of some of these repetitions). A measure is
written either value by value (`{tabled: -30, adopted: "-20..-2/4"}`) or by its months (`{at: "-36..-1", value: 0.4}`).
There `value` may be a list, one for each month in turn, and `first: 30` means 1 for the first thirty of a counted
repetition and 0 for the others.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from primacy.web.sample.country import country
from primacy.web.sample.dates import Calendar, months

Description = Mapping[str, Any]
COLUMNS = (
    "kind",
    "item",
    "area",
    "actor",
    "target",
    "category",
    "stratum",
    "group",
    "grade",
    "source",
    "confidentiality",
)
DAY = 20
SEVERAL = ("se", "n", "low", "high")


@dataclass(frozen=True)
class Line:
    """One data point of a data set. `late`: it became known only with the second release."""

    dataset: str
    month: int
    day: date
    columns: Mapping[str, str]
    measure: str
    value: float | str
    extra: Mapping[str, Any] = field(default_factory=dict)
    late: bool = False


def lines(description: Description, calendar: Calendar) -> Iterator[Line]:
    """Every data point of one description, for each data set that it stands in."""
    for names, numbers in repetitions(description.get("for", {})):
        columns = {key: str(description[key]).format(**names) for key in COLUMNS if key in description}
        for measure, told in _measures(description, names).items():
            for turn, (month, value, extra) in enumerate(_values(told, numbers)):
                yield from _said(description, calendar, columns, measure, turn, month, value, extra)


def _said(
    description: Description, calendar: Calendar, columns: Mapping[str, str], measure: str, turn: int, month: int,
    value: Any, extra: Mapping[str, Any],
) -> Iterator[Line]:  # fmt: skip
    """The same data point as each data set has it; the second and third look a little later and less often."""
    for place, dataset in enumerate(description["in"]):
        if place and measure == "expected":
            continue
        day = calendar.day(month, int(description.get("day", DAY)) + place)
        own = {key: text.replace("#", f"{month:+d}") for key, text in columns.items()}
        told = {**extra, "until": calendar.end(extra["until"])} if "until" in extra else extra
        wave = {"wave": f"wave {turn + 1}"} if own["kind"] == "survey" else {}
        yield Line(dataset, month, day, own, measure, value, {**wave, **told})


def repetitions(over: Mapping[str, Any]) -> Iterator[tuple[dict[str, str], dict[str, int]]]:
    """Every combination: the value of each name, and its number from 1."""
    lists = {name: _listed(values) for name, values in over.items()}
    for combination in product(*(enumerate(each, 1) for each in lists.values())):
        pairs = list(zip(lists, combination, strict=True))
        yield {name: value for name, (_, value) in pairs}, {name: number for name, (number, _) in pairs}


def _listed(values: Any) -> list[str]:
    here = country()
    if values == "provinces":
        return list(here.provinces)
    if values == "districts":
        return [each.code for each in here.districts]
    if values == "province names":
        return [names["en"] for names in here.provinces.values()]
    if isinstance(values, int):
        return [f"{number:02}" for number in range(1, values + 1)]
    return [str(each) for each in values]


def _measures(description: Description, names: Mapping[str, str]) -> dict[str, Any]:
    """The measures of one repetition: those of `except` take the place of the general ones, a null leaves one out."""
    measures = dict(description["measures"])
    for wanted, other in description.get("except", {}).items():
        if wanted in names.values() or set(wanted.split()) <= _parts(names):
            measures |= other
    return {name: told for name, told in measures.items() if told is not None}


def _parts(names: Mapping[str, str]) -> set[str]:
    """The values of a repetition; a district stands under its province too."""
    provinces = country().provinces
    return {*names.values(), *(value[:5] for value in names.values() if value[:5] in provinces)}


def _values(told: Any, numbers: Mapping[str, int]) -> Iterator[tuple[int, Any, dict[str, Any]]]:
    """(month, value, further columns) of one measure, in the order of time."""
    if not isinstance(told, Mapping):
        yield from ((month, 1, {}) for month in months(told))
        return
    if "at" not in told:
        found = [(month, value) for value, at in told.items() for month in months(at)]
        yield from ((month, value, {}) for month, value in sorted(found, key=lambda each: each[0]))
        return
    extra = {name: told[name] for name in (*SEVERAL, "until") if name in told}
    listed = months(told["at"])
    for turn, month in enumerate(listed):
        value = told.get("value", 1)
        if "first" in told:
            value = int(next(reversed(numbers.values())) <= told["first"])
        elif isinstance(value, list):
            value = value[turn % len(value)]
        yield month, value, extra


def drawn(description: Description, calendar: Calendar) -> Iterator[Line]:
    """Events that come by chance: `rate` gives how many a month to expect from a month on, for each repetition.

    Each event gets a day and a district of its area; `deaths` is the mean number killed; `share_of` the data sets in
    which it is filed, with their weights. A few of the latest become known only with the second release.
    """
    here, last = country(), -1
    for names, _ in repetitions(description.get("for", {})):
        columns = {key: str(description[key]).format(**names) for key in COLUMNS if key in description}
        chance = random.Random(f"{columns}")  # noqa: S311 - invented events
        rate = next(
            (r for area, r in description.get("except", {}).items() if area in names.values()), description["rate"]
        )
        for month in range(min(map(int, rate)), last + 1):
            expected = float(rate[max(int(start) for start in rate if int(start) <= month)])
            for number in range(poisson(chance, expected)):
                area = chance.choice(here.inside(columns["area"]))
                item = f"{columns['category'].split('/')[-1]}-{area[3:]}{month:+d}-{number}"
                dataset = chance.choices(list(description["share_of"]), list(description["share_of"].values()))[0]
                day = calendar.day(month, chance.randint(1, 28))
                late = chance.random() < description.get("late", 0)
                for measure, value in _counted(description, chance):
                    yield Line(dataset, month, day, {**columns, "area": area, "item": item}, measure, value, late=late)


def _counted(description: Description, chance: random.Random) -> Iterator[tuple[str, int]]:
    for measure in description.get("each", ["events"]):
        yield measure, 1
    if "severity" in description:
        yield "severity", chance.choices([1, 3, 9], description["severity"])[0]
    if "deaths" in description:
        yield "deaths", poisson(chance, description["deaths"])


def poisson(chance: random.Random, mean: float) -> int:
    """A Poisson number by counting exponential waiting times; enough for means below a hundred."""
    number, passed = 0, chance.expovariate(1.0)
    while passed < mean:
        number, passed = number + 1, passed + chance.expovariate(1.0)
    return number


def totals(description: Description, calendar: Calendar) -> Iterator[Line]:
    """Monthly totals around a level that may change: patrol-days, movements, registrations."""
    for names, _ in repetitions(description.get("for", {})):
        columns = {key: str(description[key]).format(**names) for key in COLUMNS if key in description}
        chance = random.Random(f"{columns}")  # noqa: S311 - invented totals
        level = next(
            (r for area, r in description.get("except", {}).items() if area in names.values()), description["level"]
        )
        for month in range(min(map(int, level)), 0):
            mean = float(level[max(int(start) for start in level if int(start) <= month)])
            whole = max(0, round(mean * chance.uniform(0.93, 1.07)))
            item = {"item": f"{columns['kind']}-{columns.get('area', '')}{month:+d}"}
            for measure, share in description["shares"].items():
                value = round(whole * share)
                yield Line(description["in"][0], month, calendar.day(month, 28), {**columns, **item}, measure, value)
