"""Points to areas: how fast events find their area, with every level of one country at hand.

    python bench/places.py

A million random points over the real areas of levels 0 to 4: most have a commune, the capital also wards. The peer asks
a tree of the same outlines point by point, level by level; both must name the same area of the finest level for every
point.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from shapely import STRtree, points

from primacy.evidence.bringing.importing import import_files
from primacy.framework.instance import Instance
from primacy.places.areas import Areas

REFERENCE = Path(os.environ.get("PRIMACY_REFERENCE_DATA", Path(__file__).parents[2] / "shared" / "data"))
FOLDER = REFERENCE / "boundaries_caf_2024"
FILES = [FOLDER / f"caf_admin{level}_simplified.geojson.gz" for level in range(5)]
COUNT = 1_000_000
MISSION = "country: CAF\n"


def table() -> str:
    """Seconds for all points, ours beside the peer's, and whether they agree."""
    if not all(file.is_file() for file in FILES):
        return "Not measured here: the real boundaries are not at hand."
    areas = _areas()
    random = np.random.default_rng(1)
    west, south, east, north = areas.shape(areas.country or "").bounds
    x, y = random.uniform(west, east, COUNT), random.uniform(south, north, COUNT)
    ours, our_seconds = _timed(lambda: areas.locate(x, y))
    theirs, their_seconds = _timed(lambda: _by_tree(areas, x, y))
    equal = float(np.mean(ours == theirs))
    head = ("what", "data", "peer", "peer's figure", "ours", "ratio")
    data = f"{COUNT:,} points, {len(areas)} areas of {len(areas.levels)} levels"
    rows = [
        head, ("---",) * len(head),
        ("seconds", data, "tree of outlines, point by point", f"{their_seconds:.2f}", f"{our_seconds:.2f}",
         f"{their_seconds / our_seconds:.1f} times faster"),
        ("same area", data, "the same", "", f"{equal:.2%}", ""),
    ]  # fmt: skip
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _areas() -> Areas:
    with tempfile.TemporaryDirectory() as folder:
        instance = Instance.here(folder)
        instance.mission_file.write_text(MISSION, encoding="utf-8")
        import_files(FILES, instance=instance)
        return Areas.load(instance.places)


def _by_tree(areas: Areas, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.str_]:
    found = np.full(x.shape, "", dtype=object)
    for level in reversed(areas.levels):
        codes = areas.level(level)
        tree = STRtree(np.array([areas.shape(code) for code in codes], dtype=object))
        open_ = np.flatnonzero(found == "")
        of_point, of_area = tree.query(points(x[open_], y[open_]), predicate="within")
        _, first = np.unique(of_point, return_index=True)  # areas of one level may overlap by a sliver
        found[open_[of_point[first]]] = np.array(codes, dtype=object)[of_area[first]]
    return found.astype(np.str_)


def _timed(call: Callable[[], NDArray[np.str_]]) -> tuple[NDArray[np.str_], float]:
    start = time.perf_counter()
    result = call()
    return result, time.perf_counter() - start


if __name__ == "__main__":
    print(table())
