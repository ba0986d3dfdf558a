"""The exercise country: how long it takes to make, and how much memory

    python bench/building.py

A new instance of the shipped scenario of steady progress, from the simulation to the last file of the store, each in a
process of its own: three years of a mission at scale 1, then more districts on the same land, until there are thirty
million data points, as many as the store of the evidence table holds. Memory is the largest of the process's own;
pages of mapped files are left out, because the system drops them when it needs the memory. Besides the simulated
country itself it is a batch of lines. Sizes: the environment variable PRIMACY_BENCH_SCALES, such as `1,8,40`.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

from evidence import watch_memory

SCALES = os.environ.get("PRIMACY_BENCH_SCALES", "1,8,40,775")
MONTHS = 36
BEGIN = date(2026, 1, 1)
MANY, SECONDS, MEMORY = 30_000_000, 600, 4_200  # memory: what reading as many may take (table `evidence`)


def table() -> str:
    head = ("what", "scale", "data points", "ours, seconds", "of the processor", "data points a second",
            "largest memory, MB", "target ours, seconds", "target data points a second",
            "target largest memory, MB")  # fmt: skip
    rows = [head, ("---",) * len(head)]
    scales = SCALES.split(",")
    for scale in scales:
        found = _measured(scale)
        points, seconds = found["points"], found["seconds"]
        aim = "at most 20" if float(scale) == 1.0 else f"at most {SECONDS}" if points >= MANY else ""
        rate, memory = (f"at least {MANY // SECONDS}", f"at most {MEMORY}") if scale == scales[-1] else ("", "")
        rows.append(("a new exercise", scale, f"{points:,.0f}", f"{seconds:.1f}", f"{found['processor']:.1f}",
                     f"{points / seconds:.0f}", f"{found['megabytes']:,.0f}", aim, rate, memory))  # fmt: skip
    seconds = _from_nothing()
    rows.append(("`primacy init --exercise`, from nothing to the site", "1", "", f"{seconds:.1f}", *[""] * 6))
    told = f"30 million data points within {SECONDS // 60} minutes ask for {MANY // SECONDS:,} data points a second."
    return "\n".join(["\n".join("| " + " | ".join(row) + " |" for row in rows), "", told])


def _from_nothing() -> float:
    """Seconds of the command that a newcomer gives: with the database, the calibration and two assessments."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        command = [sys.executable, "-m", "primacy", "--data", f"{folder}/instance", "init", "--exercise"]
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - started


def _measured(scale: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, __file__, scale], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _build(scale: float) -> dict[str, float]:
    from primacy.evidence import Store
    from primacy.exercise.game import found_scenario, new_game
    from primacy.exercise.services import begin
    from primacy.framework import Instance

    game = new_game(found_scenario("steady-progress"), seed=1, scale=scale, months=MONTHS, begin=BEGIN)
    with tempfile.TemporaryDirectory() as folder:
        instance = Instance(Path(folder))
        for each in (instance.overlay, instance.places, instance.evidence):
            each.mkdir(parents=True)
        instance.mission_file.write_text("country: XXX\n", "utf-8")
        started, worked = time.perf_counter(), time.process_time()
        begin(instance, game, say=lambda text: None)
        seconds, processor = time.perf_counter() - started, time.process_time() - worked
        points = sum(each.rows for each in Store(instance.evidence).versions())
    return {"points": points, "seconds": seconds, "processor": processor}


def _watched(scale: float) -> dict[str, float]:
    """The same with the largest memory that it took."""
    most, ended = [0.0], threading.Event()
    watch = threading.Thread(target=watch_memory, args=(most, ended), daemon=True)
    watch.start()
    found = _build(scale)
    ended.set()
    watch.join()
    return found | {"megabytes": most[0]}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(_watched(float(sys.argv[1]))))
    else:
        print(table())
