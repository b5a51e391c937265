"""Which points an area holds, against rational numbers and against GEOS."""

import numpy as np
import pytest
import shapely
from hypothesis import given

from engine.reach.samples import areas, exactly_inside, places, polygon, region, square
from tocsin.engine.reach.outline import ENTRIES
from tocsin.engine.reach.region import Region


@given(areas(), places())
def test_it_holds_what_rational_numbers_say(area, points):
    found = region(area).covers(points[:, 0], points[:, 1])
    assert found.tolist() == [exactly_inside(area, x, y) for x, y in points.tolist()]


@given(areas(), places())
def test_it_holds_what_geos_covers(area, points):
    parts = [shapely.Polygon(rings[0], rings[1:]) for rings in area["coordinates"]]
    covered = [any(shapely.covers(part, shapely.Point(*point)) for part in parts) for point in points]
    assert region(area).covers(points[:, 0], points[:, 1]).tolist() == covered


@given(areas())
def test_every_corner_and_the_middle_of_level_and_upright_edges_belong_to_it(area):
    for rings in area["coordinates"]:
        for ring in rings:
            corners = np.array(ring, dtype=float)
            middles = (corners[1:] + corners[:-1]) / 2  # exact: the lattice has whole numbers
            assert region(area).covers(*corners.T).all()
            assert region(area).covers(*middles.T).all()


def test_a_hole_is_outside_but_its_border_is_not():
    area = region(polygon(square(0, 0, 9, 9), square(3, 3, 6, 6)))
    points = np.array([(4.0, 4.0), (3.0, 4.0), (6.0, 6.0), (2.0, 2.0), (9.0, 9.0), (9.1, 9.0)])
    assert area.covers(*points.T).tolist() == [False, True, True, True, True, False]


def test_where_two_parts_overlap_is_inside():
    area = {"type": "MultiPolygon", "coordinates": [[square(0, 0, 4, 4)], [square(2, 2, 6, 6)[::-1]]]}
    assert region(area).covers(np.array([3.0, 1.0, 5.0, 5.0]), np.array([3.0, 1.0, 5.0, 1.0])).tolist() == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("nowhere", [np.nan, np.inf, -np.inf])
def test_a_point_that_is_nowhere_is_in_no_area(nowhere):
    area = region(polygon(square(-9, -9, 9, 9)))
    both = np.array([nowhere, 0.0, 0.0]), np.array([0.0, nowhere, 0.0])
    assert area.covers(*both).tolist() == [False, False, True]


def test_an_empty_region_holds_nothing():
    assert not Region().covers(np.zeros(1), np.zeros(1)).any()


def test_the_lists_of_edges_stay_short_where_every_edge_is_as_high_as_the_area():
    teeth = 40
    up = [[x / 4, 4.0 * (x % 2)] for x in range(teeth)]
    outline = region(polygon([*up, [teeth / 4, -1.0], [0.0, -1.0], up[0]])).outline
    assert len(outline.listed) <= (ENTRIES + 2) * len(outline.edges)
