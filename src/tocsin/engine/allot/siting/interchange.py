"""Good sites fast: greedily, then by exchanging an open site for a closed one as long as that helps.

    (1)  gain(f)     = sum over demands of max(0, d1 - c_f)                   opening f
    (2)  loss(r)     = sum over the demands whose nearest is r of d2 - d1      closing r
    (3)  extra(f, r) = sum over those of max(0, d2 - max(d1, c_f))            f catches what r drops
    (4)  an exchange saves gain(f) - loss(r) + extra(f, r)

d1, d2 are the costs of a demand's nearest and second nearest open site, P where there is none. Teitz and
Bart, Operations Research 16 (1968) 955; Resende and Werneck, A fast swap-based local search procedure for
location problems, Annals of Operations Research 150 (2007) 205.
"""

from typing import NamedTuple

import numpy as np

from tocsin.engine.allot.dispatch.selecting import Floats, Ints
from tocsin.engine.allot.siting.reach import CLOSED, FREE, OPEN, Reach
from tocsin.engine.compiled import compiled

WORTH = 1e-12
"""A saving below this share of the cost is rounding."""
SHAKE = 4
"""Sites that are exchanged at random."""


class Choice(NamedTuple):
    """Some open sites, and who is nearest to each demand."""

    open: Ints
    """(m,) 1 open."""
    first: Ints
    """(n,) the nearest open site, -1 none."""
    d1: Floats
    d2: Floats


def choice_of(reach: Reach, chosen: Ints) -> Choice:
    """The choice with these sites (numbers) open."""
    demands, sites = len(reach.lost), len(reach.back) - 1
    opened = np.zeros(sites, dtype=np.int64)
    opened[chosen] = 1
    choice = Choice(opened, np.full(demands, -1), np.zeros(demands), np.zeros(demands))
    _look(reach, choice)
    return choice


@compiled
def _look(reach: Reach, choice: Choice) -> None:
    for demand in range(len(reach.lost)):
        find_nearest(reach, choice, demand)


@compiled
def find_nearest(reach: Reach, choice: Choice, demand: int) -> None:
    """The two nearest open sites of a demand."""
    found, lost = 0, reach.lost[demand]
    choice.first[demand], choice.d1[demand], choice.d2[demand] = -1, lost, lost
    for at in range(reach.begin[demand], reach.begin[demand + 1]):
        if choice.open[reach.site[at]] == 1:
            if found == 1:
                choice.d2[demand] = reach.cost[at]
                return
            choice.first[demand], choice.d1[demand], found = reach.site[at], reach.cost[at], 1


@compiled
def flip(reach: Reach, choice: Choice, site: int) -> None:
    """Opens a closed site or closes an open one."""
    choice.open[site] = 1 - choice.open[site]
    for at in range(reach.back[site], reach.back[site + 1]):
        if reach.fee[at] <= choice.d2[reach.demand[at]]:
            find_nearest(reach, choice, reach.demand[at])


@compiled
def gain(reach: Reach, choice: Choice, site: int) -> float:
    """(1)."""
    total = 0.0
    for at in range(reach.back[site], reach.back[site + 1]):
        total += max(choice.d1[reach.demand[at]] - reach.fee[at], 0.0)
    return total


@compiled
def add_greedily(reach: Reach, choice: Choice, status: Ints, count: int) -> None:
    """Opens `count` further sites, always the one that gains most. Gains only fall: those not looked at are
    bounds (Minoux's lazy greedy)."""
    bound = np.full(len(status), np.inf)
    for site in range(len(status)):
        if status[site] == CLOSED or choice.open[site] == 1:
            bound[site] = -1.0
    for _ in range(count):
        site, fresh = int(np.argmax(bound)), -1
        if bound[site] < 0.0:
            return
        while site != fresh:
            bound[site], fresh = gain(reach, choice, site), site
            site = int(np.argmax(bound))
        flip(reach, choice, site)
        bound[site] = -1.0


@compiled
def interchange(reach: Reach, choice: Choice, status: Ints) -> None:
    """Exchanges until none helps; what must be open stays open."""
    sites = len(status)
    loss, extra = np.zeros(sites), np.zeros(sites)
    opened = np.flatnonzero((choice.open == 1) & (status != OPEN))
    worth = WORTH * max(choice.d1.sum(), 1.0)
    _lose(choice, loss)
    tried, site = 0, 0
    while tried < sites and len(opened) > 0:
        if choice.open[site] == 0 and status[site] == FREE:
            gained, at = _exchange(reach, choice, opened, loss, extra, site)
            if gained > worth:
                flip(reach, choice, site)
                flip(reach, choice, opened[at])
                opened[at] = site
                _lose(choice, loss)
                tried = 0
        tried += 1
        site = (site + 1) % sites


@compiled
def _lose(choice: Choice, loss: Floats) -> None:
    """(2) for every site."""
    loss[:] = 0.0
    for demand in range(len(choice.d1)):
        if choice.first[demand] >= 0:
            loss[choice.first[demand]] += choice.d2[demand] - choice.d1[demand]


@compiled
def _exchange(
    reach: Reach, choice: Choice, opened: Ints, loss: Floats, extra: Floats, site: int
) -> tuple[float, int]:
    """(4) for the best of `opened` to close when `site` is opened, and which that is."""
    gained, out, least = 0.0, 0, np.inf
    for at in range(reach.back[site], reach.back[site + 1]):
        demand, fee = reach.demand[at], reach.fee[at]
        d1, d2 = choice.d1[demand], choice.d2[demand]
        gained += max(d1 - fee, 0.0)
        if fee < d2:
            extra[choice.first[demand]] += d2 - max(d1, fee)
    for at in range(len(opened)):
        spared = loss[opened[at]] - extra[opened[at]]
        extra[opened[at]] = 0.0
        if spared < least:
            out, least = at, spared
    return gained - least, out


def shaken(reach: Reach, choice: Choice, status: Ints, chance: np.random.Generator) -> Choice:
    """Another choice nearby: a few sites drawn at random are exchanged, then as before. Where exchanges alone
    are stuck this leads on (Lourenço, Martin and Stützle, Iterated local search, 2003)."""
    leaves = np.flatnonzero((choice.open == 1) & (status == FREE))
    enters = np.flatnonzero((choice.open == 0) & (status == FREE))
    few = min(SHAKE, len(leaves), len(enters))
    other = choice_of(reach, np.flatnonzero(choice.open))
    for site in (*chance.choice(leaves, few, replace=False), *chance.choice(enters, few, replace=False)):
        flip(reach, other, site)
    interchange(reach, other, status)
    return other
