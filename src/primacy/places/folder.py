"""The folder `places` of an instance: what imports put there, replaced in one step."""

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from primacy.places.areas import (
    AREA_SCHEMA,
    FILE,
    POPULATION,
    POPULATION_SCHEMA,
    Area,
    Areas,
    read_population,
)
from primacy.places.living import Row
from primacy.places.replacing import replace


def keep_boundaries(folder: Path, *, level: int, areas: Iterable[Area], above: Iterable[Area]) -> Areas:
    """Replace one level by the areas of a new file, and make coarser areas that are still missing out of finer ones."""
    kept = {area.code: area for area in Areas.load(folder)._areas.values() if area.level != level}
    kept |= {area.code: area for area in areas}
    for area in above:
        kept.setdefault(area.code, area)
    whole = _with_shapes(kept)
    _write_areas(folder, whole)
    return Areas.load(folder)


def _with_shapes(areas: dict[str, Area]) -> list[Area]:
    """Give areas without a boundary the union of the areas inside them, from the finest level up."""
    found = dict(areas)
    for area in sorted(areas.values(), key=lambda each: -each.level):
        if area.geometry is None:
            parts = [each.geometry for each in found.values() if each.parent == area.code and each.geometry is not None]
            shape = shapely.union_all(parts) if parts else None
            found[area.code] = Area(area.code, area.level, area.parent, area.names, area.variants, shape)
    return sorted(found.values(), key=lambda each: (each.level, each.code))


def _write_areas(folder: Path, areas: list[Area]) -> None:
    shapes = shapely.to_wkb(np.array([area.geometry for area in areas], dtype=object))
    table = pa.table(
        {
            "code": [area.code for area in areas],
            "level": [area.level for area in areas],
            "parent": [area.parent for area in areas],
            "names": [json.dumps(dict(area.names), ensure_ascii=False) for area in areas],
            "variants": [list(area.variants) for area in areas],
            "geometry": list(shapes),
        },
        schema=AREA_SCHEMA,
    )
    replace(folder / FILE, lambda path: pq.write_table(table, path, compression="zstd"))


def keep_population(folder: Path, figures: Iterable[Row]) -> None:
    """Add figures (code, group, year, persons); one of the same area, group and year replaces the older one."""
    kept = {(code, group, year): persons for code, group, year, persons in [*read_population(folder), *figures]}
    rows = [(*key, persons) for key, persons in sorted(kept.items())]
    columns = zip(*rows, strict=True) if rows else [()] * len(POPULATION_SCHEMA)
    arrays = [pa.array(list(column), field.type) for column, field in zip(columns, POPULATION_SCHEMA, strict=True)]
    table = pa.table(arrays, schema=POPULATION_SCHEMA)
    replace(folder / POPULATION, lambda path: pq.write_table(table, path))
