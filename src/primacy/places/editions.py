"""Editions of boundaries: the areas of one level as they were valid from a day on, several of them side by side.

An edition is what one file says: the areas of its level, and when they came into force (COD-AB: `valid_on`). On a day
the newest edition that had come into force counts for each level; before the first one, the first. A file that does not
say its day is older than all others.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from primacy.places.files.kept import keep_table, kept_table

FILE = "areas.parquet"
AREA_SCHEMA = pa.schema(
    [
        ("code", pa.string()),
        ("level", pa.int8()),
        ("parent", pa.string()),
        ("names", pa.string()),  # JSON: language -> name
        ("variants", pa.list_(pa.string())),
        ("geometry", pa.binary()),  # WKB, degrees, WGS 84
        ("valid_from", pa.date32()),  # of the edition; null where its file does not say
        ("disputed", pa.string()),  # what is disputed, as the file says; empty where nothing is
    ]
)
UNSAID = date.min  # the day of an edition that does not say it


@dataclass(frozen=True)
class Area:
    """One area. `parent` is empty for the country itself; `geometry` is None in a package."""

    code: str
    level: int
    parent: str
    names: Mapping[str, str]  # language -> name, the first is the official one
    variants: tuple[str, ...] = ()
    geometry: Any = field(default=None, compare=False, repr=False)
    disputed: str = ""


Key = tuple[int, date]  # level, first day
Editions = dict[Key, dict[str, Area]]


def read_editions(folder: Path) -> Editions:
    """Every edition in the folder `places` of an instance."""
    found: Editions = {}
    if (folder / FILE).is_file():
        table = kept_table(folder / FILE, AREA_SCHEMA)
        shapes = shapely.from_wkb(np.array(table.column("geometry").to_pylist(), dtype=object))
        for row, shape in zip(table.drop_columns(["geometry"]).to_pylist(), shapes, strict=True):
            area = Area(
                row["code"], row["level"], row["parent"], json.loads(row["names"]), tuple(row["variants"]), shape,
                row.get("disputed") or "",
            )  # fmt: skip
            found.setdefault((area.level, row.get("valid_from") or UNSAID), {})[area.code] = area
    return found


def write_editions(folder: Path, editions: Editions) -> None:
    """Replace all editions in one step."""
    listed = [(day, area) for (_, day), areas in sorted(editions.items()) for _, area in sorted(areas.items())]
    shapes = shapely.to_wkb(np.array([area.geometry for _, area in listed], dtype=object))
    table = pa.table(
        {
            "code": [area.code for _, area in listed],
            "level": [area.level for _, area in listed],
            "parent": [area.parent for _, area in listed],
            "names": [json.dumps(dict(area.names), ensure_ascii=False) for _, area in listed],
            "variants": [list(area.variants) for _, area in listed],
            "geometry": list(shapes),
            "valid_from": [None if day == UNSAID else day for day, _ in listed],
            "disputed": [area.disputed for _, area in listed],
        },
        schema=AREA_SCHEMA,
    )
    keep_table(table, folder / FILE)


def key_in_force(editions: Iterable[Key], level: int, on: date | None) -> Key | None:
    """The edition of a level that counts on a day: without a day the newest, before the first one the first."""
    days = sorted(day for n, day in editions if n == level)
    if not days:
        return None
    come = [day for day in days if on is None or day <= on]
    return level, (come[-1] if come else days[0])


def in_force(editions: Editions, on: date | None) -> list[Area]:
    """The areas that count on a day, of each level those of its edition."""
    keys = (key_in_force(editions, level, on) for level in sorted({level for level, _ in editions}))
    return [area for key in keys if key for area in editions[key].values()]


def last_days(editions: Editions) -> dict[str, date]:
    """The first day of the last edition that has each code."""
    listed = sorted(editions.items(), key=lambda each: each[0][1])
    return {code: day for (_, day), areas in listed for code in areas}


def former(editions: Editions, now: Iterable[Area]) -> list[Area]:
    """Areas of other editions whose code is not among those `now`, each as it was last."""
    codes = {area.code for area in now}
    last = {code: area for _, areas in sorted(editions.items(), key=lambda each: each[0][1])
            for code, area in areas.items() if code not in codes}  # fmt: skip
    return [last[code] for code in sorted(last)]
