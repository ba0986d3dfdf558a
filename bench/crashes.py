"""Killed in the middle: is the store always the old one or the new one?

    python bench/crashes.py [KILLS]

Two processes import, withdraw, compact and assess the same store without pause, and are killed (SIGKILL) after a random
time, again and again; a reader asks all the while. After each kill every file is compared with its checksum, every data
set with its number of rows, and the cube with the rows. "Wrong" must be 0.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from primacy.evidence.doctor import examine
from primacy.evidence.errors import BadInput
from primacy.evidence.store.columns import SCHEMA
from primacy.evidence.store.cube import ADDED_UP, summed
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.store import Store

KILLS = 2 if os.environ.get("PRIMACY_BENCH_SMALL") else 100
ROWS = 3_000
MOST_VERSIONS = 40
AS_OF, KNOWN = date(2040, 1, 1), datetime(2040, 1, 1, tzinfo=UTC)


def work(folder: str, seed: str) -> None:
    """Import, withdraw, compact and read for ever."""
    random = np.random.default_rng(int(seed))
    store = Store(Path(folder))
    total(store)
    print("ready", flush=True)
    while True:
        match random.choice(["import", "import", "import", "withdraw", "compact", "assess"]):
            case "import" if len(store.versions()) < MOST_VERSIONS:
                name = f"{seed}-{random.integers(10**9)}"
                store.add(_rows(random), _version(name))
            case "withdraw":
                counting = [each.id for each in store.versions() if each.withdrawn is None]
                if counting:
                    with suppress(BadInput):  # the other process was quicker
                        store.withdraw(str(random.choice(counting)), at=datetime.now(UTC), because="a trial")
            case "compact":
                store.compact()
            case _:
                total(store)


def _rows(random: np.random.Generator) -> list[pa.RecordBatch]:
    days = np.datetime64("2020-01-01") + random.integers(0, 1000, ROWS)
    columns = {
        "kind": pa.array(["incident"] * ROWS), "item": pa.array([str(number) for number in range(ROWS)]),
        "date": pa.array(days, pa.date32()), "area": pa.array(["XX01"] * ROWS), "measure": pa.array(["events"] * ROWS),
        "value": pa.array(np.ones(ROWS)), "note": pa.array([str(each) for each in random.integers(0, 10**12, ROWS)]),
    }  # fmt: skip
    return [
        pa.RecordBatch.from_arrays(list(columns.values()), schema=pa.schema([SCHEMA.field(name) for name in columns]))
    ]


def _version(name: str) -> DatasetVersion:
    now = datetime.now(UTC) - timedelta(seconds=1)
    return DatasetVersion(name=name, lineage=name, format="csv", known=now, imported=now)


def total(store: Store) -> float:
    """All events that count."""
    cells = store.cells(as_of=AS_OF, known=KNOWN)
    return float(store.fetch(cells.agg(value=cells.value.sum())).column("value")[0].as_py() or 0.0)


def wrong(folder: Path) -> list[str]:
    """What is wrong with the store now."""
    found = [f"{each.where}: {each.what}" for each in examine(folder) if each.grave]
    store = Store(folder)
    versions = store.versions()
    for each in versions:
        rows = sum(batch.num_rows for batch in store.content(each.id))
        if rows != each.rows:
            found.append(f"{each.id} has {rows} rows and should have {each.rows}")
    counting = ROWS * sum(each.withdrawn is None for each in versions)
    rows = store.rows(as_of=AS_OF, known=KNOWN)
    cells = summed(rows.filter(rows.kind.isin(ADDED_UP)))
    by_rows = store.fetch(cells.agg(value=cells.value.sum())).column("value")[0].as_py() or 0.0
    if not counting == by_rows == total(store):
        found.append(f"{counting} events should count; rows tell {by_rows}, the cube {total(store)}")
    return found


def trials(folder: Path, kills: int, *, seed: int = 1) -> tuple[int, int, list[str]]:
    """(answers that the reader got, versions at the end, everything that was wrong)."""
    random = np.random.default_rng(seed)
    found: list[str] = []
    answers = 0
    for number in range(kills):
        workers = [_start(folder, number * 2 + each) for each in range(2)]
        for worker in workers:
            assert worker.stdout is not None
            worker.stdout.readline()
        until = time.monotonic() + random.uniform(0.1, 3.0)
        while time.monotonic() < until:
            if (folder / "manifest.json").is_file():
                sums = total(Store(folder))
                answers += 1
                if sums % ROWS:
                    found.append(f"the reader saw {sums} events, which is no whole number of imports")
        for worker in workers:
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
        if (folder / "manifest.json").is_file():
            found += [f"after kill {number + 1}: {each}" for each in wrong(folder)]
    return answers, len(Store(folder).versions()), found


def _start(folder: Path, seed: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, __file__, "--work", str(folder), str(seed)], stdout=subprocess.PIPE)


def table(kills: int = KILLS) -> str:
    """Kills, what was read meanwhile, and what was wrong."""
    with tempfile.TemporaryDirectory() as folder:
        answers, versions, found = trials(Path(folder) / "evidence", kills)
    lines = [
        ("what", "count", "target"), ("---",) * 3,
        ("kills of two writing processes", str(2 * kills), "at least 100"),
        ("data sets that were whole at the end", str(versions), ""),
        ("answers that a reader got meanwhile", str(answers), ""),
        ("wrong", str(len(found)), "0"),
    ]  # fmt: skip
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "".join(f"\n- {each}" for each in found[:10])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2], sys.argv[3])
    else:
        print(table(int(sys.argv[1]) if sys.argv[1:] else KILLS))
