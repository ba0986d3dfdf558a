"""How parts combine: `all`, `any`, `k_of`, `not`, veto, sustained, with parts that are unknown."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.rules import belief as beliefs
from primacy.assessment.rules.belief import Belief

NAN = float("nan")
CHANCE = st.one_of(st.integers(0, 1000).map(lambda n: n / 1000), st.just(NAN))


def part(p: float, *, capped: bool = False, leaf: int = 0) -> Belief:
    return beliefs.point(np.array([p]), leaf=leaf, capped=capped, reason="missing")


def p_of(found: Belief) -> float:
    return float(found.probability[0])


@given(st.lists(CHANCE, min_size=1, max_size=5))
def test_all_is_the_smallest_unless_unknown_and_not_surely_failed(ps: list[float]) -> None:
    found = p_of(beliefs.all_of([part(p) for p in ps]))
    known = [p for p in ps if p == p]
    if len(known) == len(ps) or (known and min(known) <= beliefs.UNLIKELY):
        assert found == min(known)
    else:
        assert np.isnan(found)


@given(st.lists(CHANCE, min_size=1, max_size=5))
def test_any_is_the_largest_unless_unknown_and_not_surely_met(ps: list[float]) -> None:
    found = p_of(beliefs.any_of([part(p) for p in ps]))
    known = [p for p in ps if p == p]
    if len(known) == len(ps) or (known and max(known) >= beliefs.MET):
        assert found == max(known)
    else:
        assert np.isnan(found)


@given(st.lists(st.integers(0, 1000).map(lambda n: n / 1000), min_size=2, max_size=6), st.data())
def test_k_of_is_the_kth_largest(ps: list[float], data: st.DataObject) -> None:
    k = data.draw(st.integers(1, len(ps)))
    assert p_of(beliefs.k_of([part(p) for p in ps], k)) == sorted(ps, reverse=True)[k - 1]


@given(st.lists(CHANCE, min_size=2, max_size=6), st.data())
def test_an_unknown_part_of_k_of_is_counted_as_failing_and_as_passing(ps: list[float], data: st.DataObject) -> None:
    k = data.draw(st.integers(1, len(ps)))
    found = beliefs.k_of([part(p) for p in ps], k)
    low = sorted((0.0 if p != p else p for p in ps), reverse=True)[k - 1]
    high = sorted((1.0 if p != p else p for p in ps), reverse=True)[k - 1]
    assert (found.low[0], found.high[0]) == (low, high)


@given(CHANCE)
def test_not_is_what_is_left(p: float) -> None:
    assert p_of(beliefs.negated(part(p))) == pytest.approx(1 - p, nan_ok=True)
    assert p_of(beliefs.negated(beliefs.negated(part(p)))) == pytest.approx(p, nan_ok=True)


@given(CHANCE, CHANCE)
def test_a_veto_acts_caps_or_does_nothing(p: float, veto: float) -> None:
    lowered, unconfirmed = beliefs.vetoed(part(p), part(veto, leaf=1))
    if veto >= beliefs.MET:
        ceiling = 1 - veto
        assert p_of(lowered) == pytest.approx(ceiling if p != p else min(p, ceiling), abs=1e-9)
        assert not unconfirmed[0]
    else:
        assert p_of(lowered) == pytest.approx(p, nan_ok=True)
        assert unconfirmed[0] == lowered.capped[0] == (veto != veto or veto >= 0.5)


@pytest.mark.parametrize("first_capped", [True, False])
def test_parts_that_tie_hand_on_a_cap_in_any_order(first_capped: bool) -> None:
    found = beliefs.all_of([part(0.95, capped=first_capped), part(0.95, capped=not first_capped)])
    assert found.capped[0]


@given(st.lists(st.integers(0, 1000).map(lambda n: n / 1000), min_size=1, max_size=5))
def test_the_lower_bound_of_all_is_that_of_frechet_and_never_above_p(ps: list[float]) -> None:
    found = beliefs.all_of([part(p) for p in ps])
    assert found.lower[0] == pytest.approx(max(0.0, sum(ps) - len(ps) + 1))
    assert found.lower[0] <= p_of(found) + 1e-9


def test_a_part_that_is_absent_is_left_out_and_all_absent_are_nothing() -> None:
    absent = replace(part(0.1), absent=np.array([True]))
    assert p_of(beliefs.all_of([part(0.95), absent])) == 0.95
    assert beliefs.all_of([absent, absent]).absent[0]


def test_the_gravest_reason_is_named() -> None:
    parts = [beliefs.point(np.array([NAN]), leaf=0, reason=reason) for reason in ("stale", "not covered", "thin")]
    assert beliefs.all_of(parts).reason == ("not covered",)


HISTORIES = [
    # what it shows                      p of eight points, the last is now    needed points step  P
    ("held at all four points",          [0.1, 0.1, 0.1, 0.1, 0.95, 0.93, 0.91, 0.94], 4, 4, 1, 0.91),
    ("failed at one of four points",     [0.1, 0.1, 0.1, 0.1, 0.95, 0.2, 0.91, 0.94], 4, 4, 1, 0.2),
    ("held at three of four points",     [0.1, 0.1, 0.1, 0.1, 0.95, 0.2, 0.91, 0.94], 3, 4, 1, 0.91),
    ("points lie a step apart",          [0.1, 0.1, 0.1, 0.95, 0.1, 0.1, 0.1, 0.94], 2, 2, 4, 0.94),
    ("unknown at one of four points",    [0.1, 0.1, 0.1, 0.1, 0.95, NAN, 0.91, 0.94], 4, 4, 1, NAN),
    ("before the grid begins is unknown", [0.95] * 8, 9, 9, 1, NAN),
]  # fmt: skip


@pytest.mark.parametrize(
    ("shows", "p", "needed", "points", "step", "expected"), HISTORIES, ids=[case[0] for case in HISTORIES]
)
def test_sustained(shows: str, p: list[float], needed: int, points: int, step: int, expected: float) -> None:
    found = beliefs.sustained(beliefs.point(np.array(p), leaf=0), needed=needed, points=points, step=step)
    assert float(found.probability[-1]) == pytest.approx(expected, nan_ok=True)


def test_what_must_last_tells_of_today_where_today_is_as_bad_as_the_worst() -> None:
    """Two parts that take turns to fail: the one that fails today is named, not the one of a year ago."""
    first = beliefs.point(np.array([0.0, 0.0, 1.0]), leaf=1)
    second = beliefs.point(np.array([1.0, 1.0, 0.0]), leaf=2)
    found = beliefs.sustained(beliefs.all_of([first, second]), needed=3, points=3, step=1)
    assert (found.probability[-1], found.setter[-1]) == (0.0, 2)
    healed = beliefs.sustained(beliefs.all_of([first]), needed=3, points=3, step=1)
    assert (healed.probability[-1], healed.setter[-1]) == (0.0, 1)
