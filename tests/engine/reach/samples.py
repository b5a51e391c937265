"""Areas and points to try: on a coarse lattice, so that points lie on corners and borders all the time."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import shapely
from hypothesis import strategies as st

from tocsin.engine.reach.region import from_geojson

SIDE = 8
"""Cells of the lattice from its middle to its rim."""


def square(west, south, east, north):
    """A closed ring."""
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


@st.composite
def stars(draw, x=0, y=0, least=2, most=SIDE):
    """A ring around a place whose corners are on the lattice, or none where they are too few."""
    corners = draw(st.integers(3, 12))
    angles = np.linspace(0, 2 * np.pi, corners, endpoint=False) + draw(st.floats(0, 1))
    radii = np.array(draw(st.lists(st.integers(least, most), min_size=corners, max_size=corners)))
    points = [
        [x + round(r * np.cos(a)), y + round(r * np.sin(a))] for r, a in zip(radii, angles, strict=True)
    ]
    return [*points, points[0]]


@st.composite
def polygons(draw):
    """A sound polygon, with a hole or without, anywhere near the middle."""
    x, y = draw(st.integers(-4, 4)), draw(st.integers(-4, 4))
    shell = draw(stars(x, y, least=3))
    hole = draw(st.none() | stars(x, y, least=1, most=2))
    rings = [shell] if hole is None else [shell, hole]
    if not sound(rings):
        rings = [square(x - 3, y - 3, x + 3, y + 3)]
    return rings[:1] if draw(st.booleans()) and len(rings) > 1 else rings


def sound(rings):
    shape = shapely.Polygon(rings[0], rings[1:])
    alone = [shapely.Polygon(ring) for ring in rings]
    return shape.is_valid and all(one.is_valid and one.area > 0 for one in alone)


def areas():
    """Several polygons, which may overlap, as GeoJSON."""
    return st.lists(polygons(), min_size=1, max_size=3).map(
        lambda parts: {"type": "MultiPolygon", "coordinates": parts}
    )


def coordinates():
    """On the lattice, beside it by a hair, or anywhere."""
    lattice = st.integers(-14, 14).map(float)
    hair = st.builds(np.nextafter, lattice, st.sampled_from([-99.0, 99.0])).map(float)
    return (
        lattice | hair.filter(lambda x: abs(x) > 1e-100) | lattice.map(lambda x: x / 2) | st.floats(-14, 14)
    )


def places():
    return st.lists(st.tuples(coordinates(), coordinates()), min_size=1, max_size=24).map(
        lambda pairs: np.array(
            [(x if abs(x) > 1e-100 else 0.0, y if abs(y) > 1e-100 else 0.0) for x, y in pairs]
        )
    )


def exactly_inside(geometry, x, y):
    """Slow and obvious: rational numbers, one polygon after another, its border included."""
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return any(_in_polygon(rings, Fraction(x), Fraction(y)) for rings in parts)


def _in_polygon(rings, x, y):
    edges = [(a, b) for ring in rings for a, b in pairwise(ring)]
    if any(_on_edge(a, b, x, y) for a, b in edges):
        return True
    crossings = 0
    for (ax, ay), (bx, by) in edges:
        ax, ay, bx, by = map(Fraction, (ax, ay, bx, by))
        if (ay > y) != (by > y):
            crossings += ax + (y - ay) * (bx - ax) / (by - ay) > x
    return crossings % 2 == 1


def _on_edge(a, b, x, y):
    (ax, ay), (bx, by) = ([Fraction(number) for number in corner] for corner in (a, b))
    level = (bx - ax) * (y - ay) == (by - ay) * (x - ax)
    return level and min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by)


def region(geometry):
    return from_geojson(geometry)
