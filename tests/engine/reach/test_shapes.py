"""Regions as shapes, and their area on the sphere."""

import numpy as np
import pytest

from engine.reach.samples import polygon, square
from tocsin.engine.reach.circles import EARTH
from tocsin.engine.reach.region import circle, from_geojson
from tocsin.engine.reach.shapes import shape_of, spherical_area

WORLD = 4 * np.pi * EARTH**2


def area(region):
    return spherical_area(shape_of(region))


def test_the_world_has_the_area_of_the_sphere():
    assert area(from_geojson(polygon(square(-180, -90, 180, 90)))) == pytest.approx(WORLD)


@pytest.mark.parametrize("south, north", [(0, 30), (-10, 45), (60, 90)])
def test_a_zone_has_the_area_of_archimedes(south, north):
    zone = 2 * np.pi * EARTH**2 * (np.sin(np.radians(north)) - np.sin(np.radians(south)))
    assert area(from_geojson(polygon(square(0, south, 36, north)))) == pytest.approx(zone / 10)


def test_a_slanting_edge_is_integrated_exactly():
    corner = from_geojson(polygon([[0, 0], [40, 0], [0, 40], [0, 0]]))
    lat = (np.arange(200_000) + 0.5) * 40 / 200_000
    strips = np.radians(40 - lat) * np.cos(np.radians(lat)) * np.radians(40 / 200_000)
    assert area(corner) == pytest.approx(EARTH**2 * strips.sum(), rel=1e-9)


def test_holes_are_taken_off():
    with_hole = from_geojson(polygon(square(0, 0, 2, 2), square(0.5, 0.5, 1, 1)[::-1]))
    parts = [
        area(from_geojson(polygon(square(0, 0, 2, 2)))),
        area(from_geojson(polygon(square(0.5, 0.5, 1, 1)))),
    ]
    assert area(with_hole) == pytest.approx(parts[0] - parts[1])


@pytest.mark.parametrize(
    "lon, lat, radius", [(0, 0, 500), (180, 30, 500), (-179.9, -60, 1000), (20, 89.5, 300), (0, -90, 3000)]
)
def test_a_circle_has_the_area_of_a_cap(lon, lat, radius):
    cap = 2 * np.pi * EARTH**2 * (1 - np.cos(radius / EARTH))
    assert area(circle(float(lon), float(lat), float(radius))) == pytest.approx(cap, rel=3e-4)


def test_across_the_180th_meridian_it_is_two_parts():
    shape = shape_of(from_geojson(polygon([[170, 0], [-170, 0], [-170, 5], [170, 5], [170, 0]])))
    assert shape.bounds == (-180, 0, 180, 5)
    assert spherical_area(shape) == pytest.approx(area(from_geojson(polygon(square(0, 0, 20, 5)))))
