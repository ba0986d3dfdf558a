"""People who live in areas, by sex, age and year: as published, else put together from published parts.

A group is written as in data points: `sex=f`, `age=15-29`, `age=15-29;sex=f`; empty means everybody. What cannot be put
together without a gap and without counting anybody twice is not known: women and men are not everybody where one of
them is missing, and 0-4 with 10-14 is not 0-14.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from primacy.places.files.kept import kept_table

POPULATION = "population.parquet"
POPULATION_SCHEMA = pa.schema(
    [("code", pa.string()), ("group", pa.string()), ("year", pa.int16()), ("persons", pa.float64())]
)
OLDEST = 1_000  # the end of an open age group: nobody is older
SEXES = ("f", "m")
RANGE = re.compile(r"(\d{1,3})\s*-\s*(\d{1,3})")
AND_OVER = re.compile(r"(\d{1,3})\s*(?:\+|plus|and over|and above)")
Row = tuple[str, str, int, float]  # P-code, group, year, persons


@dataclass(frozen=True)
class Group:
    """Persons of one sex (empty: all) and age range (empty: all), and what else is said of them."""

    sex: str = ""
    age: str = ""
    more: tuple[str, ...] = ()  # such as status=displaced

    @classmethod
    def of(cls, text: str) -> "Group":
        """A group as it is written; the order of its parts does not matter."""
        parts = dict(part.split("=", 1) for part in text.split(";") if "=" in part)
        sex, age = parts.pop("sex", ""), parts.pop("age", "")
        return cls(sex, age, tuple(f"{key}={value}" for key, value in sorted(parts.items())))

    def __str__(self) -> str:
        parts = [*self.more, f"age={self.age}" if self.age else "", f"sex={self.sex}" if self.sex else ""]
        return ";".join(sorted(part for part in parts if part))


class Living:
    """Figures of every area; immutable."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._by_area: dict[str, dict[int, dict[Group, float]]] = {}
        for code, group, year, persons in rows:
            self._by_area.setdefault(code, {}).setdefault(year, {})[Group.of(group)] = persons

    @classmethod
    def totals(cls, persons: Mapping[str, float]) -> "Living":
        """Everybody in each area, of a year that is not said."""
        return cls((code, "", 0, count) for code, count in persons.items())

    def latest(self) -> dict[str, float]:
        """Everybody in each area that has such a figure, of its latest year."""
        found = {code: self.persons(code, Group()) for code in sorted(self._by_area)}
        return {code: persons for code, persons in found.items() if persons is not None}

    def years(self, code: str) -> list[int]:
        return sorted(self._by_area.get(code, ()))

    def persons(self, code: str, group: Group, year: int | None = None) -> float | None:
        """People of a group in an area: of the year nearest to `year` (of two the later), else of the latest year."""
        years = sorted(self._by_area.get(code, ()), reverse=True)
        if year is not None:
            years.sort(key=lambda each: abs(each - year))
        for each in years:
            found = _put_together(self._by_area[code][each], group)
            if found is not None:
                return found
        return None


def _put_together(figures: Mapping[Group, float], group: Group) -> float | None:
    """A published figure, else the sum of both sexes, else of age groups that fill the range without a gap."""
    if group in figures:
        return figures[group]
    if not group.sex:
        sexes = [_put_together(figures, Group(sex, group.age, group.more)) for sex in SEXES]
        known = [each for each in sexes if each is not None]
        if len(known) == len(SEXES):
            return sum(known)
    return _of_ages(figures, group)


def _of_ages(figures: Mapping[Group, float], group: Group) -> float | None:
    wanted = years_of(group.age) if group.age else (0, OLDEST)
    if wanted is None:
        return None
    bands = {
        years: persons
        for each, persons in figures.items()
        if (each.sex, each.more) == (group.sex, group.more) and each.age and (years := years_of(each.age))
    }
    up_to = {wanted[0]: 0.0}  # age that is reached without a gap -> persons below it
    for (first, last), persons in sorted(bands.items()):
        if first in up_to and last <= wanted[1]:
            up_to.setdefault(last + 1, up_to[first] + persons)
    return up_to.get(wanted[1] + 1)


def years_of(age: str) -> tuple[int, int] | None:
    """First and last year of life of an age group; None where it is none.

    >>> years_of("15-29"), years_of("80+"), years_of("adult")
    ((15, 29), (80, 1000), None)
    """
    text = age.strip().lower()
    if found := RANGE.fullmatch(text):
        return (int(found[1]), int(found[2])) if int(found[1]) <= int(found[2]) else None
    if found := AND_OVER.fullmatch(text):
        return int(found[1]), OLDEST
    return (int(text), int(text)) if re.fullmatch(r"\d{1,3}", text) else None


def read_population(folder: Path) -> list[Row]:
    """The figures in the folder `places` of an instance."""
    file = folder / POPULATION
    rows = kept_table(file, POPULATION_SCHEMA).to_pylist() if file.is_file() else []
    return [(row["code"], row.get("group") or "", row["year"], row["persons"]) for row in rows]
