"""The plan as people read it: what goes from where to where, what stays unmet, how good that is."""

from dataclasses import dataclass, field

import numpy as np

from tocsin.engine.allot.supply.asked import Asked
from tocsin.engine.allot.supply.planning import Solution
from tocsin.engine.allot.supply.programme import Floats, Ints
from tocsin.engine.allot.supply.proof import Proof

NOTHING = 1e-6
"""Units that are none."""


@dataclass(frozen=True)
class Shipment:
    """Units of an item on their way; `hours` on the road; how many come of each lot, by its expiry (seconds),
    the earliest first."""

    depot: str
    site: str
    item: str
    units: float
    hours: float
    lots: tuple[tuple[float, float], ...] = ()
    fixed: bool = False
    """Because a person wanted it."""


@dataclass(frozen=True)
class Unmet:
    """What a site does not get, as units and as a share of its need."""

    site: str
    item: str
    units: float
    share: float


@dataclass(frozen=True)
class Totals:
    """What plans are compared by, in the order of their weight."""

    largest_share: dict[str, float]
    """Of each item, over the sites that some stock can reach in time; 0 where all is met."""
    weighed_unmet: float
    """Σ priority · load · units unmet."""
    load_hours: float
    """Σ load · hours on the road."""


@dataclass(frozen=True)
class Plan:
    """Shipments and what stays unmet; `proof` in load-hours tells how far it is from the best."""

    shipments: tuple[Shipment, ...]
    unmet: tuple[Unmet, ...]
    totals: Totals
    proof: Proof
    level: dict[str, float] = field(default_factory=dict)
    """Of each item the share that fairness had to leave unmet."""


def plan(asked: Asked, solution: Solution) -> Plan:
    """The solution in words and numbers; quantities below `NOTHING` are none."""
    p = solution.layout.programme
    flow = solution.flow + solution.layout.fixed
    whole = p.need + p.given
    unmet = np.maximum(whole - np.bincount(p.row, flow, len(whole)), 0.0)
    level = {
        item.name: float(f) for item, f in zip(asked.items, solution.level, strict=True) if not np.isnan(f)
    }
    totals = _totals(asked, solution, flow, unmet)
    return Plan(
        _shipments(asked, solution, flow), _unmet(asked, solution, unmet), totals, solution.proof, level
    )


def _shipments(asked: Asked, solution: Solution, flow: Floats) -> tuple[Shipment, ...]:
    layout, p = solution.layout, solution.layout.programme
    used = np.flatnonzero(flow > NOTHING)
    row = p.row[used]
    key = np.column_stack([p.item[row], p.depot[p.source[used]], p.site[row]])
    groups, of = np.unique(key, axis=0, return_inverse=True)
    units = np.bincount(of.ravel(), flow[used], len(groups))
    fixed = np.bincount(of.ravel(), layout.fixed[used], len(groups)) > 0
    hours = np.zeros(len(groups))
    hours[of.ravel()] = layout.hours[used]
    return tuple(
        Shipment(
            asked.depots[d].name, asked.sites[s], asked.items[k].name, float(u), float(h), fixed=bool(willed)
        )
        for (k, d, s), u, h, willed in zip(groups.tolist(), units, hours, fixed, strict=True)
    )


def _unmet(asked: Asked, solution: Solution, unmet: Floats) -> tuple[Unmet, ...]:
    p = solution.layout.programme
    return tuple(
        Unmet(asked.sites[p.site[r]], asked.items[p.item[r]].name, float(unmet[r]), float(unmet[r] / whole))
        for r in np.flatnonzero(unmet > NOTHING)
        for whole in [p.need[r] + p.given[r]]
    )


def _totals(asked: Asked, solution: Solution, flow: Floats, unmet: Floats) -> Totals:
    layout, p = solution.layout, solution.layout.programme
    whole = p.need + p.given
    reached = (np.diff(p.start) > 0) & (whole > 0)
    share = np.where(reached, unmet / np.where(whole > 0, whole, 1.0), 0.0)
    largest = {item.name: float(share[p.item == k].max(initial=0.0)) for k, item in enumerate(asked.items)}
    weighed = float(p.penalty @ unmet) / asked.policy.unmet_hours
    return Totals(largest, weighed, float(flow @ (layout.hours * p.load[p.item[p.row]])))


def rows_of(solution: Solution, asked: Asked) -> dict[tuple[str, str], int]:
    """The row of each site and item."""
    p = solution.layout.programme
    order: Ints = np.arange(len(p.need))
    return {(asked.sites[p.site[r]], asked.items[p.item[r]].name): int(r) for r in order}
