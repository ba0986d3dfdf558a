"""Administrative boundaries with P-codes: GeoJSON or GeoParquet, one file for each level.

Data sheet
    Producer     OCHA and the national mapping authority: Common Operational Dataset, boundaries (COD-AB)
    Licence      as each country's file says, usually CC BY-IGO
    Form         one feature for each area; longitude and latitude in WGS 84
    Level        the highest n for which the features have a P-code (adm2_pcode, ADM2_PCODE or admin2Pcode)
    Names        admN_name, admN_name1 to 3 with lang, lang1 to 3; ADMN_EN; adminNName_fr; variant: admN_ref
    Above        areas of coarser levels are made from a finer file where they have no file of their own
    Editions     valid_on (validOn, valid_from): the day from which these boundaries count; of several the last
    Disputed     disputed (is_disputed): yes, or what is disputed
    Checked      the centre, where the file gives it, lies in the area; two areas have not one P-code
    Not used     area, end of validity
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from primacy.framework.saying import Said, said
from primacy.places.areas import Area
from primacy.places.countries import country_of, iso3_of
from primacy.places.errors import BadInput, shortened
from primacy.places.files.faults import LONGEST_VALUE, Fault, Faults
from primacy.places.files.figures import day
from primacy.places.files.files import Source
from primacy.places.files.json_rows import refuse_endless
from primacy.places.files.parquet import parquet_file

FORMAT = "boundaries"
ABOUT = "administrative boundaries with P-codes (COD-AB), GeoJSON or GeoParquet"
CODE = re.compile(r"adm(?:in)?(\d)_?p?code", re.IGNORECASE)
NAME = re.compile(r"adm(?:in)?(\d)_?(?:name)?(\d)?(?:_?([a-z]{2}))?", re.IGNORECASE)
VARIANT = re.compile(r"adm(?:in)?(\d)_?(?:ref|alt\w*)", re.IGNORECASE)
VALID_FROM = re.compile(r"valid_?(?:on|from)", re.IGNORECASE)
CENTRE = re.compile(r"cent(?:er|re)_?(lat|lon)", re.IGNORECASE)
DISPUTED = re.compile(r"(?:is_?)?disputed", re.IGNORECASE)
NOT_DISPUTED = frozenset(("", "no", "non", "false", "0", "none", "null", "n", "لا"))
DEEPEST = 4
REPORTED = 2  # findings are told by areas of this level or above it; below, published boundaries do repeat codes
MOST_FEATURES = 500_000
MOST_READ = 2 * 2**30  # bytes of a table in memory: what is repeated takes no room in the file
UNREADABLE = (
    pa.ArrowException, shapely.errors.GEOSException, OSError, ValueError, KeyError, TypeError, AttributeError,
)  # fmt: skip
Shape = Any  # a shapely geometry; the library has no type hints
REMEDY = said("places/do.cod-ab")


@dataclass(frozen=True)
class Boundaries:
    """What one file says: its level, its areas, the coarser areas that it names, and features left out."""

    country: str  # ISO alpha-3
    level: int
    areas: tuple[Area, ...]
    above: tuple[Area, ...]
    faults: Faults
    valid_from: date | None = None  # where the file says it


def sniff(source: Source, head: bytes) -> Said | None:
    if head.startswith(b"PAR1"):
        names = [name for name in parquet_file(source).schema_arrow.names if CODE.fullmatch(name)]
        return said("places/column-of-codes", name=names[0]) if names else None
    if not head.lstrip().startswith(b"{") or b"FeatureCollection" not in head:
        return None
    found = max(CODE.finditer(head.decode("utf-8", "ignore")), key=lambda each: each[1], default=None)
    return said("places/features-with-codes", name=found[0]) if found else None


def read(source: Source) -> Boundaries:
    """The areas of one file. Raises BadInput when it holds none that can be used."""
    parquet = source.head().startswith(b"PAR1")
    features = _from_parquet(source) if parquet else _from_geojson(source)
    level = max((n for properties, _ in features for n in _codes(properties)), default=-1)
    if level < 0:
        raise BadInput(said("places/boundaries-no-code"), source.label, REMEDY)
    if level > DEEPEST:
        raise BadInput(said("places/odd-level", level=level), source.label, said("places/do.levels", most=DEEPEST))
    areas: dict[str, Area] = {}
    above: dict[str, Area] = {}
    faults, twice = Faults("feature"), Faults("feature")
    country = ""
    for place, (properties, shape) in enumerate(features, 1):
        codes = _codes(properties)
        reason, field, value = _unusable(codes, level, shape, _centre(properties))
        if reason:
            faults.add(Fault(place, reason, field, value))
            continue
        country = country or iso3_of(str(properties.get("iso3") or codes.get(0, country_of(codes[level]))))
        area = _area(properties, codes, level, _polygons(shape))
        if area.code in areas and area.names != areas[area.code].names:
            other = " / ".join(areas[area.code].names.values())
            fault = Fault(place, said("places/code-of-other", other=other), f"adm{level}_pcode", area.code)
            (twice if level <= REPORTED else faults).add(fault)
            continue
        areas[area.code] = _joined(areas[area.code], area) if area.code in areas else area
        for n in range(level - 1, -1, -1):
            if n in codes:
                above.setdefault(codes[n], _area(properties, codes, n, None))
    if twice:
        raise _two_areas_of_one_code(source, twice)
    if not areas:
        raise _refused(source, faults, none=True)
    valid_from = max((day for properties, _ in features if (day := _valid_from(properties))), default=None)
    return Boundaries(country, level, tuple(areas.values()), tuple(above.values()), faults, valid_from)


def _refused(source: Source, faults: Faults, *, none: bool = False) -> BadInput:
    first = next(iter(faults))
    what = said("places/no-usable-area", reason=first.reason) if none else first.reason
    return BadInput(what, said("places/at.feature", file=source.label, line=first.line), REMEDY, faults)


def _two_areas_of_one_code(source: Source, faults: Faults) -> BadInput:
    """Nobody can tell which of them a fact with this code means, and leaving one out makes a hole in the map."""
    first = next(iter(faults))
    return BadInput(
        said("places/code-twice", value=first.value, line=first.line, reason=first.reason),
        said("places/at.feature", file=source.label, line=first.line), said("places/do.correct-code"), faults,
    )  # fmt: skip


def _valid_from(properties: Mapping[str, Any]) -> date | None:
    for key, value in properties.items():
        if VALID_FROM.fullmatch(key) and value:
            return day(str(value))[0]
    return None


def _disputed(properties: Mapping[str, Any]) -> str:
    """What is disputed of an area; `yes` where the file says no more than that it is."""
    for key, value in properties.items():
        text = str(value if value is not None else "").strip()
        if DISPUTED.fullmatch(key) and text.casefold() not in NOT_DISPUTED:
            return "yes" if text.casefold() in ("true", "1", "y", "oui") else text
    return ""


def _codes(properties: Mapping[str, Any]) -> dict[int, str]:
    codes: dict[int, str] = {}
    for key, value in properties.items():
        found = CODE.fullmatch(key)
        if found and isinstance(value, str) and value.strip():
            codes[int(found[1])] = value.strip()
    return codes


def _centre(properties: Mapping[str, Any]) -> tuple[float, float] | None:
    """Longitude and latitude of an area's centre, where the file says them."""
    stated = {found[1].lower(): value for key, value in properties.items() if (found := CENTRE.fullmatch(key))}
    numbers = [stated.get("lon"), stated.get("lat")]
    lon, lat = (float(each) if isinstance(each, int | float) else float("nan") for each in numbers)
    return None if np.isnan(lon + lat) else (lon, lat)


def _unusable(
    codes: Mapping[int, str], level: int, shape: Shape, centre: tuple[float, float] | None
) -> tuple[Said | None, str, str]:
    """(why, field, value) of a feature that is no area; no reason where it is one."""
    if level not in codes:
        return said("places/no-level-code", level=level), f"adm{level}_pcode", ""
    if shape is None or shape.is_empty:
        return said("places/no-boundary"), "geometry", ""
    if shape.geom_type not in ("Polygon", "MultiPolygon", "GeometryCollection"):
        return said("places/no-area-shape", shape=shape.geom_type), "geometry", shape.geom_type
    west, south, east, north = shape.bounds
    if not (-180.001 <= west <= east <= 180.001 and -90.001 <= south <= north <= 90.001):
        return said("places/no-degrees"), "geometry", f"{west:g} {south:g}"
    if centre and _inside(centre[::-1], shape.bounds) and not _inside(centre, shape.bounds):
        return said("places/exchanged-centre"), "geometry", ""
    return None, "", ""


def _inside(point: tuple[float, float], bounds: tuple[float, float, float, float]) -> bool:
    return bounds[0] <= point[0] <= bounds[2] and bounds[1] <= point[1] <= bounds[3]


def _area(properties: Mapping[str, Any], codes: Mapping[int, str], level: int, shape: Shape) -> Area:
    names: dict[str, str] = {}
    variants: list[str] = []
    for key, value in properties.items():
        if not isinstance(value, str) or not value.strip() or CODE.fullmatch(key):
            continue
        name, variant = NAME.fullmatch(key), VARIANT.fullmatch(key)
        if variant and int(variant[1]) == level and value.strip() != "None":
            variants.append(value.strip())
        elif name and int(name[1]) == level:
            language = name[3] or properties.get(f"lang{name[2] or ''}") or ("en" if not name[2] else f"x{name[2]}")
            names.setdefault(str(language).lower(), value.strip())
    parent = next((codes[n] for n in range(level - 1, -1, -1) if n in codes), "")
    known = set(names.values())
    spare = tuple(dict.fromkeys(each for each in variants if each not in known))
    disputed = _disputed(properties) if shape is not None else ""
    return Area(codes[level], level, parent, names or {"en": codes[level]}, spare, shape, disputed)


def _joined(one: Area, other: Area) -> Area:
    """An area that a file gives in several features."""
    return replace(one, geometry=shapely.union(one.geometry, other.geometry), disputed=one.disputed or other.disputed)


def _polygons(shape: Shape) -> Shape:
    """Valid polygons without stray points and lines."""
    if not shapely.is_valid(shape):
        shape = shapely.make_valid(shape)
    if shape.geom_type == "GeometryCollection":
        shape = shapely.union_all([part for part in shape.geoms if part.geom_type in ("Polygon", "MultiPolygon")])
    return shape


def _from_geojson(source: Source) -> list[tuple[dict[str, Any], Any]]:
    raw = source.bytes()
    refuse_endless(raw, source.label)
    try:
        content = json.loads(raw)
        if b"\\ud" in raw or b"\\uD" in raw:
            json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:  # half of a letter, which JSON can write and no text can hold
        raise BadInput(said("places/odd-letters"), source.label, said("places/do.again")) from error
    except UnicodeDecodeError as error:
        raise BadInput(said("places/no-utf8"), source.label, said("places/do.save-utf8")) from error
    except (ValueError, RecursionError) as error:
        raise BadInput(said("places/no-geojson", error=shortened(error)), source.label, REMEDY) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not features:
        raise BadInput(said("places/no-features"), source.label, REMEDY)
    found: list[tuple[dict[str, Any], Any]] = []
    faults = Faults("feature")
    for place, feature in enumerate(features, 1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            faults.add(Fault(place, said("places/no-feature"), "properties", str(properties)[:LONGEST_VALUE]))
            continue
        try:
            found.append((properties, _shape(feature.get("geometry"))))
        except (shapely.errors.GEOSException, TypeError, ValueError, RecursionError) as error:
            faults.add(Fault(place, said("places/feature-boundary", error=shortened(error)), "geometry"))
    if faults:
        raise _refused(source, faults)
    return found


def _shape(geometry: object) -> Shape:
    return None if geometry is None else shapely.from_geojson(json.dumps(geometry))


def _from_parquet(source: Source) -> list[tuple[dict[str, Any], Any]]:
    file = parquet_file(source)
    if file.metadata.num_rows > MOST_FEATURES:
        raise BadInput(said("places/many-features", most=MOST_FEATURES), source.label, REMEDY)
    try:
        geo = json.loads((file.schema_arrow.metadata or {}).get(b"geo", b"{}"))
        column = str(geo.get("primary_column", "geometry"))
        table = _bounded(file, source)
        shapes = _decoded(table.column(column).combine_chunks())
        kept = [field.name for field in table.schema if field.name != column and not pa.types.is_nested(field.type)]
        return list(zip(table.select(kept).to_pylist(), shapes, strict=True))
    except BadInput:
        raise
    except UNREADABLE as error:
        raise BadInput(said("places/boundaries-unreadable", error=shortened(error)), source.label, REMEDY) from error


def _bounded(file: pq.ParquetFile, source: Source) -> pa.Table:
    """The whole table, read in pieces so small that none can be much larger than what the file says of itself."""
    groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
    largest = max(
        (group.column(n).total_uncompressed_size for group in groups for n in range(group.num_columns)), default=0
    )
    too_large = BadInput(
        said("places/too-large-in-memory", most=MOST_READ // 2**20), source.label, said("places/do.simplify")
    )
    if not 0 <= largest <= MOST_READ:
        raise too_large
    batches: list[pa.RecordBatch] = []
    size = 0
    for batch in file.iter_batches(batch_size=min(10_000, max(1, MOST_READ // 4 // max(1, largest)))):
        batches.append(batch)
        size += batch.nbytes
        if size > MOST_READ:
            raise too_large
    return pa.Table.from_batches(batches, file.schema_arrow)


def _decoded(column: pa.Array) -> Iterable[Any]:
    """Geometries of a GeoParquet column: WKB, or nested lists of points (encodings polygon and multipolygon)."""
    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        return list(shapely.from_wkb(np.array(column.to_pylist(), dtype=object)))
    offsets: list[Any] = []
    inner = column
    while pa.types.is_list(inner.type) or pa.types.is_large_list(inner.type):
        offsets.insert(0, inner.offsets.to_numpy())
        inner = inner.values
    kind = {2: shapely.GeometryType.POLYGON, 3: shapely.GeometryType.MULTIPOLYGON}[len(offsets)]
    points = np.column_stack([inner.field("x").to_numpy(), inner.field("y").to_numpy()])
    shapes = shapely.from_ragged_array(kind, points, tuple(offsets))
    return [shape if there else None for shape, there in zip(shapes, column.is_valid().to_pylist(), strict=True)]
