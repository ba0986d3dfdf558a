"""The series of a trend area by area: the same months, what was counted there, and never what is not told by place."""

import pytest

from primacy.assessment.finding_json import as_tree, finding_of
from primacy.assessment.trends import trend_chart
from primacy.framework import load

COVERS = {"span": "2016-01-01 to 2026-06-30", "targets": ["*"], "actors": ["*"], "groups": ["*"]}
EVENTS = {
    "kind": "incident", "data": "events", "covers": COVERS,
    "monthly": [
        "2016-01..2026-06 events=24,27,21 area=XX01 target=civilians category=violence/one-sided",
        "2016-01..2026-06 events=6,5,4 area=XX02 target=civilians category=violence/one-sided",
        "2016-01..2026-06 events=1 area=XX target=civilians category=violence/one-sided",
    ],
}  # fmt: skip
MISSION = {"baselines": [{"name": "war", "from": "2021-01-01", "to": "2021-12-31", "signed": ["planning", "jmac"],
                          "because": "the last year of open war"}]}  # fmt: skip


@pytest.fixture
def finding(judge):
    return judge(load().benchmarks["O2.M2"], [EVENTS], id="O2.M2", mission=MISSION)


def chart(finding):
    return next(each for each in finding.charts if each.indicator == "O2.M2/attacks-on-civilians")


def test_each_area_has_the_months_of_the_country_and_its_own_counts(finding):
    series, areas = chart(finding), dict(chart(finding).areas)
    assert list(areas) == ["XX01", "XX02", "XX03", "XX04"]
    assert {len(values) for values in areas.values()} == {len(series.months)}
    assert set(areas["XX02"]) == {4.0, 5.0, 6.0}
    assert set(areas["XX03"]) == {0.0}  # the data set covers it and tells of nothing there


def test_what_is_known_of_the_country_alone_stands_in_no_area(finding):
    series = chart(finding)
    in_areas = [sum(values[month] for _code, values in series.areas) for month in range(len(series.months))]
    assert [country - areas for country, areas in zip(series.values, in_areas, strict=True)] == [1.0] * len(in_areas)


def test_a_package_keeps_them(finding):
    assert finding_of(as_tree(finding)).charts == finding.charts


def test_a_country_of_too_many_areas_has_none(finding, judge, monkeypatch):
    monkeypatch.setattr(trend_chart, "MOST_AREAS", 3)
    again = judge(load().benchmarks["O2.M2"], [EVENTS], id="O2.M2", mission=MISSION)
    assert chart(again).areas == ()
    assert chart(again).values == chart(finding).values
