"""An exercise as it is kept: its seed, scenario, how far it has come, and what the team decided. The rest follows."""

from collections.abc import Sequence
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

SCENARIOS = Path(__file__).parent / "scenarios"
REPORTING_DAYS = 8
MOST_FAULTS = 5
HOW = "Copy a shipped scenario and change it; docs/how-to/practise.md says how"
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

    Raises   BadInput where there is neither, or the file is no scenario.
    """
    path = scenarios().get(named) or Path(named)
    if not path.is_file():
        raise BadInput(
            f"'{named}' is no scenario", "", f"There are {', '.join(scenarios())}; or name a file of your own"
        )
    try:
        return _with_known_silences(read_scenario(path), path)
    except ValidationError as error:
        faults = "; ".join(_fault(each) for each in error.errors()[:MOST_FAULTS])
        raise BadInput(f"is no scenario: {faults}", path.name, HOW) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, OSError) as error:
        raise BadInput("cannot be read as YAML", path.name, "Correct the file, or copy a shipped scenario") from error


def _fault(found: ErrorDetails) -> str:
    """Its place and what is wrong; of a file that is empty, or holds no fields, there is no place."""
    if not found["loc"]:
        return "the file is empty" if found["input"] is None else "it holds no fields such as name, title and plan"
    return f"{'.'.join(map(str, found['loc']))}: {found['msg'].removeprefix('Value error, ')}"


def _with_known_silences(scenario: Scenario, path: Path) -> Scenario:
    """Raises BadInput where somebody falls silent who never speaks: nothing would come of it."""
    for place, each in enumerate(scenario.silences):
        if each.counterpart not in counterparts():
            near = get_close_matches(each.counterpart, counterparts(), n=1)
            raise BadInput(
                f"is no scenario: silences.{place}.counterpart: nobody called '{each.counterpart}' speaks with the"
                " mission", path.name, f"Did you mean {near[0]}?" if near else f"There are {', '.join(counterparts())}",
            )  # fmt: skip
    return scenario


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
        raise BadInput(
            f"'{scale:g}' is no scale of a country", "--scale",
            f"Name a number from 1 ({districts_at(1)} districts) to {LARGEST} ({districts_at(LARGEST)} districts);"
            " below 1 a country would be as large as at 1",
        )  # fmt: skip


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
            raise BadInput(
                f"is no scenario for this country: {at}: '{where}' is no district, province {province} has {there}",
                scenario.name, f"Name one from {province}/1 to {province}/{there}, or {province} for all of them",
            )  # fmt: skip


def late_vote(game: Game) -> str | None:
    """What to say where nobody votes in the first year of play."""
    played, asked = game.months + SOONER, game.scenario.polling + 1
    if asked <= played:
        return None
    months = asked - SOONER - game.scenario.deployment
    return f"Nobody votes in the first year of play; `--months {months}` or more would bring the vote into it."


def a_year_before(today: date) -> date:
    """When an exercise begins unless somebody says otherwise, so that a year of it can be played."""
    return first_day(month_index(today) - SOONER)
