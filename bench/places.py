"""Points to areas: how fast events find their district.

    python bench/places.py

Random points over the real districts of one country. The peer asks a tree of the same outlines point by point, as is
usual; both must name the same district for every point.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import STRtree, points

from primacy.evidence.importing import import_files
from primacy.framework.instance import Instance
from primacy.places.areas import Areas

REFERENCE = Path(os.environ.get("PRIMACY_REFERENCE_DATA", Path(__file__).parents[2] / "shared" / "data"))
FILE = REFERENCE / "boundaries_caf_2024" / "caf_admin2_simplified.geojson.gz"
COUNT = 100_000
MISSION = "country: CAF\n"


def table() -> str:
    """Seconds for all points, ours beside the peer's, and whether they agree."""
    if not FILE.is_file():
        return "Not measured here: the real boundaries are not at hand."
    areas = _areas()
    codes = areas.level(2)
    found = [areas.area(code) for code in codes]
    outlines = [each.geometry for each in found if each is not None]
    random = np.random.default_rng(1)
    west, south, east, north = np.array([shape.bounds for shape in outlines]).T
    x = random.uniform(west.min(), east.max(), COUNT)
    y = random.uniform(south.min(), north.max(), COUNT)
    ours, our_seconds = _timed(lambda: areas.locate(x, y))
    theirs, their_seconds = _timed(lambda: _by_tree(codes, outlines, x, y))
    equal = float(np.mean(ours == theirs))
    head = ("what", "data", "peer", "peer's figure", "ours", "ratio")
    data = f"{COUNT:,} points, {len(outlines)} districts"
    rows = [
        head, ("---",) * len(head),
        ("seconds", data, "tree of outlines, point by point", f"{their_seconds:.2f}", f"{our_seconds:.2f}",
         f"{their_seconds / our_seconds:.1f} times faster"),
        ("same district", data, "the same", "", f"{equal:.2%}", ""),
    ]  # fmt: skip
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _areas() -> Areas:
    with tempfile.TemporaryDirectory() as folder:
        instance = Instance.here(folder)
        instance.mission_file.write_text(MISSION, encoding="utf-8")
        import_files([FILE], instance=instance)
        return Areas.load(instance.places)


def _by_tree(codes: list[str], outlines: list[Any], x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.str_]:
    tree = STRtree(np.array(outlines, dtype=object))
    of_point, of_area = tree.query(points(x, y), predicate="within")
    found = np.full(x.shape, "", dtype=object)
    found[of_point] = np.array(codes, dtype=object)[of_area]
    return found.astype(np.str_)


def _timed(call: Callable[[], NDArray[np.str_]]) -> tuple[NDArray[np.str_], float]:
    start = time.perf_counter()
    result = call()
    return result, time.perf_counter() - start


if __name__ == "__main__":
    print(table())
