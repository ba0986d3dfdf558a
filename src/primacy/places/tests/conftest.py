"""An invented country of squares: XX has two provinces, each with two districts, one degree wide and high."""

import json
from pathlib import Path
from typing import Any

import pytest

from primacy.places.areas import Areas
from primacy.places.files.files import Source
from primacy.places.folder import keep_boundaries
from primacy.places.importers import boundaries


def square(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(number: int, province: str) -> dict[str, Any]:
    """District number 1 to 4 of the invented country."""
    properties = {
        "adm2_name": f"District {number}", "adm2_pcode": f"XX{(number + 1) // 2}{number}", "adm1_name": province,
        "adm1_pcode": f"XX{(number + 1) // 2}", "adm0_name": "Examplia", "adm0_pcode": "XX", "lang": "en",
    }  # fmt: skip
    return {"type": "Feature", "properties": properties, "geometry": square(number - 1, 0, number, 1)}


@pytest.fixture
def districts() -> dict[str, Any]:
    """The boundaries of level 2 as GeoJSON."""
    provinces = ["West Province", "West Province", "Est-Mambéré", "Est-Mambéré"]
    return {"type": "FeatureCollection", "features": [feature(n, name) for n, name in enumerate(provinces, 1)]}


@pytest.fixture
def country(districts: dict[str, Any], tmp_path: Path) -> Areas:
    """The invented country, imported from its districts alone."""
    path = tmp_path / "xx_admin2.geojson"
    path.write_text(json.dumps(districts))
    found = boundaries.read(Source(path))
    return keep_boundaries(tmp_path / "places", level=found.level, areas=found.areas, above=found.above)
