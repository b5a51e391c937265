"""Points in cells."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reach.samples import places
from tocsin.engine.reach import grid
from tocsin.engine.reach.grid import FINEST, cell_of, indexed, places_of
from tocsin.kernel.errors import Malformed


@given(places(), st.none() | st.floats(0.05, 5), st.randoms(use_true_random=False))
def test_every_point_is_in_its_cell_and_found_by_its_id(points, side, chance):
    ids = np.arange(len(points)) ** 2 * 3
    chance.shuffle(ids)
    index = indexed(points[:, 0], points[:, 1], ids, side)
    where = dict(zip(ids.tolist(), points.tolist(), strict=True))
    for place, (lon, lat, name) in enumerate(zip(index.lon, index.lat, index.ids, strict=True)):
        assert [lon, lat] == where[name]
        row, column = (
            cell_of(x, origin, index.grid.side)
            for x, origin in ((lat, index.grid.south), (lon, index.grid.west))
        )
        cell = row * index.grid.columns + column
        assert index.begins[cell] <= place < index.begins[cell + 1]
    asked = np.array([-1, *ids, 10**12])
    found = places_of(index.ids, index.by_id, asked)
    assert [found[0], found[-1]] == [-1, -1]
    assert index.ids[found[1:-1]].tolist() == ids.tolist()


@pytest.mark.parametrize("points", [2, 100, 4000])
def test_there_are_half_as_many_cells_as_points(points):
    chance = np.random.default_rng(1)
    index = indexed(chance.uniform(0, 30, points), chance.uniform(0, 10, points), np.arange(points))
    assert 0.3 * points <= len(index.begins) - 1 <= 0.6 * points


def test_many_points_in_one_place_have_one_cell():
    index = indexed(np.zeros(100), np.zeros(100), np.arange(100))
    assert (index.grid.side, len(index.begins)) == (FINEST, 2)
    assert indexed(np.zeros(1), np.zeros(1), np.arange(1)).grid.rows == 1


def test_no_points_have_no_cells():
    nothing = np.empty(0)
    index = indexed(nothing, nothing, nothing.astype(np.int64))
    assert (len(index), index.begins.tolist()) == (0, [0])


def test_nobody_can_write_to_an_index():
    index = indexed(np.zeros(2), np.zeros(2), np.arange(2))
    with pytest.raises(ValueError, match="read-only"):
        index.lon[0] = 1.0


@pytest.mark.parametrize("lon, lat", [(181.0, 0.0), (0.0, -90.5), (np.nan, 0.0), (0.0, np.inf)])
def test_a_point_that_is_no_place_is_named(lon, lat):
    with pytest.raises(Malformed) as refused:
        indexed(np.array([0.0, lon]), np.array([0.0, lat]), np.arange(2))
    assert (refused.value.code, refused.value.data["where"]) == ("reach.point", 1)


def test_an_id_that_stands_twice_is_named():
    with pytest.raises(Malformed, match="The id 7 stands twice"):
        indexed(np.zeros(3), np.zeros(3), np.array([7, 1, 7]))


def test_more_points_than_places_are_refused(monkeypatch):
    monkeypatch.setattr(grid, "MOST", 2)
    with pytest.raises(Malformed, match="at most 2"):
        indexed(np.zeros(3), np.zeros(3), np.arange(3))
