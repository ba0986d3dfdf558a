"""Between two assessments: which statuses differ, and whether evidence, time, rule or revision did it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from primacy.assessment.changes import Compared, changes
from primacy.assessment.finding import Finding, Phrase
from primacy.evidence.datasets import Coverage, DatasetVersion

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
RULES = {
    "O2.M2": {
        "id": "O2.M2",
        "indicators": {"a": {"kind": "incident"}, "beside": {"kind": "index"}},
        "rule": {"exists": {"indicator": "a"}},
    }
}


def finding(status: str, points: int = 10) -> Finding:
    nothing: dict[str, Any] = {}
    return Finding(
        "O2.M2",
        status,
        None,
        0.5,
        None,
        (),
        (Phrase("x"),),
        Phrase("x"),
        nothing,
        (),
        None,
        (),
        None,
        points,
        False,
        (),
    )


def version(
    id: str, kind: str = "incident", lineage: str = "a", start: str = "2020-01-01", end: str = "2025-12-31"
) -> DatasetVersion:
    covered = Coverage(
        kind=kind, areas=("XX",), start=date.fromisoformat(start), end=date.fromisoformat(end), complete=True
    )
    return DatasetVersion(
        id=id * 12, name=id, lineage=lineage, format="csv", known=MOMENT, imported=MOMENT, coverage=(covered,)
    )


def side(status: str, *versions: DatasetVersion, points: int = 10, **given: Any) -> Compared:
    return Compared(
        **{
            "findings": [finding(status, points)],
            "benchmarks": RULES,
            "mission": {"country": "XX"},
            "versions": versions,
            **given,
        }
    )


OLD = version("a")
BEFORE = side("not met", OLD)
OTHER_RULE = {"O2.M2": {**RULES["O2.M2"], "thresholds": {"fall": {"value": "10 %"}}}}
CASES = [
    # what it shows                                       after                                                                               cause
    ("nothing but the day",                               side("met", OLD),                                                                   "the passing of time"),
    ("a threshold",                                       side("met", OLD, benchmarks=OTHER_RULE),                                            "a changed rule"),
    ("a baseline",                                        side("met", OLD, mission={"country": "XX", "baselines": [{}]}),                     "a changed rule"),
    ("a rule comes before evidence",                      side("met", OLD, version("b", lineage="b"), benchmarks=OTHER_RULE),                 "a changed rule"),
    ("a data set of another source",                      side("met", OLD, version("b", lineage="b")),                                        "new evidence"),
    ("the next release, of later months alone",           side("met", OLD, version("b", start="2026-01-01", end="2026-03-31")),               "new evidence"),
    ("a release that says the same months otherwise",     side("met", OLD, version("b")),                                                     "a revised figure"),
    ("a data set that was withdrawn",                     side("met"),                                                                        "a revised figure"),
    ("more items in what was there",                      side("met", OLD, points=11),                                                        "new evidence"),
    ("a data set of what the rule does not read",         side("met", OLD, version("b", kind="survey", lineage="b")),                         "the passing of time"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "after", "cause"), CASES, ids=[case[0] for case in CASES])
def test_the_cause_of_a_change(shows: str, after: Compared, cause: str) -> None:
    (found,) = changes(BEFORE, after)
    assert (found.benchmark, found.before, found.after, found.cause) == ("O2.M2", "not met", "met", cause)


def test_withdrawing_what_the_rule_does_not_read_is_no_revision_of_it() -> None:
    survey = version("b", kind="survey", lineage="b")
    (found,) = changes(replace(BEFORE, versions=(OLD, survey)), side("met", OLD))
    assert found.cause == "the passing of time"


def test_the_same_status_is_no_change_and_a_new_benchmark_is_none_either() -> None:
    assert changes(BEFORE, side("not met", OLD)) == []
    assert changes(replace(BEFORE, findings=[]), side("met", OLD)) == []
