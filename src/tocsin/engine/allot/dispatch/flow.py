"""Who serves whom, and the prices that prove it best.

A row is one need of one request; it has a slot for each unit that it asks for. All slots that a unit serves
hang on a chain.
"""

from typing import NamedTuple

import numpy as np

from tocsin.engine.allot.dispatch.selecting import Flags, Floats, Ints
from tocsin.engine.compiled import compiled

UNMET, GONE = -1, -2
"""In `held`: no unit serves the slot; the slot is being withdrawn."""


class Flow(NamedTuple):
    """n rows, m units."""

    u: Floats
    """(n,) at most `unmet`: what a place of the row costs, units' prices included."""
    v: Floats
    """(m,) at most 0: minus the price of a unit."""
    unmet: Floats
    """(n,) P, the cost of a place that stays unmet."""
    kind: Ints
    """(n,) which capabilities the row needs."""
    top: Floats
    """(kinds,) at least the v of every unit that rows of the kind could take."""
    begin: Ints
    """(n + 1,) the slots of row i are begin[i] to begin[i + 1]."""
    row: Ints
    """(slots,) whose a slot is."""
    held: Ints
    """(slots,) the unit that serves it, or `UNMET`."""
    paid: Floats
    """(slots,) what that costs."""
    room: Ints
    """(m,) how many slots a unit can serve; 0 closed."""
    load: Ints
    """(m,) how many it serves."""
    first: Ints
    """(m,) the first slot that it serves, -1 none; the others through `after` and `before`."""
    after: Ints
    before: Ints


def idle(unmet: Floats, kind: Ints, count: Ints, room: Ints, kinds: int) -> Flow:
    """Nobody serves anybody yet; every unit costs nothing."""
    rows, slots, units = len(kind), int(count.sum()), len(room)
    return Flow(
        u=np.zeros(rows),
        v=np.zeros(units),
        unmet=unmet,
        kind=kind,
        top=np.zeros(kinds),
        begin=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(count)]),
        row=np.repeat(np.arange(rows), count),
        held=np.full(slots, UNMET),
        paid=np.zeros(slots),
        room=room,
        load=np.zeros(units, dtype=np.int64),
        first=np.full(units, -1),
        after=np.full(slots, -1),
        before=np.full(slots, -1),
    )


@compiled
def serves(flow: Flow, unit: int, row: int) -> bool:
    """Whether the unit has a slot of the row."""
    for slot in range(flow.begin[row], flow.begin[row + 1]):  # noqa: SIM110 (numba compiles no generator)
        if flow.held[slot] == unit:
            return True
    return False


@compiled
def release(flow: Flow, slot: int) -> None:
    """The slot is unmet; its unit, if it had one, has room again."""
    unit = flow.held[slot]
    if unit < 0:
        return
    before, after = flow.before[slot], flow.after[slot]
    if before >= 0:
        flow.after[before] = after
    else:
        flow.first[unit] = after
    if after >= 0:
        flow.before[after] = before
    flow.load[unit] -= 1
    flow.held[slot] = UNMET


@compiled
def hold(flow: Flow, slot: int, unit: int, cost: float) -> None:
    """The unit serves the slot, which was unmet."""
    head = flow.first[unit]
    if head >= 0:
        flow.before[head] = slot
    flow.before[slot], flow.after[slot], flow.first[unit] = -1, head, slot
    flow.held[slot], flow.paid[slot] = unit, cost
    flow.load[unit] += 1


@compiled
def chain(flow: Flow) -> None:
    """Makes loads and chains anew from who serves which slot."""
    flow.load[:] = 0
    flow.first[:] = -1
    for slot in range(len(flow.held)):
        unit = flow.held[slot]
        if unit >= 0:
            hold(flow, slot, unit, flow.paid[slot])


@compiled
def lower_tops(flow: Flow, able: Flags) -> None:
    """`top` as low as it may be."""
    for kind in range(len(flow.top)):
        best = -np.inf
        for unit in range(len(flow.v)):
            if able[kind, unit] and flow.room[unit] > 0 and flow.v[unit] > best:
                best = flow.v[unit]
        flow.top[kind] = best
