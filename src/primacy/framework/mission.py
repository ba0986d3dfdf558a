"""The mission file: country, mandate, baselines, horizons, events, core benchmarks, political line."""

from collections.abc import Collection
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from primacy.framework.entries import Benchmark, ElectoralMandate
from primacy.framework.instance import Instance
from primacy.framework.names import bare, people
from primacy.framework.overlay import next_round, signed_by_two
from primacy.framework.problems import FrameworkError, Problem, fields_of, problems_of
from primacy.framework.saying import Unfit, said

COUNTERPARTS = "priority_counterparts"
MISSION_FILE, COUNTRY_FIRST = said("do.mission-file"), said("do.country")


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, coerce_numbers_to_str=True)


class Paragraph(Entry):
    number: str
    task: str = ""
    priority: bool = False
    benchmarks: list[str] = Field(default_factory=list)
    activities: list[str] = Field(default_factory=list)


class Mandate(Entry):
    resolution: str = ""
    start: date | None = None
    renewal: date | None = None
    reports: list[date] = Field(default_factory=list)
    end_of_transition: date | None = None
    electoral: ElectoralMandate | None = None
    paragraphs: list[Paragraph] = Field(default_factory=list)

    def covers(self, benchmark: str) -> bool:
        """Whether the benchmark is in the mandate; a mandate that links no benchmark covers all."""
        linked = [each for paragraph in self.paragraphs for each in paragraph.benchmarks]
        return not linked or benchmark in linked or benchmark.split(".")[0] in linked

    def allows(self, types: Collection[str]) -> bool:
        """Whether the type of the electoral mandate is one of these; one that is not said shuts out nothing."""
        return not types or self.electoral is None or self.electoral in types

    def asks_for(self, benchmark: Benchmark) -> bool:
        """Whether it covers the benchmark, and is of a type under which this applies."""
        return self.covers(benchmark.id) and self.allows(benchmark.electoral)


class Baseline(Entry):
    """A period to compare with; it counts when two people signed it and said why.

    `on`: the day on which they signed; it then counts from the next round on, and until then what stands after it in
    the list. Without it the baseline counts as it is written: it is the first of the mission.
    """

    name: str
    from_: date = Field(alias="from")
    to: date
    signed: list[str] = Field(default_factory=list)
    because: str = ""
    on: date | None = None
    benchmarks: list[str] = Field(default_factory=list)
    areas: list[str] = Field(default_factory=list)

    @property
    def counts(self) -> bool:
        """Two different people signed it and it says why."""
        return signed_by_two(self.signed) and bool(bare(self.because))

    @property
    def counts_from(self) -> date:
        return date.min if self.on is None else next_round(self.on)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to < self.from_:
            fault = said("baseline-ends-before", name=self.name, to=self.to, begins=self.from_)
            raise Unfit(fault, said("do.first-then-last"))
        return self


class Change(Entry):
    """A register or a norm set otherwise from the next round on; it counts when two people signed it and said why.

    A register is a list of `registers`, or `priority_counterparts`: it is what shares are taken of.
    """

    register_: str | None = Field(default=None, alias="register")
    norm: str | None = None
    to: list[str] | float
    by: list[str] = Field(default_factory=list)
    on: date
    because: str = ""
    from_: date | None = Field(default=None, alias="from")

    @model_validator(mode="after")
    def _of_one(self) -> Self:
        if (self.register_ is None) == (self.norm is None):
            raise Unfit(said("change-of-one"))
        if isinstance(self.to, list) != (self.register_ is not None):
            raise Unfit(said("change-to"), said("do.change-to"))
        return self

    @property
    def name(self) -> str:
        return str(self.register_ or self.norm)

    @property
    def field(self) -> str:
        """Where the mission file says what is changed."""
        if self.norm is not None:
            return f"norms.{self.norm}"
        return self.name if self.name == COUNTERPARTS else f"registers.{self.name}"

    @property
    def counts(self) -> bool:
        return signed_by_two(self.by) and bool(bare(self.because))

    @property
    def counts_from(self) -> date:
        """The day named, but never one before the round after the signature."""
        return max(self.from_ or date.min, next_round(self.on))

    def state(self, on: date) -> Literal["in force", "pending", "unsigned"]:
        if not self.counts:
            return "unsigned"
        return "in force" if self.counts_from <= on else "pending"


class SetAside(Entry):
    """A recorded decision that a benchmark does not apply; it counts from its day on, if it says who and why."""

    benchmark: str
    by: str
    on: date
    because: str

    @property
    def counts(self) -> bool:
        return people([self.by]) == 1 and bool(bare(self.because))


class PoliticalLine(Entry):
    stage: str = ""
    next: str = ""
    next_on: date | None = None
    objectives: list[str] = Field(default_factory=list)


class Mission(Entry):
    """Everything of `mission.yaml`; all fields but the country have a sensible default."""

    country: str
    name: str = ""
    mandate: Mandate = Field(default_factory=Mandate)
    baselines: list[Baseline] = Field(default_factory=list)
    horizons: dict[str, tuple[date, date]] = Field(default_factory=dict)
    agreed_with: str = ""
    events: dict[str, date] = Field(default_factory=dict)
    political_line: PoliticalLine = Field(default_factory=PoliticalLine)
    capital: str = ""
    report_level: int = 1
    disputed: list[str] = Field(default_factory=list)
    core: list[str] = Field(default_factory=list)
    languages: list[str] = Field(default_factory=lambda: ["en", "fr", "ar"])
    components: list[str] = Field(default_factory=list)
    priority_counterparts: list[str] = Field(default_factory=list)
    registers: dict[str, list[str]] = Field(default_factory=dict)
    set_aside: list[SetAside] = Field(default_factory=list)
    norms: dict[str, float] = Field(default_factory=dict)
    practice_day: date | None = None
    changes: list[Change] = Field(default_factory=list)

    @property
    def written_in(self) -> str:
        """The language of the texts of the mission file itself, which nobody translates: the first of its list."""
        return self.languages[0] if self.languages else "en"

    def in_force(self, on: date | None) -> "Mission":
        """With the changes, baselines and decisions that count on a day (None: every signed one) and no others."""
        changes = [each for each in self.changes if each.counts and (on is None or each.counts_from <= on)]
        aside = [each for each in self.set_aside if each.counts and (on is None or each.on <= on)]
        baselines = [each for each in self.baselines if on is None or each.counts_from <= on]
        update = {"changes": sorted(changes, key=lambda each: each.counts_from), "set_aside": aside}
        return self.model_copy(update={**update, "baselines": baselines})

    def _changed_to(self, name: str, kind: type) -> list[str] | float | None:
        """What the last change that counts sets; of a mission in force on a day that is its only kind of change."""
        counting = [each for each in self.changes if each.name == name and each.counts and isinstance(each.to, kind)]
        # Of two that count from the same round the one that was signed later is the decision that stands.
        return max(reversed(counting), key=lambda each: (each.counts_from, each.on)).to if counting else None

    def norm(self, name: str) -> float | None:
        """A norm as it counts; None where the mission file does not say."""
        changed = self._changed_to(name, float)
        return changed if isinstance(changed, float) else self.norms.get(name)

    def baselines_for(self, benchmark: str) -> list[Baseline]:
        """Those of the benchmark itself, else those that name none; the first decides. Unsigned ones do not count."""
        signed = [each for each in self.baselines if each.counts]
        own = [each for each in signed if benchmark in each.benchmarks]
        return own or [each for each in signed if not each.benchmarks]

    def horizon(self, benchmark: str, term: str) -> tuple[date, date] | None:
        return self.horizons.get(benchmark) or self.horizons.get(term)

    def names(self, reference: str) -> list[str]:
        """What `mission.NAME` stands for: a list of ids, empty when the mission file does not say."""
        name = reference.removeprefix("mission.")
        changed = self._changed_to(name, list)
        return changed if isinstance(changed, list) else self.written(name)

    def states(self, reference: str) -> bool:
        """Whether the mission file says what `mission.NAME` stands for: a list that nobody filled says nothing, one
        that a signed change emptied says that nobody is on it."""
        name = reference.removeprefix("mission.")
        return bool(self.names(name)) or self._changed_to(name, list) is not None

    def before(self, change: Change) -> list[str] | float | None:
        """The list or norm that a change replaces: as written, or as set by a change that counted earlier."""
        earlier = [each for each in self.changes if each.counts_from < change.counts_from]
        mission = self.model_copy(update={"changes": earlier})
        return mission.names(change.name) if change.register_ is not None else mission.norm(change.name)

    def written(self, name: str) -> list[str]:
        """A list as it stands in the mission file, without its changes."""
        value: Any = getattr(self, name, None) if name in Mission.model_fields else self.registers.get(name)
        if value in (None, ""):
            return []
        return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def read_mission(path: Path) -> Mission:
    """The mission file as it is written; `in_force` says what of it counts on a day.

    Raises FrameworkError with every fault of the file, each with its field and remedy."""
    try:
        return _mission_of(path.name, path.read_bytes())
    except FileNotFoundError as error:
        raise FrameworkError([Problem(path.name, "", said("no-mission-file"), said("do.init"))]) from error


def day_of(instance: Instance, calendar: date) -> date:
    """The day on which people read, write, sign and score: that of an exercise, else that of the calendar. Whatever the
    file of a real mission says, its day is today."""
    if not instance.is_exercise:
        return calendar
    try:
        return read_mission(instance.mission_file).practice_day or calendar
    except FrameworkError:  # told where the file is checked
        return calendar


def known_from(instance: Instance, clock: datetime) -> datetime:
    """From when on what comes in now counts as known: the moment of the clock, in an exercise on its own day."""
    day = day_of(instance, clock.date())
    return clock.replace(year=day.year, month=day.month, day=day.day)


@lru_cache(maxsize=8)
def _mission_of(name: str, content: bytes) -> Mission:
    """A page asks several times for the same text; only what differs is read anew."""
    try:
        return Mission.model_validate(fields_of(name, content, COUNTRY_FIRST))
    except ValidationError as error:
        raise FrameworkError(problems_of(name, error, MISSION_FILE)) from error
