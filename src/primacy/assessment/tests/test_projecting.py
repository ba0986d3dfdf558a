"""The projection is calibrated on histories that it was not learnt from, and says nothing where it cannot know."""

from dataclasses import replace

import numpy as np
import pytest

from primacy.assessment.over_time.projecting import WEIGHTS, projected, projection
from primacy.assessment.over_time.projection_learning import simulate_cases
from primacy.assessment.tests.building import Judge
from primacy.assessment.trends.trend import TrendModel

FLAT = np.full(84, 0.6)
OPEN = np.zeros(84, dtype=bool)


def test_it_is_calibrated_on_histories_that_it_has_not_seen(model: TrendModel) -> None:
    """Small sample; `bench/on_track.py` measures it on more."""
    cases = simulate_cases(model, seed=7, histories=2400)
    told = projected(cases.history, cases.months)
    assert abs(float(told.mean() - cases.met.mean())) < 0.05
    likely, unlikely = told >= 0.2, told < 0.1
    assert cases.met[likely].mean() > 2 * cases.met[unlikely].mean()
    share = cases.met.mean()
    assert ((told - cases.met) ** 2).mean() < share * (1 - share)


RISING = np.concatenate([np.full(71, 0.3), np.linspace(0.3, 0.85, 13)])
FALLING = np.concatenate([np.full(71, 0.99), np.linspace(0.99, 0.6, 13)])
UNKNOWN = np.where(np.arange(84) > 75, 0.8, np.nan)
CAPPED = np.ones(84, dtype=bool)
NOTHING = [
    ("it is due this month",           FLAT,    OPEN,   0),
    ("it was not known for a year",    UNKNOWN, OPEN,   12),
    ("one kind of source caps it",     FLAT,    CAPPED, 12),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "history", "capped", "months"), NOTHING, ids=[case[0] for case in NOTHING])
def test_where_it_cannot_know_it_says_nothing(shows: str, history: np.ndarray, capped: np.ndarray, months: int) -> None:
    assert projection(history, capped, months) is None


def test_what_is_nearer_to_the_cut_off_is_likelier_to_be_met() -> None:
    chances = [projection(np.full(84, p), OPEN, 6) for p in (0.05, 0.3, 0.6, 0.85)]
    assert chances == sorted(chances)
    assert chances[-1] > chances[0]


def test_it_reads_the_last_year_alone() -> None:
    other = FLAT.copy()
    other[:70] = 0.1
    assert projection(other, OPEN, 12) == projection(FLAT, OPEN, 12)
    assert projected(FLAT[None, :], np.array([12.0]), WEIGHTS)[0] == projection(FLAT, OPEN, 12)


LAW = """
indicators: {law: {kind: law, measure: stage, aggregate: distinct, pass: {stage: adopted}, fresh: 10 years}}
rule: {exists: {indicator: law, min: 1}}
"""


def test_a_finding_tells_it_while_it_is_open_and_not_yet_due(judge: Judge) -> None:
    reported = [{"kind": "law", "points": ["2024-03-01 L stage=4 grade=C3"]}]
    open_ = judge(LAW, reported, mission={"horizons": {"short": ["2024-01-01", "2027-06-30"]}})
    over = judge(LAW, reported, mission={"horizons": {"short": ["2024-01-01", "2026-05-31"]}})
    assert open_.projected is not None
    assert over.projected is None
    assert replace(open_, projected=None, flags=over.flags) == replace(over, sentence=open_.sentence)
