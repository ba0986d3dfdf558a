"""The plateau test, kept for ever: a fall that holds stays met, and a flat series is hardly ever called achieved."""

from datetime import date

import numpy as np
import pytest

from primacy.assessment.rules.grid import REPORTED
from primacy.assessment.rules.statuses import achieved_before
from primacy.assessment.tests.building import Judge
from primacy.assessment.trends.trend import TrendModel, Windows, posterior

RULE = """
indicators: {attacks: {kind: incident, measure: events, aggregate: rate}}
rule: {falls: {indicator: attacks, by: 20 %, window: 12 months, against: baseline}}
"""
BASELINE = {
    "name": "war",
    "from": "2018-01-01",
    "to": "2018-12-31",
    "signed": ["planning", "jmac"],
    "because": "last year of war",
}
AFTER_60_EVENTS_15 = [
    {
        "kind": "incident", "covers": "2012-01-01 to 2026-06-30",
        "monthly": ["2012-01..2018-12 events=60,52,68,57,63", "2019-01..2026-06 events=15,13,17,14,16"],
    }
]  # fmt: skip


@pytest.mark.parametrize("years", [2, 3, 4, 5])
def test_a_fall_from_60_to_15_that_holds_stays_met_years_later(judge: Judge, years: int) -> None:
    finding = judge(RULE, AFTER_60_EVENTS_15, mission={"baselines": [BASELINE]}, as_of=date(2018 + years, 12, 31))
    assert finding.status == "met"
    assert "at risk" not in finding.flags
    assert finding.probability is not None
    assert finding.probability >= 0.9


def test_a_flat_series_is_called_achieved_in_under_one_in_a_hundred_histories(model: TrendModel) -> None:
    histories, baseline, first_end = 600, (48, 60), 72
    chance = np.random.default_rng(2026)
    months = first_end + REPORTED
    size = 5.0  # over-dispersed: the variance is five times the mean at twenty events a month
    counts = chance.poisson(chance.gamma(size, 20.0 / size, (histories, months))).astype(np.float64)
    ends = np.arange(first_end, first_end + REPORTED)
    p = np.round(posterior(model, counts, Windows(ends, 12, baseline)).at_most(0.8), 3)
    achieved = [bool(achieved_before(np.append(strong, False))[-1]) for strong in p >= 0.9]
    assert sum(achieved) < 0.01 * histories
