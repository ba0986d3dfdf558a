"""The design of a survey as a small YAML file beside its answers, and a draft of one for a file that has none.

The file of answers FILE.csv has its design in FILE.design.yaml:

    survey: perceptions             # the same in every wave: its questions are series
    wave: "2024-1"
    date: 2024-03-01                # first and last day of the interviews
    until: 2024-03-20
    country: XX
    producer: Statistics office
    weight: w                       # column; `none` with a reason under `unweighted`
    strata: [region]                # columns, stage by stage; leave out what there is not
    clusters: [village, household]
    units: [villages, households]   # columns: how many there are in all, where known
    area: {column: district}        # P-codes or names; names: {Old name: XX12} where they differ
    missing: ["99", "Refused"]      # what is no answer; empty cells never are one
    groups: {sex: {column: q2, values: {Women: f, Men: m}}}
    cells: [[area], [sex], [area, sex]]
    questions:
      trust: {column: q14, text: "...", category: survey/trust-in-government, share: [Yes, Rather yes]}
      income: {column: q24, mean: true}
      vote: {column: q30, each: true}      # every answer by itself
"""

import datetime
import re

from pydantic import BaseModel, ConfigDict, Field

from primacy.places.files.files import Source, beside

LEAST = 10
CATEGORY = r"^survey(/[^/\s]+)+$"
WEIGHTED = re.compile(
    r"(?i)(pond\w{0,8}|poids|weights?|pweight|wgt|wt|pw|w|(ال)?وزن)([_. ](?!kg|kilo|gram)\w{1,12}|\d{1,4})?"
    r"|\w{1,12}[_. ]weight"
)
"""A column that says for how many people each respondent stands."""
DRAWN = {
    "strata": re.compile(r"(?i)strat(a|um)([_. ]?(id|no|code))?|strates?|(ال)?طبقة"),
    "clusters": re.compile(r"(?i)psu([_. ]?(id|no|code))?"),
    "units": re.compile(r"(?i)fpc[_. ]?\d?"),
}
"""Columns that say how people were drawn, by the field of the design: only samples have them."""


class Area(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    column: str
    names: dict[str, str] = {}


class Group(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    column: str
    values: dict[str, str] = {}  # answer -> how it is told; empty: every answer as it is


class Question(BaseModel):
    """What is estimated from one column: the share of some answers, of each answer, or the mean."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    column: str = ""
    text: str = ""
    category: str = Field(default="", pattern=f"^$|{CATEGORY}")
    share: tuple[str, ...] = ()
    each: bool = False
    mean: bool = False


class Design(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    survey: str = Field(pattern=r"^[\w.-]{1,60}$")
    producer: str = ""
    licence: str = ""
    citation: str = ""
    country: str = ""
    date: datetime.date
    until: datetime.date | None = None
    wave: str = ""
    respondent: str = ""  # column with the number of a questionnaire
    weight: str
    unweighted: str = ""  # why there are no weights
    strata: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    area: Area | None = None
    missing: tuple[str, ...] = ()
    least: int = Field(default=LEAST, ge=5)  # respondents of whom anything is told
    grade: str = Field(default="", pattern=r"^([A-F][1-6]?|[1-6])?$")
    groups: dict[str, Group] = {}
    cells: tuple[tuple[str, ...], ...] = ()
    questions: dict[str, Question] = Field(min_length=1)

    @property
    def told_apart(self) -> tuple[tuple[str, ...], ...]:
        """What estimates are broken down by: the cells that are named, else the areas and each group alone."""
        return self.cells or tuple((name,) for name in ([*(["area"] if self.area else []), *self.groups]))

    @property
    def columns(self) -> list[str]:
        """Every column that is read, once."""
        named = [
            self.weight if self.weight != "none" else "",
            self.respondent,
            *self.strata,
            *self.clusters,
            *self.units,
        ]
        named += [self.area.column] if self.area else []
        named += [each.column for each in self.groups.values()]
        named += [each.column or name for name, each in self.questions.items()]
        return list(dict.fromkeys(each for each in named if each))


def design_name(source: Source) -> str:
    """What the design beside a file of answers is called."""
    return f"{source.name.rpartition('.')[0] or source.name}.design.yaml"


def design_file(source: Source) -> Source | None:
    """The design that stands beside a file of answers."""
    names = dict.fromkeys([f"{source.name}.design.yaml", design_name(source)])
    return next((found for found in (beside(source, name) for name in names) if found), None)
