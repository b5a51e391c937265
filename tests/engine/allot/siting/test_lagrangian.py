"""Bounds, beside every choice there is."""

import numpy as np

from engine.allot.siting.test_interchange import cost_of, town
from tocsin.engine.allot.siting.lagrangian import ascend, climb_from, settle
from tocsin.engine.allot.siting.reach import CLOSED, OPEN, narrowed, reach_of


def test_a_bound_is_below_every_choice_and_holds_for_fewer_sites():
    cost, reach = town(3)
    status = np.zeros(15, dtype=np.int64)
    best = min(cost_of(cost, np.eye(15)[a] + np.eye(15)[b]) for a in range(15) for b in range(a))
    climb = climb_from(np.full(25, 0.4), 15)
    ascend(reach, status, 2, climb, best, best, 300, 1.0)
    assert 0.9 * best < climb.bound[0] <= best + 1e-9
    few = narrowed(reach, np.arange(15) < 9)
    assert few.site.max() == 8
    assert np.diff(few.back)[9:].tolist() == [0] * 6
    same = reach_of(cost[:, :9], np.full(25, 0.8))
    np.testing.assert_array_equal(few.site, same.site)
    np.testing.assert_array_equal(few.demand, same.demand)


def test_climbing_ends_where_a_choice_meets_the_bound():
    reach = reach_of(np.array([[1.0, 9.0], [9.0, 2.0]]), np.full(2, 20.0))
    climb = climb_from(np.full(2, 5.0), 2)
    assert ascend(reach, np.zeros(2, dtype=np.int64), 2, climb, 9.0, np.inf, 50, 1.0) == 1.0
    assert (climb.bound[0], climb.chosen.tolist()) == (3.0, [1, 1])


def test_prices_of_the_lost_climb_no_further():
    reach = reach_of(np.array([[np.inf, 3.0]]), np.full(1, 4.0))
    climb = climb_from(np.full(1, 4.0), 2)
    ascend(reach, np.array([OPEN, CLOSED]), 0, climb, 9.0, np.inf, 5, 1.0)
    assert (climb.bound[0], climb.price.tolist()) == (4.0, [4.0])


def test_sites_are_settled_that_no_better_choice_has_otherwise():
    cost, reach = town(3)
    status = np.zeros(15, dtype=np.int64)
    best = min((cost_of(cost, np.eye(15)[a] + np.eye(15)[b]), {a, b}) for a in range(15) for b in range(a))
    climb = climb_from(np.full(25, 0.4), 15)
    ascend(reach, status, 2, climb, best[0], best[0], 300, 1.0)
    assert settle(status, climb, best[0]) == (status != 0).sum() > 0
    assert not best[1] & set(np.flatnonzero(status == CLOSED))
    assert set(np.flatnonzero(status == OPEN)) <= best[1]
