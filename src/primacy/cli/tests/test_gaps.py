"""primacy gaps: one letter a month, and one object for scripts."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result

from primacy.cli import Context
from primacy.cli.gaps import gaps
from primacy.evidence.errors import BadInput
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    """A mission with one law that was told today, and no assessment."""
    (tmp_path / "mission.yaml").write_text("country: CAF\n", "utf-8")
    now = datetime.now(UTC)
    row = {
        "kind": "law",
        "item": "a",
        "date": now.date(),
        "area": "CAF",
        "level": 0,
        "measure": "stage",
        "value": 2.0,
    }
    version = DatasetVersion(name="Laws", lineage="laws", format="csv", known=now, imported=now)
    Store(tmp_path / "evidence").add([pa.RecordBatch.from_pylist([row])], version)
    return Instance(tmp_path)


def run(instance: Instance, *arguments: str, as_json: bool = False) -> Result:
    return CliRunner().invoke(gaps, list(arguments), obj=Context(instance, as_json, False))


def test_each_kind_is_a_line_of_letters(instance: Instance) -> None:
    done = run(instance, "--months", "3")
    assert done.exit_code == 0
    assert "  law  ..#\n" in done.output
    assert "No assessment yet" in done.output
    assert "no release followed another" in done.output


def test_scripts_get_one_object_with_every_kind(instance: Instance) -> None:
    told = json.loads(run(instance, "--months", "3", as_json=True).output)
    (law,) = [each for each in told["kinds"] if each["kind"] == "law"]
    assert (law["marks"], law["fresh"], law["rows"]) == (["missing", "missing", "full"], [0, 0, 1], [0, 0, 1])
    assert (told["collect"], told["delays"]) == ([], [])


def test_an_area_that_is_not_there_is_bad_input(instance: Instance) -> None:
    done = run(instance, "--area", "CF99")
    assert isinstance(done.exception, BadInput)
    assert "no boundaries were imported" in str(done.exception)
