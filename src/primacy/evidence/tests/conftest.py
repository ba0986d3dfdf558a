"""Small files as sources publish them, and an empty instance to import them into."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from primacy.framework.instance import Instance
from primacy.places.areas import Areas
from primacy.places.files.files import Source
from primacy.places.folder import keep_boundaries
from primacy.places.importers import boundaries


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    """An instance of the invented country "Examplia" without anything in it."""
    folder = tmp_path / "instance"
    folder.mkdir()
    made = Instance(folder)
    made.mission_file.write_text("country: XX\n")
    return made


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """write(name, text) -> path"""

    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return written


@pytest.fixture
def boundaries_file(tmp_path: Path) -> Path:
    """Four districts of one degree in two provinces."""
    features = [_district(number) for number in (1, 2, 3, 4)]
    path = tmp_path / "xx_admin2.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def _district(number: int) -> dict[str, Any]:
    west, province = number - 1, (number + 1) // 2
    ring = [[west, 0], [west + 1, 0], [west + 1, 1], [west, 1], [west, 0]]
    properties = {
        "adm2_name": f"District {number}", "adm2_pcode": f"XX{province}{number}",
        "adm1_name": ("West Province", "Est-Mambéré")[province - 1], "adm1_pcode": f"XX{province}",
        "adm0_name": "Examplia", "adm0_pcode": "XX", "lang": "en",
    }  # fmt: skip
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture
def areas(boundaries_file: Path, tmp_path: Path) -> Areas:
    """The areas of that file."""
    found = boundaries.read(Source(boundaries_file))
    return keep_boundaries(tmp_path / "places-alone", level=found.level, areas=found.areas, above=found.above)
