"""Boundaries as countries publish them."""

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from primacy.places.errors import BadInput
from primacy.places.files.files import Source, sources
from primacy.places.importers import boundaries


def _read(tmp_path: Path, content: Any, name: str = "xx_admin2.geojson") -> boundaries.Boundaries:
    path = tmp_path / name
    text = (content if isinstance(content, str) else json.dumps(content)).encode()
    path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    source = Source(path)
    boundaries.sniff(source, source.head())
    return boundaries.read(source)


def test_level_names_and_the_areas_above(districts: dict[str, Any], tmp_path: Path) -> None:
    found = _read(tmp_path, districts, "xx.geojson.gz")
    assert (found.level, len(found.areas), found.country) == (2, 4, "XX")
    assert sorted(area.code for area in found.above) == ["XX", "XX1", "XX2"]
    assert found.areas[0].parent == "XX1"


SAID = [
    ("nothing", {}, None, ""),
    ("a day", {"valid_on": "2015-06-15"}, date(2015, 6, 15), ""),
    ("a day with its time, in another style", {"validOn": "2015-06-15T00:00:00"}, date(2015, 6, 15), ""),
    ("what is no day", {"valid_on": "recently"}, None, ""),
    ("disputed", {"disputed": True}, None, "yes"),
    ("what is disputed", {"DISPUTED": "claimed by two states"}, None, "claimed by two states"),
    ("not disputed", {"is_disputed": "No"}, None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "properties", "day", "disputed"), SAID, ids=[case[0] for case in SAID])
def test_validity_and_dispute(
    shows: str, properties: dict[str, Any], day: date | None, disputed: str, districts: dict[str, Any], tmp_path: Path
) -> None:
    districts["features"][1]["properties"] |= properties
    found = _read(tmp_path, districts)
    assert found.valid_from == day
    assert [area.disputed for area in found.areas] == ["", disputed, "", ""]


@pytest.mark.reference_data
@pytest.mark.parametrize("name", ["caf_admin1.parquet", "caf_admin2_simplified.geojson.gz"])
def test_the_central_african_boundaries_say_their_day(reference_data: Path, name: str) -> None:
    found = boundaries.read(next(sources(reference_data / "boundaries_caf_2024" / name)))
    assert found.valid_from == date(2015, 6, 15)


def test_a_code_of_two_areas_is_refused_and_a_code_in_two_features_of_one_area_is_not(
    districts: dict[str, Any], tmp_path: Path
) -> None:
    first, second = (each["properties"] for each in districts["features"][:2])
    second |= {"adm2_pcode": first["adm2_pcode"]}
    with pytest.raises(
        BadInput, match=r"feature 2: gives one P-code to two areas: XX11 .*District 1.*Correct"
    ) as caught:
        _read(tmp_path, districts)
    assert caught.value.faults.first is not None
    assert (caught.value.faults.first.line, caught.value.faults.first.field) == (2, "adm2_pcode")
    second |= first
    assert not _read(tmp_path, districts, "same.geojson").faults


def test_below_the_districts_the_second_area_of_a_code_is_left_out_and_named(
    districts: dict[str, Any], tmp_path: Path
) -> None:
    """The published boundaries of the Central African Republic give two codes of level 4 to two areas each."""
    for number, feature in enumerate(districts["features"]):
        feature["properties"] |= {"adm3_pcode": f"XX9{max(number, 1)}", "adm3_en": f"Commune {number}"}
    found = _read(tmp_path, districts)
    assert (found.level, len(found.areas)) == (3, len(districts["features"]) - 1)
    assert found.faults.first is not None
    assert (found.faults.first.line, found.faults.first.value) == (2, "XX91")


def test_exchanged_axes_are_seen_where_the_file_gives_centres(districts: dict[str, Any], tmp_path: Path) -> None:
    for feature in districts["features"]:
        west, south, east, north = shapely.from_geojson(json.dumps(feature["geometry"])).bounds
        moved = [[[x + 40, y] for x, y in ring] for ring in feature["geometry"]["coordinates"]]
        feature["geometry"]["coordinates"] = moved
        feature["properties"] |= {"center_lon": (south + north) / 2, "center_lat": 40 + (west + east) / 2}
    with pytest.raises(BadInput, match="longitude and latitude are exchanged"):
        _read(tmp_path, districts)


STYLES = [
    ("capital letters with a language", {"ADM1_PCODE": "XX1", "ADM1_FR": "Ouest", "ADM0_PCODE": "XX"}, {"fr": "Ouest"}),
    ("admin with a language", {"admin1Pcode": "XX1", "admin1Name_ar": "الغرب", "admin0Pcode": "XX"}, {"ar": "الغرب"}),
    (
        "several languages by number",
        {"adm1_pcode": "XX1", "adm1_name": "West", "lang": "en", "adm1_name1": "Ouest", "lang1": "fr"},
        {"en": "West", "fr": "Ouest"},
    ),
    ("no name: the code", {"adm1_pcode": "XX1"}, {"en": "XX1"}),
]


@pytest.mark.parametrize(("shows", "properties", "names"), STYLES, ids=[case[0] for case in STYLES])
def test_styles_of_columns(
    tmp_path: Path, shows: str, properties: dict[str, str], names: dict[str, str], districts: dict[str, Any]
) -> None:
    one = {"type": "Feature", "properties": properties, "geometry": districts["features"][0]["geometry"]}
    found = _read(tmp_path, {"type": "FeatureCollection", "features": [one]})
    assert dict(found.areas[0].names) == names
    assert found.level == 1


def test_a_feature_without_a_code_or_boundary_is_rejected_and_said(districts: dict[str, Any], tmp_path: Path) -> None:
    del districts["features"][0]["properties"]["adm2_pcode"]
    districts["features"][1]["geometry"] = None
    found = _read(tmp_path, districts)
    assert [(each.line, str(each.reason)) for each in found.faults] == [(1, "no P-code of level 2"), (2, "no boundary")]
    assert len(found.areas) == 2


def test_an_area_in_two_features_is_one(districts: dict[str, Any], tmp_path: Path) -> None:
    districts["features"][1]["properties"] |= districts["features"][0]["properties"]
    found = _read(tmp_path, districts)
    assert found.areas[0].geometry.area == pytest.approx(2.0)


def _broken(districts: dict[str, Any], what: str) -> Any:
    match what:
        case "half a file":
            return json.dumps(districts)[:-30]
        case "no features":
            return {"type": "FeatureCollection", "features": []}
        case "no codes at all":
            return {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": None}]}
        case "metres instead of degrees":
            for each in districts["features"]:
                each["geometry"]["coordinates"] = [[[n * 9000, m * 9000] for n, m in ((1, 1), (2, 1), (2, 2), (1, 1))]]
        case "points instead of areas":
            for each in districts["features"]:
                each["geometry"] = {"type": "Point", "coordinates": [1, 1]}
        case "nonsense for a geometry":
            districts["features"][0]["geometry"] = {"type": "Polygon", "coordinates": "here"}
        case "endless brackets":
            return '{"type": "FeatureCollection", "adm1_pcode": ' + "[" * 200_000
        case "a feature that is none":
            districts["features"][2] = 5
    return districts


BROKEN = [
    ("half a file", "is not complete GeoJSON"),
    ("no features", "holds no features"),
    ("no codes at all", "names no P-code"),
    ("metres instead of degrees", "no longitude and latitude"),
    ("points instead of areas", "a Point is no area"),
    ("nonsense for a geometry", "feature 1: has a boundary that cannot be read"),
    ("endless brackets", "is not complete GeoJSON"),
    ("a feature that is none", "feature 3: is no feature"),
]


@pytest.mark.parametrize(("what", "message"), BROKEN, ids=[case[0] for case in BROKEN])
def test_broken_boundaries_are_refused(districts: dict[str, Any], tmp_path: Path, what: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        _read(tmp_path, _broken(districts, what))
    assert message in str(caught.value)
    assert caught.value.remedy


def test_geoparquet_with_wkb(tmp_path: Path) -> None:
    shapes = [shapely.to_wkb(shapely.box(n, 0, n + 1, 1)) for n in range(2)]
    table = pa.table({"adm1_pcode": ["XX1", "XX2"], "adm1_name": ["A", "B"], "geometry": shapes})
    pq.write_table(table, tmp_path / "xx.parquet")
    source = Source(tmp_path / "xx.parquet")
    assert boundaries.sniff(source, source.head())
    assert [area.geometry.area for area in boundaries.read(source).areas] == [1.0, 1.0]


def test_geoparquet_cut_off_is_refused(tmp_path: Path) -> None:
    (tmp_path / "xx.parquet").write_bytes(b"PAR1" + b"\0" * 100)
    with pytest.raises(BadInput, match=r"not a complete Parquet file.*Download or copy it again"):
        boundaries.read(Source(tmp_path / "xx.parquet"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 1500), noise=st.text(max_size=3))
def test_a_damaged_file_is_read_or_refused(districts: dict[str, Any], tmp_path: Path, place: int, noise: str) -> None:
    text = json.dumps(districts)
    try:
        _read(tmp_path, text[:place] + noise.encode("utf-8", "replace").decode() + text[place + 1 :])
    except BadInput as error:
        assert error.where  # noqa: PT017  (both outcomes are right)


@pytest.mark.reference_data
@pytest.mark.parametrize(
    ("name", "level", "areas", "rejected"),
    [
        ("caf_admin0_simplified.geojson.gz", 0, 1, 0),
        ("caf_admin1.parquet", 1, 17, 0),
        ("caf_admin2.parquet", 2, 72, 0),
        ("caf_admin3_simplified.geojson.gz", 3, 175, 0),
        ("caf_admin4_simplified.geojson.gz", 4, 172, 28),
    ],
)
def test_the_published_files_of_the_central_african_republic(
    reference_data: Path, name: str, level: int, areas: int, rejected: int
) -> None:
    found = boundaries.read(next(sources(reference_data / "boundaries_caf_2024" / name)))
    assert (found.country, found.level, len(found.areas), found.faults.lines) == ("CAF", level, areas, rejected)
    assert all(shapely.is_valid(area.geometry) for area in found.areas)
