"""Estimates of sample surveys against published figures, and what is not told of few."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.evidence.mapped.survey_estimates import Line, Sample, hidden, mean


def columns(path: Path) -> dict[str, list[str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {name: [row[name] for row in rows] for name in rows[0]}


def numbers(texts: list[str]) -> np.ndarray:
    return np.array([float(each) if each else np.nan for each in texts])


def codes(texts: list[str]) -> np.ndarray:
    return np.unique(texts, return_inverse=True)[1].astype(np.int64)


@pytest.mark.reference_data
class TestPublished:
    """The California schools of Lumley's R package `survey`: svymean(~api00), printed digits of its documentation."""

    def test_stratified(self, reference_data: Path) -> None:
        data = columns(reference_data / "surveys" / "r_survey_apistrat.csv.gz")
        sample = Sample.drawn(numbers(data["pw"]), strata=[codes(data["stype"])], units=[numbers(data["fpc"])])
        found = mean(sample, numbers(data["api00"]))
        assert (f"{found.value:.4f}", f"{found.se:.4f}", found.n) == ("662.2874", "9.4089", 200)

    def test_simple(self, reference_data: Path) -> None:
        data = columns(reference_data / "surveys" / "r_survey_apisrs.csv.gz")
        found = mean(Sample.drawn(numbers(data["pw"]), units=[numbers(data["fpc"])]), numbers(data["api00"]))
        assert (f"{found.value:.3f}", f"{found.se:.4f}") == ("656.585", "9.2497")

    def test_clusters(self, reference_data: Path) -> None:
        data = columns(reference_data / "surveys" / "r_survey_apiclus1.csv.gz")
        sample = Sample.drawn(numbers(data["pw"]), clusters=[codes(data["dnum"])], units=[numbers(data["fpc"])])
        found = mean(sample, numbers(data["api00"]))
        assert (f"{found.value:.4f}", f"{found.se:.3f}") == ("644.1694", "23.542")

    def test_two_stages(self, reference_data: Path) -> None:
        data = columns(reference_data / "surveys" / "r_survey_apiclus2.csv.gz")
        sample = Sample.drawn(
            None,
            clusters=[codes(data["dnum"]), codes(data["snum"])],
            units=[numbers(data["fpc1"]), numbers(data["fpc2"])],
        )
        found = mean(sample, numbers(data["api00"]))
        assert (f"{found.value:.4f}", f"{found.se:.3f}") == ("670.8118", "30.099")


def test_a_simple_sample_is_the_textbook_formula() -> None:
    """Mean and s / sqrt(n), design effect 1."""
    found = mean(Sample.drawn(None, count=5), np.array([1.0, 2, 3, 4, 10]))
    assert found.value == 4
    assert found.se == pytest.approx(np.std([1, 2, 3, 4, 10], ddof=1) / np.sqrt(5))
    assert found.effect == pytest.approx(1)


def test_clusters_that_agree_inside_count_as_one_respondent_each() -> None:
    """Ten answers in five villages of two who say the same are worth five."""
    villages = np.repeat(np.arange(5), 2)
    values = np.repeat([0.0, 1, 1, 0, 1], 2)
    found = mean(Sample.drawn(np.ones(10), clusters=[villages]), values)
    assert found.se == pytest.approx(mean(Sample.drawn(None, count=5), values[::2]).se)
    assert found.effect == pytest.approx(9 / 4)


MISSING = [
    ("nobody in the domain", [1.0, 0, 1], [False] * 3, (np.nan, 0)),
    ("nobody answered", [np.nan] * 3, [True] * 3, (np.nan, 0)),
    ("those who did not answer are outside", [1.0, np.nan, 0], [True] * 3, (0.5, 2)),
    ("one respondent has a value", [1.0, 0, 0], [True, False, False], (1.0, 1)),
]


@pytest.mark.parametrize(("shows", "values", "inside", "told"), MISSING, ids=[case[0] for case in MISSING])
def test_missing_stays_missing(shows: str, values: list[float], inside: list[bool], told: tuple[float, int]) -> None:
    found = mean(Sample.drawn(np.ones(3)), np.array(values), np.array(inside))
    np.testing.assert_equal((found.value, found.n), told)


def test_a_sample_of_one_says_nothing_of_its_error() -> None:
    assert np.isnan(mean(Sample.drawn(np.ones(1)), np.array([1.0])).se)


def test_everybody_asked_has_no_error() -> None:
    assert mean(Sample.drawn(None, units=[np.full(4, 4.0)]), np.array([1.0, 0, 0, 1])).se == 0


def test_a_domain_keeps_the_clusters_that_have_nobody_in_it() -> None:
    """Its size is not known beforehand: villages without women add to what is not known of women."""
    villages, women = np.repeat(np.arange(4), 3), np.array([1, 1, 0] * 2 + [0, 0, 0] * 2, dtype=bool)
    values = np.tile([1.0, 0, 1], 4)
    whole = mean(Sample.drawn(np.ones(12), clusters=[villages]), values, women)
    part = mean(Sample.drawn(np.ones(6), clusters=[villages[:6]]), values[:6], women[:6])
    assert whole.value == part.value
    assert whole.n == part.n == 4


@pytest.mark.parametrize("weights", [[-1.0, 1.0], [np.nan, 1.0]])
def test_weights_are_never_negative_or_missing(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        mean(Sample.drawn(np.array(weights)), np.array([1.0, 0.0]))


HIDDEN = [
    # what it shows, respondents, cells of the line, unseen, hidden
    ("enough everywhere", {"all": 40, "f": 20, "m": 20}, ("f", "m"), 0, set()),
    ("few, and the other that would give them away", {"all": 25, "f": 5, "m": 20}, ("f", "m"), 0, {"f", "m"}),
    ("few, and the smallest other", {"all": 60, "a": 5, "b": 20, "c": 35}, ("a", "b", "c"), 0, {"a", "b"}),
    ("two of few that are enough together", {"all": 45, "a": 8, "b": 7, "c": 30}, ("a", "b", "c"), 0, {"a", "b"}),
    ("two of few that are few together", {"all": 60, "a": 2, "b": 3, "c": 25, "d": 30}, ("a", "b", "c", "d"), 0, {"a", "b", "c"}),
    ("many without the mark hide the few", {"all": 65, "f": 5, "m": 40}, ("f", "m"), 20, {"f"}),
    ("few without the mark do not", {"all": 47, "f": 5, "m": 40}, ("f", "m"), 2, {"f", "m"}),
    ("nobody in a cell is no secret", {"all": 20, "f": 0, "m": 20}, ("f", "m"), 0, set()),
    ("a whole of few", {"all": 6, "f": 3, "m": 3}, ("f", "m"), 0, {"all", "f", "m"}),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "counts", "cells", "unseen", "kept_back"), HIDDEN, ids=[case[0] for case in HIDDEN])
def test_what_is_not_told(
    shows: str, counts: dict[str, int], cells: tuple[str, ...], unseen: int, kept_back: set[str]
) -> None:
    assert hidden(counts, [Line(cells, "all", unseen)], 10) == kept_back


def test_hiding_goes_on_where_a_hidden_cell_opens_another_line() -> None:
    """Areas by sex: hiding women of one area hides men there, and then a second area in both columns."""
    counts = {
        ("A", "f"): 5,
        ("A", "m"): 30,
        ("B", "f"): 20,
        ("B", "m"): 25,
        ("A", ""): 35,
        ("B", ""): 45,
        ("", "f"): 25,
        ("", "m"): 55,
    }
    lines = [Line((("A", "f"), ("A", "m")), ("A", "")), Line((("B", "f"), ("B", "m")), ("B", "")),
             Line((("A", "f"), ("B", "f")), ("", "f")), Line((("A", "m"), ("B", "m")), ("", "m"))]  # fmt: skip
    assert hidden(counts, lines, 10) == {("A", "f"), ("A", "m"), ("B", "f"), ("B", "m")}


@given(st.lists(st.integers(0, 40), min_size=2, max_size=8))
def test_nothing_below_the_least_can_be_had_by_subtraction(cells: list[int]) -> None:
    counts = {str(n): count for n, count in enumerate(cells)} | {"all": sum(cells)}
    kept_back = hidden(counts, [Line(tuple(map(str, range(len(cells)))), "all")], 10)
    dark = [counts[each] for each in kept_back if each != "all"]
    told = [each for each in counts if each != "all" and each not in kept_back and counts[each]]
    assert not dark or sum(dark) >= 10 or not told or "all" in kept_back
    assert all(counts[each] >= 10 for each in told)
