"""Killed in the middle, the store is the old one or the new one; `make bench` does it a hundred times."""

import importlib.util
from pathlib import Path

HERE = Path(__file__).parents[2]


def test_two_writers_are_killed_and_nothing_is_half_there(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("crashes", HERE / "bench" / "crashes.py")
    assert spec is not None
    assert spec.loader is not None
    crashes = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(crashes)
    answers, versions, wrong = crashes.trials(tmp_path / "evidence", 3, seed=5)
    assert wrong == []
    assert versions > 0
    assert answers > 0
