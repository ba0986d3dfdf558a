"""The mission file: what it says, what stands where it is silent, and what is wrong with it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from primacy.framework import FrameworkError, Mission, read_mission

WHOLE = """
country: CAF
mandate: {start: 2014-09-15, renewal: 2022-11-15, resolution: "2149 (2014)", electoral: assistance}
baselines:
  - {name: before the mission, from: 2013-09-01, to: 2014-08-31, signed: [planning, political-affairs], because: year before deployment}
  - {name: of tensions, from: 2015-01-01, to: 2015-12-31, signed: [planning, jmac], because: tensions were not recorded before, benchmarks: [O2.M1]}
horizons: {short: [2014-09-15, 2015-12-31], O2.M2: [2015-01-01, 2018-12-31]}
events: {polling_day: 2020-12-27}
capital: CF71
priority_counterparts: [elders, women-groups]
registers: {party_pairs: [army--militia]}
set_aside: [{benchmark: O4.S3, by: mission leadership, on: 2016-03-01, because: another body does it}]
"""


def mission(**fields: Any) -> Mission:
    return Mission.model_validate({"country": "CAF", **fields})


@pytest.fixture
def whole(tmp_path: Path) -> Mission:
    path = tmp_path / "mission.yaml"
    path.write_text(WHOLE, "utf-8")
    return read_mission(path)


def test_a_country_is_enough() -> None:
    silent = mission()
    assert silent.horizon("O2.M2", "medium") is None
    assert silent.mandate.covers("O5.L1")
    assert silent.baselines_for("O2.M2") == []


def test_a_baseline_of_the_benchmark_itself_comes_before_the_common_ones(whole: Mission) -> None:
    assert [each.name for each in whole.baselines_for("O2.M1")] == ["of tensions"]
    assert [each.name for each in whole.baselines_for("O2.M2")] == ["before the mission"]


@pytest.mark.parametrize(
    "missing",
    [{"signed": []}, {"signed": ["planning"]}, {"because": ""}],
    ids=["nobody signed", "one person signed", "no reason is given"],
)
def test_a_baseline_counts_only_when_two_signed_it_and_said_why(missing: dict[str, Any]) -> None:
    baseline = {
        "name": "b",
        "from": "2015-01-01",
        "to": "2015-12-31",
        "signed": ["planning", "jmac"],
        "because": "calm",
        **missing,
    }
    assert mission(baselines=[baseline]).baselines_for("O2.M2") == []


def test_a_horizon_of_the_benchmark_itself_comes_before_that_of_its_term(whole: Mission) -> None:
    assert whole.horizon("O2.M2", "medium") == (date(2015, 1, 1), date(2018, 12, 31))
    assert whole.horizon("O1.S1", "short") == (date(2014, 9, 15), date(2015, 12, 31))
    assert whole.horizon("O1.L1", "long") is None


MANDATES = [
    ("no paragraph names a benchmark: all apply", [], True),
    ("a paragraph names the benchmark", ["O2.M2"], True),
    ("a paragraph names its output", ["O2"], True),
    ("paragraphs name others", ["O5", "O1.S1"], False),
]


@pytest.mark.parametrize(("shows", "named", "covered"), MANDATES, ids=[case[0] for case in MANDATES])
def test_the_mandate(shows: str, named: list[str], covered: bool) -> None:
    found = mission(mandate={"paragraphs": [{"number": "1"}, {"number": "2", "benchmarks": named}]})
    assert found.mandate.covers("O2.M2") is covered


def test_names_stand_for_lists(whole: Mission) -> None:
    assert whole.names("mission.capital") == ["CF71"]
    assert whole.names("mission.priority_counterparts") == ["elders", "women-groups"]
    assert whole.names("mission.party_pairs") == ["army--militia"]
    assert whole.names("mission.nobody") == [] == mission().names("mission.capital")


def test_a_decision_to_set_aside_is_read_as_it_is_written(whole: Mission) -> None:
    (aside,) = whole.set_aside
    assert (aside.benchmark, aside.on) == ("O4.S3", date(2016, 3, 1))


def test_the_mission_survives_a_journey_as_plain_data(whole: Mission) -> None:
    assert Mission.model_validate(whole.model_dump(mode="json", by_alias=True)) == whole


def test_a_baseline_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValidationError, match="before it begins"):
        mission(baselines=[{"name": "b", "from": "2016-01-01", "to": "2015-01-01"}])


ASIDE = {"benchmark": "O2.L1", "by": "head of mission", "on": "2026-01-12", "because": "another body does it"}


@pytest.mark.parametrize(
    ("shows", "changed", "on", "counts"),
    [
        ("a recorded decision", {}, date(2026, 1, 12), True),
        ("before its day", {}, date(2026, 1, 11), False),
        ("by nobody", {"by": " "}, date(2026, 2, 1), False),
        ("for no reason", {"because": ""}, date(2026, 2, 1), False),
        ("on a day that has not come", {"on": "2099-01-12"}, date(2026, 2, 1), False),
    ],
)
def test_a_benchmark_is_set_aside_by_somebody_for_a_reason_from_a_day_on(
    shows: str, changed: dict[str, str], on: date, counts: bool
) -> None:
    assert bool(mission(set_aside=[ASIDE | changed]).in_force(on).set_aside) == counts


def test_numbers_need_no_quotes_where_a_text_is_meant() -> None:
    found = mission(mandate={"resolution": 2149, "paragraphs": [{"number": 30, "benchmarks": ["O2.S1"]}]})
    assert (found.mandate.resolution, found.mandate.paragraphs[0].number) == ("2149", "30")


def test_a_day_that_does_not_exist_is_a_fault_among_the_others(tmp_path: Path) -> None:
    path = tmp_path / "mission.yaml"
    path.write_text("country: CAF\nmandate: {start: 2026-02-30}\ncapitol: CF71\n", "utf-8")
    with pytest.raises(FrameworkError) as raised:
        read_mission(path)
    told = {each.field: f"{each.what}; {each.remedy}" for each in raised.value.problems}
    assert set(told) == {"mandate.start", "capitol"}
    assert told["mandate.start"] == "“2026-02-30” is no day; write a day that there is, such as 2026-01-31"


def test_a_field_that_is_no_list_is_told_how_one_is_written(tmp_path: Path) -> None:
    path = tmp_path / "mission.yaml"
    path.write_text("country: CAF\ncore: O2.S1\n", "utf-8")
    with pytest.raises(FrameworkError, match=r"core: is no list\. Write one in brackets"):
        read_mission(path)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mission.yaml"
    path.write_text("capitol: CF71\nmandate: {electoral: sometimes}\nevents: {polling_day: soon}\n", "utf-8")
    with pytest.raises(FrameworkError) as raised:
        read_mission(path)
    assert {problem.field for problem in raised.value.problems} >= {
        "country",
        "capitol",
        "mandate.electoral",
        "events.polling_day",
    }
    assert all(problem.remedy for problem in raised.value.problems)


UNREADABLE = [
    ("absent", None, "missing"),
    ("not YAML", "country: [", "not readable"),
    ("a list", "- CAF\n", "holds no fields"),
    ("a field twice", "country: CAF\ncore: [O2.S1]\ncore: [O2.M2]\n", "mission.yaml:3: .*`core` stands twice"),
    ("a text without end", f"country: CAF\nname: {'a' * 10_001}\n", "mission.yaml:2: .*longer than 10000 letters"),
    ("a turned text", 'country: CAF\nname: "\u202eACSUNIM"\n', "mission.yaml:2: .*a sign that nobody sees"),
    ("a bell", 'country: CAF\nname: "MINUSCA\\a"\n', "mission.yaml:2: .*a sign that nobody sees"),
    ("a space without width", "country: CAF\nname: MINU\u200bSCA\n", "mission.yaml:2: .*a sign that nobody sees"),
    ("lists in lists without end", f"country: CAF\nname: {'[' * 500 + ']' * 500}\n", "mission.yaml:2: .*more than 60"),
    ("the same, too deep for any machine", f"country: CAF\nname: {'[' * 200_000}\n", "mission.yaml:2: "),
    (
        "the same, line below line",
        "country: CAF\nname:\n" + "\n".join("  " * n + "a:" for n in range(1, 300)),
        "more than 60",
    ),
    (
        "the same, written as a code",
        'country: CAF\nname: "\\u202eACSUNIM"\n',
        "mission.yaml:2: .*a sign that nobody sees",
    ),
]


@pytest.mark.parametrize(("shows", "content", "message"), UNREADABLE, ids=[case[0] for case in UNREADABLE])
def test_a_file_that_cannot_be_read(tmp_path: Path, shows: str, content: str | None, message: str) -> None:
    path = tmp_path / "mission.yaml"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(FrameworkError, match=message):
        read_mission(path)
