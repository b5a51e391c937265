"""A certificate that any prices can make, and that bad plans don't get."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.allot.supply.worlds import world
from tocsin.engine.allot.supply.asked import Depot
from tocsin.engine.allot.supply.interior import interior
from tocsin.engine.allot.supply.master import Prices
from tocsin.engine.allot.supply.planning import Planner, endless
from tocsin.engine.allot.supply.proof import bound, cost, overdrawn, prove, within


@given(st.integers(0, 100_000))
@settings(max_examples=20, deadline=None)
def test_no_prices_prove_more_than_the_optimum(seed):
    found = Planner().solve(world(seed))
    p, chance = found.layout.programme, np.random.default_rng(seed)
    for _ in range(5):
        prices = Prices(chance.exponential(500, p.stock.shape), chance.exponential(500, p.throughput.shape))
        assert bound(p, prices) <= found.proof.cost + 1e-6
    assert bound(p, found.prices) == pytest.approx(found.proof.cost, rel=1e-9, abs=1e-6)


def test_a_worse_plan_has_a_gap_and_an_impossible_one_is_overdrawn():
    found = Planner().solve(world(4))
    p = found.layout.programme
    nothing = prove(p, np.zeros_like(found.flow), found.prices)
    assert not nothing.holds()
    assert nothing.gap == pytest.approx((cost(p, 0 * found.flow) - found.proof.cost) / nothing.cost)
    assert overdrawn(p, found.flow * 3) > 0.1
    assert overdrawn(p, found.flow - 1) > 0.001
    assert overdrawn(p, within(p, found.flow * 3)) <= 1e-9


def test_a_price_for_what_has_no_limit_proves_nothing():
    asked = world(4)
    asked = replace(asked, depots=tuple(Depot(one.name) for one in asked.depots))
    found = Planner().solve(asked)
    assert found.proof.holds()
    p = found.layout.programme
    assert bound(p, Prices(found.prices.stock, np.ones(len(p.throughput)))) == -np.inf


@given(st.integers(0, 100_000), st.booleans())
@settings(max_examples=8, deadline=None)
def test_the_interior_point_comes_as_near_as_it_is_asked_to(seed, endless_gates):
    asked = world(seed, depots=4, sites=6)
    if endless_gates:
        asked = replace(asked, depots=tuple(Depot(one.name) for one in asked.depots))
    found = Planner().solve(asked)
    p = found.layout.programme
    point = interior(p, 1e-7, 200, endless)
    prices = Prices(point.duals.stock, np.where(np.isfinite(p.throughput), point.duals.depot, 0.0))
    assert bound(p, prices) == pytest.approx(found.proof.cost, rel=1e-5, abs=1e-3)
    assert cost(p, within(p, point.x)) >= found.proof.cost * (1 - 1e-9) - 1e-6
    early = interior(p, 1e-7, 1, endless)
    assert (early.x > 0).all()
