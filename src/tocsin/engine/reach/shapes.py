"""Regions as shapely's geometries, and their area on the sphere: for shares of areas, not for membership.

    (1)  area of a ring = R^2 |sum over edges of (lon2 - lon1) sin((lat1 + lat2) / 2) sinc((lat2 - lat1) / 2)|
    (2)  a circle is drawn with 720 corners on its line; such a polygon lacks a 79,000th of its area

(1) is the integral of sin(lat) over longitude along edges that are straight in longitude and latitude, so it
is exact on the sphere for what `rings` calls an edge.
"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from tocsin.engine.reach.circles import EARTH, Circle, table, width
from tocsin.engine.reach.columns import Floats
from tocsin.engine.reach.region import Region
from tocsin.engine.reach.rings import HALF, ROUND, as_shape

CORNERS = 720
WORLD = shapely.box(-180.0, -90.0, 180.0, 90.0)
TURNS = (-2.0, -1.0, 0.0, 1.0, 2.0)


def shape_of(region: Region) -> Any:
    """The region as one valid geometry between -180 and 180."""
    return shapely.union_all(list(_parts(region)))


def spherical_area(shape: Any) -> float:
    """Square kilometres of a polygonal geometry; lines and points have none."""
    return sum(_polygon_area(part) for part in shapely.get_parts(shape) if part.geom_type == "Polygon")


def _parts(region: Region) -> Iterator[Any]:
    for rings in region.polygons:
        yield from (_on_map(as_shape(rings, turn)) for turn in TURNS)
    for circle in region.circles:
        drawn = _drawn(circle)
        yield from (_on_map(shapely.Polygon(drawn + np.array([ROUND * turn, 0.0]))) for turn in TURNS)


def _on_map(shape: Any) -> Any:
    west, _, east, _ = shape.bounds
    if west >= -HALF and east <= HALF:
        return shape
    return shapely.intersection(shape, WORLD) if west < HALF and east > -HALF else shapely.Polygon()


def _drawn(circle: Circle) -> Floats:
    """The corners of (2) on an endless map: up on the east side, down on the west."""
    turn, row = math.degrees(circle.radius / EARTH), table((circle,))[0]
    south, north = max(circle.lat - turn, -90.0), min(circle.lat + turn, 90.0)
    steps = (1.0 - np.cos(np.linspace(0.0, math.pi, CORNERS // 2 + 1))) / 2
    lat = south + (north - south) * steps
    wide = np.maximum([width(row, float(y)) for y in lat], 0.0)
    east, west = (np.column_stack([circle.lon + way * wide, lat]) for way in (1.0, -1.0))
    return np.concatenate([east, west[::-1]])


def _polygon_area(polygon: Any) -> float:
    shell, *holes = (_ring_area(ring) for ring in (polygon.exterior, *polygon.interiors))
    return shell - sum(holes)


def _ring_area(ring: Any) -> float:
    """Equation (1)."""
    lon, lat = np.radians(shapely.get_coordinates(ring)).T
    middle, half = (lat[1:] + lat[:-1]) / 2, (lat[1:] - lat[:-1]) / 2
    return abs(float(np.sum(np.diff(lon) * np.sin(middle) * np.sinc(half / math.pi)))) * EARTH**2
