"""Distances on the Earth as a sphere: between points, and between outlines where they come nearest.

Units    degrees (WGS 84) and kilometres
Exact    the sphere is at most 0.6 % off the ellipsoid; the nearest points of two outlines are looked for with degrees
         of longitude shortened as at the middle latitude, which within a country moves them by little
Source   great-circle distance by the haversine; mean radius of the Earth of the IUGG
"""

from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

RADIUS = 6371.0088
Floats = NDArray[np.float64]


def great_circle_km(lon: ArrayLike, lat: ArrayLike, other_lon: ArrayLike, other_lat: ArrayLike) -> Floats:
    """Kilometres between points, one with one or one with many.

    Missing  NaN stays NaN.
    """
    x, y, other_x, other_y = (
        np.radians(np.asarray(each, dtype=np.float64)) for each in (lon, lat, other_lon, other_lat)
    )
    chord = np.sin((other_y - y) / 2) ** 2 + np.cos(y) * np.cos(other_y) * np.sin((other_x - x) / 2) ** 2
    return np.asarray(2 * RADIUS * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0))))


def outlines_km(shape: Any, others: NDArray[np.object_]) -> Floats:
    """Kilometres from an outline to each of others where they come nearest; 0 where they touch."""
    if not len(others):
        return np.zeros(0)
    bounds = shapely.bounds(others)
    west, south, east, north = shape.bounds
    middle = np.radians((np.minimum(bounds[:, 1], south) + np.maximum(bounds[:, 3], north)) / 2)
    # Across the 180th meridian the nearest way is the other way round.
    turned = np.round(((west + east) - (bounds[:, 0] + bounds[:, 2])) / 720) * 360
    found = np.empty(len(others))
    for place, (other, turn, shortened) in enumerate(zip(others, turned, np.cos(middle), strict=True)):
        line = shapely.shortest_line(_flat(shape, 0.0, shortened), _flat(other, turn, shortened))
        (x, y), (other_x, other_y) = shapely.get_coordinates(line)
        found[place] = great_circle_km(x / shortened, y, other_x / shortened, other_y)
    return found


def _flat(shape: Any, turn: float, shortened: float) -> Any:
    """The outline with degrees of longitude as long as those of latitude."""
    moved, scaled = np.array([turn, 0.0]), np.array([shortened, 1.0])
    return shapely.transform(shape, lambda points: (points + moved) * scaled)
