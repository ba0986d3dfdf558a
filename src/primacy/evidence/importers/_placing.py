"""Where the lines of a hand-made table are: from P-code, name or point to an area, and every place that is none."""

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from primacy.evidence.formats import Task
from primacy.evidence.locating import Codes, Locator
from primacy.places.rows import Rows

Floats = NDArray[np.float64]
Place = tuple[Codes, NDArray[np.int8]]


def placed(rows: Rows, task: Task, locator: Locator) -> Place:
    """(area, level) of each row: from its P-code or name, else from its point, else the country.

    A place that cannot be found is a fault of its row. How the places of kept rows were found is counted.
    """
    top = locator.top(task.country)
    written = np.array(rows.column("area").to_pylist(), dtype=object)
    lon, lat = _points(rows)
    at_point = rows.ours & (written == "") & np.isfinite(lon) & np.isfinite(lat)
    area = np.full(len(rows), top, dtype=object)
    if len(locator.areas):
        found = locator.areas.locate(lon[at_point], lat[at_point]).astype(object)
        area[at_point] = found
        _refuse_outside(rows, at_point & (area == ""), lon, lat, locator)
        area[area == ""] = top
        _named(rows, written, area, locator)
    elif not top:
        area = written.copy()
    _count(rows, written, area, at_point, top, locator)
    levels = {code: locator.areas.level_of(code) or 0 for code in set(area)}
    return area, np.array([levels[code] for code in area], dtype=np.int8)


def _points(rows: Rows) -> tuple[Floats, Floats]:
    lon, lat = rows.numbers("longitude"), rows.numbers("latitude")
    rows.reject(np.abs(lon) > 180, "longitude is not between -180 and 180", "longitude")
    rows.reject(np.abs(lat) > 90, "latitude is not between -90 and 90", "latitude")
    given = {
        name: np.asarray(pc.not_equal(rows.column(name), "").to_numpy(zero_copy_only=False), dtype=np.bool_)
        for name in ("longitude", "latitude")
    }
    rows.reject(given["latitude"] & ~given["longitude"], "longitude is empty, but latitude is not", "longitude")
    rows.reject(given["longitude"] & ~given["latitude"], "latitude is empty, but longitude is not", "latitude")
    return lon, lat


def _refuse_outside(rows: Rows, outside: NDArray[np.bool_], lon: Floats, lat: Floats, locator: Locator) -> None:
    places = np.flatnonzero(outside)
    exchanged = locator.areas.locate(lat[places], lon[places])
    for index, code in zip(places.tolist(), exchanged.tolist(), strict=True):
        swapped = f": with longitude and latitude exchanged it lies in {locator.areas.name(code)}" if code else ""
        rows.reject_one(index, f"the point lies outside the boundaries{swapped}", "longitude")


def _named(rows: Rows, written: Codes, area: Codes, locator: Locator) -> None:
    """Put the code of what is written into `area`; what means no place here is a fault."""
    codes: dict[str, str] = {}
    for index in np.flatnonzero(rows.ours & (written != "")).tolist():
        text = written[index]
        if text not in codes:
            codes[text] = locator.meant(text)
        if codes[text]:
            area[index] = codes[text]
        else:
            near = locator.likely(text)
            guess = f" (did you mean {locator.areas.name(near)}, {near}?)" if near else ""
            rows.reject_one(index, f"area is no P-code and no known name{guess}", "area")


def _count(
    rows: Rows, written: Codes, area: Codes, at_point: NDArray[np.bool_], top: str, locator: Locator
) -> None:  # fmt: skip
    found, known = locator.found, len(locator.areas) > 0
    for index in np.flatnonzero(rows.keep).tolist():
        if not known:
            here = not at_point[index] and written[index] in ("", top)
            found.country_only += here
            found.without_boundaries += not here
        elif at_point[index]:
            found.by_point += 1
        elif written[index]:
            locator.count(written[index], area[index])
        else:
            found.country_only += 1
