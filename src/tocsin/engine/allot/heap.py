"""Dijkstra's search with a binary heap, as a compiled loop: see `roads`, equation (1)."""

import numpy as np
import numpy.typing as npt

from tocsin.engine.compiled import compiled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@compiled
def reach(first: Ints, node: Ints, seconds: Floats, starts: Ints) -> Floats:
    """Seconds from the nearest of `starts` to every node, inf where no way leads. The edges of node n are
    first[n] to first[n + 1], each with the node that it leads to."""
    far = np.full(len(first) - 1, np.inf)
    keys, nodes = np.empty(len(node) + len(starts)), np.empty(len(node) + len(starts), dtype=np.int64)
    size = 0
    for start in starts:
        far[start] = 0.0
        keys[size], nodes[size] = 0.0, start
        size += 1
    while size > 0:
        key, here = keys[0], nodes[0]
        size -= 1
        sink(keys, nodes, size, keys[size], nodes[size])
        if key > far[here]:
            continue
        for edge in range(first[here], first[here + 1]):
            found = key + seconds[edge]
            if found < far[node[edge]]:
                far[node[edge]] = found
                rise(keys, nodes, size, found, node[edge])
                size += 1
    return far


@compiled
def rise(keys: Floats, nodes: Ints, at: int, key: float, node: int) -> None:
    """Puts a key in at the end of the heap and lets it rise to its place."""
    while at > 0 and keys[(at - 1) // 2] > key:
        keys[at], nodes[at] = keys[(at - 1) // 2], nodes[(at - 1) // 2]
        at = (at - 1) // 2
    keys[at], nodes[at] = key, node


@compiled
def sink(keys: Floats, nodes: Ints, size: int, key: float, node: int) -> None:
    """Puts a key in at the top of a heap of `size` and lets it sink to its place."""
    at = 0
    while 2 * at + 1 < size:
        child = 2 * at + 1
        if child + 1 < size and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[at], nodes[at] = keys[child], nodes[child]
        at = child
    keys[at], nodes[at] = key, node
