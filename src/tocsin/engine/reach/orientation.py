"""On which side of a line a point lies, without rounding.

    (1)  D = (ax - px)(by - py) - (ay - py)(bx - px)
    (2)  |D computed - D| <= e (|first product| + |second product|),  e = (3 + 16 u) u,  u = 2^-53
    (3)  D = ax by - ax py - px by - ay bx + ay px + py bx

The sign of (1) is taken where it is larger than its error (2), which is nearly always. Else (3) is summed
without any rounding: each product is two doubles that are exactly it, the sum a row of doubles that don't
overlap, and the last one that is not zero has the sign of the whole. Holds for numbers that are 0 or at least
1e-100 in size, so that no product underflows.

Shewchuk, Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates, Discrete and
Computational Geometry 18 (1997) 305-363.
"""

import numpy as np
from numpy.typing import NDArray

from tocsin.engine.compiled import compiled

UNIT = 2.0**-53
BOUND = (3.0 + 16.0 * UNIT) * UNIT
SPLITTER = 2.0**27 + 1.0
TERMS = 12


@compiled
def side(ax: float, ay: float, bx: float, by: float, px: float, py: float) -> int:
    """1 where p lies left of the line from a to b, -1 where right, 0 on it."""
    first = (ax - px) * (by - py)
    second = (ay - py) * (bx - px)
    bound = BOUND * (abs(first) + abs(second))
    if first - second > bound:
        return 1
    if second - first > bound:
        return -1
    return _exact_side(ax, ay, bx, by, px, py)


@compiled
def _exact_side(ax: float, ay: float, bx: float, by: float, px: float, py: float) -> int:
    """The sign of (3)."""
    total = np.zeros(TERMS)
    size = 0
    for one, other in ((ax, by), (-ax, py), (-px, by), (-ay, bx), (ay, px), (py, bx)):
        product, rest = _product(one, other)
        _grow(total, size, rest)
        _grow(total, size + 1, product)
        size += 2
    for at in range(TERMS - 1, -1, -1):
        if total[at] != 0.0:
            return 1 if total[at] > 0.0 else -1
    return 0


@compiled
def _grow(total: NDArray[np.float64], size: int, term: float) -> None:
    """Adds a number to the first `size` of a sum's parts, which become one more."""
    carried = term
    for at in range(size):
        carried, total[at] = _sum(carried, total[at])
    total[size] = carried


@compiled
def _sum(one: float, other: float) -> tuple[float, float]:
    """A rounded sum and what it lacks."""
    total = one + other
    virtual = total - one
    return total, (one - (total - virtual)) + (other - virtual)


@compiled
def _product(one: float, other: float) -> tuple[float, float]:
    """A rounded product and what it lacks."""
    product = one * other
    one_high, one_low = _halves(one)
    other_high, other_low = _halves(other)
    lacking = product - one_high * other_high - one_low * other_high - one_high * other_low
    return product, one_low * other_low - lacking


@compiled
def _halves(number: float) -> tuple[float, float]:
    """A double as two of 26 bits."""
    spread = SPLITTER * number
    high = spread - (spread - number)
    return high, number - high
