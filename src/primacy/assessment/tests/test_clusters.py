"""Independent cases behind a share of deaths: months that agree give many, months that differ few, none or all a few."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.indicators.clusters import worth
from primacy.assessment.tests.building import SUBJECT, Judge

WORTH = [
    # what it shows                                         part            whole              cases
    ("months with the same share: every case counts",       [6, 6, 6, 6],   [10, 10, 10, 10],  40.0),
    # Variance of the ratio: 4/3 * (4 * 25) / 40**2 = 1/12, and 0.25 / (1/12) = 3.
    ("all or nothing by turns: hardly a case each month",   [10, 0, 10, 0], [10, 10, 10, 10],  3.0),
    ("none at all: as many as equal months there are",      [0, 0, 0, 0],   [10, 10, 10, 10],  4.0),
    ("none at all, and one month outweighs the others",     [0, 0, 0],      [98, 1, 1],        100**2 / (98**2 + 2)),
    ("one month only is one case",                          [40, 0],        [60, 0],           1.0),
    ("nothing counted",                                     [0, 0],         [0, 0],            0.0),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "part", "whole", "cases"), WORTH, ids=[case[0] for case in WORTH])
def test_worth(shows: str, part: list[float], whole: list[float], cases: float) -> None:
    found = worth(np.array(part, float), np.array(whole, float), np.array([0]), np.array([len(part)]))
    assert found[0] == pytest.approx(cases)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=24), st.integers(2, 9))
def test_never_more_cases_than_were_counted(months: list[tuple[int, int]], times: int) -> None:
    part, rest = (np.array(each, float) for each in zip(*months, strict=True))
    whole = part + rest
    ends = (np.array([0]), np.array([len(months)]))
    found = worth(part, whole, *ends)[0]
    assert 0.0 <= found <= whole.sum()
    # A massacre with more dead in every month is no more cases where months differ.
    assert worth(part * times, whole * times, *ends)[0] <= times * found + 1e-6


DEATHS = "{kind: incident, where: {category: [violence/state-based, violence/non-state]%s}, measure: deaths, window: 24 months, aggregate: %s}"
BOUND = f"""
indicators:
  all-deaths: {DEATHS % ("", "sum")}
  between-bound: {DEATHS.replace("aggregate: %s", "aggregate: share, of: all-deaths") % ", actor: mission.bound_actors, target: mission.bound_actors"}
rule: {{share: {{indicator: between-bound, at_least: 75 %}}}}
"""
TOLD = {"span": "2015-01-01 to 2026-06-30", "targets": ["*"], "actors": ["*"]}


def fighting(*lines: str) -> list[dict[str, object]]:
    return [{"kind": "incident", "covers": TOLD, "monthly": list(lines)}]


ONE_BATTLE = fighting(
    "2022-01..2026-06 deaths=4 actor=army target=bandits category=violence/state-based",
    "2026-02..2026-02 deaths=400 actor=army target=front category=violence/state-based",
)
SIGNED = {"registers": {"bound_actors": ["army", "front"]}}


def test_the_dead_of_one_battle_do_not_make_it_sure(judge: Judge) -> None:
    finding = judge(BOUND, ONE_BATTLE, mission=SIGNED)
    assert finding.numbers["value"] == pytest.approx(400 / 496)
    assert finding.numbers["n"] < 10
    assert finding.probability is not None
    assert finding.probability < 0.75


def test_where_every_month_says_the_same_it_is_as_sure_as_before(judge: Judge) -> None:
    evidence = fighting(
        "2022-01..2026-06 deaths=27 actor=army target=front category=violence/state-based",
        "2022-01..2026-06 deaths=3 actor=army target=bandits category=violence/state-based",
    )
    assert judge(BOUND, evidence, mission=SIGNED, id=SUBJECT).status == "met"


def test_a_list_that_a_signed_change_emptied_says_that_nobody_is_bound(judge: Judge) -> None:
    emptied = {"register": "bound_actors", "to": [], "by": ["planning", "jmac"], "on": "2026-01-10", "because": "coup"}
    finding = judge(BOUND, ONE_BATTLE, mission={**SIGNED, "changes": [emptied]})
    assert (finding.status, finding.numbers["value"]) == ("not met", 0.0)
    unwritten = judge(BOUND, ONE_BATTLE, mission={"registers": {"bound_actors": []}})
    assert (unwritten.status, unwritten.reason) == ("insufficient evidence", "missing")
