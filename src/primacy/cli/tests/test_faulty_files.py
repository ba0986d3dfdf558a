"""Slips in the files of a mission are told with file, line and remedy by every command, and never break it."""

import sys
from pathlib import Path

import pytest

from primacy.cli import main
from primacy.cli.tests.conftest import Run

SLIPS = [
    # what it shows                        the file                 what it holds                                                              what is told
    ("a day that does not exist",          "framework/ours.yaml",   "id: O2.M2\nchanged: {by: [a, b], on: 2026-02-30, because: so}\n",         "ours.yaml"),
    ("a window of nothing",                "framework/ours.yaml",   "id: O2.M2\nindicators:\n  attacks-on-civilians: {window: 0 months}\n",   "“0 months” is no length of time"),
    ("a field written twice",              "framework/ours.yaml",   "id: O2.M2\nbeside: []\nbeside: []\n",                                     "ours.yaml:3"),
    ("a day in the mission file",          "mission.yaml",          "country: XX\nmandate: {start: 2026-02-30}\n",                            "“2026-02-30” is no day"),
]  # fmt: skip
COMMANDS = [("framework", "check"), ("framework", "diff"), ("doctor",), ("gaps",), ("framework", "show", "O2.M2")]


@pytest.mark.django_db  # the doctor asks the database
@pytest.mark.parametrize(("shows", "file", "content", "told"), SLIPS, ids=[case[0] for case in SLIPS])
def test_a_slip_is_told_by_every_command(
    run: Run, tmp_path: Path, shows: str, file: str, content: str, told: str
) -> None:
    path = tmp_path / "instance" / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, "utf-8")
    code, out, _err = run("framework", "check")
    assert (code, told in out) == (1, True)
    for command in COMMANDS[1:]:
        code, out, err = run(*command)
        assert code in (0, 1, 2), command
        assert "Traceback" not in out + err, command


def test_a_faulty_folder_makes_no_instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "O2.M2.yaml").write_text("id: O2.M2\nbeside: [O9.S1]\nshort: ''\n", "utf-8")
    new, ours = tmp_path / "new", tmp_path / "ours"
    monkeypatch.setattr(sys, "argv", ["primacy", "--data", str(new), "init", "--framework", str(ours)])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    told = capsys.readouterr().err
    assert "O2.M2.yaml:2: beside: O9.S1 is no benchmark" in told
    assert "O2.M2.yaml:3: short: is empty" in told
    assert not new.exists()
