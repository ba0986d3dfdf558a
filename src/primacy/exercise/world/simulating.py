"""The history of the invented country, month after month: the same for the same seed, scenario and decisions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from primacy.evidence.store.numbered_days import first_day, last_day, month_index
from primacy.exercise.country.country import Country
from primacy.exercise.luck import luck
from primacy.exercise.world import election, places, politics, violence
from primacy.exercise.world.scenario import Plan, Scenario, shocks
from primacy.exercise.world.setting import PROVISIONS, Setting, setting
from primacy.exercise.world.state import DIGITS, TASKS, Floats, State, held, held_all, variables

KEPT_UP = 0.14  # of a shock, each month that it lasts
BEFORE = 0.12  # what a small observer mission did before the deployment
OBSERVERS = {"patrols": 0.3, "verification": 0.2, "good-offices": 0.3}
VIOLENT = ("fighting-obstructing", "fighting-constructive", "fighting-outside", "fighting-between", "communal",
           "attacks-obstructing", "attacks-outside", "attacks-militias", "against-institutions")  # fmt: skip


@dataclass(frozen=True)
class History:
    """What was so. Arrays: national (variables, M), local (variables, D, M), streams (S, D, M), mission (tasks, M).

    `rate` is how many events of each stream a month had to expect, of which `happened` is what luck made.
    """

    first: date
    country: Country
    scenario: Scenario
    seed: int
    setting: Setting
    national: Mapping[str, Floats]
    local: Mapping[str, Floats]
    happened: Floats
    rate: Floats
    slow: Floats
    effort: Mapping[str, Floats]
    effect: Mapping[str, Floats]
    provisions: Floats

    @property
    def months(self) -> int:
        return int(self.happened.shape[2])

    def first_day(self, month: int) -> date:
        """The first day of a month, counted from 0."""
        return first_day(month_index(self.first) + month)

    def last_day(self, month: int) -> date:
        """The last day of a month."""
        return last_day(month_index(self.first) + month)


def simulate(
    country: Country, scenario: Scenario, *, seed: int, months: int, first: date, decisions: Sequence[Plan] = (),
    beside: History | None = None,
) -> History:  # fmt: skip
    """`first` is the first day of month 0. `decisions` change what the mission does, from their months on.

    `beside`: a history of the same length, whose luck is shared as far as it can be, so that the two may be compared.
    """
    land = setting(country, seed)
    state, unrest = _start(scenario, land), violence.calm(land)
    history = _empty(country, scenario, land, state, seed=seed, months=months, first=first)
    for month in range(months):
        land = land.once_signed(month >= scenario.agreement)
        state.effort = _effort(scenario, month, decisions)
        _disturb(state, land, scenario, month)
        chance = {word: luck(seed, word, month) for word in ("politics", "violence", "places", "election")}
        _politics(state, land, chance["politics"])
        election.prepare(state, month, scenario.polling, chance["election"])
        heat = election.campaign(month, scenario.polling)
        slow = violence.expected(violence.intensities(state, land, campaign=heat))
        rate = violence.expected_now(unrest, slow, (first.month - 1 + month) % 12, chance["violence"])
        if beside is None:
            happened = violence.happen(unrest, rate, chance["violence"])
        else:
            other = (beside.rate[:, :, month], beside.happened[:, :, month])
            happened = violence.happen_beside(unrest, rate, *other, luck(seed, "beside", month))
        _places(state, land, happened, (first.month - 1 + month) % 12, chance["places"])
        history.slow[:, :, month], history.rate[:, :, month], history.happened[:, :, month] = slow, rate, happened
        _keep(history, state, month)
    return replace(history, setting=land)


def _empty(
    country: Country, scenario: Scenario, land: Setting, state: State, *, seed: int, months: int, first: date
) -> History:
    """Room for all months: of a large country it is too much to be copied."""
    streams = (len(violence.streams()), land.size, months)
    return History(
        first, country, scenario, seed, land,
        national={name: np.empty(months) for name in state.national},
        local={name: np.empty((land.size, months)) for name in state.local},
        happened=np.empty(streams), rate=np.empty(streams), slow=np.empty(streams),
        effort={name: np.empty(months) for name in TASKS}, effect={name: np.empty(months) for name in TASKS},
        provisions=np.empty((PROVISIONS, months)),
    )  # fmt: skip


def _keep(history: History, state: State, month: int) -> None:
    numbers = ((history.national, state.national), (history.effort, state.effort), (history.effect, state.effect))
    for kept, now in numbers:
        for name, value in now.items():
            kept[name][month] = value
    for name, values in state.local.items():
        history.local[name][:, month] = values
    history.provisions[:, month] = state.provisions


def _start(scenario: Scenario, land: Setting) -> State:
    first = {
        part: {name: scenario.start.get(name, value) for name, value in each.items()}
        for part, each in variables().items()
    }
    local = {name: np.full(land.size, value) for name, value in first["local"].items()}
    for party, home in land.home.items():
        local[f"held_{party}"] = held_all(local[f"held_{party}"] * (0.35 + 1.9 * home))
    others = local["held_constructive"] + local["held_obstructing"] + local["held_outside"]
    local["held_government"] = held_all(1.0 - others)
    return State(first["national"], local, dict.fromkeys(TASKS, 0.0), dict.fromkeys(TASKS, 0.0), np.zeros(PROVISIONS))


def _effort(scenario: Scenario, month: int, decisions: Iterable[Plan]) -> dict[str, float]:
    if month < scenario.deployment:
        return {task: BEFORE * OBSERVERS.get(task, 0.0) for task in TASKS}
    plan = scenario.in_force(month, decisions)
    return {
        task: round(min(1.0, plan.strength * len(TASKS) * plan.tasks.get(task, 0.0) / plan.whole), DIGITS)
        for task in TASKS
    }


def _disturb(state: State, land: Setting, scenario: Scenario, month: int) -> None:
    for shock in scenario.shocks:
        told = shocks()[shock.what]
        since = month - shock.month
        if not 0 <= since < told.months:
            continue
        share = shock.strength * (1.0 if since == 0 else KEPT_UP)
        for name, change in told.national.items():
            state.national[name] = held(state.national[name] + share * change)
        for name, change in told.local.items():
            state.local[name] = held_all(state.local[name] + share * change * _mask(shock.where, land))
    for each in scenario.conditions:
        if not each.from_ <= month < each.until:
            continue
        if each.variable in state.national:
            state.move(each.variable, each.near, each.pull)
        else:
            state.move_local(each.variable, np.full(land.size, each.near), each.pull * _mask(each.where, land))


def _mask(where: Sequence[str], land: Setting) -> Floats:
    if not where:
        return np.ones(land.size)
    found = np.zeros(land.size)
    for each in where:
        province, _, district = each.partition("/")
        inside = [place for place, number in enumerate(land.province) if number == int(province) - 1]
        found[inside if not district else [inside[(int(district) - 1) % len(inside)]]] = 1.0
    return found


def _politics(state: State, land: Setting, chance: np.random.Generator) -> None:
    politics.act(state)
    politics.talk(state, land, chance)
    politics.commit(state, land, chance)
    politics.implement(state, land, chance)
    politics.govern(state, land, chance)
    politics.pay(state, land, chance)


def _places(state: State, land: Setting, happened: Floats, month_of_year: int, chance: np.random.Generator) -> None:
    number = {name: place for place, name in enumerate(violence.streams())}
    violent = happened[[number[name] for name in VIOLENT]].sum(axis=0)
    places.hold(state, land, chance)
    places.administer(state, land, happened[number["against-institutions"]], chance)
    places.travel(state, land, month_of_year, violent, chance)
    places.feel(state, land, violent, np.minimum(1.0, happened[number["state-abuse"]] / 4.0), chance)
