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
from collections import Counter
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from primacy.evidence.errors import BadInput, listed, shortened
from primacy.framework.yaml_files import read_yaml, refers_to_itself
from primacy.places.files import Source, beside
from primacy.places.tables import TextTable

LARGEST = 2**20
LEAST = 10
FEW_ANSWERS = 12
CATEGORY = r"^survey(/[^/\s]+)+$"
WEIGHT = re.compile(r"(?i)(pond|poids|weight|wgt|wt|pw|w)([_. ]?\w{0,4})?")
AREA = re.compile(r"(?i).*(region|district|municip|province|prefect|county|admin|adm[0-9]|commune|governorate).*")
SEXES = ({"women", "men"}, {"female", "male"}, {"f", "m"}, {"femme", "homme"}, {"femmes", "hommes"})
EXAMPLE = "`primacy.evidence.survey_design` shows a whole one"


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

    @model_validator(mode="after")
    def _one(self) -> "Question":
        if bool(self.share) + self.each + self.mean != 1:
            raise ValueError("say one of share, each and mean")
        return self


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

    @model_validator(mode="after")
    def _whole(self) -> "Design":
        if self.until and self.until < self.date:
            raise ValueError("until is before date")
        if self.weight == "none" and not self.unweighted.strip():
            raise ValueError("say under `unweighted` why there are no weights")
        if "area" in self.groups:
            raise ValueError("a group cannot be called area")
        known = {*self.groups, *(["area"] if self.area else [])}
        wrong = [each for cell in self.cells for each in cell if each not in known]
        if wrong:
            raise ValueError(f"cells name {listed(wrong)}, which is neither a group nor `area`")
        wrong = [name for name in (*self.groups, *self.questions) if re.search(r"[;=/\s]", name)]
        if wrong:
            raise ValueError(f"names are written without spaces and ; = /: {listed(wrong)}")
        return self

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


def read_design(source: Source) -> Design:
    """Raises BadInput with everything that is wrong in the file."""
    try:
        text = source.bytes(LARGEST).decode("utf-8-sig")
        if refers_to_itself(text):
            raise BadInput("uses names for parts of itself (&, *)", source.label, "Write each part out")
        return Design.model_validate(read_yaml(text))
    except UnicodeDecodeError as error:
        raise BadInput("is no UTF-8 text", source.label, "Save it as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{source.label}, line {mark.line + 1}" if mark else source.label
        raise BadInput(f"is broken YAML ({shortened(error, 100)})", where, "Correct it") from error
    except ValidationError as error:
        said = [f"{'.'.join(map(str, each['loc'])) or 'the design'}: {each['msg']}" for each in error.errors()]
        raise BadInput(f"cannot be used: {listed(said, 6)}", source.label, f"Correct it; {EXAMPLE}") from error
    except (RecursionError, ValueError) as error:  # nested too deep, or a day that no calendar has
        what = f"cannot be read as YAML ({shortened(error, 100)})"
        raise BadInput(what, source.label, f"Correct it; {EXAMPLE}") from error


# ---- a draft

TO_FILL_IN = "FILL IN"


def draft_design(source: Source) -> str:
    """A design to correct, drafted from the columns of a file of answers; what it cannot know is marked with FILL IN.

    Only columns with few different answers become questions: free text and names of people are never copied.
    """
    answers = _answers(source)
    weight = next((name for name in answers if WEIGHT.fullmatch(name)), "")
    area = next((name for name in answers if AREA.fullmatch(name)), "")
    sex = next((name for name, found in answers.items() if {each.lower() for each in found} in SEXES), "")
    stem = re.sub(r"[^\w.-]+", "-", source.name.rpartition(".")[0] or source.name)[:60]
    lines = [
        f"survey: {stem}", 'wave: ""', "date: FILL IN  # first day of the interviews, 2024-12-31",
        "until: FILL IN  # their last day", "country: FILL IN  # XXX", "producer: FILL IN",
        f"weight: {weight or 'FILL IN  # a column, or none and the reason under unweighted'}",
        "# strata: [...]", "# clusters: [...]", "# units: [...]",
        f"area: {{column: {_quoted(area)}}}" if area else "# area: {column: ...}",
        "missing: []  # such as [\"99\", \"Refused\"]",
    ]  # fmt: skip
    lines += [f"groups: {{sex: {{column: {_quoted(sex)}}}}}"] if sex else ["# groups: {sex: {column: ...}}"]
    lines.append("questions:")
    taken = {weight, area, sex}
    for name, found in answers.items():
        if name not in taken and 1 < len(found) <= FEW_ANSWERS:
            key = re.sub(r"[;=/\s]+", "-", name)
            shares = ", ".join(_quoted(each) for each in found)
            lines.append(
                f"  {_quoted(key)}: {{column: {_quoted(name)}, share: [{shares}]}}  # keep the answers that count"
            )
    return "\n".join(lines) + "\n"


def _answers(source: Source) -> dict[str, list[str]]:
    """The different answers of each column in the first rows, most frequent first; of many no more than are few."""
    table = TextTable(source)
    rows = next(iter(table.batches()), None)
    if rows is None:
        return {name: [] for name in table.columns}
    counted = {name: Counter(rows.column(name).to_pylist()) for name in table.columns}
    return {
        name: [answer for answer, _ in found.most_common(FEW_ANSWERS + 1) if answer] for name, found in counted.items()
    }


def _quoted(text: str) -> str:
    """Text inside YAML."""
    dumped: Any = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10_000)
    return str(dumped).strip().removesuffix("...").strip()
