"""What it would cost to do otherwise, exactly: the rest of the plan is best again around what is fixed.

    (1)  fixing unit j on row i costs  max(c_ij - u_i - v_j, 0) + the shortest way from j to i  (`residual`)

for the least change of a flow that puts one more unit on an arc is the cheapest cycle through it (Ahuja,
Magnanti and Orlin, Network Flows, chapter 3.5 and 9.1). Nothing is solved anew.
"""

import numpy as np

from tocsin.engine.allot.dispatch.assignment import Assignment
from tocsin.engine.allot.dispatch.dispatching import solve
from tocsin.engine.allot.dispatch.instance import posed
from tocsin.engine.allot.dispatch.reasons import MORE, OVERRIDE, SENT, Reason
from tocsin.engine.allot.dispatch.requests import Units
from tocsin.engine.allot.dispatch.selecting import Floats
from tocsin.engine.allot.dispatch.workbench import Workbench
from tocsin.kernel.errors import Malformed


def extra_cost(found: Assignment, row: int, unit: int) -> float:
    """(1), in weighted seconds; inf where the unit can't be sent there at all."""
    instance, flow = found.instance, found.flow
    if unit in found.held(row):
        return 0.0
    if not instance.able[instance.kind[row], unit]:
        return float("inf")
    reduced = float(instance.requests.weight[row] * found.seconds(row)[unit] - flow.u[row] - flow.v[unit])
    bench = Workbench.of(found)
    away = bench.distance(len(flow.u) + unit, row)
    bench.forget()
    return max(reduced, 0.0) + away


def cost_of(found: Assignment, request: str, unit: str) -> Reason:
    """What sending this unit to this request would cost, whatever the plan says; `extra` weighted minutes,
    `extra_seconds` weighted seconds. A request with several needs takes it for the cheapest. Raises
    `Malformed` where it can't be sent."""
    at = found.instance.units.at(unit)
    extra = min(extra_cost(found, row, at) for row in found.instance.requests.rows(request))
    if not np.isfinite(extra):
        raise Malformed(
            "allot.override",
            "Unit {unit} can't be sent to {where}: it is closed, lacks a capability or has no way there.",
            cure="Choose a unit that is open and capable, or change what the request asks for.",
            where=request,
            unit=unit,
        )
    words = OVERRIDE["extra" if extra > 0 else "same"]
    return Reason(words, {"unit": unit, "request": request, "extra": _minutes(extra), "extra_seconds": extra})


def why(found: Assignment, request: str) -> tuple[Reason, ...]:
    """Why each of the units that come to a request, beside the nearest other one."""
    orders = [order for order in found.plan if order.row in found.instance.requests.rows(request)]
    return tuple(
        _why(found, order.row, found.instance.units.at(order.unit), order.seconds) for order in orders
    )


def _why(found: Assignment, row: int, unit: int, seconds: float) -> Reason:
    instance = found.instance
    times = found.seconds(row)
    others = np.where(instance.able[instance.kind[row]], times, np.inf)
    others[found.held(row)[found.held(row) >= 0]] = np.inf
    data = {
        "unit": instance.units.ids[unit],
        "request": instance.requests.ids[row],
        "minutes": _minutes(seconds),
    }
    other = int(np.argmin(others))
    if not np.isfinite(others[other]):
        return Reason(SENT["nearest"], data)
    data |= {"other": instance.units.ids[other], "other_minutes": _minutes(float(others[other]))}
    data |= {"extra": _minutes(extra_cost(found, row, other))}
    return Reason(SENT["nearer" if others[other] < seconds else "next"], data)


def at_most_saved(found: Assignment, place: Floats, mask: int) -> float:
    """Weighted seconds that a further unit there could save at most, from the duals alone: the largest
    u_i - c_i over the rows that it could serve."""
    instance = found.instance
    can = (instance.requests.mask & ~np.int64(mask)) == 0
    if not can.any():
        return 0.0
    seconds = instance.travel.seconds(np.asarray(place)[None], instance.requests.places[can])[0]
    return float(max((found.flow.u[can] - instance.requests.weight[can] * seconds).max(), 0.0))


def one_more(found: Assignment, place: Floats, mask: int) -> Reason:
    """What a further unit there would change, exactly. It is solved anew unless the duals say nothing."""
    if at_most_saved(found, place, mask) <= 0:
        return Reason(MORE["nothing"], {"saved": 0.0, "met": 0})
    units = found.instance.units
    more = Units(
        (*units.ids, ""),
        np.concatenate([units.places, np.asarray(place)[None]]),
        np.append(units.mask, mask),
        np.append(units.room, 1),
    )
    instance = found.instance
    better = solve(posed(instance.requests, more, instance.travel, instance.patience))
    saved, met = found.cost - better.cost, int(found.missing.sum() - better.missing.sum())
    words = MORE["met" if met > 0 else "gain" if saved > 0 else "nothing"]
    return Reason(words, {"saved": _minutes(saved), "met": met})


def _minutes(seconds: float) -> float:
    return round(seconds / 60, 1)
