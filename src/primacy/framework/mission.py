"""The mission file: country, mandate, baselines, horizons, events, core benchmarks, political line."""

from datetime import date
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from primacy.framework.problems import FrameworkError, Problem, problems_of
from primacy.framework.yaml_files import read_yaml


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


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
    electoral: Literal["none", "assistance", "observation", "certification", "organisation", "supervision"] = "none"
    paragraphs: list[Paragraph] = Field(default_factory=list)

    def covers(self, benchmark: str) -> bool:
        """Whether the benchmark is in the mandate; a mandate that links no benchmark covers all."""
        linked = [each for paragraph in self.paragraphs for each in paragraph.benchmarks]
        return not linked or benchmark in linked or benchmark.split(".")[0] in linked


class Baseline(Entry):
    """A period to compare with; it counts when two people signed it and said why."""

    name: str
    from_: date = Field(alias="from")
    to: date
    signed: list[str] = Field(default_factory=list)
    because: str = ""
    benchmarks: list[str] = Field(default_factory=list)
    areas: list[str] = Field(default_factory=list)

    @property
    def counts(self) -> bool:
        """Two different people signed it and it says why."""
        return len(set(self.signed)) >= 2 and bool(self.because.strip())

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to < self.from_:
            raise ValueError(f"the baseline {self.name} ends ({self.to}) before it begins ({self.from_})")
        return self


class SetAside(Entry):
    """A recorded decision that a benchmark does not apply."""

    benchmark: str
    by: str
    on: date
    because: str


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
    core: list[str] = Field(default_factory=list)
    languages: list[str] = Field(default_factory=lambda: ["en", "fr", "ar"])
    components: list[str] = Field(default_factory=list)
    priority_counterparts: list[str] = Field(default_factory=list)
    registers: dict[str, list[str]] = Field(default_factory=dict)
    set_aside: list[SetAside] = Field(default_factory=list)
    norms: dict[str, float] = Field(default_factory=dict)

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
        value: Any = getattr(self, name, None) if name in Mission.model_fields else self.registers.get(name)
        if value in (None, ""):
            return []
        return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def read_mission(path: Path) -> Mission:
    """Raises FrameworkError with every fault of the file, each with its field and remedy."""
    try:
        content = read_yaml(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise FrameworkError(
            [Problem(path.name, "", "the mission file is missing", "run `primacy init` in an empty folder")]
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise FrameworkError([Problem(path.name, "", f"is not readable as YAML: {error}", "mend the line")]) from error
    if not isinstance(content, dict):
        raise FrameworkError([Problem(path.name, "", "holds no fields", "begin with `country: XXX`")])
    try:
        return Mission.model_validate(content)
    except ValidationError as error:
        raise FrameworkError(problems_of(path.name, error)) from error
