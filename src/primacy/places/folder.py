"""The folder `places` of an instance: what imports put there, replaced in one step."""

from collections.abc import Iterable
from dataclasses import replace as with_
from datetime import date
from pathlib import Path

import pyarrow as pa
import shapely

from primacy.places.areas import Area, Areas
from primacy.places.editions import UNSAID, Editions, in_force, key_in_force, read_editions, write_editions
from primacy.places.files.kept import keep_table
from primacy.places.living import POPULATION, POPULATION_SCHEMA, Row, read_population


def keep_boundaries(
    folder: Path, *, level: int, areas: Iterable[Area], above: Iterable[Area], valid_from: date | None = None
) -> Areas:
    """Keep the areas of a file as one edition, beside those of other days.

    Coarser areas that are still missing on that day are made out of finer ones.
    """
    editions, day = read_editions(folder), valid_from or UNSAID
    editions[level, day] = {area.code: area for area in areas}
    coarser = list(above)
    for n in {area.level for area in coarser}:
        _add_above(editions, n, day, [area for area in coarser if area.level == n])
    _draw_missing(editions, day)
    write_editions(folder, editions)
    return Areas.load(folder)


def _add_above(editions: Editions, level: int, day: date, areas: list[Area]) -> None:
    """Where the edition of a coarser level that is in force lacks areas: complete it, or begin another on this day."""
    key = key_in_force(editions, level, day)
    if key is None or (key[1] != day and any(area.code not in editions[key] for area in areas)):
        key = level, day
    kept = editions.setdefault(key, {})
    for area in areas:
        kept.setdefault(area.code, area)


def _draw_missing(editions: Editions, day: date) -> None:
    """Give areas without a boundary the union of the areas inside them, from the finest level up."""
    for area in sorted(in_force(editions, day), key=lambda each: -each.level):
        if area.geometry is None:
            now = in_force(editions, day)
            parts = [each.geometry for each in now if each.parent == area.code and each.geometry is not None]
            key = key_in_force(editions, area.level, day)
            if key and parts:
                editions[key][area.code] = with_(area, geometry=shapely.union_all(parts))


def keep_population(folder: Path, figures: Iterable[Row]) -> None:
    """Add figures (code, group, year, persons); one of the same area, group and year replaces the older one."""
    kept = {(code, group, year): persons for code, group, year, persons in [*read_population(folder), *figures]}
    rows = [(*key, persons) for key, persons in sorted(kept.items())]
    columns = zip(*rows, strict=True) if rows else [()] * len(POPULATION_SCHEMA)
    arrays = [pa.array(list(column), field.type) for column, field in zip(columns, POPULATION_SCHEMA, strict=True)]
    table = pa.table(arrays, schema=POPULATION_SCHEMA)
    keep_table(table, folder / POPULATION)
