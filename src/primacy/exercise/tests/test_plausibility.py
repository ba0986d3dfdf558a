"""Simulated events beside real ones: every figure ends in words, and like is held against like."""

from dataclasses import replace

import numpy as np
import pytest

from primacy.exercise.plausibility import FIGURES, LIKE, Shape, shape, verdicts

REAL = [
    Shape(9, 1.5, 4.0, 0.3, 2.0, 0.5, (0.7, 0.4, 0.08)),
    Shape(2, 1.8, 2.0, 0.2, 1.4, 0.3, (0.4, 0.1, 0.01)),
    Shape(0, *[float("nan")] * 5, (0.6, 0.3, 0.04)),  # a file with single events alone
]
INSIDE = Shape(100, 1.6, 3.0, 0.25, 1.7, 0.4, (0.5, 0.2, 0.03))
CASES = [
    # figure                           of a simulated shape           words
    ("variance over mean",             {"dispersion": 1.5},           "steadier months"),
    ("variance over mean",             {"dispersion": 5.0},           "more uneven months"),
    ("memory from month to month",     {"memory": 0.1},               "shorter memory"),
    ("season",                         {"seasonal": 2.5},             "stronger season"),
    ("quiet months",                   {"quiet": 0.03},               "fewer quiet months"),
    ("quiet months",                   {"quiet": float("nan")},       "nothing to compare"),
    ("of deadly events, 25 dead or more", {"deadly": (0.5, 0.2, 0.2)}, "more such attacks"),
]  # fmt: skip


def test_among_real_ones_every_figure_is_like_real() -> None:
    assert {each.what: each.words for each in verdicts(INSIDE, REAL)} == dict.fromkeys(FIGURES, LIKE)


@pytest.mark.parametrize(("figure", "other", "words"), CASES)
def test_outside_of_them_it_says_on_which_side(figure: str, other: dict[str, object], words: str) -> None:
    found = {each.what: each.words for each in verdicts(replace(INSIDE, **other), REAL)}  # type: ignore[arg-type]
    assert words in found.pop(figure)
    assert set(found.values()) == {LIKE}


def test_without_any_real_file_nothing_is_said() -> None:
    assert {each.words for each in verdicts(INSIDE, [])} == {"nothing to compare with"}


def test_quiet_months_are_compared_where_as_much_happens() -> None:
    """Few months without an event are no fault of a series in which ten happen each month: it is left out."""
    chance = np.random.default_rng(1)
    busy, thin = chance.poisson(11.0, (20, 60)), chance.poisson(1.5, (20, 60))
    assert shape(busy.astype(float), np.array([1.0])).series == 0
    found = shape(np.concatenate([busy, thin]).astype(float), np.array([1.0, 3.0, 30.0]))
    assert found.series == 20
    assert found.quiet == pytest.approx(np.exp(-1.5), abs=0.06)
    assert found.dispersion == pytest.approx(1.0, abs=0.2)
    assert found.deadly == pytest.approx((2 / 3, 1 / 3, 1 / 3))
