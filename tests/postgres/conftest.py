"""Instances on both databases: of SQLite, and of PostgreSQL on a server that is thrown away."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.postgres.server import server

HERE = Path(__file__).parents[2]


@dataclass(frozen=True)
class House:
    """An instance and the environment in which commands find it."""

    folder: Path
    environment: dict[str, str]

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *words], capture_output=True, text=True, env=self.environment, cwd=HERE, check=False
        )


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def house(request: pytest.FixtureRequest, model: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A new instance, as `primacy init` makes it."""
    from primacy.assessment.inputs import MODEL

    folder = tmp_path_factory.mktemp(request.param)
    (folder / "calibration").mkdir()
    (folder / "calibration" / MODEL).write_text(json.dumps(model.as_dict()), "utf-8")
    paths = os.pathsep.join(each for each in (str(HERE), os.environ.get("PYTHONPATH", "")) if each)
    settings = {
        "PRIMACY_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "primacy.web.settings", "PYTHONPATH": paths,
    }  # fmt: skip
    with ExitStack() as stack:
        environment = {name: value for name, value in os.environ.items() if name != "PRIMACY_DATABASE_URL"} | settings
        if request.param == "postgresql":
            (folder / "database.url").write_text(stack.enter_context(server()))
            (folder / "database.url").chmod(0o600)
        made = House(folder, environment)
        done = made.run("-m", "primacy", "init", "--country", "OST")
        assert done.returncode == 0, done.stdout + done.stderr
        yield made


@pytest.fixture(scope="session")
def happened(house: House) -> dict[str, Any]:
    """What `at_once.py` tells of that instance."""
    done = house.run("tests/postgres/at_once.py")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
