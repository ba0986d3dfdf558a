"""A scenario: when the agreement, the mission and the vote come, what the mission does, what befalls the country."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from primacy.exercise.world.state import TASKS, variables
from primacy.framework.yaml_files import read_yaml

HERE = Path(__file__).parent
SHARE = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]
MONTH = Annotated[int, Field(ge=0, le=240)]
PLACE = Annotated[str, Field(pattern=r"^[1-5](/[1-9][0-9]?)?$")]  # a province, or a district of one
LONGEST = 96  # months of a mission that can be played before a team takes over
ALWAYS = 10_000
WORDS = Annotated[str, Field(min_length=1, max_length=600)]
LANGUAGES = ("en", "fr", "ar")


def of_tasks(weights: dict[str, float]) -> dict[str, float]:
    """Numbers by task, once each is one that the mission has."""
    if unknown := set(weights) - set(TASKS):
        raise ValueError(f"unknown tasks: {', '.join(sorted(unknown))}; there are {', '.join(TASKS)}")
    return weights


def _later(until: int, told: ValidationInfo) -> int:
    """Refuses what is over before it begins: nothing would come of it."""
    if (begins := told.data.get("from_")) is not None and until <= begins:
        raise ValueError(
            f"it begins in month {begins} and is over before month {until}; name a month after {begins}, or leave"
            " `until` out where it lasts"
        )
    return until


UNTIL = Annotated[int, AfterValidator(_later)]


class Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Shock(Told):
    month: MONTH
    what: str
    where: tuple[PLACE, ...] = ()  # provinces counted from 1 ("3"), or districts of one ("3/2"); empty: everywhere
    strength: Annotated[float, Field(gt=0.0, le=3.0, allow_inf_nan=False)] = 1.0

    @model_validator(mode="after")
    def _known(self) -> "Shock":
        if self.what not in shocks():
            raise ValueError(f"'{self.what}' is no shock; there are {', '.join(sorted(shocks()))}")
        return self


class Condition(Told):
    """From a month on (until another), something holds a number near a value, whatever else draws at it."""

    from_: MONTH = Field(alias="from")
    until: UNTIL = ALWAYS
    variable: str
    near: SHARE
    pull: SHARE = 0.15
    where: tuple[PLACE, ...] = ()

    @model_validator(mode="after")
    def _known(self) -> "Condition":
        if self.variable not in {*variables()["national"], *variables()["local"]}:
            raise ValueError(f"'{self.variable}' is not among the variables of the world")
        return self


class Silence(Told):
    """From a month on (until another), somebody speaks with the mission no more."""

    from_: MONTH = Field(alias="from")
    until: UNTIL = ALWAYS
    counterpart: str


class Plan(Told):
    """What the mission puts its effort in from a month on: shares of its strength by task."""

    from_: MONTH = Field(alias="from")
    strength: SHARE
    tasks: Annotated[dict[str, Annotated[float, Field(ge=0.0, le=10.0, allow_inf_nan=False)]], AfterValidator(of_tasks)]
    named: str = ""  # the decision that it follows from

    @property
    def whole(self) -> float:
        """What the weights of its tasks are shares of."""
        return sum(self.tasks.values()) or 1.0


class Scenario(Told):
    name: str = Field(pattern=r"^[a-z][a-z-]+$")
    title: dict[str, WORDS]
    about: dict[str, WORDS]
    deployment: Annotated[int, Field(ge=1, le=60)] = 24
    agreement: MONTH = 20
    polling: Annotated[MONTH, Field(validate_default=True)] = 54
    start: dict[str, SHARE] = {}
    plan: tuple[Plan, ...] = Field(min_length=1)
    shocks: tuple[Shock, ...] = ()
    conditions: tuple[Condition, ...] = ()
    silences: tuple[Silence, ...] = ()
    unrecorded: tuple[Literal["patrol-days", "monitors", "media-monitoring"], ...] = ()
    """Effort that is made and that nobody writes down."""

    @field_validator("polling")
    @classmethod
    def _after_both(cls, polling: int, told: ValidationInfo) -> int:
        for before in ("agreement", "deployment"):
            if (month := told.data.get(before)) is not None and polling <= month:
                raise ValueError(
                    f"the vote comes after the {before} (month {month}), not in month {polling}; name a later month"
                )
        return polling

    @field_validator("polling")
    @classmethod
    def _within_play(cls, polling: int, told: ValidationInfo) -> int:
        deployed = told.data.get("deployment")
        if deployed is not None and polling > (last := deployed + LONGEST):
            raise ValueError(
                f"no exercise comes to a vote in month {polling}: a mission is played for {LONGEST} months at most,"
                f" here until month {last}; name an earlier month"
            )
        return polling

    @model_validator(mode="after")
    def _known(self) -> "Scenario":
        if unknown := set(self.start) - set(variables()["national"]) - set(variables()["local"]):
            raise ValueError(f"unknown variables in start: {', '.join(sorted(unknown))}")
        for field_, texts in (("title", self.title), ("about", self.about)):
            if missing := set(LANGUAGES) - set(texts):
                raise ValueError(f"{field_} has no text in {', '.join(sorted(missing))}")
        return self

    def in_force(self, month: int, decisions: Iterable[Plan] = ()) -> Plan:
        """What the mission does in a month, deployed or not yet. Its strength is that of the plan, which a team cannot
        change; what the strength goes into is what the team decided last."""
        planned = _newest(self.plan, month) or self.plan[0]
        chosen = _newest(decisions, month) or planned
        return chosen.model_copy(update={"strength": planned.strength})


def _newest(plans: Iterable[Plan], month: int) -> Plan | None:
    begun = [each for each in sorted(plans, key=lambda each: each.from_) if each.from_ <= month]
    return begun[-1] if begun else None


@dataclass(frozen=True)
class ShockKind:
    about: str
    months: int
    national: dict[str, float] = field(default_factory=dict)
    local: dict[str, float] = field(default_factory=dict)


@cache
def shocks() -> dict[str, ShockKind]:
    told: dict[str, dict[str, Any]] = read_yaml((HERE / "shocks.yaml").read_bytes())
    return {name: ShockKind(**each) for name, each in told.items()}


def read_scenario(path: Path) -> Scenario:
    return Scenario.model_validate(yaml.safe_load(path.read_text("utf-8")))
