"""Which unit goes to which request."""

import numpy as np

from tocsin.engine.allot.dispatch.assignment import Assignment
from tocsin.engine.allot.dispatch.filling import fill, price
from tocsin.engine.allot.dispatch.flow import idle
from tocsin.engine.allot.dispatch.instance import PATIENCE, Instance, posed
from tocsin.engine.allot.dispatch.lists import lists_for
from tocsin.engine.allot.dispatch.requests import Requests, Units
from tocsin.engine.allot.dispatch.search import search_for
from tocsin.engine.allot.dispatch.turning import turned, worth_turning
from tocsin.engine.allot.travel import StraightLine, TravelTimes


def dispatch(
    requests: Requests, units: Units, travel: TravelTimes | None = None, patience: float = PATIENCE
) -> Assignment:
    """The best assignment, with its proof. Straight lines where no travel times are given."""
    return solve(posed(requests, units, travel or StraightLine(), patience))


def solve(instance: Instance) -> Assignment:
    """The problem of `instance`, exactly."""
    requests, kinds = instance.requests, len(instance.masks)
    rows, near = len(requests.ids), instance.near()
    lists = lists_for(near, np.arange(rows), instance.kind, requests.weight)
    search = search_for(rows, len(instance.units.ids), kinds)
    if worth_turning(instance):
        return Assignment(instance, turned(instance, near), lists, [search])
    flow = idle(instance.unmet, instance.kind, requests.count, instance.units.room, kinds)
    price(flow, lists)
    heaviest = np.argsort(-requests.weight[flow.row], kind="stable")
    lists = fill(flow, lists, instance.able, search, heaviest)
    return Assignment(instance, flow, lists, [search])
