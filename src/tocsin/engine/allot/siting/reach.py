"""Which sites could serve which demand, and at what cost: lists for both sides, and the problem over them.

    minimise    sum over demands i, sites j of c_ij x_ij  +  sum over demands of P_i z_i
    (1)  sum over j of x_ij + z_i = 1      every demand is served by one site, or is lost at P_i
    (2)  x_ij <= y_j                       only by an open one
    (3)  sum over j of y_j <= p            so many may be open
    (4)  y_j = 1 where a site stands, 0 where none may

With c_ij = weight · seconds this is the p-median problem (Hakimi, Operations Research 12 (1964) 450); with
c_ij = 0 within reach and P_i = weight it is maximal covering (Church and ReVelle, Papers of the Regional
Science Association 32 (1974) 101). A pair with c_ij >= P_i is no use and is not listed.
"""

from typing import NamedTuple

import numpy as np

from tocsin.engine.allot.dispatch.selecting import Flags, Floats, Ints

FREE, OPEN, CLOSED = 0, 1, 2
"""What may become of a site."""


class Reach(NamedTuple):
    """n demands, m sites; a list of sites for each demand, nearest first, and of demands for each site."""

    lost: Floats
    """(n,) P."""
    begin: Ints
    """(n + 1,) the sites of demand i are site[begin[i]:begin[i + 1]]."""
    site: Ints
    cost: Floats
    back: Ints
    """(m + 1,) the demands of site j are demand[back[j]:back[j + 1]]."""
    demand: Ints
    fee: Floats
    """What the site costs each of them."""


def reach_of(cost: Floats, lost: Floats) -> Reach:
    """From a matrix (demands, sites); inf where there is no way."""
    order = np.argsort(cost, axis=1, kind="stable")
    sorted_cost = np.take_along_axis(cost, order, 1)
    return _listed(sorted_cost < lost[:, None], order, sorted_cost, lost, cost.shape[1])


def covering(within: Flags, weight: Floats) -> Reach:
    """From who is within reach of whom (demands, sites): nothing, or else the weight."""
    demand, site = np.nonzero(within & (weight > 0)[:, None])
    free = np.zeros(len(site))
    begin = np.searchsorted(demand, np.arange(len(weight) + 1))
    return _both(begin, demand, site, free, weight, within.shape[1])


def _listed(use: Flags, order: Ints, cost: Floats, lost: Floats, sites: int) -> Reach:
    demand, at = np.nonzero(use)
    begin = np.searchsorted(demand, np.arange(len(lost) + 1))
    return _both(begin, demand, order[demand, at], cost[demand, at], lost, sites)


def _both(begin: Ints, demand: Ints, site: Ints, cost: Floats, lost: Floats, sites: int) -> Reach:
    by_site = np.argsort(site, kind="stable")
    back = np.searchsorted(site[by_site], np.arange(sites + 1))
    return Reach(lost, begin, site, cost, back, demand[by_site], cost[by_site])


def narrowed(reach: Reach, kept: Flags) -> Reach:
    """Without the sites that are closed for good (m,); their lists are empty then."""
    use = kept[reach.site]
    if use.all():
        return reach
    demand = np.repeat(np.arange(len(reach.lost)), np.diff(reach.begin))[use]
    back = kept[np.repeat(np.arange(len(kept)), np.diff(reach.back))]
    return Reach(
        reach.lost,
        np.searchsorted(demand, np.arange(len(reach.lost) + 1)),
        reach.site[use],
        reach.cost[use],
        np.concatenate([np.zeros(1, np.int64), np.cumsum(np.where(kept, np.diff(reach.back), 0))]),
        reach.demand[back],
        reach.fee[back],
    )
