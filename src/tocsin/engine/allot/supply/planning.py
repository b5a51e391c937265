"""The order of the steps: fairness first, then one programme for shortage and travel, then its certificate.

Small programmes go to the simplex whole. Of large ones an interior point finds the pairs that matter and a
basis; the simplex ends exactly. The model stays, so the same lists with other numbers are planned anew in a
fraction of the time.
"""

from dataclasses import dataclass, replace
from functools import partial
from math import inf

import numpy as np

from tocsin.engine.allot.supply.asked import Asked, Fairness, Policy
from tocsin.engine.allot.supply.interior import interior
from tocsin.engine.allot.supply.layout import Layout, lay_out
from tocsin.engine.allot.supply.levels import shares
from tocsin.engine.allot.supply.master import Held, Master, Prices, promising
from tocsin.engine.allot.supply.newton import Point
from tocsin.engine.allot.supply.programme import Floats, Programme
from tocsin.engine.allot.supply.proof import Proof, bound, cost, prove, within
from tocsin.engine.allot.supply.solver import TIGHT, Patience

WHOLE = 2_000
"""Pairs up to which the simplex takes the programme whole."""
GAP, ROUNDS = 1e-5, 150
"""Of the interior point: near enough to see the basis."""
DEARER, OVER = 6, 1e-7
"""How often what lies above a ceiling is made ten times dearer, while a share is so much above it."""


def endless() -> float:
    """No limit of time."""
    return inf


@dataclass(frozen=True)
class Solution:
    """Flows of pairs (P,) with prices, and how far they are proved."""

    layout: Layout
    """With the ceilings of fairness in its programme."""
    flow: Floats
    prices: Prices
    proof: Proof
    level: Floats
    """(K,): of each item the largest share that fairness leaves unmet; nan where fairness is not asked for,
    was not found in time, or nothing is needed."""


class Planner:
    """Plans, and keeps what it learned for the next time."""

    def __init__(self) -> None:
        self._master: Master | None = None
        self._point: Point | None = None

    def solve(self, asked: Asked, left: Patience = endless) -> Solution:
        """The best plan, or the best found while `left()` was above 0, with its gap."""
        layout, level = _with_ceilings(lay_out(asked), asked.policy, left)
        master = self._fitted(layout.programme, left)
        held = master.solve(left)
        for _ in range(DEARER):
            if not held.optimal or _beyond(master.programme, held.flow) <= OVER:
                break
            layout = replace(layout, programme=layout.programme.dearer())
            master.change(layout.programme)
            held = master.solve(left)
        flow, prices = self._best(layout.programme, held)
        return Solution(layout, flow, prices, prove(layout.programme, flow, prices), level)

    def _fitted(self, programme: Programme, left: Patience) -> Master:
        """The model that is there, if it has the same pairs, or a new one."""
        if self._master is not None and _alike(self._master.programme, programme):
            self._master.change(programme)
        elif len(programme.source) <= WHOLE:
            self._point = None
            self._master = Master(programme, np.arange(len(programme.source)))
        else:
            self._point = interior(programme, GAP, ROUNDS, left)
            self._master = Master(programme, promising(programme, self._point), self._point)
        return self._master

    def _best(self, programme: Programme, held: Held) -> tuple[Floats, Prices]:
        """What the simplex says, if it came to its end; else the cheapest of its last flows, those of the
        interior point and none at all, with the prices that prove most."""
        if held.optimal:
            return held.flow, held.prices
        flows, prices = [held.flow, np.zeros_like(held.flow)], [held.prices, _no_prices(programme)]
        if self._point is not None:
            flows.append(self._point.x)
            prices.append(Prices(*(np.maximum(price, 0.0) for price in self._point.duals[3:])))
        flows = [within(programme, flow) for flow in flows]
        return min(flows, key=partial(cost, programme)), max(prices, key=partial(bound, programme))


def _beyond(programme: Programme, flow: Floats) -> float:
    """The most that a need is unmet above its ceiling, as a share of it."""
    unmet = programme.need - np.bincount(programme.row, flow, len(programme.need))
    over = np.maximum(unmet - programme.ceiling, 0.0) / np.maximum(programme.need + programme.given, 1.0)
    return float(over.max(initial=0.0))


def _no_prices(programme: Programme) -> Prices:
    return Prices(np.zeros_like(programme.stock), np.zeros_like(programme.throughput))


def _alike(one: Programme, other: Programme) -> bool:
    """Whether two programmes have the same pairs, so that one is the other with other numbers."""
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("start", "source", "item", "site", "load", "depot")
    )


def _with_ceilings(layout: Layout, policy: Policy, left: Patience) -> tuple[Layout, Floats]:
    """Of each need at most the share of fairness, and the leeway, may stay unmet."""
    p = layout.programme
    share = shares(p, policy.fairness, left())
    level = np.full(len(p.load), np.nan)
    if share is None or policy.fairness is Fairness.NONE:
        return layout, level
    reached = (np.diff(p.start) > 0) & (p.need + p.given > 0)
    for k in np.unique(p.item[reached]):
        level[k] = share[reached & (p.item == k)].max()
    allowed = (p.need + p.given) * np.minimum(share * (1 + TIGHT) + policy.leeway, 1.0)
    return replace(layout, programme=replace(p, ceiling=np.minimum(allowed, p.need))), level
