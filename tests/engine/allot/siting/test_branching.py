"""Branches: what each leaves behind."""

import numpy as np
import pytest

from tocsin.engine.allot.siting.branching import Branching, Node
from tocsin.engine.allot.siting.placing import never
from tocsin.engine.allot.siting.reach import CLOSED, FREE, OPEN, reach_of

STATUS = np.full(15, FREE)


@pytest.fixture
def search():
    cost = np.random.default_rng(8).random((25, 15))
    return Branching(reach_of(cost, np.full(25, 2.0)), STATUS, 4, never, np.random.default_rng(0))


def test_a_branch_with_nothing_left_to_decide_is_a_choice(search):
    search.run()
    best, search.cost = search.cost, search.cost + 1e-3
    decided = np.where(search.chosen == 1, OPEN, CLOSED)
    search._branch(Node(-np.inf, decided, np.zeros(25)))
    assert (search.cost, search.nodes, search.bound) == (pytest.approx(best), [], pytest.approx(best))


def test_of_two_branches_the_likelier_is_looked_at_first(search):
    search.cost, search.nodes = 99.0, []
    search._branch(Node(-np.inf, STATUS.copy(), np.zeros(25)))
    first, second = search.nodes[::-1]
    at = int(np.flatnonzero(first.status != second.status)[0])
    assert {first.status[at], second.status[at]} == {OPEN, CLOSED}
    assert first.bound == second.bound <= search.cost
