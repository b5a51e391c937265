"""Runs of points inside an area, against asking every single point."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reach.samples import areas, places, polygon, region, square
from tocsin.engine.reach.grid import indexed
from tocsin.engine.reach.region import circle, from_geojson
from tocsin.engine.reach.sweep import Points, gathered, length, runs_inside, without

sides = st.none() | st.floats(0.2, 30)


def found(region, index):
    return runs_inside(region.outline, Points(index.grid, index.lon, index.lat, index.begins))


def demand_the_same(region, lon, lat, side=None):
    index = indexed(lon, lat, np.arange(len(lon)), side)
    runs = found(region, index)
    flat = runs.ravel()
    assert (np.diff(flat) > 0).all()  # apart, rising, none empty
    assert sorted(gathered(index.ids, runs)) == np.flatnonzero(region.covers(lon, lat)).tolist()
    assert length(runs) == region.covers(lon, lat).sum()


@given(areas(), places(), sides)
def test_the_runs_hold_what_the_area_holds(area, points, side):
    demand_the_same(region(area), points[:, 0], points[:, 1], side)


@given(
    st.floats(-180, 180),
    st.floats(-90, 90),
    st.floats(1, 9_000),
    st.integers(0, 2**32),
    st.sampled_from([5.0, 30.0]),
)
def test_so_it_is_for_circles_anywhere(lon, lat, radius, seed, side):
    chance = np.random.default_rng(seed)
    lons = np.concatenate([chance.uniform(-180, 180, 60), [180.0, -180.0, lon, lon]])
    lats = np.concatenate([chance.uniform(-90, 90, 60), [lat, lat, 90.0, -90.0]])
    demand_the_same(circle(lon, lat, radius), lons, lats, side)


@given(areas(), st.floats(50, 800), places())
def test_so_it_is_for_a_union(area, radius, points):
    demand_the_same(region(area) | circle(3.0, -2.0, radius), points[:, 0], points[:, 1], 1.0)


@pytest.mark.parametrize("east", [180.0, -180.0])
def test_so_it_is_across_the_180th_meridian(east):
    area = from_geojson(polygon([[170, 0], [-170, 0], [-170, 5], [170, 5], [170, 0]]))
    lon = np.array([169.9, 170.0, 175.0, east, -175.0, -170.0, -169.9, 0.0])
    demand_the_same(area, lon, np.full(8, 2.5), 1.0)


def test_an_area_around_all_points_is_one_run():
    lon, lat = (axis.ravel() for axis in np.meshgrid(np.arange(20.0), np.arange(20.0)))
    index = indexed(lon, lat, np.arange(400), 2.0)
    assert found(from_geojson(polygon(square(-50, -50, 50, 50))), index).tolist() == [[0, 400]]
    assert found(circle(10.0, 10.0, 5_000.0), index).tolist() == [[0, 400]]


@pytest.mark.parametrize("place", [(30, 0), (-30, 0), (0, 30), (0, -30)])
def test_an_area_beside_all_points_has_no_runs(place):
    x, y = place
    index = indexed(np.arange(9.0), np.arange(9.0), np.arange(9), 1.0)
    assert found(from_geojson(polygon(square(x - 9, y - 9, x + 9, y + 9))), index).tolist() == []


def test_no_points_have_no_runs():
    index = indexed(np.empty(0), np.empty(0), np.empty(0, np.int64))
    assert found(from_geojson(polygon(square(0, 0, 1, 1))), index).tolist() == []


def test_many_runs_find_room():
    lon, lat = (axis.ravel().astype(float) for axis in np.meshgrid(np.arange(30), np.arange(10)))
    comb = [[x / 2, 9.5 if x % 4 < 2 else -0.4] for x in range(60)]
    area = from_geojson(polygon([*comb, [30, -0.6], [0, -0.6], comb[0]]))
    index = indexed(lon, lat, np.arange(300), 0.7)
    assert len(found(area, index)) > 64
    demand_the_same(area, lon, lat, 0.7)


@given(st.lists(st.integers(0, 40), unique=True, max_size=12).map(sorted), st.sets(st.integers(0, 40)))
def test_places_are_taken_out_of_runs(ends, gone):
    pairs = np.array(ends[: len(ends) // 2 * 2], dtype=np.int64).reshape(-1, 2)
    left = without(pairs, np.array(sorted(gone), dtype=np.int64))
    held = [place for start, stop in left for place in range(start, stop)]
    assert held == [p for start, stop in pairs for p in range(start, stop) if p not in gone]
    assert all(start < stop for start, stop in left)
