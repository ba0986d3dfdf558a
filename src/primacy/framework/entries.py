"""What the framework holds: outputs, benchmarks, activities, risks, trade-offs, components, and their thresholds.

Every entry has an id of its own (`O2.M6`, `O2.A1`, `O2.R1`, `O2.T1`) and a file of its own.
"""

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from primacy.framework.grammar import Alarm, Indicator, Number, Part, Rule, Sign, Silent
from primacy.framework.values import number


class Reversal(Part):
    alarm: Alarm | None = None
    sign: Sign | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.alarm is None) == (self.sign is None):
            raise ValueError("a reversal is either an `alarm` or a `sign`")
        return self


class FlagCondition(Part):
    any_silent: Silent | None = None
    rule: Rule | None = None


class Threshold(Part):
    """A number of a rule: what it is, where it comes from, and who confirmed it."""

    value: Number | tuple[Number, Number]
    unit: str
    date: str | None = None
    source: str | None = None
    standard: bool = False
    confirmed: dict[str, str] | None = None

    @field_validator("confirmed", mode="before")
    @classmethod
    def _days_as_text(cls, entry: object) -> object:
        return {key: str(value) for key, value in entry.items()} if isinstance(entry, dict) else entry

    @property
    def number(self) -> float:
        if isinstance(self.value, tuple):
            raise ValueError("this threshold is a pair")
        return number(self.value)


class Collect(Part):
    """What to collect where evidence is missing, cheapest first."""

    what: str
    kind: str
    how: str


class Benchmark(Part):
    id: str = Field(pattern=r"^O\d+\.[SML]\d+$")
    title: str
    short: str
    question: str
    horizon: Literal["short", "medium", "long"]
    lead: str
    with_: list[str] = Field(default_factory=list, alias="with")
    indicators: dict[str, Indicator]
    rule: Rule
    reversal: list[Reversal]
    flags: dict[str, FlagCondition] = Field(default_factory=dict)
    thresholds: dict[str, Threshold] = Field(default_factory=dict)
    beside: list[str] = Field(default_factory=list)
    misleads: str
    collect: list[Collect]
    about: str = ""
    retired: bool = False

    @property
    def output(self) -> str:
        return self.id.split(".")[0]


class Output(Part):
    id: str
    title: str
    short: str
    about: str
    lead: list[str]


class Published(Part):
    """One entry of the register of published thresholds."""

    id: str
    says: str
    source: str
    checked: str
    used_by: list[str]
    status: Literal["source read", "recalled"]
