"""The exercise country: how soon a loss is noticed

    python bench/noticing.py

What truly held for three months or more and then did not, in histories that are judged at the end of each of the last
24 months, with what was known a week later. Only of what had been called met can it be said when its loss was noticed:
in the first month in which it is called not met or reversed. Shipped scenarios and those of somebody who saw neither
the engine nor the rules together: a loss is rare. How many histories: the environment variable PRIMACY_BENCH_HISTORIES.
"""

import os
import sys
import time
from datetime import date

from primacy.assessment.trends.calibration import calibrate
from primacy.exercise.game import SCENARIOS, scenarios
from primacy.exercise.rehearsing import games_of, records_of, rehearse_many
from primacy.exercise.score_told import how_soon

HISTORIES = int(os.environ.get("PRIMACY_BENCH_HISTORIES", "20"))
BEGIN = date(2026, 1, 1)
MONTHS = 24


def table() -> str:
    named = [*scenarios(), *(str(path) for path in sorted((SCENARIOS / "unseen").glob("*.yaml")))]
    games, (_before, last) = games_of(HISTORIES, named, begin=BEGIN)
    months, started, found = range(last - MONTHS + 1, last + 1), time.perf_counter(), []
    for each in rehearse_many(games, months, model=calibrate(), processes=os.cpu_count() or 1):
        found.append(each)
        print(f"{len(found)} of {len(games)}", file=sys.stderr, flush=True)
    courses = {(each.name, id): course for each in found for id, course in each.courses.items()}
    return f"{how_soon(records_of(found), courses)}\n\n{HISTORIES} histories, {time.perf_counter() - started:.0f} s."


if __name__ == "__main__":
    print(table())
