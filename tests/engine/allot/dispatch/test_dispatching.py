"""The best plan, beside every plan there is and beside scipy's solver."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from engine.allot.dispatch.towns import Matrix, least_cost, requests, town, units
from tocsin.engine.allot.dispatch.dispatching import dispatch
from tocsin.engine.allot.travel import StraightLine

PATIENCE = 50.0


@st.composite
def small(draw, most=4):
    """A small problem: capabilities, capacities, closed units, no way, more asked than there is."""
    n, m = draw(st.integers(1, 3)), draw(st.integers(0, most))
    of = lambda values, size: draw(st.lists(st.sampled_from(values), min_size=size, max_size=size))  # noqa: E731 (short)
    asked = requests(of([1, 1, 2, 3], n), weight=of([1.0, 2.0, 5.0], n), mask=of([0, 1, 2, 3], n))
    there = units(of([0, 1, 1, 2], m), mask=of([0, 1, 2, 3, 3], m))
    seconds = np.array(of([0.0, 1.0, 2.0, 3.0, 7.0, 20.0, 60.0, np.inf], n * m)).reshape(n, m)
    return asked, there, seconds


@settings(max_examples=80, deadline=None)
@given(small())
def test_nothing_is_better_than_the_plan(problem):
    asked, there, seconds = problem
    found = dispatch(asked, there, Matrix(seconds), PATIENCE)
    assert found.cost == pytest.approx(least_cost(asked, there, seconds, PATIENCE))
    proof = found.verify()
    assert proof.proved
    assert proof.cost == pytest.approx(found.cost)
    assert len(found.plan) + sum(one.missing for one in found.unmet) == asked.count.sum()


@settings(max_examples=80, deadline=None)
@given(small())
def test_of_equal_weights_nothing_is_better_either(problem):
    asked, there, seconds = problem
    asked = replace(asked, weight=np.full(len(asked.ids), 2.0), count=asked.count + 2)
    found = dispatch(asked, there, Matrix(seconds), PATIENCE)
    assert found.cost == pytest.approx(least_cost(asked, there, seconds, PATIENCE))
    assert found.verify().proved
    load = np.bincount(found.flow.held[found.flow.held >= 0], minlength=len(there.ids))
    assert (load == found.flow.load).all()


@pytest.mark.parametrize(("n", "m"), [(40, 80), (40, 42), (40, 30), (30, 200)])
@pytest.mark.parametrize("seed", range(3))
def test_it_costs_what_the_dense_solver_finds(n, m, seed):
    chance, line = np.random.default_rng(seed), StraightLine()
    weight = chance.integers(1, 4, n) if seed else np.ones(n)
    asked = requests(np.ones(n), weight=weight, places=town(chance, n))
    there = units(np.ones(m), places=town(chance, m))
    seconds = line.seconds(asked.places, there.places)
    gained = asked.weight[:, None] * (seconds - 86_400.0)
    best = gained[linear_sum_assignment(gained)].sum() + asked.weight.sum() * 86_400.0
    for travel in (line, Matrix(seconds)):
        if isinstance(travel, Matrix):
            asked = replace(asked, places=requests(np.ones(n)).places)
            there = replace(there, places=units(np.ones(m)).places)
        found = dispatch(asked, there, travel)
        assert found.cost == pytest.approx(best, rel=1e-12)
        assert found.verify().proved


def test_lists_grow_until_they_hold_all_that_is_asked_for():
    chance = np.random.default_rng(9)
    asked = requests([150, 2], places=[(114.0, 22.6), (114.1, 22.6)])
    there = units(np.ones(160), places=town(chance, 160))
    found = dispatch(asked, there)
    assert len(found.plan) == 152
    assert found.verify().proved


@pytest.mark.parametrize(("n", "m"), [(25, 40), (30, 20)])
def test_where_many_are_equally_near_none_is_lost(n, m):
    asked, there = (
        requests(np.ones(n), places=[(114.0, 22.5)] * n),
        units(np.ones(m), places=[(114.0, 22.5)] * m),
    )
    found = dispatch(asked, there)
    assert (len(found.plan), found.verify().proved) == (min(n, m), True)
    chance = np.random.default_rng(n)
    seconds = chance.integers(1, 4, (n, m)) * np.where(chance.random((n, m)) < 0.7, 1.0, np.inf)
    costs = np.minimum(np.hstack([seconds, np.full((n, n), PATIENCE)]), PATIENCE)
    found = dispatch(requests(np.ones(n)), units(np.ones(m)), Matrix(seconds), PATIENCE)
    assert found.cost == costs[linear_sum_assignment(costs)].sum()
    assert found.verify().proved


def test_straight_lines_are_what_is_asked_where_nothing_is_said():
    found = dispatch(
        requests([1], places=[(114.0, 22.5)]), units([1, 1], places=[(114.1, 22.5), (113.99, 22.5)])
    )
    assert [(order.request, order.unit) for order in found.plan] == [("r0", "u1")]
    assert found.plan[0].seconds == pytest.approx(120.2, abs=0.1)


def test_the_shortest_way_leads_across_the_antimeridian_and_the_pole():
    asked = requests([1, 1], places=[(179.9, 0.0), (10.0, 89.9)])
    there = units([1, 1, 1], places=[(178.0, 0.0), (-179.9, 0.0), (-170.0, 89.9)])
    assert [order.unit for order in dispatch(asked, there).plan] == ["u1", "u2"]


def test_of_a_request_all_units_are_different_and_one_with_room_serves_many():
    asked, there = requests([2, 1]), units([3, 1])
    found = dispatch(asked, there, Matrix([[1.0, 9.0], [1.0, 2.0]]), PATIENCE)
    assert sorted((order.request, order.unit) for order in found.plan) == [
        ("r0", "u0"),
        ("r0", "u1"),
        ("r1", "u0"),
    ]
    assert found.cost == 11.0


def test_what_can_not_be_met_is_named_with_its_reason():
    asked = requests([1, 1, 1, 1, 3, 2], weight=[1, 1, 1, 1, 1, 9], mask=[4, 8, 0, 0, 0, 0])
    there = units([1, 1, 0, 1], mask=[0, 0, 8, 0])
    seconds = np.array(
        [[1, 1, 1, 1], [1, 1, 1, 1], [np.inf] * 4, [70, 80, 1, 90], [1, 2, 1, 99], [1, 1, 1, 1]], dtype=float
    )
    found = dispatch(asked, there, Matrix(seconds), PATIENCE)
    assert [(one.request, one.missing, str(one.why)) for one in found.unmet] == [
        ("r0", 1, "No unit has the capabilities that r0 asks for."),
        ("r1", 1, "All 1 units with the capabilities that r1 asks for are closed or busy."),
        ("r2", 1, "None of the 3 capable units has a way to r2."),
        ("r3", 1, "The nearest capable unit would come to r3 after 1.2 min, later than is of use."),
        ("r4", 2, "r4 asks for more than the 2 capable units that could come in time."),
    ]
    scarce = dispatch(requests([1, 1], weight=[1, 2]), units([1]), Matrix([[1.0], [2.0]]), PATIENCE)
    assert [str(one.why) for one in scarce.unmet] == [
        "The 1 capable units that could come to r0 are needed more elsewhere."
    ]


def test_nobody_asking_and_nobody_there_are_plans_too():
    assert dispatch(requests([]), units([1]), Matrix(np.zeros((0, 1)))).verify().proved
    found = dispatch(requests([2]), units([]), StraightLine())
    assert (found.plan, found.unmet[0].missing, found.verify().proved) == ((), 2, True)


def test_a_wrong_plan_or_wrong_prices_prove_nothing():
    asked, there = requests([1, 1]), units([1, 1])
    found = dispatch(asked, there, Matrix([[1.0, 5.0], [1.0, 9.0]]), PATIENCE)
    assert found.cost == 6.0
    worse = replace(found, flow=found.flow._replace(held=found.flow.held[::-1].copy()))
    assert (worse.verify().proved, worse.verify().gap) == (False, pytest.approx(4.0))
    free = replace(found, flow=found.flow._replace(v=np.zeros(2)))
    assert free.verify().gap > 0
    double = replace(found, flow=found.flow._replace(held=np.array([0, 0])))
    assert double.verify().faults == ("u0",)
    pair = dispatch(requests([2]), units([2, 1]), Matrix([[1.0, 5.0]]), PATIENCE)
    assert replace(pair, flow=pair.flow._replace(held=np.array([0, 0]))).verify().faults == ("r0",)
