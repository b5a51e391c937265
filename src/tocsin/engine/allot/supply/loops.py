"""The passes over all pairs of a source and a site's need, as compiled loops.

A row is a need of a site for an item, the rows of an item stand together; `start` (rows + 1) and `source`
(pairs) say which sources can serve which row, as in a compressed sparse matrix. `price` (items, sources) is
what a unit costs on top of the travel when it leaves a source: the price of its stock and of its depot.
"""

import numpy as np
import numpy.typing as npt

from tocsin.engine.compiled import compiled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
NEGLIGIBLE = 1e-11
"""Of the weight of a row."""
FAR = 1e9
"""A step as long as any."""


@compiled
def cheapest(start: Ints, source: Ints, item: Ints, cost: Floats, price: Floats) -> tuple[Floats, Ints]:
    """For each row the least delivered price and the pair that has it; inf and -1 where there is none."""
    rows = len(start) - 1
    least, best = np.full(rows, np.inf), np.full(rows, -1)
    for row in range(rows):
        k = item[row]
        for pair in range(start[row], start[row + 1]):
            found = cost[pair] + price[k, source[pair]]
            if found < least[row]:
                least[row], best[row] = found, pair
    return least, best


@compiled
def below(
    start: Ints, source: Ints, item: Ints, cost: Floats, price: Floats, worth: Floats, most: int
) -> Ints:
    """Of each row the pairs whose delivered price lies under the row's worth, the `most` cheapest of them."""
    found = np.empty(len(source), dtype=np.int64)
    count = 0
    for row in range(len(start) - 1):
        k, first = item[row], start[row]
        reduced = np.empty(start[row + 1] - first)
        for at in range(len(reduced)):
            reduced[at] = cost[first + at] + price[k, source[first + at]] - worth[row]
        limit = 0.0
        if len(reduced) > most:
            limit = min(0.0, np.sort(reduced)[most])
        for at in range(len(reduced)):
            if reduced[at] < limit:
                found[count] = first + at
                count += 1
    return found[:count]


@compiled
def normal(
    start: Ints, source: Ints, item: Ints, theta: Floats, slack: Floats, coupled: Floats
) -> tuple[Floats, Floats]:
    """The weights of rows E (6) and, taken off the lower triangles of `coupled` (items, sources, sources),
    X E⁻¹ Xᵀ of (7); pairs that weigh nothing beside their row are passed over."""
    rows, sources = len(start) - 1, coupled.shape[1]
    weight, sent = slack.copy(), np.zeros(coupled.shape[:2])
    much = np.zeros(sources)
    for row in range(rows):
        k = item[row]
        for pair in range(start[row], start[row + 1]):
            weight[row] += theta[pair]
            sent[k, source[pair]] += theta[pair]
        for pair in range(start[row], start[row + 1]):
            much[source[pair]] = theta[pair]
        for pair in range(start[row], start[row + 1]):
            share = theta[pair] / weight[row]
            if share > NEGLIGIBLE:
                one = source[pair]
                for two in range(one + 1):
                    coupled[k, one, two] -= share * much[two]
        for pair in range(start[row], start[row + 1]):
            much[source[pair]] = 0.0
    return weight, sent


@compiled
def gather(
    start: Ints,
    source: Ints,
    item: Ints,
    cost: Floats,
    price: Floats,
    worth: Floats,
    z: Floats,
    theta: Floats,
    right: Floats,
    need: Floats,
    weight: Floats,
) -> tuple[Floats, Floats]:
    """h (8) of rows and its sum over sources; `right` is the right side of x·z over z, `theta` x over z."""
    rows = len(start) - 1
    h, sent = need.copy(), np.zeros(price.shape)
    for row in range(rows):
        k = item[row]
        for pair in range(start[row], start[row + 1]):
            residual = cost[pair] + price[k, source[pair]] - worth[row] - z[pair]
            own = right[pair] - theta[pair] * residual
            h[row] -= own
            sent[k, source[pair]] += own
        for pair in range(start[row], start[row + 1]):
            sent[k, source[pair]] += theta[pair] * (h[row] / weight[row])
    return h, sent


@compiled
def spread(
    start: Ints,
    source: Ints,
    item: Ints,
    cost: Floats,
    price: Floats,
    worth: Floats,
    z: Floats,
    theta: Floats,
    right: Floats,
    h: Floats,
    weight: Floats,
    turn: Floats,
    x: Floats,
    dx: Floats,
    dz: Floats,
) -> tuple[Floats, float, float]:
    """The step of every pair into `dx` and `dz`; the step of worths, and how far x and z may go."""
    rows = len(start) - 1
    dy = np.zeros(rows)
    reach_x, reach_z = FAR, FAR
    for row in range(rows):
        k, moved = item[row], h[row]
        for pair in range(start[row], start[row + 1]):
            moved += theta[pair] * turn[k, source[pair]]
        dy[row] = moved / weight[row]
        for pair in range(start[row], start[row + 1]):
            residual = cost[pair] + price[k, source[pair]] - worth[row] - z[pair]
            dz[pair] = residual + turn[k, source[pair]] - dy[row]
            dx[pair] = right[pair] - theta[pair] * dz[pair]
            if -dx[pair] * reach_x > x[pair]:
                reach_x = -x[pair] / dx[pair]
            if -dz[pair] * reach_z > z[pair]:
                reach_z = -z[pair] / dz[pair]
    return dy, reach_x, reach_z


@compiled
def totals(
    start: Ints, source: Ints, item: Ints, x: Floats, sources: int, items: int
) -> tuple[Floats, Floats]:
    """What arrives in each row, and what leaves each source (items, sources)."""
    arrived, left = np.zeros(len(start) - 1), np.zeros((items, sources))
    for row in range(len(start) - 1):
        for pair in range(start[row], start[row + 1]):
            arrived[row] += x[pair]
            left[item[row], source[pair]] += x[pair]
    return arrived, left


@compiled
def product(x: Floats, z: Floats, dx: Floats, dz: Floats, primal: float, dual: float) -> float:
    """Σ x · z after a step."""
    total = 0.0
    for pair in range(len(x)):
        total += (x[pair] + primal * dx[pair]) * (z[pair] + dual * dz[pair])
    return total


@compiled
def aimed(x: Floats, z: Floats, dx: Floats, dz: Floats, aim: float) -> Floats:
    """The right side of the corrector, over z: x·z shall become `aim`, what the predictor bends made good."""
    right = np.empty_like(x)
    for pair in range(len(x)):
        right[pair] = (aim - dx[pair] * dz[pair]) / z[pair] - x[pair]
    return right


@compiled
def moved(value: Floats, step: Floats, far: float) -> Floats:
    """The values after a step."""
    found = np.empty_like(value)
    for at in range(len(value)):
        found[at] = value[at] + far * step[at]
    return found
