"""The graph on which units are sent and sent otherwise, and the shortest way through it.

    nodes   a row i (one need of one request), a unit j, the sink S
    (1)  i → j   cost c_ij, where j doesn't serve i yet and is capable of it
    (2)  j → i   cost -c_ij, where j serves i: it is taken away
    (3)  j → S   cost 0, where j has room; S → j where j serves somebody: it is set free
    (4)  i → S   cost P_i: a place of i stays unmet; S → i where one is: it is met after all
    (5)  under duals u_i, v_j <= 0 (S at 0) no arc costs less than nothing:
         c_ij - u_i - v_j >= 0 on (1), <= 0 on the pairs of (2); u_i <= P_i, = where a place is unmet;
         v_j = 0 where j has room

A way from a row to S serves one place more, one from a unit to S does without the unit, one from S to a row
does without a place of the row; each as cheaply as can be, others being moved as needed. Under (5) Dijkstra's
algorithm finds them.

Of the arcs (1) only a list for each row is at hand: its nearest units.

    (6)  an arc beyond the list leads no nearer than dist_i + c_last - u_i - top,  top >= every v_j
    (7)  it leads to nothing new if dist_i + c_last - u_i >= dist_j + v_j for every capable j, with the
         target's distance for a j that is not reached

So each row has a node of its own "beyond the list" at the distance (6). When it is the nearest one open and
(7) doesn't hold, the list is made longer and looked through. What is found is therefore exact over all pairs,
though hardly any has been looked at.

Successive shortest paths: Ahuja, Magnanti and Orlin, Network Flows (1993) chapter 9. Arcs made when they are
asked for, by nearness: U, Yiu, Mouratidis and Mamoulis, Capacity constrained assignment in spatial databases,
SIGMOD 2008. Equation (7) is ours.
"""

import numpy as np

from tocsin.engine.allot.dispatch.flow import UNMET, Flow, hold, release, serves
from tocsin.engine.allot.dispatch.lists import Lists, cost_of, grow, whole
from tocsin.engine.allot.dispatch.search import (
    ASKED,
    FULL,
    OPEN,
    SEEN,
    Search,
    mark,
    nearest_open,
    reach,
    sweep,
)
from tocsin.engine.allot.dispatch.selecting import Flags
from tocsin.engine.compiled import compiled


@compiled
def shortest(
    flow: Flow, lists: Lists, able: Flags, search: Search, source: int, target: int, slot: int
) -> bool:
    """Finds the shortest way, left in `search`; `slot` is the one that a row as source hands on. False if the
    pool of the lists was too small; then nothing is found."""
    rows, sink = len(flow.u), len(flow.u) + len(flow.v)
    sweep(search)
    reach(search, source, 0.0, -1, slot)
    while search.tally[OPEN] > 0 and search.tally[FULL] == 0:
        node = nearest_open(search)
        if node == target:
            break
        if node < rows:
            _from_row(flow, lists, search, node, target)
        elif node < sink:
            _from_unit(flow, lists, search, node - rows, target)
        elif node == sink:
            _from_sink(flow, search, target)
        else:
            _from_beyond(flow, lists, able, search, node - sink - 1, target)
    return bool(search.tally[FULL] == 0)


@compiled
def _from_row(flow: Flow, lists: Lists, search: Search, row: int, target: int) -> None:
    """Arcs (4) and (1)."""
    sink = len(flow.u) + len(flow.v)
    length = max(search.dist[row] + flow.unmet[row] - flow.u[row], search.dist[row])
    if length < search.dist[target]:
        reach(search, sink, length, row, -1)
    _scan(flow, lists, search, row, target, 0)


@compiled
def _scan(flow: Flow, lists: Lists, search: Search, row: int, target: int, skip: int) -> None:
    """The list of a row from `skip` on, and the node beyond it at (6)."""
    rows, sink, dist = len(flow.u), len(flow.u) + len(flow.v), search.dist
    base = dist[row] - flow.u[row]
    least = base - flow.top[flow.kind[row]]
    end = lists.begin[row] + lists.size[row]
    for at in range(lists.begin[row] + skip, end):
        if least + lists.cost[at] >= dist[target]:
            return
        unit = lists.unit[at]
        length = max(base + lists.cost[at] - flow.v[unit], dist[row])
        if length >= min(dist[rows + unit], dist[target]) or flow.room[unit] == 0 or serves(flow, unit, row):
            continue
        reach(search, rows + unit, length, row, -1)
        if flow.load[unit] < flow.room[unit]:
            reach(search, sink, length, rows + unit, -1)
    if not whole(lists, row):
        length = max(least + lists.cost[end - 1], dist[row])
        if length < dist[target]:
            reach(search, sink + 1 + row, length, row, -1)


@compiled
def _from_beyond(flow: Flow, lists: Lists, able: Flags, search: Search, row: int, target: int) -> None:
    """A longer list, unless (7) shows that it leads to nothing new."""
    kind, known = flow.kind[row], lists.size[row]
    length = search.dist[row] - flow.u[row] + lists.cost[lists.begin[row] + known - 1]
    if length < search.beyond[kind]:
        _ask_beyond(flow, able, search, kind, target)
    if length >= search.beyond[kind]:
        return
    if not grow(lists, row):
        search.tally[FULL] = 1
        return
    search.dist[len(flow.u) + len(flow.v) + 1 + row] = np.inf
    _scan(flow, lists, search, row, target, known)


@compiled
def _ask_beyond(flow: Flow, able: Flags, search: Search, kind: int, target: int) -> None:
    """The right side of (7)."""
    rows, furthest = len(flow.u), -np.inf
    for unit in range(len(flow.v)):
        if able[kind, unit] and flow.room[unit] > 0:
            furthest = max(furthest, min(search.dist[rows + unit], search.dist[target]) + flow.v[unit])
    search.beyond[kind] = furthest
    search.tally[ASKED] = 1


@compiled
def _from_unit(flow: Flow, lists: Lists, search: Search, unit: int, target: int) -> None:
    """Arcs (3) and (2). A row that is as near as the unit itself is gone through at once."""
    rows, sink = len(flow.u), len(flow.u) + len(flow.v)
    length = search.dist[rows + unit]
    if flow.load[unit] < flow.room[unit]:
        reach(search, sink, length, rows + unit, -1)
    slot = flow.first[unit]
    while slot >= 0:
        row = flow.row[slot]
        beyond = length + max(flow.u[row] + flow.v[unit] - flow.paid[slot], 0.0)
        if beyond <= length and search.dist[row] == np.inf and row != target:
            mark(search, row, length, rows + unit, slot)
            _from_row(flow, lists, search, row, target)
        elif beyond < search.dist[target]:
            reach(search, row, beyond, rows + unit, slot)
        slot = flow.after[slot]


@compiled
def _from_sink(flow: Flow, search: Search, target: int) -> None:
    """Arcs back from S."""
    rows, sink = len(flow.u), len(flow.u) + len(flow.v)
    length = search.dist[sink]
    for unit in range(len(flow.v)):
        if flow.load[unit] > 0 and length - flow.v[unit] < search.dist[target]:
            reach(search, rows + unit, length - flow.v[unit], sink, -1)
    for slot in range(len(flow.held)):
        if flow.held[slot] == UNMET:
            reach(search, flow.row[slot], length, sink, slot)


@compiled
def take(flow: Flow, lists: Lists, search: Search, target: int) -> None:
    """Moves the units along the way to `target`."""
    rows, units = len(flow.u), len(flow.v)
    node = target
    while search.parent[node] >= 0:
        before = search.parent[node]
        if before < rows:
            slot = search.via[before]
            release(flow, slot)
            if node < rows + units:
                hold(flow, slot, node - rows, cost_of(lists, before, node - rows))
        node = before


@compiled
def reprice(flow: Flow, search: Search, target: int) -> None:
    """Duals under which (5) holds again after `take`: every node moves by the least of its distance and the
    target's, and S stays at 0."""
    sink, length = len(flow.u) + len(flow.v), search.dist[target]
    if search.dist[sink] >= length:
        for at in range(search.tally[SEEN]):
            node = search.seen[at]
            _shift(flow, node, max(length - search.dist[node], 0.0))
    else:
        for node in range(sink):
            _shift(flow, node, search.dist[sink] - min(search.dist[node], length))


@compiled
def _shift(flow: Flow, node: int, by: float) -> None:
    rows = len(flow.u)
    if node < rows:
        flow.u[node] += by
    elif node < rows + len(flow.v):
        flow.v[node - rows] = min(flow.v[node - rows] - by, 0.0)
