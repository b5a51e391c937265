"""Maps that the tests draw themselves, written by osmium as files and read back."""

import numpy as np
import osmium
import pytest
from osmium.osm.mutable import Node, Relation, Way

from tocsin.engine.allot.roads import RoadTimes
from tocsin.gateways.roads.reading import read_roads
from tocsin.kernel.errors import Malformed

PLACES = {1: (0.0, 0.0), 2: (0.01, 0.0), 3: (0.02, 0.0), 4: (0.01, 0.01), 5: (0.01, -0.01)}


def draw(tmp_path, ways, *, relations=(), places=PLACES, tags=None):
    """Ways as number: (nodes, tags); relations as (tags, members)."""
    path = tmp_path / "map.osm.pbf"
    path.unlink(missing_ok=True)
    writer = osmium.SimpleWriter(str(path))
    for number, place in places.items():
        writer.add_node(Node(id=number, location=place, tags=(tags or {}).get(number, {})))
    for number, (nodes, own) in ways.items():
        writer.add_way(Way(id=number, nodes=nodes, tags={"highway": "residential", **own}))
    for number, (own, members) in enumerate(relations, 1):
        writer.add_relation(Relation(id=number, members=members, tags={"type": "restriction", **own}))
    writer.close()
    return path


def driven(roads) -> set:
    """The edges as (way, from, to), by the places' numbers."""
    number = {tuple(np.round(place, 6)): name for name, place in PLACES.items()}
    ends = [number[tuple(np.round(point, 6))] for point in roads.graph.points]
    g = roads.graph
    return {(int(w), ends[t], ends[h]) for w, t, h in zip(g.way, g.tail, g.head, strict=True)}


def test_pieces_are_driven_both_ways_at_the_speed_of_their_class(tmp_path):
    roads = read_roads(draw(tmp_path, {10: ([1, 2, 3], {"highway": "primary"})}))
    assert driven(roads) == {(10, 1, 2), (10, 2, 1), (10, 2, 3), (10, 3, 2)}
    assert roads.graph.seconds == pytest.approx([1111.95 / (50 / 3.6)] * 4, rel=1e-4)
    assert (roads.turns, roads.turns_ignored, roads.ferries, roads.missing) == (0, 0, 0, 0)
    assert roads.graph.connected == 1.0


def test_a_posted_limit_counts(tmp_path):
    roads = read_roads(draw(tmp_path, {10: ([1, 2], {"maxspeed": "30 mph"})}))
    assert roads.graph.seconds[0] == pytest.approx(1111.95 / (0.85 * 30 * 1.609344 / 3.6), rel=1e-4)


@pytest.mark.parametrize(
    ("tags", "edges"),
    [
        ({"oneway": "yes"}, {(1, 2)}),
        ({"oneway": "-1"}, {(2, 1)}),
        ({"junction": "roundabout"}, {(1, 2)}),
        ({"highway": "motorway"}, {(1, 2)}),
        ({"highway": "motorway", "oneway": "no"}, {(1, 2), (2, 1)}),
        ({"oneway": "no"}, {(1, 2), (2, 1)}),
    ],
)
def test_one_ways(tmp_path, tags, edges):
    found = driven(read_roads(draw(tmp_path, {10: ([1, 2], tags)})))
    assert {edge[1:] for edge in found} == edges


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "footway"},
        {"access": "private"},
        {"access": "yes", "motor_vehicle": "no"},
        {"vehicle": "no"},
        {"area": "yes"},
    ],
)
def test_where_no_lorry_may_drive(tmp_path, tags):
    roads = read_roads(draw(tmp_path, {9: ([1, 2], {}), 10: ([2, 3], tags)}))
    assert driven(roads) == {(9, 1, 2), (9, 2, 1)}


def test_the_narrowest_right_counts(tmp_path):
    roads = read_roads(draw(tmp_path, {10: ([1, 2], {"access": "no", "motor_vehicle": "yes"})}))
    assert driven(roads) == {(10, 1, 2), (10, 2, 1)}


def test_a_ferry_carries_lorries_slowly(tmp_path):
    roads = read_roads(draw(tmp_path, {10: ([1, 2], {"highway": "", "route": "ferry"})}))
    assert roads.ferries == 1
    assert roads.graph.seconds[0] == pytest.approx(1111.95 / (12 / 3.6), rel=1e-4)


def test_bollards_bar_and_gates_open(tmp_path):
    ways = {10: ([1, 2, 3], {}), 11: ([2, 4], {})}
    assert driven(read_roads(draw(tmp_path, ways, tags={3: {"barrier": "bollard"}}))) == {
        (10, 1, 2),
        (10, 2, 1),
        (11, 2, 4),
        (11, 4, 2),
    }
    for open_tags in ({"barrier": "gate"}, {"barrier": "bollard", "motor_vehicle": "yes"}):
        assert len(driven(read_roads(draw(tmp_path, ways, tags={3: open_tags})))) == 6


def test_pieces_whose_nodes_were_cut_off_are_counted(tmp_path):
    roads = read_roads(draw(tmp_path, {10: ([1, 2, 99, 3], {})}))
    assert (roads.missing, driven(roads)) == (2, {(10, 1, 2), (10, 2, 1)})


def crossing(tmp_path, restriction, **more):
    """West 10, east 11, north 12 and south 13 meet at node 2."""
    ways = {10: ([1, 2], {}), 11: ([2, 3], {}), 12: ([2, 4], {}), 13: ([2, 5], {})}
    return read_roads(draw(tmp_path, ways, relations=restriction, **more))


def minutes(roads, start, end):
    place = np.array([PLACES[start], PLACES[end]])
    return RoadTimes(roads.graph).seconds(place[:1], place[1:])[0, 0] / 60


LEFT = ({"restriction": "no_left_turn"}, [("w", 10, "from"), ("n", 2, "via"), ("w", 12, "to")])


def test_a_forbidden_turn_sends_one_round(tmp_path):
    free = minutes(crossing(tmp_path, []), 1, 4)
    roads = crossing(tmp_path, [LEFT])
    assert (roads.turns, roads.turns_ignored) == (1, 0)
    assert minutes(roads, 1, 4) == pytest.approx(2 * free)
    assert minutes(roads, 4, 1) == pytest.approx(free)


def test_only_straight_on_forbids_the_rest(tmp_path):
    only = ({"restriction": "only_straight_on"}, [("w", 10, "from"), ("n", 2, "via"), ("w", 11, "to")])
    roads = crossing(tmp_path, [only])
    assert roads.turns == 3
    assert minutes(roads, 1, 4) == pytest.approx(2 * minutes(roads, 1, 3))


def test_no_turning_back_still_lets_one_go_on(tmp_path):
    back = ({"restriction": "no_u_turn"}, [("w", 10, "from"), ("n", 2, "via"), ("w", 10, "to")])
    roads = read_roads(draw(tmp_path, {10: ([1, 2, 3], {})}, relations=[back]))
    g = roads.graph
    assert {(int(g.head[a]), int(g.tail[b])) for a, b in g.forbidden} == {(1, 1)}
    assert (g.tail[g.forbidden[:, 0]] == g.head[g.forbidden[:, 1]]).all()
    assert roads.turns == 2


@pytest.mark.parametrize(
    "relation",
    [
        (LEFT[0] | {"except": "bus"}, LEFT[1]),
        ({"restriction:hgv": "no_left_turn"}, LEFT[1]),
        (LEFT[0], [("w", 10, "from"), ("w", 13, "via"), ("w", 12, "to")]),
        (LEFT[0], [("w", 10, "from"), ("n", 2, "via")]),
        (LEFT[0], [("w", 77, "from"), ("n", 2, "via"), ("w", 12, "to")]),
        (LEFT[0], [("w", 10, "from"), ("n", 77, "via"), ("w", 12, "to")]),
        ({"restriction": "only_right_turn"}, [("w", 10, "from"), ("n", 2, "via"), ("w", 77, "to")]),
    ],
)
def test_restrictions_that_are_left_out_are_counted(tmp_path, relation):
    roads = crossing(tmp_path, [relation])
    assert (roads.turns, roads.turns_ignored) == (0, 1)


def test_other_relations_are_no_restrictions(tmp_path):
    roads = crossing(tmp_path, [({"type": "route"}, LEFT[1])])
    assert roads.turns_ignored == 0


def test_a_file_that_is_no_map_is_refused(tmp_path):
    (tmp_path / "x.osm.pbf").write_bytes(b"nothing")
    with pytest.raises(Malformed, match="can't be read as a map"):
        read_roads(tmp_path / "x.osm.pbf")
    with pytest.raises(Malformed, match="holds no road that a lorry may drive"):
        read_roads(draw(tmp_path, {10: ([1, 2], {"highway": "steps"})}))
