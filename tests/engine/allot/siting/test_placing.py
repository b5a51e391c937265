"""The best sites, beside every choice there is."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.allot.siting.maps import Matrix, demand, least_cost, sites
from tocsin.engine.allot.siting.placing import PATIENCE, never, place
from tocsin.engine.allot.siting.reach import CLOSED, FREE, OPEN
from tocsin.kernel.errors import Malformed


@st.composite
def small(draw):
    n, m = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    of = lambda values, size: draw(st.lists(st.sampled_from(values), min_size=size, max_size=size))  # noqa: E731 (short)
    status = of([FREE, FREE, FREE, OPEN, CLOSED], m)
    status[0] = status[0] if status[0] != CLOSED else FREE
    stands, possible = status.count(OPEN), m - status.count(CLOSED)
    seconds = np.array(of([0.0, 1.0, 2.0, 2.5, 4.0, 9.0, np.inf], n * m)).reshape(n, m)
    count = draw(st.integers(max(stands, 1), possible))
    return demand(of([0.0, 1.0, 2.0, 5.0], n)), sites(status), seconds, count


@settings(max_examples=150, deadline=None)
@given(small())
def test_no_choice_has_less_travel(problem):
    wanted, there, seconds, count = problem
    found = place(wanted, there, count, Matrix(seconds))
    with np.errstate(invalid="ignore"):
        cost = np.where(wanted.weight[:, None] > 0, seconds * wanted.weight[:, None], 0.0)
    assert found.cost == pytest.approx(least_cost(cost, wanted.weight * PATIENCE, there.status, count))
    assert (found.open.sum() <= count, found.proved) == (True, True)
    assert (found.open[there.status == OPEN] == 1).all()
    assert (found.open[there.status == CLOSED] == 0).all()


@settings(max_examples=150, deadline=None)
@given(small(), st.sampled_from([1.0, 2.0, 4.0]))
def test_no_choice_reaches_more(problem, within):
    wanted, there, seconds, count = problem
    found = place(wanted, there, count, Matrix(seconds), within)
    cost = np.where(seconds <= within, 0.0, wanted.weight[:, None])
    best = least_cost(cost, wanted.weight, there.status, count)
    assert found.cost == pytest.approx(best)
    assert found.covered == pytest.approx(wanted.weight.sum() - best)
    assert found.proved


def city(seed, n=30, m=30):
    chance = np.random.default_rng(seed)
    here, there = chance.random((n, 2)), chance.random((m, 2))
    seconds = np.rint(1000 * np.hypot(*(here[:, None] - there[None]).T)).T
    return demand(chance.integers(1, 9, n)), sites(np.zeros(m)), seconds


@pytest.mark.parametrize(("seed", "within"), [(1, None), (2, None), (3, 150.0), (4, 150.0)])
def test_branches_prove_what_the_root_can_not(seed, within):
    wanted, there, seconds = city(seed)
    found = place(wanted, there, 4, Matrix(seconds), within)
    cost = seconds * wanted.weight[:, None] if within is None else wanted.weight[:, None] * (seconds > within)
    assert found.cost == least_cost(cost, np.full(30, np.inf), there.status, 4)
    assert found.proved


def test_who_is_stopped_says_how_far_the_best_may_be():
    for seed in range(6):
        wanted, there, seconds = city(seed)
        stopped = place(wanted, there, 4, Matrix(seconds), None, lambda: True)
        best = place(wanted, there, 4, Matrix(seconds)).cost
        assert stopped.bound <= best <= stopped.cost
        assert stopped.cost * (1 - stopped.gap) == pytest.approx(stopped.bound)
    assert never() is False


def test_each_site_says_whom_it_serves_and_what_it_is_worth():
    wanted, there = demand([1, 2, 3, 4]), sites([FREE] * 3)
    table = Matrix([[60, 600, 600], [60, 300, 600], [600, 60, 600], [600, 600, 180]])
    found = place(wanted, there, 2, table)
    assert [str(reason) for reason in found.reasons()] == [
        "s1 serves 3 places of weight 6.0. Without it the weighted travel time would be 37.0 minutes longer.",
        "s2 serves 1 places of weight 4.0. Without it the weighted travel time would be 28.0 minutes longer.",
        "One more site, at s0, would shorten the weighted travel time by 17.0 minutes.",
    ]
    near = place(wanted, there, 2, table, 120.0)
    assert [str(reason) for reason in near.reasons()] == [
        "s0 is the first to reach 2 places of weight 3.0. Without it a weight of 3.0 would be out of reach.",
        "s1 is the first to reach 1 places of weight 3.0. Without it a weight of 3.0 would be out of reach.",
        "No further site would change anything.",
    ]
    assert near.served.tolist() == [0, 0, 1, -1]


def test_straight_lines_are_what_is_asked_where_nothing_is_said():
    found = place(demand([1, 1]), sites([FREE, FREE]), 1)
    assert found.open.sum() == 1


def test_what_nobody_wants_costs_nothing():
    found = place(demand([0.0]), sites([FREE]), 1, Matrix([[np.inf]]))
    assert (found.cost, found.gap, found.covered) == (0.0, 0.0, 0.0)


WANTED, THERE = demand([1, 2]), sites([FREE, OPEN, CLOSED])


@pytest.mark.parametrize(
    ("wanted", "there", "count", "says"),
    [
        (replace(WANTED, weight=np.array([1.0, -1.0])), THERE, 1, "Demand d1 has the weight -1.0"),
        (replace(WANTED, weight=np.array([np.nan, 1.0])), THERE, 1, "Demand d0 has the weight nan"),
        (replace(WANTED, ids=("a", "a")), THERE, 1, "In demand the id a is there twice"),
        (replace(WANTED, weight=np.ones(3)), THERE, 1, "columns of demand differ in length: 2 ids"),
        (replace(WANTED, places=np.full((2, 2), 200.0)), THERE, 1, "demand 0: longitude 200.0"),
        (WANTED, sites([FREE, 7]), 1, "Site s1 has the status 7"),
        (WANTED, THERE, 0, "0 sites can't be open: 1 stand already, 2 are possible"),
        (WANTED, THERE, 3, "3 sites can't be open"),
        (WANTED, sites([OPEN, OPEN]), 1, "1 sites can't be open: 2 stand already"),
    ],
)
def test_a_wrong_question_is_refused(wanted, there, count, says):
    with pytest.raises(Malformed, match=says):
        place(wanted, there, count)


def test_times_that_are_none_are_refused():
    with pytest.raises(Malformed, match="From site s0 to demand d1 it takes nan s"):
        place(WANTED, THERE, 1, Matrix([[1.0, 1, 1], [np.nan, 1, 1]]))
    with pytest.raises(Malformed, match="patience of 0"):
        place(WANTED, THERE, 1, within=0.0)
