"""What one run of Dijkstra's algorithm knows: distances, the way back, and the open nodes in a binary heap.

Dijkstra, A note on two problems in connexion with graphs, Numerische Mathematik 1 (1959) 269.
"""

from typing import NamedTuple

import numpy as np

from tocsin.engine.allot.dispatch.selecting import Floats, Ints
from tocsin.engine.compiled import compiled

OPEN, SEEN, ASKED, FULL = range(4)
"""In `tally`: nodes in the heap, nodes seen, whether (7) was asked, whether the pool is full."""
SPARE = 8
"""One row in so many is made place for beforehand."""


class Search(NamedTuple):
    """Made once, swept after each use. Nodes: n rows, m units, the sink, and for each row its longer list."""

    dist: Floats
    parent: Ints
    via: Ints
    """Of a row: the slot that is handed on when the way goes through it."""
    place: Ints
    """Where a node stands in the heap."""
    heap: Ints
    seen: Ints
    """Every node that was marked; one beyond a list again whenever that is longer."""
    beyond: Floats
    """(kinds,) no arc outside the lists helps from a row that is so far already."""
    tally: Ints


def search_for(rows: int, units: int, kinds: int) -> Search:
    """An empty search, with place for some rows more."""
    rows += rows // SPARE + SPARE
    nodes = 2 * rows + units + 1
    longer = rows * max(units, 1).bit_length()
    return Search(
        dist=np.full(nodes, np.inf),
        parent=np.full(nodes, -1),
        via=np.full(nodes, -1),
        place=np.full(nodes, -1),
        heap=np.zeros(nodes, dtype=np.int64),
        seen=np.zeros(nodes + longer, dtype=np.int64),
        beyond=np.full(kinds, np.inf),
        tally=np.zeros(4, dtype=np.int64),
    )


def fits(search: Search, rows: int, units: int, kinds: int) -> bool:
    """Whether it has place for so many."""
    return len(search.dist) > 2 * rows + units and len(search.beyond) == kinds


@compiled
def sweep(search: Search) -> None:
    """Makes it empty again."""
    for at in range(search.tally[SEEN]):
        search.dist[search.seen[at]] = np.inf
    search.beyond[:] = np.inf
    search.tally[:] = 0


@compiled
def mark(search: Search, node: int, dist: float, parent: int, via: int) -> None:
    """A way to a node that none has led to."""
    search.seen[search.tally[SEEN]] = node
    search.tally[SEEN] += 1
    search.dist[node], search.parent[node], search.via[node] = dist, parent, via


@compiled
def reach(search: Search, node: int, dist: float, parent: int, via: int) -> None:
    """A way to a node, kept if it is shorter than the one before; the node is open."""
    if dist >= search.dist[node]:
        return
    if search.dist[node] == np.inf:
        mark(search, node, dist, parent, via)
        at = search.tally[OPEN]
        search.tally[OPEN] += 1
    else:
        search.dist[node], search.parent[node], search.via[node] = dist, parent, via
        at = search.place[node]
    _rise(search.heap, search.place, search.dist, node, at)


@compiled
def _rise(heap: Ints, place: Ints, dist: Floats, node: int, at: int) -> None:
    length = dist[node]
    while at > 0:
        above = heap[(at - 1) >> 1]
        if dist[above] <= length:
            break
        heap[at] = above
        place[above] = at
        at = (at - 1) >> 1
    heap[at] = node
    place[node] = at


@compiled
def nearest_open(search: Search) -> int:
    """Takes the nearest open node out of the heap."""
    taken = search.heap[0]
    search.tally[OPEN] -= 1
    size = search.tally[OPEN]
    _sink(search.heap, search.place, search.dist, search.heap[size], size)
    return int(taken)


@compiled
def _sink(heap: Ints, place: Ints, dist: Floats, node: int, size: int) -> None:
    at, length = 0, dist[node]
    while 2 * at + 1 < size:
        below = 2 * at + 1
        if below + 1 < size and dist[heap[below + 1]] < dist[heap[below]]:
            below += 1
        if dist[heap[below]] >= length:
            break
        heap[at] = heap[below]
        place[heap[at]] = at
        at = below
    heap[at] = node
    place[node] = at
