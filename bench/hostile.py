"""Hostile and broken files: how each ends.

    python bench/hostile.py [CASES]

Small valid files of every format, damaged at random: cells, columns, encodings, archives, trees, types, bytes. Every
case must end in rows or in one clear refusal that changes nothing. A third ending, more than a minute, or more than
6 GiB of address space is counted as `otherwise` and must not happen. One case in fifty is stored and read back, the
others are read and checked to their last row. Each format has a process of its own, whose largest memory is told.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

CASES = 20 if os.environ.get("PRIMACY_BENCH_SMALL") else 100_000
STORED = 50  # one case in so many
SECONDS = 60
ADDRESS_SPACE = 6 * 2**30
SHOWN = 20  # of the cases that end otherwise
ENDINGS = ("rows", "refused", "otherwise")


def table(cases: int = 0) -> str:
    """How many cases of each format ended how, and the largest memory of its process."""
    from primacy.evidence.bringing.formats import formats

    cases = cases or int(os.environ.get("PRIMACY_HOSTILE_CASES", CASES))
    each = -(-cases // len(formats()))
    found = {format: _in_a_process(format, each) for format in formats()}
    head = ("format", "cases", "rows", "refused", "otherwise", "largest memory, MiB", "target otherwise")
    rows = [head, ("---",) * len(head)]
    rows += [_row(format, [told[name] for name in ENDINGS], told["memory"]) for format, told in found.items()]
    rows.append(_row("all", [sum(told[name] for told in found.values()) for name in ENDINGS],
                     max(told["memory"] for told in found.values())))  # fmt: skip
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _row(name: str, counts: list[int], memory: int) -> tuple[str, ...]:
    return (name, *(f"{each:,}" for each in (sum(counts), *counts, memory)), "0")


def _in_a_process(format: str, count: int) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, __file__, "--one", format, str(count)], stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:  # it died: nothing of its cases is known
        print(f"{format}: the process ended with {done.returncode}", file=sys.stderr)
        return {"rows": 0, "refused": 0, "otherwise": count, "memory": 0}
    told: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return told


class _Late(BaseException):
    """A case took too long."""


def _run(format: str, count: int) -> dict[str, int]:
    """Bring `count` cases of one format to an instance. The number of a case is enough to make it again."""
    from primacy.evidence.tests.hostile_cases import Ground, case_of

    def late(*_: object) -> None:
        raise _Late

    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    signal.signal(signal.SIGALRM, late)
    ended: Counter[str] = Counter()
    in_memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=in_memory if in_memory.is_dir() else None) as folder:
        ground = Ground(Path(folder) / "ground")
        for number in range(count):
            case = case_of(format, Random(number))
            signal.alarm(SECONDS)
            try:
                ended[ground.bring(case, store=number % STORED == 0)] += 1
            except (Exception, _Late) as error:
                ended["otherwise"] += 1
                if ended["otherwise"] <= SHOWN:
                    print(f"{format}, case {number}: {type(error).__name__} {str(error)[:200]!r}", file=sys.stderr)
                ground.restore()
            finally:
                signal.alarm(0)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {**{name: ended[name] for name in ENDINGS}, "memory": memory}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(_run(sys.argv[2], int(sys.argv[3]))))
    else:
        print(table(int(sys.argv[1]) if sys.argv[1:] else 0))
