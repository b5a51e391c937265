"""Distances on the sphere, and places that are none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.engine.allot.travel import RADIUS, StraightLine, metres
from tocsin.kernel.errors import Malformed

lonlat = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def test_a_degree_of_the_equator():
    degree = np.pi / 180 * RADIUS
    assert metres([[0.0, 0.0]], [[1.0, 0.0], [0.0, 1.0]]) == pytest.approx(np.array([[degree, degree]]))
    assert metres([[179.5, 0.0]], [[-179.5, 0.0]])[0, 0] == pytest.approx(degree)
    assert metres([[0.0, 90.0]], [[77.0, -90.0]])[0, 0] == pytest.approx(np.pi * RADIUS)


@given(lonlat, lonlat)
def test_it_is_the_angle_between_two_directions(one, other):
    def direction(lon, lat):
        lon, lat = np.radians(lon), np.radians(lat)
        return np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])

    a, b = direction(*one), direction(*other)
    angle = np.arctan2(np.linalg.norm(np.cross(a, b)), a @ b)
    assert metres([one], [other])[0, 0] == pytest.approx(RADIUS * angle, abs=0.5)


def test_seconds_are_metres_with_a_detour_at_a_speed():
    times = StraightLine(speed_kmh=36.0, detour=1.5).seconds([[0.0, 0.0]], [[0.0, 0.1], [0.0, 0.0]])
    assert times == pytest.approx(metres([[0.0, 0.0]], [[0.0, 0.1], [0.0, 0.0]]) * 1.5 / 10)


def test_nobody_nowhere():
    assert StraightLine().seconds(np.empty((0, 2)), [[0.0, 0.0]]).shape == (0, 1)
    assert StraightLine().seconds([[0.0, 0.0]], []).shape == (1, 0)


@pytest.mark.parametrize(
    ("speed", "detour"), [(0.0, 1.3), (np.inf, 1.3), (np.nan, 1.3), (40.0, 0.9), (40.0, np.inf)]
)
def test_no_way_to_travel(speed, detour):
    with pytest.raises(Malformed, match="is no way to travel"):
        StraightLine(speed, detour)


@pytest.mark.parametrize("place", [(181.0, 0.0), (0.0, 91.0), (np.nan, 0.0), (0.0, np.inf)])
def test_no_place_on_earth(place):
    with pytest.raises(Malformed, match=r"destinations 1: longitude .* is no place on Earth"):
        StraightLine().seconds([[0.0, 0.0]], [[0.0, 0.0], place])


@pytest.mark.parametrize("places", [[1.0, 2.0], [[1.0, 2.0, 3.0]]])
def test_places_are_pairs(places):
    with pytest.raises(Malformed, match="places are rows of longitude and latitude"):
        StraightLine().seconds(places, [[0.0, 0.0]])
