"""An instance of the invented country, and commands run in it."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from primacy.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """run("import", file) -> (exit code, output, errors) in an instance of the country XX."""
    folder = tmp_path / "instance"
    folder.mkdir()
    (folder / "mission.yaml").write_text("country: XX\n")

    def ran(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["primacy", "--data", str(folder), *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return ran
