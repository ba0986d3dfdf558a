"""Many areas at once: named at a held rate of false discoveries, and the finding names them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.false_discovery import discoveries
from primacy.assessment.pooling import pooled
from primacy.assessment.sentences import say
from primacy.assessment.simulation import REGIMES, simulate_regime
from primacy.assessment.tests.building import SUBJECT, Judge, framework
from primacy.assessment.trend import TrendModel, Windows

CASES = [
    # what it shows                                      probabilities                   named
    ("the surest are named",                             [0.99, 0.2, 0.95],              [0, 2]),
    ("a less sure one rides on surer ones",              [0.99, 0.82, 0.95],             [0, 1, 2]),
    ("alone it would not be named",                      [0.82, 0.3],                    []),
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


def test_among_areas_of_a_country_the_wrong_ones_stay_within_the_rate(model: TrendModel) -> None:
    random, wrong, named = np.random.default_rng(9), 0, 0
    level = np.concatenate([np.ones(60), np.full(12, 3.0)])
    for _ in range(40):
        still = simulate_regime(random, REGIMES["mild"], np.ones(72), 13)
        risen = simulate_regime(random, REGIMES["mild"], level, 4)
        said = 1.0 - pooled(model, np.concatenate([risen, still]), Windows(np.array([72]), 12)).at_most(1.2)[:, 0]
        found = discoveries(said.tolist())
        named += len(found)
        wrong += sum(place >= 4 for place in found)
    assert named > 40
    assert wrong / named <= 0.16  # a tenth is what the posterior expects; 40 countries and a small model add the rest


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
    assert text.endswith("by their own likelihoods at most 10 % do so by chance: Tasso.")
