"""Which districts lie beside each other."""

from tocsin.packs.reader import load
from tocsin.spine.places.neighbours import DEGREE, neighbours
from tocsin.spine.places.queries import neighbours_of


def square(west, south, side=0.1):
    ring = [[west, south], [west + side, south], [west + side, south + side], [west, south + side]]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def test_who_touches_or_comes_near_is_a_neighbour():
    gap = 0.5 / DEGREE
    outlines = {
        "a": square(114.0, 0.0),
        "b": square(114.1, 0.0),
        "c": square(114.2 + gap, 0.0),
        "far": square(114.5, 0.0),
    }
    assert neighbours(outlines) == {
        "a": {"b"},
        "b": {"a", "c"},
        "c": {"b"},
        "far": frozenset(),
    }
    assert neighbours(outlines, near=0.4)["b"] == {"a"}
    assert neighbours({}) == {}


def test_kilometres_are_as_long_in_the_north():
    apart = 1.5 / DEGREE
    north = {"a": square(114.0, 60.0), "b": square(114.1 + apart, 60.0)}
    south = {"a": square(114.0, 0.0), "b": square(114.1 + apart, 0.0)}
    assert neighbours(north)["a"] == {"b"}
    assert neighbours(south)["a"] == frozenset()


def test_the_districts_of_shenzhen():
    found = neighbours_of(load("cn/shenzhen"))
    assert found["440305"] == {"440304", "440306", "440309"}
    assert all(code in found[other] for code, beside in found.items() for other in beside)
    assert "440300" not in found
