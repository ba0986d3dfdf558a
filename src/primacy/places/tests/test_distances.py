"""Distances on the sphere, between points and between outlines."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from primacy.places.areas import Areas
from primacy.places.distances import RADIUS, great_circle_km, outlines_km

DEGREE = np.pi * RADIUS / 180  # 111.195 km
POINTS = [
    ("a degree of latitude", (0, 0), (0, 1), DEGREE),
    ("a degree of longitude at 60 degrees is half as long", (0, 60), (1, 60), 55.59701),
    ("the other side of the Earth", (0, 0), (180, 0), 180 * DEGREE),
    ("across the 180th meridian", (179.5, 0), (-179.5, 0), DEGREE),
    ("Bangui to N'Djamena, as atlases say within one in a hundred", (18.555, 4.361), (15.044, 12.107), 943.0),
    ("not known", (np.nan, 0), (0, 1), np.nan),
]


@pytest.mark.parametrize(("shows", "one", "other", "km"), POINTS, ids=[case[0] for case in POINTS])
def test_great_circle(shows: str, one: tuple[float, float], other: tuple[float, float], km: float) -> None:
    np.testing.assert_allclose(great_circle_km(*one, *other), km, rtol=0.01 if "atlases" in shows else 1e-5)


OUTLINES = [
    ("touching", shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), 0.0),
    ("one inside the other", shapely.box(0, 0, 9, 9), shapely.box(1, 1, 2, 2), 0.0),
    ("a degree apart", shapely.box(0, 0, 1, 1), shapely.box(0, 2, 1, 3), DEGREE),
    ("on both sides of the 180th meridian", shapely.box(178, 0, 179, 1), shapely.box(-180, 0, -179, 1), DEGREE),
]


@pytest.mark.parametrize(("shows", "one", "other", "km"), OUTLINES, ids=[case[0] for case in OUTLINES])
def test_outlines(shows: str, one: object, other: object, km: float) -> None:
    there, back = (outlines_km(a, np.array([b], dtype=object))[0] for a, b in ((one, other), (other, one)))
    assert there == pytest.approx(km, rel=1e-3, abs=1e-9)
    assert back == pytest.approx(there, abs=1e-9)


@given(st.floats(-170, 170), st.floats(-60, 60), st.floats(0.1, 5), st.floats(0.1, 5))
def test_outlines_are_no_farther_apart_than_points_inside(x: float, y: float, across: float, up: float) -> None:
    one, other = shapely.box(x, y, x + 0.1, y + 0.1), shapely.box(x + across, y + up, x + across + 1, y + up + 1)
    between = great_circle_km(x + 0.05, y + 0.05, x + across + 0.5, y + up + 0.5)
    assert outlines_km(one, np.array([other], dtype=object))[0] <= between


def test_areas(country: Areas) -> None:
    assert country.distance_km("XX11", "XX12") == pytest.approx(DEGREE, rel=1e-3)
    assert country.distance_km("XX11", "XX12", outlines=True) == 0.0
    assert country.distance_km("XX11", "XX24", outlines=True) == pytest.approx(2 * DEGREE, rel=1e-3)
    assert country.distance_km("XX11", "nowhere") is None
    assert [code for code, _ in country.within_km("XX11", 0.0)] == ["XX12"]
    assert country.within_km("XX11", 120.0) == [("XX12", 0.0), ("XX23", pytest.approx(DEGREE, rel=1e-3))]
    assert country.within_km("nowhere", 1.0) == []


def test_a_package_has_no_boundaries_to_measure(country: Areas) -> None:
    copy = Areas.from_dict(country.as_dict())
    assert (copy.point("XX11"), copy.distance_km("XX11", "XX12"), copy.within_km("XX11", 9.0)) == (None, None, [])
