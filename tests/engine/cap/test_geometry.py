"""Between CAP's lat,lon texts and GeoJSON's lon,lat numbers."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point as Dot
from shapely.geometry import Polygon, mapping, shape

from tocsin.engine.cap import Area, Holes, to_cap, to_geojson
from tocsin.engine.cap.geometry import Circle, Point, circle, points
from tocsin.kernel.errors import Malformed

SQUARE = [[114, 22], [115, 22], [115, 23], [114, 23], [114, 22]]
HOLE = [[114.4, 22.4], [114.4, 22.6], [114.6, 22.6], [114.6, 22.4], [114.4, 22.4]]
OTHER = [[114.7, 22.7], [114.7, 22.8], [114.8, 22.8], [114.8, 22.7], [114.7, 22.7]]


def area(*polygon, circle=()):
    return Area(area_desc="x", polygon=polygon, circle=circle)


def drawn(geometry):
    return [shape(to_geojson(area(text))) for text in to_cap(geometry).polygon]


def test_latitude_comes_first_in_cap_and_last_in_geojson():
    geometry = {"type": "Polygon", "coordinates": [SQUARE]}
    assert to_cap(geometry) == (("22,114 22,115 23,115 23,114 22,114",), ())
    assert to_geojson(area("22,114 22,115 23,115 23,114 22,114")) == {
        "type": "Polygon",
        "coordinates": (((114.0, 22.0), (115.0, 22.0), (115.0, 23.0), (114.0, 23.0), (114.0, 22.0)),),
    }


def test_a_multipolygon_is_one_text_for_each_part():
    far = [[x + 10, y] for x, y in SQUARE]
    assert to_cap({"type": "MultiPolygon", "coordinates": [[SQUARE], [far]]}).polygon == (
        "22,114 22,115 23,115 23,114 22,114",
        "22,124 22,125 23,125 23,124 22,124",
    )


def test_holes_are_cut_out_exactly():
    whole = Polygon(SQUARE, [HOLE, OTHER])
    pieces = drawn(mapping(whole))
    assert all(not piece.interiors for piece in pieces)
    assert math.isclose(sum(piece.area for piece in pieces), whole.area, abs_tol=1e-9)
    assert not any(piece.contains(Dot(114.5, 22.5)) for piece in pieces)


def test_or_filled_which_is_said():
    found = to_cap({"type": "Polygon", "coordinates": [SQUARE, HOLE]}, holes=Holes.FILL)
    assert found.polygon == ("22,114 22,115 23,115 23,114 22,114",)
    assert [(one.code, one.found, one.fatal) for one in found.complaints] == [("cap.hole", "0.040000", False)]


def test_a_ring_that_crosses_itself_is_mended():
    bow = [[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]
    assert sum(piece.area for piece in drawn({"type": "Polygon", "coordinates": [bow]})) == 2


def test_numbers_are_written_plainly():
    tiny = [[-0.0000001, 1e-5], [1.5, 0], [1.123456789, 1], [-0.0000001, 1e-5]]
    assert to_cap({"type": "Polygon", "coordinates": [tiny]}).polygon == (
        "0.00001,0 0,1.5 1,1.123457 0.00001,0",
    )


@pytest.mark.parametrize(
    "geometry",
    [
        {},
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": ["abcd"]},
        {"type": "Polygon", "coordinates": [[1, 2, 3, 4]]},
        {"type": "Polygon", "coordinates": [[[1, 2]] * 3]},
        {"type": "Polygon", "coordinates": [[[1]] * 4]},
        {"type": "Polygon", "coordinates": [[["a", "b"]] * 4]},
        {"type": "Polygon", "coordinates": [[[0, 91], [1, 1], [1, 0], [0, 91]]]},
        {"type": "Polygon", "coordinates": [[[math.nan, 1], [1, 1], [1, 0], [math.nan, 1]]]},
        {"type": "Polygon", "coordinates": [[[1, 1]] * 4]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1e-9, 0], [0, 1e-9], [0, 0]]]},
        {"type": "MultiPolygon", "coordinates": []},
        {"type": "MultiPolygon", "coordinates": [[]]},
        {"type": "MultiPolygon", "coordinates": [3]},
    ],
)
def test_what_has_no_extent_is_refused(geometry):
    with pytest.raises(Malformed) as caught:
        to_cap(geometry)
    assert caught.value.code == "cap.geometry"


def test_texts_are_read_as_numbers():
    assert points("+1,-2\n.5,3. 1,-2") == (Point(1, -2), Point(0.5, 3), Point(1, -2))
    assert circle(" 22.5,114 \t3 ") == Circle(Point(22.5, 114), 3)


@pytest.mark.parametrize("text", ["", "1", "1,2,3", "a,b", "1, 2", "1e5,2", "٣,٤", f"{'9' * 400},1"])
def test_what_is_no_pair_is_refused(text):
    with pytest.raises(Malformed) as caught:
        points(text)
    assert caught.value.code == "cap.polygon"
    with pytest.raises(Malformed) as caught:
        circle(text)
    assert caught.value.code == "cap.circle"


def test_a_circle_is_a_polygon_of_that_radius():
    disc = shape(to_geojson(area(circle=("22.5,114 10",))))
    assert len(disc.exterior.coords) == 65
    lat = math.radians(22.5)
    square_km = disc.area * 111.195**2 * math.cos(lat)
    assert math.isclose(square_km, math.pi * 100, rel_tol=0.003)
    assert disc.exterior.is_ccw


def test_a_circle_without_radius_is_a_point():
    assert to_geojson(area(circle=("22.5,114 0",))) == {"type": "Point", "coordinates": (114.0, 22.5)}


def test_everything_together_is_one_geometry():
    whole = shape(to_geojson(area("22,114 22,115 23,115 23,114", "22,114.5 22,116 23,116 23,114.5 22,114.5")))
    assert whole.equals(Polygon([(114, 22), (116, 22), (116, 23), (114, 23)]))


@pytest.mark.parametrize(
    "bad",
    [
        area(),
        area("nonsense", "1,2 3,4 1,2", "91,0 1,1 2,1 91,0", "0,0 1,1 2,2 0,0", circle=("x", "91,0 5")),
    ],
)
def test_what_cannot_be_drawn_is_left_out(bad):
    assert to_geojson(bad) is None


def test_a_bow_tie_is_drawn_as_its_two_halves():
    assert shape(to_geojson(area("0,0 2,2 0,2 2,0 0,0"))).area == 2


@given(
    st.lists(
        st.tuples(
            st.integers(-180_000_000, 180_000_000).map(lambda n: n / 1e6),
            st.integers(-90_000_000, 90_000_000).map(lambda n: n / 1e6),
        ),
        min_size=3,
        max_size=8,
        unique=True,
    )
)
def test_any_simple_polygon_survives_the_round_trip(corners):
    polygon = Polygon(corners)
    if polygon.is_valid:
        (text,) = to_cap(mapping(polygon)).polygon
        assert points(text) == tuple(Point(lat, lon) for lon, lat in polygon.exterior.coords)


@given(
    st.text(max_size=40), st.text(max_size=40), st.floats(0, 30000), st.floats(-90, 90), st.floats(-180, 180)
)
def test_no_text_and_no_circle_breaks_the_drawing(polygon, disc, radius, lat, lon):
    found = to_geojson(area(polygon, circle=(disc, f"{lat:.6f},{lon:.6f} {radius:.3f}")))
    assert found is not None
