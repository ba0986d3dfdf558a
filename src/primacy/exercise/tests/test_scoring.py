"""Scoring, on records written by hand: what is counted, what is drawn, and what is told."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from primacy.assessment.tests.building import benchmark
from primacy.exercise import scoring
from primacy.exercise.losses import losses, noticing
from primacy.exercise.naive import naive, naive_leaf
from primacy.exercise.score_records import PartRecord, Record, as_plain, record, record_of
from primacy.exercise.score_told import how_soon, one_by_one, reasons, told, wrong_table
from primacy.exercise.true_rules import TrueLeaf
from primacy.framework import load
from primacy.framework.grammar import FLAGS

FALLS = """
indicators: {x: {kind: incident, measure: events, aggregate: rate}}
rule: {falls: {indicator: x, by: 20 %, window: 12 months}}
"""


def said(
    status: str, p: float | None, truth: bool | None, *, history: str = "h1", month: int = 0, id: str = "O2.S9",
    flags: Sequence[str] = (), observed: bool | None = None, verb: str = "falls",
) -> Record:  # fmt: skip
    """A finding of one part, which says and is what the whole says and is."""
    part = PartRecord("part", "x", verb, p, truth, observed, {"observed": 0.5})
    return Record(history, "steady", month, id, status, p, tuple(flags), truth, observed, (part,))


# ---- right and wrong


def test_right_when_met_and_when_not_met() -> None:
    records = [
        said("met", 0.95, True, observed=True), said("met", 0.92, False, observed=True),
        said("not met", 0.1, False, observed=False), said("reversed", 0.05, False, observed=True),
        said("progressing", 0.8, True), said("insufficient evidence", None, True),
        said("met", 0.99, None),
    ]  # fmt: skip
    found = scoring.of_findings(records)
    assert (found.count, found.true, found.silent) == (6, 3, 1)
    assert (found.met.right, found.met.of) == (1, 2)
    assert (found.not_met.right, found.not_met.of) == (2, 2)
    assert (found.naive_met.right, found.naive_met.of) == (1, 3)
    assert scoring.statuses(records)["met"] == (1, 1), "what has no truth is not counted"
    parts = scoring.of_parts(scoring.parts_of(records))
    assert (parts.met.of, parts.not_met.of) == (2, 2), "parts are met by their P"


def test_what_few_get_wrong_is_not_hidden_by_what_many_get_right() -> None:
    good = [said("met", 0.95, True, history=f"g{n}", id="O2.S8", observed=True) for n in range(300)]
    bad = [said("met", 0.95, n % 2 == 0, history=f"b{n}", observed=n % 2 == 0 or None) for n in range(60)]
    few = [said("met", 0.95, False, history=f"f{n}", id="O2.S7") for n in range(29)]
    assert scoring.of_findings(good + bad).met.share > 0.90
    rows = one_by_one([], scoring.by_benchmark(good + bad + few)).splitlines()
    right = {row.split(" | ")[1]: row for row in rows if "right when met" in row}
    assert list(right) == ["O2.S8", "O2.S9"], "of too few nothing is asked"
    assert "| 60 | 0.500 |" in right["O2.S9"]
    assert right["O2.S9"].endswith("| at least 0.90 |")
    beside = {row.split(" | ")[1]: float(row.split(" | ")[3]) for row in rows if "by naive" in row}
    assert beside["O2.S8"] == 1.0
    assert beside["O2.S9"] < 1.0, "the numbers alone were right whenever they said met"


def test_flags_are_counted_and_those_that_nobody_raised_are_named() -> None:
    raised = scoring.flags([said("met", 0.95, True, flags=["due", "at risk"]), said("met", 0.95, None, flags=["due"])])
    assert (raised["due"], raised["at risk"], raised["overdue"]) == (2, 1, 0)
    assert list(raised) == list(FLAGS)


def test_the_interval_comes_from_histories_and_not_from_months() -> None:
    """A history that repeats itself a hundred times says no more than one that says it once."""
    few = [said("met", 0.95, right, history=f"h{n}") for n, right in enumerate([True] * 7 + [False] * 3)]
    many = [each for each in few for _ in range(100)]
    one, other = scoring.of_findings(few).met, scoring.of_findings(many).met
    assert (one.low, one.high) == pytest.approx((other.low, other.high))
    assert one.low < 0.7 < one.high
    assert scoring.of_findings(list(reversed(few))).met == one, "the order in which they come changes nothing"


EDGES = [
    # what it shows                          histories  each  right   low    high
    ("five of five",                         5,         1,    True,   0.649, 1.0),
    ("none of five",                         5,         1,    False,  0.0,   0.351),
    ("months of one history add nothing",    5,         40,   True,   0.649, 1.0),
    ("more histories are surer",             100,       1,    True,   0.974, 1.0),
    ("one history alone",                    1,         5,    True,   0.270, 1.0),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "histories", "each", "right", "low", "high"), EDGES, ids=[case[0] for case in EDGES])
def test_all_right_or_all_wrong_is_not_certain(
    shows: str, histories: int, each: int, right: bool, low: float, high: float
) -> None:
    found = scoring.rate([(f"h{n}", right) for n in range(histories) for _ in range(each)])
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-4)


def test_one_history_alone_says_little() -> None:
    found = scoring.of_findings([said("met", 0.95, True), said("met", 0.95, False)]).met
    assert found.share == 0.5
    assert found.low < 0.25
    assert found.high > 0.75


def test_what_is_so_and_not_said_is_counted_too() -> None:
    """Four truly hold, one is said to be met; of two that do not hold one is said not to be met."""
    true = [said(each, 0.5, True) for each in ("met", "progressing", "no clear change", "not met")]
    records = [*true, said("not met", 0.1, False), said("progressing", 0.5, False)]
    text = told(records, {("h1", "O2.S9"): [1] * 99})
    assert "| findings: of what truly holds, said to be met | 4 | 0.250 |" in text
    assert "| findings: of what truly does not, said not to be met | 2 | 0.500 |" in text


def test_calibration_is_the_mean_distance_over_tenths() -> None:
    given = [scoring.Said(f"h{n}", 0.95, n < 8) for n in range(10)] + [scoring.Said("h1", 0.0, False)] * 10
    found = scoring.calibration(given)
    assert [(each.low, each.count, each.said, each.so) for each in found.bins] == [
        (0.0, 10, 0.0, 0.0),
        (0.9, 10, pytest.approx(0.95), 0.8),
    ]
    assert found.error == pytest.approx(0.5 * 0.15)
    assert found.low <= found.error <= found.high


@pytest.mark.parametrize(("p", "tenth"), [(0.0, 0.0), (0.1, 0.1), (0.3, 0.3), (0.699, 0.6), (0.7, 0.7), (1.0, 0.9)])
def test_a_probability_lies_in_its_tenth(p: float, tenth: float) -> None:
    (found,) = scoring.calibration([scoring.Said("h", p, True)]).bins
    assert found.low == pytest.approx(tenth)


def test_nothing_to_count_is_no_error() -> None:
    found = scoring.of_findings([])
    assert found.count == found.met.of == found.calibration.count == 0
    assert "| findings: right when met is said | 0 | - |" in told([], {})


# ---- losses


def monthly(statuses: str, course: str, flags: str = "") -> tuple[list[Record], dict[tuple[str, str], list[int]]]:
    """One letter a month: what is said (m met, n not met, r reversed, p progressing) and what is so (1, 0, ?)."""
    words = {"m": "met", "n": "not met", "r": "reversed", "p": "progressing"}
    codes = [{"1": 1, "0": 0, "?": -1}[each] for each in course]
    flagged = flags or " " * len(statuses)
    records = [
        said(words[each], 0.5, code == 1, month=month, flags=["at risk"] if flagged[month] == "!" else [])
        for month, (each, code) in enumerate(zip(statuses, codes, strict=True))
    ]
    return records, {("h1", "O2.S9"): codes}


@pytest.mark.parametrize(
    ("statuses", "course", "noticed"),
    [
        ("mmmmmmnn", "11110000", [2]),
        ("mmmmmmmr", "11110000", [3]),
        ("mmmmmmmm", "11110000", [None]),
        ("mmmnnnnn", "11110000", [0]),  # it was said a month early, and so at once
        ("mmnnnnnn", "11000000", []),  # two months are too few to be lost
        ("mmmmnnnn", "1111?000", []),  # nobody knows what became of it
        ("mmmmmmmn", "11110011", [None]),  # it holds again before anybody noticed
        ("mmmmnmmmmnn", "11110111000", [0, 1]),
    ],
)
def test_a_loss_is_noticed(statuses: str, course: str, noticed: list[int | None]) -> None:
    assert [each.noticed for each in losses(*monthly(statuses, course))] == noticed


def test_a_flag_warns_before_the_status_does() -> None:
    (loss,) = losses(*monthly("mmmmmmnn", "11110000", "     !  "))
    assert (loss.warned, loss.noticed, loss.told) == (1, 2, True)


def test_what_was_never_called_met_is_told_apart() -> None:
    found = noticing(*monthly("ppppnnnn", "11110000"))
    assert (found.losses, found.told, found.median) == (1, 0, None)


def test_false_losses_are_counted_by_the_year_that_was_met_and_held() -> None:
    found = noticing(*monthly("pmmmmmnnmmmmmmm", "111111111111111"))
    assert found.false == 1, "two months of it are one loss"
    assert found.held_years == pytest.approx(13 / 12)
    assert noticing(*monthly("mmmmnnnn", "11110000")).false == 0
    assert noticing(*monthly("ppppnnnn", "11111111")).false == 0, "it had never been called met"


def test_the_median_counts_those_that_nobody_noticed() -> None:
    records: list[Record] = []
    courses: dict[tuple[str, str], list[int]] = {}
    for n, statuses in enumerate(("mmmmn", "mmmmm", "mmmmm")):
        told_of, course = monthly(statuses, "11110")
        records += [replace(each, history=f"h{n}") for each in told_of]
        courses[f"h{n}", "O2.S9"] = course["h1", "O2.S9"]
    found = noticing(records, courses)
    assert found.median is None
    assert found.within[3].share == pytest.approx(1 / 3)


# ---- what is confidently wrong


def test_the_confidently_wrong_are_listed_with_their_first_case() -> None:
    records = [
        said("met", 0.95, False, history="h2", month=4), said("met", 0.97, False, history="h1", month=9),
        said("met", 0.95, True), said("not met", 0.04, True, id="O2.S8"), said("progressing", 0.85, False),
    ]  # fmt: skip
    wrong = scoring.wrong(records)
    assert [(w.benchmark, w.indicator, w.said, w.count, w.of) for w in wrong] == [
        ("O2.S9", "", "met", 2, 3), ("O2.S9", "x", "met", 2, 3), ("O2.S8", "", "not met", 1, 1),
        ("O2.S8", "x", "not met", 1, 1),
    ]  # fmt: skip
    assert (wrong[0].first, wrong[0].histories, wrong[0].probability) == (("h1", 9), 2, 0.97)
    assert wrong_table(wrong, most=1).endswith("And 3 more.")


def test_the_reason_stands_beside_what_is_wrong_where_somebody_looked() -> None:
    told = wrong_table(scoring.wrong([said("met", 0.95, False, id="O1.S2"), said("met", 0.95, False)]))
    by_part = {tuple(row.split(" | ")[:2]): row for row in told.splitlines()}
    assert "near: the share of meetings" in by_part["| O1.S2", "the whole"]
    assert by_part["| O2.S9", "the whole"].endswith("| - |"), "nobody looked"


@pytest.mark.parametrize("id", sorted(reasons()))
def test_reasons_are_of_parts_that_rules_have(id: str) -> None:
    rule = load().benchmarks[id].rule
    named = {f"{leaf.head} {leaf.call.indicator}" for leaf in rule.leaves()} | {"the whole"}
    for part, why in reasons()[id].items():
        assert part in named
        assert set(why) == {"of", "because"}
        assert why["of"] in ("near", "late", "unseen", "rule", "chance")


# ---- the naive rules beside it


@pytest.mark.parametrize(
    ("verb", "numbers", "holds"),
    [
        ("falls: {indicator: x, by: 20 %, window: 12 months}", {"observed": 0.7, "threshold": 0.8}, True),
        ("falls: {indicator: x, by: 20 %, window: 12 months}", {"observed": 0.9, "threshold": 0.8}, False),
        ("rises: {indicator: x, by: 20 %, window: 12 months}", {"observed": 1.3, "threshold": 1.2}, True),
        ("ceases: {indicator: x, at_most: 3, window: 12 months}", {"events": 3, "threshold": 3}, True),
        ("reaches: {indicator: x, at_least: 3}", {"value": 2.9, "threshold": 3}, False),
        ("reaches: {indicator: x, at_most: 3}", {"value": 2.9, "threshold": 3}, True),
        ("reaches: {indicator: x, more_than: 3}", {"value": 3.0, "threshold": 3}, False),
        ("reaches: {indicator: x, at_least: 3}", {"value": None, "threshold": 3}, None),
        ("reaches: {indicator: x, at_least: 3}", {}, None),
        ("shifts: {indicator: x, by: -5 %}", {"value": 0.56, "then": 0.6, "threshold": -0.05}, True),
        ("shifts: {indicator: x, by: 5 %}", {"value": 0.56, "then": None, "threshold": 0.05}, None),
        ("gap: {indicator: x, between: area, at_most: 10 %}", {"value": 0.2, "threshold": 0.1}, False),
        ("scored: {indicator: x, at_least: 2}", {"value": 2.0, "threshold": 2}, True),
        ("sequence: {indicator: x, steps: [a, b], reached: b}", {"steps_done": 1, "steps_asked": 2}, False),
        ("not: {reaches: {indicator: x, at_least: 3}}", {"value": 2.0, "threshold": 3}, True),
        ("sustained: {rule: {reaches: {indicator: x, at_least: 3}}, for: 4 quarters}", {"value": 4, "threshold": 3}, True),
    ],
)  # fmt: skip
def test_naive_is_the_observed_number_against_what_is_asked(
    verb: str, numbers: dict[str, Any], holds: bool | None
) -> None:
    asked = benchmark(f"indicators: {{x: {{kind: figure, measure: days, aggregate: latest}}}}\nrule: {{{verb}}}\n")
    assert naive(asked, naive_leaf(asked, [numbers])) is holds


@pytest.mark.parametrize(
    ("leaves", "holds"),
    [
        ((True, True, True, False), True),
        ((True, False, True, False), True),
        ((True, None, True, False), True),
        ((True, None, False, False), None),
        ((False, None, True, False), False),
        ((True, True, True, True), False),  # the veto
        ((True, True, True, None), True),  # nothing of the veto was seen
    ],
)
def test_naive_combines_as_the_rule_says(leaves: tuple[bool | None, ...], holds: bool | None) -> None:
    asked = benchmark(
        """
        indicators: {x: {kind: figure, measure: days, aggregate: latest}}
        rule:
          all:
            - reaches: {indicator: x, at_least: 1}
            - any: [{reaches: {indicator: x, at_least: 2}}, {reaches: {indicator: x, at_least: 3}}]
          veto: [{reaches: {indicator: x, more_than: 9}}]
        """
    )
    assert naive(asked, leaves) is holds


# ---- records


def test_a_record_pairs_the_parts_of_a_finding_with_the_leaves() -> None:
    asked = benchmark(FALLS)
    numbers = {"observed": 0.7, "threshold": 0.8}
    part = {"role": "part", "indicator": "x", "evaluator": "falls", "probability": 0.93, "numbers": numbers}
    sign = {"role": "sign", "indicator": "x", "evaluator": "alarm", "probability": 0.2, "numbers": {}}
    finding = {"status": "met", "probability": 0.93, "flags": ["due"], "parts": [part, sign]}
    leaf = TrueLeaf("part", "x", "falls", False)
    found = record(finding, asked, False, [leaf], history="h1", scenario="steady", month=30)
    assert found.parts == (PartRecord("part", "x", "falls", 0.93, False, True, numbers),)
    assert found.naive is True
    assert record_of(json.loads(json.dumps(as_plain(found)))) == found
    with pytest.raises(ValueError, match="the leaves of the rule"):
        record(finding, asked, False, [leaf, leaf], history="h1", scenario="steady", month=30)


def test_findings_that_lie_a_year_apart_tell_no_delay() -> None:
    records, courses = monthly("mmmmmmmmmmmmmmmm", "1111111100000000")
    ends = [each for each in records if each.month % 12 == records[0].month % 12]
    assert "what" in how_soon(records, courses)
    assert how_soon(ends, courses).startswith("These findings lie 12 months apart")


def test_the_tables_are_told() -> None:
    records, courses = monthly("mmmmmmnn", "11110000")
    page = told(records, courses)
    for heading in (
        "Statuses against the truth",
        "Losses noticed",
        "By evaluator",
        "By benchmark",
        "Confidently wrong",
    ):
        assert f"### {heading}" in page
    assert "1 histories, 8 findings, 8 of them" in page
    assert "| falls | 8 | 0.500 |" in page
    for line in page.splitlines():
        assert not line.startswith("|") or line.endswith("|")
