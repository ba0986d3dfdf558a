"""Gaps between several estimates: what lies apart by chance is no gap."""

import numpy as np
import pytest

from primacy.assessment.indicators.apart import Several

ERROR = 0.038


def within(values: list[float], at_most: float, error: float = ERROR) -> float:
    shown = np.array(values)[:, None]
    return float(Several(shown, np.full_like(shown, error)).within(at_most)[0])


CASES = [
    # what it shows                                    estimates                        likely within 15 points
    ("five parts that are alike",                      [0.50, 0.51, 0.49, 0.50, 0.52],  (0.95, 1.0)),
    ("16 points apart, as errors alone bring about",   [0.42, 0.50, 0.53, 0.49, 0.58],  (0.6, 0.95)),
    ("one region far from all others",                 [0.20, 0.52, 0.55, 0.50, 0.53],  (0.0, 0.05)),
    ("spread all over",                                [0.30, 0.40, 0.50, 0.60, 0.70],  (0.0, 0.05)),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "values", "likely"), CASES, ids=[case[0] for case in CASES])
def test_the_widest_pair_is_judged_with_all_others(
    shows: str, values: list[float], likely: tuple[float, float]
) -> None:
    assert likely[0] <= within(values, 0.15) <= likely[1]


def test_what_is_said_is_borne_out_where_the_truth_is_known() -> None:
    """The widest of five estimates alone is right in a third of what it calls too wide (measured on the exercise)."""
    chance = np.random.default_rng(1)
    said, so = [], []
    for spread in (0.0, 0.03, 0.06, 0.1):
        true = 0.5 + spread * chance.standard_normal((5, 400))
        seen = true + ERROR * chance.standard_normal((5, 400))
        said.append(Several(seen, np.full_like(seen, ERROR)).within(0.15))
        so.append(np.ptp(true, axis=0) <= 0.15)
    p, held = np.concatenate(said), np.concatenate(so)
    tenth = np.minimum((10 * p).astype(int), 9)
    error = sum(abs(p[tenth == n].mean() - held[tenth == n].mean()) * (tenth == n).mean() for n in set(tenth.tolist()))
    assert error < 0.04
    assert held[p <= 0.25].mean() < 0.15
    assert held[p >= 0.9].mean() > 0.9


def test_more_room_is_never_less_likely_and_small_errors_leave_what_is_seen() -> None:
    values = [0.42, 0.50, 0.53, 0.49, 0.58]
    asked = [within(values, at) for at in (0.05, 0.1, 0.15, 0.2, 0.3)]
    assert asked == sorted(asked)
    assert within(values, 0.15, error=0.001) == 0.0
    assert within(values, 0.17, error=0.001) == 1.0


def test_a_part_without_an_error_of_its_own_leaves_the_question_to_its_pair() -> None:
    values = np.array([[0.4], [0.5], [0.6]])
    assert np.isnan(Several(values, np.array([[0.03], [0.0], [0.03]])).within(0.1)).all()
