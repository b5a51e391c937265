"""Points in the cells of a grid, one cell after another: what is asked, without reading the rest.

    (1)  row(y) = floor((y - south) / side),  column(x) = floor((x - west) / side), never falling in y and x
    (2)  points are sorted by row, then column (counting sort); begins[row * columns + column] is the
         place of a cell's first point, so that neighbouring cells of a row are one run of points
    (3)  side = the least that makes no more than half as many cells as points, but not under 0.0001 degrees

A point takes 16 bytes of coordinates, 8 of its id, 4 of `by_id` and about 2 of `begins`. The arrays may be
views of files that are mapped into memory; nothing here writes to them.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tocsin.engine.compiled import compiled
from tocsin.engine.reach.columns import Column, Floats, Numbers, Small, frozen
from tocsin.kernel.errors import Malformed

FINEST = 1e-4
"""Degrees; 11 metres."""
MOST = 2**31 - 1
"""Points of one index: places in it are kept in 32 bits."""


class Grid(NamedTuple):
    """Equation (1)."""

    west: float
    south: float
    side: float
    rows: int
    columns: int


@dataclass(frozen=True)
class Index:
    """Points by cell: degrees (WGS 84), ids, where each cell begins, the places of points by rising id."""

    grid: Grid
    lon: Floats
    lat: Floats
    ids: Numbers
    begins: Small
    by_id: Small

    def __len__(self) -> int:
        return len(self.ids)


@compiled
def cell_of(at: float, origin: float, side: float) -> int:
    """The row of a latitude, the column of a longitude: equation (1)."""
    return math.floor((at - origin) / side)


def indexed(lon: Floats, lat: Floats, ids: Numbers, side: float | None = None) -> Index:
    """The index of points: three columns of one length, longitudes -180 to 180 before latitudes -90 to 90.

    `side` is the width of a cell in degrees, else (3). Raises `Malformed` with the first row that is no
    place, and for an id that stands twice.
    """
    demand_places(lon, lat)
    _demand_few(len(ids))
    grid = _grid(lon, lat, side)
    begins, places = sorted_by_cell(grid, lon, lat)
    rising = bool(np.all(ids[1:] > ids[:-1]))
    by_id = places if rising else places[np.argsort(ids, kind="stable")]
    lon, lat, ids = scattered(lon, places), scattered(lat, places), scattered(ids, places)
    _demand_unique(ids, by_id)
    return Index(grid, frozen(lon), frozen(lat), frozen(ids), frozen(begins), frozen(by_id))


def demand_places(lon: Floats, lat: Floats) -> None:
    """Raises `Malformed` with the first point that is no place on Earth."""
    wrong = ~((np.abs(lon) <= 180) & (np.abs(lat) <= 90))
    if wrong.any():
        at = int(wrong.argmax())
        raise Malformed(
            "reach.point",
            "Point {where} is no place on Earth: longitude {lon}, latitude {lat}.",
            cure="Mend it or leave it out: longitude is from -180 to 180, latitude from -90 to 90 degrees.",
            where=at,
            lon=float(lon[at]),
            lat=float(lat[at]),
        )


def _demand_few(points: int) -> None:
    if points > MOST:
        raise Malformed(
            "reach.many",
            "{points} points are more than one index holds.",
            cure="Index them in several parts of at most {most}.",
            where="points",
            points=points,
            most=MOST,
        )


def _demand_unique(ids: Numbers, by_id: Small) -> None:
    ids = ids[by_id]
    twice = ids[1:] == ids[:-1]
    if twice.any():
        raise Malformed(
            "reach.twice",
            "The id {id} stands twice among the points.",
            cure="Give each point an id of its own.",
            where="points",
            id=int(ids[1:][twice][0]),
        )


def _grid(lon: Floats, lat: Floats, side: float | None) -> Grid:
    if not len(lon):
        return Grid(0.0, 0.0, 1.0, 0, 0)
    west, south = float(lon.min()), float(lat.min())
    east, north = float(lon.max()), float(lat.max())
    side = side or _side(east - west, north - south, max(len(lon) / 2, 1.0))
    return Grid(west, south, side, cell_of(north, south, side) + 1, cell_of(east, west, side) + 1)


def _side(wide: float, high: float, cells: float) -> float:
    """Equation (3): (wide / s + 1)(high / s + 1) = cells, solved for s."""
    if cells <= 1:
        return max(wide, high, FINEST) * 1.01
    both = wide + high
    root = (both + math.sqrt(both * both + 4 * (cells - 1) * wide * high)) / (2 * (cells - 1))
    return max(root, FINEST)


@compiled
def sorted_by_cell(grid: Grid, lon: Floats, lat: Floats) -> tuple[Small, Small]:
    """`begins` of (2), and the place that each point has then."""
    cells = np.empty(len(lon), np.int32)
    begins = np.zeros(grid.rows * grid.columns + 1, np.int32)
    for at in range(len(lon)):
        row = cell_of(lat[at], grid.south, grid.side)
        cells[at] = row * grid.columns + cell_of(lon[at], grid.west, grid.side)
        begins[cells[at] + 1] += 1
    for cell in range(len(begins) - 1):
        begins[cell + 1] += begins[cell]
    free = begins[:-1].copy()
    places = cells  # each is read for the last time when it is written
    for at in range(len(lon)):
        cell = cells[at]
        places[at] = free[cell]
        free[cell] += 1
    return begins, places


@compiled
def scattered(column: Column, places: Small) -> Column:
    """The column with each entry at its place."""
    found: Column = np.empty_like(column)
    for at in range(len(places)):
        found[places[at]] = column[at]
    return found


@compiled
def places_of(ids: Numbers, by_id: Small, wanted: Numbers) -> Numbers:
    """The place of each wanted id, -1 where there is none."""
    found = np.full(len(wanted), -1, np.int64)
    for at in range(len(wanted) if len(by_id) else 0):
        low, high = _bracket(ids, by_id, wanted[at])
        while low < high:
            middle = (low + high) // 2
            if ids[by_id[middle]] < wanted[at]:
                low = middle + 1
            else:
                high = middle
        if low < len(by_id) and ids[by_id[low]] == wanted[at]:
            found[at] = by_id[low]
    return found


@compiled
def _bracket(ids: Numbers, by_id: Small, wanted: int) -> tuple[int, int]:
    """Between which two entries of `by_id` an id has its place: a guess as if ids were spread evenly, and
    from there ever longer steps. Ids without gaps are found at once."""
    last = len(by_id) - 1
    lowest, highest = float(ids[by_id[0]]), float(ids[by_id[last]])
    share = (float(wanted) - lowest) / max(highest - lowest, 1.0)
    low = high = int(min(max(share, 0.0), 1.0) * last)
    step = 1
    while low > 0 and ids[by_id[low]] >= wanted:
        low = max(low - step, 0)
        step *= 2
    step = 1
    while high <= last and ids[by_id[high]] < wanted:
        high += step
        step *= 2
    return low, min(high, last + 1)
