"""After each change the plan is what solving anew would give."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.allot.dispatch.test_dispatching import PATIENCE, small
from engine.allot.dispatch.towns import Matrix, requests, town, units
from tocsin.engine.allot.dispatch.dispatching import dispatch
from tocsin.engine.allot.dispatch.overriding import extra_cost
from tocsin.engine.allot.dispatch.replanning import with_requests, without_request, without_unit
from tocsin.kernel.errors import Malformed


def solved(found):
    """The cost, after the proof was checked."""
    assert found.verify().proved
    flow = found.flow
    load = np.bincount(flow.held[flow.held >= 0], minlength=len(flow.room))
    assert (load == flow.load).all()
    return found.cost


def anew(found):
    asked = found.instance
    return dispatch(asked.requests, asked.units, asked.travel, asked.patience).cost


@settings(max_examples=50, deadline=None)
@given(small(), st.data())
def test_a_request_withdrawn_and_brought_back(problem, data):
    asked, there, seconds = problem
    found = dispatch(asked, there, Matrix(seconds), PATIENCE)
    row = data.draw(st.integers(0, len(asked.ids) - 1))
    before = found.flow.held.copy()
    less = without_request(found, asked.ids[row])
    assert solved(less) == pytest.approx(anew(less))
    taken = asked.without([at for at in range(len(asked.ids)) if at != row])
    more = with_requests(less, taken)
    assert solved(more) == pytest.approx(found.cost)
    assert (found.flow.held == before).all()


@settings(max_examples=50, deadline=None)
@given(small(), st.data())
def test_one_unit_after_another_lost(problem, data):
    asked, there, seconds = problem
    found = dispatch(asked, there, Matrix(seconds), PATIENCE)
    for name in data.draw(st.permutations(there.ids)):
        found = without_unit(found, name)
        assert solved(found) == pytest.approx(anew(found))


@pytest.mark.parametrize(("n", "m"), [(30, 60), (30, 32), (30, 20)])
def test_a_day_of_changes_in_a_town(n, m):
    chance = np.random.default_rng(n * m)
    asked = requests(
        chance.integers(1, 3, n),
        weight=chance.integers(1, 4, n) if m != 20 else np.ones(n),
        mask=chance.integers(0, 2, n),
        places=town(chance, n),
    )
    there = units(chance.integers(0, 3, m), mask=chance.integers(0, 2, m), places=town(chance, m))
    found = dispatch(asked, there)
    for step in range(12):
        if step % 3 == 0:
            found = with_requests(
                found, requests([2], names=[f"n{step}"], weight=[2], places=town(chance, 1))
            )
        elif step % 3 == 1:
            found = without_request(found, found.instance.requests.ids[step])
        else:
            found = without_unit(found, f"u{step}")
        assert solved(found) == pytest.approx(anew(found))


def test_a_request_with_several_needs_goes_whole():
    asked = requests([1, 2, 1], names=["fire", "fire", "crash"], mask=[1, 2, 1], places=[(114.0, 22.5)] * 3)
    there = units([1] * 4, mask=[1, 2, 3, 2], places=[(114.0 + at / 10, 22.5) for at in range(4)])
    found = dispatch(asked, there)
    assert {order.request for order in without_request(found, "fire").plan} == {"crash"}


def test_capabilities_that_nobody_has_asked_for_are_looked_for_then():
    there = units([1, 1], mask=[0, 4], places=[(114.0, 22.5), (114.1, 22.5)])
    found = dispatch(requests([1], places=[(114.0, 22.5)]), there)
    more = with_requests(found, requests([1], names=["hazmat"], mask=[4], places=[(114.0, 22.5)]))
    assert [order.unit for order in more.plan] == ["u0", "u1"]


def test_what_is_not_there_is_refused():
    found = dispatch(requests([1]), units([1]))
    with pytest.raises(Malformed, match="Request r0 is there already"):
        with_requests(found, requests([1]))
    with pytest.raises(Malformed, match="no request r9"):
        without_request(found, "r9")
    with pytest.raises(Malformed, match="no unit u9"):
        without_unit(found, "u9")
    with pytest.raises(Malformed, match="weight"):
        with_requests(found, replace(requests([1]), ids=("n",), weight=np.array([np.nan])))


def test_two_plans_made_from_one_do_not_disturb_each_other():
    chance = np.random.default_rng(1)
    asked = requests(np.ones(20), places=town(chance, 20))
    found = dispatch(asked, units(np.ones(24), places=town(chance, 24)))
    few = requests(np.ones(2), names=["a", "b"], places=town(chance, 2))
    many = requests(np.ones(14), names=[f"n{at}" for at in range(14)], places=town(chance, 14))
    one, other = with_requests(found, few), with_requests(found, many)
    extra = [extra_cost(found, row, unit) for row in range(3) for unit in range(24)]
    lost = [without_unit(found, name) for name in found.instance.units.ids]
    again = with_requests(found, few)
    assert (solved(one), solved(other)) == (pytest.approx(anew(one)), pytest.approx(anew(other)))
    assert [solved(less) for less in lost[::7]] == [pytest.approx(anew(less)) for less in lost[::7]]
    assert (solved(again), min(extra)) == (pytest.approx(one.cost), 0.0)
    assert (one.flow.held == again.flow.held).all()
