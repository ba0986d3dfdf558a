"""Monthly series of real areas: every first-level area of the UCDP GED files of the shared data, by kind of violence.

Read as the files come: the Central African Republic 1991-2022, Bangladesh and Myanmar 1989-2018. An event counts in
the month in which it began; events of which only the year is known are left out.
"""

import csv
import gzip
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from primacy.assessment.trends.simulation import Floats

DATA = Path(os.environ.get("PRIMACY_REFERENCE_DATA", Path(__file__).resolve().parents[2].parent / "shared" / "data"))
FILES = {
    "Central African Republic": (DATA / "ged_car_23_1" / "GED_v23_1_country482_CAF.csv.gz", 1991, 2022),
    "Bangladesh and Myanmar": (DATA / "ged_other" / "ged191_BGD_MMR.csv.gz", 1989, 2018),
}
FEWEST_EVENTS = 12
YEARS_ONLY = "5"
"""`date_prec`: the event happened at some time in the year."""


@dataclass(frozen=True)
class RealSeries:
    """Events a month (months,) of one area and one kind of violence, or of a whole country."""

    file: str
    name: str
    counts: Floats


def real_series() -> list[RealSeries]:
    """All series with at least twelve events; empty where the files are absent."""
    return [
        each for name, (path, first, last) in FILES.items() if path.is_file() for each in _read(name, path, first, last)
    ]


def _read(name: str, path: Path, first: int, last: int) -> list[RealSeries]:
    months = (last - first + 1) * 12
    found: dict[tuple[str, str, str], Floats] = defaultdict(lambda: np.zeros(months))
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["date_prec"] == YEARS_ONLY:
                continue
            month = (int(row["date_start"][:4]) - first) * 12 + int(row["date_start"][5:7]) - 1
            for area in dict.fromkeys((row["adm_1"] or "not placed", "")):
                for kind in ("", row["type_of_violence"]):
                    found[row["country"], area, kind][month] += 1
    kept = sorted((key, counts) for key, counts in found.items() if counts.sum() >= FEWEST_EVENTS)
    return [RealSeries(name, ", ".join(part for part in key if part), counts) for key, counts in kept]
