"""A scenario: when the agreement, the mission and the vote come, what the mission does, what befalls the country."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from primacy.exercise.world.state import TASKS, variables
from primacy.framework.languages import codes
from primacy.framework.saying import Said, Unfit, said
from primacy.framework.translations import SOURCE
from primacy.framework.yaml_files import read_yaml

HERE = Path(__file__).parent
SHARE = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]
MONTH = Annotated[int, Field(ge=0, le=240)]
PLACE = Annotated[str, Field(pattern=r"^[1-5](/[1-9][0-9]?)?$")]  # a province, or a district of one
LONGEST = 96  # months of a mission that can be played before a team takes over
ALWAYS = 10_000
WORDS = Annotated[str, Field(min_length=1, max_length=600)]


def of_tasks(weights: dict[str, float]) -> dict[str, float]:
    """Numbers by task, once each is one that the mission has."""
    if unknown := set(weights) - set(TASKS):
        raise Unfit(said("exercise/no-task", names=sorted(unknown)), said("exercise/do.use-one", names=TASKS))
    return weights


def _of_languages(texts: dict[str, str]) -> dict[str, str]:
    """Refuses texts in no language that is here, of which nobody would read a word."""
    if unknown := set(texts) - set(codes()):
        raise Unfit(said("exercise/no-language", names=sorted(unknown)), said("exercise/do.use-one", names=codes()))
    if not texts:
        raise Unfit(said("exercise/no-words"), said("exercise/do.one-text"))
    return texts


def _by_language(given: Any) -> Any:
    """One text is read in every language as it is written."""
    return {SOURCE: given} if isinstance(given, str) else given


Texts = Annotated[dict[str, WORDS], BeforeValidator(_by_language), AfterValidator(_of_languages)]
"""A text by language; whoever writes one alone is read in it by everybody."""


def text_in(texts: Mapping[str, str], language: str) -> str:
    """In a language; where that is missing in English, or else in the first that there is."""
    return texts.get(language) or texts.get(SOURCE) or next(iter(texts.values()))


def _later(until: int, told: ValidationInfo) -> int:
    """Refuses what is over before it begins: nothing would come of it."""
    if (begins := told.data.get("from_")) is not None and until <= begins:
        raise Unfit(
            said("exercise/over-before", begins=begins, until=until), said("exercise/do.later-until", begins=begins)
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
            raise Unfit(said("exercise/no-shock", name=self.what), said("exercise/do.use-one", names=sorted(shocks())))
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
            raise _no_variable([self.variable])
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
    title: Texts
    about: Texts
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
                fault = Said(f"exercise/vote-before-{before}").filled(month=month, polling=polling)
                raise Unfit(fault, said("exercise/do.later-month"))
        return polling

    @field_validator("polling")
    @classmethod
    def _within_play(cls, polling: int, told: ValidationInfo) -> int:
        deployed = told.data.get("deployment")
        if deployed is not None and polling > (last := deployed + LONGEST):
            fault = said("exercise/vote-too-late", polling=polling, longest=LONGEST, last=last)
            raise Unfit(fault, said("exercise/do.earlier-month"))
        return polling

    @model_validator(mode="after")
    def _known(self) -> "Scenario":
        if unknown := set(self.start) - set(variables()["national"]) - set(variables()["local"]):
            raise _no_variable(sorted(unknown))
        return self

    def in_force(self, month: int, decisions: Iterable[Plan] = ()) -> Plan:
        """What the mission does in a month, deployed or not yet. Its strength is that of the plan, which a team cannot
        change; what the strength goes into is what the team decided last."""
        planned = _newest(self.plan, month) or self.plan[0]
        chosen = _newest(decisions, month) or planned
        return chosen.model_copy(update={"strength": planned.strength})


def _no_variable(names: list[str]) -> Unfit:
    there = sorted({*variables()["national"], *variables()["local"]})
    return Unfit(said("exercise/no-variable", names=names), said("exercise/do.use-one", names=there))


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
