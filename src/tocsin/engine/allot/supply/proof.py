"""The certificate: what a plan costs and what prices prove that no plan can be below.

Any prices μ, λ ≥ 0 prove a bound, whoever made them. Each row is worth what its cheapest delivery costs, or
its shortage if that is less:

    (1)  y = min( min_sources (cost + μ + load·λ),  p + q )
    (2)  bound = Σ need · y − Σ U · max(0, y − p) − Σ stock · μ − Σ throughput · λ ≤ cost of every plan

(2) is the Lagrangian of stock and throughput. Equal to the cost, it proves the plan the best there is; all
pairs are looked at in (1), held by the solver or not.
"""

from dataclasses import dataclass

import numpy as np

from tocsin.engine.allot.supply import loops
from tocsin.engine.allot.supply.master import Prices
from tocsin.engine.allot.supply.programme import Floats, Programme


@dataclass(frozen=True)
class Proof:
    """In load-hours, unmet need weighed in."""

    cost: float
    bound: float
    overdrawn: float
    """The most by which a stock, a throughput or a need is exceeded, as a part of it; rounding makes 1e-9."""

    @property
    def gap(self) -> float:
        """(cost − bound) / cost, at least 0: how much better an unknown plan might be."""
        return max(0.0, (self.cost - self.bound) / max(abs(self.cost), 1e-9))

    def holds(self, tolerance: float = 1e-6) -> bool:
        """Whether the plan can be carried out and is the best."""
        return self.gap <= tolerance and self.overdrawn <= tolerance


def prove(programme: Programme, flow: Floats, prices: Prices) -> Proof:
    """Weighs flows (P,) against the bound that the prices prove."""
    return Proof(cost(programme, flow), bound(programme, prices), overdrawn(programme, flow))


def cost(programme: Programme, flow: Floats) -> float:
    """Travel, weighed shortage, and shortage above a ceiling."""
    unmet = programme.need - np.bincount(programme.row, flow, len(programme.need))
    beyond = np.maximum(unmet - programme.ceiling, 0.0)
    return float(programme.cost @ flow + programme.penalty @ unmet + programme.beyond * beyond.sum())


def bound(programme: Programme, prices: Prices) -> float:
    """(1) and (2)."""
    p = programme
    least, _ = loops.cheapest(p.start, p.source, p.item, p.cost, prices.source(p))
    worth = np.minimum(least, p.penalty + p.beyond)
    capped = p.ceiling @ np.maximum(worth - p.penalty, 0.0)
    limited = np.isfinite(p.throughput)
    if prices.depot[~limited].any():
        return -np.inf
    paid = (p.stock * prices.stock).sum() + p.throughput[limited] @ prices.depot[limited]
    return float(p.need @ worth - capped - paid)


def overdrawn(programme: Programme, flow: Floats) -> float:
    """How far the flows leave what is there: needs, stocks, throughputs, and 0."""
    p = programme
    arrived, left = loops.totals(p.start, p.source, p.item, flow, p.stock.shape[1], len(p.load))
    out = np.bincount(p.depot, p.load @ left, len(p.throughput))
    scale = float(p.need.max(initial=1.0))
    parts = [arrived - p.need, (left - p.stock).ravel(), -flow]
    worst = max(float(part.max(initial=0.0)) for part in parts) / scale
    limited = np.isfinite(p.throughput)
    over = (out[limited] - p.throughput[limited]) / np.maximum(p.throughput[limited], scale)
    return max(worst, float(over.max(initial=0.0)))


def within(programme: Programme, flow: Floats) -> Floats:
    """The flows cut back until nothing is overdrawn: each by its scarcest of need, stock and throughput."""
    p = programme
    flow = np.maximum(flow, 0.0)
    arrived, left = loops.totals(p.start, p.source, p.item, flow, p.stock.shape[1], len(p.load))
    out = np.bincount(p.depot, p.load @ left, len(p.throughput)).astype(np.float64)
    row = p.row
    item = p.item[row]
    part = np.minimum(_part(p.need, arrived)[row], _part(p.stock, left)[item, p.source])
    cut: Floats = flow * np.minimum(part, _part(p.throughput, out)[p.depot[p.source]])
    return cut


def _part(there: Floats, taken: Floats) -> Floats:
    """The part of what is taken that is there, at most 1."""
    part: Floats = np.minimum(1.0, there / np.maximum(taken, 1e-300))
    return part
