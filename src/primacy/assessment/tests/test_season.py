"""Season: whole years are free of it, other windows say what it makes of them."""

from typing import Any

import numpy as np
import pytest

from primacy.assessment.tests.building import SUBJECT, Judge, framework
from primacy.assessment.told.sentences import say_all
from primacy.assessment.trends.season import same_months, season_ratio

DRY, WET = 20.0, 5.0
YEARS = np.tile([DRY] * 6 + [WET] * 6, 6)

SPANS = [
    # what it shows                            baseline   window    same months?
    ("a year and a year",                      (0, 12),   (24, 36), True),
    ("a year and two years",                   (0, 12),   (24, 48), True),
    ("the same quarter of another year",       (3, 6),    (27, 30), True),
    ("a quarter and the quarter before",       (24, 27),  (27, 30), False),
    ("a year and a quarter",                   (0, 12),   (24, 27), False),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "baseline", "window", "same"), SPANS, ids=[case[0] for case in SPANS])
def test_which_windows_hold_the_same_months(
    shows: str, baseline: tuple[int, int], window: tuple[int, int], same: bool
) -> None:
    assert same_months(baseline, window) is same


RATIOS = [
    ("from the dry to the wet half of the year", YEARS, (60, 66), (66, 72), WET / DRY),
    ("from a year to its wet half", YEARS, (48, 60), (66, 72), WET / ((DRY + WET) / 2)),
    ("a fall of these last months is not taken for season", np.append(YEARS[:66], [0.0] * 6), (60, 66), (66, 72), 0.25),
    ("one earlier year is not enough", YEARS[:24], (12, 18), (18, 24), None),
    ("what was not covered is not known", np.where(np.arange(72) < 54, np.nan, YEARS), (60, 66), (66, 72), None),
]


@pytest.mark.parametrize(("shows", "counts", "baseline", "window", "ratio"), RATIOS, ids=[case[0] for case in RATIOS])
def test_season_ratio(
    shows: str, counts: Any, baseline: tuple[int, int], window: tuple[int, int], ratio: float | None
) -> None:
    assert season_ratio(counts, baseline, window) == (None if ratio is None else pytest.approx(ratio))


RULE = """
indicators: {attacks: {kind: incident, measure: events, aggregate: sum}}
rule: {falls: {indicator: attacks, by: 20 %, window: WINDOW, against: previous}}
thresholds: {}
"""
EVERY_YEAR = "events=20,22,18,21,19,20,5,6,4,5,6,5"  # January to December


def said(judge: Judge, window: str, start: str = "2017-01") -> str:
    rule = RULE.replace("WINDOW", window)
    evidence = [
        {"kind": "incident", "covers": f"{start}-01 to 2026-06-30", "monthly": [f"{start}..2026-06 {EVERY_YEAR}"]}
    ]
    return say_all(judge(rule, evidence).sentence, framework=framework({SUBJECT: rule}))


def test_a_window_of_other_months_says_what_the_season_makes_of_it(judge: Judge) -> None:
    assert "in earlier years these had 287 % more than those, by the season alone" in said(judge, "6 months")


def test_whole_years_say_nothing_of_the_season(judge: Judge) -> None:
    assert "other months of the year" not in said(judge, "12 months")


def test_where_few_years_are_known_it_says_so(judge: Judge) -> None:
    assert "too few years are known to tell the season apart" in said(judge, "6 months", "2024-01")
