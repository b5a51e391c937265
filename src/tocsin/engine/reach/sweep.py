"""Which points of a grid are in an area, row of cells by row of cells.

    (1)  a cell is on the border if an edge or a circle's line comes into it, by rather too wide a measure
    (2)  all places of a gap between the border cells of one row are inside, or none is: one test tells
    (3)  the points of an inner gap are one run; those of border cells are tested one by one

So the work is that of the edges, of the rows, and of the points in border cells; points within are not looked
at. What comes out are runs: pairs (first place, place after the last), rising and apart from each other.
"""

from typing import NamedTuple

import numpy as np

from tocsin.engine.compiled import compiled
from tocsin.engine.reach.circles import LON, span
from tocsin.engine.reach.columns import Column, Floats, Numbers, Small
from tocsin.engine.reach.grid import Grid, cell_of
from tocsin.engine.reach.outline import (
    SLOPE,
    X0,
    X1,
    Y0,
    Y1,
    Outline,
    inside,
    latitudes,
)

HAIR = 1e-9
"""Degrees by which an edge is taken to be wider and longer than it is: far more than any rounding."""


class Points(NamedTuple):
    """The columns of an index that a search reads."""

    grid: Grid
    lon: Floats
    lat: Floats
    begins: Small


class Rows(NamedTuple):
    """The rows of a search and, for each, the edges that begin in it; in the first also those from below."""

    first: int
    last: int
    begins: Numbers
    edges: Small


@compiled
def runs_inside(area: Outline, points: Points) -> Numbers:
    """The runs of places inside the area: shape (runs, 2)."""
    rows = _rows(area, points.grid)
    runs = np.empty((64, 2), np.int64)
    count = 0
    marks = np.zeros(points.grid.columns + 1, np.int32)
    ends = np.empty(2, np.int64)
    active = np.empty(len(rows.edges), np.int32)
    held = 0
    for row in range(rows.first, rows.last + 1):
        ends[0], ends[1] = points.grid.columns, 0
        held = _taken_up(rows, row, active, held)
        held = _marked(area, points.grid, row, active, held, marks, ends)
        _mark_circles(area.circles, points.grid, row, marks, ends)
        runs, count = _row_runs(area, points, row, marks, ends, runs, count)
    return runs[:count]


@compiled
def _rows(area: Outline, grid: Grid) -> Rows:
    """Edges by the row in which they begin (counting sort)."""
    south, north = latitudes(area)
    if not (grid.rows and south <= north):
        return Rows(0, -1, np.zeros(1, np.int64), np.empty(0, np.int32))
    first = max(cell_of(max(south, -90.0), grid.south, grid.side), 0)
    last = min(cell_of(min(north, 90.0), grid.south, grid.side), grid.rows - 1)
    starts = np.full(len(area.edges), -1, np.int64)
    begins = np.zeros(max(last - first + 2, 1), np.int64)
    for edge in range(len(area.edges)):
        starts[edge] = max(cell_of(area.edges[edge, Y0], grid.south, grid.side), first)
        if starts[edge] <= last and cell_of(area.edges[edge, Y1], grid.south, grid.side) >= first:
            begins[starts[edge] - first + 1] += 1
        else:
            starts[edge] = -1
    for row in range(len(begins) - 1):
        begins[row + 1] += begins[row]
    edges = np.empty(begins[-1], np.int32)
    free = begins.copy()
    for edge in range(len(starts)):
        if starts[edge] >= 0:
            edges[free[starts[edge] - first]] = edge
            free[starts[edge] - first] += 1
    return Rows(first, last, begins, edges)


@compiled
def _taken_up(rows: Rows, row: int, active: Small, held: int) -> int:
    for entry in range(rows.begins[row - rows.first], rows.begins[row - rows.first + 1]):
        active[held] = rows.edges[entry]
        held += 1
    return held


@compiled
def _marked(
    area: Outline, grid: Grid, row: int, active: Small, held: int, marks: Small, ends: Numbers
) -> int:
    """Marks the cells of (1) for the active edges, keeps those that go on upwards; tells how many."""
    south = grid.south + row * grid.side - HAIR
    north = grid.south + (row + 1) * grid.side + HAIR
    kept = 0
    for at in range(held):
        edge = active[at]
        line = area.edges[edge]
        x0, y0, x1, y1, slope = line[X0], line[Y0], line[X1], line[Y1], line[SLOPE]
        one = x0 if y0 >= south else x0 + (south - y0) * slope
        other = x1 if y1 <= north else x0 + (north - y0) * slope
        _mark(grid, min(one, other), max(one, other), marks, ends)
        if cell_of(y1, grid.south, grid.side) > row:
            active[kept] = edge
            kept += 1
    return kept


@compiled
def _mark_circles(circles: Floats, grid: Grid, row: int, marks: Small, ends: Numbers) -> None:
    """The same for circles, whose line may cross the 180th meridian."""
    south = max(grid.south + row * grid.side - HAIR, -90.0)
    north = min(grid.south + (row + 1) * grid.side + HAIR, 90.0)
    for at in range(len(circles)):
        least, most = span(circles[at], south, north)
        if most >= 0.0:
            for turn in (-360.0, 0.0, 360.0):
                centre = circles[at, LON] + turn
                _mark(grid, centre - most, centre - least, marks, ends)
                _mark(grid, centre + least, centre + most, marks, ends)


@compiled
def _mark(grid: Grid, west: float, east: float, marks: Small, ends: Numbers) -> None:
    """One more at the first cell, one less behind the last, so that a sum along the row tells the border.

    `ends` are the first mark of the row and the last."""
    first = max(cell_of(west - HAIR, grid.west, grid.side), 0)
    last = min(cell_of(east + HAIR, grid.west, grid.side), grid.columns - 1)
    if first <= last:
        marks[first] += 1
        marks[last + 1] -= 1
        ends[0] = min(ends[0], first)
        ends[1] = max(ends[1], last + 1)


@compiled
def _row_runs(
    area: Outline, points: Points, row: int, marks: Small, ends: Numbers, runs: Numbers, count: int
) -> tuple[Numbers, int]:
    """Adds the runs of one row; the marks are 0 again after it."""
    columns = points.grid.columns
    base = row * columns
    column = depth = 0
    while column < columns:
        first = column
        depth += marks[first]
        marks[first] = 0
        column = _next_mark(first + 1, marks, ends, columns)
        start, stop = points.begins[base + first], points.begins[base + column]
        if start < stop:
            runs = _roomy(runs, count + (stop - start if depth > 0 else 1))
            if depth > 0:
                count = _tested(area, points, start, stop, runs, count)
            elif _gap_inside(area, points.grid, row, first):
                count = _added(start, stop, runs, count)
    marks[columns] = 0
    return runs, count


@compiled
def _next_mark(column: int, marks: Small, ends: Numbers, columns: int) -> int:
    """The first column from this one on that has a mark, or the end of the row."""
    if column > ends[1]:
        return columns
    column = max(column, ends[0])
    while column < columns and marks[column] == 0:
        column += 1
    return column


@compiled
def _gap_inside(area: Outline, grid: Grid, row: int, column: int) -> bool:
    """Whether the middle of a cell is inside, and so all of its gap: (2)."""
    return inside(area, grid.west + (column + 0.5) * grid.side, grid.south + (row + 0.5) * grid.side)


@compiled
def _tested(area: Outline, points: Points, start: int, stop: int, runs: Numbers, count: int) -> int:
    for place in range(start, stop):
        if inside(area, points.lon[place], points.lat[place]):
            count = _added(place, place + 1, runs, count)
    return count


@compiled
def _added(start: int, stop: int, runs: Numbers, count: int) -> int:
    """One run more, or the last one longer."""
    if count > 0 and runs[count - 1, 1] == start:
        runs[count - 1, 1] = stop
        return count
    runs[count, 0], runs[count, 1] = start, stop
    return count + 1


@compiled
def _roomy(runs: Numbers, size: int) -> Numbers:
    if size <= len(runs):
        return runs
    more = np.empty((2 * size, 2), np.int64)
    more[: len(runs)] = runs
    return more


@compiled
def length(runs: Numbers) -> int:
    """How many places the runs hold."""
    total = 0
    for at in range(len(runs)):
        total += runs[at, 1] - runs[at, 0]
    return total


@compiled
def gathered(column: Column, runs: Numbers) -> Column:
    """What a column holds at the places of the runs."""
    found: Column = np.empty(length(runs), column.dtype)
    free = 0
    for at in range(len(runs)):
        start, stop = runs[at, 0], runs[at, 1]
        found[free : free + stop - start] = column[start:stop]
        free += stop - start
    return found


@compiled
def without(runs: Numbers, places: Numbers) -> Numbers:
    """The runs less some places, which rise."""
    left = np.empty((len(runs) + len(places), 2), np.int64)
    count = 0
    for at in range(len(runs)):
        start, stop = runs[at, 0], runs[at, 1]
        for gap in range(np.searchsorted(places, start), np.searchsorted(places, stop)):
            if places[gap] > start:
                left[count, 0], left[count, 1] = start, places[gap]
                count += 1
            start = places[gap] + 1
        if start < stop:
            left[count, 0], left[count, 1] = start, stop
            count += 1
    return left[:count]
