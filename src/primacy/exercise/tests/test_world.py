"""The simulated world: the same for the same seed, bounded, and with luck that no decision disturbs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.exercise.country.country import country
from primacy.exercise.game import found_scenario
from primacy.exercise.luck import luck
from primacy.exercise.tests.histories import FIRST, history
from primacy.exercise.world.election import campaign
from primacy.exercise.world.scenario import Plan, Scenario, shocks
from primacy.exercise.world.setting import setting
from primacy.exercise.world.simulating import History, simulate
from primacy.exercise.world.state import TASKS, Floats, variables
from primacy.exercise.world.violence import expected, expected_now, happen, season, streams

STEADY = found_scenario("steady-progress")


def run(scenario: Scenario = STEADY, *, seed: int = 1, months: int = 40, decisions: tuple[Plan, ...] = ()) -> History:
    return simulate(country(1), scenario, seed=seed, months=months, first=FIRST, decisions=decisions)


def test_the_same_seed_gives_the_same_history() -> None:
    one, other = run(), run()
    assert one.happened.tobytes() == other.happened.tobytes()
    assert all(one.national[name].tobytes() == other.national[name].tobytes() for name in one.national)


def test_another_seed_gives_another_history() -> None:
    assert run(seed=2).happened.tobytes() != run().happened.tobytes()


def test_a_longer_history_begins_like_a_shorter_one() -> None:
    short, long = run(months=20), run(months=40)
    np.testing.assert_array_equal(short.happened, long.happened[:, :, :20])


@settings(max_examples=6)
@given(st.integers(0, 10_000))
def test_every_variable_stays_between_0_and_1(seed: int) -> None:
    found = run(seed=seed, months=50)
    for series in (*found.national.values(), *found.local.values()):
        assert ((series >= 0.0) & (series <= 1.0)).all()
    assert (found.happened >= 0).all()
    assert ((found.provisions >= 0.0) & (found.provisions <= 3.0)).all()


def test_a_district_is_held_by_somebody() -> None:
    held = sum(history().local[f"held_{each}"] for each in ("government", "constructive", "obstructing", "outside"))
    np.testing.assert_allclose(held, 1.0, atol=1e-6)


def test_a_decision_changes_nothing_before_it_and_the_same_luck_goes_on() -> None:
    plan = Plan.model_validate({"from": 30, "strength": 0.7, "tasks": {"patrols": 1.0}})
    without, with_ = run(), run(decisions=(plan,))
    np.testing.assert_array_equal(without.happened[:, :, :30], with_.happened[:, :, :30])
    assert with_.effort["patrols"][35] > without.effort["patrols"][35]
    # Pressure moves by its own luck alone, which no decision disturbs.
    np.testing.assert_array_equal(without.national["pressure"], with_.national["pressure"])


def test_what_the_mission_does_has_its_effect_with_delay() -> None:
    plan = Plan.model_validate({"from": 30, "strength": 1.0, "tasks": dict.fromkeys(TASKS, 1.0)})
    effect = run(decisions=(plan,)).effect["verification"]
    assert effect[29] < effect[30] < effect[33] < effect[36]


@pytest.mark.parametrize("what", sorted(shocks()))
def test_every_shock_moves_what_it_names(what: str) -> None:
    bare = STEADY.model_copy(update={"shocks": ()})
    struck = Scenario.model_validate(bare.model_dump(by_alias=True) | {"shocks": [{"month": 26, "what": what}]})
    calm, shocked = run(bare, months=28), run(struck, months=28)
    kind = shocks()[what]
    for name, change in kind.national.items():
        assert np.sign(shocked.national[name][26] - calm.national[name][26]) in (0.0, np.sign(change)), name
    moved = [not np.array_equal(shocked.national[name][26], calm.national[name][26]) for name in kind.national]
    moved += [not np.array_equal(shocked.local[name][:, 26], calm.local[name][:, 26]) for name in kind.local]
    assert any(moved)


def test_a_shock_in_a_province_leaves_the_local_numbers_of_others_alone() -> None:
    bare = STEADY.model_copy(update={"shocks": ()})
    told = bare.model_dump(by_alias=True) | {"shocks": [{"month": 26, "what": "road-cut", "where": ["2"]}]}
    calm, struck = run(bare, months=27), run(Scenario.model_validate(told), months=27)
    apart = struck.local["reach"][:, 26] - calm.local["reach"][:, 26]
    inside = np.array(struck.setting.province) == 1
    assert (apart[inside] < -0.1).all()
    np.testing.assert_allclose(apart[~inside], 0.0, atol=1e-9)


def test_nothing_of_the_agreement_is_carried_out_before_it_is_signed() -> None:
    found = history()
    assert (found.provisions[:, : STEADY.agreement] == 0).all()
    assert found.national["implementation"][-1] > 0.3


@pytest.mark.parametrize(
    ("month", "polling", "heat"),
    [
        pytest.param(10, 40, 0.0, id="long before the vote"),
        pytest.param(40, 40, 1.0, id="on polling day it is highest"),
        pytest.param(45, 40, 0.0, id="some months later it is over"),
    ],
)
def test_a_campaign_comes_and_goes(month: int, polling: int, heat: float) -> None:
    assert campaign(month, polling) == heat


def test_violence_remembers() -> None:
    """Months after bloody ones are bloodier than their slow part says: the disturbance and the echo have memory."""
    found = history()
    counts, slow = found.happened.sum(axis=1), found.slow.sum(axis=1)
    busy = slow.mean(axis=1) > 3
    left = (counts - slow)[busy]
    memory = [float(np.corrcoef(each[:-1], each[1:])[0, 1]) for each in left]
    assert np.median(memory) > 0.1


def test_over_many_months_as_many_happen_as_are_expected() -> None:
    """Season, disturbance and echo move the numbers about, not their mean."""
    from primacy.exercise.luck import luck
    from primacy.exercise.world.violence import calm

    land = setting(country(1), 1)
    slow = np.full((len(streams()), land.size), 2.0)
    unrest = calm(land)

    def month(number: int) -> Floats:
        chance = luck(5, "mean", number)
        return happen(unrest, expected_now(unrest, slow, number % 12, chance), chance)

    months = [month(number) for number in range(240)]
    assert np.mean(months) == pytest.approx(2.0, rel=0.08)
    counts = np.array(months)
    assert np.median(counts.var(axis=0) / counts.mean(axis=0)) > 1.5  # over-dispersed


def test_the_dry_season_is_the_season_of_war() -> None:
    strengths = [season(month, 0.3) for month in range(12)]
    assert max(strengths) == strengths[1] == 1.3
    assert sum(strengths) / 12 == pytest.approx(1.0)


def test_every_stream_has_its_intensity_and_its_producers() -> None:
    from primacy.exercise.observation.producers import producers
    from primacy.exercise.world.state import State
    from primacy.exercise.world.violence import intensities

    land = setting(country(1), 1)
    told = variables()
    local = {name: np.full(land.size, value) for name, value in told["local"].items()}
    state = State(dict(told["national"]), local, dict.fromkeys(TASKS, 0.2), dict.fromkeys(TASKS, 0.2), np.zeros(24))
    found = intensities(state, replace(land, signed=True), campaign=0.5)
    assert set(found) == set(streams())
    assert (expected(found) >= 0).all()
    assert {each for told in streams().values() for each in told["seen"]} <= set(producers())


def test_what_lies_beside_a_district_is_the_mean_of_its_neighbours() -> None:
    here = history().country.districts
    held = luck(1, "held").random(len(here))
    at = {each.code: place for place, each in enumerate(here)}
    means = [np.mean([held[at[code]] for code in each.neighbours]) for each in here]
    assert history().setting.near(held) == pytest.approx(means)
