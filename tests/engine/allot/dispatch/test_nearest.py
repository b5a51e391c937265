"""The nearest units, beside sorting all of them."""

import numpy as np
import pytest

from engine.allot.dispatch.towns import town
from tocsin.engine.allot.dispatch.nearest import nearest_units, straight, tabled
from tocsin.engine.allot.travel import StraightLine

LINE = StraightLine()


def places(chance, n, where):
    if where == "town":
        return town(chance, n)
    if where == "earth":
        return chance.uniform((-180, -90), (180, 90), (n, 2))
    return np.full((n, 2), 50.0) + chance.integers(0, 2, (n, 2))


@pytest.mark.parametrize("where", ["town", "earth", "same"])
@pytest.mark.parametrize("size", [1, 8, 20, 300])
def test_the_tree_and_the_table_give_the_least(where, size):
    chance = np.random.default_rng(size)
    here, there = places(chance, 5, where), places(chance, 400, where)
    able = np.stack([np.ones(400, bool), np.arange(400) % 4 > 0])
    seconds = LINE.seconds(there, here).T
    for near in (straight(LINE, here, there, able), tabled(seconds, able)):
        for kind in range(2):
            for request in range(5):
                units, found = np.zeros(size, np.int64), np.zeros(size)
                nearest_units(near, kind, request, units, found)
                least = np.sort(seconds[request][able[kind]])[:size]
                np.testing.assert_allclose(found, least, rtol=1e-9, atol=1e-3)
                np.testing.assert_allclose(seconds[request][units], least, rtol=1e-9, atol=1e-3)
                assert able[kind][units].all()
                assert len(set(units.tolist())) == size
                fewer, half = np.zeros(size // 2, np.int64), np.zeros(size // 2)
                if size > 1:
                    nearest_units(near, kind, request, fewer, half)
                assert fewer.tolist() == units[: size // 2].tolist()
