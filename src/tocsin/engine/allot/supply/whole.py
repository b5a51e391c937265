"""Whole units: nobody loads half a tent.

Every flow is rounded down, then the pairs with the largest fractions are given one unit more, as long as
need, stock and throughput allow it. So nothing is ever exceeded; what is lost against the exact plan is told.
A share may come out above its level by less than one unit. The proof stays that of the exact plan.
"""

from dataclasses import dataclass, replace

import numpy as np

from tocsin.engine.allot.supply.planning import Solution
from tocsin.engine.allot.supply.programme import Floats
from tocsin.engine.allot.supply.proof import overdrawn

NEAR = 1e-6
"""A flow this near below a whole number is that number."""


@dataclass(frozen=True)
class Rounded:
    """A solution in whole units, and the units that rounding cost."""

    solution: Solution
    lost: float


def in_whole_units(solution: Solution) -> Rounded:
    """Rounds a solution; what a person has fixed stays as it is."""
    p, flow = solution.layout.programme, solution.flow
    down = np.floor(flow + NEAR)
    row, item = p.row, p.item[p.row]
    need = p.need - np.bincount(row, down, len(p.need))
    sent = np.zeros_like(p.stock)
    np.add.at(sent, (item, p.source), down)
    stock = p.stock - sent
    room = p.throughput - np.bincount(p.depot[p.source], down * p.load[item], len(p.throughput))
    for pair in _by_fraction(flow, down):
        r, k, v, d = row[pair], item[pair], p.source[pair], p.depot[p.source[pair]]
        if min(need[r], stock[k, v]) >= 1 - NEAR and room[d] >= p.load[k] * (1 - NEAR):
            down[pair] += 1
            need[r], stock[k, v], room[d] = need[r] - 1, stock[k, v] - 1, room[d] - p.load[k]
    proof = replace(solution.proof, overdrawn=overdrawn(p, down))
    return Rounded(replace(solution, flow=down, proof=proof), float(flow.sum() - down.sum()))


def _by_fraction(flow: Floats, down: Floats) -> list[int]:
    fraction = flow - down
    open_pairs = np.flatnonzero(fraction > NEAR)
    return [int(pair) for pair in open_pairs[np.argsort(-fraction[open_pairs], kind="stable")]]
