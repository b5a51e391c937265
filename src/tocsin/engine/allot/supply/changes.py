"""What one more would change, and what a person's will costs: the plan made anew, and the difference.

Prices say it for an infinitely small change and only as long as the basis holds; with fairness they mix
shares with hours. So prices only choose what is worth asking; the answer is a new plan from the old basis.
"""

from dataclasses import dataclass, replace

import numpy as np

from tocsin.engine.allot.supply.answer import Plan, Totals, plan
from tocsin.engine.allot.supply.asked import Asked, Fixed
from tocsin.engine.allot.supply.planning import Planner, Solution, endless
from tocsin.engine.allot.supply.solver import Patience


@dataclass(frozen=True)
class Difference:
    """From one plan to another, after minus before."""

    largest_share: dict[str, float]
    """Of the items in which it differs."""
    weighed_unmet: float
    load_hours: float


@dataclass(frozen=True)
class Scarce:
    """Something of which one unit more would help; `price` in load-hours for one unit or one load."""

    depot: str
    item: str
    """Empty: what can leave the depot."""
    price: float


def scarcest(asked: Asked, solution: Solution, most: int) -> list[Scarce]:
    """What has the highest price: stock of an item at a depot, or load that can leave it. The prices of stock
    are compared by load."""
    p, prices = solution.layout.programme, solution.prices
    found = [
        Scarce(asked.depots[d].name, "", float(prices.depot[d])) for d in np.flatnonzero(prices.depot > 1e-9)
    ]
    for k, v in zip(*np.nonzero(prices.stock > 1e-9), strict=True):
        found.append(Scarce(asked.depots[p.depot[v]].name, asked.items[k].name, float(prices.stock[k, v])))
    load = {"": 1.0} | {item.name: item.load for item in asked.items}
    return sorted(found, key=lambda one: (-one.price / load[one.item], one.depot, one.item))[:most]


def more(asked: Asked, scarce: Scarce, amount: float) -> Asked:
    """The same with `amount` units more in stock, or `amount` more load that can leave."""
    if scarce.item:
        at = [n for n, lot in enumerate(asked.lots) if (lot.depot, lot.item) == (scarce.depot, scarce.item)]
        youngest = max(at, key=lambda n: asked.lots[n].expires)
        lots = list(asked.lots)
        lots[youngest] = replace(lots[youngest], units=lots[youngest].units + amount)
        return replace(asked, lots=tuple(lots))
    depots = [
        replace(one, throughput=one.throughput + amount) if one.name == scarce.depot else one
        for one in asked.depots
    ]
    return replace(asked, depots=tuple(depots))


def decided(asked: Asked, fixed: Fixed) -> Asked:
    """The same with a person's will."""
    others = [
        one for one in asked.fixed if (one.depot, one.site, one.item) != (fixed.depot, fixed.site, fixed.item)
    ]
    return replace(asked, fixed=(*others, fixed))


def changed(
    planner: Planner, before: Plan, other: Asked, left: Patience = endless
) -> tuple[Plan, Difference]:
    """The plan of what is asked otherwise, and how it differs."""
    after = plan(other, planner.solve(other, left))
    return after, difference(before.totals, after.totals)


def difference(before: Totals, after: Totals) -> Difference:
    """After minus before."""
    share = {
        item: after.largest_share[item] - before.largest_share[item]
        for item in after.largest_share
        if abs(after.largest_share[item] - before.largest_share[item]) > 1e-9
    }
    return Difference(share, after.weighed_unmet - before.weighed_unmet, after.load_hours - before.load_hours)
