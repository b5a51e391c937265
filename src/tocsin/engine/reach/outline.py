"""An area as the loops see it: upward edges in slabs of latitude, and circles.

    (1)  an edge runs from its lower end (x0, y0) to its upper end (x1, y1); `turn` is +1 where the ring runs
         upwards there too, -1 where downwards; shells run against the clock, holes with it
    (2)  winding(p) = sum of `turn` over the edges with y0 <= py < y1 that lie to the right of p
    (3)  p is inside  <=>  p lies on an edge, or winding(p) > 0, or a circle holds p

Each polygon adds 1 to (2) at the points inside it, so (3) is the union of all of them, however they overlap.
The border belongs to the area: an alert that reaches one too many is safer than one that misses one.

To find the edges at a latitude, the area is cut into slabs of equal height, each with a list of the edges
that come into it. There are as many slabs as let all lists together hold five entries an edge or less.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tocsin.engine.compiled import compiled
from tocsin.engine.reach.circles import LAT, REACH, within
from tocsin.engine.reach.columns import Floats, Numbers, Small
from tocsin.engine.reach.orientation import side

ENTRIES = 4.0
"""Entries of the lists for each edge, besides the one that it has anyway."""
NOWHERE = (math.inf, -math.inf)


X0, Y0, X1, Y1, SLOPE, TURN = range(6)
"""Columns of the table of edges; the slope is (x1 - x0) / (y1 - y0), 0 for a level one."""


class Outline(NamedTuple):
    """`edges` and `circles` (of `circles.table`) have a row for each; `listed` holds the numbers of the edges
    of one slab after those of another, `begins` where each slab's begin, and the end."""

    edges: Floats
    south: float
    north: float
    scale: float
    begins: Numbers
    listed: Small
    circles: Floats


def outlined(lines: list[tuple[Floats, Floats]], circles: Floats) -> Outline:
    """The outline of closed lines (longitudes, latitudes), each in the direction that (1) asks for."""
    edges = np.concatenate([_edges(x, y) for x, y in lines] or [np.empty((0, 6))])
    south, north = (float(edges[:, Y0].min()), float(edges[:, Y1].max())) if len(edges) else NOWHERE
    slabs = _slabs(edges, north - south)
    scale = slabs / (north - south) if slabs else 0.0
    begins, listed = _listed(edges, south, scale, slabs)
    return Outline(edges, south, north, scale, begins, listed, circles)


@compiled
def _edges(x: Floats, y: Floats) -> Floats:
    """Equation (1)."""
    edges = np.empty((len(x) - 1, 6))
    for at in range(len(edges)):
        down = y[at + 1] < y[at]
        low, high = (at + 1, at) if down else (at, at + 1)
        edges[at, X0], edges[at, Y0], edges[at, X1], edges[at, Y1] = x[low], y[low], x[high], y[high]
        rise = y[high] - y[low]
        edges[at, SLOPE] = (x[high] - x[low]) / rise if rise > 0.0 else 0.0
        edges[at, TURN] = 0.0 if rise == 0.0 else (-1.0 if down else 1.0)
    return edges


def _slabs(edges: Floats, height: float) -> int:
    if not len(edges):
        return 0
    rises = float((edges[:, Y1] - edges[:, Y0]).sum())
    return max(1, min(len(edges), int(ENTRIES * len(edges) * height / rises)))


@compiled
def _slab(y: float, south: float, scale: float, slabs: int) -> int:
    """The slab of a latitude; never falls as the latitude rises."""
    return min(int((y - south) * scale), slabs - 1)


@compiled
def _listed(edges: Floats, south: float, scale: float, slabs: int) -> tuple[Numbers, Small]:
    """`begins` and `listed`."""
    begins = np.zeros(slabs + 1, np.int64)
    for edge in range(len(edges)):
        low, high = edges[edge, Y0], edges[edge, Y1]
        for at in range(_slab(low, south, scale, slabs), _slab(high, south, scale, slabs) + 1):
            begins[at + 1] += 1
    for at in range(slabs):
        begins[at + 1] += begins[at]
    listed = np.empty(begins[slabs], np.int32)
    free = begins[:-1].copy()
    for edge in range(len(edges)):
        low, high = edges[edge, Y0], edges[edge, Y1]
        for at in range(_slab(low, south, scale, slabs), _slab(high, south, scale, slabs) + 1):
            listed[free[at]] = edge
            free[at] += 1
    return begins, listed


@compiled
def inside(area: Outline, x: float, y: float) -> bool:
    """Equation (3)."""
    for at in range(len(area.circles)):
        if within(area.circles, at, x, y):
            return True
    if not area.south <= y <= area.north:
        return False
    edges, listed = area.edges, area.listed
    at = _slab(y, area.south, area.scale, len(area.begins) - 1)
    winding = 0.0
    for entry in range(area.begins[at], area.begins[at + 1]):
        edge = listed[entry]
        if edges[edge, Y0] <= y <= edges[edge, Y1]:
            left = _left(edges, edge, x, y)
            if left == 0:
                return True
            if left > 0 and y < edges[edge, Y1]:
                winding += edges[edge, TURN]
    return winding > 0.0


@compiled
def _left(edges: Floats, edge: int, x: float, y: float) -> int:
    """1 where a point between the latitudes of an edge's ends lies left of it, -1 where right, 0 on it."""
    x0, x1 = edges[edge, X0], edges[edge, X1]
    if x < min(x0, x1):
        return 1
    if x > max(x0, x1):
        return -1
    y0, y1 = edges[edge, Y0], edges[edge, Y1]
    return 0 if y0 == y1 else side(x0, y0, x1, y1, x, y)


@compiled
def all_inside(area: Outline, x: Floats, y: Floats) -> NDArray[np.bool_]:
    """Equation (3) for many points, one after another."""
    found = np.zeros(len(x), np.bool_)
    west, east = longitudes(area)
    south, north = latitudes(area)
    for at in range(len(x)):
        if south <= y[at] <= north and west <= x[at] <= east:
            found[at] = inside(area, x[at], y[at])
    return found


@compiled
def longitudes(area: Outline) -> tuple[float, float]:
    """The westernmost and easternmost longitude of the area, or of the world where a circle is in it."""
    if len(area.circles):
        return -math.inf, math.inf
    west, east = math.inf, -math.inf
    for edge in range(len(area.edges)):
        west = min(west, area.edges[edge, X0], area.edges[edge, X1])
        east = max(east, area.edges[edge, X0], area.edges[edge, X1])
    return west, east


@compiled
def latitudes(area: Outline) -> tuple[float, float]:
    """The southernmost and northernmost latitude of the area, to a hair more than it has."""
    south, north = area.south, area.north
    for at in range(len(area.circles)):
        turn = math.degrees(2.0 * math.asin(math.sqrt(area.circles[at, REACH]))) + 1e-9
        south = min(south, area.circles[at, LAT] - turn)
        north = max(north, area.circles[at, LAT] + turn)
    return south, north
