"""Circles on the sphere of the Earth's mean radius.

    (1)  h(p) = sin^2((lat_p - lat) / 2) + cos lat cos lat_p sin^2((lon_p - lon) / 2)
    (2)  p is in the circle  <=>  h(p) <= sin^2(radius / 2R) (1 + 1e-12)
    (3)  at latitude y the circle reaches as far as w on both sides of its centre:
         sin^2(w / 2) = (sin^2(radius / 2R) - sin^2((y - lat) / 2)) / (cos lat cos y)
    (4)  w is largest where sin y = sin lat / cos(radius / R), unless the circle holds a pole

(1) is the haversine formula; its error near small distances is a few units in the last place, which the last
factor of (2) makes an error towards inside. On the ellipsoid WGS 84 the same distance differs by at most
0.56 %, 56 m of a circle of 10 km.
"""

import math
from typing import NamedTuple

import numpy as np

from tocsin.engine.compiled import compiled
from tocsin.engine.reach.columns import Floats
from tocsin.kernel.errors import Malformed

EARTH = 6371.0088
"""Mean radius of the Earth, kilometres (IUGG)."""
LARGEST = 10_000.0
"""Kilometres; a quarter of the way round, beyond which (3) holds no longer."""
BLUR = 1e-5
"""Degrees by which (3) may err at the equator."""

LON, LAT, COSINE, REACH, CREST = range(5)
"""Columns of a table of circles: degrees, degrees, cos lat, right side of (2), latitude of (4) or nan."""


class Circle(NamedTuple):
    """A centre in degrees (WGS 84) and a radius in kilometres."""

    lon: float
    lat: float
    radius: float


class Span(NamedTuple):
    """How far from its centre, in degrees of longitude, a circle's line lies within a row of latitudes."""

    least: float
    most: float


def checked(circle: Circle) -> Circle:
    """The circle, if it is one. Raises `Malformed` for a place that is none or a radius that can't be."""
    lon, lat, radius = circle
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
        raise Malformed(
            "reach.centre",
            "The centre of the circle is no place on Earth: longitude {lon}, latitude {lat}.",
            cure="Write longitude (-180 to 180) before latitude (-90 to 90), in degrees.",
            where="circle",
            lon=lon,
            lat=lat,
        )
    if not 0 < radius <= LARGEST:  # refuses nan too
        raise Malformed(
            "reach.radius",
            "The radius of the circle is {radius} km; it must be more than 0 and at most {most}.",
            cure="Give the radius in kilometres, or draw a polygon.",
            where="circle",
            radius=radius,
            most=LARGEST,
        )
    return circle


def table(circles: tuple[Circle, ...]) -> Floats:
    """Circles as rows of what the loops need."""
    rows = np.empty((len(circles), 5))
    for at, (lon, lat, radius) in enumerate(circles):
        turn = radius / EARTH
        crest = math.sin(math.radians(lat)) / math.cos(turn)
        rows[at, LON], rows[at, LAT] = lon, lat
        rows[at, COSINE] = math.cos(math.radians(lat))
        rows[at, REACH] = math.sin(turn / 2) ** 2 * (1 + 1e-12)
        rows[at, CREST] = math.degrees(math.asin(crest)) if abs(crest) < 1 else math.nan
    return rows


@compiled
def within(circles: Floats, at: int, x: float, y: float) -> bool:
    """Equation (2) for one of a table."""
    north = math.sin(math.radians(y - circles[at, LAT]) / 2)
    east = math.sin(math.radians(x - circles[at, LON]) / 2)
    across = circles[at, COSINE] * math.cos(math.radians(y)) * east * east
    return bool(north * north + across <= circles[at, REACH])


@compiled
def width(circle: Floats, y: float) -> float:
    """w of (3) in degrees; negative where the circle doesn't come to that latitude."""
    north = math.sin(math.radians(y - circle[LAT]) / 2)
    left = circle[REACH] - north * north
    if left < 0.0:
        return -1.0
    scale = circle[COSINE] * math.cos(math.radians(y))
    return 180.0 if left >= scale else math.degrees(2.0 * math.asin(math.sqrt(left / scale)))


@compiled
def span(circle: Floats, south: float, north: float) -> Span:
    """Where its line lies between two latitudes, rather too wide; `most` negative: nowhere."""
    low, high = width(circle, south), width(circle, north)
    least, most = min(low, high), max(low, high)
    if south < circle[CREST] < north:
        most = max(most, width(circle, circle[CREST]))
    if most < 0.0:
        return Span(0.0, -1.0)
    blur = BLUR / max(math.cos(math.radians(max(abs(south), abs(north)))), 1e-9)
    return Span(max(least - blur, 0.0), most + blur)
