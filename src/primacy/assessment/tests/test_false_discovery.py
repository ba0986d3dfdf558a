"""Many areas at once: named at a held rate of false discoveries, and the finding names them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.tests.building import SUBJECT, Judge, framework
from primacy.assessment.told.sentences import say
from primacy.assessment.trends.false_discovery import RATE, UNTOLD, among_many, discoveries, swings
from primacy.assessment.trends.false_discovery_learning import learn, simulate_cases
from primacy.assessment.trends.simulation import REGIMES, change_at_the_end, simulate_regime
from primacy.assessment.trends.trend import TrendModel, Windows, posterior

CASES = [
    # what it shows                                      probabilities                   named
    ("the surest are named",                             [0.99, 0.2, 0.95],              [0, 2]),
    ("a less sure one rides on surer ones",              [0.99, 0.86, 0.95],             [0, 1, 2]),
    ("alone it would not be named",                      [0.86, 0.3],                    []),
    ("none",                                             [0.5, 0.4],                     []),
    ("nothing is known of one",                          [float("nan"), 0.99],           [1]),
    ("no area",                                          [],                             []),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "given_", "named"), CASES, ids=[case[0] for case in CASES])
def test_discoveries(shows: str, given_: list[float], named: list[int]) -> None:
    assert discoveries(given_) == named


@given(st.lists(st.floats(0, 1), max_size=30), st.floats(0.01, 0.5))
def test_what_is_named_is_within_the_rate_and_no_surer_one_is_left_out(chances: list[float], rate: float) -> None:
    named = discoveries(chances, rate)
    left = [p for place, p in enumerate(chances) if place not in named]
    if named:
        assert np.mean([1 - chances[place] for place in named]) <= rate + 1e-6
        assert all(p <= min(chances[place] for place in named) for p in left)


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_no_rate_or_all_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        discoveries([0.9], rate)


CHANGED, UNCHANGED = 4, 13


@pytest.mark.parametrize("regime", ["mild", "typical", "severe"])
def test_among_areas_of_a_country_the_wrong_ones_stay_within_the_rate(model: TrendModel, regime: str) -> None:
    random, wrong, named = np.random.default_rng(9), 0, 0
    for _ in range(60):
        still = simulate_regime(random, REGIMES[regime], np.ones(72), UNCHANGED)
        risen = simulate_regime(random, REGIMES[regime], change_at_the_end(3.0), CHANGED)
        counts = np.concatenate([risen, still])
        alone = 1.0 - posterior(model, counts, Windows(np.array([72]), 12)).at_most(1.2)[:, 0]
        found = discoveries(among_many(alone, swings(counts, 60, 12)).tolist())
        named += len(found)
        wrong += sum(place >= CHANGED for place in found)
    assert wrong <= RATE * named + 1
    assert named > 120 or regime != "mild"


@given(st.lists(st.floats(0, 1), max_size=12), st.floats(0, 3))
def test_one_of_many_is_never_surer_than_by_itself_and_their_order_stays(chances: list[float], swing: float) -> None:
    alone = np.array(sorted(chances))
    among = among_many(alone, np.full(len(alone), swing))
    assert (among <= alone).all()
    assert (np.diff(among) >= 0).all()


def test_the_more_an_area_swings_anyway_the_surer_it_must_be() -> None:
    calm, restless, wild = among_many(np.array([0.98, 0.98, 0.98]), np.array([0.2, 0.6, 2.0])).tolist()
    assert calm > restless > wild == 0.0


YEAR, NAN = 12, float("nan")
QUIET, CRISIS = [5.0] * YEAR, [50.0] * YEAR
SWINGS = [
    # what it shows                                            months of areas                              swing of the first
    ("what chance adds where the past never changed",          [QUIET * 4],                                 0.18, 0.19),
    ("chance adds more where little happens",                  [[1.0] * YEAR * 4],                          0.39, 0.41),
    ("ten times as many every second year",                    [(QUIET + CRISIS) * 2],                      2.2, 2.4),
    ("another area of the country tells the habits",           [QUIET * 4, (QUIET + CRISIS) * 2],           1.5, 1.8),
    ("the year under question says nothing of the past",       [QUIET * 3 + CRISIS],                        0.18, 0.19),
    ("one year of past is no two",                             [QUIET + CRISIS],                            UNTOLD, UNTOLD),
    ("a year with a month not covered is left out",            [[NAN] + QUIET * 4],                         0.18, 0.19),
    ("nothing covered",                                        [[NAN] * 48],                                UNTOLD, UNTOLD),
    ("no past at all",                                         [QUIET],                                     UNTOLD, UNTOLD),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "areas", "least", "most"), SWINGS, ids=[case[0] for case in SWINGS])
def test_how_much_an_area_swings_anyway(shows: str, areas: list[list[float]], least: float, most: float) -> None:
    assert least <= swings(np.array(areas), len(areas[0]) - YEAR, YEAR)[0] <= most


def test_the_weights_are_learnt_from_countries_whose_truth_is_known(model: TrendModel) -> None:
    weights = learn(simulate_cases(model, seed=5, countries=60))
    assert learn(simulate_cases(model, seed=5, countries=60)) == weights
    assert weights[1] > 0 > weights[3]


RULE = """
indicators: {attacks: {kind: incident, measure: events, aggregate: sum}}
rule:
  each: {area: 1, at_least: 1}
  rises: {indicator: attacks, by: 20 %, window: 12 months, against: previous}
thresholds: {}
"""


def test_the_finding_names_the_areas(judge: Judge) -> None:
    monthly = [f"2019-07..2026-06 events=6,9,4,7 area=XX0{n}" for n in (1, 2, 4)]
    monthly += ["2019-07..2025-06 events=3,5,4 area=XX03", "2025-07..2026-06 events=31,24,28 area=XX03"]
    (part,) = judge(RULE, [{"kind": "incident", "covers": "2019-07-01 to 2026-06-30", "monthly": monthly}]).parts
    assert part.numbers["flagged"] == ["XX03"]
    text = say(part.sentence, framework=framework({SUBJECT: RULE}), places={"XX03": "Tasso"})
    assert text.endswith("(of those named so in simulated countries at most 10 % stood out by chance): Tasso.")
