"""The type of record that the README of `records` shows in full is one: its files, and the command that makes its table."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
README = (HERE / "src/primacy/records/README.md").read_text("utf-8")
FILES = dict(re.findall(r"`(outreach/\w+\.py)`[^\n]*\n```python\n(.*?)```", README, re.DOTALL))
COMMAND = re.findall(r"```sh\n(.*?)\n```", README, re.DOTALL)
SETTINGS = """
import primacy
primacy.__path__.append({folder!r})
from primacy.web.settings import *
INSTALLED_APPS = ["primacy.outreach", *INSTALLED_APPS]
"""
ASKS = (
    "from primacy.records.queries import record_types; print(record_types()['rumour'].hidden == {'wording', 'answer'})"
)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rooms")
    (folder / "outreach").mkdir()
    for name, text in {**FILES, "outreach/__init__.py": ""}.items():
        (folder / name).write_text(text)
    (folder / "with_outreach.py").write_text(SETTINGS.format(folder=str(folder)))
    return folder


def run(room: Path, *words: str) -> str:
    named = {"PRIMACY_DATA": str(room / "trial"), "PYTHONPATH": str(room)}
    done = subprocess.run(
        [sys.executable, *words], env={**os.environ, **named}, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_command_makes_the_table_of_the_new_type(room: Path) -> None:
    assert set(FILES) == {"outreach/models.py", "outreach/evidence.py", "outreach/forms.py"}
    [command] = COMMAND
    program = command.index("-m ")
    run(room, *shlex.split(command[program:].replace("primacy.web.settings", "with_outreach")))
    assert "name='Rumour'" in (room / "outreach/migrations/0001_initial.py").read_text()


def test_what_the_room_says_of_it_is_found(room: Path) -> None:
    said = run(room, "-m", "django", "shell", "--settings", "with_outreach", "-c", ASKS)
    assert said.splitlines()[-1] == "True"
