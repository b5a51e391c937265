"""One place after another is served, on the cheapest way: after each the plan is the best for all so far.

The heaviest come first. Where units run out the first place too many pays for a long search; after it the
prices stand so high that a lighter one sees at once that nothing is left for it.
"""

from tocsin.engine.allot.dispatch.flow import Flow, hold, lower_tops, serves
from tocsin.engine.allot.dispatch.lists import Lists, larger
from tocsin.engine.allot.dispatch.residual import reprice, shortest, take
from tocsin.engine.allot.dispatch.search import ASKED, Search
from tocsin.engine.allot.dispatch.selecting import Flags, Ints
from tocsin.engine.compiled import compiled


def fill(flow: Flow, lists: Lists, able: Flags, search: Search, slots: Ints) -> Lists:
    """Serves the slots in their order; the lists, which may have grown."""
    done = _serve(flow, lists, able, search, slots, 0)
    while done < len(slots):
        lists = larger(lists)
        done = _serve(flow, lists, able, search, slots, done)
    return lists


@compiled
def price(flow: Flow, lists: Lists) -> None:
    """The highest u that (5) of `residual` allows while every unit costs nothing."""
    for row in range(len(flow.u)):
        flow.u[row] = flow.unmet[row]
        if lists.size[row] > 0:
            flow.u[row] = min(flow.u[row], lists.cost[lists.begin[row]])


@compiled
def _at_hand(flow: Flow, lists: Lists, slot: int) -> bool:
    """Serves a slot by the unit nearest to its row, if that is free at the row's price: no way is shorter."""
    row = flow.row[slot]
    if lists.size[row] == 0:
        return False
    at = lists.begin[row]
    unit, cost = lists.unit[at], lists.cost[at]
    taken = flow.load[unit] >= flow.room[unit] or serves(flow, unit, row)
    if taken or cost > flow.u[row] + flow.v[unit]:
        return False
    hold(flow, slot, unit, cost)
    return True


@compiled
def _serve(flow: Flow, lists: Lists, able: Flags, search: Search, slots: Ints, at: int) -> int:
    sink = len(flow.u) + len(flow.v)
    while at < len(slots):
        slot = slots[at]
        if _at_hand(flow, lists, slot):
            at += 1
            continue
        if not shortest(flow, lists, able, search, flow.row[slot], sink, slot):
            return at
        take(flow, lists, search, sink)
        reprice(flow, search, sink)
        if search.tally[ASKED] > 0:
            lower_tops(flow, able)
        at += 1
    return at
