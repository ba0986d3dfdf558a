"""The standard framework is whole, and a mission's overlay changes it field by field."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from primacy.framework import Framework, FrameworkError, load
from primacy.framework.grammar import FLAGS
from primacy.framework.loading import STANDARD

FRAMEWORK = load()
IDS = list(FRAMEWORK.benchmarks)
OF_EACH_OUTPUT = {"O1": 7, "O2": 14, "O3": 17, "O4": 11, "O5": 16}


SIGNED = "changed: {by: [planning, police], on: 2026-01-31, because: the mandate says so}\n"


def overlay(folder: Path, **files: str) -> Path:
    """A folder of changes, each signed by two people."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        signed = content + SIGNED if content.startswith(("id: O", "about")) or "\nid: O" in content else content
        (folder / f"{name}.yaml").write_text(signed, "utf-8")
    return folder


def test_there_are_65_benchmarks_under_five_outputs() -> None:
    assert {output.id: len(FRAMEWORK.of_output(output.id)) for output in FRAMEWORK.outputs} == OF_EACH_OUTPUT
    assert len(IDS) == 65


def test_benchmarks_come_by_output_then_short_medium_long_then_number() -> None:
    def place(id: str) -> tuple[str, int, int]:
        output, rest = id.split(".")
        return output, "SML".index(rest[0]), int(rest[1:])

    assert sorted(IDS, key=place) == IDS


@pytest.mark.parametrize("id", IDS)
def test_the_horizon_is_that_of_the_id_and_the_file_bears_its_name(id: str) -> None:
    benchmark = FRAMEWORK.benchmarks[id]
    assert benchmark.horizon[0].upper() == id.split(".")[1][0]
    assert (STANDARD / benchmark.output / f"{id}.yaml").is_file()


def test_a_language_that_is_not_there_is_answered_in_english_and_says_so() -> None:
    text, own = FRAMEWORK.text("O2.M2", "title", "xx")
    assert (text, own) == (FRAMEWORK.benchmarks["O2.M2"].title, False)


@pytest.mark.parametrize("id", IDS)
def test_a_threshold_is_called_published_only_when_the_register_lists_it_for_this_benchmark(id: str) -> None:
    for name, threshold in FRAMEWORK.benchmarks[id].thresholds.items():
        if threshold.source is not None:
            assert threshold.source in FRAMEWORK.published, name
            assert id in FRAMEWORK.published[threshold.source].used_by, name
        assert threshold.unit.strip(), name
        assert not threshold.standard or FRAMEWORK.is_published(threshold), name
        assert not FRAMEWORK.is_confirmed(threshold) or FRAMEWORK.is_published(threshold), name


def test_every_published_threshold_says_what_where_and_for_whom() -> None:
    for entry in FRAMEWORK.published.values():
        assert entry.says.strip()
        assert entry.source.strip()
        assert set(entry.used_by) <= set(IDS), entry.id
        assert entry.status == "recalled" or entry.checked, entry.id


@pytest.mark.parametrize("id", IDS)
def test_every_benchmark_says_what_would_lose_it_what_misleads_and_what_to_collect(id: str) -> None:
    benchmark = FRAMEWORK.benchmarks[id]
    assert benchmark.reversal
    assert benchmark.misleads.strip()
    assert benchmark.collect
    assert set(benchmark.flags) <= set(FLAGS)
    assert len(benchmark.short) <= 24


def test_the_indicator_of_attacks_on_civilians_keeps_its_name() -> None:
    assert "attacks-on-civilians" in FRAMEWORK.benchmarks["O2.M2"].indicators


def test_the_framework_survives_a_journey_as_plain_data() -> None:
    again = Framework.from_dict(FRAMEWORK.as_dict())
    assert again.hash == FRAMEWORK.hash
    assert list(again.benchmarks) == IDS
    assert again.benchmarks["O2.M2"].rule == FRAMEWORK.benchmarks["O2.M2"].rule


# ---- the overlay


def test_an_absent_or_empty_overlay_changes_nothing(tmp_path: Path) -> None:
    assert load(tmp_path / "absent").hash == FRAMEWORK.hash == load(overlay(tmp_path / "empty")).hash


def test_one_field_of_one_threshold_is_changed_and_everything_else_stays(tmp_path: Path) -> None:
    changed = load(overlay(tmp_path, change="id: O2.M2\nthresholds: {fall: {value: 30 %}}\n"))
    before, after = FRAMEWORK.benchmarks["O2.M2"], changed.benchmarks["O2.M2"]
    assert after.thresholds["fall"].value == "30 %"
    assert after.thresholds["fall"].unit == before.thresholds["fall"].unit
    assert after.model_copy(update={"thresholds": before.thresholds}) == before
    assert changed.changed == frozenset({"O2.M2"})
    assert changed.hash != FRAMEWORK.hash
    assert [id for id in IDS if changed.benchmarks[id] != FRAMEWORK.benchmarks[id]] == ["O2.M2"]


def test_a_rule_is_replaced_whole(tmp_path: Path) -> None:
    rule = "{falls: {indicator: attacks-on-civilians, by: fall, window: 24 months, against: baseline}}"
    after = load(overlay(tmp_path, change=f"id: O2.M2\nrule: {rule}\n")).benchmarks["O2.M2"]
    assert after.rule.head == "falls"
    assert after.rule.veto == []
    assert list(after.indicators) == list(FRAMEWORK.benchmarks["O2.M2"].indicators)


def test_a_list_is_replaced_whole_and_an_indicator_is_added_beside_the_others(tmp_path: Path) -> None:
    content = "id: O2.M2\nbeside: [O2.L1]\nindicators: {deaths: {kind: incident, measure: deaths, aggregate: rate}}\n"
    after = load(overlay(tmp_path, change=content)).benchmarks["O2.M2"]
    assert after.beside == ["O2.L1"]
    assert list(after.indicators) == [*FRAMEWORK.benchmarks["O2.M2"].indicators, "deaths"]


@pytest.mark.parametrize(
    "day", ["on: 2026-01-15", '"on": "2026-01-15"'], ids=["as a planner writes it", "between quotes"]
)
def test_a_default_is_confirmed_by_somebody_on_a_day_for_a_reason(tmp_path: Path, day: str) -> None:
    content = f"id: O2.M2\nthresholds: {{fall: {{confirmed: {{by: planning, {day}, because: agreed in the MLT}}}}}}\n"
    after = load(overlay(tmp_path, change=content))
    threshold = after.benchmarks["O2.M2"].thresholds["fall"]
    assert after.is_confirmed(threshold)
    assert not after.is_published(threshold)
    assert threshold.confirmed is not None
    assert threshold.confirmed.on == date(2026, 1, 15)


def test_a_retired_benchmark_is_left_out(tmp_path: Path) -> None:
    assert "O2.M2" not in load(overlay(tmp_path, change="id: O2.M2\nretired: true\n")).benchmarks


def test_a_benchmark_of_the_mission_own_takes_its_place_in_the_order(tmp_path: Path) -> None:
    content = dict(yaml.safe_load((STANDARD / "O2" / "O2.M2.yaml").read_text("utf-8")), id="O2.M8")
    found = list(load(overlay(tmp_path, own=yaml.safe_dump(content))).benchmarks)
    assert found.index("O2.M8") == found.index("O2.M7") + 1
    assert len(found) == 66


def test_every_fault_of_every_file_is_told_at_once_with_file_field_and_remedy(tmp_path: Path) -> None:
    folder = overlay(
        tmp_path,
        one="id: O2.M2\nhorizon: soon\ncolour: red\n",
        two="id: O1.S1\nthresholds: {x: {value: 3}}\n",
        three="title: nobody's\n",
        four="id: [unclosed\n",
        five="- a list\n",
    )
    with pytest.raises(FrameworkError) as raised:
        load(folder)
    found = {(problem.file, problem.field) for problem in raised.value.problems}
    assert {
        ("one.yaml", "horizon"), ("one.yaml", "colour"), ("two.yaml", "thresholds.x.unit"), ("three.yaml", "id"),
        ("four.yaml", ""), ("five.yaml", ""),
    } <= found  # fmt: skip
    assert all(problem.what and problem.remedy for problem in raised.value.problems)
    unreadable = next(problem for problem in raised.value.problems if problem.file == "four.yaml")
    assert unreadable.line is not None
    assert f"four.yaml:{unreadable.line}:" in str(raised.value)
