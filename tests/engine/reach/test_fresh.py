"""What has changed since an index was made, against a dictionary."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reach.samples import polygon, square
from tocsin.engine.reach.fresh import UNCHANGED, Changes, compacted, moved, removed, taken_up
from tocsin.engine.reach.grid import indexed
from tocsin.engine.reach.region import from_geojson
from tocsin.engine.reach.search import reach
from tocsin.kernel.errors import Malformed

AREA = from_geojson(polygon(square(-2, -2, 2, 2)))
names = st.integers(0, 9)
spots = st.tuples(st.integers(-4, 4), st.integers(-4, 4))
batches = st.lists(st.lists(st.tuples(names, st.none() | spots), max_size=6), max_size=5)


def index_of(points):
    ids = np.array(list(points), dtype=np.int64)
    places = np.array(list(points.values()), dtype=float).reshape(-1, 2)
    return indexed(places[:, 0].copy(), places[:, 1].copy(), ids)


def changes(batch):
    ids = np.array([name for name, _ in batch], dtype=np.int64)
    places = np.array([spot or (np.nan, np.nan) for _, spot in batch], dtype=float).reshape(-1, 2)
    return Changes(ids, places[:, 0].copy(), places[:, 1].copy())


@given(st.dictionaries(names, spots), batches)
def test_the_latest_place_of_each_id_holds(points, history):
    index, fresh, truth = index_of(points), UNCHANGED, dict(points)
    for batch in history:
        fresh = taken_up(fresh, changes(batch), index)
        truth.update(batch)
    here = {name: spot for name, spot in truth.items() if spot is not None}
    inside = sorted(name for name, (x, y) in here.items() if abs(x) <= 2 and abs(y) <= 2)
    reached = reach(AREA, index, fresh)
    assert (sorted(reached.ids.tolist()), reached.count) == (inside, len(inside))
    anew = compacted(index, fresh)
    assert dict(zip(anew.ids.tolist(), zip(anew.lon, anew.lat, strict=True), strict=True)) == here
    assert anew.ids[anew.by_id].tolist() == sorted(here)
    assert sorted(reach(AREA, anew).ids.tolist()) == inside


def test_what_a_reader_holds_stays_as_it_is():
    index = index_of({1: (0, 0), 2: (9, 9)})
    before = taken_up(UNCHANGED, moved(np.array([2]), np.zeros(1), np.zeros(1)), index)
    held = reach(AREA, index, before)
    after = taken_up(before, removed(np.array([1, 2])), index)
    assert (held.count, reach(AREA, index, after).count, reach(AREA, index).count) == (2, 0, 1)
    assert reach(AREA, index, before).ids.tolist() == [1, 2]


def test_columns_of_unlike_length_are_refused():
    with pytest.raises(Malformed, match="2 ids, 1 longitudes, 1 latitudes"):
        Changes(np.arange(2), np.zeros(1), np.zeros(1))


@pytest.mark.parametrize("lon, lat", [(0.0, np.nan), (181.0, 0.0), (0.0, 91.0)])
def test_a_change_to_no_place_is_refused(lon, lat):
    with pytest.raises(Malformed, match="Point 1 is no place"):
        Changes(np.arange(2), np.array([np.nan, lon]), np.array([np.nan, lat]))


def test_a_point_can_not_move_to_nowhere():
    with pytest.raises(Malformed, match="Point 0"):
        moved(np.arange(1), np.array([np.nan]), np.array([np.nan]))
