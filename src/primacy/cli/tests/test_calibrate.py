"""primacy calibrate: the mission's own history, and the way back."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from primacy.assessment.inputs import read_model, write_model
from primacy.assessment.trends.prior import SHIPPED
from primacy.cli.tests.conftest import Run
from primacy.evidence.store.datasets import Coverage, DatasetVersion
from primacy.evidence.store.store import Store

FEW = ("--simulations", 1000)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The instance of `run`, calibrated as shipped."""
    monkeypatch.setattr("primacy.assessment.trends.prior_learning.SIMULATED", 100)
    write_model(tmp_path / "instance" / "calibration", simulations=1000)
    return tmp_path / "instance"


def with_a_bursting_history(folder: Path, confidentiality: int = 0) -> None:
    """Eight years of attacks on civilians that come in bursts."""
    random = np.random.default_rng(1)
    months = [date(2015 + month // 12, month % 12 + 1, 10) for month in range(96)]
    counts = random.poisson(10.0 * np.exp(1.5 * random.standard_normal(96)))
    rows = [
        {
            "kind": "incident", "category": "violence/one-sided", "item": f"{day}-{number}", "date": day, "area": "XX",
            "level": 0, "measure": "events", "value": 1.0, "confidentiality": confidentiality,
        }
        for day, count in zip(months, counts.tolist(), strict=True)
        for number in range(count)
    ]  # fmt: skip
    now = datetime.now(UTC)
    covered = Coverage(kind="incident", start=date(2015, 1, 1), end=date(2022, 12, 31), areas=("XX",), complete=True)
    version = DatasetVersion(name="Log", lineage="log", format="csv", known=now, imported=now, coverage=(covered,))
    Store(folder / "evidence").add([pa.RecordBatch.from_pylist(rows)], version)


def test_a_bursting_history_makes_the_prior_more_clustered_and_standard_goes_back(run: Run, folder: Path) -> None:
    shipped = (folder / "calibration" / "trend.json").read_bytes()
    with_a_bursting_history(folder)
    code, said, _ = run("calibrate", "--json", *FEW)
    told = json.loads(said)
    assert (code, told["learnt_from"]) == (0, {"series": 1, "years": 8})
    assert told["before"] == told["shipped"] == SHIPPED.as_dict()
    assert told["prior"]["size"] < SHIPPED.size  # months that know nothing of each other: clustered
    assert read_model(folder / "calibration").prior.as_dict() == told["prior"]
    learnt = (folder / "calibration" / "trend.json").read_bytes()
    assert learnt != shipped

    assert run("calibrate", "--quiet", *FEW)[0] == 0
    assert (folder / "calibration" / "trend.json").read_bytes() == learnt

    code, said, _ = run("calibrate", "--standard", *FEW)
    assert code == 0
    assert "The shipped prior is in use again." in said
    assert f"{told['prior']['size']:g} -> {SHIPPED.size:g}" in said
    assert (folder / "calibration" / "trend.json").read_bytes() == shipped


def test_without_history_nothing_is_calibrated_again(run: Run, folder: Path) -> None:
    path = folder / "calibration" / "trend.json"
    before = path.stat()
    code, said, _ = run("calibrate", *FEW)
    assert code == 0
    assert "Read at level 0 (up to Unclassified): 0 events that rules count." in said
    assert "Nothing was calibrated again: the shipped prior stays in use." in said
    assert "--level" not in said  # there is nothing at a higher level either
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_is_confidential_teaches_nothing_unless_asked(run: Run, folder: Path) -> None:
    with_a_bursting_history(folder, confidentiality=2)
    _, said, _ = run("calibrate", *FEW)
    assert "Left out as more confidential: 1," in said
    assert "Confidential." in said
    assert "`primacy calibrate --level 2`" in said
    assert "Learnt from" not in said
    assert read_model(folder / "calibration").prior == SHIPPED
    _, said, _ = run("calibrate", "--level", 2, *FEW)
    assert "Read at level 2 (up to Confidential): 1," in said
    assert "Left out" not in said
    learnt = read_model(folder / "calibration").prior
    assert learnt != SHIPPED

    _, said, _ = run("calibrate", *FEW)  # nothing to read at this level takes nothing back that was learnt at another
    assert "the prior learnt before stays in use" in said
    assert read_model(folder / "calibration").prior == learnt


def test_scripts_are_told_what_was_read_and_what_was_left_out(run: Run, folder: Path) -> None:
    with_a_bursting_history(folder, confidentiality=1)
    _, said, _ = run("calibrate", "--json", *FEW)
    told = json.loads(said)
    assert (told["read"]["level"], told["read"]["events"], list(told["read"]["left_out"])) == (0, 0, ["1"])
    assert told["learnt_from"] == {"series": 0, "years": 0}
    assert told["prior"] == told["before"] == SHIPPED.as_dict()


def test_an_instance_that_was_never_calibrated_is_told_what_to_do(run: Run) -> None:
    code, _, complaint = run("calibrate", *FEW)
    assert code == 2
    assert "primacy init" in complaint


@pytest.mark.parametrize("held", ["{}", '{"networks": [], "simulations": 1000}', "{not closed"])
def test_a_calibration_of_another_version_is_told_and_made_anew(run: Run, folder: Path, held: str) -> None:
    path = folder / "calibration" / "trend.json"
    whole = path.read_bytes()
    path.write_text(held, "utf-8")
    for asked in (("calibrate",), ("assess",)):
        code, _, told = run(*asked)
        assert (code, "trend.json: the calibration is damaged or of another version." in told) == (2, True)
        assert "`primacy calibrate --standard` makes it anew" in told
    assert run("calibrate", "--standard", *FEW)[0] == 0
    assert path.read_bytes() == whole
