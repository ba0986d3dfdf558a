"""primacy compare and primacy backtest: what is asked wrongly is refused, and each says one object with --json."""

import csv
import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from primacy.assessment.assessing import assess
from primacy.assessment.packages import package
from primacy.assessment.tests.building import KNOWN, SUBJECT, Setting
from primacy.assessment.trends.trend import TrendModel
from primacy.cli import Context
from primacy.cli.backtest import backtest
from primacy.cli.compare import compare
from primacy.cli.explain import explain
from primacy.evidence.errors import BadInput
from primacy.evidence.shown.datasets_told import and_more
from primacy.framework.instance import Instance

LAW = """
indicators: {law: {kind: law, measure: stage, aggregate: distinct, pass: {stage: adopted}, fresh: 10 years}}
rule: {exists: {indicator: law, min: 1}}
"""
TABLED = {"kind": "law", "known": "2025-01-01", "points": ["2024-06-01 L stage=3 grade=A1"]}
ADOPTED = {"kind": "law", "known": "2026-02-01", "data": "gazette", "points": ["2025-06-01 L stage=4 grade=A1"]}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, model: TrendModel) -> Path:
    """Two stored assessments of one benchmark, and a calibration."""
    found = Instance(tmp_path_factory.mktemp("made"))
    found.mission_file.write_text("country: XX\n", "utf-8")
    found.calibration.mkdir()
    (found.calibration / "trend.json").write_text(json.dumps(model.as_dict()), "utf-8")
    for name, evidence in (("aaaaaaaaaaaa", [TABLED]), ("bbbbbbbbbbbb", [TABLED, ADOPTED])):
        inputs = Setting(model, {SUBJECT: LAW}, evidence).inputs()
        known = datetime(2025, 6, 1, tzinfo=UTC) if len(evidence) == 1 else KNOWN
        assessment = assess(inputs, as_of=date(2026, 6, 30), known=known)
        package.write(found.assessments / f"{name}.zip", inputs, assessment)
    return found.folder


@pytest.fixture
def instance(made: Path, tmp_path: Path) -> Instance:
    """A copy, to be changed at will."""
    shutil.copytree(made, tmp_path / "instance")
    return Instance(tmp_path / "instance")


def run(command: object, instance: Instance, *arguments: str, as_json: bool = False) -> Result:
    return CliRunner().invoke(command, list(arguments), obj=Context(instance, as_json, False))  # type: ignore[arg-type]


def test_a_change_names_its_cause_and_what_it_did(instance: Instance) -> None:
    said = run(compare, instance, "aaaa", "bbbb").output
    assert f"{SUBJECT:<6}" in said
    assert "(new evidence)" in said
    assert "+100% of the way new evidence" in said


def test_scripts_get_the_contributions_and_the_second_time_they_are_read(instance: Instance) -> None:
    first = json.loads(run(compare, instance, "aaaa", "bbbb", as_json=True).output)
    (change,) = first["changes"]
    assert (change["benchmark"], change["cause"]) == (SUBJECT, "new evidence")
    assert sum(each["probability"] for each in change["contributions"]) == pytest.approx(
        change["probability"]["change"], abs=1e-12
    )
    assert sum(each["status"] for each in change["contributions"]) == 1
    assert list(instance.comparisons.glob("*.json"))
    assert json.loads(run(compare, instance, "aaaa", "bbbb", as_json=True).output) == first


def test_an_assessment_and_itself(instance: Instance) -> None:
    assert json.loads(run(compare, instance, "aaaa", "aaaa", as_json=True).output) == {"changes": [], "moved": []}
    assert "No status differs." in run(compare, instance, "aaaa", "aaaa").output


def test_an_assessment_that_is_not_there_is_named(instance: Instance) -> None:
    found = run(compare, instance, "aaaa", "cccc")
    assert isinstance(found.exception, BadInput)


def test_a_backtest_gives_a_strip_a_table_and_an_object(instance: Instance, tmp_path: Path) -> None:
    asked = ["--from", "2026-01-31", "--to", "2026-02-28", "--only", "O2.M2", "--event", "relapse=2026-02-01"]
    said = run(backtest, instance, *asked, "--csv", str(tmp_path / "months.csv")).output
    assert "Never judged for want of evidence, or not due: O2.M2" in said
    assert "No reversal was called within two years of relapse." in said
    rows = list(csv.DictReader((tmp_path / "months.csv").open(encoding="utf-8")))
    assert [(row["as_of"], row["benchmark"]) for row in rows] == [("2026-01-31", "O2.M2"), ("2026-02-28", "O2.M2")]
    told = json.loads(run(backtest, instance, *asked, as_json=True).output)
    assert told["backtest"]["events"] == {"relapse": "2026-02-01"}
    assert told["benchmarks"][0]["statuses"] == [row["status"] for row in rows]


@pytest.mark.parametrize(
    "wrong", [["--every", "weekly"], ["--knowledge", "perfect"], ["--only", "O9.S1"], ["--event", "soon"]]
)
def test_what_makes_no_sense_is_refused(instance: Instance, wrong: list[str]) -> None:
    found = run(backtest, instance, "--from", "2026-01-31", "--to", "2026-02-28", *wrong)
    assert isinstance(found.exception, BadInput)


def test_an_explanation_says_where_nobody_has_read_its_translation(instance: Instance) -> None:
    assert run(explain, instance, SUBJECT, "--language", "fr").output.startswith("(traduction non encore relue)")
    assert json.loads(run(explain, instance, SUBJECT, "--language", "fr", as_json=True).output)["reviewed"] is False
    assert run(explain, instance, SUBJECT).output.startswith(SUBJECT)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "and 3 more of 8"), ("fr", "et 3 de plus sur 8"), ("ar", "غيرها من")],
)
def test_how_many_data_points_are_not_shown_is_said_in_the_language(language: str, said: str) -> None:
    told = and_more(5, 8, language)
    assert said in told
    assert (" more " in told) is (language == "en")
