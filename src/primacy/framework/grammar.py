"""The language in which indicators and rules are written: every key and verb, and what each must say.

A rule is a mapping with exactly one verb or combinator, around which `each`, `veto` and `after` may stand:

    all: [...] | any: [...] | k_of: {k, of} | not: RULE | sustained: {rule, for | in}
    falls | rises | ceases | reaches | share | covers | exists | sequence | believes | shifts | gap | scored

Numbers in rules are names of the benchmark's `thresholds`, so that each has one place, a unit and a source.
"""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from primacy.framework.saying import Unfit, said
from primacy.framework.values import Moment, Span, comparison, k_of_n_span, moment, number, rate_a_year, span

Aggregate = Literal[
    "sum", "rate", "distinct", "last", "share", "ratio", "mean", "max", "min", "gap", "median_gap", "latest",
    "weakest",
]  # fmt: skip
Number = str | float | int
Filter = Any  # a value, a list of values (or), {not: ...}, {from: INDICATOR, else: NUMBER}, or mission.NAME

SourceType = Literal["producer", "monitor", "survey", "register", "media", "expert"]

DIMENSIONS = ("area", "actor", "pair", "stratum", "group", "item")
FLAGS = (
    "at risk", "on track", "due", "overdue", "single source", "effort unknown", "threshold unconfirmed",
    "unconfirmed veto", "unconfirmed sign", "incomplete months", "with hindsight", "baselines differ",
    "period uncertain", "silent counterpart", "trust diverges", "partly restricted", "view due", "leadership differs",
)  # fmt: skip
STATUSES = (
    "met", "progressing", "no clear change", "not met", "reversed", "insufficient evidence", "not yet applicable",
    "not applicable",
)  # fmt: skip

Period = Annotated[str, BeforeValidator(lambda told: told.isoformat() if isinstance(told, date) else told)]
"""`baseline`, `previous`, the name of an event, or a day: YAML reads 2014-09-01 as a date."""
Length = Annotated[Span, BeforeValidator(lambda told: told if isinstance(told, Span) else span(str(told)))]
"""As it is written: `12 months`."""
Since = Annotated[Moment, BeforeValidator(lambda told: told if isinstance(told, Moment) else moment(str(told)))]


class Part(BaseModel):
    """What every piece of the grammar shares: unknown keys are errors, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, arbitrary_types_allowed=True)


class Indicator(Part):
    """What is counted, shared or read: docs/reference/grammar.md has the tables of keys and aggregates."""

    from_: str | None = Field(default=None, alias="from")  # filled in from another entry's indicator
    kind: str | None = None
    where: dict[str, Filter] = Field(default_factory=dict)
    except_: dict[str, Filter] = Field(default_factory=dict, alias="except")
    measure: str | None = None
    unit: str | None = None
    aggregate: Aggregate
    window: Length | None = None
    per: Literal["month"] | None = None
    effort: str | None = None
    register_: str | None = Field(default=None, alias="register")
    by: Literal["item", "target", "actor", "area"] = "item"
    pass_: dict[str, Any] = Field(default_factory=dict, alias="pass")
    of: str | list[str] | None = None
    between: str | list[str] | None = None
    label: str = ""
    fresh: Length | None = None
    since: Since | None = None  # what was so before that day is not read: the vote before is another vote
    enough: dict[str, int] = Field(default_factory=dict)
    areas: Number | None = None
    sources: dict[SourceType, int] = Field(default_factory=dict)

    @field_validator("pass_")
    @classmethod
    def _read_pass(cls, conditions: dict[str, Any]) -> dict[str, Any]:
        unknown = set(conditions) - {"value", "stage", "date", "events", "group", "measure"}
        if unknown:
            raise Unfit(said("no-pass", names=sorted(unknown)))
        for key in ("value", "date", "events"):
            if key in conditions:
                comparison(conditions[key])
        return conditions

    @field_validator("enough")
    @classmethod
    def _enough_of_something(cls, sizes: dict[str, int]) -> dict[str, int]:
        if sizes and (set(sizes) != {"n"} or sizes["n"] < 1):
            raise Unfit(said("no-enough"), said("do.enough"))
        return sizes

    @field_validator("areas")
    @classmethod
    def _part_of_all_areas(cls, share: Number | None) -> Number | None:
        if share is not None and not 0 < number(share) <= 1:
            raise Unfit(said("no-part", given=str(share)), said("do.part"))
        return share

    @field_validator("sources")
    @classmethod
    def _some_sources(cls, kinds: dict[str, int]) -> dict[str, int]:
        if any(count < 1 for count in kinds.values()):
            raise Unfit(said("below-one"), said("do.from-one"))
        return kinds

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind is None and self.of is None:
            raise Unfit(said("indicator-of-nothing"))
        if self.aggregate == "share" and self.of is None and self.register_ is None:
            raise Unfit(said("share-of-nothing"))
        if self.aggregate == "ratio" and not (isinstance(self.of, list) and len(self.of) == 2):
            raise Unfit(said("ratio-of-two"))
        if self.aggregate == "gap" and self.between is None and not (isinstance(self.of, list) and len(self.of) == 2):
            raise Unfit(said("gap-of-two"))
        if self.register_ is not None and not self.pass_ and self.aggregate == "share":
            raise Unfit(said("share-without-pass"))
        return self


class Trend(Part):
    """`falls`, `rises`: the underlying rate changed by at least `by` against another period."""

    indicator: str
    by: Number
    window: Length
    against: Period = "baseline"


class Ceases(Part):
    indicator: str
    at_most: Number
    window: Length


class Reaches(Part):
    indicator: str
    at_least: Number | None = None
    at_most: Number | None = None
    more_than: Number | None = None
    between: tuple[Number, Number] | None = None
    band: str | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        bounds = (self.at_least, self.at_most, self.more_than, self.between, self.band)
        if sum(bound is not None for bound in bounds) != 1:
            raise Unfit(said("exactly-one", names=["at_least", "at_most", "more_than", "between", "band"]))
        return self


class Share(Part):
    indicator: str
    at_least: Number | dict[str, Any] | None = None
    at_most: Number | dict[str, Any] | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise Unfit(said("exactly-one", names=["at_least", "at_most"]))
        return self


class Covers(Part):
    indicator: str
    pass_: dict[str, Any] = Field(default_factory=dict, alias="pass")
    at_least: Number
    weight: Literal["population", "equal"] = "population"


class Exists(Part):
    indicator: str
    min: int = 1


class Sequence(Part):
    indicator: str
    steps: list[str]
    reached: str
    by: str | None = None
    in_order: bool = True

    @model_validator(mode="after")
    def _reached_is_a_step(self) -> Self:
        if self.reached not in self.steps:
            raise Unfit(said("no-step", name=self.reached, names=self.steps))
        return self


class Believes(Part):
    indicator: str
    at_least: Number | None = None
    at_most: Number | None = None


class Shifts(Part):
    indicator: str
    by: Number
    against: Period = "baseline"


class Gap(Part):
    indicator: str
    between: str | list[str]
    at_most: Number


class Scored(Part):
    """`agreement`: the weighted kappa that coders must reach; that of the kind where it is not said."""

    indicator: str
    at_least: Number
    agreement: Number | None = None


FALSE_ALARMS = "0.2 a year"


class Alarm(Part):
    """`false_alarms`: how many of them the mission puts up with."""

    indicator: str
    false_alarms: str = FALSE_ALARMS

    @field_validator("false_alarms")
    @classmethod
    def _a_rate(cls, text: str) -> str:
        rate_a_year(text)
        return text

    @property
    def false_alarms_a_year(self) -> float:
        return rate_a_year(self.false_alarms)


class Sign(Part):
    """A reversal sign that people report: two origins and a confirmation make it count."""

    id: str
    text: str


class Silent(Part):
    register_: str = Field(alias="register")
    for_: Length = Field(alias="for")


class Each(Part):
    """Around a rule: it must hold in so many areas, actors, pairs of parties, strata, groups or items of a register."""

    area: int | None = None
    actor: str | None = None
    pair: str | None = None  # who acts and on whom, either way round: the two sides of a fight
    stratum: str | None = None
    group: str | None = None
    item: str | None = None
    at_least: Literal["all"] | Number = "all"
    weight: Literal["population", "equal"] = "equal"

    @model_validator(mode="after")
    def _one_dimension(self) -> Self:
        if self.weight == "population" and (self.area is None or self.at_least == "all"):
            raise Unfit(said("weight-of-areas"))
        if sum(getattr(self, name) is not None for name in DIMENSIONS) != 1:
            raise Unfit(said("exactly-one", names=list(DIMENSIONS)))
        return self

    @property
    def dimension(self) -> str:
        return next(name for name in DIMENSIONS if getattr(self, name) is not None)


class KOf(Part):
    k: int
    of: list["Rule"]

    @model_validator(mode="after")
    def _k_fits(self) -> Self:
        if not 1 <= self.k <= len(self.of):
            raise Unfit(said("k-of-rules", k=self.k, count=len(self.of)))
        return self


class Sustained(Part):
    rule: "Rule"
    for_: Length | None = Field(default=None, alias="for")
    in_: str | None = Field(default=None, alias="in")

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if (self.for_ is None) == (self.in_ is None):
            raise Unfit(said("sustained-one"))
        if self.in_ is not None:
            k_of_n_span(self.in_)
        return self

    @property
    def points(self) -> tuple[int, Span]:
        """How many of the points must hold, and the span whose points they are."""
        if self.for_ is not None:
            return self.for_.points, self.for_
        return k_of_n_span(str(self.in_))


VERBS: dict[str, type[Part]] = {
    "falls": Trend, "rises": Trend, "ceases": Ceases, "reaches": Reaches, "share": Share, "covers": Covers,
    "exists": Exists, "sequence": Sequence, "believes": Believes, "shifts": Shifts, "gap": Gap, "scored": Scored,
}  # fmt: skip
COMBINATORS = ("all", "any", "k_of", "not", "sustained")


class Rule(Part):
    """One node of a rule; `verb` and `call` name it when it is a leaf."""

    each: Each | None = None
    veto: list["Rule"] = Field(default_factory=list)
    after: list[str] = Field(default_factory=list)
    all: list["Rule"] | None = None
    any: list["Rule"] | None = None
    k_of: KOf | None = None
    not_: "Rule | None" = Field(default=None, alias="not")
    sustained: Sustained | None = None
    falls: Trend | None = None
    rises: Trend | None = None
    ceases: Ceases | None = None
    reaches: Reaches | None = None
    share: Share | None = None
    covers: Covers | None = None
    exists: Exists | None = None
    sequence: Sequence | None = None
    believes: Believes | None = None
    shifts: Shifts | None = None
    gap: Gap | None = None
    scored: Scored | None = None

    @model_validator(mode="after")
    def _one_head(self) -> Self:
        heads = [name for name in (*COMBINATORS, *VERBS) if self._get(name) is not None]
        if len(heads) != 1:
            raise Unfit(said("several-heads", names=heads) if heads else said("no-head"))
        if self._get(heads[0]) == []:
            raise Unfit(said("no-rules", name=heads[0]))
        return self

    def _get(self, name: str) -> Any:
        return getattr(self, "not_" if name == "not" else name)

    @cached_property
    def head(self) -> str:
        return next(name for name in (*COMBINATORS, *VERBS) if self._get(name) is not None)

    @property
    def is_leaf(self) -> bool:
        return self.head in VERBS

    @property
    def call(self) -> Any:
        """The parameters of the verb or combinator."""
        return self._get(self.head)

    @property
    def children(self) -> tuple["Rule", ...]:
        """The rules directly inside, vetoes left out."""
        match self.head:
            case "all" | "any":
                return tuple(self.call)
            case "k_of":
                return tuple(self.call.of)
            case "not":
                return (self.call,)
            case "sustained":
                return (self.call.rule,)
        return ()

    def nodes(self) -> Iterator["Rule"]:
        """This rule and every one below, vetoes included."""
        yield self
        for child in (*self.children, *self.veto):
            yield from child.nodes()

    def placed(self, field: str) -> Iterator[tuple[str, "Rule"]]:
        """The rules directly inside and the vetoes, each with the field where it is written, as in `rule.all.0`."""
        for place, child in enumerate(self.children):
            match self.head:
                case "all" | "any":
                    yield f"{field}.{self.head}.{place}", child
                case "k_of":
                    yield f"{field}.k_of.of.{place}", child
                case "not":
                    yield f"{field}.not", child
                case "sustained":
                    yield f"{field}.sustained.rule", child
        yield from ((f"{field}.veto.{place}", veto) for place, veto in enumerate(self.veto))

    def leaves_by_field(self, field: str) -> Iterator[tuple[str, "Rule"]]:
        """Every leaf below, vetoes included, with the field that holds it."""
        if self.is_leaf:
            yield field, self
        for place, child in self.placed(field):
            yield from child.leaves_by_field(place)

    def leaves(self) -> tuple["Rule", ...]:
        """Every leaf below, vetoes included, in the order in which they are written."""
        if self.is_leaf:
            inside: tuple[Rule, ...] = (self,)
        else:
            inside = tuple(leaf for child in self.children for leaf in child.leaves())
        return inside + tuple(leaf for veto in self.veto for leaf in veto.leaves())
