"""An exercise as it is kept: its seed, scenario, how far it has come, and what the team decided. The rest follows."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from math import ceil
from pathlib import Path

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from primacy.evidence.errors import BadInput
from primacy.evidence.store.numbered_days import first_day, last_day, month_index
from primacy.exercise.country.country import country, districts_at
from primacy.exercise.country.naming import told as named
from primacy.exercise.ledger.entries import counterparts
from primacy.exercise.world.scenario import Condition, Plan, Scenario, Shock, Told, read_scenario
from primacy.exercise.world.simulating import History, simulate
from primacy.framework.problems import FrameworkError, Problem, fault_of
from primacy.framework.saying import Said, said

SCENARIOS = Path(__file__).parent / "scenarios"
REPORTING_DAYS = 8
MOST_FAULTS = 20
COPY = said("exercise/do.copy-scenario")
BOUNDS = {
    "ge": "exercise/too-low", "gt": "exercise/not-above", "le": "exercise/too-high",
    "max_length": "exercise/too-long",
}  # fmt: skip
WITHIN = dict.fromkeys(BOUNDS, said("exercise/do.within")) | {"max_length": said("exercise/do.shorter")}
LARGEST = 800  # scale: districts by the ten thousand, more than countries have, and for which there are names
SOONER = 12  # months before the real day on which an exercise begins, so that a year can be played


class Game(Told):
    """What stands in the file of an exercise."""

    scenario: Scenario
    seed: int = 1
    scale: float = 1.0
    first: date  # the first day of month 0
    months: int  # how many have passed
    decisions: tuple[Plan, ...] = ()

    @property
    def told(self) -> date:
        """The day by which the last month has been reported, as far as it will be for now."""
        return self.today + timedelta(days=REPORTING_DAYS)

    @property
    def reported(self) -> datetime:
        """The same as a moment."""
        return datetime.combine(self.told, time(), UTC)

    def has_told(self, day: date, known: date) -> bool:
        """Whether what was on a day, known on another, is in a release by now: they tell of months that are over."""
        return day <= self.today and known <= self.told

    def earlier(self, months: int) -> "Game":
        """The same exercise so many months ago."""
        return self.model_copy(update={"months": self.months - months})

    @property
    def today(self) -> date:
        """The last day that has passed in the exercise."""
        return last_day(month_index(self.first) + self.months - 1)

    def first_day(self, month: int) -> date:
        """The first day of a month, counted from 0."""
        return first_day(month_index(self.first) + month)

    def history(self, beside: History | None = None) -> History:
        """`beside`: that of the same exercise decided otherwise, with whose luck this one is made."""
        return simulate(country(self.seed, self.scale), self.scenario, seed=self.seed, months=self.months,
                        first=self.first, decisions=self.decisions, beside=beside)  # fmt: skip


def scenarios() -> dict[str, Path]:
    """The shipped scenarios by name."""
    return {path.stem: path for path in sorted(SCENARIOS.glob("*.yaml"))}


def found_scenario(named: str) -> Scenario:
    """A shipped scenario by its name, or one in a file of one's own.

    Raises   BadInput where there is neither or the file cannot be read, FrameworkError with what is wrong in it.
    """
    path = scenarios().get(named) or Path(named)
    if not path.is_file():
        raise BadInput(
            said("exercise/no-scenario", name=named), "", said("exercise/do.choose-scenario", names=list(scenarios()))
        )
    try:
        found = read_scenario(path)
    except ValidationError as error:
        raise FrameworkError([_fault(path.name, each) for each in _nearest(error.errors())[:MOST_FAULTS]]) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        where = said("places/at.line", file=path.name, line=mark.line + 1) if mark else path.name
        raise BadInput(said("exercise/scenario-unreadable"), where, said("exercise/do.correct-scenario")) from error
    if silent := list(_silences_of_nobody(found, path.name)):
        raise FrameworkError(silent)
    return found


def _nearest(found: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Without lists that seem too short only because what stands in them is faulty."""
    inside = {each["loc"][:depth] for each in found for depth in range(1, len(each["loc"]))}
    return [each for each in found if each["type"] != "too_short" or each["loc"] not in inside]


def _fault(file: str, found: ErrorDetails) -> Problem:
    """What the schema says of a field; of a file that is empty, or holds no fields, there is no place."""
    place = ".".join(map(str, found["loc"]))
    limits = found.get("ctx") or {}
    for bound, key in BOUNDS.items():
        if bound in limits:
            return Problem(file, place, Said(key).filled(limit=f"{limits[bound]:g}"), WITHIN[bound])
    return Problem(file, place, *fault_of(dict(found), COPY))


def _silences_of_nobody(scenario: Scenario, file: str) -> Iterator[Problem]:
    """Where somebody falls silent who never speaks: nothing would come of it."""
    for place, each in enumerate(scenario.silences):
        if each.counterpart not in counterparts():
            near = get_close_matches(each.counterpart, counterparts(), n=1)
            do = (
                said("exercise/do.did-you-mean", name=near[0]) if near
                else said("exercise/do.use-one", names=list(counterparts()))
            )  # fmt: skip
            fault = said("exercise/no-counterpart", name=each.counterpart)
            yield Problem(file, f"silences.{place}.counterpart", fault, do)


def new_game(scenario: Scenario, *, seed: int, scale: float, months: int, begin: date) -> Game:
    """An exercise whose play begins in the month of `begin`; everything is dated back from there.

    `months` are those since the deployment of the mission; what went before comes on top.
    Raises   BadInput where no country has that size, or something befalls a district that this one has not
    """
    _check_size(scale)
    _check_places(scenario, seed, scale)
    whole = scenario.deployment + months
    return Game(scenario=scenario, seed=seed, scale=scale, months=whole, first=first_day(month_index(begin) - whole))


def _check_size(scale: float) -> None:
    """Below 1 nothing would change: five provinces need the districts of scale 1."""
    if not 1.0 <= scale <= LARGEST:
        remedy = said("exercise/do.scale", least=districts_at(1), largest=LARGEST, most=districts_at(LARGEST))
        raise BadInput(said("exercise/no-scale", given=f"{scale:g}"), "--scale", remedy)


def _check_places(scenario: Scenario, seed: int, scale: float) -> None:
    """A scenario fits every country of a size: its districts are counted up to the mean of a province, and again from
    the first where a province has fewer. Beyond that the country itself is asked, which takes longer.
    """
    befalls: dict[str, Sequence[Shock | Condition]] = {"shocks": scenario.shocks, "conditions": scenario.conditions}
    told = [
        (f"{name}.{place}.where", where)
        for name, each in befalls.items()
        for place, one in enumerate(each)
        for where in one.where
    ]
    mean = ceil(districts_at(scale) / len(named()["provinces"]))
    for at, where in told:
        province, _, district = where.partition("/")
        if not district or int(district) <= mean:
            continue
        here = country(seed, scale)
        there = sum(each.province == here.provinces[int(province) - 1].code for each in here.districts)
        if int(district) > max(there, mean):
            fault = said("exercise/no-district", place=at, where=where, province=province, there=there)
            raise BadInput(
                fault,
                scenario.name,
                said("exercise/do.district", province=province, first=f"{province}/1", last=f"{province}/{there}"),
            )


def late_vote(game: Game) -> Said | None:
    """What to say where nobody votes in the first year of play."""
    played, asked = game.months + SOONER, game.scenario.polling + 1
    if asked <= played:
        return None
    months = asked - SOONER - game.scenario.deployment
    return said("exercise/late-vote", months=months)


def a_year_before(today: date) -> date:
    """When an exercise begins unless somebody says otherwise, so that a year of it can be played."""
    return first_day(month_index(today) - SOONER)
