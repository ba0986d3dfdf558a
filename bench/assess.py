"""An assessment from a cold start: how long `primacy assess` takes.

    python bench/assess.py

The Central African Republic of the tutorial at the end of 2022, with all recorded events of organised violence. Each
time is that of a fresh process with `--json`, and the best of several: what else a machine does only ever adds. The
yardstick tells how busy or slow the machine was.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from possible import PRIMACY, REFERENCE, real_instance, tutorial_mission

TIMES = 7
TARGET = 3.0
YARDSTICK = "for _ in range(10_000_000): pass"
Seconds = tuple[float, float]
"""On the clock, and of the processor."""


def table() -> str:
    """Seconds with the mission file of `primacy init` and with that of the tutorial, and of a loop as a yardstick."""
    if not REFERENCE.is_dir():
        return "Not measured here: the real data are not at hand."
    with tempfile.TemporaryDirectory() as folder:
        tutorial, plain = Path(folder) / "tutorial", Path(folder) / "plain"
        real_instance(tutorial, tutorial_mission())
        real_instance(plain, "country: CAF\n")
        assess = [PRIMACY, "assess", "--as-of", "2022-12-31", "--json", "--data"]
        target = f"at most {TARGET:g} on an idle machine"
        measured = [
            ("assessment", "mission file of `primacy init`", _best([*assess, str(plain)]), target),
            ("assessment", "mission file of the tutorial, two baselines", _best([*assess, str(tutorial)]), target),
            ("yardstick", "a Python that counts to ten million", _best([sys.executable, "-c", YARDSTICK]), ""),
        ]
    head = ("what", "data", "seconds on the clock", "seconds of the processor", "target")
    rows = [head, ("---",) * len(head)]
    rows += [(what, data, f"{clock:.2f}", f"{used:.2f}", asked) for what, data, (clock, used), asked in measured]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _best(command: list[str]) -> Seconds:
    """The least of several runs; clock and processor each by itself."""
    runs = [_timed(command) for _ in range(TIMES)]
    return min(clock for clock, _ in runs), min(processor for _, processor in runs)


def _timed(command: list[str]) -> Seconds:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    clock, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    print(table())
