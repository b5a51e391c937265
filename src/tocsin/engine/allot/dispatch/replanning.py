"""A request more, a request less, a unit lost: the plan is mended where it must be and is the best again.

Each is one shortest way for each place that changes (`residual`): from the new row to the sink, from the sink
to the row that is withdrawn, from the lost unit to the sink. The old assignment is left as it was.
"""

from dataclasses import replace

import numpy as np

from tocsin.engine.allot.dispatch.assignment import Assignment
from tocsin.engine.allot.dispatch.checking import check_requests
from tocsin.engine.allot.dispatch.dispatching import solve
from tocsin.engine.allot.dispatch.flow import GONE, Flow, chain, release
from tocsin.engine.allot.dispatch.instance import Instance, posed
from tocsin.engine.allot.dispatch.lists import Lists
from tocsin.engine.allot.dispatch.nearest import Near, sphere
from tocsin.engine.allot.dispatch.requests import Requests
from tocsin.engine.allot.dispatch.selecting import Ints
from tocsin.engine.allot.dispatch.workbench import Workbench
from tocsin.kernel.errors import Malformed


def with_requests(found: Assignment, more: Requests) -> Assignment:
    """Further requests. Where one asks for capabilities that none has asked for, all is solved anew."""
    check_requests(more)
    instance = found.instance
    for name in more.ids:
        if name in instance.requests.ids:
            raise Malformed(
                "allot.known",
                "Request {where} is there already.",
                cure="Withdraw it first, or give the new one another id.",
                where=name,
            )
    requests = instance.requests.joined(more)
    if not set(more.mask.tolist()) <= set(instance.masks.tolist()):
        return solve(posed(requests, instance.units, instance.travel, instance.patience))
    asked = instance.asking(requests)
    bench = Workbench(asked, _longer(found.flow, asked, more), _more_lists(found, asked, more), found.scratch)
    first = len(instance.requests.ids)
    for row in range(first, len(requests.ids)):
        bench.list_row(row)
    for slot in range(found.flow.held.size, bench.flow.held.size):
        bench.push(int(bench.flow.row[slot]), bench.sink, slot)
    return bench.assignment()


def without_request(found: Assignment, name: str) -> Assignment:
    """A request withdrawn, with all its needs."""
    rows = found.instance.requests.rows(name)
    bench = Workbench.of(found)
    for row in rows:
        for _ in range(bench.flow.begin[row], bench.flow.begin[row + 1]):
            slot = bench.push(bench.sink, row, -1)
            release(bench.flow, slot)
            bench.flow.held[slot] = GONE
    asked = found.instance.asking(found.instance.requests.without(rows))
    kept = np.delete(np.arange(len(bench.flow.u)), rows)
    bench.instance, bench.flow, bench.lists = (
        asked,
        _shorter(bench.flow, kept),
        _fewer_lists(bench.lists, kept),
    )
    return bench.assignment()


def without_unit(found: Assignment, name: str) -> Assignment:
    """A unit lost: closed, or broken down on the way."""
    at = found.instance.units.at(name)
    room = found.instance.units.room.copy()
    room[at] = 0
    able = found.instance.able.copy()
    able[:, at] = False
    instance = replace(found.instance, units=replace(found.instance.units, room=room), able=able)
    bench = Workbench.of(found)
    bench.instance, bench.flow = instance, bench.flow._replace(room=room)
    for _ in range(bench.flow.load[at]):
        bench.push(len(bench.flow.u) + at, bench.sink, -1)
    return bench.assignment()


def _longer(flow: Flow, asked: Instance, more: Requests) -> Flow:
    """With rows that nobody serves."""
    rows, slots = np.arange(len(flow.u), len(asked.kind)), int(more.count.sum())
    none = np.full(slots, -1)
    return flow._replace(
        u=np.append(flow.u, np.zeros(len(rows))),
        v=flow.v.copy(),
        unmet=asked.unmet,
        kind=asked.kind,
        top=flow.top.copy(),
        begin=np.append(flow.begin, flow.begin[-1] + np.cumsum(more.count)),
        row=np.append(flow.row, np.repeat(rows, more.count)),
        held=np.append(flow.held, none),
        paid=np.append(flow.paid, np.zeros(slots)),
        load=flow.load.copy(),
        first=flow.first.copy(),
        after=np.append(flow.after, none),
        before=np.append(flow.before, none),
    )


def _more_lists(found: Assignment, asked: Instance, more: Requests) -> Lists:
    lists, first = found.lists, len(found.flow.u)
    none = np.zeros(len(more.ids), dtype=np.int64)
    return lists._replace(
        near=_nearer(lists.near, asked, first),
        request=np.append(
            lists.request, len(lists.near.target) + len(lists.near.seconds) + np.arange(len(none))
        ),
        kind=asked.kind,
        weight=asked.requests.weight,
        begin=np.append(lists.begin, none),
        size=np.append(lists.size, none),
        used=lists.used.copy(),
    )


def _nearer(near: Near, asked: Instance, first: int) -> Near:
    rows = slice(first, None)
    if len(near.target):
        return near._replace(target=np.concatenate([near.target, sphere(asked.requests.places[rows])]))
    return near._replace(seconds=np.concatenate([near.seconds, asked.seconds(rows)]))


def _shorter(flow: Flow, kept: Ints) -> Flow:
    """Only some rows."""
    new = np.full(len(flow.u), -1)
    new[kept] = np.arange(len(kept))
    slots = np.flatnonzero(new[flow.row] >= 0)
    row = new[flow.row[slots]]
    shorter = flow._replace(
        u=flow.u[kept],
        unmet=flow.unmet[kept],
        kind=flow.kind[kept],
        begin=np.searchsorted(row, np.arange(len(kept) + 1)),
        row=row,
        held=flow.held[slots],
        paid=flow.paid[slots],
        after=flow.after[slots],
        before=flow.before[slots],
    )
    chain(shorter)
    return shorter


def _fewer_lists(lists: Lists, kept: Ints) -> Lists:
    return lists._replace(
        request=lists.request[kept],
        kind=lists.kind[kept],
        weight=lists.weight[kept],
        begin=lists.begin[kept],
        size=lists.size[kept],
    )
