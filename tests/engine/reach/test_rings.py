"""Rings: what is refused, where, and how it is mended; and rings across the 180th meridian."""

import math

import numpy as np
import pytest

from engine.reach.samples import square
from tocsin.engine.reach.rings import as_shape, polygon
from tocsin.kernel.errors import Malformed

WHOLE = square(0, 0, 9, 9)
REFUSED = {
    "reach.rings": [None, [], "ring", {}],
    "reach.position": [
        [[]],
        ["ring"],
        [[1, 2, 3]],
        [[[1], [2], [3], [1]]],
        [[[0, 0], [1, "x"], [1, 1], [0, 0]]],
        [[[0, 0], [1, None, 3], {}, [0, 0]]],
        [[[[0, 0]], [[1, 1]]]],
        [[[0, 0], "12", [1, 1], [0, 0]]],
        [[[10**400, 0], [1, 1], [1, 2], [10**400, 0]]],
    ],
    "reach.short": [[[[0, 0], [1, 1], [0, 0]]]],
    "reach.open": [[[[0, 0], [9, 0], [9, 9], [0, 9]]], [WHOLE, square(1, 1, 2, 2)[:-1]]],
    "reach.range": [
        [[[0, 0], [200, 0], [9, 9], [0, 0]]],
        [[[0, 0], [9, math.nan], [9, 9], [0, 0]]],
        [[[0, 0], [9, math.inf], [9, 9], [0, 0]]],
        [[[100, 0], [9, 95], [9, 9], [100, 0]]],
    ],
    "reach.swapped": [[[[y, x] for x, y in square(113, 22, 114, 23)]]],
    "reach.empty": [[[[0, 0], [1, 1], [2, 2], [0, 0]]], [[[3, 3]] * 4], [[[0, 0], [1, 1], [0, 0], [0, 0]]]],
    "reach.crossed": [
        [[[0, 0], [9, 9], [9, 0], [0, 8], [0, 0]]],
        [WHOLE, square(20, 20, 21, 21)],
        [WHOLE, square(8, 8, 10, 10)],
        [WHOLE, square(1, 1, 5, 5), square(2, 2, 3, 3)],
        [[[0, 0], [4, 0], [2, 2], [4, 4], [0, 4], [2, 2], [0, 0]]],
    ],
    "reach.pole": [[[[-170, 70], [-60, 70], [60, 70], [170, 70], [-170, 70]]]],
}


@pytest.mark.parametrize("code, rings", [(code, rings) for code, many in REFUSED.items() for rings in many])
def test_what_can_not_be_an_area_is_refused_with_its_cure(code, rings):
    with pytest.raises(Malformed) as refused:
        polygon(rings, "polygon 2")
    assert refused.value.code == code
    assert refused.value.cure
    assert refused.value.data["where"].startswith("polygon 2")


def test_a_refusal_says_which_ring_and_where_in_it():
    with pytest.raises(Malformed) as refused:
        polygon([WHOLE, [[1, 1], [2, 1], [2, math.nan], [1, 1]]], "polygon")
    assert str(refused.value).startswith(
        "Position 2 of the polygon, hole 1 is no place on Earth: longitude 2.0"
    )
    with pytest.raises(Malformed, match=r"Self-intersection\[4\.\d+ 4\.\d+\]"):
        polygon(REFUSED["reach.crossed"][0], "polygon")


def test_shells_run_against_the_clock_and_holes_with_it():
    for shell in (WHOLE, WHOLE[::-1]):
        for hole in (square(1, 1, 2, 2), square(1, 1, 2, 2)[::-1]):
            rings = polygon([shell, hole], "polygon")
            assert [as_shape((ring,)).exterior.is_ccw for ring in rings] == [True, False]


def test_a_third_coordinate_is_left_aside():
    (ring,) = polygon([[[0, 0, 5], [9, 0, 5], [9, 9, 5], [0, 0, 5]]], "polygon")
    assert ring.lon.tolist() == [0, 9, 9, 0]


def test_a_ring_that_jumps_goes_the_short_way():
    (ring,) = polygon([[[170, 0], [-170, 0], [-170, 5], [170, 5], [170, 0]]], "polygon")
    assert ring.unrolled()[0].tolist() == [170, 190, 190, 170, 170]
    assert ring.unrolled(-1.0)[0].tolist() == [-190, -170, -170, -190, -190]
    (west,) = polygon([[[-170.1, 0], [170, 0], [170, 5], [-170.1, 5], [-170.1, 0]]], "polygon")
    assert sorted(set(west.unrolled()[0])) == [-190, -170.1]


def test_a_corner_stays_exactly_where_it_was_written():
    corner = -0.1  # 359.9 has fewer digits to spare
    (ring,) = polygon(
        [[[179, 0], [corner - 90, 0], [corner, 0], [corner, 5], [-90, 5], [179, 5], [179, 0]]], "p"
    )
    assert corner in ring.unrolled(-1.0)[0]


def test_an_edge_from_180_to_180_goes_round_the_world():
    (ring,) = polygon([square(-180, -90, 180, 90)], "polygon")
    assert not ring.turns.any()


@pytest.mark.parametrize("hole", [square(-175, 1, -172, 2), square(175, 1, 178, 2)])
@pytest.mark.parametrize("west", [170, -190])
def test_a_hole_stands_on_the_sheet_of_its_shell(hole, west):
    jumping = [[lon - 360 * round(lon / 360), lat] for lon, lat in square(west, 0, west + 20, 5)]
    start = 0 if west > 0 else 1
    shell = [*jumping[start:-1], *jumping[:start]]
    rings = polygon([[*shell, shell[0]], hole], "polygon")
    assert as_shape(rings).area == pytest.approx(100 - 3)
    assert np.ptp(rings[1].unrolled()[0]) == 3
