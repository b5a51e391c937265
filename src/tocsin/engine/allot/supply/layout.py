"""From what is asked to the arrays of a programme.

A depot that holds lots of an item of different ages is one source for each age: age 0 is the lot that keeps
longest. A pair is there if the road lets the stock arrive before it expires: seconds ≤ expires. That is
exact, since what an older lot can serve, a younger one can too.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from tocsin.engine.allot.supply.asked import Asked, Fixed
from tocsin.engine.allot.supply.programme import Floats, Ints, Programme
from tocsin.kernel.errors import Malformed

HOUR = 3600.0
BEYOND = 10.0
"""Penalties that a unit unmet above its ceiling weighs at first."""


@dataclass(frozen=True)
class Layout:
    """The programme without ceilings, and what its numbers stand for."""

    programme: Programme
    need_of: Ints
    """(R,): which of the needs a row is."""
    expires: Floats
    """(K, V): seconds until what the source has of the item is lost; −inf where it has none."""
    hours: Floats
    """(P,): on the road."""
    fixed: Floats
    """(P,): units that go because a person wants it."""


def lay_out(asked: Asked) -> Layout:
    """All lots and needs as arrays; a need of nothing is a row too, so that numbers may change later."""
    depot, stock, expires = _sources(asked)
    need_of, item, site = _rows(asked)
    seconds = asked.seconds[depot][:, site].T
    fits = np.isfinite(seconds) & (seconds <= expires[item])
    row, source = np.nonzero(fits)
    load = np.array([one.load for one in asked.items], dtype=np.float64)
    hours = seconds[row, source] / HOUR
    units = np.array([asked.needs[at].units for at in need_of], dtype=np.float64)
    priority = np.array([asked.needs[at].priority for at in need_of], dtype=np.float64)
    penalty = asked.policy.unmet_hours * priority * load[item]
    programme = Programme(
        start=np.concatenate([[0], np.cumsum(fits.sum(1))]).astype(np.int64),
        source=source.astype(np.int64),
        cost=hours * load[item[row]],
        item=item,
        site=site,
        need=units,
        given=np.zeros(len(units)),
        penalty=penalty,
        ceiling=units,
        beyond=BEYOND * float(penalty.max(initial=1.0)),
        stock=stock,
        load=load,
        throughput=np.array([one.throughput for one in asked.depots], dtype=np.float64),
        depot=depot,
    )
    return honoured(Layout(programme, need_of, expires, hours, np.zeros(len(hours))), asked)


def _rows(asked: Asked) -> tuple[Ints, Ints, Ints]:
    items = {one.name: at for at, one in enumerate(asked.items)}
    sites = {name: at for at, name in enumerate(asked.sites)}
    item = np.array([items[need.item] for need in asked.needs], dtype=np.int64)
    site = np.array([sites[need.site] for need in asked.needs], dtype=np.int64)
    order = np.lexsort((site, item)).astype(np.int64)
    return order, item[order], site[order]


def _sources(asked: Asked) -> tuple[Ints, Floats, Floats]:
    """The depot of each source, its stock and its expiry for each item."""
    ages = _ages(asked)
    depth = [
        max((len(kept) for (d, _), kept in ages.items() if d == at), default=1)
        for at in range(len(asked.depots))
    ]
    first = np.concatenate([[0], np.cumsum(depth)]).astype(np.int64)
    stock = np.zeros((len(asked.items), int(first[-1])))
    expires = np.full(stock.shape, -np.inf)
    for (d, k), kept in ages.items():
        for age, (until, units) in enumerate(sorted(kept.items(), reverse=True)):
            stock[k, first[d] + age], expires[k, first[d] + age] = units, until
    return np.repeat(np.arange(len(asked.depots)), depth).astype(np.int64), stock, expires


def _ages(asked: Asked) -> dict[tuple[int, int], dict[float, float]]:
    depots = {one.name: at for at, one in enumerate(asked.depots)}
    items = {one.name: at for at, one in enumerate(asked.items)}
    ages: dict[tuple[int, int], dict[float, float]] = defaultdict(lambda: defaultdict(float))
    for lot in asked.lots:
        ages[depots[lot.depot], items[lot.item]][lot.expires] += lot.units
    return ages


def honoured(layout: Layout, asked: Asked) -> Layout:
    """With what a person has fixed taken off needs, stocks and throughputs; nothing more goes that way.

    Raises `Malformed` where there is no way in time, or more is fixed than is needed, there, or can leave.
    """
    for row, fixed in enumerate(asked.fixed):
        layout = _honour(layout, asked, row, fixed)
    return layout


def _honour(layout: Layout, asked: Asked, at: int, fixed: Fixed) -> Layout:
    p = layout.programme
    row = _row_of(layout, asked, fixed)
    depot = [one.name for one in asked.depots].index(fixed.depot)
    pairs = np.arange(p.start[row], p.start[row + 1]) if row >= 0 else np.empty(0, dtype=np.int64)
    pairs = pairs[p.depot[p.source[pairs]] == depot]
    load = fixed.units * p.load[p.item[row]]
    there = p.stock[p.item[row], p.source[pairs]]
    if not len(pairs) or fixed.units > min(there.sum(), p.need[row]) or load > p.throughput[depot]:
        raise Malformed(
            "allot.fixed",
            "{units} of “{item}” can't go from “{depot}” to “{site}”.",
            cure="Fix at most what is needed, what the depot has in time, and what can leave it.",
            where="fixed",
            row=at,
            **vars(fixed),
        )
    return _taken_off(layout, row, depot, pairs, fixed.units)


def _row_of(layout: Layout, asked: Asked, fixed: Fixed) -> int:
    """The row of the site and item, or −1."""
    for row, at in enumerate(layout.need_of):
        if (asked.needs[at].site, asked.needs[at].item) == (fixed.site, fixed.item):
            return row
    return -1


def _taken_off(layout: Layout, row: int, depot: int, pairs: Ints, units: float) -> Layout:
    """From the oldest lots that arrive in time; a fixed pair is closed by a cost that nothing pays."""
    p = layout.programme
    need, given, throughput = p.need.copy(), p.given.copy(), p.throughput.copy()
    stock, cost, amounts = p.stock.copy(), p.cost.copy(), layout.fixed.copy()
    need[row] -= units
    given[row] += units
    throughput[depot] -= units * p.load[p.item[row]]
    cost[pairs] = 10.0 * (p.beyond + p.penalty.max())
    for pair in pairs[::-1]:
        part = min(units, stock[p.item[row], p.source[pair]])
        stock[p.item[row], p.source[pair]] -= part
        amounts[pair] += part
        units -= part
    programme = replace(
        p, need=need, given=given, throughput=throughput, stock=stock, cost=cost, ceiling=need
    )
    return replace(layout, programme=programme, fixed=amounts)
