"""The published order of statuses, on histories of P written by hand. The last number is that of the day itself."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.rules.belief import Belief, interval, point
from primacy.assessment.rules.grid import DEEPER, REPORTED
from primacy.assessment.rules.statuses import Circumstances, achieved_before, statuses
from primacy.framework.grammar import STATUSES

SIZE = REPORTED + DEEPER
NAN = float("nan")


def belief(*latest: float, before: float = 0.5, capped: bool = False, direction: float = NAN) -> Belief:
    """P at the last points; `before` at all points before them."""
    p = np.concatenate([np.full(SIZE - len(latest), before), np.array(latest)])
    return point(p, leaf=0, capped=capped, direction=np.full(SIZE, direction), reason="missing")


def around(**given_: object) -> Circumstances:
    no, yes = np.zeros(SIZE, dtype=bool), np.ones(SIZE, dtype=bool)
    plain = Circumstances(in_mandate=True, begun=yes, waiting=no, blocked=no, confirmed_sign=no, provisional=False)
    arrays = {
        name: np.full(SIZE, value) if name not in ("in_mandate", "provisional") else value
        for name, value in given_.items()
    }
    return replace(plain, **arrays)


THREE = (0.95, 0.95, 0.95)
CASES = [
    # what it shows                                             belief                                        around                  status
    ("nine tenths are met",                                     belief(0.9),                                  {},                     "met"),
    ("P is rounded to three decimals before a cut-off",         belief(0.8996),                               {},                     "met"),
    ("just below nine tenths is likely",                        belief(0.8994),                               {},                     "progressing"),
    ("three quarters are progressing",                          belief(0.75),                                 {},                     "progressing"),
    ("rounding counts at three quarters too",                   belief(0.7496),                               {},                     "progressing"),
    ("between a quarter and three quarters nothing is decided", belief(0.74),                                 {},                     "no clear change"),
    ("one quarter is not met",                                  belief(0.25),                                 {},                     "not met"),
    ("rounding counts at one quarter too",                      belief(0.2504),                               {},                     "not met"),
    ("just above a quarter is undecided",                       belief(0.2506),                               {},                     "no clear change"),
    ("a capped 0.95 is progressing",                            belief(0.95, capped=True),                    {},                     "progressing"),
    ("a capped 0.95 for years is progressing, never achieved",  belief(before=0.95, capped=True),             {},                     "progressing"),
    ("movement towards it lifts a doubtful level",              belief(0.5, direction=0.9),                   {},                     "progressing"),
    ("movement towards it lifts a low level",                   belief(0.1, direction=0.95),                  {},                     "progressing"),
    ("movement that may be noise does not",                     belief(0.1, direction=0.89),                  {},                     "not met"),
    ("achieved and still more likely than not: holding",        belief(*THREE, 0.51),                         {},                     "met"),
    ("achieved and now one half: no longer holding",            belief(*THREE, 0.5),                          {},                     "no clear change"),
    ("two points are not achieved",                             belief(0.95, 0.95, 0.6),                      {},                     "no clear change"),
    ("three points with a gap are not consecutive",             belief(0.95, 0.95, NAN, 0.95, 0.6),           {},                     "no clear change"),
    ("achieved and capped now is not holding",                  replace(belief(*THREE, 0.6), capped=np.arange(SIZE) == SIZE - 1), {}, "no clear change"),
    ("capped while it was achieved does not count",             belief(*THREE, 0.6, capped=True),             {},                     "no clear change"),
    ("achieved and lost at the last two points",                belief(*THREE, 0.2, 0.2),                     {},                     "reversed"),
    ("one low point is no reversal",                            belief(*THREE, 0.2),                          {},                     "not met"),
    ("a low point, then a doubtful one, is no reversal",        belief(*THREE, 0.2, 0.4),                     {},                     "no clear change"),
    ("lost with movement towards it is still lost",             belief(*THREE, 0.2, 0.2, direction=0.95),     {},                     "reversed"),
    ("a fall that merely stops is no reversal",                 belief(*THREE, 0.2, 0.2),                     {"provisional": True},  "not met"),
    ("a confirmed sign reverses what was achieved",             belief(*THREE, 0.95),                         {"confirmed_sign": True}, "reversed"),
    ("also where the baseline is provisional",                  belief(*THREE, 0.95),                         {"confirmed_sign": True, "provisional": True}, "reversed"),
    ("a confirmed sign of what was never achieved",             belief(0.95),                                 {"confirmed_sign": True}, "met"),
    ("never achieved and low is not met",                       belief(before=0.1),                           {},                     "not met"),
    ("unknown is insufficient evidence",                        belief(NAN),                                  {},                     "insufficient evidence"),
    ("unknown now is insufficient evidence, even when achieved", belief(*THREE, NAN),                         {},                     "insufficient evidence"),
    ("unknown comes before a confirmed sign",                   belief(*THREE, NAN),                          {"confirmed_sign": True}, "insufficient evidence"),
    ("a prerequisite without evidence",                         belief(0.95),                                 {"blocked": True},      "insufficient evidence"),
    ("an unmet prerequisite comes before missing evidence",     belief(NAN),                                  {"waiting": True, "blocked": True}, "not yet applicable"),
    ("a horizon that has not begun",                            belief(0.95),                                 {"begun": False},       "not yet applicable"),
    ("outside the mandate comes first",                         belief(NAN),                                  {"in_mandate": False, "waiting": True, "begun": False}, "not applicable"),
    ("every part left out",                                     replace(belief(0.95), absent=np.ones(SIZE, dtype=bool)), {},          "not yet applicable"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "found", "given_", "status"), CASES, ids=[case[0] for case in CASES])
def test_the_published_order(shows: str, found: Belief, given_: dict[str, object], status: str) -> None:
    assert statuses(found, around(**given_))[-1] == status


def test_there_is_one_status_for_each_reported_point() -> None:
    found = statuses(belief(*THREE, 0.2, 0.2), around())
    assert len(found) == REPORTED
    assert found[-6:] == ["no clear change", "met", "met", "met", "not met", "reversed"]


def test_what_was_achieved_before_the_reported_points_does_not_count() -> None:
    p = np.full(SIZE, 0.6)
    p[:DEEPER] = 0.95
    assert statuses(point(p, leaf=0), around())[-1] == "no clear change"


@given(st.lists(st.floats(0, 1), min_size=SIZE, max_size=SIZE), st.booleans(), st.booleans())
def test_every_history_gives_a_known_status_and_a_cap_never_met(
    p: list[float], capped: bool, provisional: bool
) -> None:
    found = statuses(point(np.array(p), leaf=0, capped=capped), around(provisional=provisional))
    assert set(found) <= set(STATUSES)
    if capped:
        assert not {"met", "reversed"} & set(found)
    if provisional:
        assert "reversed" not in found


@given(st.lists(st.booleans(), min_size=4, max_size=40))
def test_achieved_means_three_in_a_row_strictly_before(strong: list[bool]) -> None:
    found = achieved_before(np.array(strong))
    assert found.tolist() == [any(all(strong[k : k + 3]) for k in range(i - 2)) for i in range(len(strong))]


def test_an_interval_that_is_surely_high_or_surely_low_decides() -> None:
    for low, high, status in ((0.92, 1.0, "met"), (0.0, 0.2, "not met"), (0.2, 0.95, "insufficient evidence")):
        found = interval(np.full(SIZE, low), np.full(SIZE, high), leaf=0, reason="missing")
        assert statuses(found, around(provisional=True))[-1] == status
