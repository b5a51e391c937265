"""How many people live in an area: squares that can be counted by hand."""

import numpy as np
import pytest

from engine.reach.samples import polygon, square
from tocsin.engine.reach.people import County, census, people
from tocsin.engine.reach.region import Region, circle, from_geojson
from tocsin.kernel.errors import Malformed


def box(west, south, east, north):
    return from_geojson(polygon(square(west, south, east, north)))


def strip(populations):
    """Squares of one degree side by side on the equator, from 0 east."""
    return census({f"c{at}": County(box(at, 0, at + 1, 1), count) for at, count in enumerate(populations)})


def test_a_county_counts_by_the_share_of_its_area():
    found = people(box(0, 0, 2.25, 1), strip([1000, 200, 400, 5000]))
    assert found.expected == pytest.approx(1000 + 200 + 100)
    assert (found.least, found.most) == (1200, 1600)
    assert (found.whole, list(found.cut)) == (("c0", "c1"), ["c2"])
    assert found.cut["c2"] == pytest.approx(0.25)
    assert found.guessed == pytest.approx(100 / 1300)
    assert found.uncovered == pytest.approx(0, abs=1e-9)


def test_shares_are_of_true_areas_and_not_of_degrees():
    tall = census({"tall": County(box(0, 0, 1, 60), 1000)})
    north = people(box(0, 30, 1, 60), tall)
    assert north.expected == pytest.approx(1000 * (np.sin(np.pi / 3) - 0.5) / np.sin(np.pi / 3))


def test_what_lies_in_no_county_is_told():
    found = people(box(-1, 0, 1, 1), strip([1000]))
    assert found.uncovered == pytest.approx(0.5)
    assert (found.expected, found.least, found.most) == (1000, 1000, 1000)
    nobody = people(box(50, 50, 51, 51), strip([1000]))
    assert (nobody.expected, nobody.guessed, nobody.uncovered) == (0.0, 0.0, 1.0)


def test_slivers_are_errors_of_the_outline():
    found = people(box(0, 0, 1 + 1e-8, 1), strip([1000, 500]))
    assert (found.whole, dict(found.cut), found.most) == (("c0",), {}, 1000)
    assert people(box(0, 0, 1 - 1e-8, 1), strip([1000, 500])).least == 1000


def test_overlapping_parts_are_not_counted_twice():
    assert people(box(0, 0, 1, 1) | box(0, 0, 1, 1), strip([1000])).expected == 1000
    assert people(box(0, 0, 0.6, 1) | box(0.4, 0, 1, 1), strip([1000])).expected == pytest.approx(1000)


def test_a_hole_leaves_its_people_out():
    ring = from_geojson(polygon(square(-1, -1, 2, 2), square(0, 0, 0.5, 1)))
    assert people(ring, strip([1000])).expected == pytest.approx(500)


def test_a_circle_inside_a_county_has_its_share():
    county = census({"big": County(box(-5, -5, 5, 5), 1_000_000)})
    found = people(circle(0.0, 0.0, 100.0), county)
    assert found.area == pytest.approx(np.pi * 100**2, rel=1e-4)
    assert found.expected == pytest.approx(1_000_000 * found.area / county.areas[0])


def test_a_county_across_the_180th_meridian_is_whole():
    jumping = polygon([[170, 0], [-170, 0], [-170, 5], [170, 5], [170, 0]])
    far = census({"far": County(from_geojson(jumping), 900)})
    assert people(box(175, -1, 180, 6), far).expected == pytest.approx(225)
    assert people(from_geojson(jumping), far).least == 900
    assert people(circle(180.0, 2.5, 4_000.0), far).whole == ("far",)


def test_a_population_below_zero_is_refused():
    with pytest.raises(Malformed, match="County c0 has -1 people"):
        strip([-1])


def test_no_counties_have_no_people():
    assert people(box(0, 0, 1, 1), census({})).expected == 0


def test_no_area_has_no_people():
    with pytest.raises(Malformed, match="no area"):
        people(Region(), strip([1]))
