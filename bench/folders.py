"""Everything published at once: each folder by one command, then one cold assessment.

    python bench/folders.py

An instance of the Central African Republic into which every folder of the real data is imported by one plain command
each; what holds nothing on the country, or nothing that can be a data point or place, says so and brings nothing. Then
`primacy assess --json` in a fresh process, the best of several: what else a machine does only ever adds. The peer is
the same command on the four files of the tutorial. The yardstick tells how busy or slow the machine was.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assess import YARDSTICK
from possible import PRIMACY, REFERENCE, real_instance

TIMES = 1 if os.environ.get("PRIMACY_BENCH_SMALL") else 7
SMALL = ("boundaries_caf_2024", "ged_car_23_1")
TARGET = "at most 5 on an idle machine"
DAYS = {"the end of the last release": ("--as-of", "2022-12-31"), "today": ()}


def table() -> str:
    """Seconds of each import and of the assessment that reads all of it."""
    if not REFERENCE.is_dir():
        return "Not measured here: the real data are not at hand."
    with tempfile.TemporaryDirectory() as scratch:
        folder, tutorial = Path(scratch) / "all", Path(scratch) / "tutorial"
        folder.mkdir()
        (folder / "mission.yaml").write_text("country: CAF\n", encoding="utf-8")
        _timed(folder, "init")
        lines = [_imported(folder, each) for each in _folders()]
        real_instance(tutorial, "country: CAF\n")
        versions = json.loads(_said(folder, "datasets", "--json"))["datasets"]
        rows = sum(each["rows"] for each in versions)
        data = f"{len(versions)} data sets, {rows:,} data points"
        for what, options in DAYS.items():
            ours, peer = (_best(each, "assess", "--json", *options) for each in (folder, tutorial))
            lines.append((f"cold assessment, as of {what}", data, "the four files of the tutorial", peer, ours, TARGET))
        loop = min(_clock([sys.executable, "-c", YARDSTICK]) for _ in range(TIMES))
        lines.append(("yardstick", "a Python that counts to ten million", "", "", f"{loop:.2f}", ""))
    head = ("what", "data", "peer", "peer's figure", "ours, seconds", "target")
    return "\n".join("| " + " | ".join(line) + " |" for line in (head, ("---",) * len(head), *lines))


def _folders() -> list[Path]:
    """Boundaries first, as whoever begins would have it: then every file finds its areas."""
    found = sorted(each for each in REFERENCE.iterdir() if each.is_dir())
    if os.environ.get("PRIMACY_BENCH_SMALL"):
        found = [each for each in found if each.name in SMALL]
    return sorted(found, key=lambda each: not each.name.startswith("boundaries"))


def _imported(folder: Path, each: Path) -> tuple[str, ...]:
    """The row of one folder: what it brought, and how long that took."""
    start = time.perf_counter()
    done = subprocess.run([PRIMACY, "--data", str(folder), "import", "--json", str(each)], capture_output=True,
                          text=True, check=False)  # fmt: skip
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 2):
        raise RuntimeError(f"{each.name}: ended with {done.returncode}: {done.stderr[-400:]}")
    told = json.loads(done.stdout.splitlines()[-1])
    brought = told["imported"]
    rows = sum(one["rows"] for one in brought)
    what = f"{each.name}: {len(brought)} files, {rows:,} rows" if brought else f"{each.name}: nothing, and says why"
    return ("import of a folder", what, "", "", f"{seconds:.1f}", "")


def _best(folder: Path, *words: str) -> str:
    return f"{min(_timed(folder, *words) for _ in range(TIMES)):.2f}"


def _timed(folder: Path, *words: str) -> float:
    return _clock([PRIMACY, "--data", str(folder), *words])


def _clock(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def _said(folder: Path, *words: str) -> str:
    command = [PRIMACY, "--data", str(folder), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    print(table())
