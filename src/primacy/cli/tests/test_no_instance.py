"""Where there is no instance, every command that needs one says so in the same words, and what makes one."""

import pytest
from click.testing import CliRunner

from primacy.assessment.trends.prior import SHIPPED
from primacy.cli import primacy
from primacy.places.errors import BadInput

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


def test_new_histories_are_scored_without_one(tmp_path, monkeypatch) -> None:
    """Of an instance they need its calibration alone; where there is none, the standard one is made for them."""
    given = []
    monkeypatch.setattr("primacy.exercise.rehearsing.rehearse_many", lambda *_, model, **__: given.append(model) or [])
    nowhere, asked = tmp_path / "nowhere", ["exercise", "score", "--histories", "1", "--simulations", "1000"]
    done = CliRunner().invoke(primacy, ["--data", str(nowhere), *asked])
    assert done.exit_code == 0, done.stderr
    assert "No instance is here: the histories are judged with the standard calibration" in done.stderr
    assert "No instance" not in done.stdout
    assert [(each.prior, each.simulations) for each in given] == [(SHIPPED, 1000)]
    assert not nowhere.exists()


def test_an_exercise_has_a_country_of_its_own(tmp_path) -> None:
    nowhere = tmp_path / "nowhere"
    done = CliRunner().invoke(primacy, ["--data", str(nowhere), "init", "--exercise", "--country", "CAF"])
    assert done.exit_code == 2
    assert "an exercise has a country of its own" in done.stderr
    assert not nowhere.exists()


@pytest.mark.parametrize("scale", ["nan", "inf", "1e9", "0.3"])
def test_no_exercise_of_an_impossible_size_is_begun(tmp_path, scale: str) -> None:
    nowhere = tmp_path / "nowhere"
    done = CliRunner().invoke(primacy, ["--data", str(nowhere), "init", "--exercise", "--scale", scale])
    assert isinstance(done.exception, BadInput)
    assert "--scale" in str(done.exception)
    assert not nowhere.exists()
