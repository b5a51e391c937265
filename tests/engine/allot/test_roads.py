"""Shortest ways, against walking every way that is allowed edge by edge."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from tocsin.engine.allot.roads import RoadGraph, RoadTimes
from tocsin.kernel.errors import Malformed

NONE = np.empty((0, 2), dtype=np.int64)


def graph(edges, points=None, forbidden=NONE, nodes=0) -> RoadGraph:
    """Edges as (tail, head, seconds); the way of an edge is 100 + its number."""
    nodes = nodes or 1 + max(max(edge[:2]) for edge in edges)
    points = np.column_stack([0.01 * np.arange(nodes), np.zeros(nodes)]) if points is None else points
    tail, head, seconds = (np.array(column) for column in zip(*edges, strict=True))
    way = 100 + np.arange(len(edges))
    turns = np.asarray(forbidden, dtype=np.int64).reshape(-1, 2)
    return RoadGraph(points, tail, head, seconds.astype(float), way, turns)


def by_edges(roads: RoadGraph) -> np.ndarray:
    """Node to node over a graph whose nodes are edges: the obvious way to honour forbidden turns."""
    n, m = len(roads.points), len(roads.tail)
    shut = {tuple(pair) for pair in roads.forbidden.tolist()}
    cost = np.zeros((m + 2 * n, m + 2 * n))
    for e in range(m):
        if np.isfinite(roads.seconds[e]):
            cost[m + roads.tail[e], e] = roads.seconds[e]
            cost[e, m + n + roads.head[e]] = 1e-12
            for f in range(m):
                if roads.head[e] == roads.tail[f] and (e, f) not in shut and np.isfinite(roads.seconds[f]):
                    cost[e, f] = roads.seconds[f]
    far = dijkstra(csr_array(cost), indices=np.arange(m, m + n))[:, m + n :]
    np.fill_diagonal(far, 0.0)
    return far


@st.composite
def networks(draw):
    nodes = draw(st.integers(2, 7))
    ends = st.integers(0, nodes - 1)
    edge = st.tuples(ends, ends, st.sampled_from([1.0, 2.0, 3.5, 8.0, np.inf]))
    edges = draw(st.lists(edge, min_size=2, max_size=18))
    number = st.integers(0, len(edges) - 1)
    pairs = draw(st.lists(st.tuples(number, number), max_size=8))
    turns = [(a, b) for a, b in pairs if edges[a][1] == edges[b][0]]
    return graph(edges, forbidden=turns, nodes=nodes)


@given(networks())
@settings(max_examples=80, deadline=None)
def test_ways_are_the_shortest_that_are_allowed_in_both_directions_of_search(roads):
    times, everywhere = RoadTimes(roads), np.arange(len(roads.points))
    expected = by_edges(roads)
    np.testing.assert_allclose(times._run(everywhere, everywhere), expected, atol=1e-9)
    np.testing.assert_allclose(times._run(everywhere, everywhere, backward=True).T, expected, atol=1e-9)


def test_a_one_way_street_and_the_way_round():
    times = RoadTimes(graph([(0, 1, 5.0), (1, 2, 5.0), (2, 0, 7.0)]))
    place = times.graph.points
    assert times.seconds(place[:1], place).tolist() == [[0.0, 5.0, 10.0]]
    assert times.seconds(place, place[:1]).tolist() == [[0.0], [12.0], [7.0]]


def test_a_place_beside_the_road_walks_to_it_and_one_far_off_has_no_way():
    times = RoadTimes(graph([(0, 1, 60.0), (1, 0, 60.0)]), farthest=200.0, walking_kmh=3.6)
    beside, far = [0.0, 0.001], [0.0, 0.01]
    found = times.seconds([beside, far], [[0.01, 0.0]])
    assert found[0, 0] == pytest.approx(60.0 + 111.2, abs=0.1)
    assert np.isinf(found[1, 0])
    assert times.nearest([far])[0].tolist() == [-1]


def test_a_fragment_of_the_map_is_no_network():
    ring = [(n, (n + 1) % 60, 1.0) for n in range(60)]
    points = np.column_stack([0.001 * np.arange(62), np.zeros(62)])
    points[60:] = [[0.0, 0.0001], [0.0, 0.0002]]
    roads = graph([*ring, (60, 61, 1.0), (61, 60, 1.0)], points)
    assert roads.connected == pytest.approx(60 / 62)
    assert RoadTimes(roads).nearest([[0.0, 0.0001]])[0].tolist() == [0]


def test_without_roads_there_is_no_way():
    empty = np.empty(0, dtype=np.int64)
    roads = RoadGraph(np.empty((0, 2)), empty, empty, np.empty(0), empty, NONE)
    assert roads.connected == 0.0
    assert np.isinf(RoadTimes(roads).seconds([[0.0, 0.0]], [[0.0, 0.0]])).all()
    assert RoadTimes(roads).seconds([], [[0.0, 0.0]]).shape == (0, 1)


def test_roads_are_closed_by_number_and_by_area():
    roads = graph([(0, 1, 5.0), (1, 2, 5.0), (0, 2, 30.0)])
    place = roads.points
    assert RoadTimes(roads).seconds(place[:1], place[2:])[0, 0] == 10.0
    assert RoadTimes(roads.closed([101])).seconds(place[:1], place[2:])[0, 0] == 30.0
    flood = shapely.Point(0.005, 0.0).buffer(0.001)
    assert np.isinf(RoadTimes(roads.closed(area=flood)).seconds(place[:1], place[2:])[0, 0])
    assert roads.closed([101], flood).seconds.tolist() == [np.inf, np.inf, np.inf]
    with pytest.raises(Malformed, match="The network has no road 7"):
        roads.closed([7, 100])
