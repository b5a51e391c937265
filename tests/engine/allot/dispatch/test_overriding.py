"""What it would cost to do otherwise, beside solving it so."""

import numpy as np
import pytest
from hypothesis import given, settings

from engine.allot.dispatch.test_dispatching import PATIENCE, small
from engine.allot.dispatch.towns import Matrix, least_cost, requests, town, units
from tocsin.engine.allot.dispatch.dispatching import dispatch
from tocsin.engine.allot.dispatch.overriding import at_most_saved, cost_of, extra_cost, one_more, why
from tocsin.kernel.errors import Malformed


@settings(max_examples=50, deadline=None)
@given(small(3))
def test_a_person_s_choice_costs_what_the_best_plan_with_it_costs(problem):
    asked, there, seconds = problem
    found = dispatch(asked, there, Matrix(seconds), PATIENCE)
    for row in range(len(asked.ids)):
        for unit in range(len(there.ids)):
            best = least_cost(asked, there, seconds, PATIENCE, fixed=(row, unit))
            assert found.cost + extra_cost(found, row, unit) == pytest.approx(best)


def test_each_unit_has_its_reason_beside_the_nearest_other():
    asked, there = requests([1, 1, 1]), units([1, 1, 1], mask=[0, 0, 4])
    found = dispatch(asked, there, Matrix([[60, 120, 600], [60, 600, 180], [300, 300, 240]]))
    assert [str(word) for name in asked.ids for word in why(found, name)] == [
        "u1 comes to r0 in 2.0 min. u0 would be there in 1.0 min, but sending it would make the whole plan "
        "2.0 weighted minutes worse.",
        "u0 is the nearest capable unit to r1: 1.0 min. The next, u2, would take 3.0 min and make the whole "
        "plan 2.0 weighted minutes worse.",
        "u2 is the nearest capable unit to r2: 4.0 min. The next, u0, would take 5.0 min and make the whole "
        "plan 3.0 weighted minutes worse.",
    ]
    only = dispatch(requests([1, 1], mask=[4, 8]), there, Matrix([[60, 120, 600], [60, 600, 180]]))
    assert [str(word) for word in why(only, "r0")] == ["u2 is the nearest capable unit to r0: 10.0 min."]
    assert why(only, "r1") == ()


def test_an_override_is_told_in_minutes():
    found = dispatch(requests([1]), units([1, 1, 0]), Matrix([[60.0, 600.0, 1.0]]))
    assert str(cost_of(found, "r0", "u0")) == "u0 goes to r0 in the best plan as well."
    assert (
        str(cost_of(found, "r0", "u1")) == "With u1 sent to r0 the best plan is 9.0 weighted minutes worse."
    )
    assert cost_of(found, "r0", "u1").data["extra_seconds"] == pytest.approx(540.0)
    with pytest.raises(Malformed, match="u2 can't be sent to r0"):
        cost_of(found, "r0", "u2")


def test_one_more_unit_changes_what_solving_with_it_changes():
    chance = np.random.default_rng(5)
    for m in (15, 30):
        asked = requests(np.ones(20), mask=chance.integers(0, 2, 20), places=town(chance, 20))
        there = units(np.ones(m), mask=np.ones(m), places=town(chance, m))
        found, place = dispatch(asked, there), asked.places[0]
        more = units(np.ones(m + 1), mask=np.ones(m + 1), places=np.vstack([there.places, place]))
        saved = found.cost - dispatch(asked, more).cost
        assert one_more(found, place, 1).data["saved"] == round(saved / 60, 1)
        assert saved <= at_most_saved(found, place, 1) + 1e-6
    assert str(one_more(found, place, 1)).endswith("weighted minutes better.")


def test_one_more_unit_may_meet_a_place_or_change_nothing():
    found = dispatch(
        requests([2], mask=[1], places=[(114.0, 22.5)]), units([1], mask=[1], places=[(114.0, 22.5)])
    )
    assert str(one_more(found, np.array([114.0, 22.5]), 1)) == (
        "One more such unit there would make the plan 1440.0 weighted minutes better and meet 1 more places."
    )
    assert (
        str(one_more(found, np.array([114.0, 22.5]), 0)) == "One more such unit there would change nothing."
    )
    served = dispatch(
        requests([1], mask=[1], places=[(114.0, 22.5)]), units([1], mask=[1], places=[(114.0, 22.5)])
    )
    assert one_more(served, np.array([114.3, 22.5]), 1).data["saved"] == 0.0
