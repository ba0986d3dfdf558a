"""An assessment from a cold start: how long `primacy assess` takes.

    python bench/assess.py

The Central African Republic of the tutorial at the end of 2022, with all recorded events of organised violence. Each
time is that of a fresh process with `--json`, and the best of several: what else a machine does only ever adds.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from possible import PRIMACY, REFERENCE, real_instance, tutorial_mission

TIMES = 7
TARGET = 3.0
START_DJANGO = "import django; django.setup()"
Seconds = tuple[float, float]
"""On the clock, and of the processor."""


def table() -> str:
    """Seconds with the mission file of the tutorial and with that of `primacy init`, and what of them starts Django."""
    if not REFERENCE.is_dir():
        return "Not measured here: the real data are not at hand."
    with tempfile.TemporaryDirectory() as folder:
        tutorial, plain = Path(folder) / "tutorial", Path(folder) / "plain"
        real_instance(tutorial, tutorial_mission())
        real_instance(plain, "country: CAF\n")
        assess = [PRIMACY, "assess", "--as-of", "2022-12-31", "--json", "--data"]
        measured = {
            "assessment": ("as `primacy init` leaves the mission file", _best([*assess, str(plain)], plain)),
            "assessment, two baselines": ("mission file of the tutorial", _best([*assess, str(tutorial)], tutorial)),
            "of it, starting Django": ("the same", _best([sys.executable, "-c", START_DJANGO], tutorial)),
        }
    head = ("what", "data", "seconds on the clock", "seconds of the processor", "target")
    rows = [head, ("---",) * len(head)]
    for what, (data, (clock, processor)) in measured.items():
        target = f"at most {TARGET:g}" if what.startswith("assessment") else ""
        rows.append((what, data, f"{clock:.2f}", f"{processor:.2f}", target))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _best(command: list[str], folder: Path) -> Seconds:
    """The least of several runs; clock and processor each by itself."""
    runs = [_timed(command, folder) for _ in range(TIMES)]
    return min(clock for clock, _ in runs), min(processor for _, processor in runs)


def _timed(command: list[str], folder: Path) -> Seconds:
    surroundings = {**os.environ, "PRIMACY_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "primacy.web.settings"}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=surroundings)
    clock, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    print(table())
