"""The search, against scipy's."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from tocsin.engine.allot.heap import reach


def test_it_finds_what_scipy_finds_on_a_random_network():
    chance = np.random.default_rng(2)
    nodes, edges = 120, 420
    tail, head = chance.integers(0, nodes, (2, edges))
    matrix = csr_array((chance.uniform(1, 9, edges), (tail, head)), (nodes, nodes))
    first, node = matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64)
    for start in range(0, nodes, 7):
        np.testing.assert_allclose(
            reach(first, node, matrix.data, np.array([start])), dijkstra(matrix, indices=start)
        )
    both = reach(first, node, matrix.data, np.array([3, 4]))
    np.testing.assert_allclose(both, dijkstra(matrix, indices=[3, 4]).min(0))
