"""Regions from GeoJSON, circles and codes."""

import numpy as np
import pytest

from engine.reach.samples import polygon, square
from tocsin.engine.reach.region import Region, circle, from_codes, from_geojson
from tocsin.kernel.errors import Malformed, NotFound

EAST, WEST = square(170, 0, 180, 5), square(-180, 0, -170, 5)
JUMPING = [[170, 0], [-170, 0], [-170, 5], [170, 5], [170, 0]]
LON = np.array([169.9, 170.0, 175.0, 180.0, -180.0, -175.0, -170.0, -169.9, 0.0])
HELD = [False, True, True, True, True, True, True, False, False]


@pytest.mark.parametrize(
    "area",
    [{"type": "MultiPolygon", "coordinates": [[EAST], [WEST]]}, polygon(JUMPING), polygon(JUMPING[::-1])],
)
def test_an_area_across_the_180th_meridian_is_one_area(area):
    region = from_geojson(area)
    for lat in (0.0, 2.5, 5.0):
        assert region.covers(LON, np.full(9, lat)).tolist() == HELD
    assert not region.covers(LON, np.full(9, 5.1)).any()


def test_it_is_told_whether_a_ring_jumps():
    assert from_geojson(polygon(JUMPING)).crosses
    assert not from_geojson({"type": "MultiPolygon", "coordinates": [[EAST], [WEST]]}).crosses
    assert not circle(180.0, 0.0, 5.0).crosses


def test_a_border_on_the_180th_meridian_is_there_from_both_sides():
    assert from_geojson(polygon(EAST)).covers(
        np.array([180.0, -180.0, -179.9]), np.full(3, 1.0)
    ).tolist() == [
        True,
        True,
        False,
    ]


def test_a_circle_goes_across_too():
    near = circle(179.9, 0.0, 50.0).covers(np.array([180.0, -180.0, -179.8, -179.0]), np.zeros(4))
    assert near.tolist() == [True, True, True, False]


def test_the_whole_world_holds_everything():
    world = from_geojson(polygon(square(-180, -90, 180, 90)))
    assert world.covers(np.array([-180.0, 180.0, 0.0]), np.array([-90.0, 90.0, 0.0])).all()


def test_features_and_collections_are_unions():
    one, two = polygon(square(0, 0, 1, 1)), polygon(square(5, 5, 6, 6))
    features = [{"type": "Feature", "properties": {}, "geometry": area} for area in (one, two)]
    for whole in (
        {"type": "FeatureCollection", "features": features},
        {"type": "GeometryCollection", "geometries": [one, two]},
    ):
        assert from_geojson(whole).polygons[1][0].lon.min() == 5
    assert len(from_geojson(features[0]).polygons) == 1


def test_regions_are_joined():
    region = from_geojson(polygon(square(0, 0, 1, 1))) | circle(5.0, 5.0, 10.0)
    assert region.covers(np.array([0.5, 5.0, 3.0]), np.array([0.5, 5.0, 3.0])).tolist() == [True, True, False]


def test_codes_stand_for_their_outlines():
    outlines = {"440303": polygon(square(0, 0, 1, 1)), "440304": polygon(square(1, 0, 2, 1))}
    region = from_codes(["440303", "440304"], outlines)
    assert region.covers(np.array([0.5, 1.0, 1.5, 2.5]), np.full(4, 0.5)).tolist() == [
        True,
        True,
        True,
        False,
    ]
    with pytest.raises(NotFound, match="no outline of 999999"):
        from_codes(["440303", "999999"], outlines)
    assert from_codes([], outlines) == Region()


@pytest.mark.parametrize(
    "given, where",
    [
        (None, "area"),
        ({"type": "Point", "coordinates": [1, 2]}, "area"),
        ({"type": "MultiPolygon", "coordinates": None}, "area"),
        ({"type": "MultiPolygon", "coordinates": []}, "area"),
        ({"type": "FeatureCollection", "features": []}, "area"),
        ({"type": "Feature", "geometry": None}, "area"),
        (
            {"type": "FeatureCollection", "features": [{"type": "Feature"}, polygon(square(0, 0, 1, 1))]},
            "part 1",
        ),
    ],
)
def test_what_is_no_area_is_refused(given, where):
    with pytest.raises(Malformed) as refused:
        from_geojson(given)
    assert (refused.value.code, refused.value.data["where"]) == ("reach.geometry", where)


def test_a_bad_ring_is_named_by_its_part_and_polygon():
    bad = {"type": "MultiPolygon", "coordinates": [[square(0, 0, 1, 1)], [square(0, 0, 1, 1)[:-1]]]}
    with pytest.raises(Malformed) as refused:
        from_geojson({"type": "GeometryCollection", "geometries": [polygon(square(0, 0, 1, 1)), bad]})
    assert refused.value.data["where"] == "part 2, polygon 2, outline"
