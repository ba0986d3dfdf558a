"""The exercise country: simulated violence beside real event data

    python bench/plausible.py

Organised violence of the six shipped scenarios by district, and of real files by first-level area, over the five
years in which most happened, of areas in which one to three events happen a month: of a busier area fewer months are
quiet and more of them alike, whatever country it lies in. Provinces of the invented country are such: some eleven
events a month each, in 3% of months none. Nothing of the simulation was fitted to the files; a figure outside the real
range is said as such. Months are steadier than real ones: between the shocks of a scenario nothing of the size of an
offensive comes and goes.
"""

import csv
import gzip
import io
import os
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import numpy as np

from primacy.exercise import score_told
from primacy.exercise.country.country import country
from primacy.exercise.game import found_scenario, scenarios
from primacy.exercise.ledger.making import make_each
from primacy.exercise.plausibility import Shape, shape, verdicts
from primacy.exercise.world.simulating import simulate
from primacy.exercise.world.violence import streams

DATA = Path(os.environ.get("PRIMACY_REFERENCE_DATA", Path(__file__).parents[2] / "shared" / "data"))
SEEDS = range(1, 6)
VIOLENT = ("state-based", "non-state", "one-sided")
FEW_YEARS = 3


def table() -> str:
    files = dict(_real())
    if not files:
        return "The reference data are not there: nothing to compare with."
    found = simulated()
    rows = [
        [each.what, f"{each.simulated:.2f}", f"{each.low:.2f} to {each.high:.2f}", each.words]
        for each in verdicts(found, list(files.values()))
    ]
    head = ["of organised violence", f"simulated, {found.series} series", "real files", "verdict"]
    beside = [[name, str(each.series), _used(each), *map(_figure, _figures(each))] for name, each in files.items()]
    names = ["real file", "series", "what of it is used", "events a month", "variance / mean", "memory", "season",
             "quiet months", "2 dead or more", "5", "25"]  # fmt: skip
    return f"{score_told.table(head, rows)}\n\n{score_told.table(names, beside)}"


def _used(each: Shape) -> str:
    return "series and single events" if each.series else "single events: no area of it has so many in a month"


def _figures(each: Shape) -> tuple[float, ...]:
    return (each.level, each.dispersion, each.memory, each.seasonal, each.quiet, *each.deadly)


def _figure(value: float) -> str:
    return "-" if np.isnan(value) else f"{value:.2f}"


def simulated() -> Shape:
    land = country(1)
    violent = [place for place, told in enumerate(streams().values())
               if told["category"].startswith(tuple(f"violence/{each}" for each in VIOLENT))]  # fmt: skip
    series, dead = [], []
    for name in scenarios():
        for seed in SEEDS:
            history = simulate(land, found_scenario(name), seed=seed, months=60, first=date(2020, 1, 1))
            series += list(history.happened[violent].sum(axis=0))
            killed = [each for family in make_each(history) for made in family for each in made.dead.values()]
            dead += [one for each in killed for one in each.whole.tolist()]
    return shape(np.array(series), np.array(dead))


def _real() -> list[tuple[str, Shape]]:
    folders = sorted(DATA.glob("ged_*")) if DATA.is_dir() else []
    files = [file for folder in folders for file in sorted(folder.iterdir()) if file.suffix in (".gz", ".zip", ".csv")]
    return [(file.name, read) for file in files if (read := _read(file)) is not None]


def _read(path: Path) -> Shape | None:
    """Series by first-level area of the years that a file has in full; None where it is no event file."""
    rows = [row for row in _rows(path) if row.get("adm_1") and (row.get("date_start") or "")[:4].isdigit()]
    years = sorted({int(row["date_start"][:4]) for row in rows})
    if len(years) < FEW_YEARS:
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
