"""Regression to the mean: on unchanged histories what is said is what is seen, and a plateau is no peak."""

from typing import Any

import numpy as np
import pytest

from primacy.assessment.tests.building import SUBJECT, Judge, framework
from primacy.assessment.told.sentences import say_all
from primacy.assessment.trends.regression import PEAK, unchanged_ratio
from primacy.assessment.trends.simulation import Layout, simulate_prior

YEAR = 12


@pytest.mark.parametrize(("slight", "grave"), [(0.2, 0.6), (0.6, 1.2), (1.2, 2.5)])
def test_after_a_peak_unchanged_histories_show_on_average_what_is_said(slight: float, grave: float) -> None:
    random = np.random.default_rng(31)
    said, seen = [], []
    for gap in (0, 12, 48):
        layout = Layout(48, YEAR, gap, YEAR)
        drawn = simulate_prior(random, layout, 1500, changing=False)
        for counts, effort in zip(drawn.counts, drawn.effort, strict=True):
            ratio = unchanged_ratio(counts, effort, (layout.baseline_start, layout.baseline_end))
            if ratio is None or np.isnan(counts[: layout.baseline_start]).any():
                continue
            rates = [
                np.log((counts[part].sum() + 0.5) / effort[part].sum())
                for part in (slice(0, 48), slice(48, 60), slice(layout.window_start, None))
            ]
            if slight <= rates[1] - rates[0] < grave:
                said.append(np.log(ratio))
                seen.append(rates[2] - rates[1])
    assert len(said) > 150
    assert np.mean(said) == pytest.approx(np.mean(seen), abs=0.13)


CASES = [
    # what it shows                                  before                        baseline            peak?
    ("a year far above the four before",             [3, 1, 6, 2] * YEAR,          [20, 31, 9] * 4,    True),
    ("a year like the others",                       [3, 1, 6, 2] * YEAR,          [2, 4, 3] * 4,      False),
    ("a year below the others",                      [9, 12, 7, 8] * YEAR,         [2, 4, 3] * 4,      False),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "before", "at", "peak"), CASES, ids=[case[0] for case in CASES])
def test_what_a_peak_is(shows: str, before: list[float], at: list[float], peak: bool) -> None:
    ratio = unchanged_ratio(np.array([*before, *at], dtype=float), None, (len(before), len(before) + len(at)))
    assert ratio is not None
    assert (ratio <= PEAK) is peak


def test_a_peak_of_looking_harder_is_none() -> None:
    counts = np.array([4.0, 6.0, 5.0] * 16 + [12.0, 18.0, 15.0] * 4)
    effort = np.array([1.0] * 48 + [3.0] * 12)
    ratio = unchanged_ratio(counts, effort, (48, 60))
    assert ratio is not None
    assert ratio > PEAK


SILENT = [
    ("nothing is known before the baseline", [np.nan] * 48, (48, 60)),
    ("less than a year is", [np.nan] * 40 + [3.0] * 8, (48, 60)),
    ("the baseline has a gap", [3.0] * 47 + [3.0], (40, 61)),
]


@pytest.mark.parametrize(("shows", "before", "baseline"), SILENT, ids=[case[0] for case in SILENT])
def test_nothing_is_said_where(shows: str, before: list[float], baseline: tuple[int, int]) -> None:
    counts = np.array([*before, *([9.0] * 12)])
    assert unchanged_ratio(counts, None, baseline) is None


def test_what_comes_after_the_baseline_does_not_count() -> None:
    counts = np.array([2.0, 4.0, 3.0] * 16 + [30.0, 18.0, 25.0] * 4 + [9.0] * 24)
    changed = counts.copy()
    changed[60:] = 0.0
    assert unchanged_ratio(counts, None, (48, 60)) == unchanged_ratio(changed, None, (48, 60))


def test_the_finding_says_it_as_a_number_and_in_words(judge: Judge) -> None:
    finding = judge(*_after_a_peak())
    assert finding.numbers["unchanged"] <= PEAK
    text = say_all(finding.sentence, framework=framework({SUBJECT: _after_a_peak()[0]}))
    assert "the baseline lies at a peak; a series like this, without any change, would show about" in text


def _after_a_peak() -> tuple[str, list[dict[str, Any]]]:
    rule = """
    indicators: {attacks: {kind: incident, measure: events, aggregate: sum}}
    rule: {falls: {indicator: attacks, by: 20 %, window: 12 months, against: previous}}
    thresholds: {}
    """
    monthly = ["2019-07..2024-06 events=6,9,2,4", "2024-07..2025-06 events=40,22,31", "2025-07..2026-06 events=11,8,14"]
    return rule, [{"kind": "incident", "covers": "2019-07-01 to 2026-06-30", "monthly": monthly}]
