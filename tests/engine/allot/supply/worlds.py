"""Small worlds for the tests, seeded, and the same programme written out for a direct solver."""

from dataclasses import replace

import numpy as np
from scipy.optimize import linprog

from tocsin.engine.allot.supply.asked import Asked, Depot, Fairness, Item, Lot, Need, Policy


def world(
    seed=1, depots=3, sites=5, items=2, *, scarce=0.8, gates=0.9, cut=0.1, aged=0.3, whole=True, **policy
) -> Asked:
    """Random; `cut` of the roads are closed, `aged` of the lots expire on the way to some sites."""
    chance = np.random.default_rng(seed)
    seconds = np.round(chance.uniform(600, 36000, (depots, sites)))
    seconds[chance.random((depots, sites)) < cut] = np.inf
    need = np.round(chance.gamma(2, 20, (sites, items))) * (chance.random((sites, items)) < 0.9)
    share = chance.dirichlet(np.ones(depots), items).T * need.sum(0) * scarce
    stock = np.round(share) if whole else share
    load = np.round(chance.uniform(0.5, 3, items), 2)
    throughput = (stock @ load) * chance.uniform(gates - 0.2, gates + 0.3, depots)
    lots = []
    for d in range(depots):
        for k in range(items):
            part = np.floor(stock[d, k] / 2)
            until = float(chance.uniform(3600, 30000)) if chance.random() < aged else np.inf
            lots += [Lot(f"d{d}", f"i{k}", part, until), Lot(f"d{d}", f"i{k}", stock[d, k] - part)]
    return Asked(
        tuple(Depot(f"d{d}", float(throughput[d])) for d in range(depots)),
        tuple(f"s{s}" for s in range(sites)),
        tuple(Item(f"i{k}", float(load[k])) for k in range(items)),
        tuple(lots),
        tuple(
            Need(f"s{s}", f"i{k}", float(need[s, k]), float(chance.choice([1.0, 2.0, 5.0])))
            for s in range(sites)
            for k in range(items)
        ),
        seconds,
        Policy(**policy),
    )


def without_ages(asked: Asked) -> Asked:
    return replace(asked, lots=tuple(replace(lot, expires=np.inf) for lot in asked.lots))


def direct(asked: Asked) -> tuple[np.ndarray, float]:
    """Of each item the least largest unmet share, and the least cost under it: everything written out lot by
    lot for scipy's own interface, nothing shared with the engine."""
    lots, needs = asked.lots, asked.needs
    depot = {one.name: at for at, one in enumerate(asked.depots)}
    site = {name: at for at, name in enumerate(asked.sites)}
    load = {one.name: one.load for one in asked.items}
    cells = [
        (n, m)
        for n, lot in enumerate(lots)
        for m, need in enumerate(needs)
        if lot.item == need.item
        and np.isfinite(asked.seconds[depot[lot.depot], site[need.site]])
        and asked.seconds[depot[lot.depot], site[need.site]] <= lot.expires
    ]
    width, items = len(cells), len(asked.items)
    rows, limits = [], []
    for n, lot in enumerate(lots):
        rows.append([float(a == n) for a, _ in cells] + [0.0] * items)
        limits.append(lot.units)
    for d in asked.depots:
        if np.isfinite(d.throughput):
            rows.append([load[lots[a].item] * (lots[a].depot == d.name) for a, _ in cells] + [0.0] * items)
            limits.append(d.throughput)
    for m, need in enumerate(needs):
        rows.append([float(b == m) for _, b in cells] + [0.0] * items)
        limits.append(need.units)
    fair = []
    for m, need in enumerate(needs):
        if need.units > 0 and any(b == m for _, b in cells):
            tail = [-need.units * (item.name == need.item) for item in asked.items]
            fair.append(([-float(b == m) for _, b in cells] + tail, -need.units))
    upper, right = rows + [one for one, _ in fair], limits + [one for _, one in fair]
    level = np.zeros(items)
    if fair and asked.policy.fairness is not Fairness.NONE:
        first = linprog(
            [0.0] * width + [1.0] * items, upper, right, bounds=[(0, None)] * width + [(0, 1)] * items
        )
        level = first.x[width:]
    ceiling = np.minimum(level + 1e-9 + asked.policy.leeway, 1.0)
    if asked.policy.fairness is Fairness.NONE:
        ceiling = np.ones(items)
    cost = [
        load[lots[a].item]
        * (
            asked.seconds[depot[lots[a].depot], site[needs[b].site]] / 3600
            - asked.policy.unmet_hours * needs[b].priority
        )
        for a, b in cells
    ]
    base = sum(asked.policy.unmet_hours * need.priority * load[need.item] * need.units for need in needs)
    if not width:
        return level, base
    found = linprog(
        cost + [0.0] * items, upper, right, bounds=[(0, None)] * width + [(c, c) for c in ceiling]
    )
    assert found.status == 0
    return level, base + found.fun
