"""Entries of the ledger, read from their files."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, model_validator

from primacy.exercise.country.geography import Country
from primacy.exercise.world.scenario import Scenario, Told
from primacy.exercise.world.state import TASKS, variables
from primacy.framework.yaml_files import read_yaml

HERE = Path(__file__).parent
WHEN = re.compile(r"(deployment|agreement|polling)\s*([+-]\s*\d+)?")
SPOKEN = ("contact", "session")
COLUMNS = ("item", "category", "area", "actor", "target", "group", "stratum")
By = Annotated[dict[str, float], Field(min_length=1)]
Scale = tuple[float, float]


class Driven(Told):
    by: By
    scale: Scale = (0.0, 1.0)

    @model_validator(mode="after")
    def _known(self) -> "Driven":
        world = {*variables()["national"], *variables()["local"], *TASKS}
        if unknown := {each.lstrip("-") for each in self.by} - world:
            raise ValueError(f"not in the world: {', '.join(sorted(unknown))}")
        return self


class Passes(Driven):
    hold: float = 0.9
    values: Scale = (0.0, 1.0)
    once: bool = False


class Stages(Driven):
    steps: tuple[str, ...]
    pace: float = 0.15
    back: float = 0.0


class Reached(Driven):
    pace: float = 0.1


class Due(Told):
    least: int
    most: int


class Level(Driven):
    spread: float = 0.0
    noise: float = 0.0
    whole: bool = False
    offsets: dict[str, float] = {}
    once: bool = False


class Holder(Driven):
    group: str


class Part(Driven):
    of: str = ""  # the measure of which it is a part; else of all


class Happens(Driven):
    often: float
    base: str = "events"  # the measure that counts them all
    measures: dict[str, Part] = {}
    spread: float = 0.35


class Entry(Told):
    kind: str
    seen: tuple[str, ...]
    item: str = ""
    category: str = ""
    area: str = ""
    actor: str = ""
    target: str = ""
    group: str = ""
    stratum: str = ""
    for_: dict[str, Any] = Field(default={}, alias="for")
    from_: int | str = Field(default=0, alias="from")
    over: int = 0
    until: int | str = 10_000
    expected: bool = False
    passes: dict[str, Passes] = {}
    stages: dict[str, Stages] = {}
    reached: dict[str, Reached] = {}
    due: Due | None = None
    level: dict[str, Level] = {}
    holders: dict[str, tuple[Holder, ...]] = {}
    rest: str = ""
    events: Happens | None = None
    fixed: dict[str, float] = {}
    confidential: int = 1

    def begins(self, scenario: Scenario) -> int:
        return month_of(self.from_, scenario)

    def ends(self, scenario: Scenario) -> int:
        return month_of(self.until, scenario)

    def repetitions(self, country: Country) -> Iterator[dict[str, str]]:
        """The columns of each repetition, filled in; `{capitals[0]}` is the capital of the first province."""
        lists = {name: _values(told, country) for name, told in self.for_.items()}
        capitals = _values("capitals", country)
        for values in product(*lists.values()):
            names = {"capitals": capitals, **dict(zip(lists, values, strict=True))}
            filled = {column: str(getattr(self, column)) for column in COLUMNS}
            yield {column: text.format(**names) if "{" in text else text for column, text in filled.items()}


@cache
def entries() -> Mapping[str, tuple[Entry, ...]]:
    """By the name of their file."""
    found = {}
    for path in sorted(HERE.glob("*.yaml")):
        told = read_yaml(path.read_bytes())
        found[path.stem] = tuple(Entry.model_validate(each) for each in told)
    return found


@cache
def counterparts() -> tuple[str, ...]:
    """Who speaks with the mission, and so may fall silent."""
    found: dict[str, None] = {}
    for each in (entry for own in entries().values() for entry in own if entry.kind in SPOKEN):
        names = each.for_.get("target", []) if each.target == "{target}" else [each.target]
        found |= dict.fromkeys(name for name in names if name and "{" not in name)
    return tuple(found)


def month_of(when: int | str, scenario: Scenario) -> int:
    """
    >>> month_of("polling - 12", Scenario.model_construct(polling=54))
    42
    """
    if isinstance(when, int):
        return when
    found = WHEN.fullmatch(when.strip())
    if not found:
        raise ValueError(f"'{when}' is neither a month nor one before or after deployment, agreement or polling")
    return int(getattr(scenario, found[1])) + int((found[2] or "0").replace(" ", ""))


def _values(told: Any, country: Country) -> list[str]:
    if told == "districts":
        return [each.code for each in country.districts]
    if told == "provinces":
        return [each.code for each in country.provinces]
    if told == "province names":
        return [each.names["en"] for each in country.provinces]
    if told == "capitals":
        return [each.capital_district for each in country.provinces]
    if told in ("contested districts", "calm districts"):
        homes = {each.home for each in country.organisations if each.role in ("obstructing signatory", "armed outside")}
        return [each.code for each in country.districts if (each.province in homes) == (told == "contested districts")]
    if isinstance(told, int):
        return [f"{number:02}" for number in range(1, told + 1)]
    return [str(each) for each in told]
