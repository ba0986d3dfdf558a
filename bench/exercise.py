"""The exercise country: findings against a truth that is known

    python bench/exercise.py

Histories of the invented country are simulated, its producers write down what they see of it, and the findings of two
days, a year apart, are held against what was truly so. The six shipped scenarios and eight that were written by
somebody who saw neither the engine nor the rules are scored apart; nothing is tuned to the second set. Beside them what
the observed numbers alone would say, and how much simulated violence is like that of real event data. How many
histories: the environment variable PRIMACY_BENCH_HISTORIES, for each set, or as many as fit into PRIMACY_BENCH_MINUTES.
"""

import csv
import gzip
import io
import os
import sys
import time
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import numpy as np

from primacy.assessment.trends.calibration import calibrate
from primacy.exercise import score_told
from primacy.exercise.country.country import country
from primacy.exercise.game import SCENARIOS, found_scenario, scenarios
from primacy.exercise.ledger.making import make
from primacy.exercise.plausibility import Shape, shape
from primacy.exercise.rehearsing import games_of, rehearse_many, told_together
from primacy.exercise.world.simulating import simulate
from primacy.exercise.world.violence import streams

HISTORIES = int(os.environ.get("PRIMACY_BENCH_HISTORIES", "200"))
SECONDS = 60 * float(os.environ.get("PRIMACY_BENCH_MINUTES", "inf"))
BEGIN = date(2026, 1, 1)
DATA = Path(os.environ.get("PRIMACY_REFERENCE_DATA", Path(__file__).parents[2] / "shared" / "data"))
SEEDS = range(1, 6)


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
    return "\n\n".join([*parts, "### Plausibility: simulated violence beside real event data", _plausible()])


# ---- plausibility


def _plausible() -> str:
    rows = [_row("simulated, six scenarios", _simulated())]
    for path in sorted(DATA.glob("ged_*")) if DATA.is_dir() else []:
        for file in sorted(each for each in path.iterdir() if each.suffix in (".gz", ".zip", ".csv")):
            if read := _read(file):
                rows.append(_row(file.name, read))
    head = ["events of organised violence", "series", "variance / mean", "memory", "season", "quiet months",
            "kill 2 or more", "5", "25"]  # fmt: skip
    return score_told.table(head, rows)


def _row(name: str, each: Shape) -> list[str]:
    figures = (each.dispersion, each.memory, each.seasonal, each.quiet, *each.deadly)
    return [name, str(each.series), *(f"{figure:.2f}" for figure in figures)]


def _simulated() -> Shape:
    land = country(1)
    violent = [place for place, told in enumerate(streams().values()) if "violence/" in told["category"]
               and told["category"].split("/")[1] in ("state-based", "non-state", "one-sided")]  # fmt: skip
    series, dead = [], []
    for name in scenarios():
        for seed in SEEDS:
            history = simulate(land, found_scenario(name), seed=seed, months=60, first=date(2020, 1, 1))
            by_district = history.happened[violent].sum(axis=0)
            places = np.array(history.setting.province)
            series += [by_district[places == province].sum(axis=0) for province in range(len(land.provinces))]
            _truth, made = make(history)
            dead += [one for each in made if each.dead for month in each.dead for one in month[0].tolist()]
    return shape(np.array(series), np.array(dead))


def _read(path: Path) -> Shape | None:
    """Series by first-level area of the years that a file has in full; None where it is no event file."""
    rows = [row for row in _rows(path) if row.get("adm_1") and (row.get("date_start") or "")[:4].isdigit()]
    if not rows:
        return None
    years = sorted({int(row["date_start"][:4]) for row in rows})
    if len(years) < 3:
        return None
    first, months = years[0], 12 * (years[-1] - years[0] + 1)
    areas: dict[str, np.ndarray] = {}
    for row in rows:
        month = (int(row["date_start"][:4]) - first) * 12 + int(row["date_start"][5:7]) - 1
        areas.setdefault(row["adm_1"], np.zeros(months))[month] += 1
    return shape(np.array(list(areas.values())), np.array([float(row["best"] or 0) for row in rows]))


def _rows(path: Path) -> list[dict[str, str]]:
    if path.suffix == ".gz":
        text = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
    elif path.suffix == ".zip":
        with ZipFile(path) as archive:
            text = archive.read(archive.namelist()[0]).decode("utf-8", "replace")
    else:
        text = path.read_text("utf-8", "replace")
    return list(csv.DictReader(io.StringIO(text)))


if __name__ == "__main__":
    print(table())
