"""CAP's polygons and circles, and GeoJSON's geometries, and the traps between them.

CAP writes "latitude,longitude", GeoJSON (RFC 7946) longitude before latitude. CAP has no holes: a polygon
with one is cut through it into pieces without (`Holes.CUT`, exact), or filled, which warns more people and is
said (`Holes.FILL`). CAP has circles, GeoJSON none: a circle becomes a polygon of 64 corners on the sphere,
each at the radius, so that it lies within the circle and lacks 0.16 % of its area.

Written with six decimals, which is 11 cm. Nothing here knows the antimeridian: split there before.
"""

import math
import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, NamedTuple, cast

import shapely
from shapely.geometry import Polygon, box, mapping
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from tocsin.engine.cap.complaints import Complaint, complain, malformed
from tocsin.engine.cap.records import Area
from tocsin.kernel.areas import Geometry
from tocsin.kernel.errors import Malformed

EARTH = 6371.0088
"""Mean radius of the Earth, kilometres (IUGG)."""
CORNERS = 64

_NUMBER = r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})"
_PAIR = re.compile(rf"({_NUMBER}),({_NUMBER})")
_CIRCLE = re.compile(rf"({_NUMBER}),({_NUMBER})[ \t\r\n]+({_NUMBER})")


class Point(NamedTuple):
    """WGS 84 degrees, in CAP's order."""

    lat: float
    lon: float


class Circle(NamedTuple):
    """A centre and a radius in kilometres."""

    centre: Point
    radius: float


class Holes(Enum):
    """What becomes of a hole, which CAP can't hold."""

    CUT = "cut"
    FILL = "fill"


class Drawn(NamedTuple):
    """CAP polygons, and what had to be given up for them."""

    polygon: tuple[str, ...]
    complaints: tuple[Complaint, ...]


def points(text: str) -> tuple[Point, ...]:
    """The corners of a CAP polygon as written. Raises `Malformed` (cap.polygon) where a pair is none."""
    pairs = [_PAIR.fullmatch(pair) for pair in text.split()]
    found = tuple(Point(float(pair[1]), float(pair[2])) for pair in pairs if pair)
    if not pairs or len(found) < len(pairs):
        raise malformed(complain("cap.polygon", "polygon", text))
    return found


def circle(text: str) -> Circle:
    """A CAP circle as written. Raises `Malformed` (cap.circle)."""
    match = _CIRCLE.fullmatch(text.strip())
    if match is None or float(match[3]) < 0:
        raise malformed(complain("cap.circle", "circle", text))
    return Circle(Point(float(match[1]), float(match[2])), float(match[3]))


def within(point: Point) -> bool:
    """Whether there is such a place on Earth."""
    return abs(point.lat) <= 90 and abs(point.lon) <= 180


def to_cap(geometry: Geometry, *, holes: Holes = Holes.CUT) -> Drawn:
    """A GeoJSON Polygon or MultiPolygon as CAP polygons.

    With `Holes.FILL` each hole is a complaint (cap.hole). Raises `Malformed` (cap.geometry) for any other
    geometry, for numbers that are no place, and where nothing with an area remains.
    """
    complaints: list[Complaint] = []
    drawn: list[str] = []
    for polygon in _polygons(geometry):
        if holes is Holes.FILL:
            complaints += (
                complain("cap.hole", "polygon", f"{Polygon(hole).area:.6f}") for hole in polygon.interiors
            )
            pieces: Sequence[Polygon] = [Polygon(polygon.exterior)]
        else:
            pieces = list(_cut(polygon))
        drawn += (text for text in map(_spelled, pieces) if text)
    if not drawn:
        raise malformed(complain("cap.geometry", "geometry"))
    return Drawn(tuple(drawn), tuple(complaints))


def to_geojson(area: Area) -> Geometry | None:
    """The union of the area's polygons and circles as GeoJSON; None where it has none that can be drawn.

    An open polygon is closed; one that can't be read, or lies off the Earth, is left out (`validate` tells
    which). A circle of radius 0 is a Point.
    """
    shapes = [
        found for found in (*map(_surface, area.polygon), *map(_disc, area.circle)) if found is not None
    ]
    if not shapes:
        return None
    whole = shapes[0] if len(shapes) == 1 else shapely.unary_union(shapes)
    return cast(Geometry, mapping(whole))


def _polygons(geometry: Geometry) -> Iterator[Polygon]:
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(coordinates, list | tuple):
        raise malformed(complain("cap.geometry", "geometry"))
    for rings in [coordinates] if kind == "Polygon" else coordinates:
        if not isinstance(rings, list | tuple) or not rings:
            raise malformed(complain("cap.geometry", "geometry"))
        shell, *inner = [_ring(ring) for ring in rings]
        whole = Polygon(shell, inner)
        yield from [whole] if whole.is_valid else _parts(shapely.make_valid(whole))


def _ring(ring: Any) -> list[tuple[float, float]]:
    if not isinstance(ring, list | tuple) or len(ring) < 4 or not all(map(_position, ring)):
        raise malformed(complain("cap.geometry", "geometry"))
    return [(float(position[0]), float(position[1])) for position in ring]


def _position(position: Any) -> bool:
    return (
        isinstance(position, list | tuple)
        and len(position) >= 2
        and all(isinstance(number, int | float) and math.isfinite(number) for number in position[:2])
        and within(Point(position[1], position[0]))
    )


def _cut(polygon: Polygon) -> Iterator[Polygon]:
    """The polygon in pieces without holes: cut from north to south through a hole, until none is left."""
    if not polygon.interiors:
        yield polygon
        return
    west, south, east, north = polygon.bounds
    middle = (polygon.interiors[0].bounds[0] + polygon.interiors[0].bounds[2]) / 2
    for half in (box(west, south, middle, north), box(middle, south, east, north)):
        for piece in _parts(polygon.intersection(half)):
            yield from _cut(piece)


def _parts(shape: BaseGeometry) -> list[Polygon]:
    """The polygons of a shape; lines and points have no area and are dropped."""
    parts = getattr(shape, "geoms", [shape])
    return [
        one for part in parts for one in (_parts(part) if hasattr(part, "geoms") else [part]) if _areal(one)
    ]


def _areal(shape: BaseGeometry) -> bool:
    return isinstance(shape, Polygon) and not shape.is_empty


def _spelled(polygon: Polygon) -> str:
    pairs = [f"{_number(lat)},{_number(lon)}" for lon, lat in polygon.exterior.coords]
    return " ".join(pairs) if len(set(pairs)) >= 3 else ""


def _number(degrees: float) -> str:
    text = f"{degrees:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _surface(text: str) -> BaseGeometry | None:
    try:
        corners = points(text)
    except Malformed:
        return None
    if len(set(corners)) < 3 or not all(map(within, corners)):
        return None
    whole = Polygon([(corner.lon, corner.lat) for corner in corners])
    if whole.is_valid:
        return orient(whole)
    parts = _parts(shapely.make_valid(whole))
    return shapely.unary_union(parts) if parts else None


def _disc(text: str) -> BaseGeometry | None:
    try:
        centre, radius = circle(text)
    except Malformed:
        return None
    if not within(centre):
        return None
    if radius == 0:
        return shapely.Point(centre.lon, centre.lat)
    return Polygon([_away(centre, radius, 2 * math.pi * -step / CORNERS) for step in range(CORNERS)])


def _away(centre: Point, radius: float, bearing: float) -> tuple[float, float]:
    """Longitude and latitude that lie `radius` kilometres from the centre, `bearing` radians from north."""
    lat, turn = math.radians(centre.lat), min(radius / EARTH, math.pi)
    sine = math.sin(lat) * math.cos(turn) + math.cos(lat) * math.sin(turn) * math.cos(bearing)
    there = math.asin(max(-1.0, min(1.0, sine)))
    east = math.atan2(
        math.sin(bearing) * math.sin(turn) * math.cos(lat), math.cos(turn) - math.sin(lat) * math.sin(there)
    )
    return max(-180.0, min(180.0, centre.lon + math.degrees(east))), math.degrees(there)
