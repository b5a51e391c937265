"""Circles on the sphere."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.engine.reach.circles import CREST, EARTH, Circle, checked, span, table, width, within
from tocsin.engine.reach.region import circle
from tocsin.kernel.errors import Malformed

circles = st.builds(Circle, st.floats(-180, 180), st.floats(-90, 90), st.floats(0.001, 9_999))
latitudes = st.floats(-90, 90)


def vector(lon, lat):
    lon, lat = np.radians(lon), np.radians(lat)
    return np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def distance(a, b):
    """Kilometres, by another road: the angle between two vectors."""
    a, b = vector(*a), vector(*b)
    return EARTH * math.atan2(float(np.linalg.norm(np.cross(a, b))), float(a @ b))


@given(circles, st.floats(-180, 180), latitudes)
def test_it_holds_what_is_no_farther_than_its_radius(drawn, lon, lat):
    far = distance(drawn[:2], (lon, lat))
    if abs(far - drawn.radius) > 1e-5:
        assert within(table((drawn,)), 0, lon, lat) == (far < drawn.radius)


def test_a_degree_of_the_equator_is_111_kilometres():
    degree = EARTH * math.pi / 180
    assert degree == pytest.approx(111.195, abs=0.001)
    drawn = circle(0.0, 0.0, degree)
    assert drawn.covers(np.array([1.0, 0.0, 1.00001, 0.0]), np.array([0.0, -1.0, 0.0, 1.00001])).tolist() == [
        True,
        True,
        False,
        False,
    ]


@given(circles, latitudes)
def test_its_width_ends_where_it_ends(drawn, lat):
    circles = table((drawn,))
    wide = width(circles[0], lat)
    if wide < 0:
        assert not within(circles, 0, drawn.lon, lat)
    elif 0.001 < wide < 179.99 and abs(lat) < 89:
        assert within(circles, 0, drawn.lon + wide * 0.999, lat)
        assert not within(circles, 0, drawn.lon + wide + 0.001 * min(wide, 180 - wide), lat)


@given(circles, st.floats(-89, 88), st.floats(0.001, 1), st.floats(0, 1))
def test_the_span_of_a_row_holds_the_width_at_each_of_its_latitudes(drawn, south, high, share):
    row = table((drawn,))[0]
    least, most = span(row, south, south + high)
    wide = width(row, south + share * high)
    assert wide < 0 or least <= wide <= most


def test_a_row_that_the_circle_only_peeps_into_has_a_span():
    row = table((Circle(10.0, 60.0, 100.0),))[0]
    assert row[CREST] > 60.0
    least, most = span(row, 59.0, 61.0)
    assert least == 0.0
    assert most > width(row, 60.0)
    assert span(row, 40.0, 41.0).most < 0


def test_the_pole_is_in_a_circle_around_it():
    polar = circle(0.0, 89.0, 200.0)
    assert math.isnan(table(polar.circles)[0, CREST])
    assert polar.covers(np.array([0.0, 180.0, 90.0, 180.0]), np.array([90.0, 89.5, 90.0, 88.0])).tolist() == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("lon, lat", [(181, 0), (0, 91), (math.nan, 0), (0, math.inf)])
def test_a_centre_that_is_no_place_is_refused(lon, lat):
    with pytest.raises(Malformed, match="centre"):
        circle(lon, lat, 1.0)


@pytest.mark.parametrize("radius", [0, -1, math.nan, 10_001])
def test_a_radius_that_can_not_be_is_refused(radius):
    with pytest.raises(Malformed) as refused:
        checked(Circle(0.0, 0.0, radius))
    assert refused.value.code == "reach.radius"
