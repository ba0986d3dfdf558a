"""What the framework holds: outputs, benchmarks, activities, risks, trade-offs, components, and their thresholds.

Every entry has an id of its own (`O2.M6`, `O2.A1`, `O2.R1`, `O2.T1`) and a file of its own.
"""

from abc import abstractmethod
from datetime import date
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from primacy.framework.grammar import Alarm, Indicator, Number, Part, Rule, Sign, Silent
from primacy.framework.names import bare
from primacy.framework.saying import Unfit, said
from primacy.framework.values import Span, number, span


class Reversal(Part):
    alarm: Alarm | None = None
    sign: Sign | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.alarm is None) == (self.sign is None):
            raise Unfit(said("reversal-of-one"))
        return self


class FlagCondition(Part):
    any_silent: Silent | None = None
    rule: Rule | None = None


class Confirmation(Part):
    """Who agreed to a default, on which day, because of what."""

    by: str
    on: date
    because: str

    @field_validator("by", "because")
    @classmethod
    def _says_something(cls, text: str) -> str:
        if not bare(text):
            raise Unfit(said("empty"), said("do.who-and-why"))
        return text


class Threshold(Part):
    """A number of a rule: what it is, where it comes from, and who confirmed it."""

    value: Number | tuple[Number, Number]
    unit: str
    date: str | None = None
    source: str | None = None
    standard: bool = False
    confirmed: Confirmation | None = None

    @field_validator("value")
    @classmethod
    def _of_numbers(cls, value: Number | tuple[Number, Number]) -> Number | tuple[Number, Number]:
        for each in value if isinstance(value, tuple) else (value,):
            number(each)
        return value

    @property
    def number(self) -> float:
        if isinstance(self.value, tuple):
            raise Unfit(said("pair"), said("do.one-number"))
        return number(self.value)


class Collect(Part):
    """What to collect where evidence is missing, cheapest first."""

    what: str
    kind: str
    how: str


class Entry(Part):
    """What every entry has: an id, its words, who leads, who works with them and who is asked before."""

    id: str
    title: str
    short: str
    about: str = ""
    lead: str
    with_: list[str] = Field(default_factory=list, alias="with")
    consulted: list[str] = Field(default_factory=list)
    retired: bool = False

    @property
    def output(self) -> str:
        return self.id.split(".")[0]


class Measured(Entry):
    """An entry that is judged from indicators: a benchmark, a risk, a trade-off."""

    indicators: dict[str, Indicator] = Field(default_factory=dict)
    thresholds: dict[str, Threshold] = Field(default_factory=dict)

    @property
    def term(self) -> str:
        """The horizon by which evidence is asked for; a warning is heard as early as a short-term benchmark."""
        return "short"

    @property
    @abstractmethod
    def rules_by_field(self) -> dict[str, Rule]:
        """Every rule over the indicators by the field that holds it, in the order in which they are written."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(self.rules_by_field.values())


ElectoralMandate = Literal["none", "assistance", "observation", "certification", "organisation", "supervision"]


BENCHMARK = r"O\d+\.[SML]\d+"
"""What the id of a benchmark looks like."""


class Benchmark(Measured):
    """`electoral`: the types of electoral mandate under which it applies; without it, whatever the type."""

    id: str = Field(pattern=rf"^{BENCHMARK}$")
    question: str
    horizon: Literal["short", "medium", "long"]
    rule: Rule
    reversal: list[Reversal]
    flags: dict[str, FlagCondition] = Field(default_factory=dict)
    beside: list[str] = Field(default_factory=list)
    electoral: list[ElectoralMandate] = Field(default_factory=list)
    misleads: str
    collect: list[Collect]

    @property
    def term(self) -> str:
        return self.horizon

    @property
    def rules_by_field(self) -> dict[str, Rule]:
        return {"rule": self.rule}


class Activity(Entry):
    """What the mission does; `benchmarks` are those that it helps to reach."""

    id: str = Field(pattern=r"^O\d+\.A\d+$")
    about: str
    benchmarks: list[str] = Field(min_length=1)


class Standing(Part):
    """A benchmark has one of these statuses, or one of these flags."""

    benchmark: str
    status: list[str] = Field(default_factory=list)
    flags: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.status and not self.flags:
            raise Unfit(said("no-standing"), said("do.standing"))
        return self


class Near(Part):
    """A day of the mission file is less than `within` away; `event` is an event, `renewal` or `end_of_transition`."""

    event: str
    within: Span

    @field_validator("within", mode="before")
    @classmethod
    def _read_span(cls, text: object) -> Span:
        return text if isinstance(text, Span) else span(str(text))


class Signal(Part):
    """Something that shows: a warning sign of a risk, or what makes a decision due.

    Shown by a `rule` over indicators, by how a benchmark stands (`finding`), by a day that comes near (`near`), or by
    a `report`: the item of a reported sign, a benchmark's (`O2.S1/withdrawal`) or one of its own (`O2.R1/walk-out`).
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    text: str
    rule: Rule | None = None
    finding: Standing | None = None
    near: Near | None = None
    report: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum(way is not None for way in (self.rule, self.finding, self.near, self.report)) != 1:
            raise Unfit(said("exactly-one", names=["rule", "finding", "near", "report"]))
        return self

    @property
    def told_of(self) -> tuple[str, ...]:
        """The entry of whose standing or whose reported sign it tells: its own where people report to it itself."""
        found = (
            self.finding.benchmark if self.finding else None,
            self.report.partition("/")[0] if self.report else None,
        )
        return tuple(each for each in found if each is not None)


class Watched(Measured):
    """An entry whose signals are looked for at each assessment; it counts where one of `benchmarks` applies."""

    benchmarks: list[str] = Field(min_length=1)

    @property
    @abstractmethod
    def signals(self) -> list[Signal]:
        """What is looked for at each assessment."""

    def borrowed(self, signal_id: str) -> frozenset[str]:
        """The entries whose indicators the rule of a signal reads, and of which it so tells a part."""
        rules = (each.rule for each in self.signals if each.id == signal_id and each.rule is not None)
        read = (self.indicators.get(leaf.call.indicator) for rule in rules for leaf in rule.leaves())
        return frozenset(str(each.from_).partition("/")[0] for each in read if each is not None and each.from_)

    @property
    def rules_by_field(self) -> dict[str, Rule]:
        part = "signs" if "signs" in type(self).model_fields else "due"
        rules = {f"{part}.{place}.rule": each.rule for place, each in enumerate(self.signals)}
        return {field: rule for field, rule in rules.items() if rule is not None}


class Risk(Watched):
    """What may go wrong: the benchmarks that it threatens, the activities that answer it, its warning signs."""

    id: str = Field(pattern=r"^O\d+\.R\d+$")
    about: str
    answers: list[str]
    signs: list[Signal] = Field(min_length=1)

    @property
    def signals(self) -> list[Signal]:
        return self.signs


class Option(Part):
    """One way to decide, with what speaks for it and what against."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str
    for_: list[str] = Field(alias="for", min_length=1)
    against: list[str] = Field(min_length=1)


class Speaks(Part):
    """What a benchmark's finding says about the choice."""

    benchmark: str
    says: str


class TradeOff(Watched):
    """A choice between two goods, or two harms: who must be in the room, and `due`: what asks for it now."""

    id: str = Field(pattern=r"^O\d+\.T\d+$")
    question: str
    about: str
    options: list[Option] = Field(min_length=2)
    assumptions: list[str] = Field(min_length=1)
    evidence: list[Speaks]
    due: list[Signal] = Field(min_length=1)

    @property
    def signals(self) -> list[Signal]:
        return self.due


class Component(Part):
    """A part of the mission that leads, supports or is consulted."""

    id: str
    title: str
    about: str


class Output(Part):
    id: str
    title: str
    short: str
    about: str
    lead: list[str]


class Published(Part):
    """One entry of the register of published thresholds. `sets`: by benchmark, the numbers that are its own."""

    id: str
    says: str
    source: str
    checked: str
    used_by: list[str]
    status: Literal["source read", "recalled"]
    sets: dict[str, dict[str, Number]] = Field(default_factory=dict)

    @property
    def compared(self) -> bool:
        """Whether somebody compared the entry with its source."""
        return self.status == "source read" and bool(self.checked)
