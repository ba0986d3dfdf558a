"""The pictures of a finding: what is drawn agrees with what the finding says, in every language."""

from dataclasses import replace
from datetime import date

import pytest

from primacy.assessment.finding import Chart, Finding, Part, Phrase
from primacy.assessment.front.pictured import pictures_of, widths_of
from primacy.assessment.views import veiled
from primacy.framework import Mission, load
from primacy.framework.languages import codes

FRAMEWORK = load()
MISSION = Mission.model_validate(
    {
        "country": "XXA",
        "baselines": [
            {"name": "the war", "from": "2020-01-01", "to": "2020-12-31"},
            {"name": "the calm", "from": "2021-07-01", "to": "2022-06-30"},
        ],
        "events": {"agreement": "2021-05-10", "polling_day": "2035-01-01"},
    }
)
MONTHS = tuple(f"{2020 + m // 12}-{m % 12 + 1:02}-01" for m in range(48))
CIVILIANS = "O2.M2/attacks-on-civilians"
NUMBERS = {
    "baseline_events": 120.0, "baseline_months": 12, "events": 60.0, "months": 12, "observed": 0.25, "threshold": 0.8,
    "beside": [{"baseline": "the calm", "baseline_events": 96.0}, {"baseline": "of no mission file", "baseline_events": 9.0}],
}  # fmt: skip


def trend(**more: object) -> Chart:
    given = {
        "indicator": CIVILIANS, "unit": "events a month", "months": MONTHS, "values": (10.0,) * 12 + (5.0,) * 36,
        "baseline": (0, 12), "window": (36, 48), "baseline_level": 10.0, "window_level": 5.0, "window_band": (2.0, 3.0),
        "needed": 8.0, "effort": (100.0,) * 12 + (200.0,) * 36, "at_most": True,
    }  # fmt: skip
    return Chart(**{**given, **more})  # type: ignore[arg-type]


def level(name: str, values: tuple[float | None, ...], needed: float, unit: str = "share") -> Chart:
    return Chart(name, unit, MONTHS[-len(values) :], values, needed=needed)


def part(label: str, evaluator: str, key: str, **numbers: object) -> Part:
    return Part("part", label.split("/")[1], evaluator, 0.5, True, None, False, numbers, Phrase(key), label=label)


def finding(benchmark: str, parts: list[Part], charts: list[Chart]) -> Finding:
    return Finding(
        benchmark, "not met", None, 0.1, 0.1, (), (Phrase("finding.view-due"),), Phrase("path.all"), {}, tuple(parts), None,
        (), None, 3, False, (), charts=tuple(charts),
    )  # fmt: skip


TREND = finding("O2.M2", [part(CIVILIANS, "falls", "trend.fewer", **NUMBERS)], [trend()])


def by_kind(picture):
    return {each.kind: each for each in picture.levels}


def test_both_baselines_are_drawn_each_over_its_own_months():
    (picture,) = pictures_of(TREND, FRAMEWORK, MISSION, "en")
    drawn = by_kind(picture)
    assert (drawn["baseline"].value, drawn["baseline"].span) == (10.0, (0, 12))
    assert (drawn["other"].value, drawn["other"].span) == (8.0, (18, 30))
    assert "the war" in picture.told
    assert "the calm" in picture.told


def test_a_baseline_of_months_to_come_is_not_drawn():
    (picture,) = pictures_of(finding("O2.M2", TREND.parts, [trend(baseline=(40, 52))]), FRAMEWORK, MISSION, "en")
    assert "baseline" not in by_kind(picture)
    assert "the war" not in picture.told


def test_where_rates_decide_what_is_needed_is_drawn_as_counts_of_today():
    """Looked twice as hard, twenty events a month would be as many as ten were, so 16 are asked for and not 8."""
    (picture,) = pictures_of(TREND, FRAMEWORK, MISSION, "en")
    drawn = by_kind(picture)
    assert (drawn["expected"].value, drawn["needed"].value, drawn["now"].value) == (20.0, 16.0, 5.0)
    assert picture.band == (4.0, 6.0)
    assert picture.effort is not None


def test_where_counts_decide_nothing_is_corrected_and_steady_effort_is_not_drawn():
    chart = trend(effort=(100.0,) * 48)
    counted = finding("O2.M2", [part(CIVILIANS, "falls", "trend.fewer", **{**NUMBERS, "observed": 0.5})], [chart])
    (picture,) = pictures_of(counted, FRAMEWORK, MISSION, "en")
    assert "expected" not in by_kind(picture)
    assert by_kind(picture)["needed"].value == 8.0
    assert picture.effort is None


def test_a_fall_is_needed_to_or_below_and_a_share_to_or_above():
    (fall,) = pictures_of(TREND, FRAMEWORK, MISSION, "en")
    assert by_kind(fall)["needed"].figure == "16 or less"
    share = finding("O1.S2", [part("O1.S2/counterparts-met", "share", "level.share.at-least", threshold=0.8)],
                    [level("O1.S2/counterparts-met", (0.5,) * 36, 0.8)])  # fmt: skip
    (reached,) = pictures_of(share, FRAMEWORK, MISSION, "en")
    assert by_kind(reached)["needed"].figure == "80 % or more"
    assert reached.steps
    assert reached.share


def test_two_thresholds_of_one_series_stand_in_one_picture():
    name = "O3.M6/expenditure-outturn"
    parts = [
        part(name, "reaches", f"level.share.{key}", threshold=asked)
        for key, asked in (("at-least", 0.85), ("at-most", 1.15))
    ]
    (picture,) = pictures_of(
        finding("O3.M6", parts, [level(name, (0.9,) * 36, asked) for asked in (0.85, 1.15)]), FRAMEWORK, MISSION, "en"
    )
    assert [(each.kind, each.value) for each in picture.levels] == [("needed", 0.85), ("needed", 1.15)]


def test_those_side_by_side_share_a_scale_where_they_share_a_unit():
    charts = [trend(), trend(indicator="O2.M2/a", values=(1.0,) * 48), trend(indicator="O2.M2/b", values=(90.0,) * 48)]
    first, *others = pictures_of(replace(TREND, charts=tuple(charts)), FRAMEWORK, MISSION, "en")
    assert first.top is None
    assert {each.greatest() for each in others} == {90.0}
    assert widths_of((first, *others)) == [(False, True), (True,), (True,)]


@pytest.mark.parametrize("language", codes())
def test_only_events_of_the_months_shown_are_told_and_no_template_is_left_open(language):
    (picture,) = pictures_of(TREND, FRAMEWORK, MISSION, language)
    assert "2021" in picture.told
    assert "2035" not in picture.told
    assert "{" not in picture.told + "".join(each.words + each.figure for each in picture.levels)


def test_before_the_readers_own_view_nothing_is_drawn_that_tells_the_verdict():
    (picture,) = pictures_of(veiled(TREND), FRAMEWORK, MISSION, "en")
    assert (picture.levels, picture.band, picture.window, picture.baseline, picture.steps) == (
        (),
        None,
        None,
        None,
        False,
    )


def test_months_are_told_by_what_is_known_of_them():
    chart = trend(values=(None, None, *(4.0,) * 40, None, *(4.0,) * 5), incomplete_from=47)
    (picture,) = pictures_of(replace(TREND, charts=(chart,)), FRAMEWORK, MISSION, "en")
    assert "Months that nobody covered: 1." in picture.told
    assert f"from {date.fromisoformat(MONTHS[47]):%b %Y} on" in picture.told
