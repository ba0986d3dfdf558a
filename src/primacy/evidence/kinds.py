"""The closed list of kinds of evidence, read from kinds.yaml."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator

from primacy.framework.yaml_files import read_yaml

LISTING = ("expected", "due")  # measures that say what ought to be, not how it is
Nature = Literal["event", "effort", "state", "estimate"]


class Agreement(BaseModel):
    """How far coders must agree: the weighted kappa asked for once so many items are scored twice. Over fewer, where it
    says little, they may not agree less than by chance."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kappa: float
    items: int


class Kind(BaseModel):
    """One kind: how its values add up, what is measured in which unit, and for how long a state is believed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    nature: Nature
    about: str
    measures: Mapping[str, str]  # measure -> unit
    stages: Mapping[str, tuple[str, ...]] = {}  # measure, or path of a category -> names of stages 1, 2, 3, ...
    shelf_life: int | None = None  # days; None: never stale
    ahead: tuple[str, ...] = ()  # measures that, beside those of LISTING, are dated before their day has come
    deeds: tuple[str, ...] = ()  # measures that only a deed of a person on the site writes, and no table
    corroborate: bool
    official: bool = False
    agreement: Agreement | None = None
    scores: Mapping[str, int] = {}  # measure -> the most that a coder gives, in whole points from 0
    questions: bool = False  # its items are questions: each is a series of its own, and no newer one replaces another

    @field_validator("shelf_life", mode="before")
    @classmethod
    def _days(cls, text: object) -> object:
        return int(text.removesuffix("days")) if isinstance(text, str) else text

    def may_lie_ahead(self, measure: str) -> bool:
        """Whether a data point may have a day to come: what ought to be or is published of a time to come, never what
        happened or how something is."""
        return self.nature == "estimate" or measure in (*self.ahead, *LISTING)

    def scheme(self, measure: str, category: str = "") -> tuple[str, ...]:
        """The names of stages: those of the category or the nearest one above it, else those of the measure."""
        if self.measures.get(measure) != "stage":
            return ()
        path = f"{self.name}/{category.removeprefix(f'{self.name}/')}"
        while path and path not in self.stages:
            path = path.rpartition("/")[0]
        return self.stages.get(path or measure, ())

    def stage(self, measure: str, name: str, category: str = "") -> int | None:
        """The number of a named stage, counted from 1; None if there is no such stage."""
        names = self.scheme(measure, category)
        return names.index(name) + 1 if name in names else None


@cache
def _read() -> Mapping[str, Kind]:
    listed = read_yaml((Path(__file__).parent / "kinds.yaml").read_bytes())
    return MappingProxyType({name: Kind(name=name, **fields) for name, fields in listed.items()})


KINDS: Mapping[str, Kind] = _read()
ADDED_UP = tuple(name for name, kind in KINDS.items() if kind.nature in ("event", "effort"))  # what a cube holds
