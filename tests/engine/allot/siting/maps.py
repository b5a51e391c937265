"""Demands and sites for tests, and slow obvious answers."""

from itertools import combinations

import numpy as np

from tocsin.engine.allot.siting.reach import CLOSED, OPEN
from tocsin.engine.allot.siting.sites import Demand, Sites


class Matrix:
    """Travel times from a table: demand i stands at longitude i / 10, so does site i."""

    def __init__(self, seconds):
        self.table = np.asarray(seconds, dtype=float)

    def seconds(self, origins, destinations):
        to, of = (np.rint(places[:, 0] * 10).astype(int) for places in (destinations, origins))
        return self.table[np.ix_(to, of)].T


def demand(weight):
    n = len(weight)
    places = np.array([(at / 10, 1.0) for at in range(n)]).reshape(-1, 2)
    return Demand(tuple(f"d{at}" for at in range(n)), places, np.array(weight, dtype=float))


def sites(status):
    m = len(status)
    places = np.array([(at / 10, 0.0) for at in range(m)]).reshape(-1, 2)
    return Sites(tuple(f"s{at}" for at in range(m)), places, np.array(status, dtype=np.int64))


def least_cost(cost, lost, status, count):
    """By trying every choice; `cost` (n, m), `lost` (n,)."""
    status = np.asarray(status)
    possible = np.flatnonzero(status != CLOSED)
    stands = set(np.flatnonzero(status == OPEN))
    return min(
        np.minimum(cost[:, list(chosen)].min(axis=1), lost).sum()
        for chosen in combinations(possible, count)
        if stands <= set(chosen)
    )
