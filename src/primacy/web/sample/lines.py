"""From short descriptions to data points: what holds for each place, item or coder, and in which months.

A description has the columns of a data point, `in` (the data sets that say so), `for` (what it is repeated over; its
values fill the braces of the columns), `measures`, and `except` (measures of some of these repetitions). A measure is
written either value by value (`{tabled: -30, adopted: "-20..-2/4"}`) or by its months (`{at: "-36..-1", value: 0.4}`).
There `value` may be a list, one for each month in turn, and `first: 30` means 1 for the first thirty of a counted
repetition and 0 for the others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from primacy.web.sample.country import country
from primacy.web.sample.dates import Calendar, months

Description = Mapping[str, Any]
COLUMNS = (
    "kind", "item", "area", "actor", "target", "category", "stratum", "group", "grade", "source", "confidentiality",
)  # fmt: skip
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


@dataclass(frozen=True)
class _Reading:
    """One value of one measure, with the further columns it needs."""

    measure: str
    month: int
    value: Any
    extra: Mapping[str, Any] = field(default_factory=dict)


def lines(description: Description, calendar: Calendar) -> Iterator[Line]:
    """Every data point of one description, for each data set that it stands in."""
    for names, numbers in repetitions(description.get("for", {})):
        columns = columns_of(description, names)
        for measure, told in _measures(description, names).items():
            for reading in _readings(measure, told, numbers):
                yield from _said(description, calendar, columns, reading)


def _said(
    description: Description, calendar: Calendar, columns: Mapping[str, str], reading: _Reading
) -> Iterator[Line]:
    """The same data point as each data set has it, a day later in each; the list of items is kept by the first."""
    month, extra = reading.month, dict(reading.extra)
    own = {key: text.replace("#", f"{month:+d}") for key, text in columns.items()}
    if "until" in extra:
        extra["until"] = calendar.end(extra["until"])
    for place, dataset in enumerate(description["in"]):
        if place == 0 or reading.measure != "expected":
            day = calendar.day(month, int(description.get("day", DAY)) + place)
            yield Line(dataset, month, day, own, reading.measure, reading.value, extra)


def columns_of(description: Description, names: Mapping[str, str]) -> dict[str, str]:
    """The columns of one repetition, its values in the braces."""
    return {key: str(description[key]).format(**names) for key in COLUMNS if key in description}


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


def _readings(measure: str, told: Any, numbers: Mapping[str, int]) -> Iterator[_Reading]:
    """What is written of one measure, in the order of time."""
    if not isinstance(told, Mapping):
        yield from (_Reading(measure, month, 1) for month in months(told))
        return
    if "at" not in told:
        found = [_Reading(measure, month, value) for value, at in told.items() for month in months(at)]
        yield from sorted(found, key=lambda each: each.month)
        return
    extra = {name: told[name] for name in (*SEVERAL, "until") if name in told}
    for turn, month in enumerate(months(told["at"])):
        value = told.get("value", 1)
        if "first" in told:
            value = int(list(numbers.values())[-1] <= told["first"])
        elif isinstance(value, list):
            value = value[turn % len(value)]
        wave = {"wave": f"wave {turn + 1}"} if "n" in told else {}
        yield _Reading(measure, month, value, {**extra, **wave})
