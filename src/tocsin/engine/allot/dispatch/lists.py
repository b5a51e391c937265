"""For each row its nearest capable units, nearest first: the arcs that the search knows.

A list is twice as long whenever the search needs what lies beyond it; it is cut from one pool, at whose end
there is always room to grow until it is full.
"""

from typing import NamedTuple

import numpy as np

from tocsin.engine.allot.dispatch.nearest import Near, nearest_units
from tocsin.engine.allot.dispatch.selecting import Floats, Ints
from tocsin.engine.compiled import compiled

SHORTEST = 8
"""Units in a list at first."""


class Lists(NamedTuple):
    """n rows."""

    near: Near
    request: Ints
    """(n,) whose place the row's is."""
    kind: Ints
    """(n,) which capabilities it needs."""
    weight: Floats
    """(n,) cost of a second."""
    begin: Ints
    """(n,) where a row's list begins in the pool."""
    size: Ints
    unit: Ints
    """The pool."""
    cost: Floats
    used: Ints
    """(1,) how much of the pool these lists know."""
    high: Ints
    """(1,) how much of it anybody does: several plans share a pool, and only the newest may add to it."""


def lists_for(near: Near, request: Ints, kind: Ints, weight: Floats) -> Lists:
    """A short list for each row."""
    rows, pool = len(request), 4 * SHORTEST * len(request) + int(np.diff(near.begin).max(initial=0))
    nothing, used = np.zeros(rows, dtype=np.int64), np.zeros(1, dtype=np.int64)
    unit, cost = np.zeros(pool, dtype=np.int64), np.zeros(pool)
    lists = Lists(near, request, kind, weight, nothing, nothing.copy(), unit, cost, used, used.copy())
    _begin(lists)
    return lists


def larger(lists: Lists) -> Lists:
    """The same in a larger pool of their own."""
    used = int(lists.used[0])
    more = used // 2 + int(np.diff(lists.near.begin).max()) + SHORTEST
    return lists._replace(
        unit=np.concatenate([lists.unit[:used], np.zeros(more, dtype=np.int64)]),
        cost=np.concatenate([lists.cost[:used], np.zeros(more)]),
        high=lists.used.copy(),
    )


@compiled
def _begin(lists: Lists) -> None:
    for row in range(len(lists.size)):
        if not whole(lists, row):
            grow(lists, row)


@compiled
def whole(lists: Lists, row: int) -> bool:
    """No capable unit is missing from the list."""
    kind = lists.kind[row]
    return bool(lists.size[row] == lists.near.begin[kind + 1] - lists.near.begin[kind])


@compiled
def grow(lists: Lists, row: int) -> bool:
    """Makes the list of a row longer; False if there is no room for it in the pool."""
    near, kind = lists.near, lists.kind[row]
    size = min(max(2 * lists.size[row], SHORTEST), near.begin[kind + 1] - near.begin[kind])
    begin = lists.used[0]
    end = begin + size
    if end > len(lists.unit) or begin < lists.high[0]:
        return False
    nearest_units(near, kind, lists.request[row], lists.unit[begin:end], lists.cost[begin:end])
    for at in range(begin, end):
        lists.cost[at] *= lists.weight[row]
    lists.begin[row], lists.size[row], lists.used[0], lists.high[0] = begin, size, end, end
    return True


@compiled
def cost_of(lists: Lists, row: int, unit: int) -> float:
    """What a unit in the list costs."""
    at = lists.begin[row]
    while lists.unit[at] != unit:
        at += 1
    return float(lists.cost[at])
