"""Whether it rose in any of many areas: the surest of many is often sure by chance, so it must stand out to forbid."""

import numpy as np
import pytest

from primacy.assessment.rules.belief import MET
from primacy.assessment.tests.building import Judge
from primacy.assessment.trends.comparing_areas import AreasCompared
from primacy.assessment.trends.false_discovery import swings
from primacy.assessment.trends.simulation import REGIMES, Floats, change_at_the_end, simulate_regime
from primacy.assessment.trends.trend import TrendModel, Windows, pooled
from primacy.assessment.trends.trend_verdict import _of_areas

AT_THE_END = Windows(np.array([72]), 12)
AREAS, COUNTRIES = 17, 30


def risen(model: TrendModel, counts: Floats, *, one_of_many: bool) -> Floats:
    """P of a rise by a fifth in each area of a country (a,)."""
    both = pooled(model, counts, AT_THE_END)
    areas = AreasCompared(both.leaning, both.own, swings(counts, 60, 12)[:, None])
    return _of_areas(areas, 1.2, 1, one_of_many=one_of_many)[0][:, 0]


@pytest.mark.parametrize("name", ["typical", "severe"])
def test_where_nothing_changed_hardly_a_country_has_an_area_that_forbids(model: TrendModel, name: str) -> None:
    random = np.random.default_rng(31)
    flat = [simulate_regime(random, REGIMES[name], np.ones(72), AREAS) for _ in range(COUNTRIES)]
    forbidden = [bool((risen(model, each, one_of_many=True) >= MET).any()) for each in flat]
    assert sum(forbidden) <= 2  # by each area alone: 3 of "typical", 10 of "severe"


def test_an_area_that_tripled_among_calm_ones_still_forbids(model: TrendModel) -> None:
    random = np.random.default_rng(32)
    found = 0
    for _ in range(COUNTRIES):
        still = simulate_regime(random, REGIMES["mild"], np.ones(72), AREAS - 1)
        moved = simulate_regime(random, REGIMES["mild"], change_at_the_end(3.0), 1)
        found += risen(model, np.concatenate([moved, still]), one_of_many=True)[0] >= MET
    assert found >= COUNTRIES / 2


def test_one_of_many_is_never_surer_and_what_is_likelier_than_not_still_holds_back(model: TrendModel) -> None:
    counts = simulate_regime(np.random.default_rng(33), REGIMES["severe"], np.ones(72), 60)
    of_each, of_any = (risen(model, counts, one_of_many=asked) for asked in (False, True))
    assert (of_any <= of_each).all()
    np.testing.assert_array_equal(of_any >= 0.5, of_each >= 0.5)
    np.testing.assert_array_equal(of_any[of_each <= 0.5], of_each[of_each <= 0.5])


RULE = """
indicators: {attacks: {kind: incident, measure: events, aggregate: sum}}
rule:
  falls: {indicator: attacks, by: 20 %, window: 12 months, against: previous}
  veto:
    - each: {area: 1, at_least: 1}
      rises: {indicator: attacks, by: 20 %, window: 12 months, against: previous}
thresholds: {}
"""
CALM = [f"2019-07..2025-06 events=26,29,24,27 area=XX0{n}" for n in (1, 2, 4)]
FALLEN = [f"2025-07..2026-06 events=6,9,4,7 area=XX0{n}" for n in (1, 2, 4)]
HERE = "2019-07..2025-06 events=3,5,4 area=XX03"


@pytest.mark.parametrize(
    ("shows", "last_year", "status"),
    [("one area stands out against the fall of the country", "events=31,24,28", "not met"),
     ("nowhere did it rise", "events=1,2,1", "met")],
    ids=["rose in one", "rose nowhere"],
)  # fmt: skip
def test_a_rise_in_one_area_forbids_a_fall_of_the_whole(judge: Judge, shows: str, last_year: str, status: str) -> None:
    monthly = [*CALM, *FALLEN, HERE, f"2025-07..2026-06 {last_year} area=XX03"]
    rows = [{"kind": "incident", "covers": "2019-07-01 to 2026-06-30", "monthly": monthly, "source": source}
            for source in ("monitor", "media")]  # fmt: skip
    finding = judge(RULE, rows[:1])
    (veto,) = [part for part in finding.parts if part.role == "veto"]
    assert (veto.probability >= MET) == (status == "not met")
    assert (finding.status == "not met") == (status == "not met")
