"""Where to open so many sites: the least weighted travel time, or the most weight within reach of one."""

from collections.abc import Callable

import numpy as np

from tocsin.engine.allot.dispatch.checking import check_patience
from tocsin.engine.allot.dispatch.selecting import Floats
from tocsin.engine.allot.siting.branching import Branching
from tocsin.engine.allot.siting.placement import Placement
from tocsin.engine.allot.siting.reach import covering, reach_of
from tocsin.engine.allot.siting.sites import Demand, Sites, check
from tocsin.engine.allot.travel import StraightLine, TravelTimes
from tocsin.kernel.errors import Malformed

PATIENCE = 86_400.0
"""Seconds that count for a demand to which no way leads."""


def never() -> bool:
    """Nobody stops the search."""
    return False


def place(
    demand: Demand,
    sites: Sites,
    count: int,
    travel: TravelTimes | None = None,
    within: float | None = None,
    stop: Callable[[], bool] = never,
    chance: np.random.Generator | None = None,
) -> Placement:
    """The best `count` sites. With `within` (seconds) the weight of what an open site reaches in time is
    largest; without, the weighted travel time is least, and a demand without a way counts `PATIENCE`. `stop`
    is asked now and then; when it says so, the best answer so far is given with its gap. `chance` draws the
    exchanges that are tried; left out, they are the same each time.
    """
    check(demand, sites, count)
    check_patience(PATIENCE if within is None else within)
    seconds = _seconds(demand, sites, travel or StraightLine())
    if within is None:
        weight = demand.weight[:, None]
        cost = np.multiply(seconds, weight, out=np.full(seconds.shape, np.inf), where=weight > 0)
        reach = reach_of(cost, demand.weight * PATIENCE)
    else:
        reach = covering(seconds <= within, demand.weight)
    search = Branching(reach, sites.status, count, stop, chance or np.random.default_rng(0))
    search.run()
    return Placement(demand, sites, seconds, within, reach, search.chosen, search.cost, search.bound)


def _seconds(demand: Demand, sites: Sites, travel: TravelTimes) -> Floats:
    """(n, m) from every site to every demand."""
    seconds = travel.seconds(sites.places, demand.places).T
    wrong = np.argwhere(~(seconds >= 0))
    if len(wrong):
        row, site = wrong[0]
        raise Malformed(
            "allot.site_seconds",
            "From site {site} to demand {where} it takes {seconds} s.",
            cure="Travel times are 0 or more; inf where there is no way.",
            where=demand.ids[row],
            site=sites.ids[site],
            seconds=float(seconds[row, site]),
        )
    return seconds
