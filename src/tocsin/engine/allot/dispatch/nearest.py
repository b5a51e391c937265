"""Which capable units are nearest to a place, in order of nearness, without asking for every pair.

With straight lines the units of each kind stand in a k-d tree of their chords: points on the unit sphere in
three dimensions, in which nearer by chord is nearer along the great circle, at the poles and across the
antimeridian too. With any other travel times every pair has been asked for, and a row of the matrix is
sorted as far as it is needed.

    (1)  seconds = 2 asin(chord / 2) · factor,  factor = R · detour · 3.6 / speed_kmh

Bentley, Multidimensional binary search trees used for associative searching, CACM 18 (1975) 509.
"""

from typing import NamedTuple

import numpy as np

from tocsin.engine.allot.dispatch.selecting import Flags, Floats, Ints, ascending, precedes, select
from tocsin.engine.allot.travel import RADIUS, StraightLine
from tocsin.engine.compiled import compiled

LEAF = 8
"""Units in a leaf of the tree."""
DEEP = 64
"""Levels of a tree: more than any memory holds."""
DENSE = 8
"""Where more than one unit in so many is asked for, all are looked at."""


class Near(NamedTuple):
    """Places of requests and, kind by kind, the units that can serve it. Exactly one of `target` and
    `seconds` has rows."""

    target: Floats
    """(requests, 3) points of the unit sphere."""
    begin: Ints
    """(kinds + 1,) kind k's units are own[begin[k]:begin[k + 1]]."""
    own: Ints
    point: Floats
    """(own, 3) where they are; in the order of the tree."""
    axis: Ints
    """(kinds, nodes) along which a node is cut; its halves are nodes 2 i + 1 and 2 i + 2."""
    cut: Floats
    factor: float
    seconds: Floats
    """(requests, units)."""


def straight(line: StraightLine, here: Floats, there: Floats, able: Flags) -> Near:
    """By chords: (requests, 2) and (units, 2) lon/lat degrees, (kinds, units) who can serve what."""
    points, (begin, own) = sphere(there), _kinds(able)
    nodes = 2 * max(1, 1 << int(np.ceil(np.log2(max(len(there), 1) / LEAF + 1)) + 1))
    axis, cut = np.full((len(able), nodes), -1), np.zeros((len(able), nodes))
    for kind in range(len(able)):
        plant(points, own[begin[kind] : begin[kind + 1]], axis[kind], cut[kind])
    factor = RADIUS * line.detour * 3.6 / line.speed_kmh
    return Near(sphere(here), begin, own, points[own], axis, cut, factor, np.zeros((0, 0)))


def tabled(seconds: Floats, able: Flags) -> Near:
    """By a matrix of seconds (requests, units)."""
    nothing, (begin, own) = np.zeros((0, 3)), _kinds(able)
    none = np.zeros((len(able), 1))
    return Near(nothing, begin, own, nothing, none.astype(np.int64), none, 1.0, seconds)


def _kinds(able: Flags) -> tuple[Ints, Ints]:
    kinds, own = np.nonzero(able)
    return np.searchsorted(kinds, np.arange(len(able) + 1)).astype(np.int64), own.astype(np.int64)


def sphere(places: Floats) -> Floats:
    """(n, 2) lon/lat degrees as (n, 3) points of the unit sphere."""
    lon, lat = np.radians(places).T
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


@compiled
def plant(points: Floats, own: Ints, axis: Ints, cut: Floats) -> None:
    """Orders `own` into a tree: each node is cut in the middle of its longest side."""
    stack = np.zeros((DEEP, 3), dtype=np.int64)
    stack[0] = (0, 0, len(own))
    left, keys = 1, np.zeros(len(own))
    while left > 0:
        left -= 1
        node, begin, end = stack[left]
        if end - begin <= LEAF:
            continue
        side = _longest(points, own, begin, end)
        for at in range(begin, end):
            keys[at] = points[own[at], side]
        middle = (begin + end) // 2
        select(keys, own, begin, end, middle)
        axis[node], cut[node] = side, keys[middle]
        stack[left] = (2 * node + 1, begin, middle)
        stack[left + 1] = (2 * node + 2, middle, end)
        left += 2


@compiled
def _longest(points: Floats, own: Ints, begin: int, end: int) -> int:
    best, longest = 0, -1.0
    for side in range(3):
        low, high = np.inf, -np.inf
        for at in range(begin, end):
            low, high = min(low, points[own[at], side]), max(high, points[own[at], side])
        if high - low > longest:
            best, longest = side, high - low
    return best


@compiled
def nearest_units(near: Near, kind: int, request: int, units: Ints, seconds: Floats) -> None:
    """Fills `units` and `seconds` with the nearest of that kind, nearest first, of equals the lowest number
    first; there must be as many."""
    begin, end = near.begin[kind], near.begin[kind + 1]
    if near.seconds.shape[0] > 0:
        keys = np.empty(end - begin)
        for at in range(begin, end):
            keys[at - begin] = near.seconds[request, near.own[at]]
        _least(keys, near.own[begin:end], units, seconds)
        return
    target, points = near.target[request], near.point[begin:end]
    if len(units) * DENSE > end - begin:
        keys = np.empty(end - begin)
        for at in range(end - begin):
            keys[at] = _chord(points, at, target)
        _least(keys, near.own[begin:end], units, seconds)
    else:
        _climb(near.axis[kind], near.cut[kind], points, near.own[begin:end], target, units, seconds)
    for at in range(len(seconds)):
        seconds[at] = 2.0 * np.arcsin(min(np.sqrt(seconds[at]) / 2.0, 1.0)) * near.factor


@compiled
def _chord(points: Floats, at: int, target: Floats) -> float:
    x, y, z = points[at, 0] - target[0], points[at, 1] - target[1], points[at, 2] - target[2]
    return float(x * x + y * y + z * z)


@compiled
def _least(keys: Floats, own: Ints, units: Ints, found: Floats) -> None:
    order, size = own.copy(), len(units)
    if size < len(keys):
        select(keys, order, 0, len(keys), size)
    ascending(keys, order, size)
    units[:], found[:] = order[:size], keys[:size]


@compiled
def _climb(
    axis: Ints, cut: Floats, points: Floats, own: Ints, target: Floats, units: Ints, found: Floats
) -> None:
    """The k nearest through the tree, by squared chord; `found` is kept sorted."""
    found[:] = np.inf
    last = len(found) - 1
    stack, bound = np.zeros((DEEP, 3), dtype=np.int64), np.zeros(DEEP)
    stack[0] = (0, 0, len(own))
    left = 1
    while left > 0:
        left -= 1
        if bound[left] > found[last]:
            continue
        node, begin, end = stack[left]
        while end - begin > LEAF:
            middle, off = (begin + end) // 2, target[axis[node]] - cut[node]
            far = 2 * node + 2 if off < 0.0 else 2 * node + 1
            bound[left] = off * off
            if off < 0.0:
                stack[left] = (far, middle, end)
                node, end = 2 * node + 1, middle
            else:
                stack[left] = (far, begin, middle)
                node, begin = 2 * node + 2, middle
            left += 1
        for at in range(begin, end):
            _insert(units, found, own[at], _chord(points, at, target))


@compiled
def _insert(units: Ints, found: Floats, unit: int, key: float) -> None:
    at = len(found) - 1
    if not precedes(key, unit, found[at], units[at]):
        return
    while at > 0 and precedes(key, unit, found[at - 1], units[at - 1]):
        found[at], units[at] = found[at - 1], units[at - 1]
        at -= 1
    found[at], units[at] = key, unit
