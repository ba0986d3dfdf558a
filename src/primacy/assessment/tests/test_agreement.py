"""Weighted kappa: the figures that others published, and what holds for any scores."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from primacy.assessment.indicators.agreement import weighted_kappa

Scores = list[tuple[float, float]]


def kappa(pairs: Scores) -> float | None:
    return weighted_kappa([{"one": x, "two": y} for x, y in pairs])


def counted(table: list[list[int]]) -> Scores:
    """A table of how often the first coder gave the row and the second the column."""
    return [(row, column) for row, line in enumerate(table) for column, times in enumerate(line) for _ in range(times)]


RATER_1 = [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3]
RATER_2 = [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4]
RATER_3 = [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2]
RANK = {1: 1, 2: 2, 3: 3, 4: 4, 6: 5}  # R numbers the categories that occur; neither of these two gave a 5
PATHOLOGISTS = [[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]]

PUBLISHED = [
    # where                                                  scores                                                                             kappa     digits
    ("R irr, anxiety, raters 1 and 2, squared",              list(zip(RATER_1, RATER_2, strict=True)),                                          0.297,    3),
    ("R irr, anxiety, raters 2 and 3, squared (statsmodels)", [(RANK[x], RANK[y]) for x, y in zip(RATER_2, RATER_3, strict=True)],              0.2520325, 7),
    ("Agresti, carcinoma by two pathologists",               counted(PATHOLOGISTS),                                                             0.78,     2),
]  # fmt: skip


@pytest.mark.parametrize(
    ("where", "scores", "published", "digits"), PUBLISHED, ids=[example[0] for example in PUBLISHED]
)
def test_it_gives_the_figure_that_was_published(where: str, scores: Scores, published: float, digits: int) -> None:
    found = kappa(scores)
    assert found is not None
    assert round(found, digits) == published


WORKED = [
    # what it shows                                          scores                                      kappa
    ("always the same score",                                [(0, 0), (1, 1), (3, 3)],                    1.0),
    ("the opposite of one another",                          [(0, 3), (3, 0)],                           -1.0),
    ("no relation",                                          [(0, 0), (0, 3), (3, 0), (3, 3)],            0.0),
    ("one score for everything says nothing",                [(3, 3), (3, 3)],                            None),
    ("nothing scored",                                       [],                                          None),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "scores", "expected"), WORKED, ids=[case[0] for case in WORKED])
def test_its_ends_are_where_they_are_defined(shows: str, scores: Scores, expected: float | None) -> None:
    assert kappa(scores) == expected


def test_items_with_one_coder_do_not_count() -> None:
    both = [{"one": 0.0, "two": 1.0}, {"one": 2.0, "two": 2.0}]
    assert weighted_kappa([*both, {"one": 3.0}, {"three": 0.0}, {}]) == weighted_kappa(both)


def test_several_pairs_of_coders_are_pooled_and_not_averaged() -> None:
    """One pair differs by 2 where 2 are expected, the other by 0 where 4 are: pooled 1 - 2 / 6, on average 1 / 2."""
    first = [{"one": 0.0, "two": 0.0}, {"one": 0.0, "two": 1.0}, {"one": 1.0, "two": 0.0}, {"one": 1.0, "two": 1.0}]
    second = [{"one": 0.0, "three": 0.0}] * 4 + [{"one": 1.0, "three": 1.0}] * 4
    assert weighted_kappa([*first, *second]) == 1 - 2 / (2 + 4)


pairs = some.lists(some.tuples(some.integers(0, 3), some.integers(0, 3)), min_size=1, max_size=30)


@given(pairs)
def test_it_lies_between_its_ends_and_does_not_mind_the_order_of_coders(scores: Scores) -> None:
    found, turned = kappa(scores), kappa([(y, x) for x, y in scores])
    assert (found is None) == (turned is None)
    if found is not None and turned is not None:
        assert -1.0 - 1e-9 <= found <= 1.0
        assert found == pytest.approx(turned)


@given(pairs, some.integers(1, 5), some.integers(-5, 5))
def test_another_scale_with_the_same_steps_changes_nothing(scores: Scores, step: int, start: int) -> None:
    found = kappa([(start + step * x, start + step * y) for x, y in scores])
    assert found == pytest.approx(kappa(scores))
