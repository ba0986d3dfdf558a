"""Where there is no instance, every command that needs one says so in the same words, and what makes one."""

import pytest
from click.testing import CliRunner

from primacy.cli import primacy

COMMANDS = [
    "administrator", "audit verify", "backup away", "compartments set-up --recovery pyproject.toml", "doctor", "key",
    "lock-down", "records index", "records send", "records sweep", "serve", "work",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_it_is_said_in_one_way(tmp_path, command: str) -> None:
    nowhere = tmp_path / "nowhere"
    done = CliRunner().invoke(primacy, ["--data", str(nowhere), *command.split()])
    assert done.exit_code == 2
    assert f"There is no instance in {nowhere}. `primacy init` makes one." in done.stderr
    assert not nowhere.exists()
