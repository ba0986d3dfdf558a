"""Coders of a score: weighted kappa beside the library in common use.

    python bench/agreement.py

Two coders score items from 0 to 3; the second one repeats the first or scores afresh. The peer is
`statsmodels.stats.inter_rater.cohens_kappa` with quadratic weights.
"""

import time
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from primacy.assessment.indicators.agreement import weighted_kappa

SHEETS, ITEMS, POINTS = 2_000, 40, 4
Scores = NDArray[np.int64]


def table() -> str:
    """One row for each figure, or why there is none."""
    if find_spec("statsmodels") is None:
        return "Not measured: the peer is not installed (`pip install statsmodels`)."
    sheets = _sheets()
    ours, ours_seconds = _timed(_ours, sheets)
    peers, peer_seconds = _timed(_peer, sheets)
    apart = float(np.abs(np.array(ours) - np.array(peers)).max())
    data = f"{SHEETS:,} sheets of {ITEMS} items"
    return "\n".join([
        "| what | data | peer | peer's figure | ours | ratio |",
        "| --- | --- | --- | --- | --- | --- |",
        f"| largest difference of kappa | {data} | statsmodels |  | {apart:.1e} |  |",
        f"| microseconds a sheet | {data} | statsmodels | {1e6 * peer_seconds / SHEETS:.0f} "
        f"| {1e6 * ours_seconds / SHEETS:.0f} | {peer_seconds / ours_seconds:.1f} times faster |",
    ])  # fmt: skip


def _sheets() -> list[Scores]:
    """Shape of each: (items, 2); from coders who never agree but by chance to coders who always do."""
    chance = np.random.default_rng(1)
    sheets = []
    for number in range(SHEETS):
        first, fresh = chance.integers(0, POINTS, (2, ITEMS))
        repeats = chance.random(ITEMS) < number / SHEETS
        sheets.append(np.stack([first, np.where(repeats, first, fresh)], axis=1))
    return sheets


def _timed(kappas: Callable[[list[Scores]], list[float]], sheets: list[Scores]) -> tuple[list[float], float]:
    start = time.perf_counter()
    found = kappas(sheets)
    return found, time.perf_counter() - start


def _ours(sheets: list[Scores]) -> list[float]:
    found = [weighted_kappa([{"one": float(x), "two": float(y)} for x, y in sheet]) for sheet in sheets]
    return [float("nan") if kappa is None else kappa for kappa in found]


def _peer(sheets: list[Scores]) -> list[float]:
    from statsmodels.stats.inter_rater import cohens_kappa, to_table

    return [
        float(cohens_kappa(to_table(sheet, bins=POINTS)[0], wt="quadratic", return_results=False)) for sheet in sheets
    ]


if __name__ == "__main__":
    print(table())
