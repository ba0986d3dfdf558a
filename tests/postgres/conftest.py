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
AT_ONCE = "tests/postgres/at_once.py"


@dataclass(frozen=True)
class House:
    """An instance and the environment in which commands find it."""

    folder: Path
    environment: dict[str, str]

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """`primacy WORDS`, or a script of Python."""
        begins = [sys.executable] if words[0].endswith(".py") else [sys.executable, "-m", "primacy"]
        return subprocess.run(
            [*begins, *words], capture_output=True, text=True, env=self.environment, cwd=HERE, check=False
        )

    def begin(self, *words: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment,
            cwd=HERE,
        )  # fmt: skip

    def told(self, what: str) -> Any:
        """What `at_once.py` prints of it."""
        done = self.run(AT_ONCE, what)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


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
        done = made.run("init", "--country", "OST")
        assert done.returncode == 0, done.stdout + done.stderr
        yield made
