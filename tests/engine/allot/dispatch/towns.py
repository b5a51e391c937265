"""Requests and units for tests, and slow obvious answers."""

from itertools import product

import numpy as np

from tocsin.engine.allot.dispatch.requests import Requests, Units


class Matrix:
    """Travel times from a table: unit j stands at longitude j / 10, so does request j."""

    def __init__(self, seconds):
        self.table = np.asarray(seconds, dtype=float)

    def seconds(self, origins, destinations):
        to, of = (np.rint(places[:, 0] * 10).astype(int) for places in (destinations, origins))
        return self.table[np.ix_(to, of)].T


def requests(count, *, weight=None, mask=None, places=None, names=None):
    n = len(count)
    return Requests(
        ids=tuple(names or (f"r{at}" for at in range(n))),
        places=np.array(
            [(at / 10, 1.0) for at in range(n)] if places is None else places, dtype=float
        ).reshape(-1, 2),
        weight=np.array(weight if weight is not None else np.ones(n), dtype=float),
        mask=np.array(mask if mask is not None else np.zeros(n), dtype=np.int64),
        count=np.array(count, dtype=np.int64),
    )


def units(room, *, mask=None, places=None):
    m = len(room)
    return Units(
        ids=tuple(f"u{at}" for at in range(m)),
        places=np.array(
            [(at / 10, 0.0) for at in range(m)] if places is None else places, dtype=float
        ).reshape(-1, 2),
        mask=np.array(mask if mask is not None else np.zeros(m), dtype=np.int64),
        room=np.array(room, dtype=np.int64),
    )


def town(chance, n):
    """Places in one town."""
    return chance.uniform((113.9, 22.5), (114.3, 22.8), (n, 2))


def least_cost(asked, there, seconds, patience, fixed=None):
    """By trying every set of units for every row; `fixed` is a (row, unit) that must be in it."""
    subsets = [
        [
            tuple(unit for unit, taken in enumerate(chosen) if taken)
            for chosen in product((0, 1), repeat=len(there.ids))
            if sum(chosen) <= asked.count[row]
            and all(
                (there.mask[unit] & asked.mask[row]) == asked.mask[row]
                for unit, taken in enumerate(chosen)
                if taken
            )
            and (fixed is None or fixed[0] != row or chosen[fixed[1]])
        ]
        for row in range(len(asked.ids))
    ]
    best = np.inf
    for plan in product(*subsets):
        load = np.bincount([unit for own in plan for unit in own], minlength=len(there.ids))
        if (load <= there.room).all():
            cost = sum(
                asked.weight[row]
                * (sum(seconds[row][unit] for unit in own) + patience * (asked.count[row] - len(own)))
                for row, own in enumerate(plan)
            )
            best = min(best, cost)
    return best
