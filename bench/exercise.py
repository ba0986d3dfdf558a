"""The exercise country: findings against a truth that is known

    python bench/exercise.py

Histories of the invented country are simulated, its producers write down what they see of it, and the findings of two
days, a year apart, are held against what was truly so. The six shipped scenarios and eight that were written by
somebody who saw neither the engine nor the rules are scored apart; nothing is tuned to the second set. Beside them what
the observed numbers alone would say. How many histories: the environment variable PRIMACY_BENCH_HISTORIES, for each
set, or as many as fit into PRIMACY_BENCH_MINUTES.
"""

import os
import sys
import time
from datetime import date

from primacy.assessment.trends.calibration import calibrate
from primacy.exercise.game import SCENARIOS
from primacy.exercise.rehearsing import games_of, rehearse_many, told_together

HISTORIES = int(os.environ.get("PRIMACY_BENCH_HISTORIES", "200"))
SECONDS = 60 * float(os.environ.get("PRIMACY_BENCH_MINUTES", "inf"))
BEGIN = date(2026, 1, 1)


def table() -> str:
    unseen = [str(path) for path in sorted((SCENARIOS / "unseen").glob("*.yaml"))]
    model = calibrate()
    parts = []
    for title, named in (("Shipped scenarios", []), ("Scenarios that nobody tuned to", unseen)):
        games, months = games_of(HISTORIES, named, begin=BEGIN)
        started = time.perf_counter()
        found = []
        for each in rehearse_many(games, months, model=model, processes=os.cpu_count() or 1):
            found.append(each)
            print(f"{title}: {len(found)} of {len(games)}", file=sys.stderr, flush=True)
            if time.perf_counter() - started > SECONDS:
                break
        parts.append(f"### {title}\n\n{told_together(found)}\n\n{time.perf_counter() - started:.0f} s.")
    return "\n\n".join(parts)


if __name__ == "__main__":
    print(table())
