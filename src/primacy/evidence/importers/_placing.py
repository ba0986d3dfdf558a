"""Where the lines of a hand-made table are: from P-code, name or point to an area, and every place that is none."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from primacy.evidence.bringing.formats import Task
from primacy.evidence.bringing.locating import Codes, Locator
from primacy.evidence.errors import shortened
from primacy.framework.saying import said
from primacy.places.files.distinct import Distinct
from primacy.places.files.rows import Rows

DIRECTION = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""What turns the direction of reading: copied along from Arabic documents, and seen by nobody."""
Floats = NDArray[np.float64]
Place = tuple[Codes, NDArray[np.int8]]


def placed(rows: Rows, task: Task, locator: Locator) -> Place:
    """(area, level) of each row: from its P-code or name, else from its point, else the country.

    A place that cannot be found is a fault of its row. How the places of kept rows were found is counted.
    """
    top = locator.top(task.country)
    rows.text["area"] = pc.utf8_trim(rows.column("area"), characters=DIRECTION)
    written = Distinct(rows.column("area"))
    lon, lat = _points(rows)
    at_point = rows.ours & ~written.each(bool, np.bool_) & np.isfinite(lon) & np.isfinite(lat)
    area = np.full(len(rows), top, dtype=object)
    if len(locator.areas):
        found = locator.areas.locate(lon[at_point], lat[at_point]).astype(object)
        area[at_point] = found
        _refuse_outside(rows, at_point & (area == ""), lon, lat, locator)
        area[area == ""] = top
        _named(rows, written, area, locator)
    elif not top:
        area = written.each(str, object)
    _count(rows, written, area, at_point, top, locator)
    levels = {code: locator.areas.level_of(code) or 0 for code in set(area)}
    return area, np.array([levels[code] for code in area], dtype=np.int8)


def placed_by_level(
    rows: Rows, task: Task, locator: Locator, names: Sequence[tuple[int, list[str]]], *, coarser: bool
) -> tuple[Place, Counter[str]]:  # fmt: skip
    """The same where names stand in a column for each level, for rows without P-code and point.

    names     (level, name of each row), the coarsest first: a name is looked for inside the area of the one before
    coarser   whether a name that is not found gives the area found before it; else it is a fault. Those are counted.
    """
    written = rows.column("area").to_pylist()
    at_point = pc.not_equal(rows.column("longitude"), "").to_pylist()
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    by_name: dict[int, str] = {}
    lowered: Counter[str] = Counter()
    for index in np.flatnonzero(rows.ours).tolist():
        key = tuple(texts[index] for _, texts in names)
        if written[index] or at_point[index] or not any(key):
            continue
        finest = next(text for text in reversed(key) if text)
        if not len(locator.areas):
            written[index] = finest
            continue
        if key not in found:
            found[key] = locator.nested([(level, text) for (level, _), text in zip(names, key, strict=True) if text])
        code, missing = found[key]
        if missing and not (coarser and code):
            if locator.areas.looks_like_code(missing):
                rows.reject_one(index, locator.refusal(missing, "area"), "area")
                continue
            near = locator.likely(missing)
            guess = {"area": locator.areas.name(near), "code": near} if near else {}
            told = "evidence/no-area-there-near" if near else "evidence/no-area-there"
            rows.reject_one(index, said(told, name=shortened(missing, 40), **guess), "area")
            continue
        lowered[missing] += bool(missing)
        written[index], by_name[index] = code, finest
    rows.text["area"] = pa.array(written, pa.string())
    place = placed(rows, task, locator)
    for index, name in by_name.items():
        if rows.keep[index] and locator.areas.level_of(written[index]):
            locator.found.by_code -= 1
            locator.count(name, written[index])
    lowered.pop("", None)
    return place, lowered


def _points(rows: Rows) -> tuple[Floats, Floats]:
    lon, lat = rows.numbers("longitude"), rows.numbers("latitude")
    rows.reject(np.abs(lon) > 180, said("places/not-between", column="longitude", least=-180, most=180), "longitude")
    rows.reject(np.abs(lat) > 90, said("places/not-between", column="latitude", least=-90, most=90), "latitude")
    given = {
        name: np.asarray(pc.not_equal(rows.column(name), "").to_numpy(zero_copy_only=False), dtype=np.bool_)
        for name in ("longitude", "latitude")
    }
    rows.reject(
        given["latitude"] & ~given["longitude"], said("evidence/empty-but-latitude", column="longitude"), "longitude"
    )
    rows.reject(
        given["longitude"] & ~given["latitude"], said("evidence/empty-but-longitude", column="latitude"), "latitude"
    )
    return lon, lat


def _refuse_outside(rows: Rows, outside: NDArray[np.bool_], lon: Floats, lat: Floats, locator: Locator) -> None:
    places = np.flatnonzero(outside)
    exchanged = locator.areas.locate(lat[places], lon[places])
    for index, code in zip(places.tolist(), exchanged.tolist(), strict=True):
        exchanged_in = {"area": locator.areas.name(code)} if code else {}
        key = "evidence/outside-exchanged" if code else "evidence/outside"
        rows.reject_one(index, said(key, **exchanged_in), "longitude")


def _named(rows: Rows, written: Distinct, area: Codes, locator: Locator) -> None:
    """Put the code of what is written into `area`; what means no place here is a fault."""
    codes = np.full(len(written.texts), "", dtype=object)
    asked = rows.ours & written.each(bool, np.bool_)
    for number in written.among(asked):
        codes[number] = locator.meant(*written.texts[number])
    found = codes[written.which]
    placed = asked & (found != "")
    area[placed] = found[placed]
    for index in np.flatnonzero(asked & ~placed).tolist():
        (text,) = written.texts[written.which[index]]
        rows.reject_one(index, locator.refusal(text, "area"), "area")


def _count(
    rows: Rows, written: Distinct, area: Codes, at_point: NDArray[np.bool_], top: str, locator: Locator
) -> None:  # fmt: skip
    found = locator.found
    if not len(locator.areas):
        here = rows.keep & ~at_point & written.each(lambda text: text in ("", top), np.bool_)
        found.country_only += int(here.sum())
        found.without_boundaries += int((rows.keep & ~here).sum())
        return
    found.by_point += int((rows.keep & at_point).sum())
    places = np.flatnonzero(rows.keep & ~at_point)
    numbers, first, counts = np.unique(written.which[places], return_index=True, return_counts=True)
    for place in np.argsort(first).tolist():
        (text,) = written.texts[numbers[place]]
        if text:
            locator.count(text, area[places[first[place]]], int(counts[place]))
        else:
            found.country_only += int(counts[place])
