"""That an assignment is the best there is: shown from its prices, without trusting the solver.

For any u_i <= P_i and v_j <= 0 every assignment costs at least

    (1)  sum of count_i u_i + sum of room_j v_j + sum over all capable pairs of min(0, c_ij - u_i - v_j)

(weak duality: relax (1) and (2) of `instance` and take the best x_ij of each pair alone). If an assignment
costs just that, nothing is cheaper. All n m pairs are looked at, block by block, with the travel times asked
for anew.
"""

from dataclasses import dataclass

import numpy as np

from tocsin.engine.allot.dispatch.instance import Instance
from tocsin.engine.allot.dispatch.selecting import Floats, Ints

BLOCK = 4_000_000
"""Pairs looked at together."""
ROUNDING = 1e-9
"""What sums of doubles may differ by, as a share of what was summed."""


@dataclass(frozen=True)
class Certificate:
    """In weighted seconds."""

    cost: float
    """Of the assignment, from its travel times asked for anew."""
    bound: float
    """What every assignment costs at least."""
    faults: tuple[str, ...]
    """Where it breaks a constraint: the ids."""

    @property
    def gap(self) -> float:
        """What could at most be saved."""
        return self.cost - self.bound

    @property
    def proved(self) -> bool:
        """It is an assignment, and none is better."""
        return not self.faults and abs(self.gap) <= ROUNDING * max(abs(self.cost), 1.0)


def certify(instance: Instance, held: list[Ints], u: Floats, v: Floats) -> Certificate:
    """Of the units `held` by each row (-1 for a place that is unmet), by the prices u and v."""
    requests, units = instance.requests, instance.units
    u, v = np.minimum(u, instance.unmet), np.where(units.room > 0, np.minimum(v, 0.0), -np.inf)
    bound, cost = float(requests.count @ u + units.room[units.room > 0] @ v[units.room > 0]), 0.0
    step = max(BLOCK // max(len(units.ids), 1), 1)
    for begin in range(0, len(requests.ids), step):
        rows = slice(begin, begin + step)
        costs = instance.seconds(rows) * requests.weight[rows, None]
        costs[~instance.able[instance.kind[rows]]] = np.inf
        bound += float(np.minimum(costs - u[rows, None] - v, 0.0).sum())
        for row, own in zip(costs, held[rows], strict=True):
            cost += float(row[own[own >= 0]].sum())
    cost += float(sum(unmet * (own < 0).sum() for unmet, own in zip(instance.unmet, held, strict=True)))
    return Certificate(cost, bound, _faults(instance, held))


def _faults(instance: Instance, held: list[Ints]) -> tuple[str, ...]:
    requests, units = instance.requests, instance.units
    load = np.bincount(
        np.concatenate([own[own >= 0] for own in [*held, np.zeros(0, np.int64)]]), minlength=len(units.ids)
    )
    over = [units.ids[at] for at in np.flatnonzero(load > units.room)]
    twice = [
        name
        for name, own, count in zip(requests.ids, held, requests.count, strict=True)
        if len(own) != count or len(set(own[own >= 0].tolist())) < (own >= 0).sum()
    ]
    return (*over, *twice)
