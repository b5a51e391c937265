"""How good can any choice be? A bound from prices on the demands, and what it says about single sites.

    (1)  rho_j(lambda) = sum over demands of min(0, c_ij - lambda_i)    what site j is worth
    (2)  L(lambda) = sum of lambda_i + rho of the sites that must be open + the q least rho of the free ones

for any 0 <= lambda_i <= P_i is at most the cost of every choice (constraint (1) of `reach` is relaxed; q
sites may still be chosen). The prices climb along a subgradient, mixed with the direction before:

    (3)  s_i = 1 - how many of the chosen sites are worth having for i;   d = s + 0.5 d
    (4)  lambda += theta (upper - L) / |d|² d,   theta is cut when L hasn't grown for a while

    (5)  a free site j outside the choice: with it open every choice costs L - rho_(q) + rho_j at least
    (6)  one inside: with it closed L - rho_j + rho_(q+1)

so where (5) or (6) reaches the best known cost the site is closed or open for good. Cornuejols, Fisher and
Nemhauser, Management Science 23 (1977) 789; Beasley, European Journal of Operational Research 21 (1985) 270;
Camerini, Fratta and Maffioli, Mathematical Programming Study 3 (1975) 26.
"""

from typing import NamedTuple

import numpy as np

from tocsin.engine.allot.dispatch.selecting import Floats, Ints, select
from tocsin.engine.allot.siting.reach import CLOSED, FREE, OPEN, Reach
from tocsin.engine.compiled import compiled

PATIENCE = 30
"""Rounds without a better bound after which theta is cut."""
CUT = 0.7
SMALL = 0.005
"""Theta at which climbing ends."""
KEPT = 0.5
"""Share of the direction before."""


class Climb(NamedTuple):
    """Prices, and the best bound so far with what belongs to it."""

    price: Floats
    """(n,) lambda."""
    best: Floats
    """(n,) the prices of the best bound."""
    worth: Floats
    """(m,) rho of the best bound."""
    chosen: Ints
    """(m,) 1 for the sites of the best bound."""
    often: Floats
    """(m,) how often each was chosen lately: about y of the linear relaxation."""
    bound: Floats
    """(1,)."""


def climb_from(price: Floats, sites: int) -> Climb:
    """Not climbed yet."""
    return Climb(
        price.copy(),
        price.copy(),
        np.zeros(sites),
        np.zeros(sites, dtype=np.int64),
        np.full(sites, 0.5),
        np.full(1, -np.inf),
    )


@compiled
def ascend(
    reach: Reach, status: Ints, free: int, climb: Climb, upper: float, goal: float, rounds: int, theta: float
) -> float:
    """At most `rounds` steps, until the bound reaches `goal`; theta at the end. `free` is q."""
    sites, demands = len(status), len(reach.lost)
    worth, chosen, way = np.zeros(sites), np.zeros(sites, dtype=np.int64), np.zeros(demands)
    idle = 0
    for _ in range(rounds):
        bound = _bound(reach, status, free, climb.price, worth, chosen)
        for site in range(sites):
            climb.often[site] += 0.05 * (chosen[site] - climb.often[site])
        idle += 1
        if bound > climb.bound[0]:
            if bound > climb.bound[0] + 1e-5 * abs(bound):
                idle = 0
            climb.bound[0] = bound
            climb.best[:], climb.worth[:], climb.chosen[:] = climb.price, worth, chosen
        if climb.bound[0] >= goal or theta < SMALL:
            break
        if idle >= PATIENCE:
            theta, idle = theta * CUT, 0
            climb.price[:] = climb.best
            way[:] = 0.0
            continue
        if not _step(reach, climb.price, chosen, way, theta * (upper - bound)):
            break
    return theta


@compiled
def _bound(reach: Reach, status: Ints, free: int, price: Floats, worth: Floats, chosen: Ints) -> float:
    """(1) and (2)."""
    worth[:] = 0.0
    total = 0.0
    for demand in range(len(price)):
        own = price[demand]
        total += own
        for at in range(reach.begin[demand], reach.begin[demand + 1]):
            if reach.cost[at] >= own:
                break
            worth[reach.site[at]] += reach.cost[at] - own
    choose(status, worth, free, chosen)
    for site in range(len(status)):
        total += worth[site] * chosen[site]
    return total


@compiled
def choose(status: Ints, worth: Floats, free: int, chosen: Ints) -> None:
    """The sites that must be open, and of the free ones those worth most."""
    chosen[:] = 0
    keys, index, count = np.empty(len(status)), np.empty(len(status), dtype=np.int64), 0
    for site in range(len(status)):
        if status[site] == OPEN:
            chosen[site] = 1
        elif status[site] == FREE:
            keys[count], index[count] = worth[site], site
            count += 1
    if 0 < free < count:
        select(keys, index, 0, count, free)
    for at in range(min(free, count)):
        chosen[index[at]] = 1


@compiled
def _step(reach: Reach, price: Floats, chosen: Ints, way: Floats, length: float) -> bool:
    """(3) and (4); False where no direction is left: the bound is met by a choice."""
    norm, any_left = 0.0, False
    for demand in range(len(price)):
        own, slope = price[demand], 1.0
        for at in range(reach.begin[demand], reach.begin[demand + 1]):
            if reach.cost[at] >= own:
                break
            slope -= chosen[reach.site[at]]
        if slope > 0.0 and own >= reach.lost[demand]:
            slope = 0.0
        any_left = any_left or slope != 0.0
        way[demand] = slope + KEPT * way[demand]
        norm += way[demand] * way[demand]
    if not any_left or norm == 0.0:
        return False
    for demand in range(len(price)):
        price[demand] = min(max(price[demand] + length / norm * way[demand], 0.0), reach.lost[demand])
    return True


@compiled
def settle(status: Ints, climb: Climb, goal: float) -> int:
    """Fixes the sites of which (5) or (6) says that no better choice has them otherwise; how many."""
    inside, outside = -np.inf, np.inf
    for site in range(len(status)):
        if status[site] == FREE:
            if climb.chosen[site] == 1:
                inside = max(inside, climb.worth[site])
            else:
                outside = min(outside, climb.worth[site])
    fixed = 0
    for site in range(len(status)):
        if status[site] != FREE:
            continue
        if climb.chosen[site] == 1 and climb.bound[0] - climb.worth[site] + min(outside, 0.0) >= goal:
            status[site] = OPEN
            fixed += 1
        elif climb.chosen[site] == 0 and climb.bound[0] - inside + climb.worth[site] >= goal:
            status[site] = CLOSED
            fixed += 1
    return fixed
