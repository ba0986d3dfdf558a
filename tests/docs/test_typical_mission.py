"""What a typical mission types into templates decides every benchmark; turned, it turns them."""

import csv
import importlib.util
from pathlib import Path
from typing import Any

import pytest

from primacy.framework import load

QUICK = 2_000  # simulations: no probability of a trend is looked at here
BENCH = Path(__file__).parents[2] / "bench" / "typical.py"


@pytest.fixture(scope="module")
def typical() -> Any:
    spec = importlib.util.spec_from_file_location("typical", BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def sides(typical: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, dict[str, str]]]:
    """For each side the folder of tables and the status of every benchmark."""
    found = {}
    for side in typical.SIDES:
        folder = tmp_path_factory.mktemp(side.replace(" ", "-"))
        findings = typical.assessed(folder, side, simulations=QUICK)
        found[side] = folder / "files", {each["benchmark"]: each["status"] for each in findings}
    return found


def test_every_benchmark_is_judged(typical: Any, sides: Any) -> None:
    _files, statuses = sides["met"]
    assert len(statuses) == 65
    assert [id for id, status in statuses.items() if status in typical.NOT_JUDGED] == []


def test_turned_evidence_turns_every_benchmark(sides: Any) -> None:
    (_good, good), (_bad, bad) = sides["met"], sides["not met"]
    assert [id for id, status in good.items() if status == bad[id]] == []
    assert [id for id, status in bad.items() if status == "insufficient evidence"] == []


def test_the_tables_are_templates_of_every_kind_that_a_benchmark_reads(typical: Any, sides: Any) -> None:
    files, _statuses = sides["met"]
    typed = set()
    for path in files.glob("*-*.csv"):
        kind = path.stem.rsplit("-", 1)[0]
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
        assert next(csv.reader(lines[:1])) == list(typical.header(kind))
        typed.add(kind)
    read = {each.kind for benchmark in load().benchmarks.values() for each in benchmark.indicators.values()} - {None}
    assert read - typed == set()


@pytest.mark.parametrize("side", ["met", "not met"])
def test_no_line_of_the_tables_contradicts_another(sides: Any, side: str) -> None:
    files, _statuses = sides[side]
    rejected = files.parent / "data" / "evidence" / "rejected"
    assert [line for path in rejected.glob("*.csv") for line in path.read_text("utf-8").splitlines()[1:]] == []
