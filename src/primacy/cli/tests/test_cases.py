"""primacy framework cases: what planners expect of their rules, tried before anybody signs them."""

import json
from pathlib import Path

import pytest

from primacy.assessment.trends.trend import TrendModel
from primacy.cli.tests.conftest import Run

CASES = """
benchmark: O2.S1
mission: {registers: {bound_actors: [government, front]}}
cases:
  - case: those who signed do eight tenths of the killing
    evidence:
      - kind: incident
        covers: {span: 2020-01-01 to 2026-06-30, targets: ["*"], actors: ["*"], groups: ["*"]}
        monthly:
          - 2023-01..2026-06 deaths=24 actor=government target=front category=violence/state-based
          - 2023-01..2026-06 deaths=6 actor=government target=bandits category=violence/state-based
    status: STATUS
"""
UNSIGNED = "id: O2.S1\nthresholds: {bound: {value: 90 %}}\n"


@pytest.fixture
def instance(run: Run, tmp_path: Path, model: TrendModel) -> Path:
    """A mission whose planner asks for nine tenths, which nobody signed yet."""
    folder = tmp_path / "instance"
    for name, content in (
        ("calibration/trend.json", json.dumps(model.as_dict())),
        ("framework/O2.S1.yaml", UNSIGNED),
        ("cases/ceasefire.yaml", CASES.replace("STATUS", "not met")),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return folder


def test_a_rule_is_tried_before_anybody_signs_it(instance: Path, run: Run) -> None:
    code, out, _err = run("framework", "cases")
    assert (code, out.splitlines()) == (
        0,
        [
            "ceasefire.yaml: those who signed do eight tenths of the killing: as expected",
            "cases tried: 1. Otherwise than expected: 0.",
        ],
    )


def test_where_the_rules_find_otherwise_the_command_ends_with_one_and_tells_both(instance: Path, run: Run) -> None:
    (instance / "cases" / "ceasefire.yaml").write_text(CASES.replace("STATUS", "met"), "utf-8")
    code, out, _err = run("framework", "cases")
    assert code == 1
    assert "  status: not met; expected: met" in out
    assert "80 %" in out
    code, out, _err = run("--json", "framework", "cases", "--language", "fr")
    (told,) = json.loads(out)["cases"]
    assert (code, told["status"], told["differs"]) == (
        1,
        "not met",
        ["status\u00a0: not met\u00a0; attendu\u00a0: met"],
    )


def test_a_fault_in_a_case_is_told_with_its_place(instance: Path, run: Run) -> None:
    (instance / "cases" / "ceasefire.yaml").write_text(CASES.replace("STATUS", "good"), "utf-8")
    code, out, _err = run("framework", "cases")
    assert code == 1
    assert "ceasefire.yaml:12: cases.0.status: “good” is none of met" in out


def test_a_broken_file_hides_neither_the_cases_nor_the_faults_of_others(instance: Path, run: Run) -> None:
    (instance / "cases" / "binary.yaml").write_bytes(b"\xff\x00")
    (instance / "cases" / "empty.yaml").write_text("", "utf-8")
    (instance / "framework" / "O3.L6.yaml").write_text(
        "id: O3.L6\nretired: true\nchanged: {by: [planning, police], on: 2026-01-31, because: no mandate}\n", "utf-8"
    )
    (instance / "cases" / "retired.yaml").write_text("cases: [{case: x, benchmark: O3.L6, status: met}]\n", "utf-8")
    code, out, _err = run("framework", "cases")
    assert code == 1
    for told in ("binary.yaml: is not readable", "empty.yaml: holds no fields", "the mission set O3.L6 aside"):
        assert told in out
    assert "ceasefire.yaml: those who signed do eight tenths of the killing: as expected" in out


def test_without_cases_it_says_where_they_go(run: Run) -> None:
    code, out, err = run("framework", "cases")
    assert code == 2
    assert "There is no file of cases in" in out + err
