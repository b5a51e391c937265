"""Shares, against a slow max-min that asks of every need whether it could get more."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from engine.allot.supply.worlds import direct, world
from tocsin.engine.allot.supply.asked import Fairness
from tocsin.engine.allot.supply.layout import lay_out
from tocsin.engine.allot.supply.levels import shares
from tocsin.engine.allot.supply.planning import endless


def slow_order(p):
    """Of one item's rows the shares of the full order: level by level, each need tried alone."""
    asked = np.flatnonzero((np.diff(p.start) > 0) & (p.need > 0))
    width = len(p.source)
    row = p.row
    stock = [[float(v == p.source[i]) for i in range(width)] + [0.0] for v in range(p.stock.shape[1])]
    fixed = {}
    while len(fixed) < len(asked):

        def solve(cost, open_level, fixed=fixed):
            upper, right = list(stock), list(p.stock[0])
            for r in asked:
                tail = -p.need[r] if open_level is None and r not in fixed else 0.0
                share = fixed.get(r, 0.0 if open_level is None else open_level)
                upper.append([-float(row[i] == r) for i in range(width)] + [tail])
                right.append(-p.need[r] * (1 - share) + 1e-9)
            return linprog(cost, upper, right, bounds=[(0, None)] * width + [(0, 1)])

        level = solve([0.0] * width + [1.0], None).x[-1]
        for r in [r for r in asked if r not in fixed]:
            most = solve([-float(row[i] == r) for i in range(width)] + [0.0], level)
            if -most.fun < p.need[r] * (1 - level) + 1e-6 or level < 1e-7:
                fixed[r] = level
    return fixed


@given(st.integers(0, 100_000))
@settings(max_examples=12, deadline=None)
def test_the_full_order_is_that_of_trying_every_need(seed):
    asked = world(seed, depots=3, sites=5, items=1, cut=0.5, gates=1e6, scarce=0.6)
    p = lay_out(asked).programme
    found = shares(p, Fairness.FULL, np.inf)
    for row, share in slow_order(p).items():
        np.testing.assert_allclose(found[row], share, atol=1e-5)


@given(st.integers(0, 100_000))
@settings(max_examples=12, deadline=None)
def test_the_first_level_is_that_of_the_programme_written_out(seed):
    asked = world(seed)
    p = lay_out(asked).programme
    found = shares(p, Fairness.FIRST, np.inf)
    level = direct(asked)[0]
    highest = [
        found[(p.item == k) & (np.diff(p.start) > 0) & (p.need > 0)].max(initial=0.0) for k in range(2)
    ]
    np.testing.assert_allclose(sum(highest), level.sum(), atol=1e-7)


def test_without_fairness_everything_may_stay_unmet():
    p = lay_out(world(1)).programme
    assert shares(p, Fairness.NONE, np.inf).tolist() == [1.0] * len(p.need)


def test_no_time_is_no_level():
    p = lay_out(world(1)).programme
    assert shares(p, Fairness.FIRST, 0.0) is None
    assert shares(p, Fairness.FULL, 0.0) is None
    assert endless() == np.inf
