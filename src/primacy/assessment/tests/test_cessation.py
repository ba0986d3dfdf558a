"""Ceasing: silence is not proof, clustering blurs, and nothing after the window counts."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.trends.cessation import ceases_probability, gamma_share, quiet_months, unless_clustered
from primacy.assessment.trends.trend import Windows

# Exact values: chi-square with 1 degree, exponential, Erlang.
SHARES = [
    ("half a degree of freedom", 0.5, 0.5, math.erf(math.sqrt(0.5))),
    ("exponential", 1.0, 2.0, 1.0 - math.exp(-2.0)),
    ("Erlang of 3 below its middle", 3.0, 2.5, 1.0 - math.exp(-2.5) * (1 + 2.5 + 2.5**2 / 2)),
    ("Erlang of 3 above its middle", 3.0, 9.0, 1.0 - math.exp(-9.0) * (1 + 9.0 + 9.0**2 / 2)),
    ("nothing", 2.0, 0.0, 0.0),
]


@pytest.mark.parametrize(("shows", "shape", "upto", "share"), SHARES, ids=[c[0] for c in SHARES])
def test_share_of_a_gamma_variable(shows, shape, upto, share):
    assert gamma_share(shape, upto) == pytest.approx(share, abs=1e-12)


def test_large_shapes_join_without_a_step():
    assert gamma_share(2000.0, 1980.0) == pytest.approx(gamma_share(2000.001, 1980.0), abs=1e-4)


def at_the_end(series, at_most):
    counts = np.array([series], dtype=float)
    return float(ceases_probability(counts, Windows(np.array([counts.shape[1]]), 12), at_most)[0, 0])


SILENT, BUSY = [0] * 12, [5] * 24
CASES = [
    # what it shows                                             history                          at most  least  most
    ("silence for a year does not prove that nothing will come", BUSY + SILENT,                   0,       0.70,  0.80),
    ("silence for a year is well below five a year",            BUSY + SILENT,                   5,       0.99,  1.00),
    ("five a month is not at most five a year",                 BUSY + [5] * 12,                 5,       0.00,  0.01),
    ("as many as allowed is about even",                        BUSY + [1] * 12,                 12,      0.45,  0.65),
    ("a series that comes in waves is known less well",         [0, 0, 30, 0] * 9 + [0] * 11 + [3], 5,    0.30,  0.89),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "series", "at_most", "least", "most"), CASES, ids=[c[0] for c in CASES])
def test_ceases(shows, series, at_most, least, most):
    assert least <= at_the_end(series, at_most) <= most


@given(st.lists(st.integers(0, 40), min_size=12, max_size=60), st.floats(0, 100), st.floats(0, 100))
def test_more_allowed_is_never_much_less_likely(series, first, second):
    low, high = sorted((first, second))
    assert at_the_end(series, low) <= at_the_end(series, high) + 0.02


def test_unknown_where_a_month_of_the_window_is_not_covered_or_before_the_history():
    counts = np.zeros((2, 30))
    counts[0, 25] = np.nan
    known = ~np.isnan(ceases_probability(counts, Windows(np.array([11, 24, 30, 31]), 12), 1))
    assert known.tolist() == [[False, True, False, False], [False, True, True, False]]


def test_months_after_the_window_change_nothing():
    counts = np.array([BUSY + SILENT], dtype=float)
    changed = counts.copy()
    changed[0, 30:] = 99.0
    windows = Windows(np.array([24, 30]), 12)
    np.testing.assert_array_equal(ceases_probability(counts, windows, 3), ceases_probability(changed, windows, 3))


def test_a_negative_number_of_events_is_refused():
    with pytest.raises(ValueError, match="negative"):
        at_the_end(SILENT, -1)


WAVES = [0, 0, 30, 0] * 9
QUIET = [
    # what it shows                                         history             at most  quiet for long enough
    ("after waves, once the waves are long enough ago",     WAVES + SILENT,     1,       True),
    ("but never that nothing will come again",              WAVES + SILENT,     0,       False),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "series", "at_most", "shown"), QUIET, ids=[c[0] for c in QUIET])
def test_a_longer_quiet_shows_it(shows, series, at_most, shown):
    assert at_the_end(series, at_most) < 0.9
    more = quiet_months(np.array(series, dtype=float), len(series), 12, at_most, 0.9)
    assert (more is not None) is shown
    if more is not None:
        assert at_the_end(series + [0] * (more - 1), at_most) < 0.9 <= at_the_end(series + [0] * more, at_most)


def test_only_bursts_make_it_less_sure_than_events_that_come_one_by_one():
    for series, clustered in (([2] * 48, False), ([0, 0, 0, 8] * 12, True)):
        told = at_the_end(series, 30)
        assert (told < unless_clustered(24, 30)) is clustered
