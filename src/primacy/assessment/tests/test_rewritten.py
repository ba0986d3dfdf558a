"""What is written today cannot claim an earlier day: the last assessment tells by what it judged."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from primacy.assessment.checks.rewritten import narrowed, rewritten
from primacy.assessment.packages.package import JudgedBy, last_of, write
from primacy.assessment.tests.building import AS_OF, SUBJECT, Setting
from primacy.assessment.trends.trend import TrendModel
from primacy.framework import Mission, load

LAW = "indicators: {law: {kind: law, measure: stage, aggregate: distinct}}\nrule: {exists: {indicator: law}}"
DAY = date(2026, 6, 30)
KNOWN = datetime(2026, 6, 30, tzinfo=UTC)
FILE = "id: O2.M2\nchanged: {{by: [planning, police], on: {on}, because: agreed}}\nthresholds: {{fall: {{value: {value}}}}}\n"


def overlay(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(content, "utf-8")
    return folder


def judged(folder: Path, mission: Mission | None = None, standard: str | None = None) -> JudgedBy:
    """By what an assessment of the day would have judged with what the folder holds."""
    held = (mission or Mission(country="CAF")).in_force(DAY)
    return JudgedBy(DAY, KNOWN, held, load(folder, DAY).as_dict(), load().hash if standard is None else standard)


def bar(on: str, value: str) -> str:
    return FILE.format(on=on, value=value)


BARS = [
    # what it shows                                          what was there                     what is there now                                                   where
    ("nothing was written",                                  {},                                {},                                                                 []),
    ("a bar with an old day, written since",                 {},                                {"a": bar("2015-01-05", "5 %")},                                    [("a.yaml", "changed.on")]),
    ("a bar of today, which counts from the next round on",  {},                                {"a": bar("2026-06-29", "5 %")},                                    []),
    ("a bar that was there",                                 {"a": bar("2026-01-05", "30 %")},  {"a": bar("2026-01-05", "30 %")},                                   []),
    ("a signed bar lowered under its old signatures",        {"a": bar("2026-01-05", "30 %")},  {"a": bar("2026-01-05", "5 %")},                                    [("a.yaml", "changed.on")]),
    ("a signed bar taken away",                              {"a": bar("2026-01-05", "30 %")},  {},                                                                 [("O2.M2.yaml", "thresholds")]),
    ("a signed bar replaced by one of today in its place",   {"a": bar("2026-01-05", "30 %")},  {"a": bar("2026-06-29", "5 %")},                                    [("O2.M2.yaml", "thresholds")]),
    ("another one of today beside it",                       {"a": bar("2026-01-05", "30 %")},  {"a": bar("2026-01-05", "30 %"), "b": bar("2026-06-29", "5 %")},    []),
    ("words and confirmations",                              {},                                {"a": "id: O2.M2\ntitle: Less\nthresholds: {fall: {confirmed: {by: me, on: 2026-01-05, because: so}}}\n"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "then", "now", "told"), BARS, ids=[case[0] for case in BARS])
def test_a_bar_is_what_the_last_assessment_judged_by_until_the_next_round(
    tmp_path: Path, shows: str, then: dict[str, str], now: dict[str, str], told: list[tuple[str, str]]
) -> None:
    last = judged(overlay(tmp_path / "then", **then))
    found = list(rewritten(overlay(tmp_path / "now", **now), None, last))
    assert [(each.file, each.field) for each in found] == told
    assert all("the assessment of 2026-06-30" in each.what for each in found)


def test_of_two_signed_files_the_later_lies_over_the_earlier_from_its_round_on(tmp_path: Path) -> None:
    folder = overlay(tmp_path / "now", b=bar("2026-01-05", "30 %"), a=bar("2026-06-29", "5 %"))
    bars = [load(folder, date(2026, month, 1)).benchmarks["O2.M2"].thresholds["fall"].value for month in (1, 4, 7)]
    assert bars == ["20 %", "30 %", "5 %"]


def test_a_new_release_of_the_standard_is_no_change_by_the_mission(tmp_path: Path) -> None:
    last = judged(overlay(tmp_path / "then", a=bar("2026-01-05", "30 %")), standard="sha256:of an earlier release")
    assert list(rewritten(overlay(tmp_path / "now"), None, last)) == []


# ---- the mission file

LISTS = {"country": "CAF", "registers": {"bound_actors": ["army", "rebels"]}, "priority_counterparts": ["presidency"]}
SIGNED = {"by": ["a", "b"], "because": "split"}
BASELINE = {"name": "first", "from": "2015-01-01", "to": "2015-12-31", "signed": ["a", "b"], "because": "calm"}
OTHER = {**BASELINE, "name": "other", "from": "2013-01-01", "to": "2013-12-31"}


def mission(**fields: Any) -> Mission:
    return Mission.model_validate(LISTS | fields)


def shorter(on: str, **other: Any) -> Mission:
    return mission(changes=[{"register": "bound_actors", "to": ["army"], "on": on, **SIGNED}], **other)


MISSIONS = [
    # what it shows                                   the mission file then                  now                                                                        where
    ("nothing was written",                           mission(),                             mission(),                                                                 []),
    ("a list rewritten in place",                     mission(),                             mission(registers={"bound_actors": ["army"]}, priority_counterparts=[]),   ["registers.bound_actors", "priority_counterparts"]),
    ("a change of today",                             mission(),                             shorter("2026-06-29"),                                                     []),
    ("a change with an old day, written since",       mission(),                             shorter("2015-01-05"),                                                     ["registers.bound_actors"]),
    ("a change that was there, written in",           shorter("2026-02-01"),                 mission(registers={"bound_actors": ["army"]}),                             []),
    ("a norm rewritten in place",                     mission(norms={"killings": 12}),       mission(norms={"killings": 20}),                                           ["norms.killings"]),
    ("the days of a baseline moved",                  mission(baselines=[BASELINE]),         mission(baselines=[{**BASELINE, "from": "2014-01-01"}]),                   ["baselines"]),
    ("a baseline put before it without a day",        mission(baselines=[BASELINE]),         mission(baselines=[OTHER, BASELINE]),                                      ["baselines"]),
    ("one put before it with an old day",             mission(baselines=[BASELINE]),         mission(baselines=[{**OTHER, "on": "2015-01-05"}, BASELINE]),              ["baselines"]),
    ("one put before it today",                       mission(baselines=[BASELINE]),         mission(baselines=[{**OTHER, "on": "2026-06-29"}, BASELINE]),              []),
    ("a baseline taken away",                         mission(baselines=[BASELINE]),         mission(),                                                                 ["baselines"]),
    ("the first baseline of the mission",             mission(),                             mission(baselines=[BASELINE]),                                             []),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "then", "now", "told"), MISSIONS, ids=[case[0] for case in MISSIONS])
def test_lists_norms_and_baselines_are_those_that_the_last_assessment_read(
    tmp_path: Path, shows: str, then: Mission, now: Mission, told: list[str]
) -> None:
    folder = overlay(tmp_path / "now")
    assert [each.field for each in rewritten(folder, now, judged(folder, then))] == told


def test_a_baseline_of_today_decides_from_the_next_round_on() -> None:
    new = mission(baselines=[{**OTHER, "on": "2026-06-29"}, BASELINE])
    days = [date(2026, 6, 30), date(2026, 7, 1)]
    assert [new.in_force(day).baselines_for("O2.M2")[0].name for day in days] == ["first", "other"]


def test_the_package_tells_by_what_it_judged(tmp_path: Path, model: TrendModel) -> None:
    setting = Setting(model, {SUBJECT: LAW})
    inputs = setting.inputs()
    path = tmp_path / "one.zip"
    write(path, inputs, setting.assess())
    found = last_of(tmp_path)
    assert found is not None
    assert (found.day, found.standard) == (AS_OF, load().hash)
    assert (found.mission, found.framework) == (inputs.mission, inputs.framework.as_dict())
    assert last_of(tmp_path / "none") is None


ASIDE = {"benchmark": "O2.M6", "by": "head of mission", "because": "another body does it"}
DECISIONS = [
    # what it shows                                       on which day              told before    where
    ("a decision that claims a day before it was written", date(2026, 2, 1),        [],            ["set_aside.0.on"]),
    ("a decision of the day",                              DAY,                     [],            []),
    ("a decision that was there",                          date(2026, 2, 1),        [date(2026, 2, 1)], []),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "on", "before", "told"), DECISIONS, ids=[case[0] for case in DECISIONS])
def test_what_was_judged_is_not_set_aside_as_of_a_day_before(
    tmp_path: Path, shows: str, on: date, before: list[date], told: list[str]
) -> None:
    then = Mission.model_validate({"country": "CAF", "set_aside": [{**ASIDE, "on": each} for each in before]})
    now = Mission.model_validate({"country": "CAF", "set_aside": [{**ASIDE, "on": on}]})
    folder = overlay(tmp_path / "none")
    assert [each.field for each in rewritten(folder, now, judged(folder, then))] == told


NARROWED = [
    # what it shows                      what the mission file says now                                          where
    ("nothing",                          {},                                                                     {}),
    ("a mandate of one output",          {"mandate": {"paragraphs": [{"number": "1", "benchmarks": ["O1", "O2", "O3", "O4", "O5.S1"]}]}}, {"mandate": "O5.S2"}),
    ("another electoral mandate",        {"mandate": {"electoral": "none"}},                                     {"mandate": "O5.M2"}),
    ("a horizon that begins later",      {"horizons": {"O2.M2": [date(2030, 1, 1), date(2031, 1, 1)]}},          {"horizons": "O2.M2"}),
    ("a horizon that has begun",         {"horizons": {"O2.M2": [date(2026, 1, 1), date(2031, 1, 1)]}},          {}),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "content", "where"), NARROWED, ids=[case[0] for case in NARROWED])
def test_what_the_mission_file_leaves_out_since_is_warned_of(
    tmp_path: Path, shows: str, content: dict[str, Any], where: dict[str, str]
) -> None:
    now = Mission.model_validate({"country": "CAF", **content})
    found = list(narrowed(now, load(), judged(overlay(tmp_path / "none"))))
    assert {each.field for each in found} == set(where)
    assert all(where[each.field] in each.what for each in found)
