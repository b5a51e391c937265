"""The same problem from the other side: where weights are equal and units scarce, units choose requests.

From the requests' side the last units are hard to find, and every request too many must be seen to be one.
From the units' side nobody is left over. With one weight the problem is its own mirror image (P the cost of a
place unmet):

    (1)  rows are units with as many slots as they have room; columns are requests with as much room as they
         ask for; a unit idle costs P, a request unmet nothing
    (2)  both count the same plans, apart by P · (places asked for - room)
    (3)  u_i = P + v'_i,  v_j = u'_j - P        the duals of one side from those of the other

(3) keeps every reduced cost as it is: c - u_i - v_j = c - u'_j - v'_i.
"""

import numpy as np

from tocsin.engine.allot.dispatch.filling import fill, price
from tocsin.engine.allot.dispatch.flow import Flow, chain, idle
from tocsin.engine.allot.dispatch.instance import Instance
from tocsin.engine.allot.dispatch.lists import lists_for
from tocsin.engine.allot.dispatch.nearest import Near, straight, tabled
from tocsin.engine.allot.dispatch.search import search_for
from tocsin.engine.allot.dispatch.selecting import Flags
from tocsin.engine.allot.travel import StraightLine


def worth_turning(instance: Instance) -> bool:
    """One weight, and fewer units than are asked for."""
    weight = instance.requests.weight
    scarce = instance.requests.count.sum() > instance.units.room.sum() > 0
    return bool(scarce and (weight == weight[0]).all())


def turned(instance: Instance, near: Near) -> Flow:
    """The best plan, found from the units' side, as a flow of this side."""
    requests, units = instance.requests, instance.units
    masks, kind = np.unique(units.mask, return_inverse=True)
    able = (masks[:, None] & requests.mask) == requests.mask
    cost = instance.unmet[0]
    rows = np.arange(len(units.ids))
    flow = idle(np.full(len(rows), cost), kind.astype(np.int64), units.room, requests.count, len(masks))
    lists = lists_for(_near(instance, near, able), rows, flow.kind, np.full(len(rows), requests.weight[0]))
    price(flow, lists)
    fill(flow, lists, able, search_for(len(rows), len(requests.ids), len(masks)), np.arange(len(flow.held)))
    return _back(instance, flow, cost)


def _near(instance: Instance, near: Near, able: Flags) -> Near:
    if isinstance(instance.travel, StraightLine):
        return straight(instance.travel, instance.units.places, instance.requests.places, able)
    return tabled(np.ascontiguousarray(near.seconds.T), able)


def _back(instance: Instance, other: Flow, cost: float) -> Flow:
    """(3), and who serves whom."""
    requests, units = instance.requests, instance.units
    flow = idle(instance.unmet, instance.kind, requests.count, units.room, len(instance.masks))
    met = np.flatnonzero(other.held >= 0)
    met = met[np.argsort(other.held[met], kind="stable")]
    row = other.held[met]
    slot = flow.begin[row] + np.arange(len(row)) - np.searchsorted(row, row)
    flow.held[slot], flow.paid[slot] = other.row[met], other.paid[met]
    flow.u[:], flow.v[:] = cost + other.v, other.u - cost
    chain(flow)
    return flow
